"""What one event says about one place: the atoms that the fold reads.

An event becomes statements about its objects, about the wholes that an object is part of, and about the
parts that follow an object.  What belongs here: which event says what about which place, and when.
What does not: what a statement does to a holding (``tenures``).

Days are day numbers; an open end is :data:`BEFORE` or :data:`AFTER`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from frontledger.mentions import calendar
from frontledger.model import Event, Place, PlaceRef

__all__ = [
    "AFTER",
    "BEFORE",
    "DAYS",
    "Act",
    "Days",
    "Statement",
    "bears_on_control",
    "is_reported",
    "observed_places",
    "statements_by_place",
]

BEFORE = -(10**9)
"""The open past, as a day number."""
AFTER = 10**9
"""The open future, as a day number."""

SEEN_FROM = frozenset({"offensive", "attack"})
"""Whoever sets out from a place (role ``source``) with one of these kinds holds it."""
GAINS = frozenset({"capture", "handover"})
SEEN = frozenset({"hold", "repulse"})


class Act(IntEnum):
    """What a statement says that ``side`` does with the place."""

    GAIN = 0  # takes all of it
    GAIN_PART = 1  # takes some of it
    FOLLOW = 2  # has it because the whole that it is part of was taken
    LEAVE = 3
    LEAVE_PART = 4
    FOLLOW_LEAVE = 5  # left the whole that it is part of
    SETTLE = 6  # no longer has to fight for it
    SEEN = 7  # is seen to hold it
    SEEN_PART = 8


ENDS = {
    Act.GAIN: Act.LEAVE, Act.GAIN_PART: Act.SETTLE, Act.LEAVE: Act.LEAVE, Act.LEAVE_PART: Act.LEAVE_PART,
    Act.SEEN: Act.LEAVE, Act.SEEN_PART: Act.LEAVE_PART,
}  # fmt: skip
"""What it means that something went on until a day."""


class Statement(NamedTuple):
    """One act of one side at one place.  The fields stand in the canonical order of sorting: date range,
    account, place in the text, event; so any order of events yields the same sequence.
    """

    earliest: int
    latest: int
    account: str
    sentence: int
    trigger: int
    event: str
    offset: int
    act: Act
    side: str
    """Empty where the event names no actor."""
    against: str
    part: str
    """The part through which this statement reaches a whole; empty for a direct one."""
    reported: bool
    background: bool

    @property
    def gains_all(self) -> bool:
        """Whether the side holds the whole place afterwards."""
        return self.act in (Act.GAIN, Act.FOLLOW)

    @property
    def is_observation(self) -> bool:
        """Whether nothing changes: somebody is merely seen to hold."""
        return self.act >= Act.SEEN


class Days(dict[str, int]):
    """Day numbers of ISO days, each parsed once, and the ISO days of numbers, each written once."""

    def __init__(self) -> None:
        super().__init__()
        self.names = _Names()

    def __missing__(self, day: str) -> int:
        number = self[day] = calendar.parse_iso(day)
        return number

    def window(self, event: Event) -> tuple[int, int] | None:
        """First and last possible day of an event; None if it has no bound at all or they are crossed."""
        date = event.date
        earliest, latest = date.earliest, date.latest
        if earliest is None and latest is None:
            return None
        first = BEFORE if earliest is None else self[earliest]
        last = AFTER if latest is None else self[latest]
        return (first, last) if first <= last else None


class _Names(dict[int, str | None]):
    """ISO days of day numbers; None for an open end."""

    def __init__(self) -> None:
        super().__init__({BEFORE: None, AFTER: None})

    def __missing__(self, number: int) -> str:
        day = self[number] = calendar.iso(number)
        return day


DAYS = Days()
"""Shared by all that ask for the days of many small sets of events: there are not many days."""


def bears_on_control(event: Event) -> bool:
    """Whether the fold may use the event at all: asserted, and not rejected by a reviewer."""
    return not event.negated and event.review != "rejected"


def is_reported(event: Event) -> bool:
    """Whether nobody vouches for the event, so that it belongs to the claimed layer alone: the account only
    reports it, or a reviewer disputes it.
    """
    return event.hedged or event.attributed_to is not None or event.review == "disputed"


def observed_places(event: Event) -> tuple[PlaceRef, ...]:
    """The places that the event's actor is thereby seen to hold, without a change."""
    if event.kind in SEEN:
        return tuple([ref for ref in event.places if ref.role == "object"])
    if event.kind in SEEN_FROM:
        return tuple([ref for ref in event.places if ref.role == "source"])
    return ()


def statements_by_place(
    events: Iterable[Event], places: Iterable[Place], days: Days
) -> tuple[dict[str, list[Statement]], dict[str, int]]:
    """All statements, by place id; and the first dated day that each account narrates (background apart), since
    which whoever loses a place is taken to have held it.  Reads ``events`` once.
    """
    wholes, parts = _relations(places)
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    opening: dict[str, int] = {}
    for event in events:
        if event.negated or event.review == "rejected":  # bears_on_control
            continue
        window = days.window(event)
        earliest = event.date.earliest
        if earliest is not None and not event.background:
            day = days[earliest]
            if day < opening.get(event.account, AFTER):
                opening[event.account] = day
        if window is None:
            continue
        _read(event, window, wholes, parts, found, days)
    return found, opening


def _contested(
    event: Event,
    window: tuple[int, int],
    refs: Iterable[PlaceRef],
    found: defaultdict[str, list[Statement]],
) -> None:
    """What is fought over, nobody says by whom ("contested since 5 May"): some of it is somebody else's."""
    for ref in refs:
        if ref.id is not None and ref.extent == "partial":
            said = Statement(
                *window, event.account, event.sentence.start, event.trigger.start, event.id, ref.start,
                Act.GAIN_PART, "", "", "", is_reported(event), event.background,
            )  # fmt: skip
            found[ref.id].append(said)
            if event.date.until is not None:
                day = DAYS[event.date.until]
                found[ref.id].append(said._replace(earliest=day, latest=day, act=Act.SETTLE))


def _relations(places: Iterable[Place]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each place, the wholes above it and all the parts below it."""
    above = {place.id: place.part_of for place in places if place.part_of is not None}
    wholes: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for part in above:
        chain: list[str] = []
        whole = above.get(part)
        while whole is not None and whole != part and whole not in chain:
            chain.append(whole)
            parts.setdefault(whole, []).append(part)
            whole = above.get(whole)
        wholes[part] = chain
    return wholes, parts


_made = tuple.__new__
"""A named tuple without the detour through its own constructor: there are millions."""


def _read(
    event: Event,
    window: tuple[int, int],
    wholes: Mapping[str, Sequence[str]],
    parts: Mapping[str, Sequence[str]],
    found: defaultdict[str, list[Statement]],
    days: Days,
) -> None:
    """Add the statements of one event to those found."""
    side = event.actor.id if event.actor is not None else ""
    against = event.against.id if event.against is not None else ""
    kind = event.kind
    if kind in GAINS:
        refs: Iterable[PlaceRef] = [ref for ref in event.places if ref.role == "object"]
        whole_act, part_act, follow = Act.GAIN, Act.GAIN_PART, Act.FOLLOW
        if not side:  # it fell, nobody knows to whom: all that is said is who lost it
            side, against = against, ""
            whole_act, part_act, follow = Act.LEAVE, Act.LEAVE_PART, Act.FOLLOW_LEAVE
            if not side:
                _contested(event, window, refs, found)
    elif kind == "withdrawal":
        refs = [ref for ref in event.places if ref.role == "object"]
        whole_act, part_act, follow = Act.LEAVE, Act.LEAVE_PART, Act.FOLLOW_LEAVE
    elif kind == "hold" and event.again:  # "two days later it was in their hands again": it came back then
        refs = observed_places(event)
        whole_act, part_act, follow = Act.GAIN, Act.GAIN_PART, Act.FOLLOW
    else:
        refs = observed_places(event)
        whole_act, part_act, follow = Act.SEEN, Act.SEEN_PART, None
    if not side:
        return
    reported = event.hedged or event.attributed_to is not None or event.review == "disputed"  # is_reported
    first, last = window
    for ref in refs:
        place = ref.id
        if place is None:
            raise ValueError(f"event {event.id} names a place without an id ({ref.text!r}): place it first")
        full = ref.extent == "full"
        said = _made(
            Statement,
            (
                first, last, event.account, event.sentence.start, event.trigger.start, event.id, ref.start,
                whole_act if full else part_act, side, against, "", reported, event.background,
            ),
        )  # fmt: skip
        found[place].append(said)
        if event.date.until is not None:
            ended = said._replace(
                earliest=days[event.date.until], latest=days[event.date.until], act=ENDS[said.act]
            )
            found[place].append(ended)
            for whole in wholes.get(place, ()) if full else ():
                found[whole].append(ended._replace(act=Act.LEAVE_PART, part=place))
        if place in wholes:
            for whole in wholes[place]:
                found[whole].append(said._replace(act=part_act, part=place))
        if full and follow is not None and place in parts:
            for part in parts[place]:
                found[part].append(said._replace(act=follow))
