"""The lines of a text, and what their shape says: wrapped or not, finished or not.

What does not belong here: what a line is for (``blocks``, ``infobox``).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = ["LEADING", "Line", "Shape", "finished", "lines_of", "shape_of", "starts_low"]

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
BREAKS = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
FINISHED = re.compile(r"[.!?…؟۔。][\"'”’»)\]]*$")
LEADING = "\"'“„«»‘’(–—- "

LONGEST_WRAPPED = 140
WRAPPED_SHARE = 0.25  # of line ends that fall inside a sentence
FULL_SHARE = 0.7  # of the width that a line must fill to have been broken by the margin


class Line(NamedTuple):
    """A line that is not blank, without the space around it; offsets into the text."""

    start: int
    end: int
    text: str
    gap: bool
    """Whether a blank line (or nothing) comes before."""


class Shape(NamedTuple):
    """How a text's lines were broken: at a margin of ``width`` characters, or (0) only where sense ends."""

    width: int

    def full(self, line: Line) -> bool:
        """Whether the margin can have broken this line."""
        return bool(self.width) and len(line.text) >= FULL_SHARE * self.width


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that hold something (markers should be lifted out first)."""
    found: list[Line] = []
    last = 0
    gap = True
    for match in LINE.finditer(text):
        start, end = match.span()
        if start - last > 1 and not gap:
            gap = len(BREAKS.findall(text, last, start)) > 1
        last = end
        raw = match.group()
        content = raw.strip()
        if not content:
            gap = True
            continue
        low = start + len(raw) - len(raw.lstrip())
        found.append(Line(low, low + len(content), content, gap))
        gap = False
    return found


def finished(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return FINISHED.search(line[-6:]) is not None


def starts_low(line: str) -> bool:
    """Whether the line goes on in lower case (or in a script that has no case)."""
    first = line.lstrip(LEADING)[:1]
    return first.isalpha() and not first.isupper() and not first.istitle()


def shape_of(lines: list[Line]) -> Shape:
    """Tell hard-wrapped text by lines that end inside a sentence and go on in lower case."""
    inside: list[int] = []
    pairs = 0
    for line, after in pairwise(lines):
        if after.gap:
            continue
        pairs += 1
        if not finished(line.text) and starts_low(after.text) and len(line.text) <= LONGEST_WRAPPED:
            inside.append(len(line.text))
    if not inside or len(inside) < WRAPPED_SHARE * pairs:
        return Shape(0)
    return Shape(sorted(inside)[len(inside) // 2])
