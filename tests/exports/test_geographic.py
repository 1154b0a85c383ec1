"""GeoPackage, GeoJSON and KML, read back with GDAL (pyogrio), sqlite3 and fastkml."""

import json
import re
import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import fastkml
import pyogrio
import pytest

from frontledger.exports.palette import PALETTE
from frontledger.ledger.storage import Ledger

from .campaign import ARABIC, FORMULA

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def ledger(war):
    with Ledger.open(war) as opened:
        yield opened


def renamed(path, suffix):
    """GDAL looks at the name as well as into the file."""
    return path.rename(path.with_suffix(suffix))


def test_gdal_reads_the_layers(ledger, war, written):
    path = renamed(written(war, "gpkg")[0], ".gpkg")
    layers = dict(pyogrio.list_layers(path))
    assert {name for name, kind in layers.items() if kind == "Point"} == {"events", "places", "holdings"}
    for name in ("events", "places", "holdings"):
        frame = pyogrio.read_dataframe(path, layer=name)
        assert len(frame) == len(getattr(ledger, name))
        assert frame.crs.to_epsg() == 4326
    places = pyogrio.read_dataframe(path, layer="places").set_index("id")
    for place in ledger.places:
        point = places.geometry[place.id]
        assert (point is None) == (place.lat is None)
        assert point is None or (point.x, point.y) == (place.lon, place.lat)


def test_times_are_datetimes_that_end_behind_the_day(war, written):
    path = renamed(written(war, "gpkg")[0], ".gpkg")
    events = pyogrio.read_dataframe(path, layer="events").set_index("event")
    assert str(events.begin.dtype).startswith("datetime64")
    assert (str(events.begin["war:e3"])[:10], str(events.end["war:e3"])[:10]) == ("2015-11-08", "2015-11-13")
    holdings = pyogrio.read_dataframe(path, layer="holdings")
    mahin = holdings[(holdings.place == "Mahin") & (holdings.layer == "assessed")].sort_values("begin")
    assert mahin.begin.notna().all()


def test_holdings_on_a_day_are_what_control_says(ledger, war, written):
    """What QGIS shows on a day (begin <= day < end) is what the ledger answers for it."""
    path = renamed(written(war, "gpkg")[0], ".gpkg")
    holdings = pyogrio.read_dataframe(path, layer="holdings")
    for day in ("2015-11-04", "2015-11-21", "2015-12-06"):
        shown = holdings[
            (holdings.layer == "assessed")
            & (holdings.begin.isna() | (holdings.begin <= f"{day}T12:00Z"))
            & (holdings.end.isna() | (holdings.end > f"{day}T12:00Z"))
            & (holdings.state == "held")
        ]
        drawn = set(zip(shown.place_id, shown.side_id, strict=True))
        told = ledger.control(on=day, layer="assessed")
        assert drawn == {(row.place, row.holder) for row in told if row.state == "held"}


def test_qgis_finds_a_style(war, written):
    with closing(sqlite3.connect(written(war, "gpkg")[0])) as connection:
        rows = connection.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        )
        styles = {name: (geometry, default, qml) for name, geometry, default, qml in rows}
    assert styles.keys() == {"events", "holdings"}
    for geometry, default, qml in styles.values():
        assert (geometry, default) == ("geom", 1)
        root = ET.fromstring(qml)  # noqa: S314 - our own
        temporal = root.find("temporal")
        assert (temporal.get("mode"), temporal.get("enabled")) == ("2", "1")
        assert (temporal.get("startField"), temporal.get("endField")) == ("begin", "end")
        symbols = {symbol.get("name") for symbol in root.iter("symbol")}
        assert {rule.get("symbol") for rule in root.iter("rule")} == symbols
        first = int(PALETTE[0][1:3], 16), int(PALETTE[0][3:5], 16), int(PALETTE[0][5:7], 16)
        assert any(option.get("value") == ",".join(map(str, [*first, 255])) for option in root.iter("Option"))


def test_days_before_the_year_1_have_no_datetime(ancient, written):
    output, done = written(ancient, "gpkg")
    events = pyogrio.read_dataframe(renamed(output, ".gpkg"), layer="events")
    assert events.begin.isna().all()
    assert list(events.earliest) == ["-0048-01-10", "-0048-02-01"]
    assert any("before the year 1" in line for line in done.notes)
    kml, done = written(ancient, "kml")
    assert b"TimeSpan" not in kml.read_bytes()
    assert any("before the year 1" in line for line in done.notes)


def test_geojson_is_rfc_7946(ledger, war, written):
    output, done = written(war, "geojson")
    made = json.loads(output.read_text(encoding="utf-8"))
    assert made.keys() == {"type", "features"}  # no crs
    assert made["type"] == "FeatureCollection"
    ids = [feature["id"] for feature in made["features"]]
    assert len(set(ids)) == len(ids) == len(ledger.events) + len(ledger.holdings)
    places = {place.id: place for place in ledger.places}
    null = 0
    for feature in made["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        place = places[feature["properties"]["place_id"]]
        if place.lat is None:
            assert feature["geometry"] is None
            null += 1
        else:
            assert feature["geometry"] == {
                "type": "Point",
                "coordinates": [round(place.lon, 6), round(place.lat, 6)],
            }
    assert sum(int(line.split()[2]) for line in done.notes) == null
    events = [
        feature["properties"] for feature in made["features"] if feature["properties"]["feature"] == "event"
    ]
    assert {one["event"]: one["status"] for one in events}["war:e4"] == "reported"
    assert len(pyogrio.read_dataframe(renamed(output, ".geojson"))) == len(ids)


def test_kml_is_read_by_another_program(ledger, war, written):
    output, _ = written(war, "kml")
    document = next(iter(fastkml.KML.parse(output).features))
    holdings, events = document.features
    assert (holdings.name, events.name) == ("Holdings", "Events")
    assert len(list(events.features)) == len(ledger.events)
    assert len(list(holdings.features)) == len(ledger.holdings)
    marks = {mark.name: mark for mark in events.features}
    assert "capture (reported): Palmyra" in marks
    assert "capture (denied): Sadad" in marks
    (bombed,) = [mark for mark in marks.values() if mark.name.startswith("airstrike")]
    assert (str(bombed.begin), str(bombed.end)) == ("2015-11-16", "2015-11-16")
    assert pyogrio.read_info(renamed(output, ".kml"), layer="Events")["features"] == len(ledger.events)


def test_kml_placemarks_have_styles_that_exist_and_no_address(war, written):
    output, _ = written(war, "kml")
    root = ET.parse(output).getroot()  # noqa: S314 - our own
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {url.text for url in root.iter(f"{KML}styleUrl")} <= styles
    assert not re.search(rb"<(href|NetworkLink)", output.read_bytes())


@pytest.mark.parametrize("form", ["gpkg", "geojson", "kml"])
def test_hostile_names_come_back_as_they_are(hostile, written, form):
    path = renamed(written(hostile, form)[0], f".{form}")
    layer = {"gpkg": "places", "geojson": None, "kml": "Holdings"}[form]
    frame = pyogrio.read_dataframe(path, layer=layer)
    column = {"gpkg": "name", "geojson": "place", "kml": "place"}[form]
    names = set(frame[column])
    assert {ARABIC.strip(), FORMULA} <= {name.strip() for name in names}
    assert any("{{evil}} [[link|x]]" in name for name in names)


@pytest.mark.parametrize("form", ["gpkg", "geojson", "kml"])
def test_an_empty_ledger_is_a_valid_file(empty, written, form):
    path = renamed(written(empty, form)[0], f".{form}")
    assert pyogrio.list_layers(path) is not None
