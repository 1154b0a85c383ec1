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
from rapidfuzz.process import extract

from frontledger.places.names import SAME, Name, similarity, spoken
from frontledger.places.sounds import skeleton

__all__ = ["NameIndex"]

T = TypeVar("T")
Drawer = dict[tuple[int, str], str]
"""Sound strings by number of the name and reading."""
_LOOSE = 0.6
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
        self._names: list[Name] = []
        self._things: list[list[T]] = []
        self._numbers: dict[str, int] = {}
        self._whole: dict[tuple[str, tuple[str, ...]], Drawer] = defaultdict(dict)
        self._cut: dict[tuple[str, tuple[str, ...]], Drawer] = defaultdict(dict)

    def add(self, name: Name, thing: T) -> None:
        """File ``thing`` under ``name``."""
        number = self._numbers.setdefault(name.surface, len(self._names))
        if number < len(self._names):
            self._things[number].append(thing)
            return
        self._names.append(name)
        self._things.append([thing])
        whole, cut = _bones(name)
        sounds = {(number, reading): reading for reading in spoken(name)}
        for bones in whole:
            self._whole[bones, name.marks].update(sounds)
        for bones in cut:
            self._cut[bones, name.marks].update(sounds)

    def near(
        self, name: Name, floor: float, wanted: Callable[[T], bool] = lambda _: True
    ) -> list[tuple[float, Name, T]]:
        """(similarity, name, thing) for each ``wanted`` thing with a name at least ``floor`` alike."""
        found = []
        for number in self._candidates(name, swaps=floor < SAME):
            kept = [thing for thing in self._things[number] if wanted(thing)]
            alike = similarity(name, self._names[number], floor) if kept else 0.0
            if alike >= floor:
                found += [(alike, self._names[number], thing) for thing in kept]
        return found

    def _candidates(self, name: Name, *, swaps: bool) -> set[int]:
        """Names with enough sounds in common and one coarse consonant more or less, with ``swaps`` or another."""
        whole, cut = _bones(name)
        drawers = [table.get((bones, name.marks)) for bones in whole for table in (self._whole, self._cut)]
        drawers += [self._whole.get((bones, name.marks)) for bones in cut]
        drawers += [self._cut.get((bones, name.marks)) for bones in cut if swaps]
        return {
            number
            for drawer in drawers
            if drawer
            for sounds in spoken(name)
            for _, _, (number, _) in extract(
                sounds, drawer, scorer=Levenshtein.normalized_similarity, score_cutoff=_LOOSE, limit=None
            )
        }
