"""Items of one verb with dates of their own, and names that only describe the noun behind them."""

import pytest

from .opening import code, facts, objects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ivry fell on 3 May 1814, Clary on 4 May and Dorne on 5 May.",
            [("1814-05-03", ["Ivry"]), ("1814-05-04", ["Clary"]), ("1814-05-05", ["Dorne"])],
        ),
        (
            "Ivry fell on 3 May 1814, Clary and Dorne on 5 May.",
            [("1814-05-03", ["Ivry"]), ("1814-05-05", ["Clary", "Dorne"])],
        ),
        (
            "Ivry was captured on 3 May 1814, and the Clary bridge the next day.",
            [("1814-05-03", ["Ivry"]), ("1814-05-04", ["Clary bridge"])],
        ),
        ("Ivry surrendered on 3 May 1814, opening the road to Clary.", [("1814-05-03", ["Ivry"])]),
    ],
)
def test_items_that_leave_out_the_verb_have_dates_of_their_own(text: str, expected: list):
    assert [(one.date.edtf, objects(one)) for one in facts(code("en", text))] == expected


def test_what_a_name_describes_is_meant_and_not_the_name():
    text = "On 3 May 2014 rebels seized the town of Andulo and the Karvol gold reserves."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Andulo"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 May 2014 rebels captured the town of Sheikh Karvol.", ["Sheikh Karvol"]),
        ("On 3 May 2014 rebels captured Derin and the whole of Karvol Oblast.", ["Derin", "Karvol Oblast"]),
        ("On 3 May 2014 rebels captured Karvol's airport.", ["Karvol airport"]),
        ("On 3 May 2014 rebels captured the citadel of Karvol.", ["Karvol citadel"]),
        ("In 1241 the Mongols took Derin and, after crossing the Karvol, Tar.", ["Derin"]),
        ("On 3 May 2014 rebels abandoned the Karvol exclusion zone.", ["Karvol exclusion zone"]),
    ],
)
def test_objects_under_their_own_names(text: str, expected: list[str]):
    [event] = facts(code("en", text), "capture", "withdrawal")
    assert objects(event) == expected


def test_a_city_is_no_fort_of_it():
    text = "In May 1914 the Germans besieged Karvol. The forts of Derin and Tar fell on 1 June. The city fell on 9 June."
    assert objects(facts(code("en", text), "capture")[-1]) == ["Karvol"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Karvol and Derin fell in August and October 1937, respectively.",
            [("1937-08", ["Karvol"]), ("1937-10", ["Derin"])],
        ),
        (
            "hu",
            "A 203-as és a 174-es magaslatot 1904. december 7-én, illetve 8-án foglalta el a hadsereg.",
            [("1904-12-07", ["203-as magaslat"]), ("1904-12-08", ["174-es magaslat"])],
        ),
        ("hu", "Karvát illetve Murát 1904. május 9-én foglalták el.", [("1904-05-09", ["Karva", "Mura"])]),
    ],
)
def test_respectively_gives_each_place_its_date(lang: str, text: str, expected: list):
    assert [(one.date.edtf, objects(one)) for one in facts(code(lang, text), "capture")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 3 May 1990 Karvol fell to the Croats, Derin to the Serbs.",
            [("croatia", ["Karvol"]), ("serbia", ["Derin"])],
        ),
        (
            "On 3 May 1990 Alma and Corva were taken by the Croats and Birk by the Serbs.",
            [("croatia", ["Alma", "Corva"]), ("serbia", ["Birk"])],
        ),
        ("On 3 May 1990 Alma and Birk were taken by the Croats.", [("croatia", ["Alma", "Birk"])]),
    ],
)
def test_items_have_agents_of_their_own(text: str, expected: list):
    events = facts(code("en", text), "capture")
    assert [(one.actor.id if one.actor else None, objects(one)) for one in events] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "On 9 May 2014 rebels took the town of Karvol. "
                "On 20 May they withdrew to Sarn, and the army recaptured the town."
            ),
        ),
        (
            "hu",
            (
                "2014. május 9-én a lázadók elfoglalták Karvol városát. "
                "Május 20-án Szarnba vonultak vissza, és a hadsereg bevonult a városba."
            ),
        ),
    ],
)
def test_the_town_is_not_where_somebody_has_just_withdrawn_to(lang: str, text: str):
    assert objects(facts(code(lang, text), "capture")[-1]) == ["Karvol"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 9 May 2014 rebels took the villages between Karvol and Derin."),
        ("hu", "2014. május 9-én a lázadók elfoglalták a Karvol és Derin közötti falvakat."),
    ],
)
def test_villages_between_two_places_have_no_name(lang: str, text: str):
    [event] = facts(code(lang, text), "capture")
    assert objects(event) == [None]
    assert [place.name for place in event.places if place.role == "near"] == ["Karvol", "Derin"]


def test_a_bridge_of_the_town_is_not_the_town():
    text = "Karvol városában harcok folytak. 2014. május 9-én a hadsereg elfoglalta a város hídját."
    assert objects(facts(code("hu", text), "capture")[0]) == ["Karvol hídja"]


def test_a_city_council_is_no_city():
    text = "On 9 May 2014 rebels took the city of Karvol. They seized the city council."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Karvol"]]
