"""The tables of a ledger file; ``docs/ledger-file.md`` shows them to a reader.

Each table keeps the whole value as JSON in ``record`` and beside it the columns that people query.  What
belongs here: tables and their version.  What does not: the GeoPackage around them (``geopackage``), or
reading and writing (``storage``).
"""

from __future__ import annotations

import sqlite3

from frontledger.ledger import geopackage, place_reviews, told_distances

__all__ = ["LAYERS", "SCHEMA_VERSION", "TABLES", "create"]

SCHEMA_VERSION = 1
"""Raised by every change of the tables; a file with a higher one is refused."""

LAYERS = ("places", "holdings")
"""The tables with points."""

TABLES = {
    "accounts": "The accounts as read, one revision of each",
    "citations": "Reference markers in the accounts and what they point to",
    "events": "What the accounts assert: the event records",
    "sides": "The sides of the conflict and their names",
    "places": "Every place, with or without coordinates",
    "holdings": "Who held which place from when to when; begins and ends are certain, the rest are bounds",
    "findings": "What a careful reader would question",
    "reviews": "Verdicts of people on events; never overwritten",
    told_distances.TABLE: told_distances.DESCRIPTION,
    place_reviews.TABLE: place_reviews.DESCRIPTION,
    "revisions": "Every change of this ledger: number, time, who, why",
}
"""Table and its description, in the order in which data flow."""

DDL = """
CREATE TABLE frontledger_meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at DATETIME NOT NULL,
  by TEXT,
  why TEXT NOT NULL,
  accounts TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE TABLE accounts (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  lang TEXT,
  date TEXT,
  source TEXT,
  sha256 TEXT NOT NULL,
  characters INTEGER NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL
);
CREATE TABLE citations (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  target TEXT,
  record TEXT NOT NULL
);
CREATE TABLE events (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  edtf TEXT,
  earliest TEXT,
  latest TEXT,
  basis TEXT NOT NULL,
  actor TEXT,
  against TEXT,
  objects TEXT NOT NULL,
  hedged BOOLEAN NOT NULL,
  attributed_to TEXT,
  negated BOOLEAN NOT NULL,
  background BOOLEAN NOT NULL,
  review TEXT NOT NULL,
  trigger TEXT NOT NULL,
  sentence TEXT NOT NULL,
  citations TEXT NOT NULL,
  rule TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX events_account ON events(account);
CREATE TABLE sides (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  names TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE TABLE places (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  geom POINT,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  names TEXT NOT NULL,
  type TEXT,
  part_of TEXT,
  lat DOUBLE,
  lon DOUBLE,
  radius_km DOUBLE,
  located_by TEXT,
  record TEXT NOT NULL
);
CREATE TABLE holdings (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  geom POINT,
  place TEXT NOT NULL REFERENCES places(id),
  name TEXT,
  side TEXT,
  layer TEXT NOT NULL,
  state TEXT NOT NULL,
  begins DATETIME,
  ends DATETIME,
  since_earliest TEXT,
  since_latest TEXT,
  until_earliest TEXT,
  until_latest TEXT,
  implied BOOLEAN NOT NULL,
  sides TEXT NOT NULL,
  evidence TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX holdings_place ON holdings(place, layer);
CREATE TABLE findings (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  account TEXT,
  places TEXT NOT NULL,
  events TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE TABLE reviews (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  event TEXT NOT NULL,
  verdict TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  at DATETIME NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX reviews_event ON reviews(event);
"""


def create(connection: sqlite3.Connection) -> None:
    """Make an empty database an empty ledger."""
    geopackage.prepare(connection)
    connection.executescript(DDL + told_distances.DDL + place_reviews.DDL)
    connection.execute("INSERT INTO frontledger_meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    for table, description in TABLES.items():
        geopackage.register(connection, table, description, points=table in LAYERS)
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
