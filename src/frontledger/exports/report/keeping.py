"""What one payload can take over from the one before: parts that were made of the same values.

A verdict changes an event, a track or two and a count; the words of all other accounts, their dates and marks, and all
other tracks are as they were.  What belongs here: remembering parts by what they were made of.  What does not: which
parts there are (``building``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

__all__ = ["Kept"]

Part = TypeVar("Part")


class Kept:
    """The parts of the last payload.  For one thread at a time; parts that a payload does not use are forgotten."""

    def __init__(self) -> None:
        self._former: dict[Hashable, tuple[Any, Any]] = {}
        self._now: dict[Hashable, tuple[Any, Any]] = {}
        self.made = 0
        """Parts that the last payload had to make."""

    def begin(self) -> None:
        """A new payload: only what the last one had can be taken over."""
        self._former, self._now = self._now, {}
        self.made = 0

    def part(self, name: Hashable, of: object, make: Callable[[], Part]) -> Part:
        """The part ``name`` as it was, where it was made of something equal to ``of``; else made."""
        known = self._former.get(name)
        if known is None or known[0] != of:
            self.made += 1
            known = (of, make())
        self._now[name] = known
        return cast("Part", known[1])
