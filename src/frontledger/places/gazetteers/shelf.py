"""All gazetteers that are to be searched: the user's own lists, then the index of the world's settlements.

What belongs here: having them at hand, and doing without what cannot be had.  What does not: reading files
(``files``), choosing among places (``choosing``).
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers.entries import Source
from frontledger.places.gazetteers.folders import cache_folder, data_folder
from frontledger.places.gazetteers.index import Country, Index, open_index, plain_key
from frontledger.places.gazetteers.own import own_slices
from frontledger.places.gazetteers.slices import ASK, Slice
from frontledger.places.geometry import Point, centre, distance
from frontledger.places.names import read_name

if TYPE_CHECKING:
    from frontledger.places.gazetteers.online import Resolver

__all__ = ["TRUSTED", "Found", "Shelf", "lookup", "open_shelf", "shared_shelf"]

RESOLVER = "FRONTLEDGER_RESOLVER"
"""Environment variable with the base address of a Nominatim-compatible server; without it nothing is asked."""
TRUSTED = frozenset({"csv", "geojson"})
"""Kinds of lists that a person made for the purpose."""

_NEARLY = 0.95


class Shelf:
    """Open gazetteers; close it, or use it as a context manager.

    ``problems`` has one clear line for each gazetteer that could not be had; the others serve.
    """

    def __init__(
        self,
        index: Index | None,
        own: Iterable[Slice] = (),
        problems: Iterable[str] = (),
        resolver: Resolver | None = None,
    ) -> None:
        self._index = index
        self._resolver = resolver
        self._own = tuple(own)
        self.problems = tuple(problems)
        self._provinces: dict[tuple[str, str], tuple[Point, float, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def note(self, problem: str) -> None:
        """Remember a further problem, once."""
        if problem not in self.problems:
            self.problems = (*self.problems, problem)

    def close(self) -> None:
        """Close the index."""
        if self._index is not None:
            self._index.close()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search."""
        return self._index is None and not self._own

    @property
    def countries(self) -> Mapping[str, Country]:
        """The countries of the world by code."""
        return self._index.countries if self._index is not None else {}

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """The countries that each country borders on."""
        return {code: frozenset(one.neighbours.split(",")) for code, one in self.countries.items()}

    @property
    def sources(self) -> tuple[Source, ...]:
        """What there is, the most trusted first."""
        index = (self._index.totals(),) if self._index is not None else ()
        return (*(one.source for one in self._own), *index)

    def own(self) -> tuple[Slice, ...]:
        """The user's own lists, the most trusted first: what they have is there."""
        return tuple(one for one in self._own if one.source.kind in TRUSTED)

    def maps(self) -> tuple[Slice, ...]:
        """Control maps that the user added: of some war, perhaps of another one."""
        return tuple(one for one in self._own if one.source.kind == "control-map")

    def online(self, name: str, countries: Iterable[str]) -> tuple[Slice, ...]:
        """What the online resolver has under a name, if the user set one."""
        if self._resolver is None:
            return ()
        found = self._resolver.slice(name, countries)
        if self._resolver.problem:
            self.note(self._resolver.problem)
        return (found,)

    def slices(self, country: str) -> tuple[Slice, ...]:
        """What there is of a country: dumps that the user added, then the index."""
        dumps = tuple(
            one for one in self._own if one.source.kind == "dump" and one.source.country in {country, ""}
        )
        return (*dumps, *((self._index.slice(country),) if self._index is not None else ()))

    def province(self, country: str, admin: str) -> tuple[Point, float, int]:
        """The middle of an administrative unit, how far nearly all of its settlements reach, and their number."""
        key = country, admin
        if key not in self._provinces:
            points = [
                (one.lat, one.lon)
                for part in self.slices(country)
                for one in part.entries
                if one.admin == admin and one.country == country
            ]
            middle = centre(points)
            far = sorted(distance(middle, point) for point in points)
            self._provinces[key] = middle, far[int(len(far) * _NEARLY)], len(points)
        return self._provinces[key]

    def having(self, names: Iterable[str]) -> dict[str, list[str]]:
        """For each name that any place in the index has, the countries with such a place."""
        if self._index is None:
            return {}
        keys = {name: plain_key(name) for name in names}
        found = self._index.having([key for key in keys.values() if len(key) > 2])
        return {name: found[key] for name, key in keys.items() if key in found}


def open_shelf(watch: Callable[[int, int, str], None] = lambda *_: None) -> Shelf:
    """Everything that can be had on this machine."""
    problems: list[str] = []
    index = None
    try:
        index = open_index(watch)
    except GazetteerError as error:
        problems.append(f"places stay without coordinates: {error}")
    own, said = own_slices()
    resolver = None
    if base := os.environ.get(RESOLVER):
        from frontledger.places.gazetteers.online import Resolver

        resolver = Resolver(base)
    return Shelf(index, own, [*problems, *said], resolver)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a gazetteer as people look it up."""

    name: str
    found_as: str
    """The name that answered."""
    alike: float
    type: str | None
    country: str
    lat: float
    lon: float
    population: int
    gazetteer: str
    id: str


_shared: dict[tuple[Path, Path, int], Shelf] = {}


def shared_shelf() -> Shelf:
    """The same, opened once for a whole process and closed at its end; opened anew when the user's lists change."""
    data = data_folder()
    key = cache_folder(), data, data.stat().st_mtime_ns if data.is_dir() else 0
    if key not in _shared:
        if not _shared:
            atexit.register(_close_shared)
        _close_shared()
        _shared[key] = open_shelf()
    return _shared[key]


def _close_shared() -> None:
    while _shared:
        _shared.popitem()[1].close()


def lookup(name: str, shelf: Shelf, country: str | None = None) -> list[Found]:
    """Places under a name, the most trusted first: the very name, or else what sounds like it.

    ``country`` (ISO 3166-1 alpha-2) narrows the search, and is needed to find by sound beyond the user's own
    lists: no name is rare in the whole world.
    """
    read = read_name(name)
    codes = [country] if country else sorted({c for cs in shelf.having([name]).values() for c in cs})
    slices = [*shelf.own(), *shelf.maps(), *(one for code in codes for one in shelf.slices(code))]
    found = [match for one in slices for match in one.exact(read)]
    found = found or [match for one in slices for match in one.alike(read, ASK)]
    unique = {match.entry.id: match for match in reversed(found)}
    ranked = sorted(
        unique.values(), key=lambda match: (-match.source.rank, -match.alike, -match.entry.population)
    )
    return [
        Found(
            name=match.entry.name,
            found_as=match.name,
            alike=round(match.alike, 3),
            type=match.entry.type,
            country=match.entry.country,
            lat=match.entry.lat,
            lon=match.entry.lon,
            population=match.entry.population,
            gazetteer=match.source.name,
            id=match.entry.id,
        )
        for match in ranked
    ]
