"""The online resolver, against a server on this machine: asked once, slowly, and done without."""

import http.server
import json
import threading

import pytest

from frontledger.model import Place
from frontledger.places.candidates import candidates
from frontledger.places.gazetteers import online
from frontledger.places.gazetteers.online import Resolver
from frontledger.places.gazetteers.shelf import Shelf, open_shelf
from frontledger.places.theatre import Theatre

HILL = {
    "lat": "34.52", "lon": "37.9", "osm_type": "node", "osm_id": 7, "name": "Tal Hazim", "category": "natural",
    "type": "peak", "display_name": "Tal Hazim, Syria",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _quick(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_CACHE", str(tmp_path))
    monkeypatch.setattr(online, "_PAUSE", 0.0)


@pytest.fixture
def server():
    """Address of a server that has one hill, and the requests that it got."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["User-Agent"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps([HILL] if "Hazim" in self.path else []).encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def found(base, name, kind="hill"):
    with Shelf(None, resolver=Resolver(base)) as shelf:
        sure, _ = candidates(Place(id="x", name=name, type=kind), Theatre({"SY": 1.0}), shelf)
        return [(one.entry.id, one.point, one.kind) for one in sure], shelf.problems


def test_it_answers_for_what_no_list_has_and_is_asked_once(server):
    base, asked = server
    for _ in range(2):
        assert found(base, "Tal Hazim") == ([("osm:node/7", (34.52, 37.9), "online")], ())
    assert len(asked) == 1
    assert "countrycodes=sy" in asked[0][0]
    assert asked[0][1].startswith("frontledger")


def test_an_answer_of_another_kind_or_name_is_none(server):
    base, _ = server
    assert found(base, "Tal Hazim", "bridge")[0] == []
    assert found(base, "Tal Kerbel")[0] == []


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "ftp://example.org", "nonsense"])
def test_a_server_that_fails_is_asked_no_more(base):
    answer, problems = found(base, "Tal Hazim")
    assert answer == []
    assert len(problems) == 1
    assert base in problems[0]


def test_it_is_off_unless_it_is_set(monkeypatch, server):
    base, asked = server
    with open_shelf() as shelf:
        assert shelf.online("Tal Hazim", ["SY"]) == ()
    monkeypatch.setenv("FRONTLEDGER_RESOLVER", base)
    with open_shelf() as shelf:
        assert shelf.online("Tal Hazim", ["SY"])
    assert len(asked) == 1
