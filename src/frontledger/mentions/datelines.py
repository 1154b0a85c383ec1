"""The day that a report bears at its head: "KARVOL, 8 May 2021 (own report) - …".

What belongs here: telling such a dateline from the first date of a narrative.  What does not: what follows from it.
"""

from __future__ import annotations

import re

from frontledger.mentions import calendar
from frontledger.mentions.readings import Expression, stated_year

__all__ = ["dateline"]

HEAD = re.compile(r"\W*(?:[^\W\d_a-z][\w.'’/-]*,?\s+(?:\([^)\n]*\),?\s*)?){1,5}\Z")
"""Names alone, as of a place or an agency."""
SIGN = re.compile(
    r"[.,]{0,2}\s*(?:\([^)\n]{1,40}\)|/[^/\n]{1,40}/|[^\W\d_a-z]{2,12})?[.,]?\s*(?:[-–—]\s|:\s|\n)"
)
"""The sign that closes it, perhaps behind an agency."""
LONGEST = 80
"""Characters before the date of a dateline."""


def dateline(text: str, found: list[Expression]) -> int | None:
    """The day number of the dateline that the text begins with; None where it has none, or tells of later days."""
    if not found or found[0].start > LONGEST or (day := _day(found[0])) is None:
        return None
    first = found[0]
    line = max(text.rfind("\n", 0, first.start) + 1, 0)
    if (
        text[:line].strip()
        or HEAD.match(text[line : first.start]) is None
        or "," not in text[line : first.start]
    ):
        return None
    if SIGN.match(text, first.end) is None:
        return None
    return day if all((_day(one) or day) <= day for one in found[1:]) else None


def _day(one: Expression) -> int | None:
    """The day number of a date that is stated in full."""
    fields = one.fields
    if one.rule.means != "date" or not {"year", "month", "day"} <= fields.keys():
        return None
    year, month, day = stated_year(fields), int(fields["month"]), int(fields["day"])
    return calendar.day_number(year, month, day) if day <= calendar.days_in_month(year, month) else None
