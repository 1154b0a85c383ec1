"""The regions put together: one place for each entry of a gazetteer, one id for each place, and who folds what.

What belongs here: identity across regions, what must be folded together, the findings about all places.  What does
not: identity within a region (``placing``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from pathlib import Path

import msgspec

from frontledger.corpus.parcels import Region, World, load, save
from frontledger.ledger.findings import identified
from frontledger.ledger.questions_of_place import name_variant, unplaced_of
from frontledger.ledger.record import Record
from frontledger.ledger.rows import with_grounds
from frontledger.ledger.sides import Gathered
from frontledger.model import Finding, Place, Side
from frontledger.places.unity import joined, of_one_entry

__all__ = ["Joined", "join"]

EVENTS_A_PARTITION = 40_000
"""Mentions of places in a partition: some hundred megabytes while it is folded."""


class Joined(msgspec.Struct, kw_only=True):
    """What came of putting the regions together."""

    partitions: int
    findings: tuple[Finding, ...]
    """Those about places as such."""
    places: tuple[Place, ...]
    sides: tuple[Side, ...]


def join(regions: Sequence[str], work: Path) -> Joined:
    """Put the regions together, in this order; what holds for all accounts is written as ``world``."""
    read = {name: load(work / f"region-{name}", Region) for name in regions}
    unique = _unique(read)
    places = [_under(place, unique[name]) for name, region in read.items() for place in region.places]
    exact = {unique[name].get(one, one) for name, region in read.items() for one in region.exact}
    apart = {
        frozenset(unique[name].get(one, one) for one in pair)
        for name, region in read.items()
        for pair in region.listed
    }
    same = of_one_entry(places, exact, apart)
    variants = [
        (unique[name].get(one, one), said, main)
        for name, region in read.items()
        for one, said, main in region.variants
    ]
    _, kept, variants_kept = joined((), places, variants, same)
    renamed = {name: _both(unique[name], same, region) for name, region in read.items()}
    used: dict[str, int] = defaultdict(int)
    together: list[tuple[str, ...]] = []
    gathered = Gathered()
    for name, region in read.items():
        to = renamed[name]
        for place, count in region.used.items():
            used[to.get(place, place)] += count
        together += (tuple(to.get(one, one) for one in places) for places in region.together)
        gathered.add(_gathered(region))
    known = {place.id: place for place in kept}
    needed = with_grounds(used, known)
    stored = tuple(place for place in kept if place.id in needed)
    sides = gathered.sides()
    partition, count = _partitions(stored, used, together)
    save(
        work / "world",
        World(places=stored, sides=sides, renamed=renamed, partition=partition),
    )
    record = Record((), (), kept, (), (), variants_kept, periods={}, winners={}, evidence={}, quotes=None)
    found = [*name_variant(record), *unplaced_of(kept, used.keys())]
    return Joined(
        partitions=count, findings=tuple(identified(one, {}) for one in found), places=stored, sides=sides
    )


def _unique(read: Mapping[str, Region]) -> dict[str, dict[str, str]]:
    """Other ids for places whose id a place of an earlier region has."""
    taken = {place.id for region in read.values() for place in region.places}
    seen: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for name, region in read.items():
        found[name] = {}
        for place in region.places:
            if place.id in seen:
                number = 2
                while f"{place.id}-{number}" in taken:
                    number += 1
                found[name][place.id] = f"{place.id}-{number}"
                taken.add(f"{place.id}-{number}")
            else:
                seen.add(place.id)
    return found


def _under(place: Place, names: Mapping[str, str]) -> Place:
    """The place under its new id, resting on others under theirs."""
    if not names:
        return place
    return msgspec.structs.replace(
        place,
        id=names.get(place.id, place.id),
        part_of=names.get(place.part_of, place.part_of) if place.part_of else None,
        anchors=tuple(names.get(anchor, anchor) for anchor in place.anchors),
    )


def _both(unique: Mapping[str, str], same: Mapping[str, str], region: Region) -> dict[str, str]:
    """From the ids of a region to those that count."""
    found = {}
    for place in region.places:
        name = unique.get(place.id, place.id)
        name = same.get(name, name)
        if name != place.id:
            found[place.id] = name
    return found


def _gathered(region: Region) -> Gathered:
    gathered = Gathered()
    for side, names in region.names.items():
        gathered.names[side] = Counter(names)
        gathered.surfaces[side] = set(region.surfaces[side])
    return gathered


def _partitions(
    places: Iterable[Place], used: Mapping[str, int], together: Iterable[Sequence[str]]
) -> tuple[dict[str, int], int]:
    """Which partition folds each place, and how many there are.

    A whole goes with its parts and the places of one report go together; the rest is shared out evenly.
    """
    groups = _Groups(place.id for place in places)
    for place in places:
        if place.part_of is not None:
            groups.join(place.id, place.part_of)
    for first, *others in together:
        for other in others:
            groups.join(first, other)
    weight: dict[str, int] = defaultdict(int)
    for place in places:
        weight[groups.of(place.id)] += used.get(place.id, 0) + 1
    count = max(1, -(-sum(weight.values()) // EVENTS_A_PARTITION))
    load_of = [(0, number) for number in range(count)]
    home: dict[str, int] = {}
    for group in sorted(weight, key=lambda one: (-weight[one], one)):
        size, number = heappop(load_of)
        home[group] = number
        heappush(load_of, (size + weight[group], number))
    return {place.id: home[groups.of(place.id)] for place in places}, count


class _Groups:
    """Things that belong together, joined pair by pair."""

    def __init__(self, things: Iterable[str]) -> None:
        self.above = {thing: thing for thing in things}

    def of(self, thing: str) -> str:
        """The thing that stands for the group."""
        while self.above[thing] != thing:
            self.above[thing] = self.above[self.above[thing]]
            thing = self.above[thing]
        return thing

    def join(self, one: str, other: str) -> None:
        """Put the groups of two things together; unknown ones have none."""
        if one in self.above and other in self.above:
            first, second = sorted((self.of(one), self.of(other)))
            self.above[second] = first
