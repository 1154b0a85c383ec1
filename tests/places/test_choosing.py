"""Which of the homonyms: the one among the account's other places, and none rather than a wrong one."""

import pytest

from frontledger.model import Telling
from frontledger.places.candidates import Candidate
from frontledger.places.choosing import choose
from frontledger.places.gazetteers.entries import Entry


def at(name, lat, lon, population=900, **more):
    entry = Entry(id=f"{name}@{lat},{lon}", name=name, lat=lat, lon=lon, population=population, country="UA")
    return Candidate(entry=entry, name=name, wanted=name, alike=more.pop("alike", 1.0), source="test", **more)


def beside(*names):
    return {one: {other: 1.0 for other in names if other != one} for one in names}


def verdict(found, name="x", **more):
    choice = choose(found, beside(*found), **more)[name]
    return choice.verdict, choice.candidate.entry.id if choice.verdict == "place" else None


AROUND = {"a": [at("A", 49.0, 37.0)], "b": [at("B", 49.1, 37.1)], "c": [at("C", 49.0, 37.2)]}
NEAR, FAR = at("Andriivka", 49.05, 37.1), at("Andriivka", 47.0, 33.0)


def test_the_near_one_is_meant():
    assert verdict({**AROUND, "x": [FAR, NEAR]}) == ("place", NEAR.entry.id)


def test_a_far_village_alone_is_asked_about():
    found = choose({**AROUND, "x": [FAR]}, beside("a", "b", "c", "x"))
    assert found["x"].verdict == "ask"
    assert "km" in found["x"].reasons[0]


def test_a_far_city_is_known_to_everybody():
    city = at("Dnipro", 48.46, 35.04, 1_000_000)
    assert verdict({**AROUND, "x": [city]}) == ("place", city.entry.id)


def test_two_that_would_do_are_asked_about():
    other = at("Andriivka", 49.0, 37.5)
    assert verdict({**AROUND, "x": [at("Andriivka", 49.0, 36.75), other]})[0] == "ask"


def test_two_namesakes_far_off_do_not_vouch_for_each_other():
    found = {**AROUND, "x": [at("Lozove", 44.9, 34.1)], "y": [at("Mala", 44.8, 34.0)]}
    assert [verdict(found, name)[0] for name in "xyabc"] == ["ask", "ask", "place", "place", "place"]


def test_the_users_own_word_is_law():
    own = at("Andriivka", 47.0, 33.0, own=True)
    assert verdict({**AROUND, "x": [own]}) == ("place", own.entry.id)


def test_what_is_only_alike_must_be_nearer():
    assert verdict({**AROUND, "x": [at("Horivka", 49.75, 37.2)]})[0] == "place"  # some 75 km off
    assert verdict({**AROUND, "x": [at("Horivka", 49.75, 37.2, alike=0.93)]})[0] == "ask"


def test_distances_in_words_decide():
    west, east = at("Andriivka", 49.0, 36.45), at("Andriivka", 49.0, 37.75)
    text = Telling(
        account="a", start=0, end=1, text="40 km west of A", anchor="a", subjects=("x",), km=40, degrees=270
    )
    assert verdict({**AROUND, "x": [west, east]}, tellings={"x": [text]}) == ("place", west.entry.id)


def test_a_name_with_nothing_around_it():
    assert verdict({"x": [at("Mahin", 34.2, 37.0)]})[0] == "place"
    assert verdict({"x": [at("Mahin", 34.2, 37.0), at("Mahin", 36.0, 40.0)]})[0] == "ask"
    assert verdict({"x": [at("Mahin", 34.2, 37.0)]}, focus=[(34.0, 37.0)])[0] == "place"


def test_the_order_in_which_places_come_does_not_matter():
    found = {**AROUND, "x": [FAR, NEAR]}
    backwards = dict(reversed(found.items()))
    assert choose(found, beside(*found)) == pytest.approx(choose(backwards, beside(*backwards)))
