"""Every position at which an account names one of its places: as an event has it, or as a bare name in between.

What belongs here: positions.  What does not: what the text says there (``tellings``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from frontledger.model import Account, Event, Place
from frontledger.places.tellings import Named

__all__ = ["named_in"]

_OVERLAPPING = 6
"""Mentions that may begin before a position and end behind it: names within names."""
_SHORTEST = 4
"""Letters of a name that is looked for by itself: shorter ones are parts of other words."""


def named_in(account: Account, events: Sequence[Event], places: Mapping[str, Place]) -> list[Named]:
    """Positions in the sentences of ``events``, in reading order; the events' own go before bare names."""
    found: dict[tuple[int, int], Named] = {}
    ids: dict[str, None] = {}
    for event in events:
        for ref in event.places:
            if ref.id is None or ref.id not in places:
                continue
            ids[ref.id] = None
            span = ref.start, ref.end
            subject = ref.role == "object" or (span in found and found[span].subject)
            found[span] = Named(ref.start, ref.end, ref.id, subject)
            place = places[ref.id]
            ids.update(dict.fromkeys((*place.anchors, *([place.part_of] if place.part_of else []))))
    by_name: dict[str, str] = {}
    for one in ids:
        if one in places:
            for name in (places[one].name, *places[one].names):
                if name and len(name) >= _SHORTEST:
                    by_name.setdefault(name, one)
    if by_name:
        listed = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)(?P<name>{listed})\w{{0,6}}(?!\w)")
        taken = sorted(found)
        for start, end in sorted({(event.sentence.start, event.sentence.end) for event in events}):
            for match in pattern.finditer(account.text, start, end):
                at = bisect_left(taken, (match.end(), 0))
                if not any(match.start() < b for _, b in taken[max(0, at - _OVERLAPPING) : at]):
                    span = match.start(), match.end()
                    found.setdefault(span, Named(*span, by_name[match["name"]]))
    return [found[span] for span in sorted(found)]
