"""Which of several places of one name is meant: the one that lies with the account's other places.

A campaign is compact: what an account names together lies together.  Each name's candidates are weighed by
their likeness, size and country, and by how far they lie from those of the names around it; a few rounds settle
all names together.  An outlier is taken only if it is large enough for everybody to know it.  What does not
belong here: finding candidates (``candidates``), and placing what no gazetteer has (``relations``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from frontledger.places.candidates import Candidate
from frontledger.places.geometry import Point, distance

__all__ = ["Choice", "choose"]

_ROUNDS = 5
_NEAREST = 3
"""How many neighbours judge a candidate: the nearest ones, since accounts look far afield now and then."""
_FAME = ((500_000, 6.0), (100_000, 4.0), (50_000, 2.5), (0, 1.0))
"""People, and how many times farther off than a village such a place may lie without further argument."""
_SCALE = 3.0
"""A village may lie so many times farther from the next place than the account's places commonly do …"""
_LEAST, _USUAL, _LARGEST = 60.0, 100.0, 150.0
"""… but at least and at most so many kilometres, and so many where the account has few places."""
_FEW = 5
_CLEAR = 0.35
"""By how much the best candidate must be ahead."""
_TOGETHER = 15.0
"""Kilometres within which two candidates are one place for every purpose of an account."""


class Choice(msgspec.Struct, frozen=True):
    """What became of a name: ``place`` it is there, ``ask`` a person must say, ``none`` no gazetteer has it."""

    verdict: Literal["place", "ask", "none"]
    candidate: Candidate | None = None
    reasons: tuple[str, ...] = ()


def choose(
    found: Mapping[str, Sequence[Candidate]],
    neighbours: Mapping[str, Mapping[str, float]],
    focus: Sequence[Point] = (),
) -> dict[str, Choice]:
    """A choice for every place (by id) that has candidates.

    ``neighbours`` says how closely each place is named together with others; ``focus`` are points that the
    accounts say they are about.
    """
    chosen = {place: _first(options, focus) for place, options in found.items() if options}
    for _ in range(_ROUNDS):
        now = {
            place: min(
                found[place],
                key=lambda c, place=place: (  # type: ignore[misc]
                    _cost(c, _around(place, chosen, neighbours, found, focus)),
                    c.entry.id,
                ),
            )
            for place in chosen
        }
        if now == chosen:
            break
        chosen = now
    next_to = {place: _next(place, chosen, neighbours, focus) for place in chosen}
    usual = sorted(km for km in next_to.values() if km is not None)
    limit = _USUAL
    if len(usual) >= _FEW:
        limit = min(max(_SCALE * usual[len(usual) // 2], _LEAST), _LARGEST)
    return {
        place: _judge(
            found[place], best, _around(place, chosen, neighbours, found, focus), next_to[place], limit
        )
        for place, best in chosen.items()
    }


def _first(options: Sequence[Candidate], focus: Sequence[Point]) -> Candidate:
    around = [(point, 1.0) for point in focus]
    return min(options, key=lambda c: (_cost(c, around), c.entry.id))


def _around(
    place: str,
    chosen: Mapping[str, Candidate],
    neighbours: Mapping[str, Mapping[str, float]],
    found: Mapping[str, Sequence[Candidate]],
    focus: Sequence[Point],
) -> list[tuple[Point, float]]:
    """Where the places named with it lie, with how much each says; the closest named come first."""
    here = chosen[place].entry.id
    near = sorted(neighbours.get(place, {}).items(), key=lambda item: (-item[1], item[0]))
    told = [
        (chosen[other].point, weight * (1.0 if len(found[other]) == 1 else 0.6))
        for other, weight in near
        if other in chosen and chosen[other].entry.id != here and chosen[other].alike >= 0.95
    ][:8]
    return told or [(point, 0.5) for point in focus if distance(point, chosen[place].point) > 0.1]


def _cost(candidate: Candidate, around: Sequence[tuple[Point, float]]) -> float:
    """How unlikely a candidate is: name, size, country, and how far it lies from what is named with it."""
    cost = 8 * (1 - candidate.alike) - 0.3 * math.log10(1 + candidate.entry.population)
    cost -= 0.7 * math.log(max(candidate.weight, 0.05))
    cost += 0.0 if candidate.how == "is" else 0.3
    if around:
        cost += _strangeness(candidate.point, around)
    return cost


def _strangeness(point: Point, around: Sequence[tuple[Point, float]]) -> float:
    nearest = sorted((distance(point, other), weight) for other, weight in around)[:_NEAREST]
    total = sum(weight for _, weight in nearest)
    return sum(weight * 1.3 * math.log1p(km / 25) for km, weight in nearest) / total


def _next(
    place: str,
    chosen: Mapping[str, Candidate],
    neighbours: Mapping[str, Mapping[str, float]],
    focus: Sequence[Point],
) -> float | None:
    """Kilometres to the nearest other place of the same accounts; None where there is none."""
    here = chosen[place]
    others = [
        chosen[other].point
        for other in neighbours.get(place, {})
        if other in chosen and chosen[other].entry.id != here.entry.id and chosen[other].alike >= 0.95
    ]
    far = [distance(here.point, point) for point in (*others, *focus)]
    return min((km for km in far if km > 0.1), default=None)


def _judge(
    options: Sequence[Candidate],
    best: Candidate,
    around: Sequence[tuple[Point, float]],
    apart: float | None,
    limit: float,
) -> Choice:
    if best.own:
        return Choice("place", best, ("the user's own gazetteer",))
    here = _cost(best, around)
    rivals = [
        other
        for other in options
        if distance(other.point, best.point) > _TOGETHER and _cost(other, around) - here < _CLEAR
    ]
    if rivals:
        listed = " or ".join(_told(one) for one in (best, *rivals[:2]))
        return Choice("ask", best, (f"{len(rivals) + 1} places of that name would do: {listed}",))
    if apart is None:
        large = best.entry.population >= 20_000
        alone = len(options) == 1 and best.alike >= 0.95
        if best.weight >= 1 and (large or alone):
            return Choice("place", best, ("no other place to compare with",))
        return Choice("ask", best, (f"perhaps {_told(best)}, but nothing else in the account lies near it",))
    reach = limit * next(factor for people, factor in _FAME if best.entry.population >= people)
    reach *= 1.0 if best.alike >= 0.999 else 0.6
    if apart > reach:
        return Choice(
            "ask",
            best,
            (f"a namesake, {_told(best)}, lies {apart:.0f} km from the next place of the account",),
        )
    return Choice("place", best, (f"{apart:.0f} km from the next place of the account",))


def _told(candidate: Candidate) -> str:
    entry = candidate.entry
    return f"{entry.name} ({entry.country}, {entry.lat:.2f} {entry.lon:.2f})"
