"""Names beside points, where there is room: the most eventful first, eight places to stand, none over another.

What belongs here: where a name stands.  What does not: which points there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["fitted", "place_labels"]

POSITIONS = (
    (1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
    (0.8, 0.8, "left", "bottom"), (0.8, -0.8, "left", "top"), (-0.8, 0.8, "right", "bottom"), (-0.8, -0.8, "right", "top"),
)  # fmt: skip
GAP = 4.5
"""Points between a mark and its name."""
MOST = 120
"""Names that are tried."""

Box = tuple[float, float, float, float]


def fitted(figure: Any, names: Sequence[str], size: float, inches: float) -> list[str]:
    """Names cut, with an ellipsis, to what fits into so much room."""
    renderer = figure.canvas.get_renderer()
    probe = figure.text(0, 0, "", fontsize=size)
    room = inches * figure.dpi
    found = []
    for name in names:
        probe.set_text(name)
        width = probe.get_window_extent(renderer).width
        while width > room and len(name) > 1:
            name = name[: max(1, int(len(name) * room / width) - 1)].rstrip("… ") + "…"  # noqa: PLW2901 - cut again
            probe.set_text(name)
            width = probe.get_window_extent(renderer).width
        found.append(name)
    probe.remove()
    return found


def place_labels(axes: Any, named: Sequence[tuple[float, float, str]], size: float) -> int:
    """Write names at ``(longitude, latitude, name)``, the most important first; how many found no room."""
    renderer = axes.figure.canvas.get_renderer()
    frame = axes.get_window_extent(renderer)
    pixels = axes.figure.dpi / 72
    half = GAP * pixels * 0.7
    spots = [axes.transData.transform((lon, lat)) for lon, lat, _ in named]
    taken: list[Box] = [(x - half, y - half, x + half, y + half) for x, y in spots]
    left_out = max(0, len(named) - MOST)
    for (lon, lat, name), (x, y) in zip(named[:MOST], spots[:MOST], strict=True):
        text = axes.annotate(
            name,
            (lon, lat),
            xytext=(0, 0),
            textcoords="offset points",
            fontsize=size,
            zorder=6,
            annotation_clip=True,
        )
        own = (x - half, y - half, x + half, y + half)
        for right, up, across, upright in POSITIONS:
            text.set_position((right * GAP, up * GAP))
            text.set_ha(across)
            text.set_va(upright)
            found = text.get_window_extent(renderer)
            box = (found.x0, found.y0, found.x1, found.y1)
            inside = box[0] > frame.x0 and box[2] < frame.x1 and box[1] > frame.y0 and box[3] < frame.y1
            if inside and not any(_meet(box, other) for other in taken if other != own):
                taken.append(box)
                break
        else:
            text.remove()
            left_out += 1
    return left_out


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
