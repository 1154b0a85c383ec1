"""What pictures show: a ledger's days, its lanes, its colours, and who holds what on a day.

What does not belong here: any drawing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from frontledger.exports.palette import colours
from frontledger.exports.report.choosing import span_of
from frontledger.exports.rows import EventRow, HoldingRow, Material
from frontledger.ledger import steps as stepping
from frontledger.ledger.statements import BEFORE, Days
from frontledger.model import Control, Layer

__all__ = ["LANES", "Point", "Scene"]

LANES = 60
"""More cannot be read in print."""


@dataclass(frozen=True)
class Point:
    """A place on the map on a day; ``holder`` and ``sides`` as in its control, ``claimed`` the side that reports name."""

    place: str
    name: str
    lat: float
    lon: float
    radius_km: float
    state: str
    holder: str | None
    sides: tuple[str, ...]
    claimed: str | None
    at: tuple[float, float] | None = None
    """Latitude and longitude, where it is drawn beside its own point."""


@dataclass(frozen=True)
class Scene:
    """A ledger as it is drawn; days are day numbers."""

    material: Material
    title: str

    @cached_property
    def days(self) -> Days:
        """Day numbers of ISO days."""
        return Days()

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """First and last day that is drawn, as in the report; None when nothing is dated."""
        return span_of(self.material.events, self.days)

    @cached_property
    def paint(self) -> Mapping[str, str]:
        """The colour of each side."""
        return colours(self.material.ranked_sides)

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """How much happens at each place: its holdings and events."""
        counts = Counter(row.place_id for row in self.material.holdings)
        counts.update(row.place_id for row in self.material.rows if row.place_id is not None)
        return counts

    @cached_property
    def lanes(self) -> Sequence[str]:
        """The places of the chart, by the day of their first event; the most eventful where there are too many."""
        first: dict[str, int] = {}
        for row in self.material.rows:
            if row.place_id is not None and row.earliest is not None:
                first.setdefault(row.place_id, self.days[row.earliest])
        held = list(dict.fromkeys(row.place_id for row in self.material.holdings))
        most = sorted(held, key=lambda place: (-self.weights[place], place))[:LANES]
        return sorted(most, key=lambda place: (first.get(place, 0), self.name(place), place))

    @property
    def too_many(self) -> int:
        """How many places have no lane."""
        return len({row.place_id for row in self.material.holdings}) - len(self.lanes)

    @cached_property
    def unlocated(self) -> int:
        """How many places with holdings are on no map."""
        return len({row.place_id for row in self.material.holdings if not row.located})

    @cached_property
    def holdings(self) -> Mapping[str, Sequence[HoldingRow]]:
        """The holdings of each place."""
        found: dict[str, list[HoldingRow]] = {}
        for row in self.material.holdings:
            found.setdefault(row.place_id, []).append(row)
        return found

    @cached_property
    def events(self) -> Mapping[str, Sequence[EventRow]]:
        """The dated events that each place is the object of."""
        found: dict[str, list[EventRow]] = {}
        for row in self.material.rows:
            if row.place_id is not None and row.role == "object" and row.earliest is not None:
                found.setdefault(row.place_id, []).append(row)
        return found

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What the first event calls each place."""
        return {
            row.place_id: row.place_text
            for row in reversed(self.material.rows)
            if row.place_id and row.place_text
        }

    def name(self, place: str) -> str:
        """A place's name; of an unnamed one the account's words for it."""
        known = self.material.places.get(place)
        return (known.name if known else None) or self.words.get(place) or place

    @cached_property
    def changes(self) -> Sequence[int]:
        """Every day on which the map changes, with the first and the last of the span."""
        if self.span is None:
            return ()
        first, last = self.span
        days = {day for layers in self._steps.values() for firsts, _ in layers.values() for day in firsts}
        return sorted({first, last} | {day for day in days if first <= day <= last})

    @cached_property
    def _steps(self) -> Mapping[str, Mapping[Layer, tuple[list[int], list[Control]]]]:
        """For each place and layer the days on which the answer of ``control`` changes, and what it is from then on."""
        found: dict[str, dict[Layer, tuple[list[int], list[Control]]]] = {}
        for place, layer, track in stepping.tracks(self.material.held):
            made = stepping.steps(place, layer, track, self.days)
            firsts = [BEFORE if step.first is None else step.first for step in made]
            found.setdefault(place, {})[layer] = firsts, [step.row for step in made]
        return found

    def on(self, day: int) -> list[Point]:
        """Every located place with a holding, as it stands on a day; the least eventful first."""
        points = [point for place in self._steps if (point := self._point(place, day))]
        return sorted(points, key=lambda point: (self.weights[point.place], point.place))

    def _answer(self, place: str, layer: Layer, day: int) -> Control | None:
        firsts, rows = self._steps[place].get(layer, ((), ()))
        at = bisect_right(firsts, day) - 1
        return rows[at] if at >= 0 else None

    def _point(self, name: str, day: int) -> Point | None:
        place = self.material.places.get(name)
        if place is None or place.lat is None or place.lon is None:
            return None
        row, claim = self._answer(name, "assessed", day), self._answer(name, "claimed", day)
        return Point(
            place=name,
            name=self.name(name),
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km or 0.0,
            state=row.state if row else "unknown",
            holder=row.holder if row else None,
            sides=row.sides if row else (),
            claimed=claim.holder if claim is not None and claim.state == "held" else None,
        )
