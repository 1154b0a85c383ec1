"""Finding the names that sound like a name among thousands, without comparing it to each.

Names are filed under the coarse consonant skeletons of their readings and under each skeleton with one
consonant left out, so that two names meet when they are at most one coarse consonant apart.  What does not
belong here: what a match means (``identity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import Levenshtein

from frontledger.places.names import SAME, Name, similarity, spoken
from frontledger.places.sounds import skeleton

__all__ = ["NameIndex"]

T = TypeVar("T")
Drawers = dict[tuple[str, tuple[str, ...]], dict[Name, list[T]]]
_LOOSE = 0.55
"""Sounds that must agree as they stand before any are weighed; below what pairs of one place reach."""


@lru_cache(maxsize=65536)
def _bones(name: Name) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The skeletons of ``name``, and what is left of them with one consonant out."""
    whole = {skeleton(sounds) for sounds in spoken(name)}
    cut = {bones[:i] + bones[i + 1 :] for bones in whole for i in range(len(bones))}
    return tuple(sorted(whole)), tuple(sorted(cut))


class NameIndex(Generic[T]):
    """Things under their names; :meth:`near` finds those whose name sounds alike."""

    def __init__(self) -> None:
        self._whole: Drawers[T] = defaultdict(dict)
        self._cut: Drawers[T] = defaultdict(dict)

    def add(self, name: Name, thing: T) -> None:
        """File ``thing`` under ``name``."""
        whole, cut = _bones(name)
        for bones in whole:
            self._whole[bones, name.marks].setdefault(name, []).append(thing)
        for bones in cut:
            self._cut[bones, name.marks].setdefault(name, []).append(thing)

    def near(
        self, name: Name, floor: float, wanted: Callable[[T], bool] = lambda _: True
    ) -> list[tuple[float, Name, T]]:
        """(similarity, name, thing) for each ``wanted`` thing with a name at least ``floor`` alike."""
        found = []
        for other, things in self._candidates(name, swaps=floor < SAME).items():
            kept = [thing for thing in things if wanted(thing)] if _alike_in_letters(name, other) else []
            alike = similarity(name, other, floor) if kept else 0.0
            if alike >= floor:
                found += [(alike, other, thing) for thing in kept]
        return found

    def _candidates(self, name: Name, *, swaps: bool) -> dict[Name, list[T]]:
        """Names one coarse consonant more or less; with ``swaps`` also those with another one in its place."""
        whole, cut = _bones(name)
        drawers = [
            *(table.get((bones, name.marks), {}) for bones in whole for table in (self._whole, self._cut)),
            *(self._whole.get((bones, name.marks), {}) for bones in cut),
            *(self._cut.get((bones, name.marks), {}) for bones in cut if swaps),
        ]
        return {other: things for drawer in drawers for other, things in drawer.items()}


def _alike_in_letters(a: Name, b: Name) -> bool:
    """Whether enough sounds agree as they stand; a quick look before they are weighed."""
    return any(
        Levenshtein.normalized_similarity(x, y, score_cutoff=_LOOSE) >= _LOOSE
        for x in spoken(a)
        for y in spoken(b)
    )
