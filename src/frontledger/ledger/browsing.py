"""A ledger in slices: filtered, a page at a time, for those who cannot take all of it at once.

Every list is read by key (``fid`` behind the last one seen), so a page costs the same wherever it lies.  What belongs
here: the questions that a service asks, as SQL.  What does not: accounts (``browsing_accounts``), search
(``searching``), whole lists (``views``), the map of a day (``atlas``), or what has changed (``watching``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from frontledger.errors import NotFoundError
from frontledger.ledger.asking import Bound, rows, where
from frontledger.ledger.browsing_accounts import progress_of
from frontledger.ledger.rows import Revision
from frontledger.ledger.views import View
from frontledger.mentions import calendar
from frontledger.model import Event, Holding, Layer, Place, Value

__all__ = [
    "EventFilter",
    "HoldingAt",
    "LedgerCard",
    "VersionedEvent",
    "VersionedPlace",
    "event",
    "events",
    "extent",
    "holding",
    "holdings",
    "places",
    "points",
    "revisions",
    "summary",
]


class VersionedEvent(Value, frozen=True):
    """An event as it counts, and its version: what a verdict on it must name."""

    version: int
    event: Event


class VersionedPlace(Value, frozen=True):
    """A place, and the revision in which it came to be as it is."""

    version: int
    place: Place


class LedgerCard(Value, frozen=True):
    """A ledger at a glance."""

    revision: int
    revised: str | None
    accounts: int
    checked: int
    """Accounts that are accuracy-checked."""
    events: int
    unchecked: int
    """Events that nobody has judged."""
    places: int
    sides: int
    holdings: int
    findings: int
    """Open ones."""
    first: str | None
    """First day that an event which is no background may have been on."""
    last: str | None


class HoldingAt(Value, frozen=True):
    """A holding with the name and the point of its place, and its number, by which lists go on."""

    fid: int
    name: str | None
    lat: float | None
    lon: float | None
    holding: Holding


class EventFilter(NamedTuple):
    """Which events; None and empty: all."""

    account: str | None = None
    kinds: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    side: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None


def summary(view: View) -> LedgerCard:
    """The ledger at a glance."""
    number, at = (
        rows(view, "SELECT number, record FROM revisions ORDER BY number DESC LIMIT 1") or [(0, None)]
    )[0]
    counts = {
        table: rows(view, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - our own names
        for table in ("accounts", "events", "places", "sides", "holdings")
    }
    unchecked = rows(view, "SELECT count(*) FROM events WHERE review = 'unchecked'")[0][0]
    first, last = view.span or (None, None)
    open_ones = len({row[0] for row in rows(view, "SELECT id FROM findings")} - view.dismissed.keys())
    progress = progress_of(view)
    return LedgerCard(
        revision=number,
        revised=msgspec.json.decode(at, type=Revision).at if at else None,
        checked=sum(one.accuracy_checked for one in progress.values()),
        unchecked=unchecked,
        findings=open_ones,
        first=first,
        last=last,
        **counts,
    )


def event(view: View, name: str) -> VersionedEvent:
    """One event; raises :class:`~frontledger.errors.NotFoundError`."""
    found = rows(view, "SELECT version, record FROM events WHERE id = ?", (name,))
    if not found:
        raise NotFoundError(f"no event {name!r} in this ledger")
    return VersionedEvent(version=found[0][0], event=msgspec.json.decode(found[0][1], type=Event))


def _event_bounds(wanted: EventFilter) -> Iterator[Bound]:
    if wanted.account is not None:
        yield "account = ?", (wanted.account,)
    for column, values in (("kind", wanted.kinds), ("review", wanted.reviews)):
        if values:
            yield f"{column} IN ({', '.join('?' * len(values))})", values
    if wanted.side is not None:
        yield "(actor = ? OR against = ?)", (wanted.side, wanted.side)
    if wanted.place is not None:
        yield "objects LIKE ? ESCAPE '!'", (f"%{_like(msgspec.json.encode(wanted.place).decode())}%",)
    # ISO days of the years 0 to 9999 sort as texts, and every year before sorts before them.
    if wanted.since is not None:
        yield "coalesce(latest, '9999-12-31') >= ?", (_day(wanted.since),)
    if wanted.until is not None:
        yield "coalesce(earliest, '0000-01-01') <= ?", (_day(wanted.until),)
    if wanted.since is not None or wanted.until is not None:
        yield "(earliest IS NOT NULL OR latest IS NOT NULL)", ()


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _day(day: str) -> str:
    """Raises :class:`ValueError` when it is no day."""
    calendar.parse_iso(day)
    return day


def events(
    view: View, wanted: EventFilter, *, after: int = 0, limit: int = 100
) -> tuple[list[VersionedEvent], int | None, int]:
    """Events as they came, from behind the row ``after``; where to go on, and how many there are in all.

    Raises :class:`ValueError` when a day is none.
    """
    bounds = list(_event_bounds(wanted))
    clause, values = where(bounds)
    total = rows(view, f"SELECT count(*) FROM events{clause}", values)[0][0]  # noqa: S608 - our own text
    clause, values = where([*bounds, ("fid > ?", (after,))])
    found = rows(
        view,
        f"SELECT fid, version, record FROM events{clause} ORDER BY fid LIMIT ?",  # noqa: S608 - our own text
        (*values, limit + 1),
    )
    decode = msgspec.json.Decoder(Event).decode
    some = [VersionedEvent(version=version, event=decode(record)) for _, version, record in found[:limit]]
    return some, (found[limit - 1][0] if len(found) > limit else None), total


def places(view: View, *, after: int = 0, limit: int = 1000) -> tuple[list[VersionedPlace], int | None, int]:
    """Places as they came, from behind the row ``after``; where to go on, and how many there are in all."""
    total = rows(view, "SELECT count(*) FROM places")[0][0]
    found = rows(
        view,
        "SELECT fid, revision, record FROM places WHERE fid > ? ORDER BY fid LIMIT ?",
        (after, limit + 1),
    )
    decode = msgspec.json.Decoder(Place).decode
    some = [VersionedPlace(version=version, place=decode(record)) for _, version, record in found[:limit]]
    return some, (found[limit - 1][0] if len(found) > limit else None), total


def place(view: View, name: str) -> VersionedPlace:
    """One place by its id; raises :class:`~frontledger.errors.NotFoundError`."""
    found = rows(view, "SELECT revision, record FROM places WHERE id = ?", (name,))
    if not found:
        raise NotFoundError(f"no place {name!r} in this ledger")
    return VersionedPlace(version=found[0][0], place=msgspec.json.decode(found[0][1], type=Place))


def points(view: View) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of every place that has both, by its id."""
    found = rows(view, "SELECT id, lat, lon FROM places WHERE lat IS NOT NULL AND lon IS NOT NULL")
    return {name: (lat, lon) for name, lat, lon in found}


_HOLDING = "SELECT h.fid, p.name, p.lat, p.lon, h.record FROM holdings h LEFT JOIN places p ON p.id = h.place"


def holdings(
    view: View,
    *,
    layer: Layer = "assessed",
    first: str | None = None,
    last: str | None = None,
    box: tuple[float, float, float, float] | None = None,
    after: int = 0,
    limit: int = 100,
) -> tuple[list[HoldingAt], int | None, int]:
    """Holdings that certainly lasted at some time from ``first`` to ``last`` (ISO days, None: open), by row.

    ``box`` is west, south, east, north in degrees; a box whose west is east of its east crosses the date line.
    Returns them, where to go on, and how many there are.  Raises :class:`ValueError` when a day is none.
    """
    bounds: list[Bound] = [("h.layer = ?", (layer,)), ("h.state <> 'unknown'", ())]
    if last is not None:
        bounds.append(("h.certain_from <= ?", (calendar.parse_iso(last),)))
    if first is not None:
        bounds.append(("h.certain_until > ?", (calendar.parse_iso(first),)))
    if box is not None:
        west, south, east, north = box
        bounds.append(("p.lat BETWEEN ? AND ?", (south, north)))
        across = "p.lon BETWEEN ? AND ?" if west <= east else "(p.lon >= ? OR p.lon <= ?)"
        bounds.append((across, (west, east)))
    clause, values = where(bounds)
    counted = f"SELECT count(*) FROM holdings h LEFT JOIN places p ON p.id = h.place{clause}"  # noqa: S608 - our own text
    total = rows(view, counted, values)[0][0]
    clause, values = where([*bounds, ("h.fid > ?", (after,))])
    found = rows(view, f"{_HOLDING}{clause} ORDER BY h.fid LIMIT ?", (*values, limit + 1))
    some = [_holding_at(row) for row in found[:limit]]
    return some, (found[limit - 1][0] if len(found) > limit else None), total


def extent(view: View) -> list[float]:
    """West, south, east, north of all places on the map; the whole world where there is none."""
    found = rows(view, "SELECT min(lon), min(lat), max(lon), max(lat) FROM places WHERE lat IS NOT NULL")[0]
    return [-180.0, -90.0, 180.0, 90.0] if found[0] is None else [float(one) for one in found]


def holding(view: View, fid: int) -> HoldingAt:
    """One holding by its row; raises :class:`~frontledger.errors.NotFoundError`."""
    found = rows(view, f"{_HOLDING} WHERE h.fid = ?", (fid,))
    if not found:
        raise NotFoundError(f"no holding {fid} in this ledger any more")
    return _holding_at(found[0])


def _holding_at(row: tuple[Any, ...]) -> HoldingAt:
    fid, name, lat, lon, record = row
    return HoldingAt(fid=fid, name=name, lat=lat, lon=lon, holding=msgspec.json.decode(record, type=Holding))


def revisions(
    view: View, *, before: int | None = None, limit: int = 100
) -> tuple[list[Revision], int | None, int]:
    """Revisions, the newest first, older than ``before``; where to go on, and how many there are."""
    total = rows(view, "SELECT count(*) FROM revisions")[0][0]
    clause, values = where([("number < ?", (before,))] if before is not None else [])
    found = rows(
        view,
        f"SELECT record FROM revisions{clause} ORDER BY number DESC LIMIT ?",  # noqa: S608 - our own text
        (*values, limit + 1),
    )
    some = [msgspec.json.decode(record, type=Revision) for (record,) in found[:limit]]
    return some, (some[-1].number if len(found) > limit else None), total
