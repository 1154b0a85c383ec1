"""Pictures put together: chart and maps on one page, and the files that they go to.

What belongs here: sizes, titles, files.  What does not: what is drawn in a chart or a map, the campaign as it moves (``moving``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from frontledger.errors import ExportError
from frontledger.exports.files import check, settled
from frontledger.exports.pictures.canvas import QUIET, WIDTH, figure, plain, style
from frontledger.exports.pictures.chart import LANE, draw_chart, legend
from frontledger.exports.pictures.maps import (
    LEFT,
    MAP_HIGH,
    RIGHT,
    box_of,
    draw_ground,
    draw_names,
    draw_points,
    land_of,
    spread,
)
from frontledger.exports.pictures.moving import animation
from frontledger.exports.pictures.scene import LANES, Scene
from frontledger.exports.report.choosing import known, limited
from frontledger.exports.rows import Material
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar

__all__ = ["Draw", "Drawn", "Wanted", "draw", "write"]

Draw = Literal["both", "chart", "map"]
DPI = 300
MOST = 24
"""Maps in one picture; more would be higher than a picture can be."""
SMALL_HIGH = 2.9
"""Inches of a map beside another."""
TITLE, LEGEND, AXIS = 0.42, 0.42, 0.32


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
    days = [_day(one) for one in dict.fromkeys(wanted.on)]
    if len(days) > MOST:
        raise ExportError(
            f"--on: {len(days)} days, and a picture has room for {MOST} maps; --animate shows all days"
        )
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
            notes += animation(scene, wanted.animate, force=force)
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
