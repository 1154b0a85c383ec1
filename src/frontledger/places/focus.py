"""The points that an account says it is about: places in its title and in the place field of its infobox.

What belongs here: finding those names and points.  What does not: the countries (``theatre``).
"""

from __future__ import annotations

import re

from frontledger.model import Account
from frontledger.places.gazetteers.shelf import Shelf
from frontledger.places.geometry import Point
from frontledger.places.names import read_name
from frontledger.places.theatre import Theatre, opening

__all__ = ["focus_of"]

_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w’'-]*(?:[ -][^\W\d_a-zà-ÿ][\w’'-]*)*")
_PEOPLE = 10_000
"""What a focus must have: smaller places share their names with words …"""
_CITY = 100_000
"""… and what a name anywhere in the opening must have."""
_ENDING = 5
_SHORTEST = 4


def focus_of(account: Account, theatre: Theatre, shelf: Shelf) -> list[Point]:
    """The larger places of the theatre that title and infobox name."""
    fields = [field.value for field in account.infobox if field.key in {"place", "location"}]
    stated = "\n".join((account.title or "", *fields))
    points = _points(stated, _PEOPLE, theatre, shelf)
    return list(dict.fromkeys([*points, *_points(opening(account), _CITY, theatre, shelf)]))


def _points(text: str, people: int, theatre: Theatre, shelf: Shelf) -> list[Point]:
    """The largest place of each name in ``text``, inflected forms cut back to what a gazetteer has."""
    points = []
    slices = [one for country in theatre.weights for one in shelf.slices(country)]
    for surface in dict.fromkeys(_NAME.findall(text)):
        for end in range(len(surface), max(len(surface) - _ENDING, _SHORTEST) - 1, -1):
            name = read_name(surface[:end])
            found = [match.entry for one in slices for match in one.exact(name)]
            best = max(found, key=lambda entry: entry.population, default=None)
            if best is not None and best.population >= people:
                points.append((best.lat, best.lon))
                break
    return points
