"""The formats that a ledger can be written in, and writing one.

A format is a module with ``write(material, output, losses, table)``, which gives the number of rows that it wrote.
To add one, write the module and a line here.  What does not belong here: anything about one format.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from os import PathLike
from pathlib import Path, PurePath
from typing import Literal, NamedTuple, Protocol, cast, get_args

from frontledger.errors import ExportError
from frontledger.exports.files import check, settled
from frontledger.exports.losses import Losses
from frontledger.exports.rows import Material
from frontledger.ledger import interchange
from frontledger.ledger.storage import Ledger

__all__ = ["FORMATS", "LOSSLESS", "Format", "Table", "Written", "export", "write"]

LOSSLESS = "jsonl"
"""The whole ledger with its history, which ``import`` reads back."""

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
    """What became of an export: one line about it, and one a reason of what the format could not say."""

    summary: str
    notes: list[str]


def export(
    ledger: str | PathLike[str],
    name: str,
    output: Path,
    *,
    table: str | None = None,
    title: str | None = None,
    revision: int | None = None,
    force: bool = False,
) -> Written:
    """Write a ledger, or (``revision``) what it was, in a format of :data:`FORMATS` or, lossless, in :data:`LOSSLESS`.

    Raises :class:`~frontledger.errors.ExportError` for an unknown format, a table that it does not have, a library
    that is missing (naming the extra), an existing file without ``force``, or one that cannot be written; and
    :class:`~frontledger.errors.LedgerError` when there is no such ledger.
    """
    _check(name, table, revision)
    check(output, force=force)
    with settled(output, force=force) as unborn, Ledger.open(ledger) as opened, opened.reading():
        if name == LOSSLESS:
            return Written(f"{interchange.export(opened, unborn):,} lines", [])
        view = opened if revision is None else opened.at(revision)
        material = Material.of(view, title or PurePath(str(ledger)).stem)
        rows, losses = write(material, name, unborn, table=cast("Table", table or "events"))
    told = f"{len(material.events):,} events ({len(material.rows):,} at their places), {len(material.held):,} holdings"
    return Written(f"{rows:,} {'row' if rows == 1 else 'rows'}; the ledger has {told}", losses.lines())


def _check(name: str, table: str | None, revision: int | None) -> None:
    """Refuse what makes no sense before anything is read."""
    if name != LOSSLESS and name not in FORMATS:
        raise ExportError(f"no format {name!r}: expected {LOSSLESS}, {', '.join(FORMATS)}")
    if table not in (None, *get_args(Table)):
        raise ExportError(f"no table {table!r}: expected one of {', '.join(get_args(Table))}")
    if name == LOSSLESS and (table is not None or revision is not None):
        raise ExportError(f"{LOSSLESS} is the whole ledger with its history: no --table, no --as-known-at")
    if table is not None and not FORMATS[name].tables:
        having = ", ".join(one for one, which in FORMATS.items() if which.tables)
        raise ExportError(f"--table is for {having}; {name} holds all that it can")


def write(material: Material, name: str, output: Path, *, table: Table = "events") -> tuple[int, Losses]:
    """Write a ledger in a format of :data:`FORMATS`; the number of rows, and what could not be said.

    Raises :class:`~frontledger.errors.ExportError` where a library is missing, naming the extra.
    """
    writer = cast("Writer", import_module(f"frontledger.exports.{FORMATS[name].module}"))
    losses = Losses()
    return writer.write(material, output, losses, table), losses
