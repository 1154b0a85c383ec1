"""The words of an account that its events rest on."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from frontledger import accounts, pipeline
from frontledger.exports.report.marks import Offsets, apart, dates_of, mentions

TEXT = "On 5 March 2016, the Syrian Army captured Harbit from ISIL.[1] Two days later, it withdrew from Harbit.\n"


def marked(text):
    account = accounts.from_text(text, "a", lang="en")
    events = dict(enumerate(pipeline.coded(account)))
    wide = account.text.encode("utf-16-le")
    return [
        (mention.what, wide[2 * mention.start : 2 * mention.end].decode("utf-16-le"), mention.events)
        for mention in mentions(account, events, dates_of(account))
    ]


def test_dates_places_actors_and_triggers_are_marked():
    found = marked(TEXT)
    assert ("time", "5 March 2016", [0]) in found
    assert ("actor", "Syrian Army", [0]) in found
    assert ("trigger", "captured", [0]) in found
    assert ("place", "Harbit", [0]) in found
    assert ("time", "Two days later", [1]) in found


def test_characters_beyond_the_basic_plane_do_not_shift_the_marks():
    assert marked("\U0001f600\U0001f6a9 " + TEXT) == marked(TEXT)


def test_a_text_without_a_language_has_the_marks_of_its_events():
    account = accounts.from_text(TEXT, "a", lang="en")
    events = dict(enumerate(pipeline.coded(account)))
    stranger = msgspec.structs.replace(account, lang=None)
    assert {mention.what for mention in mentions(stranger, events, dates_of(stranger))} == {
        "place",
        "actor",
        "trigger",
    }


@given(st.text("a\U0001f600é", max_size=12), st.integers(0, 12))
def test_offsets_count_as_the_page_does(text, at):
    at = min(at, len(text))
    assert Offsets(text)(at) == len(text[:at].encode("utf-16-le")) // 2


SPANS = st.dictionaries(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["time", "place", "actor", "trigger"])),
    st.sets(st.integers(0, 5), max_size=2),
    max_size=8,
)


@given(SPANS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=3))
def test_no_two_marks_overlap_and_no_word_is_lost(spans, citations):
    found = list(apart(spans, citations, 20))
    assert all(start < end for start, end, _, _ in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    silent = {at for start, end in citations for at in range(start, end)}
    for (start, end, _), events in spans.items():
        for at in set(range(start, end)) - silent:
            assert any(first <= at < last and events <= told for first, last, _, told in found)


def test_a_trigger_inside_a_place_shows_and_the_place_goes_on_around_it():
    spans = {(0, 10, "place"): {1}, (4, 6, "trigger"): {2}}
    assert [(s, e, what, events) for s, e, what, events in apart(spans, (), 10)] == [
        (0, 4, "place", {1}),
        (4, 6, "trigger", {1, 2}),
        (6, 10, "place", {1}),
    ]
