"""The core of a town, all of several places, names in quotation marks, quarters with their town, and persons."""

import pytest

from .opening import code, facts, objects, roles


def told(lang: str, text: str) -> list[tuple[str | None, str]]:
    event = facts(code(lang, text), "capture", "withdrawal", "hold")[-1]
    return [(place.name, place.extent) for place in event.places if place.role == "object"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Rebels attacked the city of Karvol. On 3 May 2016 they captured the old city.", "Karvol"),
        ("en", "Rebels attacked the city of Karvol. On 3 May 2016 they captured the city centre.", "Karvol"),
        (
            "hu",
            "A felkelők elfoglalták Derin kerületet és Karvol városát. 2016. május 3-án az óvárosból kivonultak.",
            "Karvol",
        ),
    ],
)
def test_the_core_of_a_town_is_a_share_of_it(lang: str, text: str, expected: str):
    assert told(lang, text) == [(expected, "partial")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "In May 1526 the Turks took Alma, Birk and Corva. In June they left all three towns.",
            ["Alma", "Birk", "Corva"],
        ),
        (
            "hu",
            "1526 májusában a törökök elfoglalták Almát, Birket és Korvát, de mindhárom helyet odahagyták.",
            ["Alma", "Birk", "Korva"],
        ),
        (
            "en",
            "In May 1526 the Turks took Alma and Birk. In June they left all three towns.",
            [None],
        ),
    ],
)
def test_all_of_them_are_as_many_as_were_told(lang: str, text: str, expected: list[str | None]):
    assert sorted(name or "" for name, _extent in told(lang, text)) == sorted(name or "" for name in expected)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", 'On 3 May 1943 the Germans occupied the state farm "Red Dawn".', "Red Dawn"),
        ("hu", "1943. május 3-án a németek elfoglalták a „Kék Duna” gyárat.", "Kék Duna"),
        ("hu", "1943. május 3-án a németek elfoglalták a Báb al-Hadid kaput.", "Báb al-Hadid"),
    ],
)
def test_a_name_beside_its_class_noun(lang: str, text: str, expected: str):
    assert told(lang, text) == [(expected, "full")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 2023 the Russians captured the Karvol suburb of Derin."),
        ("hu", "2023. május 3-án az oroszok elfoglalták Karvol Derin nevű elővárosát."),
    ],
)
def test_a_quarter_is_named_and_its_town_said(lang: str, text: str):
    [event] = facts(code(lang, text), "capture")
    assert objects(event) == ["Derin"]
    assert ("part-of", "Karvol") in roles(event)


@pytest.mark.parametrize(
    "text",
    [
        "On 3 June 1900 the Boers captured Atahualpa at Cajamarca.",
        "On 3 June 1900 contact was made. Contact with the battalion was lost.",
    ],
)
def test_persons_and_things_are_not_taken_for_places(text: str):
    assert not [one for one in code("en", text) if one.kind in {"capture", "withdrawal"}]


def test_a_commander_is_no_place_beside_what_was_taken_with_him():
    text = "On 3 June 1900 the Boers captured Lindley together with the 13th Yeomanry and its commander, Spragge."
    assert told("en", text) == [("Lindley", "full")]


def test_an_owned_noun_that_opens_a_sentence_is_no_name():
    text = "1521. augusztus 13-án a spanyolok bevették Karvolt. Ikervárosa, Derin ugyanazon a napon esett el."
    assert told("hu", text) == [("Derin", "full")]


def test_a_list_before_another_clause_stays_whole():
    text = (
        "1526-ban jöttek a törökök. Elfoglalták Szegedet, Bácsot és Titelt, de a hadsereg visszaverte őket."
    )
    assert objects(facts(code("hu", text), "capture")[0]) == ["Szeged", "Bács", "Titel"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In May 1942 the Soviets retained a considerable part of their strength.", []),
        (
            "In May 1942 the Soviets captured a considerable part of the city of Derin.",
            [("Derin", "partial")],
        ),
        (
            "In May 1942 the Soviets captured cities such as Alma, Birk and Corva.",
            [(None, "full"), ("Alma", "full"), ("Birk", "full"), ("Corva", "full")],
        ),
    ],
)
def test_a_share_of_strength_is_none_of_a_place(text: str, expected: list[tuple[str | None, str]]):
    events = facts(code("en", text), "capture", "hold")
    assert [(p.name, p.extent) for one in events for p in one.places if p.role == "object"] == expected
