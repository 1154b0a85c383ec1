"""The formats that a ledger can be written in, and writing one.

A format is a module with ``write(material, output, losses, table)``, which gives the number of rows that it wrote.
To add one, write the module and a line here.  What does not belong here: anything about one format.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, cast

from frontledger.errors import ExportError
from frontledger.exports.files import settled
from frontledger.exports.losses import Losses
from frontledger.exports.rows import Material
from frontledger.ledger.views import View

__all__ = ["FORMATS", "Format", "Table", "Written", "write"]

Table = Literal["events", "holdings", "places"]
"""What the formats that hold one table only are asked for."""


class Format(NamedTuple):
    """One format: the module that writes it, and in a few words what comes out."""

    module: str
    about: str
    tables: bool = False
    """Whether it holds one table, so that somebody must say which."""


FORMATS: Mapping[str, Format] = {
    "acled": Format("acled", "CSV with the 31 columns of ACLED"),
    "ucdp": Format("ucdp", "CSV with the 49 columns of UCDP GED"),
    "plover": Format("plover", "JSON records of PLOVER"),
    "gpkg": Format("gpkg", "GeoPackage with layers, times and a style for QGIS"),
    "geojson": Format("geojson", "GeoJSON (RFC 7946): events and holdings"),
    "kml": Format("kml", "KML with time spans, styled by side"),
    "csv": Format("csvtable", "flat CSV, one table", tables=True),
    "parquet": Format("parquet", "Parquet, one table; needs frontledger[tables]", tables=True),
    "geoparquet": Format("geoparquet", "GeoParquet, one table; needs frontledger[tables]", tables=True),
    "wikitext": Format("wikitext", "a table for a wiki, with references"),
    "jsonld": Format("jsonld", "JSON-LD with provenance (W3C PROV)"),
}


class Writer(Protocol):
    """What a format's module is."""

    def write(self, material: Material, output: Path, losses: Losses, table: Table) -> int:
        """Write ``output``, count what cannot be said, and give the number of rows."""


class Written(NamedTuple):
    """What became of an export."""

    rows: int
    events: int
    losses: Losses


def write(
    ledger: View, name: str, output: Path, *, title: str, table: Table | None = None, force: bool = False
) -> Written:
    """Write a ledger in the format ``name``; the file appears complete or not at all.

    Raises :class:`~frontledger.errors.ExportError` for an unknown format, a table that it does not have, a library
    that is missing (naming the extra), an existing file without ``force``, or one that cannot be written.
    """
    form = FORMATS.get(name)
    if form is None:
        raise ExportError(f"no format {name!r}: expected one of {', '.join(FORMATS)}")
    if table is not None and not form.tables:
        having = ", ".join(one for one, which in FORMATS.items() if which.tables)
        raise ExportError(f"--table is for {having}; {name} holds all that it can")
    writer = cast("Writer", import_module(f"frontledger.exports.{form.module}"))
    losses = Losses()
    with settled(output, force=force) as unborn:
        material = Material.of(ledger, title)
        rows = writer.write(material, unborn, losses, table or "events")
    return Written(rows, len(material.events), losses)
