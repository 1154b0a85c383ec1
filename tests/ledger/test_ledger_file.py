"""The ledger file as others see it: SQLite, GeoPackage, GDAL, its documentation."""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
import subprocess
from pathlib import Path

import pytest

from frontledger.ledger.geopackage import datetime_of, point
from frontledger.ledger.schema import LAYERS, PRIVATE, SCHEMA_VERSION, TABLES
from frontledger.ledger.storage import Ledger

from .test_storage import read_of, store

DOC = Path(__file__).parents[2] / "docs" / "ledger-file.md"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "war.gpkg"
    with Ledger.create(path) as ledger:
        store(ledger, "A", "5 red takes P; 9 blue takes P from red; 12 red takes Q from blue (reported)")
    return path


def documented():
    tables = {}
    for line in DOC.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            columns = tables.setdefault(line[3:], [])
        elif match := re.fullmatch(r"\| (\w+) \| ([A-Z]+) \| .+ \|", line):
            columns.append((match[1], match[2]))
    return tables


def test_documentation_shows_exactly_the_tables_and_columns(path):
    with sqlite3.connect(path) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = sorted(name for name in names if not name.startswith(("gpkg_", "sqlite_")))
        actual = {name: [row[1:3] for row in database.execute(f"PRAGMA table_info({name})")] for name in ours}
    database.close()
    assert documented() == actual
    assert set(actual) == {*TABLES, *PRIVATE, "frontledger_meta"}


def test_schema_version_is_documented():
    assert f"| value | TEXT | `{SCHEMA_VERSION}` |" in DOC.read_text(encoding="utf-8")


def test_it_is_a_geopackage(path):
    header = path.read_bytes()[:100]
    assert header[68:72] == b"GPKG"
    assert struct.unpack(">i", header[60:64]) == (10300,)
    database = sqlite3.connect(path)
    contents = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert contents == {table: "features" if table in LAYERS else "attributes" for table in TABLES}
    geometry = database.execute("SELECT table_name, geometry_type_name, srs_id FROM gpkg_geometry_columns")
    assert sorted(geometry) == [("holdings", "POINT", 4326), ("places", "POINT", 4326)]
    assert {row[0] for row in database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    extent = database.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'places'"
    )
    assert extent.fetchone() == (37.0, 34.0, 37.0, 34.0)
    database.close()


def test_point_is_little_endian_longitude_first():
    blob = point(34.5, 37.25)
    assert blob[:8] == b"GP\x00\x01" + struct.pack("<i", 4326)
    assert struct.unpack("<BIdd", blob[8:]) == (1, 1, 37.25, 34.5)
    assert point(None, 37.25) is None
    assert point(34.5, None) is None


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2015-11-05", "2015-11-05T00:00:00.000Z"), (None, None), ("-0043-03-15", None), ("12015-01-01", None)],
)
def test_datetime_of(day, wanted):
    assert datetime_of(day) == wanted


def test_days_before_christ_have_no_datetime_but_their_bounds(tmp_path):
    with Ledger.create(tmp_path / "rome.gpkg") as ledger:
        store(ledger, "A", "5 red takes P", shift=lambda day: day and day.replace("2020-", "-0048-"))
        assert ledger.holdings[0].since_earliest == "-0048-01-05"
        rows = ledger._store.connection.execute(
            "SELECT begins, since_latest FROM holdings WHERE place = 'P'"
        ).fetchall()
    assert rows == [(None, "-0048-01-05")]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed")
def test_gdal_reads_every_layer_without_a_warning(path):
    done = subprocess.run(["ogrinfo", "-ro", "-al", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert sorted(re.findall(r"^Layer name: (\w+)", done.stdout, re.MULTILINE)) == sorted(TABLES)
    assert "begins (DateTime) = 2020/01/05 00:00:00+00" in done.stdout
    assert "POINT (37 34)" in done.stdout
    assert "Extent: (37.000000, 34.000000) - (37.000000, 34.000000)" in done.stdout


def test_sql_sees_what_the_api_gives(path):
    database = sqlite3.connect(path)
    rows = database.execute(
        "SELECT place, side, state, since_latest, until_earliest, layer FROM holdings ORDER BY fid"
    )
    with Ledger.open(path) as ledger:
        wanted = [
            (h.place, h.side, h.state, h.since_latest, h.until_earliest, h.layer) for h in ledger.holdings
        ]
        assert rows.fetchall() == wanted
        assert [row[0] for row in database.execute("SELECT sentence FROM events ORDER BY fid")] == [
            read_of(ledger)[event.account].text[event.sentence.start : event.sentence.end]
            for event in ledger.events
        ]
    database.close()
