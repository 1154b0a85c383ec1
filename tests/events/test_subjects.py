"""Who acts where the sentence leaves it out."""

import pytest

from .opening import code, facts, objects


def takers(lang: str, text: str) -> list[str | None]:
    return [one.actor and one.actor.id for one in facts(code(lang, text), "capture", "withdrawal")]


@pytest.mark.parametrize(
    ("lang", "text", "sides"),
    [
        ("en", "The police retreated due to an advance by ISIL forces which captured Karvol.", ["isil"]),
        ("en", "The SDF advanced on 3 May 2016. They captured Karvol.", ["sdf"]),
        ("en", "The SDF advanced, capturing Karvol after ISIL had withdrawn from Derin.", ["sdf", "isil"]),
        ("en", "Caesar crossed the Tolm and occupied Karvol. He then took Derin.", ["caesar", "caesar"]),
        ("hu", "A szerbek 1991-ben támadást indítottak, majd elfoglalták Karvolt.", ["serbia"]),
    ],
)
def test_a_dropped_subject_is_the_one_before(lang: str, text: str, sides: list[str]):
    assert takers(lang, text) == sides


def test_nobody_is_guessed_for_a_passive():
    assert takers("en", "Karvol was captured on 3 May 2016.") == [None]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("In 2016 the assault resulted in ISIL forces withdrawing from Karvol.", ["isil"]),
        ("In 2016 the SDF advanced, with ISIL now withdrawing from Karvol.", ["isil"]),
        ("In 2016 the SDF entered the city centre of Karvol held by the remaining ISIL militants.", ["isil"]),
        ("In 2016 the crew took part in the Ukrainian counteroffensive that captured Karvol.", ["ukraine"]),
        (
            "In 2016 Ukraine fell back, and the Russian ministry said its forces had captured Karvol.",
            ["russia"],
        ),
        ("In 2016 ISIL fell back. The army advanced, and Karvol came under its control.", ["government"]),
        ("In 2016 the Damascus government captured Karvol.", ["syrian-government"]),
        ("In 2016 the SDF fell back. Gunmen loyal to ISIL captured Karvol.", ["isil"]),
    ],
)
def test_the_actor_beside_a_verb_acts_whatever_governs_it(text: str, sides: list[str]):
    found = code("en", text)
    assert [
        one.actor and one.actor.id for one in found if one.kind in {"capture", "withdrawal", "hold"}
    ] == sides


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        (
            "Knin a kormány, Gospić az ISIL kezén volt.",
            [("government", ["Knin"]), ("isil", ["Gospić"])],
        ),
        ("Knin és Gospić az ISIL kezén volt.", [("isil", ["Knin", "Gospić"])]),
        (
            "2016-ban a hadsereg visszavonult. Az ISIL közlése szerint harcosai tartják Knint.",
            [("isil", ["Knin"])],
        ),
    ],
)
def test_hungarian_owners_that_stand_apart(text: str, holders: list[tuple[str, list[str]]]):
    found = [one for one in code("hu", text) if one.kind == "hold"]
    assert [(one.actor.id, objects(one)) for one in found if one.actor] == holders


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("In 2016 ISIL fell back. Karvol was captured by Badr Shield forces of the 3rd Division.", ["badr-shield"]),
        ("In 2016 Russia congratulated the SDF on taking Karvol.", ["sdf"]),
        ("In 2016 Ukraine fought Russia. Ukraine took Derin. Russia fell back. Ukraine announced the capture of Karvol.",
         ["ukraine", "ukraine"]),
        ("In 2016 the SDF took Derin, but after Karvol they withdrew from Sarn.", ["sdf", "sdf"]),
        ("In 406 BC Karvol was abandoned by its inhabitants and occupied by Himilco.", ["himilco"]),
    ],
)  # fmt: skip
def test_whose_doing_is_told_beside(text: str, sides: list[str]):
    found = code("en", text)
    assert [one.actor and one.actor.id for one in found if one.kind in {"capture", "withdrawal"}] == sides


def test_takers_that_stand_apart():
    text = "2016-ban Knint az ISIL, Gospićot a kormány foglalta el."
    assert [(one.actor and one.actor.id, objects(one)) for one in facts(code("hu", text), "capture")] == [
        ("isil", ["Knin"]),
        ("government", ["Gospić"]),
    ]


def test_whose_pulling_back_it_is():
    found = code("en", "In 2016 the SDF entered Derin amid reports of the pulling back by ISIL from Karvol.")
    assert [one.actor.id for one in found if one.kind == "withdrawal" and one.actor] == ["isil"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("A szerbek 1991-ben a horvátok ellen indultak, és elfoglalták Karvolt.", ["serbia"]),
        ("A törökök 1543-ban Derin felől elfoglalták Karvolt.", ["ottoman"]),
        ("Karvol 1543-ban kaput nyitott a törökök előtt. A hadak Derint is bevették.", ["ottoman"]),
    ],
)
def test_what_a_postposition_governs_is_no_subject(text: str, sides: list[str]):
    assert takers("hu", text) == sides


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Karvol és Derin őrsége 1551-ben elmenekült.", ["Karvol", "Derin"]),
        ("A törökök Derint 1594-ben bevették. Karvol őrsége felgyújtotta és elhagyta a várat.", ["Karvol"]),
    ],
)
def test_a_garrison_leaves_its_own_place(text: str, named: list[str]):
    assert [objects(one) for one in facts(code("hu", text), "withdrawal")] == [named]


def test_townsfolk_who_leave_hold_nothing():
    assert facts(code("hu", "Karvol lakosai 1551-ben elmenekültek."), "withdrawal") == []


@pytest.mark.parametrize(
    "text",
    [
        "A törökök 1551-ben Karvol alá vonultak, majd kétnapos ostrom után bevették azt is.",
        "A törökök 1686-ban körbevették Karvol várát, és szeptember 2-án elfoglalták.",
        "Karvolt 1812. augusztus 18-án az oroszok felgyújtották és elhagyták.",
    ],
)
def test_an_object_told_of_the_verb_before_is_taken_up(text: str):
    assert [objects(one)[0][:6] for one in facts(code("hu", text), "capture", "withdrawal")] == ["Karvol"]


def test_an_object_that_is_no_place_leaves_none_out():
    text = "Karvol 1913-ban elesett; a pasa az orosz tábornoknak adta át kardját."
    assert facts(code("hu", text), "handover") == []


def test_who_governs_a_siege_has_laid_it():
    [siege] = facts(code("hu", "A pasa hadai 1552-ben megkezdték Karvol ostromát."), "siege")
    assert siege.actor is not None
    assert siege.actor.id == "ottoman"
