"""Distances and directions in words: the examples of every pack, then who is meant."""

import re

import pytest

from frontledger.languages.pack import packs
from frontledger.languages.relationwords import relation_words
from frontledger.model import Account
from frontledger.places.tellings import Named, tellings


def told(lang, text, *names):
    """The tellings of a text in which those names are places that an event is about; Tadmor is only named."""
    spans = [(m.start(), m.end(), name) for name in ("Tadmor", *names) for m in re.finditer(name, text)]
    named = [Named(a, b, name.lower(), name != "Tadmor") for a, b, name in sorted(spans)]
    account = Account(id="a", text=text, lang=lang)
    return tellings(account, [(0, len(text))], named)


EXAMPLES = [(code, line) for code in packs() for line in relation_words(code).yes]
COUNTER = [(code, line) for code in packs() for line in relation_words(code).no]


@pytest.mark.parametrize(("code", "line"), EXAMPLES)
def test_what_the_packs_say_is_told(code, line):
    sentence, _, figures = line.partition(" | ")
    (one,) = told(code, sentence)
    found = [value for value in (one.km, one.degrees) if value is not None]
    assert found == pytest.approx([float(figure) for figure in figures.split()], abs=0.05)
    assert one.anchor == "tadmor"


@pytest.mark.parametrize(("code", "line"), COUNTER)
def test_what_the_packs_say_is_not_told(code, line):
    assert told(code, line) == []


def test_a_language_without_words_for_it_tells_nothing():
    assert told("xx", "4 km west of Tadmor") == []


def test_the_village_behind_the_words_is_meant_in_hungarian():
    (one,) = told("hu", "Elfoglalták a Tadmor városától északra fekvő kicsiny Karvol falut.", "Karvol")
    assert (one.anchor, one.subjects, one.degrees, one.loose) == ("tadmor", ("karvol",), 0, False)


def test_the_village_before_the_words_is_meant_in_english():
    (one,) = told("en", "They took Molna and Karvol, 12 km south-west of Tadmor.", "Karvol", "Molna")
    assert (one.subjects, one.km, one.degrees) == (("karvol",), 12, 225)


def test_a_front_line_is_told_loosely():
    text = "Elfoglalták Karvolt és Molnát, így 4 km választotta el őket Tadmor nyugati kapuitól."
    (one,) = told("hu", text, "Karvol", "Molná")
    assert (one.subjects, one.km, one.degrees, one.loose) == (("karvol", "molná"), 4, 270, True)


def test_one_anchor_serves_one_distance():
    text = "Karvol 4 km-re volt, így 4 km választotta el őket Tadmor kapuitól és 2 km a malomtól."
    assert [one.km for one in told("hu", text)] == [4]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("hu", "Így 2 km választotta el őket a főút mellett álló Kerek Villától.", "Kerek Villától"),
        ("en", "They stood two kilometres from the Round Villa by the road.", "Round Villa"),
    ],
)
def test_a_distance_from_what_no_event_names_is_told_all_the_same(lang, text, name):
    (one,) = told(lang, text)
    assert (one.km, one.anchor, one.anchor_name) == (2, None, name)


def test_troops_have_no_place():
    (one,) = told("en", "The army came within 4 km of Tadmor.")
    assert one.subjects == ()
