"""The rows that a change of one event can reach, read in a few questions that are asked together.

Nothing is written before all is read, so that a database elsewhere answers five times to a verdict and not fifty.
What belongs here: which rows can be concerned.  What does not: what becomes of them (``refolding``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from frontledger.ledger import rows
from frontledger.ledger.statements import DAYS
from frontledger.ledger.store import UNIT, Question, Store, select_in
from frontledger.ledger.writing import LAST_FINDING, Old
from frontledger.model import Account, Event, Finding, Holding, Place, Side, Telling

__all__ = ["Head", "Reach", "Told"]

Rows = list[tuple[Any, ...]]


class _Named(msgspec.Struct):
    id: str | None = None


class _Naming(msgspec.Struct):
    """The places of an event; the rest of its record is passed over, which is several times as quick."""

    places: tuple[_Named, ...] = ()


class Told(NamedTuple):
    """A stored event with what the checks ask of it."""

    event: Event
    evidence: str
    sentence: str


class Head(NamedTuple):
    """What is asked of an account besides its events: where it opens, its title and its language."""

    opens: str | None
    title: str | None
    lang: str | None


COLUMNS = "SELECT id, record, evidence, sentence FROM events"
OF_ACCOUNT = f"{COLUMNS} WHERE account IN"
IN_ORDER = (
    "account = ? AND basis = 'explicit' AND NOT background AND review <> 'rejected'"
    " AND (earliest IS NOT NULL OR latest IS NOT NULL)"
)
"""The events that :func:`~frontledger.ledger.questions_of_account.out_of_order` reads."""
NEIGHBOURS = f"""
{COLUMNS} WHERE {IN_ORDER} AND starts IN (
  ?,
  (SELECT starts FROM events WHERE {IN_ORDER} AND starts < ? ORDER BY starts DESC LIMIT 1),
  (SELECT starts FROM events WHERE {IN_ORDER} AND starts > ? ORDER BY starts LIMIT 1))"""  # noqa: S608 - our own text
"""Of these, those in a sentence and in the nearest before and after it."""
OF_WINDOW = (
    f"{COLUMNS} WHERE account = ? AND earliest IS NOT DISTINCT FROM ? AND latest IS NOT DISTINCT FROM ?"
)
TOUCHING = (
    "SELECT e.id, e.record, e.evidence, e.sentence, a.id, a.opens, a.title, a.lang,"
    ' EXISTS (SELECT 1 FROM accounts r WHERE r.id = a.id AND r.record LIKE \'%"key":"result"%\')'
    " FROM event_places p JOIN events e ON e.id = p.event JOIN accounts a ON a.id = e.account WHERE p.place IN"
)
"""The last column says whether the infobox of the account names a result."""
ACCOUNT = (
    f"SELECT record, opens, period_first, period_last, ({LAST_FINDING}), (SELECT {{}} FROM sides)"  # noqa: S608
    " FROM accounts WHERE id IN"
)
"""The last columns are not of the account: the highest number of a finding, and all sides."""
HOLDINGS = "SELECT fid, number, NULL, record, revision FROM holdings WHERE place IN"
FINDINGS = "SELECT f.fid, f.number, NULL, f.record, f.revision FROM findings f"
FINDINGS_OF_ACCOUNTS = f"{FINDINGS} WHERE f.account IN"
FINDINGS_OF_PLACES = f"{FINDINGS} JOIN finding_places p ON p.finding = f.fid WHERE p.place IN"

TELLINGS = "SELECT record FROM told_distances WHERE account = ? ORDER BY fid"
PLACED = (
    "SELECT id FROM places p WHERE name IS NOT NULL AND lat IS NOT NULL AND lon IS NOT NULL"
    " AND EXISTS (SELECT 1 FROM event_places b WHERE b.place = p.id) LIMIT ?"
)

NOTHING: Question = (OF_ACCOUNT, ())


def _concerning(places: Iterable[str]) -> list[Question]:
    """Events, holdings and findings about places."""
    wanted = sorted(places)
    return [(TOUCHING, wanted), (HOLDINGS, wanted), (FINDINGS_OF_PLACES, wanted)]


def places_of(event: Event) -> set[str]:
    """The places that an event names, in any role."""
    return {ref.id for ref in event.places if ref.id}


class Reach:
    """The places, events, holdings and findings that a change of one event can reach, as they stood before it."""

    def __init__(self, store: Store, before: Event, told: Told) -> None:
        """``told`` is the event as it counts from now on, whatever is stored of it."""
        self.store = store
        self.told = told
        self.event = event = told.event
        self.known: dict[str, Place | None] = {}
        """The places read so far, None for one that is not stored."""
        self._parts: dict[str, set[str]] = {}
        self._account = ACCOUNT.format(store.joined.format("record"))
        self.left, self.joined = places_of(before) - places_of(event), places_of(event) - places_of(before)
        """The places that the event names no more, and those that it did not name before."""
        named = places_of(before) | places_of(event)
        own = [event.account]
        here = event.sentence.start
        neighbours, (head,), findings, *concerned = self._ask(
            [
                (NEIGHBOURS, (*own, here) * 3), (self._account, own), (FINDINGS_OF_ACCOUNTS, own),
                *_concerning(named),
            ],
            near=named,
        )  # fmt: skip
        self.opened: str | None
        record, self.opened, *period, self.last_finding, sides = head
        self.account = msgspec.json.decode(record, type=Account)
        self.periods = {event.account: (period[0], period[1])} if period[0] is not None else {}
        self.has_period = bool(self.periods) or any(field.key == "date" for field in self.account.infobox)
        """Whether the account may say what it is about."""
        self.sides = [msgspec.json.decode(one, type=Side) for one in sides.split(UNIT)] if sides else []
        self.neighbours = self._read(neighbours) | {event.id: told}
        """The events of the account in the same sentence and in the next dated ones before and after it."""
        self.opens = self._opening(before)
        """Where the account opens now; ``opened`` is where it did so far."""
        further: set[str] = set()
        if self.opened != self.opens:  # whoever is only implied to have held a place did so since another day
            everything = self.of_account(event.account)
            further = {place for one in everything.values() for place in rows.bearing(one.event)}
        self.places = self._with_kin(named | further)
        """The places that the event is about, with their wholes and parts."""
        *more, contemporary = self._beyond(named, before)
        touching, self.holdings, about = (one + other for one, other in zip(concerned, more, strict=True))
        self.findings: dict[int, tuple[Old, Finding]] = {}
        """Stored findings about the account or about a place concerned, by row number."""
        self._find(findings + about)
        self.contemporary = self._read(contemporary) | {event.id: told}
        """The events of the account with the dates that this one had and has."""
        self.heads: dict[str, Head] = {}
        """The accounts of all events read."""
        self._with_result: set[str] = set()
        self.touching = self._touching(touching)
        """Events about these places, and about their wholes and parts."""
        if not self.places.isdisjoint(rows.bearing(event)):
            self.touching[event.id] = told
        self._look_around()

    def _beyond(self, asked: set[str], before: Event) -> list[Rows]:
        """What concerns the places in reach that had not been asked for, and the events of the same dates: often none."""
        others = self.places - asked
        windows = [(OF_WINDOW, (self.event.account, *window)) for window in self._windows(before)]
        if not others and not windows:
            return [[], [], [], []]
        *more, one, other = self._ask([*_concerning(others), *windows, *[NOTHING] * (2 - len(windows))])
        return [*more, one + other]

    def _windows(self, before: Event) -> set[tuple[str, str]]:
        """The first and last days that the event had and has, where the account says what it is about."""
        if not self.has_period:
            return set()
        return {(one.earliest or "", one.latest or "") for one in (before.date, self.event.date)}

    def _opening(self, before: Event) -> str | None:
        """First dated day that the account narrates: all events are read only where the one that opened it changed."""
        (was, now) = (rows.opening_days([one]).get(one.account) for one in (before, self.event))
        if was == now:
            return self.opened
        if was == self.opened:
            everything = self.of_account(self.event.account)
            return rows.opening_days(one.event for one in everything.values()).get(self.event.account)
        days: list[str] = [day for day in (self.opened, now) if day is not None]
        return min(days, key=DAYS.__getitem__, default=None)

    def _look_around(self) -> None:
        """Read what events about these places also tell: of other objects, in accounts whose outcome hangs on them."""
        self.around = self.touching
        """Events about these places, and about all that those events are about."""
        others = self._named(self.touching, "object") - self.places
        if others:
            beyond = sorted(self._with_kin(others) - self.places)
            more, findings = self._ask([(TOUCHING, beyond), (FINDINGS_OF_PLACES, sorted(others))])
            self.around = self.touching | self._touching(more)
            self._find(findings)
        self.places_of(self._named(self.around))
        self.stakes: list[Account] = []
        """The accounts whose infobox names a result that the places bear on."""
        others = self._with_result - {self.event.account}
        if others:
            found, findings = self._ask(
                [(self._account, sorted(others)), (FINDINGS_OF_ACCOUNTS, sorted(others))]
            )
            self.stakes = [msgspec.json.decode(record, type=Account) for record, *_ in found]
            self._find(findings)
        if any(field.key == "result" for field in self.account.infobox):
            self.stakes.append(self.account)

    @staticmethod
    def _named(told: Mapping[str, Told], role: str | None = None) -> set[str]:
        """The places that events name, in any role or in this one."""
        refs = (ref for one in told.values() for ref in one.event.places)
        return {ref.id for ref in refs if ref.id and role in (None, ref.role)}

    def of_account(self, name: str) -> dict[str, Told]:
        """All events of an account."""
        told = self._read(select_in(self.store, OF_ACCOUNT, [name]))
        return told | {self.event.id: self.told} if name == self.event.account else told

    def is_elsewhere_placed(self) -> bool:
        """Whether places with coordinates count that the event neither joins nor leaves."""
        changed = self.left | self.joined
        found = self.store.rows(PLACED, (len(changed) + 1,))
        return any(place not in changed for (place,) in found)

    def all_named(self) -> set[str]:
        """The places that the events of the whole ledger name."""
        decode = msgspec.json.Decoder(_Naming).decode
        stored = self.store.rows("SELECT id, record FROM events")
        others = (decode(record) for name, record in stored if name != self.event.id)
        return places_of(self.event) | {ref.id for one in others for ref in one.places if ref.id}

    def of_code(self, code: str) -> None:
        """Let the findings of a code be known, wherever they are."""
        self._find(self.store.rows(f"{FINDINGS} WHERE f.code = ?", (code,)))

    def tellings(self) -> list[Telling]:
        """What the account of the event tells of distances."""
        found = self.store.rows(TELLINGS, (self.event.account,))
        return [msgspec.json.decode(record, type=Telling) for (record,) in found]

    def places_of(self, names: Iterable[str]) -> dict[str, Place]:
        """The places that are stored, by id."""
        wanted = sorted(names)
        unread = [name for name in wanted if name not in self.known]
        if unread:
            self._ask([], named=unread)
        return {name: place for name in wanted if (place := self.known.get(name)) is not None}

    def holdings_of(self, places: Iterable[str]) -> list[Holding]:
        """The stored holdings of places, each place's in the order of time."""
        found = sorted(select_in(self.store, HOLDINGS, sorted(places)), key=lambda row: row[1])
        return [msgspec.json.decode(row[3], type=Holding) for row in found]

    def _read(self, found: Iterable[tuple[Any, ...]]) -> dict[str, Told]:
        decode = msgspec.json.Decoder(Event).decode
        return {
            name: Told(decode(record), evidence, sentence)
            for name, record, evidence, sentence in found
            if name != self.event.id
        }

    def _touching(self, found: Rows) -> dict[str, Told]:
        for row in found:
            self.heads[row[4]] = Head(*row[5:8])
            if row[8]:
                self._with_result.add(row[4])
        self.heads[self.event.account] = Head(self.opens, self.account.title, self.account.lang)
        return self._read(row[:4] for row in found)

    def _find(self, found: Rows) -> None:
        decode = msgspec.json.Decoder(Finding).decode
        for row in found:
            if row[0] not in self.findings:
                self.findings[row[0]] = (row, decode(row[3]))

    def _ask(
        self, questions: Sequence[Question], *, named: Collection[str] = (), near: Collection[str] = ()
    ) -> list[Rows]:
        """The answers to questions; with them, the places ``named``, and those ``near`` with their parts, become known."""
        unread = sorted({*named, *near} - self.known.keys())
        whole = sorted(set(near) - self._parts.keys())
        *answers, places, parts = self.store.gather(
            [
                *questions,
                ("SELECT record FROM places WHERE id IN", unread),
                ("SELECT record FROM places WHERE part_of IN", whole),
            ]
        )
        self.known |= dict.fromkeys(unread)
        self._parts |= {name: set() for name in whole}
        for row in (*places, *parts):
            place = msgspec.json.decode(row[0], type=Place)
            self.known[place.id] = place
            if place.part_of in self._parts:
                self._parts[place.part_of].add(place.id)
        return answers

    def _with_kin(self, places: Iterable[str]) -> set[str]:
        """The places with all their wholes and parts."""
        found: set[str] = set()
        fresh = set(places)
        while fresh:
            found |= fresh
            if not fresh <= self._parts.keys():
                self._ask([], near=fresh)
            above = {place.part_of for name in fresh if (place := self.known[name]) and place.part_of}
            fresh = above.union(*(self._parts[name] for name in fresh)) - found
        return found
