"""What describes a place and is none: adjectives of places, shares told twice, counts of several, seats of lands."""

import pytest

from .opening import code, facts, objects, roles


def taken(lang: str, text: str) -> list[list[str | None]]:
    return [objects(one) for one in facts(code(lang, text), "capture", "withdrawal", "hold")]


def test_a_castle_of_another_town_is_not_the_one_named_before():
    text = "1552-ben a törökök elfoglalták Szolnok várát. A temesvári vár július 26-án esett el. Az egri vár elesett."
    assert taken("hu", text)[1:] == [["temesvári vár"], ["egri vár"]]


@pytest.mark.parametrize("adjective", ["vasúti", "első magyarországi", "közúti"])
def test_other_adjectives_make_no_name(adjective: str):
    text = f"1944. május 3-án a németek bevették Karvolt. Ez volt a {adjective} híd. Elfoglalták a {adjective} hidat."
    assert taken("hu", text)[-1] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "2015. május 5-én elesett Karvol északi és nyugati kerülete.",
        "Karvol 2015-ben sokat szenvedett. 2015. május 5-én elesett a város déli és keleti negyede.",
    ],
)
def test_districts_told_together_are_a_share(text: str):
    event = facts(code("hu", text), "capture")[-1]
    assert [(place.name, place.extent) for place in event.places if place.role == "object"] == [
        ("Karvol", "partial")
    ]


def test_so_many_among_several():
    text = "2022. szeptember 10-én a Karvoltól keletre lévő falvak közül hármat foglaltak el az ukránok."
    [event] = facts(code("hu", text), "capture")
    [place] = [place for place in event.places if place.role == "object"]
    assert (place.name, place.count) == (None, 3)
    assert ("near", "Karvol") in roles(event)


def test_the_land_of_places_that_are_counted_locates_them():
    text = "2022. szeptember 10-én az ukránok visszafoglalták Karvol megye harminc települését."
    [event] = facts(code("hu", text), "capture")
    assert objects(event) == [None]
    assert ("near", "Karvol") in roles(event)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "hu",
            "1703. május 5-én a kurucok bevették Kassát, Felső-Magyarország fővárosát, majd Miskolcot is.",
            ["Kassa", "Miskolc"],
        ),
        ("hu", "1703. május 5-én a kurucok bevették Karvolt, a tenger legnagyobb kikötőjét.", ["Karvol"]),
        (
            "hu",
            "1703. május 5-én a kurucok bevették Karvát és Murát, két kis falut a Duna mentén.",
            ["Karva", "Mura"],
        ),
        (
            "en",
            "On 3 May 2014 the army captured Karvol and Derin, two villages near Sarn.",
            ["Karvol", "Derin"],
        ),
        (
            "en",
            "On 3 May 2014 the army captured Karvol, Derin, two villages and an airbase.",
            ["Karvol", "Derin", None, None],
        ),
    ],
)
def test_what_describes_a_place_is_no_other(lang: str, text: str, expected: list[str | None]):
    assert taken(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "1703-ban a kurucok bevették Kassa városát. Két hét múlva Erdély fővárosát is elfoglalták."),
        (
            "en",
            "In 1703 the army took the city of Karvol. In June it captured the capital of Derin Province.",
        ),
    ],
)
def test_the_seat_of_another_land_is_not_the_city_named_before(lang: str, text: str):
    assert taken(lang, text)[-1] == [None]


def test_holding_is_told_once():
    [event] = code("hu", "2016. május 5-én a felkelők kezén maradt Karvol.")
    assert event.kind == "hold"


def test_what_describes_a_list_by_an_adjective_of_place_is_no_other():
    text = "2025. május 3-án Alma és Malha, két észak-dárfúri település a felkelők kezén maradt."
    assert taken("hu", text) == [["Alma", "Malha"]]


def test_a_seat_is_a_town_and_no_province():
    text = "Karvol, a tartomány székhelye 2025. május 3-án esett el."
    [event] = facts(code("hu", text), "capture")
    assert [(place.name, place.type) for place in event.places] == [("Karvol", "city")]


def test_who_withdraws_to_a_town_and_leaves_it_leaves_that():
    text = "1878. január 4-én elesett Derin. A törökök Karvolba húzódtak vissza, de a várost január 20-án feladták."
    assert taken("hu", text)[-1] == ["Karvol"]
