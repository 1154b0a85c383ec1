"""The parts of GeoPackage 1.3 that a ledger file needs, with the standard library alone.

What belongs here: the format's own tables, its header numbers, its geometry and date-time encodings
(OGC 12-128r17, clauses 1.1, 2.1 and requirement 5).  What does not: our tables (``schema``).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["APPLICATION_ID", "USER_VERSION", "datetime_of", "point", "prepare", "register", "set_extent"]

APPLICATION_ID = 0x47504B47
"""``GPKG``"""
USER_VERSION = 10300
"""GeoPackage 1.3"""

WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)

BASE = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
"""

SYSTEMS = (
    (
        "Undefined Cartesian SRS",
        -1,
        "NONE",
        -1,
        "undefined",
        "undefined Cartesian coordinate reference system",
    ),
    (
        "Undefined geographic SRS",
        0,
        "NONE",
        0,
        "undefined",
        "undefined geographic coordinate reference system",
    ),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84, "longitude and latitude in degrees on WGS 84"),
)


def prepare(connection: sqlite3.Connection) -> None:
    """Make an empty database an empty GeoPackage."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    connection.executescript(BASE)
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)


def register(connection: sqlite3.Connection, table: str, description: str, *, points: bool) -> None:
    """List one of our tables in the contents, as a layer of points in ``geom`` or as attributes."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)",
        (table, "features" if points else "attributes", table, description, 4326 if points else None),
    )
    if points:
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (table,)
        )


def set_extent(connection: sqlite3.Connection, table: str, points: Iterable[tuple[float, float]]) -> None:
    """Note the bounding box of a layer, given as (longitude, latitude), and that it changed now."""
    found = list(points)
    east, north = [x for x, _ in found], [y for _, y in found]
    box = (min(east), min(north), max(east), max(north)) if found else (None, None, None, None)
    connection.execute(
        "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?,"
        " last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?",
        (*box, table),
    )


@lru_cache(maxsize=16384)
def point(lat: float | None, lon: float | None) -> bytes | None:
    """A point as GeoPackage binary (header without envelope, then little-endian WKB); None without both."""
    if lat is None or lon is None:
        return None
    return struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 1, lon, lat)


@lru_cache(maxsize=65536)
def datetime_of(day: str | None) -> str | None:
    """An ISO day as a GeoPackage date-time, which knows the years 0000 to 9999 only; None outside."""
    if day is None or len(day) != 10 or not day[:4].isdigit():
        return None
    return f"{day}T00:00:00.000Z"
