"""What a time expression denotes: a moment of some granularity, its TIMEX3 value and the days that bound it.

What belongs here: values as such.  What does not: how words or the narrative lead to one.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from frontledger.mentions import calendar

__all__ = ["Moment", "bounds", "of_day", "timex", "truncated"]

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season."""
WEEK, LONGEST_MONTH = 7, 31


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A century (``C``), decade (``E``), year (``Y``), season (``S``), month (``M``), week (``W``), weekend (``WE``,
    named by its Saturday) or day (``D``).

    ``year`` is astronomical; for a century or decade its first year.  ``open`` marks a unit that lies somewhere in
    the named one ("later that year": ``1943-XX-XX``); ``clock`` is the part after ``T``.
    """

    unit: str
    year: int
    month: int | None = None
    day: int | None = None
    season: str | None = None
    part: str | None = None
    open: str = ""
    clock: str | None = None

    def number(self) -> int | None:
        """The day number of a day."""
        if self.day is None or self.month is None:
            return None
        return calendar.day_number(self.year, self.month, self.day)


def of_day(day: int) -> Moment:
    """The moment that is this day."""
    return Moment("D", *calendar.civil(day))


def timex(moment: Moment) -> str:
    """The TIMEX3 value, such as ``2015-11-05``, ``2015-SP``, ``BC0490``, ``194``, ``1965-01-31TAF``."""
    before = moment.year <= 0
    year = 1 - moment.year if before else moment.year
    text = "BC" if before else ""
    if moment.unit == "C":
        return f"{text}{(year - before) // 100:02d}"
    if moment.unit == "E":
        return f"{text}{(year - before) // 10:03d}"
    text += f"{year:04d}"
    if moment.unit == "S":
        text += f"-{moment.season}"
    elif moment.unit in ("W", "WE"):
        week = _iso_week(moment)
        text = f"{'BC' if before else ''}{week[0]:04d}-W{week[1]:02d}{moment.unit[1:] and '-WE'}"
    elif moment.unit in "MD" and moment.month:
        text += f"-{moment.month:02d}"
        if moment.unit == "D" and moment.day:
            text += f"-{moment.day:02d}"
    if moment.unit == "Y" and moment.part in ("H1", "H2"):
        text += f"-{moment.part}"
    text += moment.open
    if moment.clock:
        text += f"T{moment.clock}"
    return text


def _iso_week(moment: Moment) -> tuple[int, int]:
    number = moment.number()
    if number is None:
        return moment.year, 1
    thursday = number - calendar.weekday(number) + 4
    year = calendar.civil(thursday)[0]
    return year, (thursday - calendar.day_number(year, 1, 1)) // 7 + 1


def bounds(moment: Moment) -> tuple[int, int]:
    """First and last day number that the moment may mean."""
    year, month = moment.year, moment.month
    if moment.unit == "C":
        span = calendar.year_span(year, year + 99)
    elif moment.unit == "E":
        span = calendar.year_span(year, year + 9)
    elif moment.unit == "S" and moment.season in SEASONS:
        span = _season_span(year, moment.season, january=moment.month == 1)
    elif moment.unit == "W" and (number := moment.number()) is not None:
        monday = number - calendar.weekday(number) + 1
        span = monday, monday + 6
    elif moment.unit == "WE" and (number := moment.number()) is not None:
        span = number, number + 1
    elif moment.unit == "D" and (number := moment.number()) is not None:
        span = number, number
    elif month is not None:
        span = calendar.month_span(year, month)
    else:
        span = calendar.year_span(year)
    return _narrowed(span, moment.part)


def _season_span(year: int, season: str, *, january: bool) -> tuple[int, int]:
    """First and last day of a season.

    "The winter of 1914" may be either winter of that year; with ``january`` it is the one that ends in it.
    """
    first = SEASONS[season]
    if season == "WI":
        begin = calendar.day_number(year - 1, 12, 1) if january else calendar.day_number(year, 1, 1)
        return begin, calendar.month_span(year if january else year + 1, 2)[1]
    return calendar.day_number(year, first, 1), calendar.month_span(year, first + 2)[1]


def _narrowed(span: tuple[int, int], part: str | None) -> tuple[int, int]:
    """The third of the span that "early", "mid" or "late" picks out: ten days of a month, three of a week."""
    if part is None or span[1] - span[0] + 1 < WEEK:  # "early on 5 May" is 5 May
        return span
    first, last = span
    days = last - first + 1
    if part in ("H1", "H2"):
        middle = first + 14 if days <= LONGEST_MONTH else (first + last) // 2
        return (first, middle) if part == "H1" else (middle + 1, last)
    third = 3 if days == WEEK else 10 if days <= LONGEST_MONTH else days // 3
    if part == "START":
        return first, first + third - 1
    if part == "MID":
        return (
            (first + 2, last - 2) if days == WEEK else (first + third, _second_third_ends(first, last, third))
        )
    return (last - 2, last) if days == WEEK else (_second_third_ends(first, last, third) + 1, last)


def _second_third_ends(first: int, last: int, third: int) -> int:
    """The 20th of a month; of longer spans the day that leaves a third."""
    return first + 2 * third - 1 if last - first < LONGEST_MONTH else last - third


def truncated(moment: Moment, unit: str) -> Moment:
    """The day, month, year … that the moment lies in."""
    year = moment.year
    if unit == "C":
        return Moment("C", year - year % 100 if year > 0 else -(-year // 100 * 100 + 99))
    if unit == "E":
        return Moment("E", year - year % 10 if year > 0 else -((1 - year) // 10 * 10 + 8))
    if unit == "Y":
        return Moment("Y", year)
    if unit == "M" and moment.month:
        return Moment("M", year, moment.month)
    if unit in "DW" and moment.day:
        return replace(moment, unit=unit, part=None, open="", clock=None, season=None)
    return replace(moment, part=None, open="", clock=None)
