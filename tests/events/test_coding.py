"""Whole accounts, with every record that must come out."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontledger import accounts
from frontledger.events.coding import code
from frontledger.languages.pack import load_pack, packs
from frontledger.model import Event

HUNGARIAN = """1849. március 5-én a honvédek elfoglalták Szolnok városát, amelyet az osztrákok védtek.[1] Másnap az \
osztrákok kivonultak Abony falujából is.[2] Április 10-én a honvédek Vác városát ostromolták, de nem sikerült \
bevenniük. A bécsi lapok szerint az osztrákok 12-én visszafoglalták Szolnok városát.[3][4]"""

ENGLISH = """On 5 March 1849 the Hungarians captured the town of Szolnok from the Austrians.[1] The next day the \
Austrians withdrew from Abony.[2] On 10 April the Hungarians besieged Vac, but they failed to take it. The Austrians \
claimed that they had recaptured Szolnok on 12 April.[3][4]"""


def coded(lang: str, text: str) -> list[Event]:
    return code(accounts.from_text(text, lang=lang, id="spring"), load_pack(lang))


def row(event: Event) -> tuple:
    """An event on one line: kind, day, actor, against, objects, marks, citations."""
    marks = "".join(mark[0] for mark in ("again", "hedged", "negated") if getattr(event, mark))
    named = [place.name for place in event.places if place.role == "object"]
    sides = [side.id if side else None for side in (event.actor, event.against)]
    return event.kind, event.date.edtf, *sides, named, marks, event.citations


def test_a_hungarian_account():
    assert [row(event) for event in coded("hu", HUNGARIAN)] == [
        ("capture", "1849-03-05", "hungary", "austria", ["Szolnok"], "", ("1",)),
        ("withdrawal", "1849-03-06", "austria", "hungary", ["Abony"], "", ("2",)),
        ("siege", "1849-04-10", "hungary", "austria", ["Vác"], "", ()),
        ("capture", "1849-04-12", "austria", "hungary", ["Szolnok"], "ah", ("3", "4")),
    ]


def test_an_english_account():
    assert [row(event) for event in coded("en", ENGLISH)] == [
        ("capture", "1849-03-05", "hungary", "austria", ["Szolnok"], "", ("1",)),
        ("withdrawal", "1849-03-06", "austria", "hungary", ["Abony"], "", ("2",)),
        ("siege", "1849-04-10", "hungary", "austria", ["Vac"], "", ()),
        ("capture", "1849-04-10", "hungary", "austria", ["Vac"], "n", ()),
        ("capture", "1849-04-12", "austria", "hungary", ["Szolnok"], "ah", ("3", "4")),
    ]


def test_two_languages_tell_the_same_changes_of_hands():
    def told(lang: str, text: str) -> list[tuple]:
        return [
            row(event)[:5]
            for event in coded(lang, text)
            if event.kind in {"capture", "withdrawal"} and not event.negated
        ]

    assert told("hu", HUNGARIAN) == told("en", ENGLISH)


def test_the_whole_record():
    first = coded("hu", HUNGARIAN)[0]
    assert msgspec.to_builtins(first) == {
        "id": "e1",
        "account": "spring",
        "kind": "capture",
        "date": {
            "edtf": "1849-03-05",
            "earliest": "1849-03-05",
            "latest": "1849-03-05",
            "basis": "explicit",
            "text": "1849. március 5-én",
            "until": None,
        },
        "actor": {"id": "hungary", "name": "Hungary", "text": "honvédek", "inferred": False},
        "against": {"id": "austria", "name": "Austria", "text": None, "inferred": True},
        "places": (
            {
                "id": None,
                "name": "Szolnok",
                "text": "Szolnok városát",
                "start": 42,
                "end": 57,
                "role": "object",
                "type": "city",
                "extent": "full",
                "lat": None,
                "lon": None,
                "radius_km": None,
                "located_by": None,
                "count": None,
                "generic": False,
                "part_of": None,
                "anchors": (),
                "link": None,
            },
        ),
        "again": False,
        "hedged": False,
        "attributed_to": None,
        "negated": False,
        "trigger": {"text": "elfoglalták", "start": 30, "end": 41},
        "sentence": {"start": 0, "end": 87},
        "citations": ("1",),
        "rule": "hu.capture.seize",
        "review": "unchecked",
        "background": False,
    }


@pytest.mark.parametrize("lang", packs())
def test_an_account_in_which_nothing_happens_has_no_events(lang):
    assert coded(lang, "") == []
    assert coded(lang, "Ma szép idő van. The weather is fine today.") == []


@pytest.mark.parametrize(("lang", "text"), [("hu", HUNGARIAN), ("en", ENGLISH)])
def test_coding_again_gives_the_same(lang, text):
    assert coded(lang, text) == coded(lang, text)


@pytest.mark.parametrize(("lang", "text"), [("hu", HUNGARIAN), ("en", ENGLISH)])
def test_every_event_says_its_rule(lang, text):
    rules = load_pack(lang).frames
    assert {event.rule for event in coded(lang, text)} <= set(rules)
    assert all(rules[event.rule].kind == event.kind for event in coded(lang, text))


def test_a_second_account_before_it_changes_nothing():
    """Coding keeps nothing from one account to the next."""
    alone = coded("hu", HUNGARIAN)
    coded("hu", "1945-ben az oroszok elfoglalták Szolnok városát a németektől.")
    assert coded("hu", HUNGARIAN) == alone


PIECES = [
    "On 5 March 1849", "1849. március 5-én", "Másnap", "later", "a hadsereg", "the army", "az oroszok", "ISIL",
    "elfoglalta", "captured", "was captured by", "kezére került", "feladta", "withdrew from", "nem", "not",
    "állítólag", "reportedly", "hogy", "that", "szerint", "according to", "Knin", "Knint", "Drnis és Zsepa falvakat",
    "the villages of Argun and Shali", "két hegyet", "two hills", "közelében", "near", "és", "and", ",", ".", ";", "[1]",
    "(", ")", "„", "\n\n", "—", "melletti", "fekvő", "között", "between", "visszafoglalása után", "the fall of", "5.", "'s",
]  # fmt: skip


@pytest.mark.parametrize("lang", packs())
@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_whatever_the_words_the_records_hold_together(lang, pieces):
    """Never raises; offsets are the account's, ids count up, and control has a place."""
    text = " ".join(pieces)
    events = coded(lang, text)
    assert [event.id for event in events] == [f"e{number}" for number in range(1, len(events) + 1)]
    for event in events:
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
        assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end
        for place in event.places:
            assert 0 <= place.start < place.end <= len(text)
            assert place.extent in {"full", "partial"}
        assert event.actor is None or event.against is None or event.actor.id != event.against.id
        if event.date.earliest and event.date.latest and not event.date.earliest.startswith("-"):
            assert event.date.earliest <= event.date.latest


@pytest.mark.parametrize("lang", packs())
@given(text=st.text(max_size=200))
def test_any_text_is_coded(lang, text):
    coded(lang, text)
