"""Persons who speak and act for the side that introduced them."""

import pytest

from frontledger.events.introductions import introduced

from .opening import code, scene


@pytest.mark.parametrize(
    ("lang", "text", "name", "nation"),
    [
        ("en", "Ukrainian President Taras Borovik said that Karvol had fallen.", "Taras Borovik", "ukraine"),
        ("en", "Igor Sarnov, spokesman of the Russian ministry, said so.", "Igor Sarnov", "russia"),
        ("hu", "Igor Szarnov, az orosz tárca szóvivője ezt állította.", "Igor Szarnov", "russia"),
    ],
)
def test_an_office_gives_a_person_to_its_nation(lang: str, text: str, name: str, nation: str):
    opened = scene(lang, text)
    found = [(who, side and side.nation) for who, side, _person in introduced(opened.tagged, opened.groups)]
    assert found == [(name, nation)]


def test_who_has_an_office_is_no_place():
    text = (
        "On 26 May 2022 Ihor Kolov, the mayor of Karvol, said that the Russians had left Karvol, "
        "allowing the city to remain under Ukrainian control."
    )
    assert {place.name for event in code("en", text) for place in event.places} == {"Karvol"}


def test_a_place_is_not_introduced():
    opened = scene("en", "Karvol, a town in the east, was attacked.")
    assert list(introduced(opened.tagged, opened.groups)) == []


def test_their_own_troops_are_the_speakers():
    text = "Igor Szarnov, az orosz tárca szóvivője azt állította, hogy alakulataik 2022. május 3-án elfoglalták Karvolt."
    (event,) = code("hu", text)
    assert event.actor is not None
    assert (event.actor.id, event.hedged) == ("russia", True)
