"""What can be read of a ledger: as it is, or as it was known at a revision.

What belongs here: reading values back, in their order.  What does not: writing (``writing``) and anything that
changes a ledger (``storage``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from frontledger.errors import NotFoundError
from frontledger.ledger import place_reviews, told_distances
from frontledger.ledger.control import control
from frontledger.ledger.day import period
from frontledger.ledger.evidence import evidence_of
from frontledger.ledger.findings import order
from frontledger.ledger.frames import Listing, Records
from frontledger.ledger.reviews import Progress, progress
from frontledger.ledger.rows import Revision
from frontledger.ledger.store import Store
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
    Value,
)

__all__ = ["Past", "View"]

Kind = TypeVar("Kind", bound=Value)
Stored = list[tuple[int, str | None, str]]
"""Number, reading, record."""


class View:
    """Everything that a ledger holds at one revision."""

    def __init__(self, store: Store) -> None:
        """For :class:`~frontledger.ledger.storage.Ledger` and :meth:`~frontledger.ledger.storage.Ledger.at`."""
        self._store = store

    def _stored(self, table: str) -> Stored:
        number = "number" if table in ("holdings", "findings") else "fid"
        reading = "reading" if table == "events" else "NULL"
        return self._store.rows(f"SELECT {number}, {reading}, record FROM {table}")  # noqa: S608 - our own names

    def _logged(self, table: str) -> list[str]:
        """The records of a table that only grows, oldest first."""
        key = "number" if table == "revisions" else "fid"
        return [row[0] for row in self._store.rows(f"SELECT record FROM {table} ORDER BY {key}")]  # noqa: S608 - our own names

    @property
    def accounts(self) -> Records[Account]:
        """All accounts, in the order in which they came."""
        return Records.of(self._in_order("accounts", Account))

    @property
    def events(self) -> Records[Event]:
        """All events as they count, corrections and verdicts applied: account by account, as they are told."""
        return Records.of(self._narrated(lambda _, record: record), self._places())

    @property
    def readings(self) -> Records[Event]:
        """All events as they were read from the accounts, whatever people said of them."""
        return Records.of(self._narrated(lambda reading, record: reading or record), self._places())

    @property
    def places(self) -> Records[Place]:
        """All places."""
        found = self._in_order("places", Place)
        return Records.of(found, {place.id: place for place in found})

    @property
    def sides(self) -> Records[Side]:
        """All sides."""
        return Records.of(sorted(self._in_order("sides", Side), key=lambda side: side.id))

    @property
    def holdings(self) -> Records[Holding]:
        """All holdings, sorted by place, layer and time."""
        decode = msgspec.json.Decoder(Holding).decode
        found = [(number, decode(record)) for number, _, record in self._stored("holdings")]
        found.sort(key=lambda one: (one[1].place, one[1].layer, one[0]))
        return Records.of((holding for _, holding in found), self._places())

    @property
    def all_findings(self) -> Records[Finding]:
        """All findings, dismissed or not, the gravest first."""
        decode = msgspec.json.Decoder(Finding).decode
        found = [(number, decode(record)) for number, _, record in self._stored("findings")]
        found.sort(key=lambda one: order(one[1], one[0]))
        return Records.of(finding for _, finding in found)

    @property
    def findings(self) -> Records[Finding]:
        """What is open to question, the gravest first: all findings but the dismissed ones."""
        dismissed = self.dismissed
        return Records.of(finding for finding in self.all_findings if finding.id not in dismissed)

    @property
    def dismissals(self) -> Records[Dismissal]:
        """Every dismissal, and every one taken back, oldest first."""
        return Records.of(map(msgspec.json.Decoder(Dismissal).decode, self._logged("dismissals")))

    @property
    def dismissed(self) -> dict[str, Dismissal]:
        """The dismissals in force, by the id of the finding."""
        last = {one.finding: one for one in self.dismissals}
        return {name: one for name, one in last.items() if not one.restored}

    @property
    def reviews(self) -> Records[Review]:
        """All verdicts, oldest first."""
        return Records.of(map(msgspec.json.Decoder(Review).decode, self._logged("reviews")))

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """What the accounts tell of distances and directions, as they stand now."""
        return told_distances.stored(self._store)

    @property
    def place_reviews(self) -> tuple[PlaceReview, ...]:
        """What people said about places, oldest first."""
        return place_reviews.stored(self._store)

    @property
    def revisions(self) -> Records[Revision]:
        """All revisions, oldest first."""
        return Records.of(map(msgspec.json.Decoder(Revision).decode, self._logged("revisions")))

    @property
    def digests(self) -> dict[str, str]:
        """The digest of the words that each event rests on, by the event's id."""
        return dict(self._store.rows("SELECT id, evidence FROM events"))

    @property
    def progress(self) -> list[Progress]:
        """How far the check of each account is."""
        return progress(self.accounts, self.events)

    def control(self, *, on: str, layer: Layer | None = None) -> Listing[Control]:
        """Who held what on the day ``on``: see :func:`frontledger.ledger.control.control`."""
        return Listing(self.control_on(on, layer), self._places())

    def control_on(self, on: str, layer: Layer | None = None, place: str | None = None) -> list[Control]:
        """As :meth:`control`, of all places or of the one with this id, without what frames need."""
        rows = control(self.holdings, self._places().values(), on, layer)
        return [row for row in rows if place in (None, row.place)]

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last day of the narrated events; None when nothing is dated."""
        return period(self.events)

    def map(self, *, on: str, layer: Layer = "assessed") -> list[tuple[str, State, str | None]]:
        """Place, state and holder of every place of which something is known on the day ``on``; in no order.

        The same as :meth:`control` without names and evidence, and quick enough to draw at every step of a slider.
        Raises :class:`ValueError` when ``on`` is no ISO day.
        """
        return [
            (row.place, row.state, row.holder)
            for row in self.control(on=on, layer=layer)
            if row.state != "unknown"
        ]

    def _places(self) -> dict[str, Place]:
        return {place.id: place for place in self._in_order("places", Place)}

    def _in_order(self, table: str, kind: type[Kind]) -> list[Kind]:
        decode = msgspec.json.Decoder(kind).decode
        found = sorted(self._stored(table), key=lambda row: row[0])
        return [decode(record) for _, _, record in found]

    def _narrated(self, choose: Callable[[str | None, str], str]) -> list[Event]:
        decode = msgspec.json.Decoder(Event).decode
        rank = {account: rank for rank, account in enumerate(self._account_ids())}
        events = [decode(choose(reading, record)) for _, reading, record in self._stored("events")]
        events.sort(key=lambda e: (rank[e.account], e.sentence.start, e.trigger.start, e.id))
        return events

    def _account_ids(self) -> list[str]:
        return [row[0] for row in self._store.rows("SELECT id FROM accounts ORDER BY fid")]


class Past(View):
    """A ledger as it was known at one of its revisions."""

    def __init__(self, store: Store, revision: int) -> None:
        """Raises :class:`~frontledger.errors.NotFoundError` when there is no such revision."""
        super().__init__(store)
        last = store.rows("SELECT max(number) FROM revisions")[0][0] or 0
        if not 0 < revision <= last:
            raise NotFoundError(f"{store.name}: no revision {revision}: it has 1 to {last}")
        self.revision = revision

    @property
    def digests(self) -> dict[str, str]:
        """As of a ledger as it is; digested anew, for what is past keeps no digests."""
        return evidence_of(self.readings, {account.id: account for account in self.accounts})

    def _stored(self, table: str) -> Stored:
        number = "number" if table in ("holdings", "findings") else "fid"
        reading = "reading" if table == "events" else "NULL"
        return self._store.rows(
            f"SELECT {number}, {reading}, record FROM {table} WHERE revision <= ? UNION ALL"  # noqa: S608 - our own names
            " SELECT number, reading, record FROM history WHERE kind = ? AND since <= ? AND until > ?",
            (self.revision, table, self.revision, self.revision),
        )

    def _logged(self, table: str) -> list[str]:
        key, order_by = ("number", "number") if table == "revisions" else ("revision", "fid")
        found: list[tuple[Any, ...]] = self._store.rows(
            f"SELECT record FROM {table} WHERE {key} <= ? ORDER BY {order_by}",  # noqa: S608 - our own names
            (self.revision,),
        )
        return [row[0] for row in found]
