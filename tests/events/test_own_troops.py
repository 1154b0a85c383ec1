"""Diaries and communiqués: what the teller's own side does, and what nobody known to the pack does."""

import pytest

from .opening import code, facts, objects


def side(ref: object) -> str | None:
    return getattr(ref, "id", None)


@pytest.mark.parametrize(
    "text",
    [
        "Az olaszok 1916. május 3-án bevették Derint. Karvolt feladtuk.",
        "Az olaszok 1916. május 3-án bevették Derint. Karvolt csapataink bevették.",
        "Az olaszok 1916. május 3-án bevették Derint. Karvol birtokunkba jutott.",
    ],
)
def test_what_the_teller_did_is_nobody_elses_doing(text: str):
    first, last = code("hu", text)
    assert side(first.actor) == "italy"
    assert first.against is None, "two sides named are not the two that fight: the teller's is a third"
    assert objects(last) == ["Karvol"]
    assert last.actor is None


def test_whoever_acted_before_goes_on_where_the_teller_does_not():
    _first, last = code("hu", "Az olaszok 1916. május 3-án bevették Derint. Karvolt is elfoglalták.")
    assert side(last.actor) == "italy"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Az oroszok 1996. május 3-án bevették Derint. A falka elfoglalta Karvolt.", None),
        ("Az oroszok 1996. május 3-án bevették Derint. A mogorva rangerek elfoglalták Karvolt.", None),
        ("Az oroszok 1996. május 3-án bevették Derint. A horvát gárdisták elfoglalták Karvolt.", "croatia"),
        ("Az oroszok 1996. május 3-án bevették Derint. Tíz nap múlva elfoglalták Karvolt.", "russia"),
        ("Az oroszok 1996. május 3-án bevették Derint. A hajnali ködben elfoglalták Karvolt.", "russia"),
    ],
)
def test_an_unknown_subject_is_not_whoever_acted_before(text: str, actor: str | None):
    last = code("hu", text)[-1]
    assert objects(last) == ["Karvol"]
    assert side(last.actor) == actor


def test_a_diary_leaves_the_year_to_its_title():
    event = code("hu", "Egy hadnagy naplója, 1915\n\nJúlius 3. Az olaszok bevették Karvolt.")[-1]
    assert event.date.edtf == "1915-07-03"


@pytest.mark.parametrize(
    "text",
    [
        "1915. május 3-án szóba került, hogy kiürítjük Karvolt.",
        "1915. május 3-án a hadsereg bejelentette, hogy kiüríti Karvolt.",
        "Ma 1915. május 3. van, holnap visszavesszük Karvolt.",
    ],
)
def test_what_was_yet_to_come_is_no_fact(text: str):
    assert not facts(code("hu", text), "capture", "withdrawal")


def test_what_was_said_to_have_happened_did_by_that_word():
    [event] = code("hu", "1915. május 3-án a hadsereg bejelentette, hogy kiürítette Karvolt.")
    assert (event.kind, event.hedged, event.negated) == ("withdrawal", True, False)


def test_without_a_fight_there_is_none():
    assert [
        event.kind for event in code("hu", "1915. május 3-án az oroszok harc nélkül bevették Karvolt.")
    ] == ["capture"]


def test_who_advances_need_not_be_the_liberator():
    text = (
        "Az oroszok 2023. május 3-án bevették Karvolt. Az ukránok támadtak. Esett az eső. "
        "Derin augusztus 3-án szabadult fel."
    )
    assert side(code("hu", text)[-1].actor) != "russia"
