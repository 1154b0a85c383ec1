"""What a time expression means, given where the narrative stands.

One function for each meaning that a rule can have (``means`` in ``dates.toml``): a date, a shift from the
narrative's date, the next of a name, a duration, a set.  What does not belong here: words, and moving the narrative.
"""

from __future__ import annotations

from msgspec.structs import replace

from frontledger.mentions.moments import Moment, bounds, timex
from frontledger.mentions.narrative import Narrative
from frontledger.mentions.readings import Expression, Reading, Scalar, clock_of
from frontledger.mentions.relative import read_next, read_shift, span_beside
from frontledger.mentions.stated import read_date

__all__ = ["read"]


def read(one: Expression, narrative: Narrative) -> Reading:
    """What the expression means where the narrative now stands."""
    means, fields = one.rule.means, one.fields
    if means == "date":
        around: dict[str, Scalar] = {"passing": 1} if one.passing else {"aside": 1} if one.aside else {}
        reading = read_date(fields | around if around else fields, narrative)
    elif means == "shift":
        reading = read_shift(fields, narrative)
    elif means == "next":
        reading = read_next(fields, narrative)
    elif means == "duration":
        return Reading(
            "DURATION", duration_value(fields), basis="relative", span=span_beside(fields, narrative)
        )
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
    value = replace(Moment("M", at.year, at.month, open="-XX"), clock=clock_of(fields))
    reading = Reading("TIME" if value.clock else "DATE", timex(value), value, "bounded")
    if fields.get("ordinal") in {1, "1"} and at.unit == "D":
        reading.span = bounds(at)  # "on 14 December they attacked, and took it on the first day"
    return reading


def duration_value(fields: dict[str, Scalar]) -> str:
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
    return duration_value({"unit": unit, "count": fields.get("rate", 1)})
