"""Recognition: spans, masks, breaks; nothing that is no date."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.timewords import date_reader
from frontledger.mentions import calendar
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import Time

CODES = ("en", "hu")


def times(code: str, text: str, **options) -> list[Time]:
    return tag_times(text, tokenize(text), date_reader(code), **options)


def spans(code: str, text: str, **options) -> list[str]:
    return [time.text for time in times(code, text, **options)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("hu", "A 3. hadosztály 12 km-re állt, 2000 katonával, a 8. kerületben."),
        ("hu", "A 131-es magaslat, a 47-es út, a T-34-es tankok és a 122 mm-es lövegek."),
        ("hu", "Az 5. és 7. ezred 1500 lovasa; IV. Béla; a II. 5. paragrafus."),
        ("hu", "A Jabal Ma’ar hegyet és Ma-Arra falut."),
        ("en", "The 7th Army had 1500 men, 12 tanks and 40 guns 5 km away on Hill 1948."),
        ("en", "They may march on; the fall of the town followed; Resolution 1483."),
        ("en", "The 3rd and 5th Divisions lost 2,000 dead; more than 1900 fled."),
    ],
)
def test_numbers_and_homographs_are_no_dates(code: str, text: str):
    assert spans(code, text) == []


def test_a_masked_marker_is_never_swallowed():
    text = "A falut elfoglalták november 14 3  9 \nMásnap visszavonultak."
    marker = (text.index(" 3"), text.index("\n"))
    assert spans("hu", text, mask=[marker]) == ["november 14", "Másnap"]


def test_a_mask_over_the_expression_hides_it():
    text = "November 5-én és november 9-én."
    assert spans("hu", text, mask=[(0, 13)]) == ["november 9-én"]


def test_expressions_do_not_cross_breaks():
    text = "The siege of 1812\n\nMay follows."
    assert spans("en", text) == ["1812", "May"]
    assert spans("en", "until 12\nMay 1812 came", breaks=(9,)) == ["May 1812"]


def test_a_wrapped_line_is_one_text_where_breaks_are_given():
    assert spans("en", "It fell on 12\nMay 1812.", breaks=(0,)) == ["12\nMay 1812"]


def test_compounds_are_cut_with_their_offsets():
    found = times("en", "From the mid-September retreat to the three-day siege, the May-August 1950 war.")
    assert [time.text for time in found] == ["mid-September", "three-day", "May", "August 1950"]
    assert [time.value for time in found][1:] == ["P3D", "1950-05", "1950-08"]


def test_members_of_a_range_complete_one_another():
    found = times("en", "It lasted from 30 December to 2 January 1942.")
    assert [time.value for time in found] == ["1941-12-30", "1942-01-02"]


def test_no_state_leaks_between_documents():
    first = times("en", "On 3 May they attacked.")
    times("en", "On 7 September 1812 they attacked.")
    assert times("en", "On 3 May they attacked.") == first
    assert first[0].value == "XXXX-05-03"
    assert first[0].earliest is None


PIECES = st.sampled_from(
    [
        "1.",
        "5-én",
        "23-án",
        "1849.",
        "1566ban",
        "november",
        "Nov",
        ".",
        ",",
        "-",
        "–",
        "és",
        "and",
        "to",
        "the",
        "of",
        "May",
        "may",
        "mid-",
        "31",
        "2",
        "0",
        "99",
        "1944",
        "1944-es",
        "44",
        "BC",
        "i",
        "e",
        "Kr",
        "két",
        "nappal",
        "később",
        "two",
        "days",
        "later",
        "earlier",
        "next",
        "week",
        "year",
        "hét",
        "hónap",
        "morning",
        "este",
        "10:30",
        "3",
        "p.m.",
        "II",
        "III",
        "13.13.2013",
        "2015.11.05",
        "99999999999",
        "1,500",
        "12,5",
        "'",
        "’s",
        "century",
        "század",
        "1980s",
        "winter",
        "ősz",
        "same",
        "aznap",
        "azon",
        "a",
        "napon",
        "\n",
    ]
)


@given(st.sampled_from(CODES), st.lists(PIECES, max_size=40), st.sampled_from([None, "2016-01-31"]))
def test_any_text_yields_sorted_disjoint_bounded_times(code: str, pieces: list[str], document: str | None):
    text = " ".join(pieces)
    found = times(code, text, document_date=document)
    for time in found:
        assert text[time.start : time.end] == time.text
        assert time.text.strip() == time.text != ""
        if time.earliest and time.latest:
            assert calendar.parse_iso(time.earliest) <= calendar.parse_iso(time.latest)
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


@given(st.sampled_from(CODES), st.text(max_size=200))
def test_no_text_at_all_breaks_it(code: str, text: str):
    for time in times(code, text):
        assert text[time.start : time.end] == time.text
