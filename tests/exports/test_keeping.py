"""Payloads one after the other take over what has not changed, and are what they would be if made alone."""

from __future__ import annotations

import pytest

from frontledger import pipeline
from frontledger.exports.report import building
from frontledger.exports.report.keeping import Kept
from frontledger.exports.report.page import asset
from frontledger.ledger.storage import Ledger

FIRST = (
    "On 5 May 2016, the Syrian Army captured Palmyra from ISIL. On 9 May 2016, ISIL captured Palmyra. "
    "On 12 May 2016, the Syrian Army captured Al-Qaryatayn. Two days later ISIL reportedly seized Mahin.\n"
)
SECOND = (
    "On 6 May 2016, the Syrian Army captured Palmyra from ISIL. On 20 May 2016, ISIL withdrew from Mahin.\n"
)


@pytest.fixture
def war(tmp_path):
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "war.gpkg"
    pipeline.run([tmp_path / "first.txt", tmp_path / "second.txt"], path, "en")
    return path


def test_every_change_shows_and_nothing_else_is_made(war, tmp_path):
    kept = Kept()
    made = []

    def agree():
        with Ledger.open(war) as ledger:
            for _ in range(2):
                again = building.build(ledger, world=asset("world.json"), kept=kept)
                made.append(kept.made)
            assert again == building.build(ledger, world=asset("world.json"))
        return again

    all_parts = (agree(), made[0])[1]
    assert made[1] == 0

    def review(event, verdict, **more):
        with Ledger.open(war) as ledger:
            ledger.review(event, verdict, by="Ann", why="test", **more)
        payload = agree()
        return made[-2], next(one for one in payload.events if one.id == event)

    parts, event = review("first:e1", "accept")
    assert (parts, event.review, [one.by for one in event.judgements]) == (1, "accepted", ["Ann"])
    parts, event = review("first:e4", "correct", changes=[("date", "2016-05-17")])
    assert event.edtf == "2016-05-17"
    assert 1 < parts < all_parts / 2
    parts, event = review("second:e2", "reject")
    assert event.review == "rejected"
    parts, event = review("second:e2", "undo")
    assert event.review == "unchecked"

    # numbers move: a place goes, an account grows
    pipeline.correct_place(war, "merge", ("mahin", "palmyra"), "Ann")
    assert all(place.id != "mahin" for place in agree().places)
    (tmp_path / "first.txt").write_text("On 1 May 2016, ISIL captured Tadif. " + FIRST, encoding="utf-8")
    pipeline.run([tmp_path / "first.txt"], war, "en")
    payload = agree()
    assert {one.id for one in payload.places} >= {"tadif", "palmyra"}
    assert payload.accounts[0].text.startswith("On 1 May 2016")


def test_the_digests_of_the_past_are_those_of_the_present(war):
    with Ledger.open(war) as ledger:
        assert ledger.digests
        assert ledger.at(ledger.revisions[-1].number).digests == ledger.digests
