"""Who held a place, day after day: control as a step function, for whoever draws all days at once.

What belongs here: on which days the answer of ``control`` changes, and what it is from then on.  What does not: the
answer of one day, which :func:`frontledger.ledger.control.row_between` gives here as there, so that the two agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from frontledger.ledger.control import Track, boundary, row_between
from frontledger.ledger.statements import AFTER, BEFORE, Days
from frontledger.model import Control, Holding, Layer

__all__ = ["Step", "steps", "tracks"]


class Step(NamedTuple):
    """What ``control`` answers from day ``first`` (day number; None: from the beginning) until the next step.

    ``other`` is the other end of the range in which the change lies, where its day is not known: a day before
    ``first`` where the change is over by ``first``, one behind it where it may only just have begun.  ``BEFORE``
    and ``AFTER`` are open ends, None a change of a known day.
    """

    first: int | None
    other: int | None
    row: Control


def tracks(holdings: Iterable[Holding]) -> Iterator[tuple[str, Layer, list[Holding]]]:
    """The holdings of each place in each layer; they come sorted by place, layer and time, as a ledger gives them."""
    track: list[Holding] = []
    for holding in holdings:
        if track and (holding.place, holding.layer) != (track[0].place, track[0].layer):
            yield track[0].place, track[0].layer, track
            track = []
        track.append(holding)
    if track:
        yield track[0].place, track[0].layer, track


def steps(place: str, layer: Layer, track: Track, days: Days) -> list[Step]:
    """The steps of one place in one layer; ``track`` is in the order of time.  The first one has no beginning."""
    ends = [boundary(holding, days) for holding in track]
    starting = sorted((first, index) for index, (first, _) in enumerate(ends))
    settling = sorted((last, index) for index, (_, last) in enumerate(ends))
    begun = started = -1
    found: list[Step] = []
    at = done = 0
    for day in sorted({BEFORE, *(day for pair in ends for day in pair)} - {AFTER}):
        while at < len(starting) and starting[at][0] <= day:
            started = max(started, starting[at][1])
            at += 1
        while done < len(settling) and settling[done][0] <= day:
            begun = max(begun, settling[done][1])
            done += 1
        row = row_between(place, None, track, layer, begun, started)
        if not found or row != found[-1].row:
            first = None if day == BEFORE else day
            found.append(Step(first, _other(day, ends, begun, started), row))
    return found


def _other(day: int, ends: Sequence[tuple[int, int]], begun: int, started: int) -> int | None:
    """Where the range ends in which the change of ``day`` lies."""
    if started > begun:
        return ends[started][1]
    if begun >= 0 and ends[begun][1] == day and ends[begun][0] < day:
        return ends[begun][0]
    return None
