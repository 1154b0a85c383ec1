"""Give every time expression its value at its place in the narrative.

A narrative stands at a date; an expression completes itself from it, counts from it, and moves it or not.  What
belongs here: that walk and its rules for years, weekdays and relative expressions.  What does not: words
(``dates.toml``) and calendars.
"""

from __future__ import annotations

import re

from msgspec import structs

from frontledger.mentions import calendar
from frontledger.mentions.meanings import read
from frontledger.mentions.moments import Moment, bounds
from frontledger.mentions.narrative import Narrative
from frontledger.mentions.readings import Expression, Reading, stated_year
from frontledger.model import Time

__all__ = ["narrate"]

LONGEST_HEADING = 80
OPENING = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n)\W*(?:\w+\W+){0,2}$")
"""A sentence or line begins, and at most two words stand before the expression ("In early …")."""
REACH = 40
"""Characters before an expression in which its sentence has to begin for it to open the sentence."""


def narrate(text: str, found: list[Expression], document_date: str | None = None) -> list[Time]:
    """The expressions as :class:`~frontledger.model.Time`, in the order of the text."""
    document = calendar.parse_iso(document_date) if document_date else None
    narrative = Narrative(document, _first_year(found))
    readings: list[Reading] = []
    vague: list[tuple[int, Moment | None]] = []
    ahead = _dates_ahead(found)
    for number, one in enumerate(found):
        narrative.ahead = ahead[number]
        if one.rule.means == "date" and "year" in one.fields and _in_heading(text, one):
            narrative.trail.section = stated_year(one.fields)
        reading = read(one, narrative)
        if (reading.moment is not None and "year" in one.fields) or (
            reading.moves and narrative.said is not None
        ):
            narrative.said = reading.moment
        if reading.type == "VAGUE" or (reading.value == "FUTURE_REF" and reading.span is None):
            vague.append((number, narrative.at))
        if reading.moves and reading.moment is not None:
            opens = _opens_sentence(text, one.start)
            reading.moves = narrative.move(reading.moment, reading.basis, opens=opens)
        readings.append(reading)
    times = [_time(text, one, reading) for one, reading in zip(found, readings, strict=True)]
    _bound_vague(times, vague, readings)
    return times


def _first_year(found: list[Expression]) -> int | None:
    for one in found:
        if one.rule.means == "date" and "year" in one.fields:
            return stated_year(one.fields)
    return None


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence, or a line, begins with the expression or its preposition."""
    return OPENING.search(text, max(0, start - REACH), start) is not None


def _dates_ahead(found: list[Expression]) -> list[tuple[int, int] | None]:
    """For every expression the next one's year and month, where both are stated."""
    ahead: list[tuple[int, int] | None] = []
    coming: tuple[int, int] | None = None
    for one in reversed(found):
        ahead.append(coming)
        if one.rule.means == "date" and "year" in one.fields and "month" in one.fields:
            coming = stated_year(one.fields), int(one.fields["month"])
    ahead.reverse()
    return ahead


def _in_heading(text: str, one: Expression) -> bool:
    """Whether the expression stands in a short line that is no sentence."""
    first = text.rfind("\n", max(0, one.start - LONGEST_HEADING), one.start) + 1
    last = text.find("\n", one.end, one.end + LONGEST_HEADING)
    if last < 0 or (first == 0 and one.start > LONGEST_HEADING):
        return False
    line = text[first:last].strip()
    return len(line) < LONGEST_HEADING and line[-1] not in ".!?;,"


def _time(text: str, one: Expression, reading: Reading) -> Time:
    earliest = latest = None
    span = bounds(reading.moment) if reading.moment is not None else reading.span
    if span is not None:
        first, last = span
        earliest, latest = calendar.iso(first), calendar.iso(last)
    return Time(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        type=reading.type,
        value=reading.value,
        earliest=earliest,
        latest=latest,
        basis=reading.basis,
        moves=reading.moves,
        rule=one.rule.name,
    )


def _bound_vague(times: list[Time], vague: list[tuple[int, Moment | None]], readings: list[Reading]) -> None:
    """A vague word lies between the date that the narrative is at and the next one that it reaches."""
    reached: str | None = None
    waiting = dict(vague)
    for number in range(len(times) - 1, -1, -1):
        if number in waiting:
            at = waiting[number]
            first = calendar.iso(bounds(at)[0]) if at is not None else None
            late = None
            if first is not None and reached is not None and not _before(reached, first):
                late = reached
            times[number] = structs.replace(times[number], earliest=first, latest=late, basis="bounded")
        elif readings[number].moves and readings[number].moment is not None:
            reached = times[number].earliest


def _before(one: str, other: str) -> bool:
    return calendar.parse_iso(one) < calendar.parse_iso(other)
