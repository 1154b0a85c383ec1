"""What a time expression means, given where the narrative stands.

One function for each meaning that a rule can have (``means`` in ``dates.toml``): a date, a shift from the
narrative's date, the next of a name, a duration, a set.  What does not belong here: words, and moving the narrative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from frontledger.mentions import calendar
from frontledger.mentions.moments import Moment, bounds, of_day, timex, truncated
from frontledger.mentions.narrative import NEAR_DOCUMENT, Narrative
from frontledger.model import Basis

if TYPE_CHECKING:
    from frontledger.languages.timetable import Rule

__all__ = ["Expression", "Reading", "Scalar", "read", "stated_year"]

Scalar = int | str
NEAR_YEARS = 730
"""Days within which "last year" is counted from the document's date and not from the narrative's."""
TimeType = Literal["DATE", "TIME", "DURATION", "SET", "VAGUE"]


@dataclass(slots=True)
class Expression:
    """A time expression before it is resolved."""

    start: int
    end: int
    rule: Rule
    fields: dict[str, Scalar]
    passing: bool = False
    """Whether the words beside it keep it from moving the narrative ("since December")."""


@dataclass(slots=True)
class Reading:
    """What an expression was found to mean."""

    type: TimeType
    value: str | None
    moment: Moment | None = None
    basis: Basis = "explicit"
    moves: bool = False
    span: tuple[int, int] | None = None
    """First and last day that it may mean where no moment says so."""


def stated_year(fields: dict[str, Scalar]) -> int:
    """The astronomical year that an expression states."""
    year = int(fields["year"])
    return 1 - year if fields.get("era") == "BC" else year


def read(one: Expression, narrative: Narrative) -> Reading:
    """What the expression means where the narrative now stands."""
    means, fields = one.rule.means, one.fields
    if means == "date":
        reading = _read_date(fields | {"passing": 1} if one.passing else fields, narrative)
    elif means == "shift":
        reading = _read_shift(fields, narrative)
    elif means == "next":
        reading = _read_next(fields, narrative)
    elif means == "duration":
        return Reading("DURATION", _duration(fields))
    elif means == "set":
        return Reading("SET", _set_value(fields))
    elif means == "reference":
        return Reading("TIME" if fields.get("type") == "TIME" else "DURATION", str(fields["value"]))
    elif means == "vague":
        return Reading("VAGUE", None, basis="bounded")
    else:
        return _period(fields, narrative)
    reading.moves = one.rule.moves and not one.passing and reading.moment is not None
    if reading.moment is not None and reading.moment.clock:
        reading.type = "TIME"
    return reading


def _period(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """A stretch that has no value of its own; "the third day" lies somewhere in the narrative's month."""
    at = narrative.at
    if "inside" not in fields:
        return Reading("DATE", None)
    if at is None or at.month is None:
        return Reading("DATE", "XXXX-XX-XX", basis="undated")
    value = replace(Moment("M", at.year, at.month, open="-XX"), clock=_clock(fields))
    return Reading("TIME" if value.clock else "DATE", timex(value), value, "bounded")


def _finished(moment: Moment, fields: dict[str, Scalar], basis: Basis) -> Reading:
    """The reading of a moment with its part, time of day and value."""
    part = fields.get("half_year", fields.get("part"))
    if part is not None:
        moment = replace(moment, part=str(part))
    clock = _clock(fields)
    if clock:
        value = replace(moment, clock=clock)
        if moment.unit == "M":
            value = replace(value, open="-XX")
        return Reading("TIME", timex(value), value, basis)
    return Reading("DATE", timex(moment), moment, basis)


def _clock(fields: dict[str, Scalar]) -> str | None:
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


def _read_date(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    before = fields.get("era") == "BC"
    if "holiday" in fields:
        month_text, _, day_text = str(fields["holiday"]).partition("-")
        fields = fields | {"month": int(month_text), "day": int(day_text)}
    if "numeric" in fields:
        fields = fields | _numeric(str(fields["numeric"]))
    if "century" in fields:
        century = int(fields["century"])
        first = -(century * 100 - 1) if before else (century - 1) * 100
        return _finished(Moment("C", first), fields, "explicit")
    if "decade" in fields:
        return _decade(fields, narrative, before=before)
    basis: Basis = "explicit"
    month = int(fields["month"]) if "month" in fields else None
    day = int(fields["day"]) if "day" in fields else None
    season = str(fields["season"]) if "season" in fields else None
    if "year" in fields:
        if "era" not in fields and int(fields["year"]) < 1000 and (narrative.known_year() or 1) <= 0:
            fields = fields | {"era": "BC"}
        year: int | None = stated_year(fields)
    elif "yy" in fields:
        year = _full_year(int(fields["yy"]), narrative)
    elif month is None and season is None and day is None:
        return _time_of_day(fields, narrative)
    else:
        basis = "inherited"
        if month is None and day is not None:
            year, month = _month_of_day(narrative)
        else:
            year = narrative.year_of(month, season)
            if "until_month" in fields:
                last = narrative.year_of(int(fields["until_month"]))
                year = last - 1 if last is not None else None
            at = narrative.at
            if "passing" in fields and year and at and (year, month or 1) > (at.year, at.month or 12):
                year -= 1
    if year is None:
        return _unanchored(month, day, season, fields)
    if month is not None:
        if day is not None:
            if day > calendar.days_in_month(year, month):
                return _finished(Moment("M", year, month), fields, basis)
            return _finished(Moment("D", year, month, day), fields, basis)
        return _finished(Moment("M", year, month), fields, basis)
    if season is not None:
        january = 1 if season == "WI" and basis == "inherited" else None
        return _finished(Moment("S", year, january, season=season), fields, basis)
    return _finished(Moment("Y", year), fields, basis)


def _numeric(text: str) -> dict[str, Scalar]:
    first, month, last = (int(part) for part in text.split("."))
    year, day = (first, last) if first > 31 else (last, first)
    return {"year": year, "month": month, "day": day}


def _full_year(short: int, narrative: Narrative) -> int | None:
    known = narrative.known_year()
    if known is None:
        return None
    year = known - known % 100 + short
    return min((year - 100, year, year + 100), key=lambda one: abs(one - known))


def _decade(fields: dict[str, Scalar], narrative: Narrative, *, before: bool) -> Reading:
    decade = int(fields["decade"])
    if decade < 100 and not before:
        known = narrative.known_year() or 1999
        decade += max(century for century in range(0, known + 1, 100) if decade + century <= known)
    return _finished(Moment("E", -(decade + 8) if before else decade), fields, "explicit")


def _unanchored(month: int | None, day: int | None, season: str | None, fields: dict[str, Scalar]) -> Reading:
    """A date in no known year: a value with X, and no days to bound it."""
    value = "XXXX"
    if season:
        value += f"-{season}"
    if month:
        value += f"-{month:02d}"
    if day:
        value += f"-{day:02d}" if month else f"-XX-{day:02d}"
    clock = _clock(fields)
    return Reading("TIME" if clock else "DATE", value + (f"T{clock}" if clock else ""), basis="undated")


def _time_of_day(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    if "weekday" in fields:
        return _weekday(fields, narrative)
    clock = _clock(fields)
    base = narrative.base(from_document="from" in fields)
    if base is not None and base.unit == "D":
        return _finished(base, fields, "inherited")
    return Reading("TIME", f"XXXX-XX-XXT{clock}", basis="undated")


def _weekday(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    wanted = int(fields["weekday"])
    base = narrative.base(from_document=True)
    number = base.number() if base is not None else None
    if number is None:
        number = narrative.document
    if number is None:
        clock = _clock(fields)
        value = f"XXXX-WXX-{wanted}" + (f"T{clock}" if clock else "")
        return Reading("TIME" if clock else "DATE", value, basis="undated")
    if number == narrative.document:
        number -= (calendar.weekday(number) - wanted) % 7
    else:
        number += (wanted - calendar.weekday(number)) % 7
    return _finished(of_day(number), fields, "relative")


def _month_of_day(narrative: Narrative) -> tuple[int | None, int | None]:
    base = narrative.base()
    return (None, None) if base is None or base.month is None else (base.year, base.month)


def _base_for(fields: dict[str, Scalar], narrative: Narrative) -> Moment | None:
    near = NEAR_YEARS if fields.get("unit") == "Y" else NEAR_DOCUMENT
    return narrative.base(from_document=fields.get("from") == "document", near=near)


def _read_shift(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """So many days, months, years from where the narrative is; then a month, season or part of that."""
    unit = str(fields["unit"])
    base = _base_for(fields, narrative)
    if unit == "now":
        return Reading("DATE", timex(base), base, "relative") if base is not None else Reading("DATE", None)
    count = fields.get("count", 1)
    direction = int(fields.get("direction", 1))
    if count == "X":
        return _some_later(unit, direction, base)
    if "far" in fields and (base is None or base.number() is None or base.number() != narrative.document):
        return Reading("DURATION", str(fields["far"]))
    if base is None:
        return Reading(
            "DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX"), basis="undated"
        )
    said = narrative.said
    if said is not None and (
        (unit == "Y" and (direction == 0 or float(count) == 0 or said.year > base.year))
        or (unit == "E" and said.unit == "E")
    ):
        base = said
    unit, steps = _whole_steps(unit, float(count) + float(fields.get("more", 0)))
    if unit == "W" and "count" in fields and steps:
        unit, steps = "D", 7 * steps
    moment = _shifted(base, unit, steps * direction)
    if moment is None:
        month = f"-{base.month:02d}" if base.month else "-XX"
        days = steps * direction * {"D": 1, "W": 7}.get(unit, 0)
        first, last = bounds(base)
        span = (first + days, last + days) if base.unit in "SMY" else None
        return Reading("DATE", timex(Moment("Y", base.year)) + month + "-XX", basis="bounded", span=span)
    if "month" in fields or "season" in fields or "weekday" in fields:
        moment = _within(moment, fields)
    return _finished(moment, fields, "relative")


def _some_later(unit: str, direction: int, base: Moment | None) -> Reading:
    """No value for "a few days later"; "a few hours later" at least means the same day."""
    if direction < 0:
        return Reading("DURATION", "PAST_REF")
    same_day = unit.startswith("T") and base is not None and base.unit == "D"
    return Reading("TIME", "FUTURE_REF", basis="relative", span=bounds(base) if base and same_day else None)


def _whole_steps(unit: str, count: float) -> tuple[str, int]:
    """The count in whole units: half a year is six months, half a week three days."""
    if count.is_integer():
        return unit, int(count)
    smaller, size = {"C": ("Y", 100), "E": ("Y", 10), "Y": ("M", 12), "W": ("D", 7)}.get(unit, (unit, 1))
    return smaller, int(count * size)


def _within(moment: Moment, fields: dict[str, Scalar]) -> Moment:
    """The month, season or weekday inside a shifted year or week."""
    if "month" in fields:
        month = int(fields["month"])
        day = int(fields["day"]) if "day" in fields else None
        return Moment("D" if day else "M", moment.year, month, day)
    if "season" in fields:
        return Moment("S", moment.year, season=str(fields["season"]))
    number = moment.number()
    if number is None:
        return moment
    return of_day(number - calendar.weekday(number) + int(fields["weekday"]))


def _shifted(base: Moment, unit: str, count: int) -> Moment | None:
    """``base`` moved by ``count`` units; None where it is too coarse to count from."""
    if unit.startswith("T"):
        return base if base.unit == "D" else None
    if unit == "WE":
        return _weekend(base, count)
    if unit in ("D", "W"):
        number = base.number()
        if number is None:
            return truncated(base, base.unit) if count == 0 else None
        days = count * (1 if unit == "D" else 7)
        return replace(of_day(number + days), unit="W" if unit == "W" and abs(count) <= 1 else "D")
    if unit == "M":
        if base.month is None:
            return truncated(base, base.unit) if count == 0 else None
        return Moment("M", *calendar.add_months(base.year, base.month, count))
    size = {"Y": 1, "E": 10, "C": 100}[unit]
    moved = replace(base, year=base.year + count * size)
    return truncated(moved, unit)


def _weekend(base: Moment, count: int) -> Moment | None:
    """The weekend that the day lies in or follows, and ``count`` weekends on."""
    number = base.number()
    if number is None:
        return None
    saturday = number - (calendar.weekday(number) + 1) % 7
    in_it = number - saturday < 2
    if count < 0 and not in_it:
        count += 1
    return replace(of_day(saturday + 7 * count), unit="WE")


def _read_next(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """The nearest of a name, forward or back: "next spring", "last July", "the following Tuesday"."""
    base = _base_for(fields, narrative)
    direction = int(fields.get("direction", 1))
    if base is None:
        if "weekday" in fields:
            return Reading("DATE", f"XXXX-WXX-{fields['weekday']}", basis="undated")
        month = int(fields["month"]) if "month" in fields else None
        season = str(fields["season"]) if "season" in fields else None
        return _unanchored(month, None, season, fields)
    if "weekday" in fields:
        number = base.number()
        if number is None:
            return Reading("DATE", f"XXXX-WXX-{fields['weekday']}", basis="undated")
        gap = (int(fields["weekday"]) - calendar.weekday(number)) * direction % 7 or 7
        return _finished(of_day(number + gap * direction), fields, "relative")
    if "month" in fields:
        month = int(fields["month"])
        wraps = base.month is not None and (month - base.month) * direction <= 0
        return _finished(Moment("M", base.year + (direction if wraps else 0), month), fields, "relative")
    season = str(fields["season"])
    order = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
    now = base.month if base.month is not None else order.get(base.season or "", 0)
    wraps = bool(now) and (order[season] - now) * direction <= 0
    return _finished(Moment("S", base.year + (direction if wraps else 0), season=season), fields, "relative")


def _duration(fields: dict[str, Scalar]) -> str:
    unit = str(fields["unit"])
    count = str(fields.get("count", "X")).replace(",", ".") + str(fields.get("more", ""))
    if "half" in fields:
        count = ".5"
    clock = unit.startswith("T")
    code = {"E": "DE", "C": "CE", "S": "Q"}.get(unit, unit.lstrip("T"))
    return f"P{'T' if clock else ''}{count}{code}"


def _set_value(fields: dict[str, Scalar]) -> str:
    if "set" in fields:
        return str(fields["set"])
    unit = str(fields["unit"])
    return _duration({"unit": unit, "count": fields.get("rate", 1)})
