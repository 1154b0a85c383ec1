"""GeoJSON (RFC 7946) as it goes over the wire.

What belongs here: its shapes.  What does not: which features there are.
"""

from __future__ import annotations

from typing import Any, Literal

from frontledger.model import Value

__all__ = ["GEOJSON", "Feature", "FeatureCollection", "Link", "Point", "point"]

GEOJSON = "application/geo+json"


class Point(Value, frozen=True):
    """Longitude and latitude, in degrees (WGS 84)."""

    coordinates: tuple[float, float]
    type: Literal["Point"] = "Point"


class Link(Value, frozen=True, omit_defaults=True):
    """A link as OGC APIs write it."""

    href: str
    rel: str
    type: str = "application/json"
    title: str = ""


class Feature(Value, frozen=True):
    """One thing on the map, or one without a place on it."""

    id: str | int
    geometry: Point | None
    properties: dict[str, Any]
    type: Literal["Feature"] = "Feature"


class FeatureCollection(Value, frozen=True):
    """Features, and where there are more of them."""

    features: tuple[Feature, ...]
    type: Literal["FeatureCollection"] = "FeatureCollection"
    links: tuple[Link, ...] = ()
    numberMatched: int | None = None  # noqa: N815 - the standard's name
    numberReturned: int | None = None  # noqa: N815
    timeStamp: str | None = None  # noqa: N815


def point(lat: float | None, lon: float | None) -> Point | None:
    """A point; None without both numbers."""
    return None if lat is None or lon is None else Point(coordinates=(lon, lat))
