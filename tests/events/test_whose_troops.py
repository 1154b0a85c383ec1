"""Whose troops are meant: the government's, the besiegers', those of an attack, those whom nobody names."""

import pytest

from .opening import code, facts


def actors(lang: str, text: str, *kinds: str) -> list[str | None]:
    """The actor of every fact."""
    return [event.actor and event.actor.id for event in facts(code(lang, text), *kinds)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "In 2015 the Houthis took Arda, and Saudi jets bombed it. Government forces captured Belin on 3 June 2015.", "government"),
        ("hu", "2015-ben a húszik bevették Ardát, a szaúdi gépek bombázták. A kormányerők 2015. június 3-án elfoglalták Belint.", "government"),
        ("hu", "2015-ben a húszik bevették Ardát, a szaúdi gépek bombázták. A kormánypárti csapatok 2015. június 3-án elfoglalták Belint.", "government"),
        ("en", "In 2015 the Syrian army left Arda. Government forces captured Belin on 3 June 2015.", "syrian-government"),
        ("hu", "2015-ben a szír hadsereg kivonult Ardából. A kormányerők 2015. június 3-án elfoglalták Belint.", "syrian-government"),
    ],
)  # fmt: skip
def test_a_government_is_not_an_ally_from_abroad(lang, text, expected):
    assert actors(lang, text, "capture")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1945. február 3-án a szovjet ellentámadás kiszorította a németeket Adonyból.", "soviet-union"),
        ("1945. február 3-án a szovjetek ellentámadása kiszorította a németeket Adonyból.", "soviet-union"),
        ("1945. február 3-án a német roham visszafoglalta Adonyt.", "germany"),
    ],
)
def test_whose_attack_it_was_took_what_it_took(text, expected):
    assert expected in actors("hu", text, "capture")


def test_an_attack_without_an_owner_says_nobody():
    told = actors(
        "hu", "A románok védték Adonyt. 1945. február 3-án az ellentámadás visszafoglalta Adonyt.", "capture"
    )
    assert "germany" not in told


def test_what_had_to_be_done_leaves_out_who_did_it():
    text = "A románok 1916. szeptember 1-jén bevették Ardát. Orsovát szeptember 4-én ki kellett üríteni."
    assert actors("hu", text, "withdrawal") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "1594 tavaszán a németek megostromolták Ardát. A következő hónapok csendben teltek. Az aratás jó volt. Eső is esett. Győrt 1594 szeptemberében feladták az ostromlóknak.",
    ],
)
def test_who_besieged_another_place_long_before_is_not_the_besieger(text):
    assert "germany" not in actors("hu", text, "handover", "capture")


@pytest.mark.parametrize("word", ["honvédsereg", "honvédcsapatok"])
def test_a_nation_inside_a_word_says_whose_troops_they_are(word):
    ending = "k" if word.endswith("ok") else ""
    verb = "foglalták" if ending else "foglalta"
    told = actors("hu", f"1849. május 21-én a {word} {verb} el Budát.", "capture")
    assert told == ["hungary"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1641 the Portuguese took Arda. The Dutch also gave up Belin on 3 May 1641.", "netherlands"),
        ("In 1641 the Portuguese took Arda. The Turks soon left Belin on 3 May 1641.", "ottoman"),
    ],
)
def test_a_people_may_have_an_adverb_behind_it(text, expected):
    assert actors("en", text, "withdrawal") == [expected]
