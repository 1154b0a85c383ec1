"""Place by relation whatever has no coordinates of its own, round by round: what is located locates others.

What belongs here: gathering what the accounts say of a place.  What does not: the circles (``relations``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from frontledger.model import Event, Place, PlaceRef, Telling
from frontledger.places.relations import (
    Circle,
    around,
    beside,
    between,
    listed_with,
    meeting,
    part_of,
    told,
)

__all__ = ["relate"]

_ROUNDS = 3
_COARSE = 25.0
"""A circle with a larger radius locates nothing further."""
_WIDEST = 60.0
"""A place that may be anywhere in a larger circle is openly nowhere."""

_SCOPE = 120
"""Characters over which a "near A" at the head of a sentence reaches into its other clauses."""
_RIGHT_BEHIND = 40
"""Characters between a place and the "near A" that is said of it alone."""


class _Said(msgspec.Struct):
    """What bears on one place, besides its own record."""

    tellings: list[Telling] = msgspec.field(default_factory=list)
    near: dict[str, None] = msgspec.field(default_factory=dict)
    mates: dict[str, None] = msgspec.field(default_factory=dict)


def relate(
    places: Mapping[str, Place],
    events: Iterable[Event],
    tellings: Iterable[Telling],
    circles: Mapping[str, Circle],
) -> dict[str, Place]:
    """The places that have no circle yet and can be located by those that have."""
    said = _gathered(events, tellings)
    known = dict(circles)
    found: dict[str, Place] = {}
    for _ in range(_ROUNDS):
        new = {}
        for name, place in places.items():
            if name not in known and (circle := _circle(place, said[name], places, known)):
                new[name] = circle
        for name, circle in new.items():
            known[name] = circle
            found[name] = _located(places[name], circle)
        if not new:
            break
    return found


def _gathered(events: Iterable[Event], tellings: Iterable[Telling]) -> dict[str, _Said]:
    said: dict[str, _Said] = defaultdict(_Said)
    for telling in tellings:
        for subject in telling.subjects:
            said[subject].tellings.append(telling)
    told = list(events)
    by_sentence: dict[tuple[str, int], dict[tuple[int, int], PlaceRef]] = defaultdict(dict)
    for event in told:
        for ref in event.places:
            if ref.role == "near" and ref.id:
                by_sentence[event.account, event.sentence.start][ref.start, ref.end] = ref
    for event in told:
        objects = [ref for ref in event.places if ref.role == "object" and ref.id]
        near = by_sentence.get((event.account, event.sentence.start)) if objects else None
        if near:
            own = {(ref.start, ref.end) for ref in event.places}
            for ref in objects:
                said[ref.id or ""].near.update(
                    {
                        other.id or "": None
                        for where, other in near.items()
                        if other.id != ref.id and _bears_on(other, ref, where in own)
                    }
                )
        if len(objects) > 1:
            for ref in objects:
                said[ref.id or ""].mates.update({m.id or "": None for m in objects if m.id != ref.id})
    return said


def _bears_on(near: PlaceRef, ref: PlaceRef, own: bool) -> bool:
    """Whether "near A" is said of this object: of all behind it, or of the one right before it."""
    if near.start < ref.start:
        return own or ref.start - near.end < _SCOPE
    return own and near.start - ref.end < _RIGHT_BEHIND


def _circle(
    place: Place, said: _Said, places: Mapping[str, Place], known: Mapping[str, Circle]
) -> Circle | None:
    """Where the place must be; None when nothing that locates it is located itself."""

    def usable(name: str | None) -> bool:
        return name is not None and name in known and known[name].radius <= _COARSE

    found = [
        told(place, one, places[one.anchor], known[one.anchor])
        for one in said.tellings
        if one.anchor and usable(one.anchor)
    ]
    if place.part_of and place.part_of in known:
        found.append(part_of(places[place.part_of], known[place.part_of]))
    anchors = [name for name in place.anchors if usable(name)]
    if len(anchors) > 1:
        ends = between(place, [places[a] for a in anchors], [known[a] for a in anchors])
        found += [ends] if ends else []
    elif anchors and len(place.anchors) == 1:
        found.append(around(place, places[anchors[0]], known[anchors[0]]))
    if not any(circle.firm for circle in found):
        found += [beside(places[name], known[name]) for name in said.near if usable(name)]
    if not found:
        mates = [name for name in said.mates if usable(name)]
        if mates:
            found.append(listed_with([places[m] for m in mates], [known[m] for m in mates]))
    if not found:
        return None
    circle = meeting(found)
    return circle if circle.radius <= _WIDEST or place.part_of or len(anchors) > 1 else None


def _located(place: Place, circle: Circle) -> Place:
    return msgspec.structs.replace(
        place,
        lat=round(circle.point[0], 4),
        lon=round(circle.point[1], 4),
        radius_km=round(circle.radius, 1),
        located_by=circle.words,
        placing="relation",
    )
