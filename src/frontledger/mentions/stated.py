"""Dates that say what they are, in full or in part: "5 November", "1552", "on the 23rd", "Tuesday", "at dawn".

What belongs here: completing such a date from where the narrative stands.  What does not: expressions that count
from a date (``relative``) and words.
"""

from __future__ import annotations

from frontledger.mentions import calendar
from frontledger.mentions.moments import Moment, of_day
from frontledger.mentions.narrative import Narrative
from frontledger.mentions.readings import Reading, Scalar, clock_of, finished, stated_year, unanchored
from frontledger.model import Basis

__all__ = ["read_date"]

FAR_BEHIND = 18
"""Days back from which a day without a month is one of the next month."""


def read_date(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """The date that the fields state, completed from the narrative where they lack a year or month."""
    before = fields.get("era") == "BC"
    if "holiday" in fields:
        fields = fields | _feast(str(fields["holiday"]), fields, narrative)
    if "republican" in fields:
        return _republican(fields, narrative)
    if "dtg" in fields:
        fields = fields | _date_time_group(str(fields["dtg"]), fields, narrative)
    if "numeric" in fields:
        fields = fields | _numeric(str(fields["numeric"]))
    if "century" in fields:
        century = int(fields["century"])
        first = -(century * 100 - 1) if before else (century - 1) * 100
        return finished(Moment("C", first), fields, "explicit")
    if "decade" in fields:
        return _decade(fields, narrative, before=before)
    basis: Basis = "explicit"
    month = int(fields["month"]) if "month" in fields else None
    day = int(fields["day"]) if "day" in fields else None
    season = str(fields["season"]) if "season" in fields else None
    if "year" in fields:
        if "era" not in fields and int(fields["year"]) < 1000 and (narrative.known_year() or 1) <= 0:
            fields = fields | {"era": "BC"}
        if "bare" in fields and "era" not in fields and not narrative.is_early():
            return Reading("DATE", None)  # only where the account tells of such years is "in 216 X" one
        year: int | None = stated_year(fields)
    elif "yy" in fields:
        year = _full_year(int(fields["yy"]), narrative)
    elif month is None and season is None and day is None:
        return _time_of_day(fields, narrative)
    else:
        basis = "inherited"
        if month is None and day is not None:
            year, month = (
                _month_of_label(narrative) if "label" in fields else _month_of_day(day, fields, narrative)
            )
            if year is None and "label" in fields:
                return Reading("DATE", None)
        else:
            year = narrative.year_of(month, season)
            if "until_month" in fields:
                last = narrative.year_of(int(fields["until_month"]))
                year = last - 1 if last is not None else None
            if year is not None and narrative.would_be_far_ahead(year, month):
                year -= 1
            at = narrative.at
            if "passing" in fields and year and at and (year, month or 1) > (at.year, at.month or 12):
                year -= 1
    if year is None:
        return unanchored(month, day, season, fields)
    if month is not None:
        if day is not None:
            if "clamp" in fields:
                day = min(day, calendar.days_in_month(year, month))  # "the last day of June"
            if day > calendar.days_in_month(year, month):
                return finished(Moment("M", year, month), fields, basis)
            return finished(Moment("D", year, month, day), fields, basis)
        reading = finished(Moment("M", year, month), fields, basis)
        if "ordinal" in fields:
            reading.span = _week_of_month(year, month, int(fields["ordinal"]))
        return reading
    if season is not None:
        january = 1 if season == "WI" and basis == "inherited" else None
        return finished(Moment("S", year, january, season=season), fields, basis)
    return finished(Moment("Y", year), fields, basis)


def _feast(said: str, fields: dict[str, Scalar], narrative: Narrative) -> dict[str, Scalar]:
    """Month and day of a feast: "12-25", or counted in days from Easter, "easter+49"."""
    if not said.startswith("easter"):
        month_text, _, day_text = said.partition("-")
        return {"month": int(month_text), "day": int(day_text)}
    stated = stated_year(fields) if "year" in fields else narrative.year_of(4)
    year = stated if stated is not None else 1
    month, day = calendar.easter(year)
    _year, month, day = calendar.civil(
        calendar.day_number(year, month, day) + int(said.removeprefix("easter"))
    )
    return {"month": month, "day": day}


def _republican(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    """A date of the French Republican calendar; without its year, the one nearest to where the narrative is."""
    month, day = int(fields["republican"]), int(fields.get("day", 1))
    known = narrative.known_year()
    years = [int(fields["republican_year"])] if "republican_year" in fields else []
    if not years and known is not None:
        years = [known - 1792, known - 1791]
    dates = [found for year in years if (found := calendar.republican(year, month, day)) is not None]
    best = next((date for date in dates if len(years) == 1 or date[0] == known), None)
    if best is None:
        return Reading("DATE", None)
    if "day" in fields:
        return finished(Moment("D", *best), fields, "explicit")
    first = calendar.day_number(*best)
    reading = finished(Moment("M", best[0], best[1]), fields, "explicit")
    reading.span = first, first + 29
    return reading


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Months of a military date-time group, the same in every language (ACP 121)."""
ZONE_ENDS = len("120600Z")
FIRST_GROUPS = 39
"""Two-digit years of date-time groups from this one on are of the twentieth century, if nothing else is known."""


def _date_time_group(group: str, fields: dict[str, Scalar], narrative: Narrative) -> dict[str, Scalar]:
    """Day, hour, month and year of "120600ZJUN44"."""
    said: dict[str, Scalar] = {"day": int(group[:2]), "hhmm": int(group[2:6])}
    if len(group) > ZONE_ENDS:
        said["month"] = MONTHS.index(group[ZONE_ENDS:].lower()) + 1
    if "yy" in fields:
        year = int(fields["yy"])
        known = _full_year(year, narrative)
        said["year"] = known if known is not None else year + (1900 if year >= FIRST_GROUPS else 2000)
    return said


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
    return finished(Moment("E", -(decade + 8) if before else decade), fields, "explicit")


def _time_of_day(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    if "weekday" in fields:
        return _weekday(fields, narrative)
    clock = clock_of(fields)
    base = narrative.base(from_document="from" in fields)
    if narrative.reported and (base is None or base.unit != "D"):
        base = narrative.base(from_document=True)
    if base is not None and base.unit == "D":
        return finished(base, fields, "inherited")
    return Reading("TIME", f"XXXX-XX-XXT{clock}", basis="undated")


def _weekday(fields: dict[str, Scalar], narrative: Narrative) -> Reading:
    wanted = int(fields["weekday"])
    base = narrative.base(from_document=True)
    number = base.number() if base is not None else None
    if number is None:
        number = narrative.document
    if number is None:
        clock = clock_of(fields)
        value = f"XXXX-WXX-{wanted}" + (f"T{clock}" if clock else "")
        return Reading("TIME" if clock else "DATE", value, basis="undated")
    if number == narrative.document:
        number -= (calendar.weekday(number) - wanted) % 7
    else:
        number += (wanted - calendar.weekday(number)) % 7
    return finished(of_day(number), fields, "relative")


def _week_of_month(year: int, month: int, number: int) -> tuple[int, int]:
    """Seven days: the first are 1 to 7; the last, and any beyond the fourth, the month's last seven."""
    first, last = calendar.month_span(year, month)
    return (
        (first + 7 * number - 7, first + 7 * number - 1) if number * 7 <= last - first else (last - 6, last)
    )


def _month_of_label(narrative: Narrative) -> tuple[int | None, int | None]:
    """The month of the heading that a list's day labels stand under."""
    section = narrative.section
    return (None, None) if section is None or section.month is None else (section.year, section.month)


def _month_of_day(day: int, fields: dict[str, Scalar], narrative: Narrative) -> tuple[int | None, int | None]:
    """The narrative's month; the next one where the day would lie far behind: "on the 31st … on the 3rd"."""
    base = narrative.base()
    if base is None or base.month is None:
        return None, None
    if (
        base.day is not None
        and base.day - day >= FAR_BEHIND
        and not fields.keys() & {"passing", "aside", "inside"}
    ):
        return calendar.add_months(base.year, base.month, 1)
    return base.year, base.month
