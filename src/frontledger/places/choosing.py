"""Which of several places of one name is meant: the one that lies with the account's other places.

What an account names together lies together.  Each name's candidates are weighed by their likeness, size and
country, by how far they lie from those of the names around it, and by the distances that the text tells; a few
rounds settle all names together.  What does not belong here: finding candidates (``candidates``), whether the
best is good enough (``judging``), and placing what no gazetteer has (``relations``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from frontledger.model import Telling
from frontledger.places.candidates import Candidate
from frontledger.places.geometry import Point, bearing, distance
from frontledger.places.judging import Choice, Surroundings, judge, strays, usual_reach

__all__ = ["choose"]

_ROUNDS = 5
_NEAREST = 3
"""How many neighbours judge a candidate: the nearest ones, since accounts look far afield now and then."""
_HEARD = 8
"""How many of the closest named are asked at all."""
_FIRM = 0.95
"""Likeness from which on a place says anything about others."""
_ALTERNATE = 1.1
"""What counts against a place that bears the name only beside its usual one."""
_BORROWED = 0.3
"""What counts against a base or province that is only called after the place."""
_WRONG_WAY = 80.0
"""Degrees by which a direction is wrong."""
_SAME_POINT = 0.1


def choose(
    found: Mapping[str, Sequence[Candidate]],
    beside: Mapping[str, Mapping[str, float]],
    focus: Sequence[Point] = (),
    tellings: Mapping[str, Sequence[Telling]] | None = None,
) -> dict[str, Choice]:
    """A choice for every place (by id) of one account that has candidates.

    ``beside`` says how closely each place is named together with others; ``focus`` are points that the account
    says it is about; ``tellings`` what it says of a place's distance from others.
    """
    settling = _Settling(found, beside, focus, tellings or {})
    settling.settle()
    return settling.judged()


class _Settling:
    """The candidates of one account while they are being settled."""

    def __init__(
        self,
        found: Mapping[str, Sequence[Candidate]],
        beside: Mapping[str, Mapping[str, float]],
        focus: Sequence[Point],
        tellings: Mapping[str, Sequence[Telling]],
    ) -> None:
        self.found = {place: options for place, options in found.items() if options}
        self.focus = focus
        self.tellings = tellings
        self.beside = {
            place: sorted(
                ((other, weight) for other, weight in beside.get(place, {}).items() if other in self.found),
                key=lambda item: (-item[1], item[0]),
            )
            for place in self.found
        }
        start = [(point, 1.0) for point in focus]
        self.chosen = {
            place: min(options, key=lambda c: (_cost(c, start), c.entry.id))
            for place, options in self.found.items()
        }

    def settle(self) -> None:
        """Choose anew in the light of the other choices until nothing changes."""
        for _ in range(_ROUNDS):
            now = {}
            for place, options in self.found.items():
                around = self.around(place)
                now[place] = min(options, key=lambda c: (self.cost(place, c, around), c.entry.id))
            if now == self.chosen:
                return
            self.chosen = now

    def judged(self) -> dict[str, Choice]:
        """The verdict on every choice."""
        next_to = {place: self.nearest(place, self.found) for place in self.found}
        reach = usual_reach([km for km in next_to.values() if km is not None])
        astray = strays(self.chosen, reach)
        judged = {}
        for place, best in self.chosen.items():
            around = self.around(place)
            surroundings = Surroundings(
                next=next_to[place],
                beside=self.nearest(place, [other for other, _ in self.beside[place]], focus=False),
                off=self.off(place, best),
                astray=place in astray,
                reach=reach,
            )
            judged[place] = judge(
                self.found[place],
                best,
                lambda c: self.cost(place, c, around),  # noqa: B023 - used at once
                surroundings,
            )
        return judged

    def around(self, place: str) -> list[tuple[Point, float]]:
        """Where the places named with it lie, with how much each says; what the account is about, failing that."""
        here = self.chosen[place]
        told = [
            (self.chosen[other].point, weight * (1.0 if len(self.found[other]) == 1 else 0.6))
            for other, weight in self.beside[place]
            if self.chosen[other].entry.id != here.entry.id and self.chosen[other].alike >= _FIRM
        ][:_HEARD]
        return told or [(point, 0.5) for point in self.focus if distance(point, here.point) > _SAME_POINT]

    def nearest(
        self, place: str, others: Sequence[str] | Mapping[str, object], *, focus: bool = True
    ) -> float | None:
        """Kilometres to the nearest of ``others``, or of the points that the account is about."""
        here = self.chosen[place]
        points = [
            self.chosen[other].point
            for other in others
            if self.chosen[other].entry.id != here.entry.id and self.chosen[other].alike >= _FIRM
        ]
        far = [distance(here.point, point) for point in (*points, *(self.focus if focus else ()))]
        return min((km for km in far if km > _SAME_POINT), default=None)

    def cost(self, place: str, candidate: Candidate, around: Sequence[tuple[Point, float]]) -> float:
        """How unlikely a candidate is, all in all."""
        return _cost(candidate, around) + self.contradiction(place, candidate)

    def off(self, place: str, candidate: Candidate) -> float:
        """By how many kilometres the candidate lies off the distances that the account tells, at worst."""
        off = [
            abs(distance(candidate.point, self.chosen[one.anchor].point) - one.km)
            for one in self.tellings.get(place, ())
            if one.km is not None and one.anchor and one.anchor in self.chosen and not one.loose
        ]
        return max(off, default=0.0)

    def contradiction(self, place: str, candidate: Candidate) -> float:
        """How unlikely distances and directions in words make a candidate."""
        cost = 1.5 * math.log1p(self.off(place, candidate) / 10)
        for one in self.tellings.get(place, ()):
            anchor = self.chosen.get(one.anchor or "")
            if one.degrees is not None and anchor is not None and distance(anchor.point, candidate.point) > 5:
                turn = abs((bearing(anchor.point, candidate.point) - one.degrees + 180) % 360 - 180)
                cost += 1.0 if turn > _WRONG_WAY else 0.0
        return cost


def _cost(candidate: Candidate, around: Sequence[tuple[Point, float]]) -> float:
    """How unlikely a candidate is by name, size, country, and how far it lies from what is named with it.

    The weights were set on the dev accounts: ten times the people outweigh 0.3, as do 6 km more at 25.
    """
    cost = 8 * (1 - candidate.alike) - 0.3 * math.log10(1 + candidate.entry.population)
    cost -= 0.7 * math.log(max(candidate.weight, 0.05))
    cost += 0.0 if candidate.how == "is" else _BORROWED
    cost += 0.0 if candidate.main else _ALTERNATE
    if around:
        nearest = sorted((distance(candidate.point, other), weight) for other, weight in around)[:_NEAREST]
        total = sum(weight for _, weight in nearest)
        cost += sum(weight * 1.3 * math.log1p(km / 25) for km, weight in nearest) / total
    return cost
