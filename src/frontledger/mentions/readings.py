"""What a time expression is before and after it is read, and the pieces that every kind of reading shares.

What belongs here: the expression, its reading, times of day, values with unknown parts.  What does not: the
meanings themselves (``stated``, ``relative``, ``meanings``), words, and moving the narrative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from frontledger.mentions.moments import Moment, timex
from frontledger.model import Basis

if TYPE_CHECKING:
    from frontledger.languages.timetable import Rule

__all__ = ["Expression", "Reading", "Scalar", "clock_of", "finished", "stated_year", "unanchored"]

Scalar = int | str
TimeType = Literal["DATE", "TIME", "DURATION", "SET", "VAGUE"]


class Expression(msgspec.Struct, eq=False):
    """A time expression before it is resolved."""

    start: int
    end: int
    rule: Rule
    fields: dict[str, Scalar]
    passing: bool = False
    """Whether the words beside it keep it from moving the narrative ("since December")."""
    joined: bool = False
    """Whether one rule read it together with the expression before it."""
    opens: bool = False
    """Whether it opens a range that the expression behind it closes."""
    leads: bool = False
    """Whether a clause follows that it dates as well ("said on Monday that …")."""
    after: bool = False
    """Whether something happened later than what it names ("after 5 May")."""
    by: bool = False
    """Whether something had happened by what it names ("by 5 May")."""
    until: bool = False
    """Whether something went on until what it names ("until 5 May")."""
    counts: int = 0
    """1 where it counts on from an event that is named behind it ("five days after the fall"), -1 where it counts back."""
    aside: bool = False
    """Whether it stands in a relative clause or in parentheses."""


class Reading(msgspec.Struct, eq=False):
    """What an expression was found to mean."""

    type: TimeType
    value: str | None
    moment: Moment | None = None
    basis: Basis = "explicit"
    moves: bool = False
    span: tuple[int, int] | None = None
    """First and last day that it may mean where the moment alone does not say so."""
    ahead: tuple[int, int] | None = None
    """Least and most days from the narrative's date, of what has no value: "a few days later"."""


def stated_year(fields: dict[str, Scalar]) -> int:
    """The astronomical year that an expression states."""
    year = int(fields["year"])
    return 1 - year if fields.get("era") == "BC" else year


def finished(moment: Moment, fields: dict[str, Scalar], basis: Basis) -> Reading:
    """The reading of a moment with its part, time of day and value."""
    part = fields.get("half_year", fields.get("part"))
    if part is not None:
        moment = replace(moment, part=str(part))
    clock = clock_of(fields)
    if clock:
        value = replace(moment, clock=clock)
        if moment.unit == "M":
            value = replace(value, open="-XX")
        return Reading("TIME", timex(value), value, basis)
    return Reading("DATE", timex(moment), moment, basis)


def clock_of(fields: dict[str, Scalar]) -> str | None:
    """The part of the value behind ``T``: ``05:30``, ``MO``; None without a time of day."""
    if "hhmm" in fields:
        number = int(fields["hhmm"])
        return f"{number // 100:02d}:{number % 100:02d}"
    if "clock" in fields or "hour" in fields:
        hour, _, minute = str(fields.get("clock", fields.get("hour"))).replace(".", ":").partition(":")
        minute = str(fields.get("minute", minute or "00"))
        number = int(hour)
        half, part = fields.get("half"), fields.get("daypart")
        if number < 12 and (half == "PM" or part in ("AF", "EV") or (part == "NI" and number > 5)):
            number += 12
        elif half == "AM" and number == 12:
            number = 0
        return f"{number:02d}:{int(minute):02d}"
    return str(fields["daypart"]) if "daypart" in fields else None


def unanchored(month: int | None, day: int | None, season: str | None, fields: dict[str, Scalar]) -> Reading:
    """A date in no known year: a value with X, and no days to bound it."""
    value = "XXXX"
    if season:
        value += f"-{season}"
    if month:
        value += f"-{month:02d}"
    if day:
        value += f"-{day:02d}" if month else f"-XX-{day:02d}"
    clock = clock_of(fields)
    return Reading("TIME" if clock else "DATE", value + (f"T{clock}" if clock else ""), basis="undated")
