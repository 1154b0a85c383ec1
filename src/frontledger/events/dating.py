"""Give every event its date: its own words, the sentence's, or the day the narrative has reached.

What belongs here: which time mention speaks of which event, and EDTF.  What does not: what a time mention
means (``mentions.chronology``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Literal

from msgspec import structs

from frontledger.events.clauses import Clause
from frontledger.mentions.calendar import days_in_month, parse_iso
from frontledger.mentions.surroundings import heading_lines, opens_sentence
from frontledger.model import EventDate, Time

__all__ = ["Timeline", "edtf"]

UNDATED = EventDate(edtf=None, earliest=None, latest=None, basis="undated")
LONGEST_RANGE = 366
"""Days of the longest range that is taken for one date of an event."""
OF = 4
"""Characters between a day and the month that it is one of."""
WORD = re.compile(r"\w")


class Timeline:
    """The time mentions of an account, for finding the one that dates an event."""

    def __init__(self, text: str, times: list[Time], written: str | None = None) -> None:
        self.text = text
        self.written = written if written is not None and len(written) == len("2015-11-16") else None
        dated = [
            time
            for time in times
            if time.type in {"DATE", "TIME", "VAGUE", "DURATION"}
            and (time.earliest or time.latest)
            and not (time.earliest and time.latest and parse_iso(time.earliest) > parse_iso(time.latest))
        ]
        self.ranges: dict[int, tuple[Time, Time]] = {}
        """Both ends of a range, by where each begins."""
        self.times = self._ranges_joined(dated)
        self.starts = [time.start for time in self.times]
        self.headings = [-1, *(start for start, _ in heading_lines(text))]

    def year(self) -> int | None:
        """The year that the account is about: the median of its dated mentions; None when it has none."""
        years = sorted(int(day[:-6]) for time in self.times if (day := time.earliest or time.latest))
        return years[len(years) // 2] if years else None

    def inside(self, start: int, end: int) -> list[Time]:
        """The mentions that begin in ``[start, end)``."""
        return self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def reached(self, offset: int) -> Time | None:
        """The last mention before ``offset`` that moved the narrative."""
        for time in reversed(self.times[: bisect_left(self.starts, offset)]):
            if time.moves:
                return time
        return None

    def _far(self, time: Time, trigger: int) -> tuple[bool, int, int]:
        """How unlikely ``time`` is to date what is announced at ``trigger``: vague words last, then those
        behind a comma, then the farther ones.
        """
        low, high = sorted((time.end, trigger))
        if time.end < trigger and self.text[low] == "," and opens_sentence(self.text, time.start):
            low += 1  # "On 5 May, the army …"
        return (
            time.type == "VAGUE",
            self.text.count(",", low, high),
            abs(time.start - trigger),
        )

    def date(
        self,
        clause_spans: list[tuple[int, int]],
        trigger: int,
        sentence: tuple[int, int],
        *,
        own: Time | None = None,
        lasts: bool = False,
        happens: bool = False,
        goes_on: bool = False,
        named: Literal["noun", "clause"] | None = None,
    ) -> EventDate:
        """The date of the event announced at offset ``trigger``, which a noun or a clause under another may only have
        ``named``; what ``lasts`` begins with a "since", what ``happens``
        did so at some time before a "by", what ``goes_on`` did so from one date to another.

        What an account tells had happened by the day on which it was written.
        """
        found = self._date(
            clause_spans,
            trigger,
            sentence,
            own=own,
            lasts=lasts,
            happens=happens,
            goes_on=goes_on,
            named=named,
        )
        if self.written is None or found.latest is not None:
            return found
        if found.earliest is None:
            return EventDate(edtf=f"../{self.written}", earliest=None, latest=self.written, basis="bounded")
        if parse_iso(found.earliest) > parse_iso(self.written):
            return found
        return structs.replace(found, edtf=f"{found.earliest}/{self.written}", latest=self.written)

    def _date(
        self,
        clause_spans: list[tuple[int, int]],
        trigger: int,
        sentence: tuple[int, int],
        *,
        own: Time | None,
        lasts: bool,
        happens: bool,
        goes_on: bool,
        named: Literal["noun", "clause"] | None,
    ) -> EventDate:
        if own is not None:
            return _dated(own)
        here = [
            time for start, end in clause_spans for time in self.inside(start, end) if lasts or not time.since
        ]
        counted = self._counted(sentence[0], trigger)
        if counted is not None and counted.background and (named or here == [counted]):
            return _dated(counted)
        if counted is not None and (counted.background or named != "noun"):
            counted = None
        here = [time for time in here if time is not counted and not (time.counts and time.background)]
        when = _closest([time for time in here if not time.background])
        if when:
            nearest = min(when, key=lambda time: self._far(time, trigger))
            if goes_on and (nearest.until or nearest.start in self.ranges):
                return self._lasting(nearest, seen=not happens)
            return _bounded(nearest) if nearest.by and happens else _dated(nearest)
        background = [time for time in here if time.basis == "explicit"]
        if background:
            return _dated(min(background, key=lambda time: self._far(time, trigger)))
        earlier = [
            time
            for time in self.inside(sentence[0], trigger)
            if time is not counted and self._holds_on(time, sentence[0])
        ]
        if earlier:
            last = earlier[-1]
            if last.leads and last.start in self.ranges:
                last = self.ranges[last.start][1]  # "from 3 March until 9 May, when it fell"
            bound = last.by and happens and not (last.until and last.leads)
            return _bounded(last, words=False) if bound else _dated(last, words=False)
        reached = self.reached(sentence[0])
        if reached is None:
            return UNDATED
        if self.headings[bisect_left(self.headings, sentence[0]) - 1] > reached.start:
            return self._between(reached, sentence[0])
        return _dated(reached, words=False)

    def _counted(self, start: int, trigger: int) -> Time | None:
        """The days that are counted from the event at ``trigger``: "five days after the fall of Karvol"."""
        found = [time for time in self.inside(start, trigger) if time.counts]
        return found[-1] if found and "," not in self.text[found[-1].end : trigger] else None

    def _between(self, reached: Time, offset: int) -> EventDate:
        """A section that begins without a date: told between the last date before its heading and its first own."""
        following = next(
            (time for time in self.times[bisect_left(self.starts, offset) :] if time.moves), None
        )
        if following is None or not reached.earliest or not following.latest:
            return UNDATED
        if parse_iso(following.latest) < parse_iso(reached.earliest):
            return UNDATED
        window = structs.replace(reached, value=None, latest=following.latest, basis="bounded")
        return structs.replace(_dated(window, words=False), basis="bounded")

    def _holds_on(self, time: Time, sentence: int) -> bool:
        """Whether a mention dates the clauses behind its own: it moved the narrative, brings the clause ("said on
        Monday that …"), or the whole sentence looks back with it.
        """
        if time.moves or time.type == "VAGUE" or time.leads:
            return True
        opens = WORD.search(self.text, sentence, time.start) is None
        return opens and not (time.background or time.since)

    def _ranges_joined(self, times: list[Time]) -> list[Time]:
        """The mentions, with both ends of a range ("between 4 and 5 May") as one, unless it is too long for an event."""
        joined: list[Time] = []
        closed = False
        for time, after in pairwise([*times, None]):
            if closed or time is None:
                closed = False
                continue
            if time.stretch is None or after is None or after.stretch != time.stretch:
                joined.append(time)
                continue
            earliest, latest = time.stretch
            self.ranges[time.start] = self.ranges[after.start] = time, after
            years = len(time.value or "") == len(after.value or "") == len("2014")
            if parse_iso(latest) - parse_iso(earliest) > LONGEST_RANGE * (1 + years):
                joined += (time, after)
            else:
                joined.append(
                    structs.replace(
                        after,
                        start=time.start,
                        text=self.text[time.start : after.end],
                        value=None,
                        earliest=earliest,
                        latest=latest,
                        background=time.background and after.background,
                        by=False,
                    )
                )
            closed = True
        return joined

    def _lasting(self, time: Time, *, seen: bool) -> EventDate:
        """The date of what went on: when it began and until when; of what is ``seen`` to go on, all of it."""
        if time.start in self.ranges:
            first, last = self.ranges[time.start]
            found = structs.replace(
                _dated(time),
                edtf=f"{first.earliest}/{last.latest}",
                earliest=first.earliest,
                latest=last.latest if seen else first.latest,
                until=last.latest,
            )
            return structs.replace(found, text=self.text[first.start : last.end])
        return structs.replace(_dated(time), until=time.latest if time.until and seen else None)


def _closest(times: list[Time]) -> list[Time]:
    """Without those that only span another: "on 3 May 2016 … in the 2016 Karvol campaign", "the 3rd of that month"."""
    if len(times) < 2:
        return times
    return [
        time
        for time in times
        if not any(
            other is not time
            and None not in (time.earliest, time.latest, other.earliest, other.latest)
            and time.earliest <= other.earliest <= other.latest <= time.latest  # type: ignore[operator]
            and (time.earliest, time.latest) != (other.earliest, other.latest)
            and (len(time.value or "") == 4 or 0 <= time.start - other.end <= OF)
            for other in times
        )
    ]


def _dated(time: Time, *, words: bool = True) -> EventDate:
    return EventDate(
        edtf=edtf(time),
        earliest=time.earliest,
        latest=time.latest,
        basis=time.basis if words else "inherited",
        text=time.text if words else None,
    )


def _bounded(time: Time, *, words: bool = True) -> EventDate:
    """What had happened by a day: after the narrative's last date, as far as that is earlier."""
    if time.stood == time.latest:
        return _dated(time, words=words)
    return structs.replace(
        _dated(time, words=words),
        edtf=f"{time.stood or '..'}/{time.latest}",
        earliest=time.stood,
        basis="bounded",
    )


_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def edtf(time: Time) -> str | None:
    """The mention as ISO 8601-2 (EDTF): a day, month, season, year or interval; open ends are ``..``."""
    value = (time.value or "").split("T")[0]
    if len(value) == 7 and value[5:] in _SEASONS:
        return f"{value[:5]}{_SEASONS[value[5:]]}"
    earliest, latest = time.earliest, time.latest
    if earliest == latest:
        return earliest
    if earliest is None or latest is None:
        return f"{earliest or '..'}/{latest or '..'}"
    if earliest[:-2] == latest[:-2] and earliest.endswith("-01"):
        year, month = int(earliest[:-6]), int(earliest[-5:-3])
        if int(latest[-2:]) == days_in_month(year, month):
            return earliest[:-3]
    if earliest[:-6] == latest[:-6] and earliest.endswith("-01-01") and latest.endswith("-12-31"):
        return earliest[:-6]
    return f"{earliest}/{latest}"


def spans(offsets: tuple[list[int], list[int]], first: int, clause: Clause) -> list[tuple[int, int]]:
    """Character spans of a clause's token ranges."""
    starts, ends = offsets
    return [(starts[first + low], ends[first + high - 1]) for low, high in clause.ranges if high > low]
