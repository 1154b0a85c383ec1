"""What people said about places, in a table of its own.

Ledgers written before it existed get it with the first correction.  What belongs here: the table, its rows.
What does not: what a correction does (``places.corrections``), or verdicts on events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from frontledger.ledger import geopackage
from frontledger.model import PlaceReview

__all__ = ["DDL", "DESCRIPTION", "TABLE", "add", "stored"]

TABLE = "place_reviews"
DESCRIPTION = "What people said about places: set, merge, split; never overwritten"
DDL = """
CREATE TABLE place_reviews (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  verdict TEXT NOT NULL,
  place TEXT NOT NULL,
  other TEXT,
  name TEXT,
  lat DOUBLE,
  lon DOUBLE,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  at DATETIME NOT NULL,
  record TEXT NOT NULL
);
"""


def stored(connection: sqlite3.Connection) -> tuple[PlaceReview, ...]:
    """All of them, oldest first; none in a ledger without the table."""
    if not _there(connection):
        return ()
    decoder = msgspec.json.Decoder(PlaceReview)
    rows = connection.execute(f"SELECT record FROM {TABLE} ORDER BY fid")  # noqa: S608 - our own table name
    return tuple(decoder.decode(record) for (record,) in rows)


def add(connection: sqlite3.Connection, reviews: Iterable[PlaceReview]) -> None:
    """Append reviews, inside a transaction that the caller holds."""
    reviews = list(reviews)
    if reviews and not _there(connection):
        connection.execute(DDL)
        geopackage.register(connection, TABLE, DESCRIPTION, points=False)
    connection.executemany(
        "INSERT INTO place_reviews (verdict, place, other, name, lat, lon, by, why, at, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.verdict,
                one.place,
                one.other,
                one.name,
                one.lat,
                one.lon,
                one.by,
                one.why,
                one.at,
                msgspec.json.encode(one).decode(),
            )
            for one in reviews
        ],
    )


def _there(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    return found is not None
