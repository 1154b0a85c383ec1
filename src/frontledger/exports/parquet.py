"""Parquet of one table, with types; pyarrow is an extra and imported only here.

Days are ``date32`` beside the EDTF text, null before the year 1, where Python's dates end.  What does not belong here:
which columns there are (``tables``), the geometry column (``geoparquet``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from frontledger.errors import ExportError
from frontledger.exports import tables
from frontledger.exports.days import common
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import Material

__all__ = ["arrow", "frame", "save", "write"]


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:
    """One row an event and place, a holding or a place."""
    made = frame(material, losses, table)
    save(made, output)
    return int(made.num_rows)


def arrow() -> Any:
    """pyarrow; raises :class:`~frontledger.errors.ExportError` naming the extra without it."""
    try:
        return import_module("pyarrow")
    except ImportError:
        raise ExportError("this format needs pyarrow: pip install 'frontledger[tables]'") from None


def save(made: Any, output: Path) -> None:
    """Write an Arrow table."""
    import_module("pyarrow.parquet").write_table(made, output, compression="zstd")


def frame(material: Material, losses: Losses, table: Table) -> Any:
    """A table as an Arrow table."""
    pyarrow = arrow()
    types = {
        "text": pyarrow.string(), "free": pyarrow.string(), "day": pyarrow.date32(), "number": pyarrow.float64(),
        "integer": pyarrow.int64(), "flag": pyarrow.bool_(),
    }  # fmt: skip
    columns = tables.COLUMNS[table]
    rows = list(tables.rows(material, table))
    _count(rows, columns, losses)
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
    cells = {name: [_cell(row[name], kind) for row in rows] for name, kind in columns.items()}
    return pyarrow.table(cells, schema=schema)


def _cell(value: tables.Cell, kind: tables.Type) -> Any:
    if kind == "day":
        return date.fromisoformat(str(value)) if isinstance(value, str) and common(value) else None
    return float(value) if kind == "number" and value is not None else value


def _count(
    rows: Sequence[Mapping[str, tables.Cell]], columns: Mapping[str, tables.Type], losses: Losses
) -> None:
    days = [name for name, kind in columns.items() if kind == "day"]
    for row in rows:
        if any(isinstance(row[name], str) and not common(str(row[name])) for name in days):
            losses.leave_unsaid("days before the year 1: null, the text beside them has them (EDTF)")
