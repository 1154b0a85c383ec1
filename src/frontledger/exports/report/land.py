"""Land and borders around the places of a ledger, cut out of the world that the package carries.

Natural Earth at 1:10 million, by way of the npm package ``world-atlas``; its borders are de facto.  What belongs
here: the theatre's box and clipping to it.  What does not: where places lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec

from frontledger.exports.report.payload import Land, Line

__all__ = ["around", "box_of", "clipped_line", "clipped_ring"]

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
Point = tuple[float, float]

LEAST = 1.5
"""Degrees of land around a theatre at least."""
SHARE = 1.0
"""Share of the theatre's own size that is shown around it."""
GRID = 3000
"""Steps that the box is divided into: what is finer cannot be seen, and would make reports of wide theatres heavy."""
DECIMALS = 3


class World(msgspec.Struct, frozen=True):
    """``assets/world.json``: polygons of rings, and lines, in the notation of :func:`unfolded`."""

    land: list[list[list[int]]]
    borders: list[list[int]]


def box_of(points: Iterable[Point]) -> Box | None:
    """The box around ``points`` (longitude, latitude) and some land about it; None without points."""
    known = list(points)
    if not known:
        return None
    west, east = min(x for x, _ in known), max(x for x, _ in known)
    south, north = min(y for _, y in known), max(y for _, y in known)
    margin = max(LEAST, SHARE * (east - west), SHARE * (north - south))
    return (
        round(max(-180.0, west - margin), DECIMALS),
        round(max(-90.0, south - margin), DECIMALS),
        round(min(180.0, east + margin), DECIMALS),
        round(min(90.0, north + margin), DECIMALS),
    )


def around(points: Iterable[Point], world: bytes) -> Land | None:
    """What lies around ``points``, out of the JSON of the whole world."""
    box = box_of(points)
    return None if box is None else _cut(box, world)


@lru_cache(maxsize=4)
def _cut(box: Box, world: bytes) -> Land:
    """What lies in a box; kept, for a service asks after every verdict, and the theatre stays."""
    known = msgspec.json.decode(world, type=World)
    step = max(10.0**-DECIMALS, (box[2] - box[0]) / GRID)
    land = []
    for polygon in known.land:
        outer, *holes = (unfolded(ring) for ring in polygon)
        if not _meets(outer, box):
            continue
        shore = thinned(clipped_ring(outer, box), step)
        if len(shore) > 3:
            lakes = [thinned(clipped_ring(hole, box), step) for hole in holes if _meets(hole, box)]
            land.append([shore, *(lake for lake in lakes if len(lake) > 3)])
    borders = [
        piece
        for line in map(unfolded, known.borders)
        if _meets(line, box)
        for part in clipped_line(line, box)
        if len(piece := thinned(part, step)) > 1
    ]
    return Land(box=box, land=land, borders=borders)


def unfolded(steps: Sequence[int]) -> Line:
    """A line out of its notation: thousandths of a degree, longitude and latitude in turn, each point as the way from
    the one before.
    """
    return [
        (x / 1000, y / 1000) for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)
    ]


def _meets(line: Line, box: Box) -> bool:
    """Whether the box of a line meets another box."""
    west, south, east, north = box
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def clipped_ring(ring: Sequence[Point], box: Box) -> Line:
    """The part of a closed ring inside the box, closed; empty when there is none.

    Sutherland and Hodgman, "Reentrant polygon clipping" (1974): one edge of the box after the other.  Separate parts
    stay joined along the box's edges, which shows in outlines there and not in areas.
    """
    points: Line = list(ring[:-1] if ring and ring[0] == ring[-1] else ring)
    for axis, limit, keep in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        found: Line = []
        for before, here in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            was, now = keep * (before[axis] - limit) >= 0, keep * (here[axis] - limit) >= 0
            if was != now:
                found.append(_crossing(before, here, axis, limit))
            if now:
                found.append(here)
        points = found
    return [*points, points[0]] if points else []


def _crossing(one: Point, other: Point, axis: int, limit: float) -> Point:
    """Where the way from one point to the other crosses an edge of the box."""
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (limit, across) if axis == 0 else (across, limit)


def clipped_line(line: Sequence[Point], box: Box) -> list[Line]:
    """The pieces of a line inside the box (Liang and Barsky, 1984, segment by segment)."""
    pieces: list[Line] = []
    piece: Line = []
    for one, other in pairwise(line):
        inside = _within(one, other, box)
        if inside is None:
            continue
        if not piece or piece[-1] != inside[0]:
            piece = [inside[0]]
            pieces.append(piece)
        piece.append(inside[1])
    return pieces


def _within(one: Point, other: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a segment inside the box."""
    (x, y), dx, dy = one, other[0] - one[0], other[1] - one[1]
    enter, leave = 0.0, 1.0
    for run, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if run == 0:
            if room < 0:
                return None
            continue
        share = room / run
        if run < 0:
            enter = max(enter, share)
        else:
            leave = min(leave, share)
    if enter > leave:
        return None
    start = one if enter == 0 else (x + enter * dx, y + enter * dy)
    return start, other if leave == 1 else (x + leave * dx, y + leave * dy)


def thinned(line: Line, step: float) -> Line:
    """The line on a grid of ``step`` degrees, without points that fall together or lie on the way."""
    kept: Line = []
    for x, y in line:
        point = (round(round(x / step) * step, DECIMALS), round(round(y / step) * step, DECIMALS))
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _straight(first: Point, middle: Point, last: Point) -> bool:
    """Whether the middle point adds nothing, on a line along the grid."""
    return first[0] == middle[0] == last[0] or first[1] == middle[1] == last[1]
