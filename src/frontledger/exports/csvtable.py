"""Flat CSV of one table: everything that a row of the ledger says, one column each.

What does not belong here: which columns there are (``tables``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frontledger.exports import tables
from frontledger.exports.cells import guarded, write_csv
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import Material

__all__ = ["write"]


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - it can say all
    """One row an event and place, a holding or a place; nothing is left out."""
    columns = tables.COLUMNS[table]

    def cells() -> Iterator[dict[str, object]]:
        for row in tables.rows(material, table):
            yield {name: _cell(row[name], kind) for name, kind in columns.items()}

    return write_csv(output, list(columns), cells())


def _cell(value: tables.Cell, kind: tables.Type) -> object:
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    return guarded(str(value)) if kind == "free" else value
