"""Days on an axis: where ticks stand and what they say, in any year, BC included.

The library's own dates begin with the year 1.  What does not belong here: what is drawn along the axis.
"""

from __future__ import annotations

from frontledger.mentions import calendar

__all__ = ["ticks"]

MOST = 9
"""Ticks that have room side by side."""
DAYS = (1, 2, 5, 7, 10, 14)
MONTHS = (1, 2, 3, 6)
YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Day numbers and what to write there (ISO 8601: a day, a month or a year), at most :data:`MOST`."""
    for step in DAYS:
        if (last - first) // step < MOST:
            return [(day, calendar.iso(day)) for day in range(first, last + 1, step)]
    year, month, _ = calendar.civil(first)
    end_year, end_month, _ = calendar.civil(last)
    months = (end_year - year) * 12 + end_month - month + 1
    for step in MONTHS:
        if months // step < MOST:
            return _months(year, month, months, step, first, last)
    for step in YEARS:
        if (end_year - year) // step < MOST:
            break
    from_year = -(-year // step) * step
    starts = [(calendar.day_number(one, 1, 1), one) for one in range(from_year, end_year + 1, step)]
    return [(day, calendar.iso(day).removesuffix("-01-01")) for day, _ in starts if first <= day <= last]


def _months(year: int, month: int, count: int, step: int, first: int, last: int) -> list[tuple[int, str]]:
    found = []
    for one in range(0, count + 1, step):
        at_year, at_month = calendar.add_months(year, month, one)
        day = calendar.day_number(at_year, at_month, 1)
        if first <= day <= last:
            found.append((day, calendar.iso(day).removesuffix("-01")))
    return found
