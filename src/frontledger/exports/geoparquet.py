"""GeoParquet 1.1: Parquet of one table with its points as WKB in ``geometry``.

Longitude and latitude on WGS 84 (OGC:CRS84, the format's default).  What does not belong here: the columns (``parquet``).
"""

from __future__ import annotations

import struct
from pathlib import Path

import msgspec

from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.parquet import arrow, frame, save
from frontledger.exports.rows import Material

__all__ = ["write"]

VERSION = "1.1.0"


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:
    """One row an event and place, a holding or a place; the geometry is null without coordinates."""
    pyarrow = arrow()
    made = frame(material, losses, table)
    pairs = list(zip(made["lon"].to_pylist(), made["lat"].to_pylist(), strict=True))
    points = [
        None if lon is None or lat is None else struct.pack("<BIdd", 1, 1, lon, lat) for lon, lat in pairs
    ]
    for point in points:
        if point is None:
            losses.leave_unsaid(f"{table} without coordinates: their geometry is null")
    known = [(lon, lat) for lon, lat in pairs if lon is not None and lat is not None]
    column: dict[str, object] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if known:
        east, north = [lon for lon, _ in known], [lat for _, lat in known]
        column["bbox"] = [min(east), min(north), max(east), max(north)]
    about = {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
    made = made.append_column("geometry", pyarrow.array(points, pyarrow.binary()))
    save(made.replace_schema_metadata({b"geo": msgspec.json.encode(about)}), output)
    return int(made.num_rows)
