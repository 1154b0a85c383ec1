"""What one changed event changes: the holdings of its places and the findings about them, and nothing else.

The result is that of folding and checking the whole ledger anew; only the rows that can differ are read.  What
belongs here: what becomes of the rows in reach.  What does not: which these are (``reach``), and the rules
(``fold``, ``findings``).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import msgspec

from frontledger.ledger import writing
from frontledger.ledger.findings import (
    EVENT_CODES,
    PLACE_CODES,
    find_of_account,
    find_of_places,
    identified,
)
from frontledger.ledger.fold import fold
from frontledger.ledger.questions_of_place import unplaced_of
from frontledger.ledger.reach import Reach, Told
from frontledger.ledger.statements import is_reported
from frontledger.ledger.store import Store
from frontledger.model import Account, Event, Finding, Holding, Place

__all__ = ["refolding"]

Numbered = tuple[Finding, int]
"""A finding and where in its account the first of its events stands."""


def refolding(store: Store, before: Event, told: Told) -> Callable[[int], None]:
    """Read what a verdict on one event changes; what is returned writes it, given the number of the revision.

    ``told`` is the event as it counts from now on; it is written between the two, in the caller's transaction.
    """
    if _says(before) == _says(told.event):
        return lambda _: None
    return partial(_replacing, Reach(store, before, told))


def _says(event: Event) -> tuple[object, ...]:
    """What fold and checks read of a verdict."""
    bare = msgspec.structs.replace(event, review="unchecked")
    return bare, event.review == "rejected", is_reported(event)


def _replacing(reach: Reach, revision: int) -> None:
    """Write what the change makes of the places in reach, of the account, and of accounts whose outcome hangs on them."""
    store, holdings = reach.store, _folded(reach)
    if reach.opens != reach.opened:
        store.rows("UPDATE accounts SET opens = ? WHERE id = ?", (reach.opens, reach.event.account))
    writing.write_holdings(store, holdings, reach.places_of(reach.places), revision, gone=reach.holdings)
    gone: set[int] = set()
    found: list[Numbered] = []
    parts = (*_about_account(reach), *_outcomes(reach, holdings), *_about_names(reach))
    for part in (_about_places(reach, holdings), *parts):
        found += part.found
        gone |= {fid for fid, (_, old) in reach.findings.items() if part.replaces(old)}
    old = [reach.findings[fid][0] for fid in sorted(gone)]
    writing.write_findings(store, found, revision, gone=old, last=reach.last_finding)


def _folded(reach: Reach) -> tuple[Holding, ...]:
    """The holdings of the places in reach."""
    events = [told.event for told in reach.touching.values()]
    opening = {name: head.opens for name, head in reach.heads.items() if head.opens is not None}
    return fold(events, reach.places_of(reach.places).values(), opening=opening, only=reach.places)


def _reaches(reach: Reach, finding: Finding) -> bool:
    """Whether what is found at places can be another since the change."""
    if finding.code in EVENT_CODES:
        return reach.event.id in finding.events or any(one in reach.touching for one in finding.events)
    return not reach.places.isdisjoint(finding.places)


class _Part(NamedTuple):
    """Findings of some kind about a part of the ledger, and which stored ones they take the place of."""

    found: list[Numbered]
    replaces: Callable[[Finding], bool]


def _about_places(reach: Reach, holdings: Iterable[Holding]) -> _Part:
    """What is to question about the places in reach."""
    told = reach.around
    events = {name: one.event for name, one in told.items()}
    accounts = [
        Account(id=name, text="", title=head.title, lang=head.lang) for name, head in reach.heads.items()
    ]
    places = reach.places_of(ref.id for event in events.values() for ref in event.places if ref.id)
    found = find_of_places(
        accounts, events.values(), places.values(), reach.sides, holdings,
        evidence={name: one.evidence for name, one in told.items()},
        quotes={name: one.sentence for name, one in told.items()},
    )  # fmt: skip
    return _Part(
        [(one, _start(one, events)) for one in found if _reaches(reach, one)],
        lambda old: old.code in PLACE_CODES and _reaches(reach, old),
    )


def _about_account(reach: Reach) -> Iterator[_Part]:
    """What is to question about the event within its account, as far as it can be otherwise than before.

    Each check is given the events that it compares with this one.  No verdict gives an account a period or citations.
    """
    compared = {"out-of-order": reach.neighbours}
    if reach.has_period:
        compared["outside-period"] = reach.contemporary
    if reach.account.citations and not reach.event.citations:
        compared["uncited"] = {reach.event.id: reach.told}
    for code, told in compared.items():
        events = {name: one.event for name, one in told.items()}
        found = find_of_account(
            [reach.account], events.values(), _uncited(reach), reach.sides, (),
            codes=(code,), periods=reach.periods, evidence={name: one.evidence for name, one in told.items()},
        )  # fmt: skip
        yield _Part([(one, _start(one, events)) for one in found], partial(_among, code, events))


def _among(code: str, events: Container[str], old: Finding) -> bool:
    """Whether a stored finding of this code is about none but these events."""
    return old.code == code and all(event in events for event in old.events)


def _about_names(reach: Reach) -> Iterator[_Part]:
    """What is to question about coordinates, where the event names other places than before."""
    if not (reach.left or reach.joined):
        return
    if tellings := reach.tellings():
        told = reach.of_account(reach.event.account)
        events = {name: one.event for name, one in told.items()}
        meant = {one for said in tellings for one in (said.anchor, *said.subjects) if one}
        found = find_of_account(
            [reach.account], events.values(), reach.places_of(meant).values(), reach.sides, (),
            codes=("distance-mismatch",), periods={}, evidence={name: one.evidence for name, one in told.items()},
            tellings=tellings,
        )  # fmt: skip
        yield _Part(
            [(one, _start(one, events)) for one in found],
            lambda old: old.code == "distance-mismatch" and old.account == reach.event.account,
        )
    changed = reach.places_of(reach.left | reach.joined).values()
    if any(place.lat is None or place.lon is None for place in changed) or not reach.is_elsewhere_placed():
        reach.of_code("unplaced")
        known = (msgspec.json.decode(one, type=Place) for (one,) in reach.store.rows(ALL_PLACES))
        unplaced = unplaced_of(known, reach.all_named())
        yield _Part([(identified(one, {}), 0) for one in unplaced], lambda old: old.code == "unplaced")


ALL_PLACES = "SELECT record FROM places ORDER BY fid"


def _outcomes(reach: Reach, holdings: Iterable[Holding]) -> Iterator[_Part]:
    """What is to question about the results that accounts name."""
    for account in reach.stakes:
        events = [one.event for one in reach.of_account(account.id).values()]
        found = find_of_account(
            [account], events, (), reach.sides, _outcome(reach, events, holdings),
            codes=("outcome-mismatch",), periods={}, evidence={},
        )  # fmt: skip
        yield _Part([(one, 0) for one in found], partial(_outcome_of, account.id))


def _outcome_of(account: str, old: Finding) -> bool:
    return old.code == "outcome-mismatch" and old.account == account


def _uncited(reach: Reach) -> Iterable[Place]:
    """The places that a finding about a missing citation may name."""
    return reach.places_of(ref.id for ref in reach.event.places if ref.id).values()


def _outcome(reach: Reach, events: Iterable[Event], fresh: Iterable[Holding]) -> Iterable[Holding]:
    """The holdings that an infobox's result is held against, those in reach as they are now."""
    about = {ref.id for event in events for ref in event.places if ref.id and ref.role == "object"}
    stored = reach.holdings_of(about - reach.places)
    return [*stored, *(holding for holding in fresh if holding.place in about)]


def _start(finding: Finding, events: Mapping[str, Event]) -> int:
    """Where in its account the first event of a finding stands."""
    return events[finding.events[0]].sentence.start if finding.events else 0
