"""The service for one person: reading, judging, uploading, and what others see of it."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from importlib.util import find_spec

import pytest

from frontledger.ledger.storage import Ledger
from frontledger.model import Event

from .running import house

EVENT = "/api/v1/events/first:e1"


def test_what_it_shows_is_what_the_ledger_holds(where):
    with house(where) as running, Ledger.open(where) as ledger:
        ann = running.enter()
        card = ann.get("/api/v1/ledger").json()
        assert card["events"] == len(ledger.events)
        assert card["findings"] == len(ledger.findings)
        assert (card["first"], card["last"]) == ("2016-05-05", "2016-05-20")
        lines = ann.get("/api/v1/events.jsonl").body.splitlines()
        assert sorted(json.loads(line)["id"] for line in lines) == sorted(event.id for event in ledger.events)
        for layer in ("assessed", "claimed"):
            drawn = ann.get(f"/api/v1/map?on=2016-05-16&layer={layer}").json()
            places = ann.get(f"/api/v1/map/places?layer={layer}").json()
            meanings = {one["sign"]: one for one in drawn["meanings"]}
            shown = [
                (place["id"], meanings[sign]["state"], meanings[sign]["holder"])
                for place, sign in zip(places["items"], drawn["signs"], strict=True)
                if meanings[sign]["state"] != "unknown"
            ]
            assert sorted(shown) == sorted(ledger.map(on="2016-05-16", layer=layer))
        control = ann.get("/api/v1/control?on=2016-05-16").json()
        assert {row["place"]: row["holder"] for row in control} == {
            row.place: row.holder for row in ledger.control(on="2016-05-16", layer="assessed")
        }
        assert ann.get("/api/v1/page").status in (200, 503)
        found = ann.get("/api/v1/search?q=p%C3%A1lmyr%C3%A4").json()["items"]
        assert {"place", "event"} <= {one["kind"] for one in found}
        compared = ann.get("/api/v1/comparisons?first=first&second=second").json()
        assert compared["differ"] == 1


def test_pages_join_to_the_whole_list(ann):
    path, seen = "/api/v1/events?limit=2", []
    while path:
        page = ann.get(path).json()
        assert len(page["items"]) <= 2
        seen += [one["event"]["id"] for one in page["items"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]
    assert ann.get("/api/v1/events?kind=withdrawal").json()["total"] == 1
    assert ann.get("/api/v1/events?place=palmyra&account=first").json()["total"] == 2
    assert ann.get("/api/v1/events?since=2016-05-10&until=2016-05-13").json()["total"] == 1


def test_every_filter_takes_only_values(ann):
    """SQL in a filter is a value that nothing has, or no value at all."""
    for attack in ("' OR 1=1 --", "x') OR ('1'='1", '"; DROP TABLE events; --', "%", "_____", "\\"):
        quoted = (
            attack.replace("%", "%25")
            .replace(" ", "%20")
            .replace('"', "%22")
            .replace(";", "%3B")
            .replace("'", "%27")
            .replace("\\", "%5C")
        )
        for key in ("account", "side", "place"):
            answer = ann.get(f"/api/v1/events?{key}={quoted}")
            assert (answer.status, answer.json()["total"]) == (200, 0), (key, attack)
        for key in ("kind", "review", "since", "until", "limit", "after"):
            assert ann.get(f"/api/v1/events?{key}={quoted}").status == 400, (key, attack)
        for address in ("events", "places", "accounts", "readings"):
            assert ann.get(f"/api/v1/{address}/{quoted}").status == 404, (address, attack)
        assert ann.get(f"/api/v1/control?on={quoted}").status == 400
        assert ann.get(f"/api/v1/holdings?layer={quoted}").status == 400
        assert ann.get(f"/api/v1/findings?code={quoted}").json()["total"] == 0
        assert ann.get(f"/api/v1/search?q={quoted}").status == 200
        assert ann.get(f"/ogc/collections/holdings/items?bbox={quoted}").status == 400
        assert ann.get(f"/ogc/collections/holdings/items?datetime={quoted}").status == 400
    assert ann.get("/api/v1/ledger").json()["events"] == 6


def test_a_verdict_and_its_undoing(where):
    with house(where) as running:
        ann = running.enter()
        seen = ann.get(EVENT)
        version = seen.headers["etag"]
        done = ann.post(
            f"{EVENT}/verdicts",
            {"verdict": "correct", "why": "page 12", "changes": {"date": "2016-05-06"}},
            If_Match=version,
        )
        assert done.status == 201
        assert done.json()["event"]["date"]["earliest"] == "2016-05-06"
        assert done.headers["etag"] == f'"{done.json()["version"]}"' != version
        assert ann.get(EVENT).json()["event"]["review"] == "corrected"
        again = ann.post(
            f"{EVENT}/verdicts", {"verdict": "reject", "why": "no"}, If_Match=done.headers["etag"]
        )
        back = ann.post(f"{EVENT}/verdicts", {"verdict": "undo"}, If_Match=again.headers["etag"]).json()
        assert (back["event"]["review"], back["event"]["date"]["earliest"]) == ("corrected", "2016-05-06")
        back = ann.post(f"{EVENT}/verdicts", {"verdict": "undo"}, If_Match=f'"{back["version"]}"').json()
        assert (back["event"]["review"], back["event"]["date"]["earliest"]) == ("unchecked", "2016-05-05")
        nothing = ann.post(f"{EVENT}/verdicts", {"verdict": "undo"}, If_Match=f'"{back["version"]}"')
        assert (nothing.status, nothing.type) == (422, "application/problem+json")
        reviews = ann.get(EVENT).json()["evidence"]["reviews"]
        assert [one["verdict"] for one in reviews] == ["corrected", "rejected", "corrected", "unchecked"]


def test_of_two_verdicts_the_second_is_shown_the_first(ann):
    version = ann.get(EVENT).headers["etag"]
    assert ann.post(f"{EVENT}/verdicts", {"verdict": "accept"}, If_Match=version).status == 201
    late = ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "a plan"}, If_Match=version)
    assert (late.status, late.type) == (412, "application/problem+json")
    shown = late.json()
    assert [(one["verdict"], one["by"]) for one in shown["verdicts"]] == [("accepted", "Ann")]
    assert shown["event"]["review"] == "accepted"
    assert late.headers["etag"] == f'"{shown["version"]}"'
    assert (
        ann.post(
            f"{EVENT}/verdicts", {"verdict": "reject", "why": "a plan"}, If_Match=late.headers["etag"]
        ).status
        == 201
    )


def test_a_verdict_without_a_version_yields_to_somebody_else(path, ann):
    with Ledger.open(path) as ledger:
        ledger.review("first:e1", "accept", by="Ben", why="seen")
    late = ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "a plan"})
    assert late.status == 409
    assert late.json()["verdicts"][0]["by"] == "Ben"
    assert "--" not in late.json()["detail"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"verdict": "reject"}, 422),
        ({"verdict": "correct", "why": "x"}, 422),
        ({"verdict": "correct", "why": "x", "changes": {"colour": "red"}}, 422),
        ({"verdict": "correct", "why": "x", "changes": {"actor": "nobody knows"}}, 422),
        ({"verdict": "praise", "why": "x"}, 400),
        ({"verdict": "accept", "unheard": "of"}, 400),
        ({}, 400),
        ([], 400),
        (b"{", 400),
    ],
)
def test_verdicts_that_cannot_be_given(ann, given, status):
    answer = ann.post(f"{EVENT}/verdicts", given, Content_Type="application/json")
    assert (answer.status, answer.type) == (status, "application/problem+json")
    assert ann.get(EVENT).json()["evidence"]["reviews"] == []


def test_a_finding_is_dismissed_and_restored(ann):
    first = ann.get("/api/v1/findings").json()["items"][0]["finding"]["id"]
    address = f"/api/v1/findings/{first}/dismissals"
    assert ann.post(address, {"why": "known"}).status == 201
    assert ann.post(address, {"why": "known"}).status == 409
    dismissed = ann.get("/api/v1/findings?dismissed=true").json()["items"]
    assert [(one["finding"]["id"], one["dismissed"]["why"]) for one in dismissed] == [(first, "known")]
    assert ann.post(address, {"why": "not so", "restore": True}).status == 201
    assert ann.get("/api/v1/findings?dismissed=true").json()["items"] == []
    assert ann.post("/api/v1/findings/none/dismissals", {"why": "x"}).status == 404


def heard(guest, changes, ready):
    for change in guest.listen():
        if change is None:
            ready.set()
        else:
            changes.append((time.monotonic(), change))


def test_others_see_a_verdict_within_a_second(path, alone, ann):
    changes, ready = [], threading.Event()
    threading.Thread(target=heard, args=(alone.enter(), changes, ready), daemon=True).start()
    assert ready.wait(10)
    begun = time.monotonic()
    ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "a plan"})
    with Ledger.open(path) as ledger:  # another process, say
        ledger.review("first:e2", "accept", by="Ben", why="seen")
    while len(changes) < 2 and time.monotonic() < begun + 10:
        time.sleep(0.01)
    assert [change["events"] for _, change in changes] == [["first:e1"], ["first:e2"]]
    assert "palmyra" in changes[0][1]["places"]
    assert changes[1][0] - begun < 1.5  # a second, and what a loaded machine adds


def test_whoever_comes_back_to_the_stream_has_missed_nothing(ann):
    before = ann.get("/api/v1/me").json()["revision"]
    for verdict in ("accept", "undo"):
        ann.post(f"{EVENT}/verdicts", {"verdict": verdict})
    stream = ann.listen(after=before)
    assert next(stream) is None
    assert [next(stream)["revision"], next(stream)["revision"]] == [before + 1, before + 2]
    stream.close()


def test_answers_have_etags_and_change_with_the_ledger(ann):
    for address in ("ledger", "events", "accounts", "map?on=2016-05-16", "map/places", "control"):
        first = ann.get(f"/api/v1/{address}")
        known = ann.get(f"/api/v1/{address}", If_None_Match=first.headers["etag"])
        assert (known.status, known.body) == (304, b""), address
    version = ann.get(EVENT).headers["etag"]
    seen = ann.get("/api/v1/map?on=2016-05-06")
    ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "a plan"}, If_Match=version)
    deadline = time.monotonic() + 5
    while ann.get("/api/v1/map?on=2016-05-06", If_None_Match=seen.headers["etag"]).status == 304:
        assert time.monotonic() < deadline
    assert ann.get("/api/v1/map?on=2016-05-06").json()["signs"] != seen.json()["signs"]


def test_compressed_where_the_client_takes_it(ann):
    import gzip

    plain = ann.get("/api/v1/events")
    packed = ann.get("/api/v1/events", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_the_founding_workflow(ann):
    """Upload, read, correct, accuracy-checked, export; then a new revision, and what it changed."""
    text = "On 1 June 2016, the Syrian Army captured Sukhnah. On 3 June 2016, ISIL captured Arak.\n"
    taken = ann.post("/api/v1/accounts", {"name": "Desert diary", "text": text, "lang": "en"})
    assert taken.status == 201, taken.body
    assert taken.json()["coded"] == {"Desert-diary": 2}
    account = ann.get("/api/v1/accounts/Desert-diary").json()
    assert account["account"]["text"] == text
    assert account["account"]["source"] == "Desert-diary.txt"
    assert account["card"]["progress"]["unchecked"] == 2
    for item in ann.get("/api/v1/events?account=Desert-diary").json()["items"]:
        address = f"/api/v1/events/{item['event']['id']}/verdicts"
        assert ann.post(address, {"verdict": "accept"}, If_Match=f'"{item["version"]}"').status == 201
    assert ann.get("/api/v1/accounts/Desert-diary").json()["card"]["progress"]["accuracy_checked"] is True
    lines = ann.get("/api/v1/exports/jsonl")
    assert 'filename="war.jsonl"' in lines.headers["content-disposition"]
    assert sum(json.loads(line)["kind"] == "reviews" for line in lines.body.splitlines()) == 2
    there = ann.post("/api/v1/accounts", {"name": "Desert diary", "text": text})
    assert (there.status, there.json()["accounts"]) == (409, ["Desert-diary"])
    newer = text.replace("3 June", "4 June")
    again = ann.post(
        "/api/v1/accounts", {"name": "Desert diary", "text": newer, "lang": "en", "revise": True}
    )
    assert again.status == 201
    readings = ann.get("/api/v1/accounts/Desert-diary/revisions").json()
    assert [one["by"] for one in readings] == ["Ann", "Ann"]
    changed = ann.get(f"/api/v1/accounts/Desert-diary/revisions/{readings[0]['revision']}").json()
    assert (changed["kept"], len(changed["gained"]), len(changed["lost"])) == (1, 1, 1)
    assert ann.get("/api/v1/accounts/Desert-diary").json()["card"]["progress"]["unchecked"] == 1
    history = ann.get("/api/v1/history").json()["items"]
    assert history[0]["why"] == "read Desert-diary"


def test_every_export_can_be_had(ann):
    formats = ann.get("/api/v1/exports").json()
    assert {one["name"] for one in formats} >= {"jsonl", "acled", "geojson", "gpkg", "csv"}
    for one in formats:
        if "parquet" in one["name"] and find_spec("pyarrow") is None:
            continue
        got = ann.get(f"/api/v1/exports/{one['name']}" + ("?table=holdings" if one["tables"] else ""))
        assert got.status == 200, (one, got.body)
        assert got.type == one["media_type"]
        assert got.body
    for bad in ("none", "..", "%2e%2e%2fwar"):
        assert ann.get(f"/api/v1/exports/{bad}").status == 404
    assert "there are jsonl, acled" in ann.get("/api/v1/exports/none").json()["detail"]
    assert ann.get("/api/v1/exports/acled?table=events").status == 422
    assert ann.get("/api/v1/exports/csv?table=users").status == 400


def test_a_place_is_moved_merged_and_split(ann):
    place = ann.get("/api/v1/places/palmyra")
    moved = ann.post(
        "/api/v1/place-moves",
        {"place": "palmyra", "lat": 34.5, "lon": 38.25, "why": "the ruins"},
        If_Match=place.headers["etag"],
    )
    assert moved.status == 201
    now = ann.get("/api/v1/places/palmyra")
    assert (now.json()["place"]["lat"], now.json()["place"]["lon"]) == (34.5, 38.25)
    late = ann.post(
        "/api/v1/place-moves", {"place": "palmyra", "lat": 0, "lon": 0}, If_Match=place.headers["etag"]
    )
    assert late.status == 412
    assert (
        ann.post("/api/v1/place-merges", {"place": "mahin", "into": "palmyra", "why": "test"}).status == 201
    )
    assert ann.get("/api/v1/places/mahin").status == 404
    both = ann.get("/api/v1/places/palmyra").headers["etag"]
    parting = {"name": "Mahin", "why": "no"}
    assert ann.post("/api/v1/place-splits", parting, If_Match='"1"').status == 412
    assert ann.post("/api/v1/place-splits", parting, If_Match=both).status == 201
    assert ann.get("/api/v1/places/mahin").status == 200
    for bad in (
        {"place": "palmyra", "lat": 91, "lon": 0},
        {"place": "palmyra", "lat": "x", "lon": 0},
        {"lat": 1, "lon": 1},
    ):
        assert ann.post("/api/v1/place-moves", bad).status == 400
    assert ann.post("/api/v1/place-moves", {"place": "nowhere", "lat": 1, "lon": 1}).status == 404


def test_errors_speak_of_no_options(ann):
    """Whoever asks over HTTP has no command line."""
    unclear = ann.post("/api/v1/accounts", {"name": "x", "text": "aaaa aaaa"})
    address = "/api/v1/events/first:e1/verdicts"
    told = [
        unclear,
        ann.post(address, {"verdict": "reject"}),
        ann.post(address, {"verdict": "correct", "why": "x"}),
        ann.post(address, {"verdict": "accept", "changes": {"date": "2016-05-05"}}),
    ]
    assert [one.status for one in told] == [422] * 4
    assert [one.json()["detail"] for one in told if "--" in one.json()["detail"]] == []
    assert "say which it is" in unclear.json()["detail"]


def test_a_ledger_by_a_relative_path(path, monkeypatch):
    """As people type it; whatever is done in a process of its own finds the same ledger."""
    monkeypatch.chdir(path.parent)
    with house(path.name) as running:
        ann = running.enter()
        assert ann.get("/api/v1/me").json()["ledger"] == "war"
        text = "On 3 June 2016, the Syrian Army captured Tadif.\n"
        assert ann.post("/api/v1/accounts", {"name": "diary", "text": text, "lang": "en"}).status == 201
        moved = ann.post("/api/v1/place-moves", {"place": "palmyra", "lat": 34.5, "lon": 38.25})
        assert moved.status == 201
        assert ann.get("/api/v1/ledger").json()["accounts"] == 3


def test_holdings_for_map_programs(ann):
    landing = ann.get("/ogc/").json()
    assert {link["rel"] for link in landing["links"]} >= {"self", "service-desc", "conformance", "data"}
    assert ann.get("/ogc/conformance").json()["conformsTo"]
    assert [one["id"] for one in ann.get("/ogc/collections").json()["collections"]] == [
        "holdings",
        "holdings-claimed",
    ]
    items = "/ogc/collections/holdings/items"
    day = ann.get(f"{items}?datetime=2016-05-13")
    assert day.type == "application/geo+json"
    shown = {(one["properties"]["place"], one["properties"]["side"]) for one in day.json()["features"]}
    assert ("palmyra", "isil") in shown
    assert day.json()["numberMatched"] == day.json()["numberReturned"] == len(day.json()["features"])
    palmyra = next(one for one in day.json()["features"] if one["properties"]["place"] == "palmyra")
    lon, lat = palmyra["geometry"]["coordinates"]
    near = ann.get(
        f"{items}?datetime=2016-05-13T12:00:00Z&bbox={lon - 0.1},{lat - 0.1},{lon + 0.1},{lat + 0.1}"
    ).json()
    assert [one["properties"]["place"] for one in near["features"]] == ["palmyra"]
    assert ann.get(f"{items}/{palmyra['id']}").json() == palmyra
    first = ann.get(f"{items}?limit=1").json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = ann.get(following.removeprefix(ann.base)).json()
    assert second["features"][0]["id"] != first["features"][0]["id"]
    assert ann.get("/ogc/collections/none").status == 404
    assert ann.get(f"{items}?datetime=soon").status == 400
    assert ann.get(f"{items}?bbox=1,2").status == 400


def test_what_the_service_did_is_in_the_file(path, ann):
    ann.post(f"{EVENT}/verdicts", {"verdict": "accept"})
    with sqlite3.connect(path) as database:
        record = database.execute("SELECT record FROM events WHERE id = 'first:e1'").fetchone()[0]
    database.close()
    import msgspec

    assert msgspec.json.decode(record, type=Event).review == "accepted"
