"""A ledger in slices: filtered, a page at a time, for those who cannot take all of it at once.

Every list is read by key (``fid`` behind the last one seen), so a page costs the same wherever it lies.  What belongs
here: the questions that a service asks, as SQL.  What does not: whole lists (``views``), the map of a day
(``atlas``), or what has changed (``watching``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from frontledger.errors import NotFoundError
from frontledger.ledger.evidence import evidence_of, meaning_of
from frontledger.ledger.naming import plain
from frontledger.ledger.reviews import VERDICTS, Progress
from frontledger.ledger.rows import Revision
from frontledger.ledger.views import View
from frontledger.mentions import calendar
from frontledger.model import Account, Event, Holding, Layer, Place, Value

__all__ = [
    "AccountCard",
    "AccountChange",
    "AccountRevision",
    "EventFilter",
    "Found",
    "HoldingAt",
    "LedgerCard",
    "VersionedEvent",
    "VersionedPlace",
    "account",
    "account_changes",
    "account_revisions",
    "accounts",
    "event",
    "events",
    "extent",
    "holding",
    "holdings",
    "places",
    "revisions",
    "search",
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


class AccountCard(Value, frozen=True):
    """An account without its text, and how far its check is."""

    id: str
    title: str | None
    lang: str | None
    date: str | None
    source: str | None
    sha256: str
    characters: int
    first: str | None
    """First day of what it says it is about."""
    last: str | None
    revision: int
    """The revision in which it was last read."""
    progress: Progress


class AccountRevision(Value, frozen=True):
    """One reading of an account: since which revision it stands, and until which it stood."""

    revision: int
    until: int | None
    at: str | None
    by: str | None
    sha256: str
    characters: int
    title: str | None


class AccountChange(Value, frozen=True):
    """What a reading of an account changed: events by what they assert, wherever their words stand now."""

    account: str
    revision: int
    before: AccountRevision | None
    after: AccountRevision
    gained: tuple[Event, ...]
    lost: tuple[Event, ...]
    reread: tuple[Event, ...]
    """The words stand as before, and something else is read from them: pending again."""
    kept: int
    """Events that assert what they did; verdicts on them hold on."""


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


class Found(Value, frozen=True):
    """Something that a search found: ``kind`` is account, event, place, side or finding."""

    kind: str
    id: str
    text: str
    """What it is called, or the words around what was looked for."""
    account: str | None = None


class EventFilter(NamedTuple):
    """Which events; None and empty: all."""

    account: str | None = None
    kinds: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    side: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None


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
    told = "FROM events WHERE background = ? AND negated = ? AND"
    days = [
        day
        for column in ("earliest", "latest")
        for (day,) in rows(view, f"SELECT DISTINCT {column} {told} {column} IS NOT NULL", (False, False))
    ]
    open_ones = len({row[0] for row in rows(view, "SELECT id FROM findings")} - view.dismissed.keys())
    progress = _progress(view)
    return LedgerCard(
        revision=number,
        revised=msgspec.json.decode(at, type=Revision).at if at else None,
        checked=sum(one.accuracy_checked for one in progress.values()),
        unchecked=unchecked,
        findings=open_ones,
        first=min(days, key=calendar.parse_iso) if days else None,
        last=max(days, key=calendar.parse_iso) if days else None,
        **counts,
    )


def _progress(view: View) -> dict[str, Progress]:
    counts: dict[str, dict[str, int]] = {
        name: {} for (name,) in rows(view, "SELECT id FROM accounts ORDER BY fid")
    }
    for name, review, count in rows(
        view, "SELECT account, review, count(*) FROM events GROUP BY account, review"
    ):
        counts[name][review] = count
    found = {}
    for name, count in counts.items():
        numbers = {verdict: count.get(verdict, 0) for verdict in ("unchecked", *VERDICTS.values())}
        done = bool(count) and numbers["unchecked"] == numbers["disputed"] == 0
        found[name] = Progress(account=name, events=sum(numbers.values()), accuracy_checked=done, **numbers)
    return found


_CARD = (
    "SELECT id, title, lang, date, source, sha256, characters, period_first, period_last, revision"
    " FROM accounts"
)


def accounts(view: View, *, after: int = 0, limit: int = 1000) -> tuple[list[AccountCard], int | None, int]:
    """Accounts in the order in which they came, without their texts; where to go on, and how many there are."""
    progress = _progress(view)
    found = rows(
        view,
        f"{_CARD.replace('SELECT id', 'SELECT fid, id')} WHERE fid > ? ORDER BY fid LIMIT ?",
        (after, limit + 1),
    )
    cards = [_card(row[1:], progress) for row in found[:limit]]
    return cards, (found[limit - 1][0] if len(found) > limit else None), len(progress)


def _card(row: Sequence[Any], progress: dict[str, Progress]) -> AccountCard:
    name, title, lang, date, source, sha256, characters, first, last, revision = row
    return AccountCard(
        id=name, title=title, lang=lang, date=date, source=source, sha256=sha256, characters=characters,
        first=first, last=last, revision=revision, progress=progress[name],
    )  # fmt: skip


def account(view: View, name: str) -> tuple[Account, AccountCard]:
    """An account with its text; raises :class:`~frontledger.errors.NotFoundError`."""
    found = rows(view, f"{_CARD} WHERE id = ?", (name,))
    if not found:
        raise NotFoundError(f"no account {name!r} in this ledger")
    record = rows(view, "SELECT record FROM accounts WHERE id = ?", (name,))[0][0]
    return msgspec.json.decode(record, type=Account), _card(found[0], _progress(view))


def _readings_of(view: View, name: str) -> list[tuple[AccountRevision, str]]:
    """Every reading of an account, the newest first, with its record."""
    made = {
        number: msgspec.json.decode(record, type=Revision)
        for number, record in rows(view, "SELECT number, record FROM revisions")
    }
    standing = [
        (row[0], None, row[1])
        for row in rows(view, "SELECT revision, record FROM accounts WHERE id = ?", (name,))
    ]
    former = rows(
        view,
        "SELECT since, until, record FROM history WHERE kind = 'accounts' AND id = ? ORDER BY until DESC",
        (name,),
    )
    found = []
    for since, until, record in [*standing, *former]:
        value = msgspec.json.decode(record, type=Account)
        by = made.get(since)
        found.append(
            (
                AccountRevision(
                    revision=since, until=until, at=by.at if by else None, by=by.by if by else None,
                    sha256=value.sha256, characters=len(value.text), title=value.title,
                ),
                record,
            )
        )  # fmt: skip
    if not found:
        raise NotFoundError(f"no account {name!r} in this ledger")
    return found


def account_revisions(view: View, name: str) -> list[AccountRevision]:
    """Every reading of an account, the newest first; raises :class:`~frontledger.errors.NotFoundError`."""
    return [one for one, _ in _readings_of(view, name)]


def account_changes(view: View, name: str, revision: int) -> AccountChange:
    """What one reading of an account changed; raises :class:`~frontledger.errors.NotFoundError`."""
    readings = _readings_of(view, name)
    index = next((n for n, (one, _) in enumerate(readings) if one.revision == revision), None)
    if index is None:
        known = ", ".join(str(one.revision) for one, _ in readings)
        raise NotFoundError(f"{name} was not read in revision {revision}: it was in {known}")
    after, record = readings[index]
    before, former = readings[index + 1] if index + 1 < len(readings) else (None, None)
    now = _asserted(_events_at(view, name, revision), record)
    then = _asserted(_events_at(view, name, revision - 1), former) if former is not None else {}
    words = {evidence for evidence, _ in then}
    fresh = [(key, event) for key, event in now.items() if key not in then]
    gone = [(key, event) for key, event in then.items() if key not in now]
    still = {evidence for (evidence, _), _ in fresh}
    return AccountChange(
        account=name,
        revision=revision,
        before=before,
        after=after,
        gained=tuple(event for key, event in fresh if key[0] not in words),
        lost=tuple(event for key, event in gone if key[0] not in still),
        reread=tuple(event for key, event in fresh if key[0] in words),
        kept=len(now) - len(fresh),
    )


def _asserted(told: Sequence[Event], record: str) -> dict[tuple[str, str], Event]:
    """Events by their words and what was read from them."""
    given = msgspec.json.decode(record, type=Account)
    evidence = evidence_of(told, {given.id: given})
    return {(evidence[event.id], meaning_of(event)): event for event in told}


def _events_at(view: View, name: str, revision: int) -> list[Event]:
    """The events of an account as they were read, at a revision, as they are told."""
    decode = msgspec.json.Decoder(Event).decode
    found = rows(
        view,
        "SELECT coalesce(reading, record) FROM events WHERE account = ? AND revision <= ?",
        (name, revision),
    )
    prefix = f"{name}:"
    found += rows(
        view,
        "SELECT coalesce(reading, record) FROM history WHERE kind = 'events' AND until > ? AND since <= ?"
        " AND substr(id, 1, ?) = ?",
        (revision, revision, len(prefix), prefix),
    )
    told = [decode(one) for (one,) in found]
    return sorted(
        (e for e in told if e.account == name), key=lambda e: (e.sentence.start, e.trigger.start, e.id)
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


AROUND = 60
"""Code points shown on either side of what was found in a text."""


def search(view: View, wanted: str, *, limit: int = 20) -> list[Found]:
    """What is called so or speaks of it, whatever case and accents: at most ``limit`` of each kind."""
    needle = plain(wanted)
    if not needle:
        return []
    found: list[Found] = []
    named = (
        ("account", "SELECT id, coalesce(title, ''), id FROM accounts ORDER BY fid", False),
        ("place", "SELECT id, coalesce(name, id), names FROM places ORDER BY fid", False),
        ("side", "SELECT id, name, names FROM sides ORDER BY id", False),
        ("event", "SELECT id, sentence, account FROM events ORDER BY fid", True),
        ("finding", "SELECT id, message, account FROM findings ORDER BY fid", True),
    )
    for kind, sql, told in named:
        count = 0
        for name, text, other in rows(view, sql):
            if needle in plain(text) or (not told and (needle in plain(other) or needle in plain(name))):
                found.append(Found(kind=kind, id=name, text=text, account=other if told else None))
                count += 1
                if count == limit:
                    break
    return [*found, *_in_texts(view, needle, limit, {one.id for one in found if one.kind == "account"})]


def _in_texts(view: View, needle: str, limit: int, known: set[str]) -> Iterator[Found]:
    """Accounts whose text has it, one account at a time."""
    left = limit - len(known)
    for (name,) in rows(view, "SELECT id FROM accounts ORDER BY fid"):
        if left <= 0:
            return
        if name in known:
            continue
        record = rows(view, "SELECT record FROM accounts WHERE id = ?", (name,))[0][0]
        text = " ".join(plain(msgspec.json.decode(record, type=Account).text).split())
        at = text.find(needle)
        if at >= 0:
            left -= 1
            yield Found(kind="account", id=name, text=text[max(0, at - AROUND) : at + len(needle) + AROUND])
