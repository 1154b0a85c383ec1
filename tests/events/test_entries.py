"""Entries of a list about one place: what the title says, what opens an entry, what becomes of it."""

from __future__ import annotations

import pytest

from frontledger import accounts
from frontledger.events.coding import code
from frontledger.events.entries import topic
from frontledger.languages.pack import load_pack
from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.model import Event
from frontledger.places.identity import resolve

ON = "1930-01-01"


def events(text: str, title: str | None = "Karvol", date: str | None = None) -> list[Event]:
    account = accounts.from_text(text, lang="en", title=title, date=date)
    return code(account, load_pack("en"))


def holder(text: str, title: str = "Karvol", date: str | None = None) -> tuple[str, str | None]:
    placed = resolve(events(text, title, date))
    rows = control(fold(placed.events, placed.places), placed.places, ON)
    return next(((row.state, row.holder) for row in rows if row.name == title), ("unknown", None))


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Karvol", "Karvol"),
        ("New Karvol", "New Karvol"),
        ("Karvol (town)", "Karvol"),
        ("Karvol, Ardenia", "Karvol"),
        ("al-Karvol", "al-Karvol"),
        ("Karvol am Derin", "Karvol am Derin"),
        ("Battle of Karvol", None),
        ("Karvol offensive (1916)", None),
        ("The road to Karvol", None),
        ("Ottoman Army", None),
        ("Russia", None),
        ("Background", None),
        ("5 May 1916", None),
        (None, None),
    ],
)
def test_a_title_names_a_place_or_none(title: str | None, place: str | None):
    account = accounts.from_text("Captured by the rebels.", lang="en", title=title)
    assert topic(account, load_pack("en")) == place


@pytest.mark.parametrize(
    "text",
    [
        "Captured by Germany on 5 May 1916.",
        "Mostly captured by France in 1914. Fully captured by Germany on 5 May 1916.",
        "In May 1916 captured by Germany.",
        "Captured on 5 May 1916 by Germany.",
        "Fell to Germany on 5 May 1916.",
        "Briefly captured by Germany on 5 May 1916.",
        "Under German control since May 1916.",
        "Held by Germany since 5 May 1916.",
        "Captured by France in May 1914, retaken by Germany in June 1916.",
        "Captured by France in May 1914.Retaken by Germany in June 1916.",
        "Taken together with Derin by Germany on 5 May 1916.",
        "Taken by Germany on 5 May 1916 as part of the Derin offensive.",
        "French troops took the town in 1914. Germany recaptured it in June 1916.",
    ],
)
def test_entries_speak_of_the_title(text: str):
    assert holder(text) == ("held", "germany")


def test_an_entry_without_a_title_speaks_of_nothing():
    assert not events("Captured by Germany on 5 May 1916.", title=None)
    assert not events("Captured by Germany on 5 May 1916.", title="The war on the Derin")


@pytest.mark.parametrize(
    "text",
    [
        "Never captured by Germany.",
        "Germany captured three guns on 5 May 1916.",
        "Raided by Germany on 5 May 1916.",
        "Three tanks were captured by Germany on 5 May 1916.",
        "Soldiers captured by Germany on 5 May 1916.",
        "Captured in 1914, the guns were moved to Germany.",
        "See Battle of Karvol and Siege of Karvol.",
    ],
)
def test_what_changes_nothing_at_the_place(text: str):
    assert holder(text) == ("unknown", None)


def test_a_place_of_its_own_goes_before_the_title():
    captured = events("Germany captured Derin on 5 May 1916.")
    assert [place.name for event in captured for place in event.places if place.role == "object"] == ["Derin"]


def test_an_entry_shows_its_trigger_as_the_words_for_the_place():
    text = "Captured by Germany on 5 May 1916."
    (event,) = events(text)
    (place,) = event.places
    assert (place.name, text[place.start : place.end]) == ("Karvol", "Captured")


@pytest.mark.parametrize(
    "text",
    [
        "Contested by Germany since 5 May 1916.",
        "Contested since 5 May 1916.",
        "Currently contested by Germany since 5 May 1916.",
        "Still contested in May 1916.",
        "Taken by France in 1914. Contested by Germany since May 1916.",
        "Taken by France in 1914. Partially retaken by Germany on 5 May 1916.",
    ],
)
def test_contested(text: str):
    assert holder(text) == ("contested", None)


def test_a_contest_that_ended_is_none_any_more():
    assert holder("Contested by Germany between 5 May and 6 June 1916.") == ("held", "germany")


@pytest.mark.parametrize(
    "text",
    [
        "Claimed captured by Germany on 5 May 1916.",
        "Claimed contested since 5 May 1916.",
        "Captured by Germany (claimed) on 5 May 1916.",
        "Capture by Germany claimed on 5 May 1916.",
    ],
)
def test_a_claim_stays_a_claim(text: str):
    (event,) = events(text)
    assert event.hedged


def test_an_undated_entry_had_happened_when_it_was_written():
    assert holder("Captured by Germany.") == ("unknown", None)
    assert holder("Captured by Germany.", date="1920-05-05") == ("held", "germany")


def test_an_open_end_is_the_day_of_writing():
    (event,) = events("Captured by Germany after 5 May 1916.", date="1920-05-05")
    assert (event.date.earliest, event.date.latest) == ("1916-05-05", "1920-05-05")


def test_who_had_a_place_loses_it_to_nobody_knows_whom():
    assert holder("Captured by Germany on 5 May 1916. Liberated on 6 June 1916.") == ("unknown", None)
    _, freed = events("Captured by Germany on 5 May 1916. Liberated on 6 June 1916.")
    assert freed.against is not None
    assert (freed.against.id, freed.against.inferred) == ("germany", True)


def test_troops_that_leave_leave_the_place_of_the_title():
    assert holder("Captured by Germany on 5 May 1916. German troops withdrew on 6 June 1916.") == (
        "unknown",
        None,
    )
