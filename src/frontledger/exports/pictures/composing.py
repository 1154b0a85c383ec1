"""Pictures put together: chart and maps on one page, or a map that moves through the campaign.

What belongs here: sizes, titles, files.  What does not: what is drawn in a chart or a map.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from frontledger.errors import ExportError
from frontledger.exports.files import check, settled
from frontledger.exports.pictures.canvas import INK, QUIET, WIDTH, figure, library, plain, style
from frontledger.exports.pictures.chart import LANE, draw_chart, legend
from frontledger.exports.pictures.maps import (
    Box,
    box_of,
    draw_ground,
    draw_names,
    draw_points,
    land_of,
    spread,
)
from frontledger.exports.pictures.scene import LANES, Scene
from frontledger.exports.report.choosing import known, limited
from frontledger.exports.rows import Material
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar

__all__ = ["Draw", "Drawn", "Wanted", "draw", "write"]

Draw = Literal["both", "chart", "map"]
DPI, GIF_DPI = 300, 110
FRAMES = 150
"""Pictures in an animation, at most."""
FRAME_MS, LAST_MS = 350, 2500
MAP_HIGH, SMALL_HIGH = 4.3, 2.9
"""Inches of a map across the page, and of one beside another."""
TITLE, LEGEND, AXIS = 0.42, 0.42, 0.32
LEFT, RIGHT = 0.075, 0.985
"""Where maps begin and end, as shares of the width: their degrees stand to the left."""


class Drawn(NamedTuple):
    """The files that were written, and what a reader of them should know."""

    files: list[Path]
    notes: list[str]


class Wanted(NamedTuple):
    """The files that are asked for: a still as PNG or SVG, the campaign as a GIF; ``on`` are the days of the maps."""

    png: Path | None = None
    svg: Path | None = None
    animate: Path | None = None
    on: tuple[str, ...] = ()
    draw: str = "both"

    @property
    def outputs(self) -> list[Path]:
        """Every file that is asked for."""
        return [output for output in (self.png, self.svg, self.animate) if output is not None]


def draw(
    ledger: str | PathLike[str],
    wanted: Wanted,
    *,
    accounts: Collection[str] = (),
    title: str | None = None,
    revision: int | None = None,
    force: bool = False,
) -> Drawn:
    """Open a ledger and draw it, or what it was (``revision``), or what ``accounts`` tell of it.

    Raises as :func:`write`, :class:`~frontledger.errors.LedgerError` when there is no such ledger, and
    :class:`~frontledger.errors.NotFoundError` for an account or a revision that it does not have.
    """
    for output in wanted.outputs:
        check(output, force=force)
    with Ledger.open(ledger) as opened, opened.reading():
        material = Material.of(opened if revision is None else opened.at(revision), title or "")
    if accounts:
        told = list(material.accounts.values())
        known(accounts, told)
        events, places, holdings = limited(
            material.events, list(material.places.values()), material.held, accounts
        )
        material = replace(
            material, events=tuple(events), held=tuple(holdings), places={place.id: place for place in places}
        )
    return write(Scene(material, title or _title(material, accounts)), wanted, force=force)


def _title(material: Material, accounts: Collection[str]) -> str:
    told = [one for one in material.accounts.values() if not accounts or one.id in accounts]
    if len(told) == 1:
        return told[0].title or told[0].id
    return f"{len(told)} accounts" if told else "An empty ledger"


def write(scene: Scene, wanted: Wanted, *, force: bool = False) -> Drawn:
    """Write the pictures that are asked for.

    Raises :class:`~frontledger.errors.ExportError` for a day that is none, a file that must not or cannot be written,
    and without matplotlib.
    """
    if wanted.draw not in get_args(Draw):
        raise ExportError(f"no picture {wanted.draw!r}: expected one of {', '.join(get_args(Draw))}")
    days = [_day(one) for one in wanted.on]
    title = plain(scene.title, 200)
    notes: list[str] = []
    with style() as complaints:
        if wanted.png or wanted.svg:
            made, said = _still(scene, days, wanted.draw)
            notes += said
            if wanted.png:
                about = {"Software": None, "Title": title}
                _save(made, wanted.png, force=force, format="png", dpi=DPI, metadata=about)
            if wanted.svg:
                _save(made, wanted.svg, force=force, format="svg", metadata={"Date": None, "Title": title})
        if wanted.animate:
            notes += _animation(scene, wanted.animate, force=force)
    notes += [*_limits(scene, wanted.draw), *complaints]
    return Drawn(wanted.outputs, list(dict.fromkeys(notes)))


def _day(text: str) -> int:
    try:
        return calendar.parse_iso(text)
    except ValueError as error:
        raise ExportError(f"--on: {error}; expected a day as 2015-12-16") from None


def _save(made: Any, output: Path, *, force: bool, **options: Any) -> None:
    with settled(output, force=force) as unborn:
        made.savefig(unborn, **options)


def _limits(scene: Scene, draw: str) -> list[str]:
    """What the pictures do not show."""
    notes = []
    if draw != "map" and scene.too_many > 0:
        notes.append(f"the chart has the {LANES} most eventful places; {scene.too_many} more have no lane")
    if draw != "chart" and scene.unlocated:
        one = scene.unlocated == 1
        notes.append(
            f"{scene.unlocated} place{'' if one else 's'} without coordinates {'is' if one else 'are'} on no map"
        )
    if scene.span is None:
        notes.append("nothing in this ledger is dated: the pictures are empty")
    return notes


def _still(scene: Scene, days: Sequence[int], draw: str) -> tuple[Any, list[str]]:
    """Chart above, maps below, two beside one another where there are several days."""
    shown = list(days) or ([scene.span[1]] if scene.span else [])
    maps = shown if draw != "chart" else []
    columns = 1 if len(maps) < 2 else 2
    rows = -(-len(maps) // columns)
    each = MAP_HIGH if columns == 1 else SMALL_HIGH
    lanes = max(LANE * len(scene.lanes), 0.6) if draw != "map" else 0.0
    heights = ([lanes + AXIS] if lanes else []) + [each] * rows
    height = TITLE + LEGEND + sum(heights) + 0.08 * len(heights)
    made = figure(height)
    made.text(0.012, 1 - 0.1 / height, plain(scene.title, 90), fontsize=9.5, fontweight="bold", va="top")
    if scene.span:
        between = f"{calendar.iso(scene.span[0])} to {calendar.iso(scene.span[1])}"
        made.text(0.988, 1 - 0.12 / height, between, fontsize=7, va="top", ha="right", color=QUIET)
    top = 1 - TITLE / height
    if lanes:
        axes = made.add_axes((0.24, top - lanes / height, 0.745, lanes / height))
        draw_chart(axes, scene, days if draw == "both" else [])
        top -= (lanes + AXIS) / height
    said = _maps(made, scene, maps, top=top, columns=columns, each=each, height=height)
    handles = legend(scene, chart=bool(lanes))
    if handles:
        made.legend(
            handles=handles, loc="lower center", ncols=min(5, len(handles)), frameon=False, fontsize=6.5,
            bbox_to_anchor=(0.5, 0.0), handlelength=1.4, columnspacing=1.4,
        )  # fmt: skip
    return made, said


def _maps(
    made: Any, scene: Scene, days: Sequence[int], *, top: float, columns: int, each: float, height: float
) -> list[str]:
    left_out = 0
    wide = (RIGHT - LEFT * columns) / columns
    high = each - 0.42
    land = None
    for number, day in enumerate(days):
        points = scene.on(day)
        x = LEFT + (number % columns) * (wide + LEFT)
        y = top - (number // columns) * (each + 0.08) / height - (0.22 + high) / height
        axes = made.add_axes((x, y, wide, high / height))
        axes.set_title(calendar.iso(day), fontsize=8, loc="left", pad=3, fontweight="bold")
        box = box_of(points, wide * WIDTH / high)
        if box is None:
            axes.set_xticks([])
            axes.set_yticks([])
            axes.text(0.5, 0.5, "no located place is held by anybody", ha="center", va="center", color=QUIET)
            continue
        land = land or land_of(points)
        draw_ground(axes, box, land)
        points = spread(points, box)
        draw_points(axes, scene, points, box)
        left_out += draw_names(axes, points)
    return [f"{left_out} names had no room on the map{'s' * (len(days) > 1)}"] if left_out else []


def _animation(scene: Scene, output: Path, *, force: bool) -> list[str]:
    """One picture a day on which something changes."""
    days, notes = _frames(scene)
    points = scene.on(days[-1]) if days else []
    made = figure(MAP_HIGH + 0.95)
    made.set_dpi(GIF_DPI)
    axes = made.add_axes((LEFT, 0.17, RIGHT - LEFT, 0.72))
    box = box_of(points, (RIGHT - LEFT) * WIDTH / (0.72 * (MAP_HIGH + 0.95)))
    if box is None:
        raise ExportError(
            "--animate: no located place of this ledger is held by anybody, so there is nothing to move"
        )
    draw_ground(axes, box, land_of(points))
    made.text(0.012, 0.975, plain(scene.title, 80), fontsize=9.5, fontweight="bold", va="top")
    caption = made.text(0.988, 0.975, "", fontsize=10, fontweight="bold", va="top", ha="right", color=INK)
    if handles := legend(scene, chart=False):
        made.legend(
            handles=handles, loc="lower center", ncols=min(5, len(handles)), frameon=False, fontsize=6.5
        )
    past = _progress(made, days)
    left_out = draw_names(axes, spread(points, box))
    if left_out:
        notes.append(f"{left_out} names had no room on the map")
    frames = _photographs(made, axes, scene, days, box, caption, past)
    durations = [FRAME_MS] * (len(frames) - 1) + [LAST_MS]
    with settled(output, force=force) as unborn:
        frames[0].save(
            unborn,
            format="GIF",
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=0,
            optimize=False,
        )
    return notes


def _photographs(
    made: Any, axes: Any, scene: Scene, days: Sequence[int], box: Box, caption: Any, past: Any
) -> list[Any]:
    """One image a day: what stays is drawn once, the places, the day and the progress over it each time."""
    image = library("PIL.Image")
    moving = (caption, past)
    for artist in moving:
        artist.set_animated(True)
    canvas = made.canvas
    canvas.draw()
    still = canvas.copy_from_bbox(made.bbox)
    frames = []
    for day in days:
        canvas.restore_region(still)
        caption.set_text(calendar.iso(day))
        past.set_width((day - days[0]) / max(1, days[-1] - days[0]))
        marks = draw_points(axes, scene, spread(scene.on(day), box), box)
        for artist in sorted(marks, key=lambda mark: float(mark.get_zorder())):
            axes.draw_artist(artist)
            artist.remove()
        for artist in moving:
            made.draw_artist(artist)
        frame = image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        frames.append(frame.convert("RGB").quantize(255, dither=image.Dither.NONE))
    return frames


def _frames(scene: Scene) -> tuple[list[int], list[str]]:
    days = list(scene.changes)
    if len(days) <= FRAMES:
        return days, []
    chosen = sorted({days[round(index * (len(days) - 1) / (FRAMES - 1))] for index in range(FRAMES)})
    return chosen, [f"the animation shows {len(chosen)} of the {len(days)} days on which something changes"]


def _progress(made: Any, days: Sequence[int]) -> Any:
    """A line along the bottom that grows with the days."""
    axes = made.add_axes((LEFT, 0.095, RIGHT - LEFT, 0.012))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_axis_off()
    rectangle = library("matplotlib.patches").Rectangle
    axes.add_patch(rectangle((0, 0), 1, 1, facecolor="#E1E4E7", lw=0))
    past = rectangle((0, 0), 0, 1, facecolor=QUIET, lw=0)
    axes.add_patch(past)
    axes.text(0, -0.5, calendar.iso(days[0]), va="top", ha="left", fontsize=6, color=QUIET)
    axes.text(1, -0.5, calendar.iso(days[-1]), va="top", ha="right", fontsize=6, color=QUIET)
    return past
