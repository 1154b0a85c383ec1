"""The points that an account says it is about: places in its title and in the place field of its infobox.

What belongs here: finding those names and points.  What does not: the countries (``theatre``).
"""

from __future__ import annotations

import re

from frontledger.model import Account
from frontledger.places.gazetteers.shelf import Shelf
from frontledger.places.geometry import Point
from frontledger.places.names import read_name
from frontledger.places.theatre import Theatre

__all__ = ["focus_of"]

_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w’'-]*(?:[ -][^\W\d_a-zà-ÿ][\w’'-]*)*")
_PEOPLE = 10_000
"""What a focus must have: smaller places share their names with words."""


def focus_of(account: Account, theatre: Theatre, shelf: Shelf) -> list[Point]:
    """The larger places of the theatre that title and infobox name."""
    fields = [field.value for field in account.infobox if field.key in {"place", "location"}]
    points: list[Point] = []
    for text in (account.title or "", *fields):
        for surface in dict.fromkeys(_NAME.findall(text)):
            name = read_name(surface)
            found = [
                match.entry
                for country in theatre.weights
                for one in shelf.slices(country)
                for match in one.exact(name)
            ]
            best = max(found, key=lambda entry: entry.population, default=None)
            if best is not None and best.population >= _PEOPLE:
                points.append((best.lat, best.lon))
    return points
