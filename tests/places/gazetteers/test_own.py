"""The user's own lists: kept, listed, trusted in order, and done without when broken."""

import http.server
import io
import threading
import zipfile

import pytest

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers import adding
from frontledger.places.gazetteers.adding import add
from frontledger.places.gazetteers.folders import data_folder
from frontledger.places.gazetteers.own import own_slices
from frontledger.places.gazetteers.shelf import Shelf, lookup

from .test_files import MODULE, dump_row, written


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "data"))


def found(name):
    with Shelf(None, own_slices()[0]) as shelf:
        return [(one.lat, one.gazetteer) for one in lookup(name, shelf)]


def test_a_list_is_kept_and_found_by_every_variant(tmp_path):
    source = add(str(written(tmp_path / "mine.csv", "name,lat,lon,variants\nTal Hazim,34.5,37.9,Hazem\n")))
    assert (source.name, source.kind, source.places, source.names) == ("mine.csv", "csv", 1, 2)
    assert found("Tel Hazim") == found("Hazem") == [(34.5, "mine.csv")]


def test_the_list_added_last_wins_and_the_difference_is_told(tmp_path):
    add(str(written(tmp_path / "a.csv", "name,lat,lon\nTal Hazim,34.5,37.9\n")))
    notes = []
    add(str(written(tmp_path / "b.csv", "name,lat,lon\nTal Hazim,35.5,37.9\nOther,1,1\n")), notes.append)
    assert notes == ["a.csv has Tal Hazim 111 km away; the list added last wins"]
    assert found("Tal Hazim") == [(35.5, "b.csv"), (34.5, "a.csv")]


def test_a_list_of_the_same_name_is_replaced(tmp_path):
    path = tmp_path / "a.csv"
    add(str(written(path, "name,lat,lon\nTal Hazim,34.5,37.9\n")))
    add(str(written(path, "name,lat,lon\nTal Hazim,35.5,37.9\n")))
    assert found("Tal Hazim") == [(35.5, "a.csv")]


def test_dumps_and_control_maps_are_kept_too(tmp_path):
    add(str(written(tmp_path / "SY.txt", dump_row() + "\n")))
    add(str(written(tmp_path / "map.lua", MODULE)))
    slices, problems = own_slices()
    assert problems == []
    assert [(one.source.kind, one.source.country) for one in slices] == [("control-map", ""), ("dump", "SY")]


def test_a_bad_file_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.csv"
    add(str(written(path, "name,lat,lon\nTal Hazim,34.5,37.9\n")))
    with pytest.raises(GazetteerError, match="row 2"):
        add(str(written(path, "name,lat,lon\nTal Hazim,999,37.9\n")))
    assert found("Tal Hazim") == [(34.5, "a.csv")]


def test_a_damaged_list_is_left_out_with_one_line(tmp_path):
    add(str(written(tmp_path / "a.csv", "name,lat,lon\nTal Hazim,34.5,37.9\n")))
    add(str(written(tmp_path / "b.csv", "name,lat,lon\nTal Daher,34.5,37.9\n")))
    next(data_folder().glob("a*")).write_bytes(b"torn")
    slices, problems = own_slices()
    assert [one.source.name for one in slices] == ["b.csv"]
    assert len(problems) == 1
    assert "add it again" in problems[0]


def test_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "file" / "data"))
    path = written(tmp_path / "a.csv", "name,lat,lon\nTal Hazim,34.5,37.9\n")
    with pytest.raises(GazetteerError, match="FRONTLEDGER_DATA"):
        add(str(path))


@pytest.fixture
def server(monkeypatch):
    """A server of dumps on this machine that has Syria's."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", dump_row() + "\n")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path == "/SY.zip"
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(packed.getvalue() if known else b"")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setattr(adding, "DUMPS", f"http://127.0.0.1:{running.server_port}/")
        yield
        running.shutdown()


@pytest.mark.usefixtures("server")
def test_a_country_is_fetched_on_command():
    source = add("SY")
    assert (source.name, source.kind, source.country, source.places) == ("SY", "dump", "SY", 1)
    with pytest.raises(GazetteerError, match="cannot be fetched"):
        add("XX")
