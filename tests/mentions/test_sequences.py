"""What an expression takes from those before it, and calendars and groups of other kinds."""

from __future__ import annotations

import pytest

from frontledger.languages.timewords import date_reader
from frontledger.mentions import calendar
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize


def days(code: str, text: str) -> list[tuple[str | None, str | None]]:
    return [(time.earliest, time.latest) for time in tag_times(text, tokenize(text), date_reader(code))]


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        (
            "en",
            "On the fourth day, 24 March 1918, they took the hill; on the sixth day it burned.",
            "1918-03-26",
        ),
        ("en", "They fought from 3 to 7 May 1915; on the last day the hill fell.", "1915-05-07"),
        ("hu", "A negyedik napon, 1918. március 24-én bevették; a hatodik napon leégett.", "1918-03-26"),
        ("en", "At 22:00 on 3 November 1950 they crossed, and at 02:00 the town fell.", "1950-11-04"),
        ("hu", "1950. november 3-án 22:00-kor átkeltek, 2 órakor a falu elesett.", "1950-11-04"),
        ("en", "He fell on 9 Thermidor, Year II.", "1794-07-27"),
        ("en", "In 1794 it ended. He fell on 9 Thermidor.", "1794-07-27"),
        ("en", "120600ZJUN44: the hill was taken.", "1944-06-12"),
        ("en", "121430Z JUN 44: the hill was taken.", "1944-06-12"),
        ("en", "In 2004 they came. 121430CNOV04: the hill was taken.", "2004-11-12"),
    ],
)
def test_a_day_is_counted_on(code: str, text: str, day: str):
    assert days(code, text)[-1] == (day, day)


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("en", "At 02:00 on 3 November 1950 they crossed, and at 05:00 the town fell.", "1950-11-03"),
        ("en", "At 14:00 on 3 November 1950 they crossed, and at 20:00 the town fell.", "1950-11-03"),
    ],
)
def test_hours_of_one_day_stay_on_it(code: str, text: str, day: str):
    assert days(code, text)[-1] == (day, day)


def test_the_third_day_of_nothing_known_is_some_day_of_the_month():
    assert days("en", "On 24 March 1918 it began. On the third day it fell.")[-1] == (
        "1918-03-01",
        "1918-03-31",
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ((1, 1, 1), (1792, 9, 22)),
        ((2, 11, 9), (1794, 7, 27)),
        ((8, 2, 18), (1799, 11, 9)),
        ((14, 4, 10), (1805, 12, 31)),
        ((15, 1, 1), None),
    ],
)
def test_the_republican_calendar(date: tuple[int, int, int], expected: tuple[int, int, int] | None):
    assert calendar.republican(*date) == expected
