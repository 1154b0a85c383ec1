"""Numbered heights, ships, rivers that are crossed, and sites that say where they stand."""

import pytest

from .opening import code, facts, objects, roles


def taken(lang: str, text: str) -> list[list[str | None]]:
    return [objects(one) for one in facts(code(lang, text), "capture", "withdrawal")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On 3 May 2014 rebels captured Hills 203 and 174.", ["Hill 203", "Hill 174"]),
        ("en", "Hill 203 and Hill 174 fell on 3 May 2014.", ["Hill 203", "Hill 174"]),
        (
            "en",
            "On 3 May 2014 they took hills 205, 206 and 210 from the army.",
            ["Hill 205", "Hill 206", "Hill 210"],
        ),
        (
            "hu",
            "1904. május 3-án a japánok elfoglalták a 203-as és a 174-es magaslatot.",
            ["203-as magaslat", "174-es magaslat"],
        ),
        (
            "hu",
            "1904. május 3-án a japánok elfoglalták a 131,2-es pontot és a 122,5 magaslatot.",
            ["131,2-es pont", "122,5 magaslat"],
        ),
    ],
)
def test_a_height_may_bear_a_number_for_its_name(lang: str, text: str, expected: list[str]):
    assert taken(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 2014 rebels captured 12 hills."),
        ("hu", "2014. május 3-án a felkelők elfoglaltak 12 magaslatot."),
    ],
)
def test_a_count_of_heights_is_no_name(lang: str, text: str):
    [event] = facts(code(lang, text), "capture")
    [place] = event.places
    assert (place.name, place.count) == (None, 12)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 1904 the Japanese captured the cruiser Varyag."),
        ("en", "On 3 May 1941 the British lost HMS Hood."),
        ("hu", "1941. május 3-án a britek elfoglalták a Varjag cirkálót."),
    ],
)
def test_a_ship_is_no_place(lang: str, text: str):
    assert not any(place.name for event in code(lang, text) for place in event.places)


def test_a_port_with_ships_stays_a_place():
    assert taken("en", "On 3 May 1941 the British captured Karvol, where two cruisers lay.") == [["Karvol"]]


@pytest.mark.parametrize(
    ("lang", "text", "town"),
    [
        ("en", "On 7 July 1877 the Russians crossed the Danube at Sistov and took the town.", "Sistov"),
        (
            "hu",
            "1877. július 7-én az oroszok átkeltek a Dunán Szisztovnál, és elfoglalták a várost.",
            "Szisztov",
        ),
    ],
)
def test_what_is_crossed_is_no_town(lang: str, text: str, town: str):
    assert taken(lang, text) == [[town]]


def test_a_site_that_says_where_it_stands_is_none_named_before():
    text = (
        "The army held the base at Derin. "
        "On 3 May 2014 rebels captured the army's main base in Idra, east of the capital."
    )
    event = facts(code("en", text), "capture")[0]
    assert objects(event) == [None]
    assert ("near", "Idra") in roles(event)


@pytest.mark.parametrize(
    "text",
    [
        "The Russians marched to Karvol, the old capital of Bulgaria, which they captured on 9 July 1877.",
        "The Russians marched to Karvol, in Derin Province, which they captured on 9 July 1877.",
    ],
)
def test_a_relative_clause_speaks_of_the_town_and_not_of_its_land(text: str):
    assert taken("en", text) == [["Karvol"]]
