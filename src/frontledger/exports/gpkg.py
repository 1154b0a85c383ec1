"""GeoPackage for QGIS: layers of events, places and holdings with DATETIME ``begin`` and ``end``, and a style.

Layers without coordinates keep their rows, with no geometry.  ``begin`` is the first day, ``end`` the midnight after the
last one, so that QGIS's temporal controller (which leaves the end of a span out) shows a day on that day; both are null
where no end is known, and outside of the years 1 to 9999.  What does not belong here: the format's own tables
(``ledger.geopackage``), the style (``qgis_style``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from frontledger.exports import tables
from frontledger.exports.days import after, common
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.palette import colours
from frontledger.exports.qgis_style import STYLES_TABLE, events_style, holdings_style
from frontledger.exports.rows import Material
from frontledger.ledger import geopackage

__all__ = ["write"]

TYPES: Mapping[tables.Type, str] = {
    "text": "TEXT", "free": "TEXT", "day": "TEXT", "number": "DOUBLE", "integer": "INTEGER", "flag": "BOOLEAN",
}  # fmt: skip
ABOUT: Mapping[Table, str] = {
    "events": "What the accounts assert, one row an event and place; begin and end bound its day",
    "places": "Every place, with or without coordinates",
    "holdings": "Who held which place; between begin and end it is certain",
}
TIMED: frozenset[Table] = frozenset({"events", "holdings"})


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one file has all
    """Three layers and their styles."""
    count = 0
    with closing(sqlite3.connect(output)) as connection, connection:
        geopackage.prepare(connection)
        for layer in ABOUT:
            count += _layer(connection, material, layer, losses)
        connection.execute(f"CREATE TABLE layer_styles ({STYLES_TABLE})")
        geopackage.register(connection, "layer_styles", "How QGIS draws the layers", points=False)
        paint = colours(material.ranked_sides)
        timed = all(common(day) for row in material.rows for day in (row.earliest, row.latest) if day)
        for layer, style in (
            ("events", events_style(paint, timed=timed)),
            ("holdings", holdings_style(paint, timed=timed)),
        ):
            connection.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
                " styleName, styleQML, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, 1, ?, '')",
                (layer, f"{layer} by side", style, "Colours by side; contested ringed, claimed hollow"),
            )
    return count


def _layer(connection: sqlite3.Connection, material: Material, layer: Table, losses: Losses) -> int:
    columns = dict(tables.COLUMNS[layer])
    declared = [f'"{name}" {TYPES[kind]}' for name, kind in columns.items()]
    if layer in TIMED:
        declared += ['"begin" DATETIME', '"end" DATETIME']
    connection.execute(
        f"CREATE TABLE {layer} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, {', '.join(declared)})"
    )
    geopackage.register(connection, layer, ABOUT[layer], points=True)
    points: list[tuple[float, float]] = []
    rows = list(_rows(material, layer, losses, points))
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        named = ", ".join(
            f'"{name}"' for name in ["geom", *columns, *(["begin", "end"] if layer in TIMED else [])]
        )
        connection.executemany(f"INSERT INTO {layer} ({named}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    geopackage.set_extent(connection, layer, points)
    return len(rows)


def _rows(
    material: Material, layer: Table, losses: Losses, points: list[tuple[float, float]]
) -> Iterator[tuple[object, ...]]:
    times: Iterable[tuple[str | None, str | None]] = (
        ((row.earliest, row.latest and after(row.latest)) for row in material.rows)
        if layer == "events"
        else (row.certain for row in material.holdings)
        if layer == "holdings"
        else ((None, None) for _ in material.places)
    )
    for row, (begin, end) in zip(tables.rows(material, layer), times, strict=True):
        lat, lon = row["lat"], row["lon"]
        geometry = None
        if isinstance(lat, float | int) and isinstance(lon, float | int):
            geometry = geopackage.point(lat, lon)
            points.append((lon, lat))
        else:
            losses.leave_unsaid(f"{layer} without coordinates: their geometry is null")
        cells: tuple[object, ...] = (geometry, *row.values())
        if layer in TIMED:
            if any(day is not None and not common(day) for day in (begin, end)):
                losses.leave_unsaid(
                    "days before the year 1: begin and end are null, the text has them (EDTF)"
                )
            cells += (_instant(begin), _instant(end))
        yield cells


def _instant(day: str | None) -> str | None:
    return geopackage.datetime_of(day) if common(day) else None
