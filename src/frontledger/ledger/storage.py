"""The ledger as people use it: open, create, take in a reading, judge events, dismiss findings.

Every change is one transaction and one numbered revision.  What belongs here: what a change consists of.  What
does not: the database behind it (``geopackage_store``, ``postgis_store``), rows (``writing``), reading back
(``views``), or any judgement about control.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from frontledger.errors import LedgerError, NotFoundError, ReviewError
from frontledger.ledger import day, place_reviews, rows, told_distances, writing
from frontledger.ledger.corrections import Known, new_places, new_sides
from frontledger.ledger.evidence import evidence_of, meaning_of
from frontledger.ledger.frames import Records
from frontledger.ledger.geopackage_store import GeoPackageStore
from frontledger.ledger.reach import Told
from frontledger.ledger.refolding import refolding
from frontledger.ledger.reviews import in_force, judged, next_review, under
from frontledger.ledger.rows import Revision
from frontledger.ledger.store import UNIT, insert, select_in
from frontledger.ledger.views import Past, View
from frontledger.mentions import calendar
from frontledger.model import (
    Account,
    Control,
    Dismissal,
    Event,
    Finding,
    Holding,
    Layer,
    Place,
    PlaceReview,
    Review,
    Side,
    State,
    Telling,
)

__all__ = ["Ledger", "is_address"]

SHARED = ("postgresql://", "postgres://")
"""How the address of a ledger in a database begins."""


EVENT = (
    "SELECT fid, record, reading, evidence, version, revision, sentence,"  # noqa: S608 - our own text
    f" ({writing.LAST_REVISION}), ({{verdicts}}) FROM events WHERE"
)
VERDICTS = "SELECT record FROM reviews WHERE evidence"


class _Row(NamedTuple):
    """A stored event: as it counts and, where that differs, as it was read; ``since`` is a revision, ``last`` the ledger's.

    ``verdicts`` are all that were given on its words, oldest first, with a :data:`~frontledger.ledger.store.UNIT` between.
    """

    fid: int
    record: str
    reading: str | None
    evidence: str
    version: int
    since: int
    sentence: str
    last: int
    verdicts: str | None


def is_address(where: str | os.PathLike[str]) -> bool:
    """Whether this is the address of a shared database and no path."""
    return isinstance(where, str) and where.startswith(SHARED)


class Ledger(View):
    """An open ledger, a file or a PostgreSQL database; close it, or use it as a context manager."""

    _grown = False
    """Whether a reading has been stored since the last transaction ended."""

    @classmethod
    def open(cls, where: str | os.PathLike[str]) -> Self:
        """Open an existing ledger, to read only if it cannot be written; one of an older schema is migrated.

        ``where`` is a path, or ``postgresql://…`` for a shared one.  Raises
        :class:`~frontledger.errors.LedgerError` when there is none, and
        :class:`~frontledger.errors.LedgerVersionError` when a newer frontledger wrote it.
        """
        if is_address(where):
            return cls(_postgis().open(str(where)))
        return cls(GeoPackageStore.open(Path(where)))

    @classmethod
    def create(cls, where: str | os.PathLike[str]) -> Self:
        """Create an empty ledger; a file appears under its name complete or not at all.

        Raises :class:`~frontledger.errors.LedgerError` when something is there already or the place is
        not writable.
        """
        if is_address(where):
            return cls(_postgis().create(str(where)))
        return cls(GeoPackageStore.create(Path(where)))

    @classmethod
    def exists(cls, where: str | os.PathLike[str]) -> bool:
        """Whether something is there already, a ledger or not."""
        return _postgis().exists(str(where)) if is_address(where) else Path(where).exists()

    @classmethod
    def destroy(cls, where: str | os.PathLike[str]) -> None:
        """Remove a ledger that :meth:`create` has just made."""
        if is_address(where):
            _postgis().destroy(str(where))
        else:
            GeoPackageStore.destroy(Path(where))

    @property
    def name(self) -> str:
        """Its path, or its address without a password."""
        return self._store.name

    def close(self) -> None:
        """Close it; a file's write-ahead log is merged into it."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything within is one transaction, and nobody else writes meanwhile: read, decide, then write."""
        with self._store.writing():
            yield
        if self._grown:
            self._grown = False
            self._store.tidy()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read within is of one moment."""
        with self._store.reading():
            yield

    def at(self, revision: int) -> Past:
        """The ledger as it was known at a revision.

        Raises :class:`~frontledger.errors.NotFoundError` when it has no such revision.
        """
        return Past(self._store, revision)

    def judged(self, accounts: Sequence[Account], readings: Sequence[Event]) -> tuple[Event, ...]:
        """Readings in the light of the verdicts that hold on them; ``accounts`` are those read anew."""
        last = in_force(self.reviews)
        if not last:
            return tuple(readings)
        return judged(readings, self.evidence(accounts, readings), last)

    def map(self, *, on: str, layer: Layer = "assessed") -> list[tuple[str, State, str | None]]:
        """Place, state and holder of every place of which something is known on the day ``on``; in no order.

        Raises :class:`ValueError` when ``on`` is no ISO day.
        """
        number = calendar.parse_iso(on)
        fields = f"place || '{UNIT}' || state || '{UNIT}' || coalesce(side, '')"
        known = "state <> 'unknown' AND certain_until > ? AND certain_from <= ?"
        joined = f"SELECT {self._store.joined.format(fields)} FROM holdings"  # noqa: S608 - our own text
        sql = f"{joined} WHERE layer = 'assessed' AND {known}"
        parameters = [number, number]
        if layer == "claimed":  # which has rows only for places where it differs
            apart = "SELECT place FROM holdings WHERE layer = 'claimed'"
            sql = f"{sql} AND place NOT IN ({apart}) UNION ALL {joined} WHERE layer = 'claimed' AND {known}"
            parameters *= 2
        found: list[tuple[str, State, str | None]] = []
        for (text,) in self._store.rows(
            sql, parameters
        ):  # one long text: a row a place costs three times as much
            parts = text.split(UNIT) if text else []
            found += zip(parts[::3], parts[1::3], [side or None for side in parts[2::3]], strict=True)
        return found

    def control_on(self, on: str, layer: Layer | None = None, place: str | None = None) -> list[Control]:
        """As :meth:`control`; the database finds the holdings that the day depends on."""
        return day.control_on(self._store, on, layer, place)

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last day of the narrated events; None when nothing is dated."""
        return day.told_span(self._store)

    @property
    def periods(self) -> dict[str, tuple[str, str]]:
        """First and last day of what each account says it is about, of those that say so."""
        sql = "SELECT id, period_first, period_last FROM accounts WHERE period_first IS NOT NULL"
        return {name: (first, last) for name, first, last in self._store.rows(sql)}

    def evidence(self, accounts: Sequence[Account], readings: Sequence[Event]) -> dict[str, str]:
        """The evidence of every reading: anew for ``accounts``, as stored for the others."""
        fresh = {account.id: account for account in accounts}
        others = {event.account for event in readings} - fresh.keys()
        stored = dict(
            select_in(self._store, "SELECT id, evidence FROM events WHERE account IN", sorted(others))
        )
        anew = [event for event in readings if event.id not in stored]
        unread = {event.account for event in anew} - fresh.keys()
        found = select_in(self._store, "SELECT record FROM accounts WHERE id IN", sorted(unread))
        for (record,) in found:
            account = msgspec.json.decode(record, type=Account)
            fresh[account.id] = account
        for unknown in unread - fresh.keys():
            raise LedgerError(f"events of the account {unknown!r}, which the ledger does not hold")
        return stored | evidence_of(anew, fresh)

    def replace(
        self,
        accounts: Sequence[Account],
        events: Iterable[Event],
        places: Iterable[Place],
        sides: Iterable[Side],
        holdings: Iterable[Holding],
        findings: Iterable[Finding],
        note: str,
        *,
        by: str | None = None,
        periods: Mapping[str, tuple[str, str]] | None = None,
        corrections: Iterable[PlaceReview] = (),
        tellings: Iterable[Telling] = (),
    ) -> Revision:
        """Store a reading of ``accounts`` in one transaction, as a numbered revision.

        ``accounts`` and their ``events`` (as read: verdicts are applied here) take the place of any former reading
        of the same accounts; other accounts stay.  Where ``events`` has events of another stored account too
        (placed anew together with the new ones, say), they take the place of all of that account's.  ``places``
        and ``sides`` are added or updated, and those that no event needs any more go.  ``holdings`` and
        ``findings`` speak for the whole ledger and replace all former ones.  ``periods`` gives, by account id,
        the first and last day of what an account says it is about.  ``corrections`` are what a person said about
        places just now; ``tellings``, what all accounts tell of distances, replace all former ones.
        """
        with self.writing():
            store = self._store
            place_reviews.add(store, corrections)
            told_distances.replace(store, tellings)
            readings = list(events)
            revision = writing.add_revision(store, note, by, [account.id for account in accounts])
            evidence = self.evidence(accounts, readings)
            counting = judged(readings, evidence, in_force(self.reviews))
            writing.write_accounts(
                store, accounts, periods or {}, rows.opening_days(counting), revision.number
            )
            touched = {account.id for account in accounts} | {event.account for event in readings}
            texts = self._texts(accounts, touched)
            writing.write_events(
                store, touched, list(zip(counting, readings, strict=True)), evidence, texts, revision.number
            )
            self._write_results(list(places), list(sides), list(holdings), findings, revision.number)
            self._grown = True
        return revision

    def _texts(self, accounts: Sequence[Account], wanted: Iterable[str]) -> dict[str, str]:
        texts = {account.id: account.text for account in accounts}
        others = sorted(set(wanted) - texts.keys())
        found = select_in(self._store, "SELECT record FROM accounts WHERE id IN", others)
        stored = [msgspec.json.decode(record, type=Account) for (record,) in found]
        return texts | {account.id: account.text for account in stored}

    def _write_results(
        self,
        places: Sequence[Place],
        sides: Sequence[Side],
        holdings: Sequence[Holding],
        findings: Iterable[Finding],
        revision: int,
    ) -> None:
        """Places and sides that events need, all holdings and findings."""
        store, told = self._store, self.events
        stored = self.places
        known = {place.id: place for place in (*stored, *places)}
        kept = rows.needed_places(told, known) | {holding.place for holding in holdings}
        kept_before = {place.id for place in stored}
        writing.write_places(store, [p for p in places if p.id in kept], kept_before - kept, revision)
        named = {ref.id for event in told for ref in (event.actor, event.against) if ref is not None}
        gone = {side.id for side in self.sides} - named
        writing.write_sides(store, [side for side in sides if side.id in named], gone, revision)
        left = {name: place for name, place in known.items() if name in kept}
        writing.write_holdings(store, holdings, left, revision)
        start = {event.id: event.sentence.start for event in told}
        writing.write_findings(
            store, ((one, start.get(one.events[0], 0) if one.events else 0) for one in findings), revision
        )
        store.note_extents([(p.lon, p.lat) for p in left.values() if p.lon is not None and p.lat is not None])

    def review(
        self,
        event: str,
        verdict: str,
        *,
        by: str,
        why: str,
        changes: Sequence[tuple[str, str]] = (),
        version: int | None = None,
    ) -> Review:
        """Record a person's verdict (``accept``, ``correct``, ``reject``, ``dispute``, ``undo``) on an event.

        ``changes`` are the corrections, as (field, value): see :data:`frontledger.ledger.corrections.FIELDS`.
        ``version`` is the version of the event that the person saw; without it, a verdict is refused where
        somebody else has judged before.  Holdings and findings follow in the same transaction; the reading of the
        account stays as it is.  Raises :class:`~frontledger.errors.NotFoundError` for an event that is not there,
        :class:`~frontledger.errors.ReviewError` for a verdict that cannot be given, and
        :class:`~frontledger.errors.ConflictError` for one on a version that is no more.
        """
        with self.writing():
            row = self._event(event)
            counting = msgspec.json.decode(row.record, type=Event)
            reading = msgspec.json.decode(row.reading, type=Event) if row.reading else counting
            meaning = meaning_of(reading)
            verdicts = _verdicts((one,) for one in row.verdicts.split(UNIT)) if row.verdicts else ()
            judged = [one for one in verdicts if one.meaning == meaning]
            known = Known(lambda: self.sides, lambda: self.places)
            review = next_review(
                reading, judged, verdict, by=by, why=why, changes=changes, known=known,
                evidence=row.evidence, seen=version, version=row.version,
            )  # fmt: skip
            return self._judge(row, counting, reading, review)

    def _judge(self, row: _Row, before: Event, reading: Event, review: Review) -> Review:
        """Store a verdict, the event as it counts now in the place of what it was, and what follows from it."""
        store = self._store
        after = under(reading, review)
        told = Told(after, row.evidence, row.sentence)
        moved = before.places != after.places
        sided = (before.actor, before.against) != (after.actor, after.against)
        # Where nothing new can be named, all is read before anything is written.
        follow = None if moved or sided else refolding(store, before, told)
        word = f"undid revision {review.undoes} on" if review.undoes else review.verdict
        note = f"{word} {reading.id}: {review.why}"
        revision = writing.add_revision(store, note, review.by, last=row.last)
        review = replace(review, at=revision.at, revision=revision.number)
        insert(store, "reviews", [rows.review_row(review)])
        if follow is None:
            if moved:
                writing.write_places(store, new_places([after], self.places), (), revision.number)
            if sided:
                writing.write_sides(store, new_sides([after], self.sides), (), revision.number)
            follow = refolding(store, before, told)
        writing.write_event(
            store, after, before, reading, row.evidence, row.sentence, revision.number,
            (row.fid, row.fid, row.reading, row.record, row.since),
        )  # fmt: skip
        follow(revision.number)
        return review

    def _event(self, what: str) -> _Row:
        """An event as it is stored."""
        joined = self._store.joined.format("record")
        ordered = f"({VERDICTS} = events.evidence ORDER BY fid) given"
        asked = EVENT.format(verdicts=f"SELECT {joined} FROM {ordered}")  # noqa: S608 - our own text
        found = self._store.rows(f"{asked} id = ?", (what,))
        if not found:
            found = self._store.rows(f"{asked} id = account || ':' || ?", (what,))
        if len(found) > 1:
            raise NotFoundError(f"{len(found)} accounts have an event {what!r}: write it as ACCOUNT:{what}")
        if not found:
            raise NotFoundError(f"no event {what!r} in this ledger{self._gone(what)}")
        return _Row(*found[0])

    def _gone(self, what: str) -> str:
        """A hint about an event that a revision took away."""
        found = self._store.rows(
            "SELECT id, until FROM history WHERE kind = 'events' AND (id = ? OR id LIKE '%:' || ?) ORDER BY until DESC",
            (what, what),
        )
        return f": {found[0][0]} is gone since revision {found[0][1]}" if found else ""

    def version(self, event: str) -> int:
        """The version of an event: the revision in which its words, its reading or its verdict last changed."""
        return self._event(event).version

    def verdicts(self, evidence: str) -> Records[Review]:
        """Every verdict given on the same words, oldest first."""
        return _verdicts(self._store.rows(f"{VERDICTS} = ? ORDER BY fid", (evidence,)))

    def history(self, event: str) -> Records[Review]:
        """Every verdict given on the words of an event, oldest first, whatever its id was then."""
        return self.verdicts(self._event(event).evidence)

    def dismiss(self, finding: str, *, by: str, why: str, restore: bool = False) -> Dismissal:
        """Question a finding no more, or (``restore``) question it again; with reason, as a revision.

        The dismissal holds as long as the finding rests on the same evidence.  ``finding`` is its id, or the
        beginning of it.  Raises :class:`~frontledger.errors.NotFoundError` and
        :class:`~frontledger.errors.ReviewError` as :meth:`review` does.
        """
        by, why = " ".join(by.split()), " ".join(why.split())
        if not by or not why:
            raise ReviewError("a dismissal needs --by NAME and --why TEXT")
        with self.writing():
            found = [one for one in self.all_findings if finding and one.id.startswith(finding)]
            if len({one.id for one in found}) != 1:
                what = f"{len(found)} findings begin with" if found else "no finding"
                raise NotFoundError(f"{what} {finding!r}: `findings` lists their ids")
            dismissed = found[0].id in self.dismissed
            if dismissed is not restore:
                raise ReviewError(f"finding {found[0].id} is {'already' if dismissed else 'not'} dismissed")
            word = "questioned again" if restore else "dismissed"
            revision = writing.add_revision(self._store, f"{word} {found[0].code} {found[0].id}: {why}", by)
            made = Dismissal(
                finding=found[0].id, code=found[0].code, message=found[0].message, by=by, why=why,
                at=revision.at, restored=restore, revision=revision.number,
            )  # fmt: skip
            insert(self._store, "dismissals", [rows.dismissal_row(made)])
        return made

    def to_pandas(self, table: str = "holdings") -> Any:
        """The records of one table as a :class:`pandas.DataFrame`; ``ledger.holdings.to_pandas()`` says the same.

        Raises :class:`~frontledger.errors.LedgerError` without pandas or for an unknown table.
        """
        names = ("accounts", "events", "sides", "places", "holdings", "findings", "reviews", "revisions")
        if table not in names:
            raise LedgerError(f"no table {table!r}: there are {', '.join(names)}")
        return getattr(self, table).to_pandas()


def _verdicts(found: Iterable[tuple[Any, ...]]) -> Records[Review]:
    return Records.of(msgspec.json.decode(record, type=Review) for (record,) in found)


def _postgis() -> Any:
    """The other backend, whose driver is an extra."""
    from frontledger.ledger.postgis_store import PostgisStore  # noqa: PLC0415 - psycopg is an extra

    return PostgisStore
