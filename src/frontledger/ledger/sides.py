"""The sides of a ledger, gathered from the events that name them.

What does not belong here: which actor fights on which side (``events``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from frontledger.model import Event, Side

__all__ = ["Gathered", "gather_sides"]


class Gathered:
    """Names of sides as they are counted; parts of a ledger are counted apart and put together in any order."""

    def __init__(self) -> None:
        self.names: dict[str, Counter[str]] = {}
        self.surfaces: dict[str, set[str]] = {}

    def take(self, events: Iterable[Event]) -> None:
        """Count the sides that events name."""
        told = Counter(
            (actor.id, actor.name, actor.text)
            for event in events
            for actor in (event.actor, event.against)
            if actor is not None
        )
        for (side, name, text), count in told.items():
            self.names.setdefault(side, Counter())[name] += count
            self.surfaces.setdefault(side, set()).update(t for t in (name, text) if t)

    def add(self, other: Gathered) -> None:
        """Count what another has counted."""
        for side, given in other.names.items():
            self.names.setdefault(side, Counter()).update(given)
            self.surfaces.setdefault(side, set()).update(other.surfaces[side])

    def sides(self) -> tuple[Side, ...]:
        """One side for each id, sorted; its name is the one given most often, its names every surface."""
        return tuple(
            Side(
                id=side,
                name=min(given, key=lambda name: (-given[name], name)),
                names=tuple(sorted(self.surfaces[side])),
            )
            for side, given in sorted(self.names.items())
        )


def gather_sides(events: Iterable[Event]) -> tuple[Side, ...]:
    """The sides that events name, the same for any order of events."""
    gathered = Gathered()
    gathered.take(events)
    return gathered.sides()
