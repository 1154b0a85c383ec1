"""Resolution: what an expression means at its place in the narrative."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.timewords import date_reader
from frontledger.mentions import calendar
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import Time

SHARED = Path(__file__).parents[3] / "shared" / "dates"
MARKERS = re.compile(r"(?<=[.,;:!?\w])((?: \d{1,3} (?=[ \n]|$))+)")


def times(code: str, text: str, document: str | None = None) -> list[Time]:
    return tag_times(text, tokenize(text), date_reader(code), document_date=document)


def values(code: str, text: str, document: str | None = None) -> list[str | None]:
    return [time.value for time in times(code, text, document)]


def test_the_year_stands_once():
    text = "A 2014. júliusban indult hadjárat. Július 9-én támadtak. Két nappal később bevették a dombot. Másnap pihentek."
    assert values("hu", text) == ["2014-07", "2014-07-09", "2014-07-11", "2014-07-12"]


def test_the_year_turns_where_the_months_do():
    assert values("en", "On 20 December 1941 they landed. On 3 January they advanced.") == [
        "1941-12-20",
        "1942-01-03",
    ]


def test_a_vague_word_bounds_and_does_not_move():
    found = times(
        "hu",
        "Május 3-án átkeltek 1915-ben. Május 5-én megálltak. Később egy falut is bevettek. Május 9-én támadtak.",
    )
    vague = next(time for time in found if time.type == "VAGUE")
    assert (vague.value, vague.basis, vague.moves) == (None, "bounded", False)
    assert (vague.earliest, vague.latest) == ("1915-05-05", "1915-05-09")
    assert found[-1].value == "1915-05-09"


def test_later_is_the_same_day_where_every_day_is_told():
    vague = times("en", "On 5 May 1915 they halted. They later took a village. On 6 May they rested.")[1]
    assert (vague.type, vague.earliest, vague.latest) == ("VAGUE", "1915-05-05", "1915-05-05")


def test_a_vague_word_at_the_end_is_open():
    vague = times("en", "On 5 May 1915 they halted. Later they took a village.")[-1]
    assert (vague.earliest, vague.latest) == ("1915-05-05", None)


def test_a_few_hours_later_is_the_same_day_and_a_few_days_later_is_open():
    found = times(
        "hu",
        "1919. június 2-án kivonultak. Néhány órával később bevonultak. Pár nap múlva átkeltek. Június 9-én megálltak.",
    )
    hours, days = found[1:3]
    assert (hours.value, hours.earliest, hours.latest, hours.moves) == (
        "FUTURE_REF",
        "1919-06-02",
        "1919-06-02",
        False,
    )
    assert (days.value, days.earliest, days.latest, days.moves) == (
        "FUTURE_REF",
        "1919-06-02",
        "1919-06-09",
        False,
    )


def test_a_flashback_leaves_the_narrative_where_it_is():
    text = "On 8 May 1915 the hill fell. The previous day a bridge had been lost. The next day it rained."
    assert values("en", text) == ["1915-05-08", "1915-05-07", "1915-05-09"]


def test_a_year_in_passing_does_not_move():
    text = "On 8 May 1915 they took the fort that had been built in 1872. Two days later it burned."
    found = times("en", text)
    assert [(time.value, time.moves) for time in found] == [
        ("1915-05-08", True),
        ("1872", False),
        ("1915-05-10", True),
    ]


def test_since_does_not_move():
    text = "1849. február 5-én áttörtek. A várost, amelyet december óta tartottak, február 9-én kiürítették."
    found = times("hu", text)
    assert [(time.value, time.moves) for time in found][1:] == [("1848-12", False), ("1849-02-09", True)]


def test_a_background_season_does_not_move():
    found = times(
        "hu",
        "A 2015. októberben indult hadjárat az év tavaszán elveszett falvakért folyt. Október 9-én győztek.",
    )
    assert [(time.value, time.moves) for time in found][1] == ("2015-SP", False)
    assert found[-1].value == "2015-10-09"


def test_headings_give_their_sections_the_year():
    text = "1918\n\nIn March they attacked.\n\n1919\n\nIn March they fled; in 1918 they had not.\n\nIn June it ended.\n"
    assert values("en", text) == ["1918", "1918-03", "1919", "1919-03", "1918", "1919-06"]


def test_weekdays_count_back_from_the_document():
    text = "Ukrainian forces took the town on Saturday. By Tuesday the road was cut."
    assert values("en", text, "2022-09-14") == ["2022-09-10", "2022-09-13"]


def test_a_day_without_any_anchor_has_no_bounds():
    time = times("en", "On 3 May they attacked.")[0]
    assert (time.value, time.basis, time.earliest, time.latest) == ("XXXX-05-03", "undated", None, None)


def test_before_christ():
    found = times("en", "In 480 BC they crossed. The following year they lost.")
    assert [time.value for time in found] == ["BC0480", "BC0479"]
    assert (found[0].earliest, found[0].latest) == ("-0479-01-01", "-0479-12-31")


def test_a_day_that_no_calendar_has_is_its_month():
    assert times("en", "On 31 February 1916 nothing happened.")[0].latest == "1916-02-29"


@given(st.dates(), st.integers(1, 60))
def test_days_later_is_addition(day, count: int):
    text = f"{day.isoformat()} {count} days later"
    if day.year < 1400 or day.year > 2090:
        return
    later = calendar.iso(calendar.parse_iso(day.isoformat()) + count)
    assert times("en", f"On {day.isoformat()} it began. {count} days later it ended.")[-1].value == later, (
        text
    )


@pytest.mark.parametrize("document", ["homs", "homs_nocite"])
def test_the_founding_article(document: str):
    path = SHARED / "hu-homs-2015.jsonl"
    if not path.exists():
        pytest.skip("the shared gold data are not beside this checkout")
    gold = next(
        doc
        for doc in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if doc["doc"] == document
    )
    text = gold["text"]
    mask = [match.span(1) for match in MARKERS.finditer(text)]
    found = tag_times(text, tokenize(text), date_reader("hu"), mask=mask, document_date=gold["dct"])
    assert [(t.start, t.end, t.type, t.value) for t in found if t.type != "VAGUE"] == [
        (t["start"], t["end"], t["type"], t["value"]) for t in gold["timexes"]
    ]
