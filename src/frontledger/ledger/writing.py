"""Write values into the ledger's tables, keeping what they replace; inside a transaction that the caller holds.

Only rows that differ are touched: what was there goes to ``history`` with the revisions between which it stood,
so every former state can be read again.  What belongs here: which rows go and which come.  What does not:
columns (``rows``), the transaction (a :class:`~frontledger.ledger.store.Store`), or what is worth writing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from frontledger.errors import LedgerError
from frontledger.ledger import rows
from frontledger.ledger.rows import Revision
from frontledger.ledger.store import Row, Store, delete, insert, select_in, update
from frontledger.model import Account, Event, Finding, Holding, Place, Side

__all__ = [
    "LAST_FINDING",
    "LAST_REVISION",
    "Old",
    "add_revision",
    "now",
    "write_accounts",
    "write_event",
    "write_events",
    "write_findings",
    "write_holdings",
    "write_places",
    "write_sides",
]

Old = tuple[int, int, str | None, str, int]
"""fid, number, reading, record, revision since when."""


def now() -> str:
    """The present moment, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


LAST_REVISION = "SELECT coalesce(max(number), 0) FROM revisions"


def add_revision(
    store: Store, why: str, by: str | None, accounts: Sequence[str] = (), last: int | None = None
) -> Revision:
    """Open the next revision; ``last`` is the number of the last one, where that has been read."""
    if last is None:
        last = store.rows(LAST_REVISION)[0][0]
    revision = Revision(number=last + 1, at=now(), by=by, why=why, accounts=tuple(accounts))
    insert(store, "revisions", [rows.revision_row(revision)])
    return revision


def write_accounts(
    store: Store,
    accounts: Iterable[Account],
    periods: Mapping[str, tuple[str, str]],
    opening: Mapping[str, str],
    revision: int,
) -> None:
    """Put accounts in the place of their former reading; note where all others open now."""
    given = list(accounts)
    old = {
        name: (fid, fid, None, record, since)
        for name, fid, record, since in select_in(
            store, "SELECT id, fid, record, revision FROM accounts WHERE id IN", [a.id for a in given]
        )
    }
    new = [rows.account_row(one, periods.get(one.id), opening.get(one.id), revision) for one in given]
    _archive(
        store, "accounts", ((row["id"], old[str(row["id"])]) for row in new if row["id"] in old), revision
    )
    insert(store, "accounts", new, key="id")
    delete(store, "citations", "account", [account.id for account in given])
    insert(store, "citations", chain.from_iterable(map(rows.citation_rows, given)))
    store.many(
        "UPDATE accounts SET opens = ? WHERE id = ?",
        ((day, name) for name, day in sorted(opening.items())),
    )


def write_events(
    store: Store,
    scope: Iterable[str],
    given: Sequence[tuple[Event, Event]],
    evidence: Mapping[str, str],
    texts: Mapping[str, str],
    revision: int,
) -> None:
    """Make ``given`` (each as it counts and as it was read) all events of the accounts ``scope``."""
    known = {
        row[0]: row[1:]
        for row in select_in(
            store,
            "SELECT id, fid, reading, record, revision, evidence, sentence, version FROM events WHERE account IN",
            sorted(scope),
        )
    }
    _unique(store, given, known)
    new: list[Row] = []
    archived: list[tuple[object, Old]] = []
    for event, reading in given:
        row = rows.event_row(
            event, reading, texts[event.account], evidence[event.id], version=revision, revision=revision
        )
        old = known.pop(event.id, None)
        if old is not None:
            fid, was_read, record, since, words, sentence, version = old
            if (was_read, record, words) == (row["reading"], row["record"], row["evidence"]):
                if sentence == row["sentence"]:
                    continue
                row["version"] = version  # reflowed only
            archived.append((event.id, (fid, fid, was_read, record, since)))
        new.append(row)
    archived += [(name, (old[0], old[0], old[1], old[2], old[3])) for name, old in known.items()]
    _archive(store, "events", archived, revision)
    changed = [*known, *(str(row["id"]) for row in new)]
    delete(store, "event_places", "event", changed)
    delete(store, "events", "id", known)
    insert(store, "events", new, key="id")
    fresh = {row["id"] for row in new}
    _bear(store, (event for event, _ in given if event.id in fresh))


def write_event(
    store: Store,
    event: Event,
    before: Event,
    reading: Event,
    evidence: str,
    sentence: str,
    revision: int,
    old: Old,
) -> None:
    """Put one event in the place of ``before``, which stands in the row ``old``."""
    row = rows.event_row(event, reading, "", evidence, version=revision, revision=revision)
    row["sentence"] = sentence
    _archive(store, "events", [(event.id, old)], revision)
    update(store, "events", "fid", old[0], row)
    if rows.bearing(event) != rows.bearing(before):
        delete(store, "event_places", "event", [event.id])
        _bear(store, [event])


def _bear(store: Store, events: Iterable[Event]) -> None:
    insert(
        store,
        "event_places",
        ({"event": event.id, "place": place} for event in events for place in sorted(rows.bearing(event))),
    )


def _unique(store: Store, given: Sequence[tuple[Event, Event]], known: Mapping[str, object]) -> None:
    owner: dict[str, str] = {}
    for event, _ in given:
        if event.id in owner:
            other = owner[event.id]
            if other == event.account:
                raise LedgerError(
                    f"{store.name}: contradictory rows, nothing written (event {event.id} stands twice)"
                )
            raise LedgerError(
                f"event {event.id} stands in two accounts, {other} and {event.account}: ids must be unique"
            )
        owner[event.id] = event.account
    strange = [name for name in owner if name not in known]
    for name, account in select_in(store, "SELECT id, account FROM events WHERE id IN", strange):
        raise LedgerError(
            f"event {name} stands in two accounts, {account} and {owner[name]}: ids must be unique"
        )


def write_places(store: Store, given: Iterable[Place], gone: Iterable[str], revision: int) -> set[str]:
    """Add or update ``given``, drop ``gone``; returns the ids of the places that are not as they were."""
    new = [rows.place_row(store, place, revision) for place in given]
    changed = _keyed(store, "places", new, gone, revision)
    store.many(
        "UPDATE holdings SET geom = ?, name = ? WHERE place = ?",
        ((row["geom"], row["name"], row["id"]) for row in new if row["id"] in changed),
    )
    return changed


def write_sides(store: Store, given: Iterable[Side], gone: Iterable[str], revision: int) -> None:
    """Add or update ``given``, drop ``gone``."""
    _keyed(store, "sides", [rows.side_row(side, revision) for side in given], gone, revision)


def _keyed(store: Store, table: str, new: Sequence[Row], gone: Iterable[str], revision: int) -> set[str]:
    """Bring rows with an ``id`` up to date; returns the ids of those that changed."""
    gone = set(gone)
    wanted = gone | {str(row["id"]) for row in new}
    old: dict[str, Old] = {
        name: (fid, fid, None, record, since)
        for name, fid, record, since in select_in(
            store,
            f"SELECT id, fid, record, revision FROM {table} WHERE id IN",  # noqa: S608 - our own names
            sorted(wanted),
        )
    }
    changed = [row for row in new if row["id"] not in old or old[str(row["id"])][3] != row["record"]]
    names = {str(row["id"]) for row in changed}
    _archive(store, table, ((name, old[name]) for name in sorted(names | gone) if name in old), revision)
    delete(store, table, "id", sorted(gone))
    insert(store, table, changed, key="id")
    return names


def write_holdings(
    store: Store,
    given: Iterable[Holding],
    places: Mapping[str, Place],
    revision: int,
    gone: Iterable[Old] | None = None,
) -> None:
    """Make ``given`` all holdings; with ``gone`` only in the place of these rows."""
    counted: Counter[tuple[str, str]] = Counter()
    new: list[Row] = []
    for holding in given:
        track = (holding.place, holding.layer)
        new.append(rows.holding_row(store, holding, places[holding.place], counted[track], revision))
        counted[track] += 1
    old = store.rows("SELECT fid, number, NULL, record, revision FROM holdings") if gone is None else gone
    insert(store, "holdings", _listed(store, "holdings", old, new, revision))


LAST_FINDING = "SELECT coalesce(max(fid), 0) FROM findings"


def write_findings(
    store: Store,
    given: Iterable[tuple[Finding, int]],
    revision: int,
    gone: Iterable[Old] | None = None,
    last: int | None = None,
) -> None:
    """Make ``given``, each with its place in its account, all findings; with ``gone`` only in the place of these rows.

    ``last`` is the highest number of a row, where that has been read.
    """
    new = [rows.finding_row(finding, number, revision) for finding, number in given]
    old = store.rows("SELECT fid, number, NULL, record, revision FROM findings") if gone is None else gone
    fresh = _listed(store, "findings", old, new, revision)
    if not fresh:
        return
    if last is None:
        last = store.rows(LAST_FINDING)[0][0]
    numbered = [{"fid": fid, **row} for fid, row in enumerate(fresh, last + 1)]
    insert(store, "findings", numbered)
    insert(store, "finding_places", chain.from_iterable(map(rows.finding_place_rows, numbered)))


def _listed(store: Store, table: str, old: Iterable[Old], new: Iterable[Row], revision: int) -> list[Row]:
    """Remove the rows without an id of their own that are not as before; returns those that are still to come."""
    standing: dict[tuple[object, object], list[Old]] = defaultdict(list)
    for row in old:
        standing[row[1], row[3]].append(row)
    fresh = []
    for candidate in new:
        same = standing.get((candidate["number"], candidate["record"]))
        if same:
            same.pop()
        else:
            fresh.append(candidate)
    store.retire(table, [row[0] for rest in standing.values() for row in rest], revision)
    return fresh


def _archive(store: Store, table: str, gone: Iterable[tuple[object, Old]], revision: int) -> None:
    """Keep what a revision replaces; what the same revision wrote itself was never seen by anybody."""
    insert(
        store,
        "history",
        (
            {
                "kind": table, "id": name, "since": since, "until": revision,
                "number": number, "reading": reading, "record": record,
            }
            for name, (_, number, reading, record, since) in gone
            if since < revision
        ),
    )  # fmt: skip
