"""Statements put to a ledger's store, for those who ask for slices of it.

What belongs here: rows and ``WHERE``.  What does not: any question (``browsing``, ``browsing_accounts``, ``searching``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from frontledger.ledger.views import View

__all__ = ["Bound", "rows", "where"]

Bound = tuple[str, tuple[object, ...]]


def rows(view: View, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    return view._store.rows(sql, parameters)  # noqa: SLF001 - of one house


def where(bounds: Iterable[Bound]) -> tuple[str, tuple[object, ...]]:
    """``WHERE`` and its parameters; the clauses are our own text, only values come from outside."""
    clauses: list[str] = []
    values: list[object] = []
    for clause, given in bounds:
        clauses.append(clause)
        values += given
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), tuple(values)
