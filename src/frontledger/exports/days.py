"""Days as the formats have them: precisions, spans, and the years that a format knows.

What belongs here: arithmetic on the ISO days of rows.  What does not: which precision a standard gives which number.
"""

from __future__ import annotations

from frontledger.mentions import calendar

__all__ = ["after", "common", "long_form", "middle", "span", "year"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def common(day: str | None) -> bool:
    """Whether a day lies in the years 1 to 9999, which every format and library knows."""
    return day is not None and len(day) == 10 and day[:4].isdigit() and day[:4] != "0000"


def span(earliest: str | None, latest: str | None) -> int | None:
    """How many days an event may have happened on; None where an end is open."""
    if earliest is None or latest is None:
        return None
    return calendar.parse_iso(latest) - calendar.parse_iso(earliest) + 1


def middle(earliest: str, latest: str) -> str:
    """The day half-way, the earlier of two."""
    return calendar.iso((calendar.parse_iso(earliest) + calendar.parse_iso(latest)) // 2)


def after(day: str) -> str:
    """The next day."""
    return calendar.iso(calendar.parse_iso(day) + 1)


def year(day: str) -> int:
    """The astronomical year: 0 is 1 BC."""
    return calendar.civil(calendar.parse_iso(day))[0]


def long_form(day: str) -> str:
    """``16 November 2015``; ``15 March 44 BC``."""
    of_year, month, of_month = calendar.civil(calendar.parse_iso(day))
    said = f"{1 - of_year} BC" if of_year < 1 else str(of_year)
    return f"{of_month} {MONTHS[month - 1]} {said}"
