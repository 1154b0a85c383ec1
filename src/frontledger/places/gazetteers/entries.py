"""One place of a gazetteer, and a slice of them: a country, or a file of the user's.

What belongs here: the nouns.  What does not: reading files (``files``), searching (``slices``).
"""

from __future__ import annotations

import msgspec

__all__ = ["Entry", "Source"]


class Entry(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """One place of a gazetteer: coordinates in degrees (WGS 84)."""

    id: str
    """``geonames:163808``, or ``FILE:ROW`` for the user's own."""
    name: str
    names: tuple[str, ...] = ()
    """Other names, in any script."""
    lat: float
    lon: float
    type: str | None = "settlement"
    """A type as places have it; None where the gazetteer does not say."""
    country: str = ""
    """ISO 3166-1 alpha-2, upper case; empty when not known."""
    admin: str = ""
    """First administrative level, as GeoNames codes it."""
    population: int = 0
    since: str | None = None
    """First ISO day on which it bore these names; None: always."""
    until: str | None = None
    """Last such day; None: still."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a list of places comes from, for people and for deciding when it is stale."""

    name: str
    kind: str
    """``geonames``, ``csv``, ``geojson``, ``dump`` or ``control-map``."""
    places: int
    names: int
    path: str | None = None
    added: str | None = None
    """ISO time at which the user added it."""
    country: str = ""
    """The country of a national dump."""
    rank: int = 0
    """The larger, the later it was added, and the more it is trusted."""
