"""What the code books take: facts alone, each told once, on a day and at a point that they know.

What belongs here: what all code books leave out, counted.  What does not: what one of them makes of an event.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from frontledger.exports.cells import flat
from frontledger.exports.days import common, span
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, Status

__all__ = ["NEAR", "facts", "location", "placed", "sources_of", "together", "when"]

Key = TypeVar("Key", bound=Hashable)

WHY: dict[Status, str] = {
    "reported": "only reported: hedged, attributed to somebody or disputed",
    "denied": "denied or not done, says the account",
    "rejected": "rejected by a reviewer",
}
NEAR = frozenset({"near", "source", "part-of"})
"""Roles of places that an event was by, or in a part of."""


def facts(rows: Iterable[EventRow], losses: Losses) -> Iterator[EventRow]:
    """Only what an account states: no code book has a field for a claim."""
    for row in rows:
        if row.status == "stated":
            yield row
        else:
            losses.leave_out(WHY[row.status])


def placed(row: EventRow, losses: Losses) -> bool:
    """Whether the event was at a point, or by one; counted where not."""
    if row.role is None:
        losses.leave_out("no place named")
    elif row.role != "object" and row.role not in NEAR:
        losses.leave_out("its place is only a direction or a way")
    elif not row.located:
        losses.leave_out("place not located")
    elif location(row) == "":
        losses.leave_out("place has no name, nor any that it lies by")
    else:
        return True
    return False


def location(row: EventRow) -> str:
    """The name of the place, or of the one that an unnamed place lies by; empty without either."""
    return flat(row.place or row.near or "")


def when(row: EventRow, longest: int, losses: Losses) -> tuple[str, str, int] | None:
    """First and last day and their number, of years 1 to 9999 and no more than ``longest``; counted where not."""
    days = span(row.earliest, row.latest)
    if days is None or row.earliest is None or row.latest is None:
        losses.leave_out("undated, or dated on one side only")
    elif not (common(row.earliest) and common(row.latest)):
        losses.leave_out("before the year 1 or after 9999")
    elif days > longest:
        losses.leave_out(f"dated to more than {longest} days")
    else:
        return row.earliest, row.latest, days
    return None


def together(coded: Iterable[tuple[Key, EventRow]], losses: Losses) -> list[tuple[Key, list[EventRow]]]:
    """Rows that the code book takes for one event, in the order of the first; the others are counted."""
    found: dict[Key, list[EventRow]] = {}
    for key, row in coded:
        found.setdefault(key, []).append(row)
    for rows in found.values():
        for _ in rows[1:]:
            losses.leave_out("told again: joined to the row of the same event")
    return list(found.items())


def sources_of(rows: Iterable[EventRow]) -> list[str]:
    """Whose word a row of a code book rests on: the works that are cited, else the accounts themselves."""
    named = [
        source.text if source.text != source.label else f"{row.title or row.account} [{source.label}]"
        for row in rows
        for source in row.sources
    ]
    return list(dict.fromkeys(named or [row.title or row.account for row in rows]))
