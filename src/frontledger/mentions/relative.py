"""Expressions that count from a date: "two days later", "the next day", "next spring", "last month".

What belongs here: where such an expression counts from, and how far it goes.  What does not: dates that stand on
their own (``stated``) and words.
"""

from __future__ import annotations

from msgspec.structs import replace

from frontledger.mentions import calendar
from frontledger.mentions.moments import Moment, bounds, of_day, timex, truncated
from frontledger.mentions.narrative import NEAR_DOCUMENT, Narrative
from frontledger.mentions.readings import Reading, Scalar, finished, unanchored

__all__ = ["base_for", "counts_from_flashback", "read_next", "read_shift", "span_beside"]

DAYS_OF = {"D": 1, "W": 7, "M": 30}
"""Days of the units that spans beside a date are counted in."""
SOME = {"D": (1, 10), "W": (7, 60), "M": (30, 365)}
"""Least and most days of "some days", "some weeks", "some months"."""
ORDER = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
"""Month that stands for a season where one follows another."""
HOURS = 24
NEAR_YEARS = 730
"""Days within which "last year" is counted from the document's date and not from the narrative's."""


def counts_from_flashback(fields: dict[str, Scalar], narrative: Narrative) -> bool:
    """Whether so many days count from the day that the sentence has just looked back to."""
    return (
        narrative.flashback is not None
        and fields.get("unit") == "D"
        and int(fields.get("direction", 1)) > 0
        and "from" not in fields
    )


def base_for(fields: dict[str, Scalar], narrative: Narrative) -> Moment | None:
    """The date that the expression counts from; None where nothing is known yet."""
    if counts_from_flashback(fields, narrative):
        return narrative.flashback
    if fields.get("from") == "said" and narrative.day is not None:
        return narrative.day  # "on the same day"
    near = NEAR_YEARS if fields.get("unit") == "Y" else NEAR_DOCUMENT
    return narrative.base(from_document=fields.get("from") == "document", near=near)


def read_shift(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """So many days, months, years from where the narrative is; then a month, season or part of that."""
    unit = str(fields["unit"])
    base = base_for(fields, narrative)
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
        (
            unit == "Y"
            and fields.get("from") != "document"
            and (direction == 0 or float(count) == 0 or said.year > base.year)
        )
        or (unit == "E" and said.unit == "E")
    ):
        base = said
    unit, steps = _whole_steps(unit, float(count) + float(fields.get("more", 0)))
    if unit == "W" and "count" in fields and steps:
        unit, steps = "D", 7 * steps
    moment = _shifted(base, unit, steps * direction)
    if "exact" in fields and moment is not None and base.unit == "D" and unit in "YM":
        moment = _same_day_of(moment, base)
    if moment is None:
        month = f"-{base.month:02d}" if base.month else "-XX"
        days = steps * direction * {"D": 1, "W": 7}.get(unit, 0)
        first, last = bounds(base)
        span = (first + days, last + days) if base.unit in "SMY" else None
        return Reading("DATE", timex(Moment("Y", base.year)) + month + "-XX", basis="bounded", span=span)
    if fields.keys() & {"month", "season", "weekday", "day"}:
        moment = _within(moment, fields)
    reading = finished(moment, fields, "relative")
    today = base.number()
    if today is not None:
        if "trailing" in fields:
            reading.span = _some_days(today, today, unit, -1)
        elif moment.unit == "W" and fields.get("part") == "END" and steps == 0:
            first, last = bounds(reading.moment or moment)
            reading.span = max(first, today), last
    return reading


def span_beside(fields: dict[str, Scalar], narrative: Narrative) -> tuple[int, int] | None:
    """The days of a duration that lies beside the narrative's date: "the next three days", "within two weeks",
    "in the past week"; None where it does not, or is longer than days can tell.
    """
    trailing = "trailing" in fields
    base = narrative.base(from_document=trailing)
    count, unit = str(fields.get("count", "X")), str(fields["unit"])
    if "within" in fields and unit.startswith("T"):
        return bounds(base) if base is not None and base.unit == "D" else None
    if trailing and unit == "TH" and count.isdecimal() and base is not None and narrative.reported:
        today = bounds(base)[1]
        return today - -(-int(count) // HOURS), today
    if base is None or unit not in DAYS_OF or not count.isdecimal() or (trailing and not narrative.reported):
        return None
    first, last = bounds(base)
    days = int(count) * DAYS_OF[unit]
    if "inside" in fields and base.unit == unit:
        return first, last  # "within the month", told of a month
    if "within" in fields:
        return first, _months_on(last, int(count)) if unit == "M" else last + days
    if "after" in fields and unit != "M":
        return first + days, last + days
    if first != last or "direction" not in fields:
        return None
    if trailing:
        return first - days + 1, first
    return (first + 1, first + days) if int(fields["direction"]) > 0 else (first - days, first - 1)


def _months_on(day: int, count: int) -> int:
    """The same day of the month so many months on, or the last that it has."""
    year, month, of_month = calendar.civil(day)
    year, month = calendar.add_months(year, month, count)
    return calendar.day_number(year, month, min(of_month, calendar.days_in_month(year, month)))


def _some_days(first: int, last: int, unit: str, direction: int) -> tuple[int, int] | None:
    """The week or month that ends, or begins, with a day."""
    days = DAYS_OF.get(unit)
    if days is None:
        return None
    return (last - days + 1, last) if direction < 0 else (first, first + days - 1)


def _some_later(unit: str, direction: int, base: Moment | None) -> Reading:
    """No value for "a few days later"; "a few hours later" at least means the same day."""
    if direction < 0:
        return Reading("DURATION", "PAST_REF")
    if unit in SOME and base is not None and base.unit == "D":
        return Reading("TIME", "FUTURE_REF", basis="relative", ahead=SOME[unit])
    same_day = unit.startswith("T") and base is not None and base.unit == "D"
    return Reading("TIME", "FUTURE_REF", basis="relative", span=bounds(base) if base and same_day else None)


def _whole_steps(unit: str, count: float) -> tuple[str, int]:
    """The count in whole units: half a year is six months, half a week three days."""
    if unit == "TH" and count >= HOURS and count % HOURS == 0:
        return "D", int(count) // HOURS
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
    if "day" in fields:
        day = int(fields["day"])
        fits = moment.month is not None and day <= calendar.days_in_month(moment.year, moment.month)
        return Moment("D", moment.year, moment.month, day) if fits else moment
    number = moment.number()
    if number is None or "weekday" not in fields:
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


def _same_day_of(moment: Moment, base: Moment) -> Moment:
    """The day of that year or month that has the month and day of ``base``: "to the day"."""
    month, day = moment.month or base.month, base.day
    if month is None or day is None:
        return moment
    return Moment("D", moment.year, month, min(day, calendar.days_in_month(moment.year, month)))


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


def read_next(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """The nearest of a name, forward or back: "next spring", "last July", "the following Tuesday"."""
    base = base_for(fields, narrative)
    direction = int(fields.get("direction", 1))
    if base is None:
        if "weekday" in fields:
            return Reading("DATE", f"XXXX-WXX-{fields['weekday']}", basis="undated")
        month = int(fields["month"]) if "month" in fields else None
        season = str(fields["season"]) if "season" in fields else None
        return unanchored(month, None, season, fields)
    if "weekday" in fields:
        number = base.number()
        if number is None:
            return Reading("DATE", f"XXXX-WXX-{fields['weekday']}", basis="undated")
        gap = (int(fields["weekday"]) - calendar.weekday(number)) * direction % 7 or 7
        return finished(of_day(number + gap * direction), fields, "relative")
    if "month" in fields:
        month = int(fields["month"])
        now = base.month if base.month is not None else ORDER.get(base.season or "")
        wraps = base.unit == "Y" if now is None else (month - now) * direction <= 0
        return finished(Moment("M", base.year + (direction if wraps else 0), month), fields, "relative")
    season = str(fields["season"])
    now = base.month if base.month is not None else ORDER.get(base.season or "", 0)
    wraps = bool(now) and (ORDER[season] - now) * direction <= 0
    wraps = wraps or base.unit == "Y"
    return finished(Moment("S", base.year + (direction if wraps else 0), season=season), fields, "relative")
