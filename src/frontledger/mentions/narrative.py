"""Where a narrative stands: the date it is at, and the dates that led there.

What belongs here: the state that expressions are read against, and when a date moves it.  What does not: how
expressions are read (``readings``).
"""

from __future__ import annotations

from msgspec.structs import replace

from frontledger.mentions import calendar
from frontledger.mentions.moments import Moment, bounds, of_day
from frontledger.mentions.readings import Reading
from frontledger.mentions.years import SEASON_MONTHS, Trail
from frontledger.model import Basis

__all__ = ["Narrative"]

NEAR_DOCUMENT = 45
"""Days within which "yesterday" is counted from the document's date and not from the narrative's."""

NEXT_YEARS = 3
"""Years by which a bare year may lie ahead of the narrative and still take it there from inside a sentence."""


LONG_AGO = 180
"""Days back from which a month named in passing is no step of the narrative."""


NEXT_MONTHS = 2
"""Months by which a date without a year may lie ahead of a report's own."""


FOUR_DIGITS = 1000
"""The first year that nobody takes for a count."""


class Narrative:
    """Where the narrative stands.  ``at`` is None until something says so."""

    def __init__(self, document: int | None, year: int | None, *, reported: bool = False) -> None:
        self.document = document
        self.reported = reported
        """Whether the account was written while it happened: "last week" is the document's, wherever it looks."""
        self.at: Moment | None = None
        self.trail = Trail()
        self.ahead: tuple[int, int] | None = None
        """The next year and month that the text states together."""
        self.said: Moment | None = None
        """What a year was last said of: "that year" is this one, in passing or not."""
        self.day: Moment | None = None
        """The day that was named last, and not in passing: "the same day" is this one, whether the narrative went there or not."""
        self.flashback: Moment | None = None
        """The day that the sentence looks back to: "the next day" counts from it."""
        self.glance: Moment | None = None
        """The earlier month that the sentence has glanced back to: its next month goes on from there."""
        self.section: Moment | None = None
        """The year, season or month that the section's heading names."""
        self.year = year
        """The year to begin with: the first that the text states."""

    def base(self, *, from_document: bool = False, near: int = NEAR_DOCUMENT) -> Moment | None:
        """The date that a relative expression counts from: the document's for "yesterday" where the narrative is
        within ``near`` days of it, else the narrative's.
        """
        document = of_day(self.document) if self.document is not None else None
        if self.at is None:
            return document
        if from_document and self.reported and document is not None:
            return document
        if from_document and self.document is not None:
            first, last = bounds(self.at)
            if first - near <= self.document <= last + near:
                return document
        return self.at

    def enter(self, moment: Moment) -> None:
        """A heading names the moment: what follows is told from there, whatever stood before."""
        self.at = self.section = replace(moment, clock=None, open="")
        self.trail.dates.clear()
        self.trail.add(moment, aside=False)

    def leave_section(self) -> None:
        """Another heading follows: the month of the last one holds no longer; its year does until told otherwise."""
        self.section = None

    def return_to(self, moment: Moment) -> None:
        """An account has told from when to when it goes: it begins at the first of the two."""
        self.at = replace(moment, clock=None, open="")
        self.trail.add(self.at, aside=False)

    def look_back(self, moment: Moment | None) -> bool:
        """Note the day that a flashback, or what counts from one, speaks of; whether it was one."""
        if moment is None or self.at is None or moment.unit != "D" or self.at.unit != "D":
            return False
        if bounds(moment) >= bounds(self.at) and self.flashback is None:
            return False
        self.flashback = moment
        return True

    def glance_at(self, reading: Reading) -> bool:
        """Note an earlier month or day of a known year that leaves the narrative where it is; whether it was one."""
        moment = reading.moment
        if reading.moves or moment is None or moment.month is None or self.at is None:
            return False
        if bounds(moment)[1] >= bounds(self.at)[0]:
            return False
        self.glance = moment
        return True

    def move(self, moment: Moment, basis: Basis, *, opens: bool, aside: bool = False) -> bool:
        """Go to the moment that was read, unless it is only mentioned in passing.

        ``opens`` says that a sentence begins with it, ``aside`` that a relative clause or parentheses hold it.  A bare year inside a sentence, and a wider stretch around
        the date that the narrative is at, leave it where it is.
        """
        moment = replace(moment, clock=None, open="")
        if aside and self.at is not None and (bounds(moment)[1] < bounds(self.at)[0] or moment.unit in "YEC"):
            return False
        aside = False
        if self.at is not None and basis == "explicit":
            first, last = bounds(moment)
            now, until = bounds(self.at)
            goes_on = 0 < moment.year - self.at.year <= NEXT_YEARS and moment.unit == "Y"
            passing = not (opens or goes_on) and (self.at.unit not in "YEC" or last < now)
            if moment.unit in "YEC" and (passing or (first <= now and until <= last)):
                return False
            aside = not opens and last < now
            if aside and moment.unit != "D" and self.at.unit == "D" and now - last > LONG_AGO:
                return False  # "captured during an offensive of February 2015"
        elif self.at is not None and basis == "relative":
            first, last = bounds(moment)
            now, until = bounds(self.at)
            if first <= now and until <= last and moment.unit != self.at.unit:
                return False
        if opens and basis == "explicit" and moment.year != self.trail.section:
            self.trail.section = None  # the section has told its year
        self.at = moment
        self.trail.add(moment, aside=aside)
        return True

    def been(self) -> tuple[Moment, ...]:
        """Where the narrative is and was, the last first."""
        at = () if self.at is None else (self.at,)
        return at + tuple(moment for moment, _ in self.trail.dates)

    def is_to_come(self, moment: Moment | None) -> bool:
        """Whether a moment lies beyond the day of a report: what is announced for it is no step of the narrative."""
        if not self.reported or moment is None or self.document is None:
            return False
        return bounds(moment)[0] > self.document

    def known_year(self) -> int | None:
        """The year that the narrative is in, or will begin in."""
        if self.at is not None:
            return self.at.year
        if self.year is not None:
            return self.year
        return calendar.civil(self.document)[0] if self.document is not None else None

    def is_early(self) -> bool:
        """Whether the narrative is in a year of fewer than four digits: a number behind a month may be one."""
        year = self.known_year()
        return year is not None and year < FOUR_DIGITS

    def year_of(self, month: int | None, season: str | None = None) -> int | None:
        """The year of a month or season that states none."""
        at = self.at
        if month is None:
            if season == "WI" and at is not None and at.month is not None and at.month > 6:
                return at.year + 1
            month = SEASON_MONTHS.get(season or "", 1)
        elif self.glance is not None and self.glance.month is not None and month >= self.glance.month:
            return self.glance.year
        year = self.trail.year_of(month, self.ahead, season=season is not None)
        if year is None:
            year = self.known_year()
            if year is not None and self.year is None and month > self._document_month():
                year -= 1
        return year

    def would_be_far_ahead(self, year: int, month: int | None) -> bool:
        """Whether a report would speak of months to come: its "27 October" in January is last year's."""
        if not self.reported or self.document is None or month is None:
            return False
        now = calendar.civil(self.document)
        return (year - now[0]) * 12 + month - now[1] > NEXT_MONTHS

    def _document_month(self) -> int:
        return calendar.civil(self.document)[1] if self.document is not None else 12
