"""Which part of a ledger a report shows: of which accounts, and over which days.

What belongs here: leaving out, with what must stay for what is shown to be true.  What does not: shapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from frontledger.errors import NotFoundError
from frontledger.model import Account, Event, Finding, Holding, Place

__all__ = ["concerning", "known", "limited", "span_of"]

SURELY = 50
"""Of so many events one may be dated wrongly by far, and must not stretch the slider over centuries."""
ROOM = 3
"""How many times the length of the narrative the slider goes beyond it at most."""
A_YEAR = 366


def span_of(events: Iterable[Event], days: Mapping[str, int]) -> tuple[int, int] | None:
    """First and last day that the slider spans, as day numbers; None when nothing is dated.

    These are the days of what is narrated (background aside, unless there is nothing else), but for stray ones: a
    fiftieth of the events at either end counts only within a year, or three times the length of all the others.
    """
    told = list(events)
    narrated = [event for event in told if not event.background and not event.negated]
    ends = _ends(narrated, days) or _ends(told, days)
    if not ends:
        return None
    stray = len(ends) // SURELY
    first, last = sorted(ends)[stray][0], sorted(last for _, last in ends)[-1 - stray]
    room = max(A_YEAR, ROOM * (last - first))
    inside = [day for pair in ends for day in pair if first - room <= day <= last + room]
    return min(inside), max(inside)


def _ends(events: Iterable[Event], days: Mapping[str, int]) -> list[tuple[int, int]]:
    """First and last possible day of each event that has any."""
    found = []
    for event in events:
        first, last = event.date.earliest or event.date.latest, event.date.latest or event.date.earliest
        if first is not None and last is not None:
            found.append((days[first], days[last]))
    return found


def known(wanted: Iterable[str], told: Iterable[Account]) -> None:
    """Raise for an account that is not there."""
    there = [account.id for account in told]
    for name in wanted:
        if name not in there:
            raise NotFoundError(f"no account {name!r} in this ledger: it has {', '.join(there) or 'none'}")


def limited(
    events: Sequence[Event],
    places: Sequence[Place],
    holdings: Sequence[Holding],
    wanted: Collection[str],
) -> tuple[list[Event], list[Place], list[Holding]]:
    """What these accounts tell, the places of it, and what others tell that bears on the control of these places."""
    named = {ref.id for event in events if event.account in wanted for ref in event.places}
    kept = [holding for holding in holdings if holding.place in named]
    bearing = {event for holding in kept for event in holding.evidence}
    shown = [event for event in events if event.account in wanted or event.id in bearing]
    named |= {ref.id for event in shown for ref in event.places}
    kept = [holding for holding in kept if holding.place in named]
    return shown, [place for place in places if place.id in named], kept


def concerning(
    findings: Iterable[Finding], wanted: Collection[str], events: Iterable[Event]
) -> list[Finding]:
    """Findings about these accounts, or about events that are shown."""
    shown = {event.id for event in events}
    return [one for one in findings if one.account in wanted or not shown.isdisjoint(one.events)]
