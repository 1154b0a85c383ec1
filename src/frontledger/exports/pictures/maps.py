"""The map of one day: land and borders, every located place coloured by its holder, circles of uncertainty, names.

Hatched means contested, hollow only claimed, a small grey point that nobody is known to hold it.  Degrees are drawn so that
kilometres are alike in both directions at the middle of the map.  What does not belong here: land itself (``report.land``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from frontledger.errors import ExportError
from frontledger.exports.palette import NOBODY
from frontledger.exports.pictures.canvas import INK, QUIET, library, plain
from frontledger.exports.pictures.labels import place_labels
from frontledger.exports.pictures.scene import Point, Scene
from frontledger.exports.report.land import around
from frontledger.exports.report.page import asset
from frontledger.exports.report.payload import Land

__all__ = [
    "LEFT",
    "MAP_HIGH",
    "RIGHT",
    "Box",
    "box_of",
    "draw_ground",
    "draw_names",
    "draw_points",
    "land_of",
    "spread",
]

Box = tuple[float, float, float, float]
"""West, south, east, north."""
KM_A_DEGREE = 111.2
LEAST = 0.12
"""Degrees around the outermost places, at least …"""
SHARE = 0.12
"""… and as a share of the theatre."""
WATER, LAND, BORDER = "#E8EEF2", "#FAF8F3", "#8C8F93"
CREDIT = "Natural Earth; borders de facto, of today"
MAP_HIGH = 4.3
"""Inches of a map across the page."""
LEFT, RIGHT = 0.075, 0.985
"""Where maps begin and end, as shares of the width: their degrees stand to the left."""
SIZE = 26
APART = 0.017
"""How far places at one point are set apart, as a share of the map's height."""
NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def box_of(points: Sequence[Point], ratio: float) -> Box | None:
    """The box of the map around all points, as wide to high as ``ratio``; None without points."""
    if not points:
        return None
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    squeeze = _squeeze((south + north) / 2)
    wide, high = max((east - west) * squeeze, LEAST), max(north - south, LEAST)
    wide, high = wide * (1 + 2 * SHARE) + LEAST, high * (1 + 2 * SHARE) + LEAST
    wide, high = max(wide, high * ratio), max(high, wide / ratio)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / squeeze / 2, max(-90.0, y - high / 2), x + wide / squeeze / 2, min(90.0, y + high / 2)


def land_of(points: Sequence[Point]) -> Land | None:
    """Land around the points; None in a package that was built without it."""
    try:
        return around([(point.lon, point.lat) for point in points], asset("world.json"))
    except ExportError:
        return None


def draw_ground(axes: Any, box: Box, land: Land | None) -> None:
    """What does not change from day to day: water, land, borders, degrees, a scale."""
    west, south, east, north = box
    squeeze = _squeeze((south + north) / 2)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / squeeze, adjustable="box")
    axes.set_facecolor(LAND if land is None else WATER)
    if land is not None:
        _land(axes, land)
        axes.text(
            0.99, 0.012, CREDIT, transform=axes.transAxes, ha="right", fontsize=4.5, color=QUIET, zorder=7
        )
    for edge in axes.spines.values():
        edge.set_edgecolor(QUIET)
    axes.xaxis.set_major_locator(library("matplotlib.ticker").MaxNLocator(5))
    axes.yaxis.set_major_locator(library("matplotlib.ticker").MaxNLocator(5))
    axes.xaxis.set_major_formatter(lambda value, _: _degrees(value, "E", "W"))
    axes.yaxis.set_major_formatter(lambda value, _: _degrees(value, "N", "S"))
    axes.grid(color="#C9CDD1", lw=0.3, zorder=1)
    axes.tick_params(labelsize=5.5, length=2, color=QUIET, labelcolor=QUIET)
    _scale(axes, box, squeeze)


def _land(axes: Any, land: Land) -> None:
    path, patch = library("matplotlib.path").Path, library("matplotlib.patches").PathPatch
    for polygon in land.land:
        corners = [corner for ring in polygon for corner in ring]
        codes = [code for ring in polygon for code in _codes(path, len(ring))]
        axes.add_patch(patch(path(corners, codes), facecolor=LAND, edgecolor="#A9B4BC", lw=0.4, zorder=0.5))
    collection = library("matplotlib.collections").LineCollection
    axes.add_collection(
        collection(land.borders, colors=BORDER, linewidths=0.6, linestyles="dashdot", zorder=1.2)
    )


def _codes(path: Any, length: int) -> list[int]:
    return [path.MOVETO, *[path.LINETO] * (length - 2), path.CLOSEPOLY]


def spread(points: Sequence[Point], box: Box) -> list[Point]:
    """Places at one and the same point, set around it, so that each can be seen; the others as they are."""
    together: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        together.setdefault((round(point.lat, 3), round(point.lon, 3)), []).append(point)
    turned: dict[str, Point] = {}
    for same in together.values():
        ring = sorted(same, key=lambda point: point.place)
        away = (box[3] - box[1]) * APART * max(1.0, len(ring) / 6)
        for number, point in enumerate(ring if len(ring) > 1 else []):
            angle = math.tau * number / len(ring)
            lat = point.lat + away * math.sin(angle)
            lon = point.lon + away * math.cos(angle) / _squeeze(point.lat)
            turned[point.place] = replace(point, lat=lat, lon=lon, at=(point.lat, point.lon))
    return [turned.get(point.place, point) for point in points]


def draw_points(axes: Any, scene: Scene, points: Sequence[Point], box: Box) -> list[Any]:
    """The places as they stand on a day; what was drawn, to be taken away for the next day."""
    ellipse = library("matplotlib.patches").Ellipse
    seen = (box[3] - box[1]) * KM_A_DEGREE / 40
    circles: dict[str, list[Any]] = {}
    marks: dict[Mark, list[tuple[float, float]]] = {}
    for point in points:
        if point.radius_km > seen:
            lat, lon = point.at or (point.lat, point.lon)
            high = 2 * point.radius_km / KM_A_DEGREE
            circles.setdefault(_colour(scene, point), []).append(
                ellipse((lon, lat), high / _squeeze(lat), high)
            )
        for mark in _marks(scene, point):
            marks.setdefault(mark, []).append((point.lon, point.lat))
    collection = library("matplotlib.collections").PatchCollection
    made = [
        axes.add_collection(
            collection(
                one,
                facecolors="none",
                edgecolors=colour,
                linewidths=0.4,
                linestyles=[(0, (2, 2))],
                alpha=0.45,
                zorder=2,
            ),
            autolim=False,
        )
        for colour, one in circles.items()
    ]
    return made + [_draw(axes, mark, where) for mark, where in marks.items()]


class Mark(NamedTuple):
    """How a place looks: one call of the library draws all that look alike."""

    level: float
    size: float
    fill: str
    edge: str
    line: float
    hatched: bool = False


def _marks(scene: Scene, point: Point) -> list[Mark]:
    """What is drawn for a place, one over the other."""
    colour = _colour(scene, point)
    if point.state == "contested":
        other = scene.paint.get(point.sides[-1], NOBODY) if point.sides else NOBODY
        return [Mark(4, SIZE, "white", INK, 0.5), Mark(4.1, SIZE, "none", other, 0, hatched=True)]
    if point.state == "held":
        made = [Mark(4, SIZE, colour, "white", 0.5)]
        if point.claimed is not None and point.claimed != point.holder:
            made.append(Mark(3.9, SIZE * 2.2, "none", scene.paint.get(point.claimed, NOBODY), 0.9))
        return made
    if point.claimed is not None:
        return [Mark(4, SIZE, "white", scene.paint.get(point.claimed, NOBODY), 1.1)]
    return [Mark(3.5, SIZE / 3, NOBODY, "none", 0)]


def _draw(axes: Any, mark: Mark, where: Sequence[tuple[float, float]]) -> Any:
    return axes.scatter(
        [lon for lon, _ in where], [lat for _, lat in where], s=mark.size, facecolors=mark.fill, edgecolors=mark.edge,
        linewidths=mark.line, hatch="//////" if mark.hatched else None, zorder=mark.level,
    )  # fmt: skip


def _colour(scene: Scene, point: Point) -> str:
    side = point.holder or (point.sides[0] if point.sides else None)
    return scene.paint.get(side or "", NOBODY)


def draw_names(axes: Any, points: Sequence[Point], size: float = 5.8) -> int:
    """Names where there is room, the most eventful first; how many had none."""
    named = [(point.lon, point.lat, plain(point.name, 26)) for point in reversed(points)]
    return place_labels(axes, named, size)


def _scale(axes: Any, box: Box, squeeze: float) -> None:
    """A line of a round number of kilometres, at the bottom left."""
    width = (box[2] - box[0]) * KM_A_DEGREE * squeeze
    km = max((one for one in NICE if one <= width / 4), default=1)
    length = km / KM_A_DEGREE / squeeze
    x, y = box[0] + (box[2] - box[0]) * 0.03, box[1] + (box[3] - box[1]) * 0.045
    axes.plot([x, x + length], [y, y], color=INK, lw=1.2, zorder=7, solid_capstyle="butt")
    axes.annotate(
        f"{km} km",
        (x + length / 2, y),
        (0, 2),
        textcoords="offset points",
        ha="center",
        fontsize=5.5,
        zorder=7,
    )


def _squeeze(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return max(0.05, math.cos(math.radians(lat)))


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value >= 0 else negative}" if value else "0°"
