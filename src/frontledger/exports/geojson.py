"""GeoJSON (RFC 7946): a feature an event and place, and one a holding; without coordinates, the geometry is null.

What does not belong here: which properties there are (``tables``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from frontledger.exports import tables
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import Material

__all__ = ["write"]

DIGITS = 6
"""Of a degree: about 10 cm, as RFC 7946 (clause 11.2) has it."""
AS_GEOMETRY = frozenset({"lat", "lon"})


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one file has both
    """A FeatureCollection, a feature a line."""
    count = 0
    encode = msgspec.json.Encoder().encode
    with output.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for feature in _features(material, losses):
            file.write((b",\n" if count else b"\n") + encode(feature))
            count += 1
        file.write(b"\n]}\n")
    return count


def _features(material: Material, losses: Losses) -> Iterator[dict[str, Any]]:
    for table, feature in (("events", "event"), ("holdings", "holding")):
        for row in tables.rows(material, "events" if table == "events" else "holdings"):
            if row["lat"] is None:
                losses.leave_unsaid(f"{table} without coordinates: their geometry is null")
            yield {
                "type": "Feature",
                "id": f"{feature}:{row['id']}",
                "geometry": _point(row["lat"], row["lon"]),
                "properties": {
                    "feature": feature,
                    **{name: value for name, value in row.items() if name not in AS_GEOMETRY},
                },
            }


def _point(lat: tables.Cell, lon: tables.Cell) -> dict[str, Any] | None:
    """Longitude first."""
    if not isinstance(lat, float | int) or not isinstance(lon, float | int):
        return None
    return {"type": "Point", "coordinates": [round(lon, DIGITS), round(lat, DIGITS)]}
