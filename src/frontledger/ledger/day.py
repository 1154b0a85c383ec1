"""The control of one day asked of the database: it hands out the holdings that the day depends on, and no others.

A day depends, for each place and layer, on the last holding that has surely begun by then and on those after it that
may have.  The answer must equal that of all holdings (``control.control``).  What belongs here: that statement, and the
days that a ledger tells of.  What does not: reading a day off holdings (``control``), maps without evidence
(``Ledger.map``, ``atlas``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from frontledger.ledger.control import Tracks, rows_on
from frontledger.ledger.store import Store
from frontledger.mentions import calendar
from frontledger.model import Control, Event, Holding, Layer

__all__ = ["control_on", "period", "told_span"]

PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""Ten characters: such days sort as texts; those of other years do not, and count as possible."""


def control_on(store: Store, on: str, layer: Layer | None = None, place: str | None = None) -> list[Control]:
    """As :func:`frontledger.ledger.control.control`, of all holdings of a ledger or of the place with this id.

    Raises :class:`ValueError` when ``on`` is no ISO day.
    """
    day = calendar.parse_iso(on)
    told = "since_earliest IS NULL"
    parameters: list[object] = [day]
    if PLAIN_DAY.fullmatch(on):
        told += " OR length(since_earliest) <> 10 OR since_earliest <= ?"
        parameters.append(on)
    else:
        told = "1 = 1"
    here = "" if place is None else " WHERE place = ?"
    parameters += [] if place is None else [place]
    found = store.rows(
        "SELECT e.place, e.layer, h.number, h.record FROM (SELECT place, layer,"  # noqa: S608 - our own text
        " max(CASE WHEN certain_from <= ? THEN number END) AS begun,"
        f" max(CASE WHEN {told} THEN number END) AS started FROM holdings{here} GROUP BY place, layer) e"
        " LEFT JOIN holdings h ON h.place = e.place AND h.layer = e.layer AND h.number >= coalesce(e.begun, -1)"
        " AND (h.number <= e.begun OR h.number <= e.started)",
        parameters,
    )
    found.sort(key=lambda row: row[2] or 0)
    decode = msgspec.json.Decoder(Holding).decode
    tracks: Tracks = {}
    for where, which, _, record in found:
        track = tracks.setdefault(where, {}).setdefault(which, [])
        if record is not None:
            track.append(decode(record))
    named = "SELECT id, name FROM places"
    names = store.rows(named) if place is None else store.rows(f"{named} WHERE id = ?", (place,))
    return rows_on(tracks, dict(names), day, layer)


def period(told: Iterable[Event]) -> tuple[str, str] | None:
    """First and last day of the narrated events; None when nothing is dated."""
    return _ends(
        day
        for event in told
        if not event.background and not event.negated
        for day in (event.date.earliest, event.date.latest)
        if day is not None
    )


def told_span(store: Store) -> tuple[str, str] | None:
    """The :func:`period` of all events of a ledger."""
    told = "FROM events WHERE background = ? AND negated = ? AND"
    return _ends(
        day
        for column in ("earliest", "latest")
        for (day,) in store.rows(f"SELECT DISTINCT {column} {told} {column} IS NOT NULL", (False, False))
    )


def _ends(told: Iterable[str]) -> tuple[str, str] | None:
    days = list(told)
    return (min(days, key=calendar.parse_iso), max(days, key=calendar.parse_iso)) if days else None
