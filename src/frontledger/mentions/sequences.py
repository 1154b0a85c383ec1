"""What an expression takes from those before it: the sixth day of an offensive, the hours after midnight.

What belongs here: days and hours that count on from others of the account.  What does not: expressions that stand right
beside one another (``pairs``) and where the narrative is (``narrative``).
"""

from __future__ import annotations

import re

from msgspec import structs

from frontledger.mentions import calendar
from frontledger.mentions.readings import Expression
from frontledger.model import Time

__all__ = ["number_days", "pass_midnight"]

BESIDE = 5
"""Characters between "the fourth day" and its date."""
NEAR = 300
"""Characters within which hours follow one another."""
LATE, EARLY = 20, 6
"""Hours of an evening, and of the morning after it."""
LONGEST = 31
HOUR = re.compile(r"T(\d\d):\d\d\Z")


def number_days(times: list[Time], found: list[Expression]) -> None:
    """Date "the sixth day" where "the fourth day, 24 March" told when the first one was, and "the last day" of a range."""
    first: int | None = None
    for number, one in enumerate(found):
        if one.rule.means != "period" or "inside" not in one.fields:
            continue
        time = times[number]
        ordinal = int(one.fields.get("ordinal", LONGEST))
        if ordinal >= LONGEST:
            stretch = times[number - 1].stretch if number else None
            if stretch is not None and time.start - times[number - 1].end <= NEAR:
                times[number] = structs.replace(
                    time, earliest=stretch[1], latest=stretch[1], basis="relative"
                )
            continue
        day = _day_beside(times, number)
        if day is not None:
            first = day - ordinal + 1
        if first is not None and ordinal > 1:
            on = calendar.iso(first + ordinal - 1)
            times[number] = structs.replace(time, earliest=on, latest=on, basis="relative")


def _day_beside(times: list[Time], number: int) -> int | None:
    """The day number of a day that is told right beside a mention."""
    time = times[number]
    for other in times[max(0, number - 1) : number + 2]:
        if other is time or other.earliest is None or other.earliest != other.latest:
            continue
        if max(time.start, other.start) - min(time.end, other.end) <= BESIDE and other.type == "DATE":
            return calendar.parse_iso(other.earliest)
    return None


def pass_midnight(times: list[Time], found: list[Expression]) -> None:
    """Put an early hour that follows a late one of the same day on the next day: "at 22:00 on 3 May, and at 02:00"."""
    late: tuple[int, str] | None = None
    for number, time in enumerate(times):
        match = HOUR.search(time.value or "")
        if match is None:
            continue
        day = time.earliest if time.earliest == time.latest else None
        if day is None and number + 1 < len(times) and times[number + 1].start - time.end <= BESIDE:
            day = times[number + 1].earliest  # "at 22:00 on 3 May"
        one, hour = found[number], int(match[1])
        plain = not one.aside and not one.fields.keys() & {"day", "count", "direction"}
        if late is not None and plain and hour < EARLY and day == late[1] and time.start - late[0] <= NEAR:
            day = calendar.iso(calendar.parse_iso(late[1]) + 1)
            times[number] = structs.replace(time, value=f"{day}{match[0]}", earliest=day, latest=day)
        if day is not None:
            late = (time.end, day) if hour >= LATE else None
