"""Changes of the tables, numbered and recorded: how a ledger of an older schema becomes one of today's.

Each runs inside the transaction of the caller, so a ledger is of one schema or the other, whatever happens.
What belongs here: what a change does to the rows.  What does not: the tables as they are now (``schema``).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from frontledger.ledger import rows, schema
from frontledger.ledger.evidence import evidence_of
from frontledger.ledger.findings import identified
from frontledger.ledger.fold import fold
from frontledger.ledger.store import Store, insert
from frontledger.ledger.writing import now
from frontledger.model import Account, Event, Finding, Place, Review, Side

__all__ = ["migrate", "record"]


def migrate(store: Store, found: int, make: Callable[[], None]) -> None:
    """Bring a ledger of schema ``found`` to the present one, step by step; ``make`` makes the tables that are missing."""
    for version in range(found + 1, schema.SCHEMA_VERSION + 1):
        name, change = CHANGES[version]
        change(store, make)
        record(store, version, name)
    store.rows("UPDATE frontledger_meta SET value = ? WHERE key = 'schema'", (str(schema.SCHEMA_VERSION),))


def record(store: Store, version: int, name: str) -> None:
    """Note that the tables have this schema from now on."""
    insert(store, "migrations", [{"version": version, "name": name, "at": now()}])


def reviews_and_history(store: Store, make: Callable[[], None]) -> None:
    """Schema 2: events know their evidence and version, rows since when they stand, and what stood before.

    The tables are made anew: SQLite cannot add columns that refer to others to a table with rows.
    """

    def values(table: str, kind: type) -> list[object]:
        decoder: msgspec.json.Decoder[object] = msgspec.json.Decoder(kind)
        return [decoder.decode(one) for (one,) in store.rows(f"SELECT record FROM {table} ORDER BY rowid")]  # noqa: S608

    accounts: list[Account] = values("accounts", Account)  # type: ignore[assignment]
    events: list[Event] = values("events", Event)  # type: ignore[assignment]
    sides: list[Side] = values("sides", Side)  # type: ignore[assignment]
    places: list[Place] = values("places", Place)  # type: ignore[assignment]
    findings: list[Finding] = values("findings", Finding)  # type: ignore[assignment]
    reviews: list[Review] = values("reviews", Review)  # type: ignore[assignment]
    revisions: list[rows.Revision] = values("revisions", rows.Revision)  # type: ignore[assignment]
    read_in = dict(store.rows("SELECT id, revision FROM accounts"))
    tables = (
        "citations",
        "holdings",
        "events",
        "accounts",
        "sides",
        "places",
        "findings",
        "reviews",
        "revisions",
    )
    for table in tables:
        store.rows(f"DROP TABLE {table}")
    make()

    last = max((revision.number for revision in revisions), default=0)
    known = {account.id: account for account in accounts}
    evidence = evidence_of(events, known)
    opens = rows.opening_days(events)
    insert(store, "revisions", map(rows.revision_row, revisions))
    insert(
        store, "accounts",
        (rows.account_row(one, None, opens.get(one.id), read_in[one.id]) for one in accounts),
    )  # fmt: skip
    insert(store, "citations", (row for account in accounts for row in rows.citation_rows(account)))
    insert(
        store,
        "events",
        (
            rows.event_row(
                event, event, known[event.account].text, evidence[event.id],
                version=read_in[event.account], revision=read_in[event.account],
            )
            for event in events
        ),
    )  # fmt: skip
    insert(
        store, "event_places",
        ({"event": event.id, "place": place} for event in events for place in sorted(rows.bearing(event))),
    )  # fmt: skip
    insert(store, "sides", (rows.side_row(side, last) for side in sides))
    insert(store, "places", (rows.place_row(store, place, last) for place in places))
    located = {place.id: place for place in places}
    counted: dict[tuple[str, str], int] = {}
    for holding in fold(events, places):
        track = (holding.place, holding.layer)
        counted[track] = counted.get(track, -1) + 1
        insert(
            store,
            "holdings",
            [rows.holding_row(store, holding, located[holding.place], counted[track], last)],
        )
    starts = {event.id: event.sentence.start for event in events}
    for number, finding in enumerate(findings, 1):
        named = identified(finding, evidence)
        start = starts.get(finding.events[0], 0) if finding.events else 0
        row = {"fid": number, **rows.finding_row(named, start, last)}
        insert(store, "findings", [row])
        insert(store, "finding_places", rows.finding_place_rows(row))
    insert(store, "reviews", map(rows.review_row, reviews))


def people_of_the_service(store: Store, make: Callable[[], None]) -> None:
    """Schema 3: who may use the service."""
    del make  # it would make again what is there
    for table in schema.PRIVATE:
        store.rows(f"CREATE TABLE IF NOT EXISTS {table} ({schema.DDL[table]})")


def events_in_order(store: Store, make: Callable[[], None]) -> None:
    """Schema 4: events know where in their account they stand; PostgreSQL tells overlap by a trigger."""
    if "starts" not in store.columns("events"):
        store.rows("ALTER TABLE events ADD COLUMN starts INTEGER NOT NULL DEFAULT 0")
        decode = msgspec.json.Decoder(Event).decode
        for account in store.rows("SELECT id FROM accounts"):
            found = store.rows("SELECT id, record FROM events WHERE account = ?", account)
            store.many(
                "UPDATE events SET starts = ? WHERE id = ?",
                ((decode(record).sentence.start, name) for name, record in found),
            )
    store.rows("DROP INDEX IF EXISTS events_account")
    make()


CHANGES: dict[int, tuple[str, Callable[[Store, Callable[[], None]], None]]] = {
    2: ("evidence, versions and history", reviews_and_history),
    3: ("people of the service", people_of_the_service),
    4: ("events in the order of their account", events_in_order),
}
"""What was changed to come to each schema; a ledger of schema 1 comes from 0.1 before its release."""
