"""Days as numbers, for any year, BC included.

Day 0 is 1970-01-01 in the proleptic Gregorian calendar; years are astronomical (year 0 is 1 BC, -43 is
44 BC).  What belongs here: arithmetic on days, months and years, and their ISO spelling.  What does not:
anything that knows words or a narrative.
"""

from __future__ import annotations

import re

__all__ = [
    "add_months",
    "civil",
    "day_number",
    "days_in_month",
    "easter",
    "is_leap",
    "iso",
    "month_span",
    "parse_iso",
    "republican",
    "weekday",
    "year_span",
]

ISO = re.compile(r"([+-]?)(\d{4,})-(\d\d)-(\d\d)")
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAYS_IN_400_YEARS = 146_097
EPOCH = 719_468
"""Days from 0000-03-01 to 1970-01-01."""


def is_leap(year: int) -> bool:
    """Whether the astronomical ``year`` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_GREGORIAN = 1583
"""First year whose Easter most of Europe reckoned by the new calendar."""


def easter(year: int) -> tuple[int, int]:
    """(month, day) of Easter Sunday, in the calendar of the time: Julian before 1583, then Gregorian.

    By the arithmetic of J. Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    if year < _GREGORIAN:
        moon = (19 * (year % 19) + 15) % 30
        after = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + after + 114, 31)
        return month, day + 1
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    after = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * after) // 451
    month, day = divmod(moon + after - 7 * late + 114, 31)
    return month, day + 1


_REPUBLICAN = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
"""Day of September on which the years 1 to 14 of the French Republic began, from 1792 on."""


def republican(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """(year, month, day) of a date of the French Republican calendar; None beyond its years 1 to 14.

    Every month has 30 days, counted from the year's first day; ``month`` 13 are the days that complete it.  The first
    days are those on which the years were decreed to begin (J. Meeus, Astronomical Algorithms, gives the same).
    """
    if not (1 <= year <= len(_REPUBLICAN) and 1 <= month <= 13 and 1 <= day <= 30):
        return None
    first = day_number(1791 + year, 9, _REPUBLICAN[year - 1])
    return civil(first + 30 * (month - 1) + day - 1)


def days_in_month(year: int, month: int) -> int:
    """Length of the month, 28 to 31."""
    return 29 if month == 2 and is_leap(year) else LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01.  Howard Hinnant's ``days_from_civil``: the year is taken to begin in March."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * DAYS_IN_400_YEARS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - EPOCH


def civil(day: int) -> tuple[int, int, int]:
    """(year, month, day) of a day number; the inverse of :func:`day_number`."""
    era, of_era = divmod(day + EPOCH, DAYS_IN_400_YEARS)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    march = (5 * of_year + 2) // 153
    month = march + (3 if march < 10 else -9)
    return year + era * 400 + (month <= 2), month, of_year - (153 * march + 2) // 5 + 1


def iso(day: int) -> str:
    """``2015-11-05``; ``-0043-03-15`` for 15 March 44 BC."""
    year, month, of_month = civil(day)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{of_month:02d}"


def parse_iso(text: str) -> int:
    """Day number of an ISO day as :func:`iso` writes it.

    Raises :class:`ValueError` when ``text`` is none or names no day of the calendar.
    """
    match = ISO.fullmatch(text)
    if not match:
        raise ValueError(f"not an ISO day: {text!r}")
    year, month, day = int(match[2]), int(match[3]), int(match[4])
    if match[1] == "-":
        year = -year
    if not (1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        raise ValueError(f"no such day: {text!r}")
    return day_number(year, month, day)


def weekday(day: int) -> int:
    """1 for Monday to 7 for Sunday."""
    return (day + 3) % 7 + 1


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """(year, month) ``count`` months on; negative counts go back."""
    years, index = divmod(month - 1 + count, 12)
    return year + years, index + 1


def month_span(year: int, month: int) -> tuple[int, int]:
    """First and last day number of the month."""
    first = day_number(year, month, 1)
    return first, first + days_in_month(year, month) - 1


def year_span(first: int, last: int | None = None) -> tuple[int, int]:
    """First and last day number of the year, or of the years ``first`` to ``last``."""
    return day_number(first, 1, 1), day_number(first if last is None else last, 12, 31)
