"""The words of an account that its events rest on, as spans that do not overlap, in the page's own offsets.

What belongs here: gathering spans, cutting them apart, counting offsets as the page does.  What does not: finding
dates, places or triggers in a text: the spans come from the events, and those of dates from ``events.coding``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from frontledger.errors import LanguageError, PackError
from frontledger.events import coding
from frontledger.exports.report.payload import Mention
from frontledger.languages.pack import load_pack
from frontledger.model import Account, ActorRef, Event, Time

__all__ = ["Offsets", "dates_of", "mentions", "resting"]

Spans = dict[tuple[int, int, str], set[int]]
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
RANK = {"trigger": 0, "place": 1, "time": 2, "actor": 3}
"""Which of two overlapping meanings the common words show."""


class Offsets:
    """Offsets in UTF-16 code units for offsets in code points."""

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in ASTRAL.finditer(text)]

    def __call__(self, offset: int) -> int:
        """The same place, counted otherwise."""
        return offset + bisect_right(self._wide, offset - 1) if self._wide else offset


def mentions(account: Account, events: Mapping[int, Event], times: Sequence[Time]) -> list[Mention]:
    """What is to be marked in the text, sorted.

    ``events`` are those of the account, by their number, ``times`` what :func:`dates_of` found in it.
    """
    spans: Spans = defaultdict(set)
    by_words: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for time in times:
        spans[time.start, time.end, "time"].update(())
        by_words[time.text].append((time.start, time.end))
    for number, event in events.items():
        spans[event.trigger.start, event.trigger.end, "trigger"].add(number)
        for place in event.places:
            spans[place.start, place.end, "place"].add(number)
        for actor in (event.actor, event.against):
            if span := _actor(account.text, event, actor):
                spans[(*span, "actor")].add(number)
        if span := _date(event, by_words):
            spans[(*span, "time")].add(number)
    marks = {(citation.start, citation.end) for citation in account.citations}
    count = Offsets(account.text)
    return [
        Mention(start=count(start), end=count(end), what=what, events=sorted(rest))  # type: ignore[arg-type]
        for start, end, what, rest in apart(spans, marks, len(account.text))
    ]


def resting(number: int, event: Event) -> tuple[object, ...]:
    """All of an event that :func:`mentions` depends on."""
    actor, against = event.actor, event.against
    return (
        number, event.trigger, event.sentence, event.places, event.date.text,
        actor and actor.text, against and against.text,
    )  # fmt: skip


def dates_of(account: Account) -> list[Time]:
    """The dates of the text, as the coder saw them; none where its language has no pack."""
    if account.lang is None:
        return []
    try:
        pack = load_pack(account.lang)
    except (LanguageError, PackError):
        return []
    return [time for time in coding.dates(account, pack) if time.type != "VAGUE"]


def _date(event: Event, times: Mapping[str, Sequence[tuple[int, int]]]) -> tuple[int, int] | None:
    """The words of an event's date: in its sentence, or else the last such words before it."""
    known = times.get(event.date.text or "", ())
    at = bisect_left(known, (event.sentence.end, 0))
    return known[at - 1] if at else None


def _actor(text: str, event: Event, actor: ActorRef | None) -> tuple[int, int] | None:
    """The words of an actor in the event's sentence: those nearest to the trigger, where they stand twice."""
    if actor is None or not actor.text:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(actor.text)}(?!\w)")
    found = [match.span() for match in pattern.finditer(text, event.sentence.start, event.sentence.end)]
    return min(found, key=lambda span: abs(span[0] - event.trigger.start), default=None)


def apart(
    spans: Spans, marks: Iterable[tuple[int, int]], length: int
) -> Iterable[tuple[int, int, str, set[int]]]:
    """Spans cut wherever another begins or ends; the common words show the meaning of the highest rank, inner before
    outer, and belong to all events of both.  Reference marks belong to nothing.
    """
    edges: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for span in spans:
        if 0 <= span[0] < span[1] <= length:
            edges[span[0]].append(span)
            edges[span[1]].append(span)
    silent: dict[int, int] = defaultdict(int)
    for start, end in marks:
        if start < end:
            silent[start] += 1
            silent[end] -= 1
    open_: set[tuple[int, int, str]] = set()
    quiet, at = 0, 0
    last: tuple[int, int, str, set[int]] | None = None
    for edge in sorted(edges.keys() | silent.keys()):
        if open_ and not quiet and edge > at:
            if len(open_) == 1:  # nearly always
                (first,) = open_
                events = spans[first]
            else:
                first = min(open_, key=lambda span: (RANK[span[2]], span[1] - span[0], span))
                events = set().union(*(spans[span] for span in open_))
            if last is not None and last[1] == at and last[2:] == (first[2], events):
                last = (last[0], edge, first[2], events)
            else:
                if last is not None:
                    yield last
                last = (at, edge, first[2], events)
        open_.symmetric_difference_update(edges.get(edge, ()))
        quiet += silent.get(edge, 0)
        at = edge
    if last is not None:
        yield last
