"""Which year a date that states none belongs to.

A narrative leaves a trail of dates.  An incomplete date continues one of the last of them: going on a little is
likely, going back less so, crossing a new year unsaid less still; a heading's year holds for its section.  What
belongs here: that choice and its weights.  What does not: how expressions are read.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from frontledger.mentions.moments import Moment

__all__ = ["Trail"]

REMEMBERED = 4
"""Dates of the trail that an incomplete one may continue."""
STALE = 4.0
"""Cost of passing over a later date of the trail."""
BACKWARD = 2.0
"""Cost of a month back; a month on costs 1."""
RESTART = 11.0
"""Cost of going back any further: the account begins again with another thread."""
CROSSING = 6.5
"""Cost of entering another year without saying so."""
RETURN = 1.5
"""Cost of going back over a later year that the narrative had come to, outside of a section with a year."""
ASIDE = 4.0
"""Cost of continuing a date that looked back in the middle of a sentence."""
HEADING = 10.0
"""What the year of the section's heading is worth."""
YEAR_ONLY = 4.0
"""Cost of continuing a bare year, wherever in it."""
AHEAD, BEHIND = 0.1, 0.6
"""Cost of every month by which the next stated date lies ahead of, or behind, the incomplete one."""
FAR_AHEAD = 12
SEASON_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


@dataclass(slots=True)
class Trail:
    """The last dates that the narrative was at, latest first, and its section's year."""

    dates: deque[tuple[Moment, bool]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    section: int | None = None

    def add(self, moment: Moment, *, aside: bool) -> None:
        """Note a date; ``aside`` where it looked back in the middle of a sentence."""
        if moment.unit in "YSMDW":
            self.dates.appendleft((moment, aside))

    def year_of(
        self, month: int, ahead: tuple[int, int] | None = None, *, season: bool = False
    ) -> int | None:
        """The likeliest year of this month, or of the ``season`` around it; None on an empty trail without a heading.

        ``ahead`` is the next year and month that the text states together.
        """
        best: tuple[float, int] | None = None
        for age, (moment, aside) in enumerate(self.dates):
            for year in (moment.year, moment.year + 1, moment.year - 1):
                cost = STALE * age + ASIDE * aside + _distance(moment, year, month)
                if ahead is not None:
                    cost += _ahead(ahead, year, month)
                latest, passing = self.dates[0]
                if age and self.section is None and not (passing or season) and year < latest.year:
                    cost += RETURN
                if year == self.section:
                    cost -= HEADING
                if best is None or cost < best[0]:
                    best = cost, year
        return self.section if best is None else best[1]


def _distance(moment: Moment, year: int, month: int) -> float:
    """How unlikely the narrative is to go from ``moment`` to that month of that year."""
    crossing = CROSSING if year != moment.year else 0.0
    at = moment.month if moment.month is not None else SEASON_MONTHS.get(moment.season or "")
    if at is None:
        return YEAR_ONLY + 2 * crossing
    months = (year - moment.year) * 12 + month - at
    return crossing + (months if months >= 0 else min(-BACKWARD * months, RESTART))


def _ahead(ahead: tuple[int, int], year: int, month: int) -> float:
    """How unlikely a date is before the next one that is stated in full."""
    months = (ahead[0] - year) * 12 + ahead[1] - month
    return AHEAD * min(months, FAR_AHEAD) if months >= 0 else BEHIND * min(-months, FAR_AHEAD)
