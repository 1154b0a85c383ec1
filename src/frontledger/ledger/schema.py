"""The tables of a ledger, the same in every backend; ``docs/ledger-file.md`` shows them to a reader.

Each table keeps the whole value as JSON in ``record`` and beside it the columns that people query.  Types and
quoting are SQLite's; a backend may translate them.  What belongs here: tables and their version.  What does not:
the GeoPackage around them (``geopackage``), changes of the tables (``migrations``), or reading and writing.
"""

from __future__ import annotations

__all__ = [
    "DDL",
    "DERIVED",
    "INDEXES",
    "LAYERS",
    "PRIVATE",
    "READABLE_SINCE",
    "SCHEMA_VERSION",
    "TABLES",
    "VERSIONED",
]

SCHEMA_VERSION = 4
"""Raised by every change of the tables; a ledger with a higher one is refused, one with a lower one migrated."""

READABLE_SINCE = 2
"""A ledger of this schema or a later one can be read as it is where it cannot be written, and so not migrated."""

LAYERS = ("places", "holdings")
"""The tables with points."""

TABLES = {
    "accounts": "The accounts as read, one revision of each",
    "citations": "Reference markers in the accounts and what they point to",
    "events": "What the accounts assert: the event records",
    "event_places": "Which events bear on which places",
    "sides": "The sides of the conflict and their names",
    "places": "Every place, with or without coordinates",
    "holdings": "Who held which place from when to when; begins and ends are certain, the rest are bounds",
    "findings": "What a careful reader would question",
    "finding_places": "Which findings are about which places",
    "reviews": "Verdicts of people on events; never overwritten",
    "dismissals": "Findings that people question no more, and why; never overwritten",
    "told_distances": "What the accounts tell of distances and directions between places",
    "place_reviews": "What people said about places: set, merge, split; never overwritten",
    "revisions": "Every change of this ledger: number, time, who, why",
    "history": "What stood in a table before a revision changed it",
    "migrations": "Every change of these tables",
}
"""Table and its description, in the order in which data flow."""

VERSIONED = ("accounts", "events", "sides", "places", "holdings", "findings")
"""The tables whose former rows go to ``history``."""

DERIVED = ("citations", "event_places", "finding_places")
"""The tables that only repeat what stands in records, for queries."""

PRIVATE = ("service_users", "service_sessions", "service_tokens", "service_invitations")
"""Who may use the service, in what is no part of the record: neither listed as layers, nor exported, nor versioned.  Only
text and integers, so that every backend makes them alike."""

DDL = {
    "frontledger_meta": """
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL""",
    "migrations": """
  version INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  at DATETIME NOT NULL""",
    "revisions": """
  number INTEGER NOT NULL PRIMARY KEY,
  at DATETIME NOT NULL,
  "by" TEXT,
  why TEXT NOT NULL,
  accounts TEXT NOT NULL,
  record TEXT NOT NULL""",
    "accounts": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  lang TEXT,
  date TEXT,
  source TEXT,
  sha256 TEXT NOT NULL,
  characters INTEGER NOT NULL,
  period_first TEXT,
  period_last TEXT,
  opens TEXT,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL""",
    "citations": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  target TEXT,
  record TEXT NOT NULL""",
    "events": """
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
  "trigger" TEXT NOT NULL,
  sentence TEXT NOT NULL,
  citations TEXT NOT NULL,
  rule TEXT NOT NULL,
  evidence TEXT NOT NULL,
  version INTEGER NOT NULL REFERENCES revisions(number),
  reading TEXT,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL,
  starts INTEGER NOT NULL DEFAULT 0""",
    "event_places": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  place TEXT NOT NULL""",
    "sides": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  names TEXT NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL""",
    "places": """
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
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL""",
    "holdings": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  geom POINT,
  place TEXT NOT NULL REFERENCES places(id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT,
  side TEXT,
  layer TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  begins DATETIME,
  ends DATETIME,
  since_earliest TEXT,
  since_latest TEXT,
  until_earliest TEXT,
  until_latest TEXT,
  certain_from INTEGER NOT NULL,
  certain_until INTEGER NOT NULL,
  implied BOOLEAN NOT NULL,
  sides TEXT NOT NULL,
  evidence TEXT NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL,
  CHECK (certain_from <= certain_until)""",
    "findings": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  account TEXT,
  number INTEGER NOT NULL,
  places TEXT NOT NULL,
  events TEXT NOT NULL,
  resolve TEXT NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  record TEXT NOT NULL""",
    "finding_places": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  finding INTEGER NOT NULL REFERENCES findings(fid) ON DELETE CASCADE,
  place TEXT NOT NULL""",
    "reviews": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  event TEXT NOT NULL,
  account TEXT NOT NULL,
  evidence TEXT NOT NULL,
  verdict TEXT NOT NULL,
  "by" TEXT NOT NULL,
  why TEXT NOT NULL,
  at DATETIME NOT NULL,
  record TEXT NOT NULL""",
    "told_distances": """
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
  record TEXT NOT NULL""",
    "place_reviews": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  verdict TEXT NOT NULL,
  place TEXT NOT NULL,
  other TEXT,
  name TEXT,
  lat DOUBLE,
  lon DOUBLE,
  "by" TEXT NOT NULL,
  why TEXT NOT NULL,
  at DATETIME NOT NULL,
  record TEXT NOT NULL""",
    "dismissals": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  revision INTEGER NOT NULL REFERENCES revisions(number),
  finding TEXT NOT NULL,
  code TEXT NOT NULL,
  "by" TEXT NOT NULL,
  why TEXT NOT NULL,
  at DATETIME NOT NULL,
  restored BOOLEAN NOT NULL,
  record TEXT NOT NULL""",
    "history": """
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES revisions(number),
  until INTEGER NOT NULL REFERENCES revisions(number),
  number INTEGER NOT NULL,
  reading TEXT,
  record TEXT NOT NULL""",
    "service_users": """
  name TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL,
  password TEXT,
  active INTEGER NOT NULL,
  since TEXT NOT NULL""",
    "service_sessions": """
  digest TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES service_users(name),
  since TEXT NOT NULL,
  until TEXT NOT NULL""",
    "service_tokens": """
  digest TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  label TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT""",
    "service_invitations": """
  digest TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  "by" TEXT NOT NULL,
  until TEXT NOT NULL""",
}
"""Columns of each table, in an order in which they can be made."""

INDEXES = {
    "events_in_order": "events(account, starts)",
    "event_places_place": "event_places(place)",
    "event_places_event": "event_places(event)",
    "places_part_of": "places(part_of)",
    "citations_account": "citations(account)",
    "holdings_place": "holdings(place, layer, number)",
    "holdings_map": "holdings(layer, certain_until, certain_from, place, state, side)",
    "findings_code": "findings(code)",
    "findings_account": "findings(account)",
    "finding_places_place": "finding_places(place)",
    "finding_places_finding": "finding_places(finding)",
    "reviews_evidence": "reviews(evidence)",
    "dismissals_finding": "dismissals(finding)",
    "history_kind": "history(kind, until)",
}
