"""What the accounts tell of distances and directions, in a table of its own.

Ledgers written before it existed get it with the next reading.  What belongs here: the table, its rows.  What
does not: reading them out of sentences (``places.tellings``), or checking them (``questions_of_place``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from frontledger.ledger import geopackage
from frontledger.model import Telling

__all__ = ["DDL", "DESCRIPTION", "TABLE", "replace", "stored"]

TABLE = "told_distances"
DESCRIPTION = "What the accounts tell of distances and directions between places"
DDL = """
CREATE TABLE told_distances (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  km DOUBLE,
  degrees DOUBLE,
  anchor TEXT,
  anchor_name TEXT,
  subjects TEXT NOT NULL,
  record TEXT NOT NULL
);
"""


def stored(connection: sqlite3.Connection) -> tuple[Telling, ...]:
    """All of them, account by account; none in a ledger without the table."""
    if not _there(connection):
        return ()
    decoder = msgspec.json.Decoder(Telling)
    rows = connection.execute(f"SELECT record FROM {TABLE} ORDER BY fid")  # noqa: S608 - our own table name
    return tuple(decoder.decode(record) for (record,) in rows)


def replace(connection: sqlite3.Connection, tellings: Iterable[Telling]) -> None:
    """Put these in the place of all former ones, inside a transaction that the caller holds."""
    tellings = list(tellings)
    if not _there(connection):
        if not tellings:
            return
        connection.execute(DDL)
        geopackage.register(connection, TABLE, DESCRIPTION, points=False)
    connection.execute(f"DELETE FROM {TABLE}")  # noqa: S608 - our own table name
    connection.executemany(
        'INSERT INTO told_distances (account, start, "end", text, km, degrees, anchor, anchor_name, subjects, record)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.account,
                one.start,
                one.end,
                one.text,
                one.km,
                one.degrees,
                one.anchor,
                one.anchor_name,
                msgspec.json.encode(one.subjects).decode(),
                msgspec.json.encode(one).decode(),
            )
            for one in tellings
        ],
    )


def _there(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    return found is not None
