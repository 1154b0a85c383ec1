"""What the ledger asks of a database, and the few statements that all of them share.

A backend is a connection that speaks this SQL: ``?`` for parameters, ``INSERT … ON CONFLICT``, text, integers and
booleans.  What belongs here: the Protocol and writing rows.  What does not: any backend (``geopackage_store``,
``postgis_store``), or what the rows mean (``rows``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any, Protocol

__all__ = [
    "BATCH",
    "RETIRED",
    "UNIT",
    "Question",
    "Row",
    "Store",
    "delete",
    "insert",
    "insert_values",
    "select_in",
    "update",
]

Row = dict[str, object]
Question = tuple[str, Sequence[object]]
"""A statement that gives rows, and its parameters; one that ends in ``IN`` takes any number of texts there."""
UNIT = "\x1f"
"""Between texts that one value joins: no id holds it."""
_values: Callable[[Row], Iterable[object]] = dict.values
"""By itself rather than of each row: a loop that Python does not see."""
BATCH = 500
"""Parameters to a statement: below every backend's limit."""


class Store(Protocol):
    """An open ledger database."""

    name: str
    """What messages call it: a path or an address without a password."""

    joined: str
    """The aggregate that joins texts with :data:`UNIT`, as a pattern with ``{}`` for the text."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; the rows that it gives."""

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""

    def within(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of ``sql``, which ends in ``IN``, for any number of values."""

    def gather(self, questions: Sequence[Question]) -> list[list[tuple[Any, ...]]]:
        """The rows of each of these statements, all asked at once: to wait for one answer takes longer than to give it."""

    def retire(self, table: str, rows: Sequence[int], revision: int) -> None:
        """Move rows with these numbers to the history, as far as they stood before ``revision``."""

    def columns(self, table: str) -> set[str]:
        """The columns that a table has; a ledger of an older schema may lack some."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction, begun as the only writer: what is read in it stays true until it ends."""

    def reading(self) -> AbstractContextManager[None]:
        """Everything read within is of one moment."""

    def point(self, lat: float | None, lon: float | None) -> object:
        """The value of a geometry column; None without both."""

    def instant(self, day: str | None) -> str | None:
        """An ISO day as the backend's date-time; None where it knows no such year."""

    def plain(self, value: object) -> object:
        """A value as it stands in JSON: text for date-times."""

    def settle(self, tables: Iterable[str]) -> None:
        """Rows came with their own numbers: go on counting behind them."""

    def tidy(self) -> None:
        """Much was written and committed: prepare for reading it."""

    def note_extents(self, points: Sequence[tuple[float, float]]) -> None:
        """The layers changed and now cover these points (longitude, latitude)."""

    def close(self) -> None:
        """Close the connection."""


def insert(store: Store, table: str, new: Iterable[Row], key: str | None = None) -> None:
    """Insert rows; with ``key``, a row with the same key is updated where it stands."""
    stream = iter(new)
    first = next(stream, None)
    if first is None:
        return
    statement = _inserting(table, first)
    if key is not None:
        fresh = ", ".join(f'"{column}" = excluded."{column}"' for column in first if column != key)
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {fresh}"
    store.many(statement, map(tuple, map(_values, chain([first], stream))))


def insert_values(
    store: Store,
    table: str,
    columns: Sequence[str],
    values: Iterable[Sequence[object]],
    encoded: str | None = None,
) -> None:
    """Insert rows as the values of ``columns``: for very many rows, of which no other form is needed.

    The column ``encoded`` is text that is given as UTF-8, as it comes from an encoder and as the database keeps it.
    """
    store.many(_inserting(table, columns, encoded), values)


def _inserting(table: str, columns: Iterable[str], encoded: str | None = None) -> str:
    names = list(columns)
    marks = ["CAST(? AS TEXT)" if name == encoded else "?" for name in names]
    quoted = ", ".join([f'"{name}"' for name in names])
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(marks)})"  # noqa: S608 - our own names


def update(store: Store, table: str, key: str, value: object, row: Row) -> None:
    """Give one row these values."""
    fresh = ", ".join(f'"{column}" = ?' for column in row)
    store.rows(f"UPDATE {table} SET {fresh} WHERE {key} = ?", (*row.values(), value))  # noqa: S608 - our own names


def delete(store: Store, table: str, column: str, values: Iterable[object]) -> None:
    """Delete the rows with one of these values."""
    store.within(f"DELETE FROM {table} WHERE {column} IN", list(values))  # noqa: S608 - our own names


RETIRED = """
INSERT INTO history (kind, id, since, until, number, reading, record)
SELECT '{table}', '', revision, {revision}, number, NULL, record FROM {source} WHERE revision < {revision}
"""
"""What rows without an id of their own become in the history: what one revision wrote and took back, nobody has seen."""


def select_in(store: Store, sql: str, values: Iterable[str]) -> list[tuple[Any, ...]]:
    """The rows of ``sql``, which ends in ``IN``, for any number of values."""
    return store.within(sql, list(values))
