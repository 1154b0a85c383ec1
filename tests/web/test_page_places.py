"""Words about places at the page of the service: moved on the map, merged, split, and two people at one place."""

from __future__ import annotations

import pytest

from frontledger.ledger.storage import Ledger

from .running import house

expect = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed").expect

LONG = 60_000
"""Milliseconds: everything is placed and folded anew, in a process that starts for it."""


def places(ledger):
    with Ledger.open(ledger) as opened:
        return {one.id: one for one in opened.places}


def choose(visitor, place):
    visitor.at("tab-places").click()
    visitor.at("places").locator(f"[data-place={place}]").click()
    visitor.at("placing").wait_for()


def drag(visitor, element, by):
    """Take an element with the mouse and let it go elsewhere."""
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = visitor.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + by[0] / 2, y + by[1] / 2, steps=4)
    mouse.move(x + by[0], y + by[1], steps=4)
    mouse.up()


def test_a_place_is_moved_on_the_map(visit, path):
    before = places(path)["palmyra"]
    with house(path) as running:
        ann = visit(running).enter().live()
        choose(ann, "palmyra")
        ann.at("move").click()
        flag = ann.page.locator(".flag-icon")
        assert float(ann.at("lat").input_value()) == pytest.approx(before.lat, abs=1e-4)
        drag(ann, flag, (80, -60))
        lat, lon = (float(ann.at(name).input_value()) for name in ("lat", "lon"))
        assert lat > before.lat + 0.001
        assert lon > before.lon + 0.001

        there = flag.bounding_box()
        ann.at("lat").fill(str(before.lat))  # typing moves the flag back to the old latitude
        ann.at("lat").press("End")
        assert flag.bounding_box()["y"] > there["y"] + 20
        assert flag.bounding_box()["x"] == pytest.approx(there["x"], abs=1)
        ann.at("lat").fill(str(lat))
        ann.at("place-why").fill("the ruins, not the town")
        ann.at("place-send").click()
        expect(ann.at("detail")).to_contain_text(f"{lat:.4f}, {lon:.4f}", timeout=LONG)
        expect(ann.at("toasts")).to_contain_text("Palmyra set at")
        assert flag.count() == 0
    now = places(path)["palmyra"]
    assert (now.lat, now.lon) == (lat, lon)
    assert now.located_by == "set by Ann: the ruins, not the town"


def test_giving_a_move_up_leaves_everything(visit, path):
    before = places(path)
    with house(path) as running:
        ann = visit(running).enter()
        choose(ann, "palmyra")
        ann.at("move").click()
        drag(ann, ann.page.locator(".flag-icon"), (40, 40))
        ann.at("lat").press("Escape")
        assert ann.page.locator(".flag-icon").count() == ann.at("lat").count() == 0
        ann.at("move").click()
        choose(ann, "mahin")  # another place: the form of the former is gone
        assert ann.page.locator(".flag-icon").count() == ann.at("lat").count() == 0
    assert places(path) == before


def test_places_are_merged_and_split(visit, path):
    with house(path) as running:
        ann = visit(running).enter().live()
        choose(ann, "mahin")
        assert ann.at("split").count() == 0  # it has one name
        ann.at("merge").click()
        for wrong in ("Nowhere", "Mahin", ""):
            ann.at("merge-into").fill(wrong)
            ann.at("place-send").click()
            expect(ann.at("placing")).to_contain_text("no other place of that name")
        ann.at("merge-into").fill("palmyra")
        ann.at("place-why").fill("one garrison")
        ann.press("Enter")
        expect(ann.at("detail").locator("h2")).to_have_text("Palmyra", timeout=LONG)
        expect(ann.at("toasts")).to_contain_text("Mahin is palmyra")
        expect(ann.at("detail")).to_contain_text("Mahin")
        expect(ann.at("places").locator("[data-place=mahin]")).to_have_count(0)
        assert "mahin" not in places(path)
        assert "Mahin" in places(path)["palmyra"].names

        ann.at("split").click()
        expect(ann.at("split-name").locator("option")).to_have_text(["Mahin"])
        ann.at("place-why").fill("two towns after all")
        ann.at("place-send").click()
        expect(ann.at("places").locator("[data-place=mahin]")).to_have_count(1, timeout=LONG)
        expect(ann.at("toasts")).to_contain_text("Mahin is mahin, not palmyra")
        expect(ann.at("split")).to_have_count(0)
    now = places(path)
    assert now["mahin"].name == "Mahin"
    assert "Mahin" not in now["palmyra"].names
    with Ledger.open(path) as ledger:
        told = [(one.verdict, one.by, one.why) for one in ledger.place_reviews]
        mahin = {one.id for one in ledger.events if any(ref.id == "mahin" for ref in one.places)}
    assert told == [("merge", "Ann", "one garrison"), ("split", "Ann", "two towns after all")]
    assert mahin


def test_two_at_one_place(visit, path):
    """What somebody else has said of a place since the form was opened is not written over unseen."""
    with house(path) as running:
        ann, api = visit(running).enter().live(), running.enter()
        ann.refused.add(412)
        choose(ann, "palmyra")
        ann.at("move").click()
        ann.at("lat").fill("34.5")
        ann.at("lon").fill("38.25")
        other = api.post("/api/v1/place-moves", {"place": "palmyra", "lat": 35.0, "lon": 39.0})
        assert other.status == 201
        expect(ann.at("detail")).to_contain_text("35.0000, 39.0000", timeout=LONG)
        assert ann.at("lat").input_value() == "34.5"
        ann.at("place-send").click()
        expect(ann.at("place-error")).to_contain_text("has changed since you began", timeout=LONG)
        assert places(path)["palmyra"].lat == 35.0
        ann.at("place-send").click()
        expect(ann.at("detail")).to_contain_text("34.5000, 38.2500", timeout=LONG)
        assert places(path)["palmyra"].lat == 34.5
