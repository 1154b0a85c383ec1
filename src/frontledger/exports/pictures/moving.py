"""The map that moves through the campaign: an animated GIF, a picture for every day on which something changes.

What belongs here: frames.  What does not: what is drawn on the map of a day (``maps``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from frontledger.errors import ExportError
from frontledger.exports.files import settled
from frontledger.exports.pictures.canvas import INK, QUIET, WIDTH, figure, library, plain
from frontledger.exports.pictures.chart import legend
from frontledger.exports.pictures.maps import (
    LEFT,
    MAP_HIGH,
    RIGHT,
    Box,
    box_of,
    draw_ground,
    draw_names,
    draw_points,
    land_of,
    spread,
)
from frontledger.exports.pictures.scene import Scene
from frontledger.mentions import calendar

__all__ = ["animation"]

DPI = 110
FRAMES = 150
"""Pictures at most."""
FRAME_MS, LAST_MS = 350, 2500


def animation(scene: Scene, output: Path, *, force: bool) -> list[str]:
    """Write the GIF; what it does not show.

    Raises :class:`~frontledger.errors.ExportError` where no place with a holding is located, and for a file that cannot be
    written.
    """
    days, notes = _frames(scene)
    points = scene.on(days[-1]) if days else []
    made = figure(MAP_HIGH + 0.95)
    made.set_dpi(DPI)
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
