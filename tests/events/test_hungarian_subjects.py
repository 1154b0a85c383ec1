"""Hungarian: who does it and to what, where words are left out or only describe."""

import pytest

from .opening import code, facts, objects

DAY = "1995. május 3-án"


def told(text: str) -> list[tuple[str, str | None, list[str | None]]]:
    return [
        (one.kind, one.actor.id if one.actor is not None else None, objects(one))
        for one in facts(code("hu", text), "capture", "withdrawal")
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # a definite verb without an object takes up the one place that changed hands just before
        (f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok visszafoglalták.", ("capture", "ukraine", ["Karvol"])),
        (f"{DAY} Karvolt csaknem elérték az oroszok, de az ukránok másnap feladták.", ("withdrawal", "ukraine", ["Karvol"])),
        # a nationality between a place and what was done to it
        (f"Karvol horvát visszafoglalása után {DAY} a lakosság elmenekült.", ("capture", "croatia", ["Karvol"])),
        # a definite past that only describes the troops behind it
        (f"Karvolt {DAY} a Derin tábornok vezette horvát csapatok foglalták el.", ("capture", "croatia", ["Karvol"])),
        # who says it did it
        (f"{DAY} az oroszok támadtak. Az ukrán védelmi minisztérium közölte, hogy csapatait kivonta Karvolból.", None),
        # the people, not the land they live in; the body, not whoever acted last
        (f"A szíriai kurd harcosok {DAY} bevették Karvolt.", ("capture", "kurds", ["Karvol"])),
        (f"Az oroszok támadtak. Az ENSZ-csapatok {DAY} bevették Karvolt.", ("capture", "un", ["Karvol"])),
        (f"Az oroszok támadtak. A Derin-hadtest {DAY} bevette Karvolt.", ("capture", None, ["Karvol"])),
        (f"Az 1. Ukrán Front csapatai {DAY} bevették Karvolt.", ("capture", "soviet-union", ["Karvol"])),
        # a hyphen with spaces parts clauses as a dash does
        (f"Az oroszok {DAY} hagyták el Karvolt - két nappal korábban Sojgu elindult.", ("withdrawal", "russia", ["Karvol"])),
        # a failure told in the clause behind
        (f"Az olaszok {DAY} elfoglalták Karvolt, Derinnél meghiúsult a támadásuk.", ("capture", "italy", ["Karvol"])),
    ],
)  # fmt: skip
def test_what_a_sentence_leaves_to_the_reader(
    text: str, last: tuple[str, str | None, list[str | None]] | None
):
    if last is None:
        [event] = [one for one in code("hu", text) if one.kind == "withdrawal"]
        assert (event.actor.id if event.actor else None, event.hedged) == ("ukraine", True)
    else:
        assert told(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok elfoglaltak húsz foglyot.",
        f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok megszerezték a zászlót.",
        f"Az oroszok {DAY} bevették Karvolt és Derint. Másnap az ukránok visszafoglalták.",
    ],
)
def test_no_object_is_made_up(text: str):
    assert [places for _kind, _actor, places in told(text)][1:] == []


def test_surrounded_troops_are_no_besieged_place():
    assert not [
        one
        for one in code("hu", f"A Karvol térségében bekerített III. hadtest {DAY} kitörést kísérelt meg.")
        if one.kind == "siege"
    ]


def test_a_vowel_that_may_be_the_names_own():
    assert told(f"A hadsereg {DAY} bevette Karót.")[0][2] == ["Karó"]
    assert told(f"Vukovo nagy falu. A hadsereg {DAY} bevette Vukovót.")[0][2] == ["Vukovo"]
