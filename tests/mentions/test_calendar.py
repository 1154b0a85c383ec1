from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.mentions import calendar

EPOCH = dt.date(1970, 1, 1)


@given(st.dates())
def test_agrees_with_the_standard_library(date: dt.date):
    number = (date - EPOCH).days
    assert calendar.day_number(date.year, date.month, date.day) == number
    assert calendar.civil(number) == (date.year, date.month, date.day)
    assert calendar.iso(number) == date.isoformat()
    assert calendar.weekday(number) == date.isoweekday()


@given(st.integers(-2_000_000, 2_000_000))
def test_days_round_trip_in_any_year(number: int):
    assert calendar.day_number(*calendar.civil(number)) == number
    assert calendar.parse_iso(calendar.iso(number)) == number


def test_years_before_christ_are_astronomical():
    ides = calendar.day_number(-43, 3, 15)
    assert calendar.iso(ides) == "-0043-03-15"
    assert calendar.iso(calendar.day_number(0, 12, 31) + 1) == "0001-01-01"


@pytest.mark.parametrize(
    "text", ["2015-13-01", "2015-02-29", "2015-00-10", "15-01-01", "2015-11", "soon", ""]
)
def test_no_such_day(text: str):
    with pytest.raises(ValueError, match="no"):
        calendar.parse_iso(text)


@given(st.integers(-3000, 3000), st.integers(1, 12), st.integers(-400, 400))
def test_months_add_and_subtract(year: int, month: int, count: int):
    there = calendar.add_months(year, month, count)
    assert calendar.add_months(*there, -count) == (year, month)


@given(st.integers(-3000, 3000), st.integers(1, 12))
def test_a_month_span_is_as_long_as_the_month(year: int, month: int):
    first, last = calendar.month_span(year, month)
    assert last - first + 1 == calendar.days_in_month(year, month)
    assert calendar.civil(last + 1)[2] == 1


@pytest.mark.parametrize(
    ("year", "day"), [(1000, (3, 31)), (1456, (3, 28)), (1552, (4, 17)), (1848, (4, 23)), (2024, (3, 31))]
)
def test_easter_is_that_of_its_time(year, day):
    assert calendar.easter(year) == day
