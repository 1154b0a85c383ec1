"""What two expressions beside one another are to each other.

"Two years earlier, on 6 September" is one day; "13 (25) July" is one day in two calendars; "five days after they had
captured Karvol" dates what follows where the sentence has a date of its own.  What belongs here: such pairs.  What does
not: ranges (``surroundings``) and single expressions (``meanings``).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import structs

from frontledger.mentions import calendar
from frontledger.mentions.meanings import read
from frontledger.mentions.moments import Moment
from frontledger.mentions.narrative import Narrative
from frontledger.mentions.readings import Expression, Reading, Scalar
from frontledger.mentions.surroundings import same_sentence
from frontledger.model import Time

__all__ = ["count_from_events", "is_bare_number", "one_day_in_two_calendars", "said_beside"]

BESIDE = re.compile(r",?\s+(?:\w{1,2}\s+)?(?:\w{1,3}\s+)?")
"""What may stand between "two years earlier" and its day: a comma, a preposition, an article."""
BEHIND = re.compile(r",?\s+")
"""What may stand between a day and "two years earlier"."""
NUMBER = re.compile(r"\d{1,2}\.?(?:-\w{1,3})?\)")
LONGEST = 12
DAYS_OF = {"D": 1, "W": 7}
REFORM = 1582
SENTENCE = 400
"""Characters within which the sentence's own date is looked for."""


def said_beside(
    text: str, found: list[Expression], number: int, last: Reading | None, narrative: Narrative
) -> dict[str, Scalar]:
    """The year (and month) that the expression takes from "two years earlier" or "the following month" right beside it."""
    one = found[number]
    fields = one.fields
    if one.rule.means != "date" or "year" in fields or "yy" in fields or not fields.keys() & {"month", "day"}:
        return {}
    if number and last is not None and last.moment is not None and _counts(found[number - 1]):
        between = text[found[number - 1].end : one.start]
        if len(between) <= LONGEST and BESIDE.fullmatch(between):
            return _of(last.moment, fields)
    if number + 1 < len(found) and _counts(found[number + 1]):
        after = found[number + 1]
        if after.start - one.end <= LONGEST and BEHIND.fullmatch(text, one.end, after.start):
            moment = read(after, narrative).moment
            return _of(moment, fields) if moment is not None else {}
    return {}


def _counts(one: Expression) -> bool:
    """Whether an expression counts years or months."""
    return one.rule.means == "shift" and one.fields.get("unit") in ("Y", "M") and "month" not in one.fields


def _of(moment: Moment, fields: dict[str, Scalar]) -> dict[str, Scalar]:
    if moment.unit == "Y" and "month" in fields:
        said: dict[str, Scalar] = {"year": moment.year}
    elif moment.unit == "M" and moment.month is not None and "month" not in fields:
        said = {"year": moment.year, "month": moment.month}
    else:
        return {}
    if moment.year <= 0:
        said |= {"year": 1 - moment.year, "era": "BC"}
    return said


def is_bare_number(text: str, one: Expression, before: Reading | None, reading: Reading) -> bool:
    """Whether a number in brackets is none of the day before it in the other calendar, but something else."""
    if NUMBER.match(text, one.start) is None:
        return False
    if before is None or before.moment is None or reading.moment is None:
        return True
    old, new = before.moment.number(), reading.moment.number()
    return old is None or new is None or not _apart(min(old, new), max(old, new))


def _apart(old: int, new: int) -> bool:
    """Whether ``old`` is the Julian date of the day ``new``: 10 days less from 1582, 11 from 1700, and so on."""
    year, month, _ = calendar.civil(old)
    year -= month <= 2
    return year >= REFORM and new - old == year // 100 - year // 400 - 2


def one_day_in_two_calendars(text: str, times: list[Time]) -> None:
    """Give both spellings of a day ("14/26 August 1813") the day of the new calendar."""
    for number in range(len(times) - 1):
        first, second = times[number], times[number + 1]
        if second.start - first.end > 3 or not _is_day(first) or not _is_day(second):
            continue
        if text[first.end : second.start].strip(" ,") not in ("/", "(", "["):
            continue
        old, new = sorted(calendar.parse_iso(one.earliest) for one in (first, second))  # type: ignore[arg-type]
        if _apart(old, new):
            day = calendar.iso(new)
            times[number : number + 2] = [
                structs.replace(one, earliest=day, latest=day, stretch=(day, day)) for one in (first, second)
            ]


def _is_day(time: Time) -> bool:
    return time.earliest is not None and time.earliest == time.latest and time.type in {"DATE", "TIME"}


def count_from_events(text: str, times: list[Time], found: list[Expression]) -> None:
    """Date what "five days after the fall of Karvol" speaks of.

    Where the sentence has a day of its own, the fall was so many days before it; else the sentence happened so many
    days after where the narrative stood.
    """
    days = [number for number, time in enumerate(times) if _is_day(time) and time.moves]
    starts = [times[number].start for number in days]
    for number, one in enumerate(found):
        size = DAYS_OF.get(str(one.fields.get("unit")), 0)
        count = str(one.fields.get("count", ""))
        if not one.counts or not size or not count.isdecimal():
            continue
        steps = one.counts * size * int(count)
        at = bisect_left(starts, one.start)
        own = next(
            (
                times[days[k]]
                for k in (at - 1, at)
                if 0 <= k < len(days)
                and abs(starts[k] - one.start) <= SENTENCE
                and same_sentence(text, *sorted((starts[k], one.start)))
            ),
            None,
        )
        if own is not None:
            day = calendar.iso(calendar.parse_iso(own.earliest or "") - steps)
            times[number] = structs.replace(
                times[number], earliest=day, latest=day, basis="relative", counts=True, background=True
            )
        elif at and size == 1:
            day = calendar.iso(calendar.parse_iso(times[days[at - 1]].earliest or "") + steps)
            times[number] = structs.replace(
                times[number], earliest=day, latest=day, basis="relative", counts=True
            )
