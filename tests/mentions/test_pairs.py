"""What two expressions beside one another are to each other."""

from __future__ import annotations

import pytest

from frontledger.languages.timewords import date_reader
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import Time


def times(code: str, text: str) -> list[Time]:
    return tag_times(text, tokenize(text), date_reader(code))


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en",
            "On 8 October 1690 they took it; two years earlier, on 6 September, it had fallen.",
            "1688-09-06",
        ),
        ("en", "On 8 October 1690 they took it. The following year, in May, they left.", "1691-05"),
        (
            "en",
            "On 8 October 1690 they took it; it had fallen on 6 September two years earlier.",
            "1688-09-06",
        ),
        ("hu", "1690. október 8-án bevették; két évvel korábban, szeptember 6-án esett el.", "1688-09-06"),
        ("hu", "1690. október 8-án bevették. A következő évben, májusban kivonultak.", "1691-05"),
    ],
)
def test_a_day_takes_its_year_from_the_words_beside_it(code: str, text: str, expected: str):
    assert expected in [time.value for time in times(code, text)]


def test_a_day_of_a_flashback_leaves_the_narrative_where_it_is():
    text = "On 8 October 1690 they took it; two years earlier, on 6 September, it had fallen. The next day it rained."
    assert times("en", text)[-1].value == "1690-10-09"


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("en", "On 14/26 August 1813 they crossed.", "1813-08-26"),
        ("en", "On 13 (25) July 1877 they crossed.", "1877-07-25"),
        ("en", "On 24 June (6 July) 1812 they crossed.", "1812-07-06"),
        ("en", "On 7 November (25 October) 1917 they crossed.", "1917-11-07"),
        ("en", "On 1/11 May 1632 they crossed.", "1632-05-11"),
        ("hu", "1877. július 13-án (25-én) átkeltek.", "1877-07-25"),
        ("hu", "1813. augusztus 14/26-án átkeltek.", "1813-08-26"),
    ],
)
def test_both_calendars_name_one_day(code: str, text: str, day: str):
    assert {(time.earliest, time.latest) for time in times(code, text)} == {(day, day)}


@pytest.mark.parametrize("text", ["On 14/15 August 1813 they crossed.", "On 3/26 August 1813 they crossed."])
def test_other_days_are_two(text: str):
    assert len({time.earliest for time in times("en", text)}) == 2


def test_a_number_in_brackets_is_no_day():
    assert [time.value for time in times("en", "On 13 (5) July 1877 they crossed.")] == ["1877-07-13"]
