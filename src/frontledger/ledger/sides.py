"""The sides of a ledger, gathered from the events that name them.

What does not belong here: which actor fights on which side (``events``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from frontledger.model import Event, Side

__all__ = ["gather_sides"]


def gather_sides(events: Iterable[Event]) -> tuple[Side, ...]:
    """One side for each id, sorted; its name is the one given most often, its names every surface.

    The same for any order of events.
    """
    names: dict[str, Counter[str]] = {}
    surfaces: dict[str, set[str]] = {}
    for event in events:
        for actor in (event.actor, event.against):
            if actor is None:
                continue
            names.setdefault(actor.id, Counter())[actor.name] += 1
            surfaces.setdefault(actor.id, set()).update(text for text in (actor.name, actor.text) if text)
    return tuple(
        Side(
            id=side,
            name=min(given, key=lambda name: (-given[name], name)),
            names=tuple(sorted(surfaces[side])),
        )
        for side, given in sorted(names.items())
    )
