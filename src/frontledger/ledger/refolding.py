"""What one changed event changes: the holdings of its places and the findings about them, and nothing else.

The result is that of folding and checking the whole ledger anew; only the rows that can differ are read.  What
belongs here: what a change can reach.  What does not: the rules (``fold``, ``findings``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from frontledger.ledger import rows, writing
from frontledger.ledger.findings import (
    ACCOUNT_CODES,
    EVENT_CODES,
    PLACE_CODES,
    find,
    find_of_account,
    find_of_places,
)
from frontledger.ledger.fold import fold
from frontledger.ledger.statements import is_reported
from frontledger.ledger.store import Store, select_in
from frontledger.model import Account, Event, Finding, Holding, Place, Side

if TYPE_CHECKING:
    from frontledger.ledger.views import View

__all__ = ["refold"]


def refold(store: Store, ledger: View, before: Event, after: Event, revision: int) -> None:
    """Bring holdings and findings up to date after one event was judged; inside the caller's transaction."""
    if _says(before) == _says(after):
        return
    if before.places != after.places:
        _whole(store, ledger, revision)
        return
    reach = _Reach(store, before, after)
    reach.fold(revision)
    reach.check(revision)


def _says(event: Event) -> tuple[object, ...]:
    """What fold and checks read of a verdict."""
    bare = msgspec.structs.replace(event, review="unchecked")
    return bare, event.review == "rejected", is_reported(event)


def _whole(store: Store, ledger: View, revision: int) -> None:
    """Everything anew: for corrections that move an event to another place."""
    events, places = ledger.events, ledger.places
    known = {place.id: place for place in places}
    opens = rows.opening_days(events)
    store.many(
        "UPDATE accounts SET opens = ? WHERE id = ?", [(opens.get(a.id), a.id) for a in ledger.accounts]
    )
    holdings = fold(events, places)
    writing.write_holdings(store, holdings, known, revision)
    variants = [one for one in ledger.all_findings if one.code == "name-variant"]
    found = find(
        ledger.accounts, events, places, ledger.sides, holdings,
        periods=_periods(store), evidence=dict(store.rows("SELECT id, evidence FROM events")),
        tellings=ledger.tellings,
    )  # fmt: skip
    start = {event.id: event.sentence.start for event in events}
    numbered = [(one, start.get(one.events[0], 0) if one.events else 0) for one in (*variants, *found)]
    writing.write_findings(store, numbered, revision)


def _periods(store: Store, account: str | None = None) -> dict[str, tuple[str, str]]:
    where, parameters = ("AND id = ?", (account,)) if account is not None else ("", ())
    sql = f"SELECT id, period_first, period_last FROM accounts WHERE period_first IS NOT NULL {where}"  # noqa: S608
    return {name: (first, last) for name, first, last in store.rows(sql, parameters)}


class _Told(NamedTuple):
    """A stored event with what the checks ask of it."""

    event: Event
    evidence: str
    sentence: str


OF_ACCOUNT = "SELECT id, record, evidence, sentence FROM events WHERE account IN"
TOUCHING = (
    "SELECT e.id, e.record, e.evidence, e.sentence FROM events e JOIN event_places p ON p.event = e.id"
    " WHERE p.place IN"
)


class _Reach:
    """The places and events that a change of one event can reach."""

    def __init__(self, store: Store, before: Event, after: Event) -> None:
        self.store = store
        self.event = after
        self.known: dict[str, Place | None] = {}
        """The places read so far, None for one that is not stored; none of them changes meanwhile."""
        self.heads: dict[str, tuple[str | None, ...]] = {}
        """Opening day, title and language of the accounts read so far."""
        self.holdings: list[Holding] = []
        """Those of the places in reach, once they are folded."""
        self.own = self._events(OF_ACCOUNT, [after.account])
        """All events of the account."""
        self.opens = rows.opening_days(told.event for told in self.own.values()).get(after.account)
        self.account, former = self._account(after.account)
        named = rows.bearing(before) | rows.bearing(after) | {ref.id for ref in after.places if ref.id}
        if former != self.opens:  # whoever is only implied to have held a place did so since another day
            store.rows("UPDATE accounts SET opens = ? WHERE id = ?", (self.opens, after.account))
            named |= {place for told in self.own.values() for place in rows.bearing(told.event)}
        self.places = self._with_kin(named)
        self.touching = self._events(TOUCHING, sorted(self.places))
        """Events about these places, and about their wholes and parts."""
        self.sides = [
            msgspec.json.decode(row[0], type=Side) for row in store.rows("SELECT record FROM sides")
        ]

    def _events(self, sql: str, wanted: Iterable[str]) -> dict[str, _Told]:
        decode = msgspec.json.Decoder(Event).decode
        found = {row[0]: row[1:] for row in select_in(self.store, sql, wanted)}
        return {name: _Told(decode(record), *rest) for name, (record, *rest) in found.items()}

    def _accounts(self, events: Iterable[Event]) -> dict[str, tuple[str | None, ...]]:
        """Where the accounts of these events open, their titles and languages, by id; each is read once."""
        wanted = sorted({event.account for event in events})
        sql = "SELECT id, opens, title, lang FROM accounts WHERE id IN"
        for name, *rest in select_in(self.store, sql, [name for name in wanted if name not in self.heads]):
            self.heads[name] = tuple(rest)
        return {name: self.heads[name] for name in wanted}

    def _account(self, name: str) -> tuple[Account, str | None]:
        """The account of the event, and where it opened so far."""
        record, opens = self.store.rows("SELECT record, opens FROM accounts WHERE id = ?", (name,))[0]
        return msgspec.json.decode(record, type=Account), opens

    def fold(self, revision: int) -> None:
        """Fold the places in reach anew."""
        kin = self._known(self.places)
        events = [told.event for told in self.touching.values()]
        opening = {name: opens for name, (opens, *_) in self._accounts(events).items() if opens is not None}
        folded = fold(events, kin.values(), opening=opening, only=self.places)
        self.holdings = list(folded)
        writing.write_holdings(self.store, self.holdings, kin, revision, scope=self.places)

    def check(self, revision: int) -> None:
        """Check the places in reach, the account, and whose outcome hangs on these places."""
        others = {
            ref.id
            for told in self.touching.values()
            for ref in told.event.places
            if ref.id and ref.role == "object"
        }
        told = self.touching
        if not others <= self.places:
            told = told | self._events(TOUCHING, sorted(self._with_kin(others)))
        events = {name: one.event for name, one in told.items()}
        stored = self._accounts(events.values())
        accounts = [
            Account(id=name, text="", title=title, lang=lang) for name, (_, title, lang) in stored.items()
        ]
        places = self._known({ref.id for event in events.values() for ref in event.places if ref.id})
        found = find_of_places(
            accounts, events.values(), places.values(), self.sides, self.holdings,
            evidence={name: one.evidence for name, one in told.items()},
            quotes={name: one.sentence for name, one in told.items()},
        )  # fmt: skip
        self._replace(PLACE_CODES, found, events, revision, near=set(self.touching) | {self.event.id})
        for account in (self.account, *self._others_with_stakes(stored)):
            self._check_account(account, revision)

    def _check_account(self, account: Account, revision: int) -> None:
        told = self.own if account.id == self.event.account else self._events(OF_ACCOUNT, [account.id])
        events = {name: one.event for name, one in told.items()}
        named = {ref.id for event in events.values() if not event.citations for ref in event.places if ref.id}
        about = {
            ref.id for event in events.values() for ref in event.places if ref.id and ref.role == "object"
        }
        holdings = self._holdings(about) if any(field.key == "result" for field in account.infobox) else []
        found = find_of_account(
            [account], events.values(), self._known(named).values(), self.sides, holdings,
            periods=_periods(self.store, account.id),
            evidence={name: one.evidence for name, one in told.items()},
        )  # fmt: skip
        self._replace(ACCOUNT_CODES, found, events, revision, account=account.id)

    def _replace(
        self,
        codes: Container[str],
        found: Iterable[Finding],
        events: dict[str, Event],
        revision: int,
        *,
        near: set[str] | None = None,
        account: str | None = None,
    ) -> None:
        """Put findings in the place of those with these codes about the places in reach, or about the account."""
        decode = msgspec.json.Decoder(Finding).decode
        gone = []
        for row in self._candidates(events.values(), account):
            old = decode(row[3])
            if old.code in codes and self._reaches(old, near, account):
                gone.append(row)
        numbered = [
            (one, events[one.events[0]].sentence.start if one.events else 0)
            for one in found
            if self._reaches(one, near, account)
        ]
        writing.write_findings(self.store, numbered, revision, gone=gone)

    def _candidates(self, events: Iterable[Event], account: str | None) -> list[writing.Old]:
        """Stored findings about the account, or about any place of these events."""
        columns = "SELECT f.fid, f.number, NULL, f.record, f.revision FROM findings f"
        if account is not None:
            return self.store.rows(f"{columns} WHERE f.account = ?", (account,))
        about = {ref.id for event in events for ref in event.places if ref.id and ref.role == "object"}
        sql = f"{columns} JOIN finding_places p ON p.finding = f.fid WHERE p.place IN"
        found = {row[0]: row for row in select_in(self.store, sql, sorted(about | self.places))}
        return [found[fid] for fid in sorted(found)]

    def _reaches(self, finding: Finding, near: set[str] | None, account: str | None) -> bool:
        if account is not None:
            return finding.account == account
        if finding.code in EVENT_CODES:
            return near is not None and not near.isdisjoint(finding.events)
        return not self.places.isdisjoint(finding.places)

    def _others_with_stakes(self, accounts: Iterable[str]) -> list[Account]:
        """The other accounts whose infobox names a result that the places bear on."""
        others = sorted(set(accounts) - {self.event.account})
        sql = 'SELECT record FROM accounts WHERE record LIKE \'%"key":"result"%\' AND id IN'
        found = select_in(self.store, sql, others)
        return [msgspec.json.decode(record, type=Account) for (record,) in found]

    def _known(self, places: Iterable[str]) -> dict[str, Place]:
        """The places that are stored, by id."""
        wanted = sorted(places)
        self._learn("id", [name for name in wanted if name not in self.known])
        return {name: place for name in wanted if (place := self.known.get(name)) is not None}

    def _learn(self, column: str, values: Iterable[str]) -> list[Place]:
        """Read the places with one of these values."""
        values = sorted(values)
        sql = f"SELECT record FROM places WHERE {column} IN"  # noqa: S608 - our own names
        found = [msgspec.json.decode(record, type=Place) for (record,) in select_in(self.store, sql, values)]
        if column == "id":
            self.known |= dict.fromkeys(values)
        self.known |= {place.id: place for place in found}
        return found

    def _with_kin(self, places: Iterable[str]) -> set[str]:
        """The places with all their wholes and parts."""
        found = set(places)
        up = found
        while up:
            known = self._known(up).values()
            up = {place.part_of for place in known if place.part_of is not None} - found
            found |= up
        down = set(found)
        while down:
            down = {place.id for place in self._learn("part_of", down)} - found
            found |= down
        return found

    def _holdings(self, places: Iterable[str]) -> list[Holding]:
        decode = msgspec.json.Decoder(Holding).decode
        found = select_in(self.store, "SELECT number, record FROM holdings WHERE place IN", sorted(places))
        holdings = sorted(((number, decode(record)) for number, record in found), key=lambda one: one[0])
        return [holding for _, holding in holdings]
