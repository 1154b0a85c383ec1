"""The files that people bring, good and bad: whatever is wrong is one line with its row."""

import json
import zipfile

import pytest

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers import files
from frontledger.places.gazetteers.files import entries_of, kind_of


def read(path, note=lambda _: None):
    return entries_of(path, kind_of(path), note)


def written(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def dump_row(ident="11", name="Tall Sinnī", code="T\tHLL", lat="34.4", lon="37.2"):
    return f"{ident}\t{name}\tTall Sinni\tTal Sinni,تل\t{lat}\t{lon}\t{code}\tSY\t\t11\t\t\t\t0\t\t700\tAsia/Damascus\t2020-01-01"


CSV = "name,lat,lon,variants,type,since,until\nTal Hazim,34.5,37.9,Tel Hazem;Hazim,hill,2011,2019-06\n"
MODULE = """return { marks = {
 -- { lat = "1", long = "1", mark = "Dot.svg", label = "Commented out" },
 { lat = "34.52", long = "37.63", mark = "Fighter-jet-red-icon.svg", label = "[[Tiyas_Military_Airbase|T4 Airbase]]", link = "Tiyas, Syria" },
 { lat = 34.52, long = 37.63, mark = "80x80-red.gif", label = "[[Tiyas_Military_Airbase|T4 Airbase]]" },
 { lat = "34.3", long = "37.1", mark = "Location dot red.svg", marksize = "6", label = "Huwwarin<br/>", link = "#Huwwarin" },
 { lat = "34.3", long = "37.1", mark = "map-arcNN-red.svg", marksize = "6" },
} }"""


def test_csv(tmp_path):
    (one,) = read(written(tmp_path / "mine.csv", CSV))
    assert (one.name, one.names, one.lat, one.lon, one.type) == (
        "Tal Hazim",
        ("Tel Hazem", "Hazim"),
        34.5,
        37.9,
        "hill",
    )
    assert (one.since, one.until) == ("2011-01-01", "2019-06-28")
    assert one.id == "mine.csv:2"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffName;Latitude;Longitude\nA;1,5;2,5\n",
        "lon\tname\tlat\n2.5\tA\t1.5\n",
        'x,y,name\n2.5,1.5,"A"\n\n',
    ],
)
def test_csv_as_spreadsheets_write_it(tmp_path, text):
    (one,) = read(written(tmp_path / "a.csv", text))
    assert (one.name, one.lat, one.lon) == ("A", 1.5, 2.5)


def test_geojson(tmp_path):
    point = {"type": "Point", "coordinates": [37.9, 34.5]}
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    features = [
        {
            "type": "Feature",
            "geometry": point,
            "properties": {"name": "Tal Hazim", "variants": ["Hazim"], "type": "hill"},
        },
        {"type": "Feature", "geometry": line, "properties": {"name": "road"}},
    ]
    notes = []
    path = written(tmp_path / "a.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    (one,) = read(path, notes.append)
    assert (one.name, one.names, one.lat, one.lon) == ("Tal Hazim", ("Hazim",), 34.5, 37.9)
    assert notes == [f"{path}: 1 features that are no points are left out"]


@pytest.mark.parametrize("packed", [False, True])
def test_geonames_dump(tmp_path, packed):
    rows = (
        "\n".join([dump_row(), dump_row("12", "Some Hotel", "S\tHTL"), dump_row("13", "Mahīn", "P\tPPL")])
        + "\n"
    )
    path = written(tmp_path / "SY.txt", rows)
    if packed:
        path = tmp_path / "SY.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("SY.txt", rows)
    hill, town = read(path)
    assert (hill.id, hill.type, hill.country, hill.admin) == ("geonames:11", "hill", "SY", "11")
    assert "Tal Sinni" in hill.names
    assert town.type == "settlement"


def test_control_map(tmp_path):
    base, village = read(written(tmp_path / "map.lua", MODULE))
    assert (base.name, base.names, base.type) == ("T4 Airbase", ("Tiyas",), "airbase")
    assert (village.name, village.lat, village.type) == ("Huwwarin", 34.3, None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "place,north,east\nA,1,2\n", "no column name, lat, lon"),
        ("a.csv", "name,lat,lon\nA,91,2\n", "row 2: latitude 91"),
        ("a.csv", "name,lat,lon\nA,1,nan\n", "row 2: longitude nan"),
        ("a.csv", "name,lat,lon\nA,1,2\nB,here,2\n", "row 3: latitude 'here' is no number"),
        ("a.csv", "name,lat,lon\n,1,2\n", "row 2: has no name"),
        ("a.csv", "name,lat,lon,id\nA,1,2,x\nB,1,2,x\n", "'x' stands twice, for A and B"),
        ("a.csv", "name,lat,lon,since\nA,1,2,spring\n", "'spring' is no date"),
        ("a.csv", "name,lat,lon\n", "holds no places"),
        ("a.csv", b"name,lat,lon\nK\xe9k,1,2\n", "is not UTF-8 (byte 14)"),
        ("a.csv", b"", "is empty"),
        ("a.geojson", "{", "is not JSON"),
        ("a.geojson", '{"type": "Point"}', "FeatureCollection"),
        (
            "a.geojson",
            '{"features": [{"geometry": {"type": "Point", "coordinates": [200, 1]}, "properties": {"name": "A"}}]}',
            "longitude 200",
        ),
        (
            "a.geojson",
            '{"features": [{"geometry": {"type": "Point", "coordinates": []}, "properties": {}}]}',
            "feature 1",
        ),
        ("SY.txt", dump_row() + "\n11\tshort\n", "line 2: 2 columns"),
        ("SY.txt", dump_row(lat="134"), "line 1: latitude 134"),
        ("SY.zip", b"PK\x03\x04rubbish", "zip"),
        ("map.lua", '{ marks = {{ lat = "95", long = "1", label = "A" }} }', "line 1: latitude 95"),
    ],
)
def test_bad_files(tmp_path, name, content, said):
    path = written(tmp_path / name, content)
    with pytest.raises(GazetteerError) as raised:
        read(path)
    assert said in str(raised.value)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_dump_of_the_world_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "allCountries.txt"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # sparse: it takes no room
    with pytest.raises(GazetteerError, match=r"2\.0 GB"):
        kind_of(path)
    monkeypatch.setattr(files, "LARGEST", 1000)
    packed = tmp_path / "XX.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("XX.txt", dump_row() + "\n" * 5000)
    with pytest.raises(GazetteerError, match="unpacks to"):
        read(packed)


def test_a_missing_file(tmp_path):
    with pytest.raises(GazetteerError, match="No such file"):
        kind_of(tmp_path / "none.csv")
