"""matplotlib, imported when something is drawn: figures, fonts, and texts that stay texts.

What belongs here: what all pictures share with the library.  What does not: what they show.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from frontledger.errors import ExportError
from frontledger.exports.cells import flat, printable

__all__ = ["INK", "PAPER", "QUIET", "WIDTH", "figure", "library", "plain", "style"]

WIDTH = 7.2
"""Inches: the two columns of a journal's page (183 mm)."""
INK, QUIET, PAPER = "#1D1D1B", "#6A6F74", "#FFFFFF"
LONGEST = 34
"""Letters of a name that are drawn; the rest is an ellipsis."""
LOOK = {
    "font.family": ["DejaVu Sans"],
    "font.size": 7.0,
    "axes.linewidth": 0.5,
    "axes.edgecolor": QUIET,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "hatch.linewidth": 0.9,
    "svg.fonttype": "none",
    "svg.hashsalt": "frontledger",
    "text.parse_math": False,
}


def library(name: str) -> Any:
    """A module of matplotlib, or Pillow; raises :class:`~frontledger.errors.ExportError` naming the extra without it."""
    try:
        return import_module(name)
    except ImportError:
        raise ExportError("pictures need matplotlib: pip install 'frontledger[plots]'") from None


@contextmanager
def style() -> Iterator[list[str]]:
    """Draw within: our look, and one line for what the library complains about instead of its warnings."""
    notes: list[str] = []
    matplotlib = library("matplotlib")
    with warnings.catch_warnings(record=True) as said, matplotlib.rc_context(LOOK):
        warnings.simplefilter("always")
        yield notes
    missing = {str(one.message).split()[1] for one in said if "missing from font" in str(one.message)}
    if missing:
        notes.append(
            f"the font has no shape for {len(missing)} of the letters in names: boxes stand for them"
        )


def figure(height: float) -> Any:
    """An empty figure of our width, ``height`` inches high."""
    made = library("matplotlib.figure").Figure(figsize=(WIDTH, height), facecolor=PAPER)
    library("matplotlib.backends.backend_agg").FigureCanvasAgg(made)
    return made


def plain(text: str, longest: int = LONGEST) -> str:
    """A text of an account on one line, printable and not too long."""
    clean = flat(printable(text)).strip()
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"
