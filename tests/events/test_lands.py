"""Shares of lands and towns, ways that lead over or through a place, and names of several words."""

import pytest

from .opening import code, facts, objects, roles


def told(lang: str, text: str) -> list[tuple[str | None, str]]:
    event = facts(code(lang, text))[-1]
    return [(place.name, place.extent) for place in event.places if place.role == "object"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "In May 1944 the Germans lost part of Lithuania and half of Poland.",
            [("Lithuania", "partial"), ("Poland", "partial")],
        ),
        (
            "hu",
            "1944 májusában a németek elveszítették Litvánia egy részét és Vilnát.",
            [("Litvánia", "partial"), ("Vilna", "full")],
        ),
        ("hu", "1704 májusában a kurucok elfoglalták Karvol egyes területeit.", [("Karvol", "partial")]),
        ("en", "In May 1944 the port town of Karvol was occupied.", [("Karvol", "full")]),
        ("en", "In May 1631 the Swedes captured Frankfurt an der Oder.", [("Frankfurt an der Oder", "full")]),
        (
            "en",
            "In May 1631 the Swedes captured several towns and villages.",
            [(None, "full"), (None, "full")],
        ),
        (
            "hu",
            "1943 májusában az oroszok visszafoglalták Kijevet, sok más várost és falut.",
            [("Kijev", "full"), (None, "full"), (None, "full")],
        ),
    ],
)
def test_objects_with_their_extent(lang: str, text: str, expected: list[tuple[str | None, str]]):
    assert told(lang, text) == expected


def test_a_citadel_is_part_of_the_town_that_was_told_with_it():
    text = "2024. november 30-án a felkelők elfoglalták Karvol nagy részét, köztük a fellegvárat."
    assert ("part-of", "Karvol") in roles(facts(code("hu", text), "capture")[0])


def test_what_troops_pass_through_bears_its_own_name():
    text = "1849. május 2-án az osztrákok Karvolnikon át Iregre nyomultak. Másnap a hadsereg átkelt a Tiszán."
    through, over = code("hu", text)
    assert roles(through) == {("via", "Karvolnik"), ("direction", "Ireg")}
    assert ("near", "Tisza") in roles(over)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On 3 May 1864 Fort Karvol held out.", "Fort Karvol"),
        ("In Karvol the garrison held out in May 1864.", "Karvol"),
    ],
)
def test_what_holds_out_is_told_and_nobody_else_is_guessed(text: str, place: str):
    [event] = facts(code("en", f"The Union army took Derin on 2 May 1864. {text}"), "repulse")
    assert objects(event) == [place]
    assert event.actor is None or event.actor.id != "union"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "In August 1990 Iraqi troops occupied Kuwait City and Kuwait International Airport.",
            ["Kuwait City", "Kuwait International Airport"],
        ),
        (
            "hu",
            "1998. augusztus 2-án a felkelők elfoglalták Karvolt és Matadit, Alsó-Kongó székhelyét.",
            ["Karvol", "Matadi"],
        ),
        (
            "hu",
            "Kisangani, az ország harmadik legnagyobb városa 1998. augusztus 23-án elesett.",
            ["Kisangani"],
        ),
        (
            "hu",
            "1944. december 2-án a felkelők elfoglalták a Száva-hidat és a templom és a folyó közötti házakat.",
            ["Száva-híd"],
        ),
    ],
)
def test_towns_of_lands_and_things_between_things(lang: str, text: str, expected: list[str]):
    assert objects(facts(code(lang, text), "capture")[0]) == expected


def test_each_town_that_was_entered_has_its_date():
    text = "Napóleon 1812. június 28-án bevonult Karvolba, augusztus 18-án pedig Derinszkbe."
    assert [(one.date.edtf, objects(one)) for one in facts(code("hu", text))] == [
        ("1812-06-28", ["Karvol"]),
        ("1812-08-18", ["Derinszk"]),
    ]
