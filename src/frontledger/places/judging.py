"""Whether the likeliest of the places of a name is sure enough to be put on the map, or a person must be asked.

A campaign is compact: a village far from everything else that the account names is another one of its name.
What belongs here: the verdict on one account's choices.  What does not: how they are chosen (``choosing``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from frontledger.places.candidates import Candidate
from frontledger.places.geometry import Point, distance

__all__ = ["Choice", "Surroundings", "judge", "strays", "usual_reach"]

_FAME = ((500_000, 6.0), (100_000, 4.0), (50_000, 2.5), (0, 1.0))
"""People, and how many times farther off than a village such a place may lie without further argument."""
_SCALE = 3.0
"""A village may lie so many times farther from the next place than the account's places commonly do …"""
_LEAST, _USUAL, _LARGEST = 60.0, 100.0, 150.0
"""… but at least and at most so many kilometres, and so many where the account has few places."""
_FEW = 5
_CLEAR = 0.35
"""By how much the best candidate must be ahead."""
_BESIDE = 2.0
"""How many times farther than from any place of the account a place may lie from those named beside it."""
_WRONG, _TOWN = 25.0, 20_000
"""Kilometres off the text's distance (twice as many for the only place so called), and people below which such a
place is another one."""
_ALIKE, _ONLY = 0.6, 1.6
"""Part of the reach that a place has whose name only sounds alike, and that of the only one so called."""
_COMMON, _CLOSER = 3, 0.4
"""Candidates from which on a name is common, so that the one meant may be missing, and the part of the reach that it
then has where an account's places lie densely.
"""
_APART, _PAIR, _CITY = 0.9, 2, 50_000
"""Part of the usual reach beyond which groups of places lie apart, places that make no group, people of a city."""
_RARE = 8
"""Letters of a name that few places share."""
_SAME = 0.999
_TOGETHER = 15.0
"""Kilometres within which two candidates are one place for every purpose of an account."""


class Choice(msgspec.Struct, frozen=True):
    """What became of a name: ``place`` it is there, ``ask`` a person must say, ``none`` no gazetteer has it."""

    verdict: Literal["place", "ask", "none"]
    candidate: Candidate | None = None
    reasons: tuple[str, ...] = ()


class Surroundings(msgspec.Struct, frozen=True):
    """How a chosen place lies to the account's other places, in kilometres; None where there are none."""

    next: float | None
    """To the nearest of all."""
    beside: float | None
    """To the nearest of those named side by side with it."""
    off: float
    """Off the distances that the text tells."""
    astray: bool
    """It lies with others, but away from most."""
    reach: float
    """How far off a village may lie in this account."""


def usual_reach(next_to: Sequence[float]) -> float:
    """How far from the next place a village may lie, by how far the account's places commonly do."""
    if len(next_to) < _FEW:
        return _USUAL
    return min(max(_SCALE * sorted(next_to)[len(next_to) // 2], _LEAST), _LARGEST)


def judge(
    options: Sequence[Candidate],
    best: Candidate,
    cost: Callable[[Candidate], float],
    around: Surroundings,
) -> Choice:
    """The verdict on ``best`` of ``options``; ``cost`` says how unlikely each is."""
    if best.own:
        return Choice("place", best, ("the user's own gazetteer",))
    here = cost(best)
    rivals = [
        other
        for other in options
        if distance(other.point, best.point) > _TOGETHER and cost(other) - here < _CLEAR
    ]
    if rivals:
        listed = " or ".join(_told(one) for one in (best, *rivals[:2]))
        return Choice("ask", best, (f"{len(rivals) + 1} places of that name would do: {listed}",))
    if around.next is None:
        large = best.entry.population >= _TOWN
        if best.weight >= 1 and (large or (len(options) == 1 and best.alike >= _SAME)):
            return Choice("place", best, ("no other place to compare with",))
        return Choice("ask", best, (f"perhaps {_told(best)}, but nothing else in the account lies near it",))
    common = len(options) >= _COMMON and around.reach < _USUAL
    stray = _stray(best, around, around.next, alone=len(options) == 1, common=common)
    if stray:
        return Choice("ask", best, (f"a namesake, {_told(best)}, lies {stray}",))
    return Choice("place", best, (f"{around.next:.0f} km from the next place of the account",))


def _stray(best: Candidate, around: Surroundings, apart: float, *, alone: bool, common: bool) -> str | None:
    """Why the place must be another one of the name, in words; None where it may well be meant."""
    reach = around.reach * next(factor for people, factor in _FAME if best.entry.population >= people)
    reach *= _ALIKE if best.alike < _SAME else _ONLY if alone and best.main else 1.0
    reach *= _CLOSER if common else 1.0
    rare = best.main and best.alike >= _SAME and len(best.entry.name) >= _RARE
    if apart > reach:
        return f"{apart:.0f} km from the next place of the account"
    if around.beside is not None and around.beside > _BESIDE * reach and not (rare and alone):
        return f"{around.beside:.0f} km from all that it is named with"
    if around.off > (2 * _WRONG if alone else _WRONG) and best.entry.population < _TOWN:
        return f"{around.off:.0f} km off the distance that the text tells"
    if around.astray and not (rare and alone):
        return "far from most places of the account"
    return None


def strays(chosen: Mapping[str, Candidate], reach: float) -> set[str]:
    """Places that lie together, but away from the others: no more than half of all, and no city among them.

    Two wrong namesakes must not vouch for each other.
    """
    if len(chosen) <= _PAIR:
        return set()
    left, groups = dict.fromkeys(chosen), []
    while left:
        group = [left.popitem()[0]]
        for one in group:  # grows while it is walked
            here: Point = chosen[one].point
            close = [o for o in left if distance(here, chosen[o].point) <= _APART * reach]
            for other in close:
                del left[other]
            group += close
        groups.append(group)
    return {
        one
        for group in groups
        if 2 * len(group) <= len(chosen) and max(chosen[o].entry.population for o in group) < _CITY
        for one in group
    }


def _told(candidate: Candidate) -> str:
    entry = candidate.entry
    return f"{entry.name} ({entry.country}, {entry.lat:.2f} {entry.lon:.2f})"
