"""Pieces of a ledger that processes write apart, and the ledger that is made of them in one go.

A piece is an SQLite file with the ledger's tables and no index; the ledger takes the rows over inside the database,
and indexes, triggers and extents are made once at the end.  What belongs here: pieces and putting them together.
What does not: what the rows say (``telling``, ``holding``), or a ledger that grows by itself (``ledger``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from frontledger.ledger import rows, schema, writing
from frontledger.ledger.geopackage_store import OVERLAP, GeoPackageStore
from frontledger.ledger.store import Store, insert, insert_values
from frontledger.model import Finding, Place, Side

__all__ = ["EVENTS_DONE", "REVISION", "Assembly", "add_findings", "assembled", "piece"]

REVISION = 1
"""The revision that a fold makes: its ledger is a new one."""
TABLES = (
    "accounts",
    "citations",
    "events",
    "event_places",
    "sides",
    "places",
    "holdings",
    "findings",
    "finding_places",
    "told_distances",
)
"""What a piece may hold."""
SETTINGS = ("page_size = 32768", "journal_mode = OFF", "synchronous = OFF", "cache_spill = OFF")
"""Of a piece: it is written at once, read once, and worth nothing before it is whole."""
PAGE = 8192
"""Bytes to a page of the ledger: an event has one to two thousand, of which few go into a page of the usual 4,096."""
NOUNS = ("account", "event", "place", "side", "holding", "finding")
EVENTS_DONE = frozenset({"citations", "event_places", "events", "places"})
"""Tables that are whole once all events are there."""
SORTERS = 2
"""Threads that help to sort an index, when nobody else works any more."""


@contextmanager
def piece(path: Path) -> Iterator[GeoPackageStore]:
    """A new piece; its rows are written in one transaction."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        for table in TABLES:
            columns = (
                schema.DDL[table].replace(" UNIQUE", "").replace(" AUTOINCREMENT", "")
            )  # tables of their own
            connection.execute(f"CREATE TABLE {table} ({columns}\n)")
        connection.execute("BEGIN")
        yield GeoPackageStore(path, connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def add_findings(store: Store, found: Iterable[tuple[Finding, int]]) -> None:
    """Write findings, each with where in its account the first of its events stands."""
    numbered = list(enumerate(found, 1))
    insert_values(
        store,
        "findings",
        ("fid", *rows.FINDING_COLUMNS),
        ((fid, *rows.finding_values(one, number, REVISION)) for fid, (one, number) in numbered),
    )
    insert_values(
        store,
        "finding_places",
        ("finding", "place"),
        ((fid, place) for fid, (one, _) in numbered for place in dict.fromkeys(one.places)),
    )


class Assembly:
    """A new ledger that pieces are taken into."""

    def __init__(self, store: GeoPackageStore) -> None:
        self.store = store
        self.findings = 0

    def take(self, path: Path) -> None:
        """Take over all rows of a piece, and remove it."""
        run = self.store.connection.execute
        run("ATTACH ? AS piece", (str(path),))
        try:
            run("BEGIN")
            for table in TABLES:
                names = [row[1] for row in run(f"PRAGMA piece.table_info({table})")]
                if table == "findings":
                    given = [f"fid + {self.findings}" if name == "fid" else f'"{name}"' for name in names]
                elif table == "finding_places":
                    names.remove("fid")
                    given = [
                        f"finding + {self.findings}" if name == "finding" else f'"{name}"' for name in names
                    ]
                else:
                    names.remove("fid")
                    given = [f'"{name}"' for name in names]
                columns = ", ".join(f'"{name}"' for name in names)
                run(
                    f"INSERT INTO main.{table} ({columns}) "  # noqa: S608 - our own names
                    f"SELECT {', '.join(given)} FROM piece.{table} ORDER BY fid"
                )
            run("COMMIT")
        finally:
            run("DETACH piece")
        self.findings = run("SELECT coalesce(max(fid), 0) FROM findings").fetchone()[0]
        path.unlink()

    def add(self, places: Sequence[Place], sides: Iterable[Side]) -> None:
        """Write places and sides."""
        store = self.store
        with store.writing():
            insert(store, "places", (rows.place_row(store, place, REVISION) for place in places))
            insert(store, "sides", (rows.side_row(side, REVISION) for side in sides))

    def take_findings(self, found: Iterable[tuple[Finding, int]]) -> None:
        """Write findings that come in no piece of others."""
        beside = self.store.path.with_name(f"{self.store.path.name}.findings")
        with piece(beside) as part:
            add_findings(part, found)
        self.take(beside)

    def index(self, tables: Container[str]) -> None:
        """Make the indexes of these tables, to which nothing will be added any more."""
        for name, columns in schema.INDEXES.items():
            if columns.partition("(")[0] in tables:
                self.store.connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")

    def finish(self, places: Iterable[Place]) -> None:
        """Make the other indexes and the triggers, note the extents."""
        store = self.store
        run = store.connection.execute
        run(f"PRAGMA threads = {SORTERS}")
        self.index(schema.TABLES)
        for event in ("INSERT", "UPDATE"):
            run(OVERLAP.format(event=event))
        store.note_extents([(p.lon, p.lat) for p in places if p.lon is not None and p.lat is not None])
        run("PRAGMA journal_mode = WAL")

    def counted(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many accounts, events, … the ledger holds, and how often each code was found."""
        run = self.store.connection.execute
        counts = [f"SELECT '{noun}', count(*) FROM {noun}s" for noun in NOUNS]  # noqa: S608 - our own names
        held = dict(run(" UNION ALL ".join(counts)).fetchall())
        codes = run("SELECT code, count(*) FROM findings GROUP BY code ORDER BY 2 DESC, 1").fetchall()
        return held, dict(codes)


@contextmanager
def assembled(output: Path, note: str, accounts: Sequence[str]) -> Iterator[Assembly]:
    """A ledger in the making; it appears as ``output`` when all went well, in the place of a former one."""
    unborn = output.with_name(f".{output.name}.{os.getpid()}.new")
    _forget(unborn)
    try:
        store = GeoPackageStore.create(unborn, page_size=PAGE)
        try:
            run = store.connection.execute
            run("PRAGMA journal_mode = OFF")
            run("PRAGMA synchronous = OFF")
            run("PRAGMA foreign_keys = OFF")
            run("PRAGMA cache_size = -200000")
            for index in schema.INDEXES:
                run(f"DROP INDEX {index}")
            for event in ("INSERT", "UPDATE"):
                run(f"DROP TRIGGER holdings_follow_{event}")
            with store.writing():
                revision = writing.add_revision(store, note, None, accounts)
            assert revision.number == REVISION
            yield Assembly(store)
        finally:
            store.close()
        with unborn.open("rb") as file:
            os.fsync(file.fileno())
        _forget(output, but=output)
        unborn.replace(output)
    finally:
        _forget(unborn)


def _forget(path: Path, but: Path | None = None) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside = Path(f"{path}{suffix}")
        if beside != but:
            with suppress(OSError):
                beside.unlink()
