"""Write a reading into the ledger's tables, inside a transaction that the caller holds.

What belongs here: which rows go and which come when accounts are read or read again.  What does not:
columns (``rows``) and the transaction (``storage``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from frontledger.errors import LedgerError
from frontledger.ledger import geopackage, rows, schema
from frontledger.ledger.rows import Revision, Row
from frontledger.model import Account, Event, Finding, Holding, Place, Side

__all__ = ["add_revision", "write_places", "write_reading", "write_results", "write_sides"]


def add_revision(
    connection: sqlite3.Connection, accounts: Sequence[Account], why: str, by: str | None
) -> Revision:
    """Open the next revision."""
    last = connection.execute("SELECT max(number) FROM revisions").fetchone()[0] or 0
    revision = Revision(
        number=last + 1,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        by=by,
        why=why,
        accounts=tuple(account.id for account in accounts),
    )
    _insert(connection, "revisions", [rows.revision_row(revision)])
    return revision


def write_reading(
    connection: sqlite3.Connection, revision: Revision, accounts: Sequence[Account], events: Sequence[Event]
) -> None:
    """Put accounts and events in the place of their former reading."""
    _insert(connection, "accounts", (rows.account_row(one, revision.number) for one in accounts), key="id")
    _delete(connection, "citations", "account", {account.id for account in accounts})
    _insert(connection, "citations", chain.from_iterable(map(rows.citation_rows, accounts)))
    touched = {account.id for account in accounts} | {event.account for event in events}
    _delete(connection, "events", "account", touched)
    taken = dict(connection.execute("SELECT id, account FROM events"))
    for event in events:
        if taken.setdefault(event.id, event.account) != event.account:
            raise LedgerError(
                f"event {event.id} stands in two accounts, {taken[event.id]} and {event.account}: ids must be unique"
            )
    texts = {account.id: account.text for account in accounts}
    for other in touched - texts.keys():
        found = connection.execute(
            "SELECT json_extract(record, '$.text') FROM accounts WHERE id = ?", (other,)
        ).fetchone()
        if found is None:
            raise LedgerError(f"events of the account {other!r}, which the ledger does not hold")
        texts[other] = found[0]
    _insert(connection, "events", (rows.event_row(event, texts) for event in events))


def write_places(
    connection: sqlite3.Connection,
    given: Sequence[Place],
    stored: Sequence[Place],
    *,
    events: Iterable[Event],
    holdings: Iterable[Holding],
) -> dict[str, Place]:
    """Add or update ``given``, drop what no event or holding needs any more; returns the places left, by id."""
    connection.execute("DELETE FROM holdings")  # they refer to places and are written anew
    known = {place.id: place for place in (*stored, *given)}
    kept = rows.needed_places(events, known) | {holding.place for holding in holdings}
    _delete(connection, "places", "id", known.keys() - kept)
    _insert(connection, "places", (rows.place_row(place) for place in given if place.id in kept), key="id")
    return {name: known[name] for name in known if name in kept}


def write_sides(
    connection: sqlite3.Connection, given: Sequence[Side], events: Iterable[Event], stored: Iterable[Side]
) -> None:
    """Add or update ``given``, drop what no event names any more."""
    named = {ref.id for event in events for ref in (event.actor, event.against) if ref is not None}
    _delete(connection, "sides", "id", {side.id for side in stored} - named)
    _insert(connection, "sides", (rows.side_row(side) for side in given if side.id in named), key="id")


def write_results(
    connection: sqlite3.Connection,
    holdings: Iterable[Holding],
    findings: Iterable[Finding],
    places: Mapping[str, Place],
) -> None:
    """Replace all holdings and findings, and note the extents of the layers."""
    connection.execute("DELETE FROM holdings")
    connection.execute("DELETE FROM findings")
    _insert(connection, "holdings", (rows.holding_row(holding, places) for holding in holdings))
    _insert(connection, "findings", map(rows.finding_row, findings))
    located = [(one.lon, one.lat) for one in places.values() if one.lon is not None and one.lat is not None]
    for table in schema.TABLES:
        geopackage.set_extent(connection, table, located if table in schema.LAYERS else ())


def _insert(connection: sqlite3.Connection, table: str, new: Iterable[Row], key: str | None = None) -> None:
    """Insert rows; with ``key``, a row with the same key is updated where it stands."""
    stream = iter(new)
    first = next(stream, None)
    if first is None:
        return
    columns = ", ".join(f'"{column}"' for column in first)
    values = ", ".join(f":{column}" for column in first)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - our own names
    if key is not None:
        fresh = ", ".join(f'"{column}" = excluded."{column}"' for column in first if column != key)
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {fresh}"
    connection.executemany(statement, chain([first], stream))


def _delete(connection: sqlite3.Connection, table: str, column: str, values: Iterable[str]) -> None:
    connection.executemany(
        f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608 - our own names
        ((value,) for value in sorted(values)),
    )
