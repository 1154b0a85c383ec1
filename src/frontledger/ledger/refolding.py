"""What one changed event changes: the holdings of its places and the findings about them, and nothing else.

The result is that of folding and checking the whole ledger anew; only the rows that can differ are read.  What
belongs here: what a change can reach.  What does not: the rules (``fold``, ``findings``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any

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


class _Reach:
    """The places and events that a change of one event can reach."""

    def __init__(self, store: Store, before: Event, after: Event) -> None:
        self.store = store
        self.event = after
        self.own: list[Event] = self._events("account = ?", (after.account,))
        """All events of the account."""
        self.opens = rows.opening_days(self.own).get(after.account)
        (former,) = store.rows("SELECT opens FROM accounts WHERE id = ?", (after.account,))[0]
        named = rows.bearing(before) | rows.bearing(after) | {ref.id for ref in after.places if ref.id}
        if former != self.opens:  # whoever is only implied to have held a place did so since another day
            store.rows("UPDATE accounts SET opens = ? WHERE id = ?", (self.opens, after.account))
            named |= {place for event in self.own for place in rows.bearing(event)}
        self.places = _with_kin(store, named)
        self.kin = _with_kin(self.store, self.places)
        self.touching = self._touching(self.kin)
        """Events about these places, and about their wholes and parts."""

    def _events(self, where: str, parameters: tuple[Any, ...]) -> list[Event]:
        decode = msgspec.json.Decoder(Event).decode
        sql = f"SELECT record FROM events WHERE {where}"  # noqa: S608 - our own conditions
        return [decode(record) for (record,) in self.store.rows(sql, parameters)]

    def _touching(self, places: Iterable[str]) -> list[Event]:
        decode = msgspec.json.Decoder(Event).decode
        sql = "SELECT e.id, e.record FROM events e JOIN event_places p ON p.event = e.id WHERE p.place IN"
        found = dict(select_in(self.store, sql, sorted(places)))
        return [decode(record) for record in found.values()]

    def fold(self, revision: int) -> None:
        """Fold the places in reach anew."""
        kin = self._known(self.kin)
        accounts = {event.account for event in self.touching}
        sql = "SELECT id, opens FROM accounts WHERE opens IS NOT NULL AND id IN"
        opening = dict(select_in(self.store, sql, sorted(accounts)))
        holdings = fold(self.touching, kin.values(), opening=opening, only=self.places)
        writing.write_holdings(self.store, holdings, kin, revision, scope=self.places)

    def check(self, revision: int) -> None:
        """Check the places in reach, the account, and whose outcome hangs on these places."""
        others = {
            ref.id for event in self.touching for ref in event.places if ref.id and ref.role == "object"
        }
        events = {event.id: event for event in self.touching}
        if not others <= self.kin:
            events |= {event.id: event for event in self._touching(_with_kin(self.store, others))}
        near = {event.id for event in self.touching} | {self.event.id}
        told = self._titles({event.account for event in events.values()})
        places = self._known({ref.id for event in events.values() for ref in event.places if ref.id})
        holdings = self._holdings(self.places)
        sides = self._sides()
        quotes = {}
        evidence = {}
        for name, words, sentence in select_in(
            self.store, "SELECT id, evidence, sentence FROM events WHERE id IN", sorted(events)
        ):
            evidence[name], quotes[name] = words, sentence
        found = find_of_places(
            told, events.values(), places.values(), sides, holdings, evidence=evidence, quotes=quotes
        )
        self._replace(PLACE_CODES, found, events, revision, near=near)
        for account in self._accounts_with_stakes(events.values()):
            self._check_account(account, revision)

    def _check_account(self, account: Account, revision: int) -> None:
        mine = account.id == self.event.account
        events = self.own if mine else self._events("account = ?", (account.id,))
        named = {ref.id for event in events if not event.citations for ref in event.places if ref.id}
        about = {ref.id for event in events for ref in event.places if ref.id and ref.role == "object"}
        holdings = self._holdings(about) if any(field.key == "result" for field in account.infobox) else []
        evidence = dict(self.store.rows("SELECT id, evidence FROM events WHERE account = ?", (account.id,)))
        found = find_of_account(
            [account], events, self._known(named).values(), self._sides(), holdings,
            periods=_periods(self.store, account.id), evidence=evidence,
        )  # fmt: skip
        self._replace(ACCOUNT_CODES, found, {one.id: one for one in events}, revision, account=account.id)

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
        for fid, record in self._candidates(events.values(), account):
            old = decode(record)
            if old.code in codes and self._reaches(old, near, account):
                gone.append(fid)
        numbered = [
            (one, events[one.events[0]].sentence.start if one.events else 0)
            for one in found
            if self._reaches(one, near, account)
        ]
        writing.write_findings(self.store, numbered, revision, gone=gone)

    def _candidates(self, events: Iterable[Event], account: str | None) -> list[tuple[int, str]]:
        """Stored findings about the account, or about any place of these events: row number and record."""
        if account is not None:
            return self.store.rows("SELECT fid, record FROM findings WHERE account = ?", (account,))
        about = {ref.id for event in events for ref in event.places if ref.id and ref.role == "object"}
        sql = "SELECT f.fid, f.record FROM findings f JOIN finding_places p ON p.finding = f.fid WHERE p.place IN"
        return list(dict(select_in(self.store, sql, sorted(about | self.places))).items())

    def _reaches(self, finding: Finding, near: set[str] | None, account: str | None) -> bool:
        if account is not None:
            return finding.account == account
        if finding.code in EVENT_CODES:
            return near is not None and not near.isdisjoint(finding.events)
        return not self.places.isdisjoint(finding.places)

    def _accounts_with_stakes(self, events: Iterable[Event]) -> list[Account]:
        """The account of the event, and those whose infobox names a result that its places bear on."""
        others = sorted({event.account for event in events} - {self.event.account})
        sql = 'SELECT record FROM accounts WHERE record LIKE \'%"key":"result"%\' AND id IN'
        found = [*self.store.rows("SELECT record FROM accounts WHERE id = ?", (self.event.account,))]
        found += select_in(self.store, sql, others)
        return [msgspec.json.decode(record, type=Account) for (record,) in found]

    def _titles(self, accounts: Iterable[str]) -> list[Account]:
        sql = "SELECT id, title, lang FROM accounts WHERE id IN"
        return [
            Account(id=name, text="", title=title, lang=lang)
            for name, title, lang in select_in(self.store, sql, sorted(accounts))
        ]

    def _known(self, places: Iterable[str]) -> dict[str, Place]:
        decode = msgspec.json.Decoder(Place).decode
        found = select_in(self.store, "SELECT record FROM places WHERE id IN", sorted(places))
        known = [decode(record) for (record,) in found]
        return {place.id: place for place in known}

    def _holdings(self, places: Iterable[str]) -> list[Holding]:
        decode = msgspec.json.Decoder(Holding).decode
        found = select_in(self.store, "SELECT number, record FROM holdings WHERE place IN", sorted(places))
        holdings = sorted(((number, decode(record)) for number, record in found), key=lambda one: one[0])
        return [holding for _, holding in holdings]

    def _sides(self) -> list[Side]:
        return [msgspec.json.decode(row[0], type=Side) for row in self.store.rows("SELECT record FROM sides")]


def _with_kin(store: Store, places: Iterable[str]) -> set[str]:
    """The places with all their wholes and parts."""
    found = set(places)
    up = found
    while up:
        wholes = select_in(
            store, "SELECT part_of FROM places WHERE part_of IS NOT NULL AND id IN", sorted(up)
        )
        up = {whole for (whole,) in wholes} - found
        found |= up
    down = set(found)
    while down:
        down = {
            part for (part,) in select_in(store, "SELECT id FROM places WHERE part_of IN", sorted(down))
        } - found
        found |= down
    return found
