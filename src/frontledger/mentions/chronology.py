"""Give every time expression its value at its place in the narrative.

A narrative stands at a date; an expression completes itself from it, counts from it, and moves it or not.  What
belongs here: that walk and its rules for years, weekdays and relative expressions.  What does not: words
(``dates.toml``) and calendars.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import structs

from frontledger.mentions import calendar
from frontledger.mentions.datelines import dateline
from frontledger.mentions.meanings import read
from frontledger.mentions.moments import Moment, bounds
from frontledger.mentions.narrative import Narrative
from frontledger.mentions.pairs import (
    count_from_events,
    is_bare_number,
    one_day_in_two_calendars,
    said_beside,
)
from frontledger.mentions.readings import Expression, Reading, stated_year
from frontledger.mentions.relative import counts_from_flashback
from frontledger.mentions.sequences import number_days, pass_midnight
from frontledger.mentions.surroundings import heading_lines, opens_sentence, same_sentence
from frontledger.model import Time

__all__ = ["narrate"]

NEAR_DATELINE = 10
"""Days between a report's first date and its document's."""
LONG_AGO = 366
"""Days within which "by" a day is after where the narrative stood."""
A_LIFETIME = 60
"""Years between two numbers behind months or seasons that are taken for years where an account states no other."""
A_FEW_WORDS = 300
"""Characters within which "the same day" is a day that was only named."""
DAY_BY_DAY = 1
"""Days to the next date within which "later" means later on the same day."""


def narrate(
    text: str,
    found: list[Expression],
    document_date: str | None = None,
    year: int | None = None,
    titled: int | None = None,
) -> list[Time]:
    """The expressions as :class:`~frontledger.model.Time`, in the order of the text; ``year`` is what an account
    that states none itself is known to be about, ``titled`` the year that its title gives.
    """
    document = calendar.parse_iso(document_date) if document_date else dateline(text, found)
    stated = _first_year(found)
    narrative = Narrative(
        document,
        next((y for y in (titled, stated, year) if y is not None), None),
        reported=_is_report(found, document),
    )
    narrative.trail.section = titled
    readings: list[Reading] = []
    kept: list[Expression] = []
    stood: list[tuple[Moment, ...]] = []
    vague: list[tuple[int, Moment | None]] = []
    ahead = _dates_ahead(found)
    lines = heading_lines(text)
    headings = _headings(lines, found)
    to_come = [start for start, _ in reversed(lines)]
    looked_back, glanced, named_day = 0, 0, -1
    for number, given in enumerate(found):
        one = given if narrative.is_early() else _without_count(text, given)
        narrative.ahead = ahead[number]
        if one.start - named_day > A_FEW_WORDS:
            narrative.day = None
        if narrative.flashback is not None and not same_sentence(text, looked_back, one.start):
            narrative.flashback = None
        if narrative.glance is not None and not same_sentence(text, glanced, one.start):
            narrative.glance = None
        while to_come and to_come[-1] <= one.start:
            to_come.pop()
            narrative.leave_section()
        heading = headings.get(number)
        if heading is not None and "year" in one.fields:
            narrative.trail.section = stated_year(one.fields)
        stood.append(narrative.been() if one.by else ())
        looking_back = counts_from_flashback(one.fields, narrative) and one.rule.means == "shift"
        last = readings[-1] if readings and kept[-1] is found[number - 1] else None
        if said := said_beside(text, found, number, last, narrative):
            one.fields |= said
            one.aside = one.aside or (last is not None and not last.moves)
        reading = read(one, narrative)
        if "double" in one.fields and one.joined and is_bare_number(text, one, last, reading):
            stood.pop()
            continue
        reading.moves = reading.moves and not looking_back and not narrative.is_to_come(reading.moment)
        named = one.rule.means != "shift" or reading.moves
        if named and reading.moment is not None and reading.moment.unit == "D" and not one.aside:
            narrative.day = None if same_sentence(text, named_day, one.start) else reading.moment
            named_day = one.start
        if reading.value is None and ("label" in one.fields or "bare" in one.fields):
            stood.pop()
            continue
        if (reading.moment is not None and "year" in one.fields) or (
            reading.moves and narrative.said is not None
        ):
            narrative.said = reading.moment
        if reading.span is None and (
            reading.type == "VAGUE" or reading.value == "FUTURE_REF" or "within" in one.fields
        ):
            vague.append((len(readings), narrative.at))
        if (
            heading
            and reading.moment is not None
            and reading.moment.unit in "YSM"
            and one.rule.means == "date"
        ):
            narrative.enter(reading.moment)
            reading.moves = True
        elif reading.moves and reading.moment is not None:
            opens = opens_sentence(text, one.start)
            reading.moves = narrative.move(reading.moment, reading.basis, opens=opens, aside=one.aside)
            if not reading.moves and one.aside and narrative.look_back(reading.moment):
                looked_back = one.end
            if number == 1 and found[0].opens and len(readings) == 1 and readings[0].moment is not None:
                narrative.return_to(
                    readings[0].moment
                )  # "between October 1991 and January 1992", of all of it
        if (
            one.rule.means == "shift"
            and not (reading.moves or one.aside)
            and narrative.look_back(reading.moment)
        ):
            looked_back = one.end
        if one.rule.means == "shift" and narrative.glance_at(reading):
            glanced = one.end
        readings.append(reading)
        kept.append(one)
    times = [
        _time(text, one, reading, before) for one, reading, before in zip(kept, readings, stood, strict=True)
    ]
    _bound_vague(times, vague, readings)
    _stretch(times, kept)
    one_day_in_two_calendars(text, times)
    count_from_events(text, times, kept)
    number_days(times, kept)
    pass_midnight(times, kept)
    return times


def _without_count(text: str, one: Expression) -> Expression:
    """An expression without the number behind its month or season, which counts something: "in May 536 knights"."""
    fields = one.fields
    if "bare" not in fields or "era" in fields or not ("month" in fields or "season" in fields):
        return one
    words = text[one.start : one.end].rstrip("0123456789").rstrip(" ,")
    kept = {key: value for key, value in fields.items() if key not in {"year", "bare"}}
    return structs.replace(one, end=one.start + len(words), fields=kept)


def _headings(lines: list[tuple[int, int]], found: list[Expression]) -> dict[int, bool]:
    """The expressions that stand in headings, and whether their heading names one time alone."""
    dated: dict[int, list[int]] = {}
    at = 0
    for number, one in enumerate(found):
        while at < len(lines) and lines[at][1] <= one.start:
            at += 1
        if at < len(lines) and lines[at][0] <= one.start:
            dated.setdefault(at, []).append(number)
    return {number: len(numbers) == 1 for numbers in dated.values() for number in numbers}


def _is_report(found: list[Expression], document: int | None) -> bool:
    """Whether the account was written while it happened: its first full date is that of the document, or nearly."""
    if document is None:
        return False
    for one in found:
        fields = one.fields
        if one.rule.means == "date" and "year" in fields:
            if "month" not in fields or "day" not in fields:
                return False
            year, month, day = stated_year(fields), int(fields["month"]), int(fields["day"])
            if day > calendar.days_in_month(year, month):
                return False
            return abs(calendar.day_number(year, month, day) - document) <= NEAR_DATELINE
    return True


def _first_year(found: list[Expression]) -> int | None:
    for one in found:
        if one.rule.means == "date" and "year" in one.fields and "bare" not in one.fields:
            return stated_year(one.fields)
    bare = [int(one.fields["year"]) for one in found if "bare" in one.fields and "era" not in one.fields]
    alike = [first for first, second in pairwise(bare) if 0 <= second - first <= A_LIFETIME]
    return alike[0] if alike else None  # "In the autumn of 535 … In March 537"


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


def _is_term(one: Expression, reading: Reading) -> bool:
    """Whether "by" a date tells of a long time before it: by a whole day that the text states, or the end of a year.

    "By the evening", "by the next day" are close to it, and the end of a month is short.
    """
    moment = reading.moment
    if moment is None or (moment.unit, moment.part) == ("Y", "END"):
        return moment is not None
    return one.rule.means == "date" and moment.unit == "D" and not moment.clock


def _stood(reading: Reading, before: tuple[Moment, ...]) -> str | None:
    """The first day of where the narrative stood last before a day; None where that is long ago or unknown."""
    day = bounds(reading.moment)[0] if reading.moment is not None else 0
    first = next((first for one in before if (first := bounds(one)[0]) <= day), None)
    return calendar.iso(first) if first is not None and day - first <= LONG_AGO else None


def _time(text: str, one: Expression, reading: Reading, before: tuple[Moment, ...]) -> Time:
    earliest = latest = None
    span = reading.span
    if span is None and reading.moment is not None:
        span = bounds(reading.moment)
    if span is not None:
        first, last = span
        earliest, latest = calendar.iso(first), calendar.iso(last)
        if one.after and reading.moment is not None and reading.moment.unit == "D":
            latest = None
    by = one.by and latest is not None and _is_term(one, reading)
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
        background=one.rule.means == "date"
        and reading.type == "DATE"
        and (not one.rule.moves or "attribute" in one.fields),
        since=one.passing,
        leads=one.leads,
        by=by,
        until=one.until,
        stood=_stood(reading, before) if by else None,
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
            some = readings[number].ahead
            if some is not None and at is not None:
                times[number] = _some_days_on(times[number], bounds(at)[1], some, reached)
                continue
            if at is not None and first is not None and reached is not None:
                days = calendar.parse_iso(reached) - calendar.parse_iso(first)
                late = (first if at.unit == "D" and days <= DAY_BY_DAY else reached) if days >= 0 else None
            times[number] = structs.replace(times[number], earliest=first, latest=late, basis="bounded")
        elif readings[number].moves and readings[number].moment is not None:
            reached = times[number].earliest


def _some_days_on(time: Time, day: int, some: tuple[int, int], reached: str | None) -> Time:
    """What was "a few days later": so many days from where the narrative is, and before the next date that it reaches."""
    least, most = day + some[0], day + some[1]
    if reached is not None and least <= calendar.parse_iso(reached) < most:
        most = calendar.parse_iso(reached)
    return structs.replace(time, earliest=calendar.iso(least), latest=calendar.iso(most), basis="bounded")


def _stretch(times: list[Time], found: list[Expression]) -> None:
    """Tell both ends of a range the whole of it."""
    for number, one in enumerate(found[:-1]):
        first, last = times[number], times[number + 1]
        if one.opens and first.earliest and last.latest and {first.type, last.type} <= {"DATE", "TIME"}:
            days = calendar.parse_iso(last.latest) - calendar.parse_iso(first.earliest)
            if days > 0:
                stretch = first.earliest, last.latest
                times[number] = structs.replace(first, stretch=stretch)
                times[number + 1] = structs.replace(last, stretch=stretch)
