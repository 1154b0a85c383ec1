"""A whole ledger as JSON Lines and back, lossless: for archives, for diffs, and from one backend to another.

One object a line; ``kind`` says of which table, ``record`` is the value as the API gives it, and what else cannot
be made from records stands beside it.  What belongs here: the lines.  What does not: the tables (``schema``).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from frontledger.errors import InputError, LedgerError
from frontledger.ledger import place_reviews, rows, schema, told_distances
from frontledger.ledger.storage import Ledger
from frontledger.ledger.store import Row, Store, insert
from frontledger.model import (
    Account,
    Dismissal,
    Event,
    Finding,
    Holding,
    Place,
    PlaceReview,
    Review,
    Side,
    Telling,
)

__all__ = ["export", "import_ledger", "lines"]

FORMAT = "frontledger ledger"

COLUMNS = {
    "revisions": ("record",),
    "accounts": ("fid", "period_first", "period_last", "opens", "revision", "record"),
    "events": ("fid", "evidence", "version", "reading", "sentence", "revision", "record"),
    "sides": ("fid", "revision", "record"),
    "places": ("fid", "revision", "record"),
    "holdings": ("fid", "number", "revision", "record"),
    "findings": ("fid", "number", "revision", "record"),
    "reviews": ("record",),
    "dismissals": ("record",),
    "told_distances": ("record",),
    "place_reviews": ("record",),
    "history": ("kind", "id", "since", "until", "number", "reading", "record"),
    "migrations": ("version", "name", "at"),
}
"""What a line of each table has, in the order in which the tables can be filled."""
SCHEMAS = range(2, schema.SCHEMA_VERSION + 1)
"""Schemas whose lines are the same as today's."""
ORDER = {"revisions": "number", "migrations": "version", "holdings": "place, layer, number"}
NESTED = frozenset({"record", "reading"})


def lines(ledger: Ledger) -> Iterator[bytes]:
    """The lines of a ledger, without line ends; two ledgers with the same lines are the same ledger."""
    store = ledger._store  # noqa: SLF001 - of one house
    encode = msgspec.json.Encoder().encode
    yield encode({"kind": FORMAT, "schema": schema.SCHEMA_VERSION})
    for table, columns in COLUMNS.items():
        named = ", ".join(f'"{column}"' for column in columns)
        found = store.rows(f"SELECT {named} FROM {table} ORDER BY {ORDER.get(table, 'fid')}")  # noqa: S608 - our own names
        for row in found:
            line: dict[str, object] = {"kind": table}
            for column, value in zip(columns, row, strict=True):
                key = "table" if column == "kind" else column
                if value is None:
                    line[key] = None
                elif column in NESTED:
                    line[key] = msgspec.Raw(value.encode())
                else:
                    line[key] = store.plain(value)
            yield encode(line)


def export(ledger: Ledger, output: Path) -> int:
    """Write the lines to a file, which appears complete or not at all, or to standard output for ``-``.

    Returns how many lines; raises :class:`~frontledger.errors.LedgerError` when the file cannot be written.
    """
    count = 0
    with ledger.reading(), _opened(output) as file:
        for line in lines(ledger):
            file.write(line + b"\n")
            count += 1
    return count


@contextmanager
def _opened(output: Path) -> Iterator[BinaryIO]:
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", suffix=".new", dir=output.parent)
    except OSError as error:
        raise LedgerError(f"{output}: {error.strerror or error}") from error
    unborn = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unborn.chmod(0o644)
        unborn.replace(output)
    except OSError as error:
        raise LedgerError(f"{output}: {error.strerror or error}") from error
    finally:
        unborn.unlink(missing_ok=True)


def import_ledger(source: Path, where: str | os.PathLike[str]) -> int:
    """Make a ledger at ``where`` of exported lines, in one transaction; nothing may be there already.

    Returns how many lines; raises :class:`~frontledger.errors.InputError` for lines that are none of a ledger's.
    """
    try:
        file = source.open("rb")
    except OSError as error:
        raise InputError(f"{source}: {error.strerror or error}") from error
    with file:
        numbered = enumerate(file, 1)
        _check_head(source, next(numbered, (1, b""))[1])
        counted = _Counted(source, numbered)
        ledger = Ledger.create(where)
        try:
            with ledger, ledger.writing():
                _fill(ledger._store, source, counted)  # noqa: SLF001 - of one house
        except BaseException:
            Ledger.destroy(where)
            raise
    return counted.last


class _Counted:
    """Lines as objects, with the number of the last one."""

    def __init__(self, source: Path, numbered: Iterable[tuple[int, bytes]]) -> None:
        self.source = source
        self.numbered = numbered
        self.last = 1

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, line in self.numbered:
            self.last = number
            try:
                found = msgspec.json.decode(line)
            except msgspec.DecodeError:
                found = None
            if not isinstance(found, dict) or found.get("kind") not in COLUMNS:
                raise InputError(
                    f"{self.source}, line {self.last}: expected an object whose kind is one of {', '.join(COLUMNS)}"
                )
            yield found


def _check_head(source: Path, line: bytes) -> None:
    try:
        head = msgspec.json.decode(line)
    except msgspec.DecodeError:
        head = None
    if not isinstance(head, dict) or head.get("kind") != FORMAT:
        raise InputError(f"{source}, line 1: is no exported ledger (expected kind {FORMAT!r})")
    if head.get("schema") not in SCHEMAS:
        raise InputError(
            f"{source}, line 1: is of schema {head.get('schema')}, this frontledger reads {schema.SCHEMA_VERSION}"
        )


def _fill(store: Store, source: Path, found: _Counted) -> None:
    """Put every line into its table."""
    store.rows("DELETE FROM migrations")
    texts: dict[str, str] = {}
    places: dict[str, Place] = {}
    try:
        for table, group in groupby(found, key=lambda line: line["kind"]):
            insert(store, table, (_row(store, table, line, texts, places) for line in group))
            if table == "accounts":
                stored = store.rows("SELECT record FROM accounts")
                accounts = [msgspec.json.decode(one, type=Account) for (one,) in stored]
                insert(
                    store, "citations", (row for account in accounts for row in rows.citation_rows(account))
                )
            elif table == "events":
                read = (
                    msgspec.json.decode(one, type=Event) for (one,) in store.rows("SELECT record FROM events")
                )
                pairs = ((event.id, place) for event in read for place in sorted(rows.bearing(event)))
                insert(store, "event_places", ({"event": event, "place": place} for event, place in pairs))
            elif table == "findings":
                stored = store.rows("SELECT fid, places FROM findings")
                named = ({"fid": fid, "places": about} for fid, about in stored)
                insert(
                    store, "finding_places", (row for one in named for row in rows.finding_place_rows(one))
                )
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise InputError(f"{source}, line {found.last}: not as exported ({error})") from error
    store.settle(schema.TABLES)
    store.note_extents([(p.lon, p.lat) for p in places.values() if p.lon is not None and p.lat is not None])


def _row(
    store: Store, table: str, line: dict[str, Any], texts: dict[str, str], places: dict[str, Place]
) -> Row:
    """The row that an exported line stands for."""
    record = line.get("record")
    since = line.get("revision", 0)
    row: Row
    match table:
        case "revisions":
            return rows.revision_row(msgspec.convert(record, rows.Revision))
        case "accounts":
            account = msgspec.convert(record, Account)
            texts[account.id] = account.text
            period = (line["period_first"], line["period_last"]) if line["period_first"] else None
            row = rows.account_row(account, period, line["opens"], since)
        case "events":
            event = msgspec.convert(record, Event)
            reading = msgspec.convert(line["reading"], Event) if line["reading"] is not None else event
            row = rows.event_row(
                event, reading, "", line["evidence"], version=line["version"], revision=since
            )
            row["sentence"] = line["sentence"]
        case "sides":
            row = rows.side_row(msgspec.convert(record, Side), since)
        case "places":
            place = msgspec.convert(record, Place)
            places[place.id] = place
            row = rows.place_row(store, place, since)
        case "holdings":
            holding = msgspec.convert(record, Holding)
            row = rows.holding_row(store, holding, places[holding.place], line["number"], since)
        case "findings":
            row = rows.finding_row(msgspec.convert(record, Finding), line["number"], since)
        case "reviews":
            return rows.review_row(msgspec.convert(record, Review))
        case "dismissals":
            return rows.dismissal_row(msgspec.convert(record, Dismissal))
        case "told_distances":
            return told_distances.row(msgspec.convert(record, Telling))
        case "place_reviews":
            return place_reviews.row(msgspec.convert(record, PlaceReview))
        case "history":
            return {
                "kind": line["table"], "id": line["id"], "since": line["since"], "until": line["until"],
                "number": line["number"], "record": rows.json(record),
                "reading": None if line["reading"] is None else rows.json(line["reading"]),
            }  # fmt: skip
        case _:
            return {"version": line["version"], "name": line["name"], "at": line["at"]}
    return {"fid": line["fid"], **row}
