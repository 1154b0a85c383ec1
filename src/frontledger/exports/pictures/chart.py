"""The chart of holdings: a lane a place, coloured where somebody holds it, with marks for events.

Soft ends are ranges of days; hatching means contested; a hollow strip below, what is only claimed; paler, a holder known
only because somebody took the place from them.  What does not belong here: which lanes there are (``scene``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontledger.exports.palette import NOBODY
from frontledger.exports.pictures.axis import ticks
from frontledger.exports.pictures.canvas import INK, QUIET, library, plain
from frontledger.exports.pictures.labels import fitted
from frontledger.exports.pictures.scene import Scene
from frontledger.exports.rows import HoldingRow

__all__ = ["LANE", "draw_chart", "legend"]

LANE = 0.165
"""Inches a lane is high."""
BAR, STRIP = 0.62, 0.2
NAME, ROOM = 6.5, 1.6
"""Points of a place's name, and inches that it has beside its lane."""
SOFT = 6
"""Steps in which a soft end fades."""
IMPLIED = 0.45
MARKS = {
    "stated": ("v", INK, INK),
    "reported": ("v", "none", INK),
    "denied": ("x", INK, INK),
    "rejected": ("x", INK, INK),
}


def draw_chart(axes: Any, scene: Scene, marked: Sequence[int]) -> None:
    """Draw on ``axes``; the days ``marked`` get a line each."""
    span = scene.span
    if span is None or not scene.lanes:
        axes.set_axis_off()
        axes.text(
            0.5, 0.5, "no dated holding in this ledger", ha="center", va="center", transform=axes.transAxes
        )
        return
    first, last = span
    axes.set_xlim(first, last + 1)
    axes.set_ylim(len(scene.lanes) - 0.5, -0.5)
    for lane, place in enumerate(scene.lanes):
        if lane % 2:
            axes.axhspan(lane - 0.5, lane + 0.5, color="#F3F4F5", lw=0, zorder=0)
        for row in scene.holdings[place]:
            _bar(axes, scene, row, lane, (first, last))
    _events(axes, scene, last - first)
    for day in marked:
        axes.axvline(day + 0.5, color=INK, lw=0.6, ls=(0, (4, 2)), zorder=5)
    names = fitted(axes.figure, [plain(scene.name(place)) for place in scene.lanes], NAME, ROOM)
    axes.set_yticks(range(len(scene.lanes)), names)
    axes.tick_params(axis="y", length=0, labelsize=NAME)
    told = ticks(first, last)
    axes.set_xticks([day for day, _ in told], [label for _, label in told])
    axes.grid(axis="x", color="#D5D8DB", lw=0.4, zorder=0.5)
    axes.set_axisbelow(True)
    for edge in ("top", "right", "left"):
        axes.spines[edge].set_visible(False)


def _bar(axes: Any, scene: Scene, row: HoldingRow, lane: int, span: tuple[int, int]) -> None:
    """One holding: solid where it is certain, fading over the ranges of its ends."""
    if row.state == "unknown":
        return
    first, last = span[0], span[1] + 1
    since = [None if day is None else scene.days[day] for day in (row.since_earliest, row.since_latest)]
    until = [None if day is None else scene.days[day] for day in (row.until_earliest, row.until_latest)]
    begin = since[1] if since[1] is not None else last
    end = until[0] if until[0] is not None else (last if until[1] is None else begin)
    solid = max(first, min(begin, last)), max(first, min(end, last))
    if solid[0] < solid[1]:
        _patch(axes, scene, row, lane, solid, 1.0)
    if since[0] is not None and since[0] < begin:
        _fade(axes, scene, row, lane, (max(first, since[0]), min(begin, solid[1], last)), rising=True)
    if until[1] is not None and until[1] > max(end, begin):
        _fade(axes, scene, row, lane, (max(first, end, begin), min(until[1], last)), rising=False)


def _fade(
    axes: Any, scene: Scene, row: HoldingRow, lane: int, ends: tuple[int, int], *, rising: bool
) -> None:
    steps = 1 if row.layer == "claimed" else SOFT  # an outline has no shades
    width = (ends[1] - ends[0]) / steps
    if width <= 0:
        return
    for step in range(steps):
        strength = (step + 0.5) / steps if rising else 1 - (step + 0.5) / steps
        _patch(
            axes, scene, row, lane, (ends[0] + step * width, ends[0] + (step + 1) * width), 0.75 * strength
        )


def _patch(
    axes: Any, scene: Scene, row: HoldingRow, lane: int, ends: tuple[float, float], strength: float
) -> None:
    rectangle = library("matplotlib.patches").Rectangle
    paint = [scene.paint.get(side, NOBODY) for side in row.side_ids] or [NOBODY]
    length = ends[1] - ends[0]
    if row.layer == "claimed":
        look = {"fill": False, "edgecolor": paint[0], "lw": 0.8, "alpha": strength}
        alone = all(one.layer == "claimed" or one.state == "unknown" for one in scene.holdings[row.place_id])
        top, high = (lane - STRIP, 2 * STRIP) if alone else (lane + BAR / 2 - 0.02, STRIP)
        axes.add_patch(rectangle((ends[0], top), length, high, zorder=3, **look))
        return
    where = (ends[0], lane - BAR / 2)
    if row.state == "contested":
        pale = {"facecolor": paint[0], "alpha": 0.3 * strength, "lw": 0}
        axes.add_patch(rectangle(where, length, BAR, zorder=2, **pale))
        hatched = {"fill": False, "hatch": "/////", "edgecolor": paint[-1], "lw": 0, "alpha": strength}
        axes.add_patch(rectangle(where, length, BAR, zorder=2.1, **hatched))
        return
    alpha = strength * (IMPLIED if row.implied else 1.0)
    axes.add_patch(rectangle(where, length, BAR, zorder=2, facecolor=paint[0], alpha=alpha, lw=0))


def _events(axes: Any, scene: Scene, length: int) -> None:
    """A mark an event, on the middle of its days; a line over them where they are more than one."""
    for lane, place in enumerate(scene.lanes):
        for row in scene.events.get(place, ()):
            first = scene.days[row.earliest or ""]
            last = scene.days[row.latest] if row.latest else first
            shape, fill, edge = MARKS[row.status]
            if last > first and last - first < length:
                axes.plot([first, last + 1], [lane - BAR / 2 - 0.06] * 2, color=edge, lw=0.5, zorder=4)
            look = {
                "marker": shape,
                "s": 7,
                "linewidths": 0.6,
                "zorder": 4,
                "edgecolors": edge,
                "facecolors": fill,
            }
            if shape == "x":
                look = {"marker": shape, "s": 7, "linewidths": 0.7, "zorder": 4, "c": edge}
            axes.scatter([(first + last + 1) / 2], [lane - BAR / 2 - 0.06], clip_on=True, **look)


def legend(scene: Scene, *, chart: bool) -> list[Any]:
    """Handles that explain the colours and signs of the chart and of the map."""
    patch, line = library("matplotlib.patches").Patch, library("matplotlib.lines").Line2D
    held = {side for rows in scene.holdings.values() for row in rows for side in row.side_ids}
    sides = [side for side in scene.paint if side in held]
    found = [
        patch(facecolor=scene.paint[side], label=plain(scene.material.side_name(side) or side))
        for side in sides
    ]
    states = {row.state for row in scene.material.holdings}
    claimed = any(row.layer == "claimed" for row in scene.material.holdings)
    if "contested" in states:
        found.append(patch(facecolor="#E4E6E8", edgecolor=QUIET, hatch="/////", lw=0, label="contested"))
    if claimed:
        found.append(patch(facecolor="none", edgecolor=QUIET, lw=0.8, label="only claimed"))
    if not chart:
        return found
    if any(row.implied for row in scene.material.holdings):
        found.append(
            patch(
                facecolor=scene.paint[sides[0]] if sides else NOBODY,
                alpha=IMPLIED,
                label="inferred from its loss",
            )
        )
    told = {row.status for rows in scene.events.values() for row in rows}
    said = {"stated": "event", "reported": "event, only reported", "denied": "denied or rejected"}
    for status, label in said.items():
        if status in told or (status == "denied" and "rejected" in told):
            shape, fill, edge = MARKS[status]
            found.append(line([], [], ls="", marker=shape, ms=3.5, mfc=fill, mec=edge, mew=0.6, label=label))
    return found
