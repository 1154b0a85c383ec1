"""Where a place must lie that no gazetteer has: circles out of what the accounts say of it.

Each statement ("4 km west of A", "between A and B", "part of A", "listed with A") is a circle with a reason in
words; several intersect.  What belongs here: the circles.  What does not: reading the statements
(``tellings``), and which places have coordinates of their own (``locating``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from frontledger.model import Place, Telling
from frontledger.places.geometry import Point, away, bearing, centre, distance, middle
from frontledger.places.names import class_of, has_own_names, read_name

__all__ = ["Circle", "around", "beside", "between", "listed_with", "meeting", "part_of", "told"]

_STEP, _STRIDE = 12.0, 30.0
"""Kilometres that "north of A" may mean for a village or hill, and for what is known farther away: an airbase,
a town.  The circle reaches from A to twice as far."""
_BEHIND = 10.0
"""Kilometres that a place just taken may lie behind the front line that a loose telling is about."""
_LOCAL = frozenset(
    {"village", "hamlet", "farm", "hill", "peak", "checkpoint", "district", "quarter", "suburb", "bridge"}
)
_BY = 8.0
"""A depot, base or checkpoint named by a town lies within so many kilometres of its outskirts …"""
_BESIDE = 18.0
"""… and a village or hill "near" it within so many."""
_AREA = 40.0
"""Kilometres around a town that "the area of" it may reach."""
_LIST = 15.0
"""What accounts list in one breath lies within a day's march."""
_FAR = 300.0
"""Ends of a road farther apart than this locate nothing between them."""
_PART = 2.0
_POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_MARKS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


class Circle(msgspec.Struct, frozen=True):
    """A point, how many kilometres off it may be, and why, in words; ``firm`` ones go before the others."""

    point: Point
    radius: float
    words: str
    firm: bool = True
    exact: bool = False
    """A place of a gazetteer or a person's word: fit to count from."""


def called(place: Place) -> str:
    """A place as a reader knows it."""
    return place.name or place.id


def told(place: Place, telling: Telling, anchor: Place, circle: Circle) -> Circle:
    """The circle of "4 km west of A", "4 km from A" or "west of A"."""
    quote = f"“{telling.text}”"
    if telling.km is not None and telling.degrees is not None:
        slack = telling.km + _BEHIND if telling.loose else telling.km * 0.35 + 2
        point = away(circle.point, telling.degrees, telling.km)
        return Circle(point, slack + circle.radius, f"{_km(telling.km)} {_way(telling.degrees)} of {called(anchor)} by {quote}")  # fmt: skip
    if telling.km is not None:
        slack = telling.km * 1.2 + (_BEHIND if telling.loose else 1)
        return Circle(
            circle.point, slack + circle.radius, f"{_km(telling.km)} from {called(anchor)} by {quote}"
        )
    step = _STEP if place.type in _LOCAL else _STRIDE
    point = away(circle.point, telling.degrees or 0.0, step)
    return Circle(
        point, step + circle.radius, f"{_way(telling.degrees or 0.0)} of {called(anchor)} by {quote}"
    )


def part_of(whole: Place, circle: Circle) -> Circle:
    """A part lies where the whole does."""
    return Circle(circle.point, circle.radius + _PART, f"part of {called(whole)}")


def between(place: Place, anchors: Sequence[Place], circles: Sequence[Circle]) -> Circle | None:
    """A road, or what stands on one: somewhere between its ends, and not beyond them."""
    a, b = circles[:2]
    apart = distance(a.point, b.point)
    if apart > _FAR:
        return None
    ends = " and ".join(called(anchor) for anchor in anchors[:2])
    slack = max(a.radius, b.radius)
    words = f"the road between {ends}" if class_of(place.type) == "road" else f"between {ends}"
    return Circle(middle(a.point, b.point), max(apart / 2, 3.0) + slack, words)


def around(place: Place, anchor: Place, circle: Circle) -> Circle:
    """What is found by one other place: "the depot at A", "the ruins of A", "the area east of A"."""
    kind = class_of(place.type)
    if kind is None and not place.type:
        kind = class_of(read_name(place.name or "").type)
    if kind is None:
        marks = [_MARKS[mark] for mark in read_name(place.name or "").marks if mark in _MARKS]
        if marks:
            point = away(circle.point, marks[0], _AREA / 2)
            return Circle(
                point, _AREA + circle.radius, f"the area {_way(marks[0])} of {called(anchor)}", firm=False
            )
        return Circle(circle.point, _AREA + circle.radius, f"the area of {called(anchor)}", firm=False)
    reach = _BESIDE if has_own_names(kind) else _BY
    return Circle(circle.point, reach + circle.radius, f"at {called(anchor)}")


def beside(anchor: Place, circle: Circle) -> Circle:
    """What happens "near A"."""
    return Circle(circle.point, _BESIDE + circle.radius, f"near {called(anchor)}", firm=False)


def listed_with(mates: Sequence[Place], circles: Sequence[Circle]) -> Circle:
    """What is named in one list with located places lies among them, or not far."""
    point = centre(circle.point for circle in circles)
    spread = max(distance(point, circle.point) + circle.radius for circle in circles)
    names = ", ".join(called(mate) for mate in mates[:3])
    return Circle(point, spread + _LIST, f"named together with {names}", firm=False)


def meeting(circles: Iterable[Circle]) -> Circle:
    """The circle where several (at least one) meet; the smaller of two that do not."""
    ordered = sorted(circles, key=lambda circle: (not circle.firm, circle.radius, circle.words))
    result = ordered[0]
    for other in ordered[1:]:
        if other.firm == result.firm:
            result = _meet(result, other)
    return result


def _meet(small: Circle, other: Circle) -> Circle:
    apart = distance(small.point, other.point)
    if apart + small.radius <= other.radius:
        return small  # it lies within, and says no more
    if apart >= small.radius + other.radius:
        words = f"{small.words} (but not {other.words}: they lie {apart:.0f} km apart)"
        return msgspec.structs.replace(small, words=words)
    # The lens between them, by the chord through their crossings.
    along = (apart * apart + small.radius**2 - other.radius**2) / (2 * apart)
    half = max(small.radius**2 - along**2, 0.0) ** 0.5
    if half >= small.radius * 0.95 or along <= 0:
        return small
    near, far = max(apart - other.radius, -small.radius), min(apart + other.radius, small.radius)
    point = away(small.point, bearing(small.point, other.point), (near + far) / 2)
    radius = max(half, (far - near) / 2)
    if radius >= small.radius:
        return small
    return Circle(point, radius, f"{small.words}; {other.words}", small.firm)


def _km(km: float) -> str:
    return f"{km:g} km"


def _way(degrees: float) -> str:
    return _POINTS[round(degrees / 45) % 8]
