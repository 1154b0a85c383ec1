"""What a careful reader would question, as a list.

Each check is a function from a :class:`Record` to findings, in the module of its subject: control
(``questions_of_control``), accounts against each other (``questions_of_accounts``), the account itself
(``questions_of_account``), places (``questions_of_place``).  What belongs here: gathering, order, identity.  What
does not: any check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from frontledger.ledger import (
    questions_of_account,
    questions_of_accounts,
    questions_of_control,
    questions_of_place,
)
from frontledger.ledger.evidence import digest
from frontledger.ledger.record import Record
from frontledger.model import Account, Event, Finding, Holding, Place, Side, Telling

__all__ = [
    "ACCOUNT_CODES",
    "CODES",
    "EVENT_CODES",
    "GRAVITY",
    "PLACE_CODES",
    "RESOLVE",
    "find",
    "find_of_account",
    "find_of_accounts",
    "find_of_places",
    "identified",
    "order",
]

CODES: dict[str, str] = {
    "retaken-without-loss": "a side captures what it is already recorded to hold",
    "loss-without-hold": "a side loses what it is not recorded to hold",
    "two-holders": "accounts give a place to different sides at one time",
    "disagreement": "accounts tell one change of hands differently: its date, side, extent or outcome",
    "outside-period": "an event lies outside the account's own period",
    "out-of-order": "an explicit date runs backwards",
    "outcome-mismatch": "the infobox result is not what the ledger ends with",
    "hedged-only": "a change of hands is only reported, never stated",
    "uncited": "a change of hands without a citation, in an account that cites",
    "citation-gap": "citation numbers that never occur",
    "name-variant": "probably one place under a misspelt or second name",
    "unnamed-place": "a place changes hands without being named",
    "distance-mismatch": "the text's kilometres are not those of the map",
    "unplaced": "a place without coordinates",
}
"""Every code that :func:`find` can give, and what it means."""

RESOLVE: dict[str, str] = {
    "retaken-without-loss": "Find when it was lost in between, or reject one of the captures.",
    "loss-without-hold": "Find when the loser had come to hold it, or correct who lost it.",
    "two-holders": "Find a third account, and reject or correct the one that is wrong.",
    "disagreement": "Find a third account, and correct the one that is wrong.",
    "outside-period": "Check the date against the sentence; correct it if it was misread.",
    "out-of-order": "Check both dates; correct the one that is wrong.",
    "outcome-mismatch": "Check the result in the infobox, and whether later changes of hands are missing.",
    "hedged-only": "Find an account that states it, or reject it.",
    "uncited": "Find a source for it.",
    "citation-gap": "Check whether text with these citations is missing.",
    "name-variant": "Decide whether it is one place or two.",
    "unnamed-place": "Find out which place is meant, and correct the event.",
    "distance-mismatch": "Check the sentence, and set the coordinates that are wrong.",
    "unplaced": "Add its coordinates.",
}
"""What would settle a finding of each code."""

Check = Callable[[Record], Iterator[Finding]]

PLACE_CHECKS: dict[str, Check] = {
    "retaken-without-loss": questions_of_control.retaken_without_loss,
    "loss-without-hold": questions_of_control.loss_without_hold,
    "two-holders": questions_of_control.two_holders,
    "disagreement": questions_of_accounts.disagreement,
    "hedged-only": questions_of_control.hedged_only,
    "unnamed-place": questions_of_place.unnamed_place,
}
"""Checks that look at one place at a time, or at one event and its places."""
ACCOUNT_CHECKS: dict[str, Check] = {
    "outcome-mismatch": questions_of_control.outcome_mismatch,
    "outside-period": questions_of_account.outside_period,
    "out-of-order": questions_of_account.out_of_order,
    "uncited": questions_of_account.uncited,
    "citation-gap": questions_of_account.citation_gap,
}
"""Checks that look at one account at a time."""
WHOLE_CHECKS: dict[str, Check] = {
    "name-variant": questions_of_place.name_variant,
    "distance-mismatch": questions_of_place.distance_mismatch,
    "unplaced": questions_of_place.unplaced,
}
"""Checks that look at the whole ledger."""

PLACE_CODES = frozenset(PLACE_CHECKS)
EVENT_CODES = frozenset({"hedged-only"})
"""Those of :data:`PLACE_CHECKS` that give one finding an event, with several of its places."""
ACCOUNT_CODES = frozenset(ACCOUNT_CHECKS)
GRAVITY = {"high": 0, "medium": 1, "low": 2}
RANK = {code: rank for rank, code in enumerate(CODES)}


def find(
    accounts: Iterable[Account],
    events: Iterable[Event],
    places: Iterable[Place],
    sides: Iterable[Side],
    holdings: Iterable[Holding],
    variants: Sequence[tuple[str, str, str]] = (),
    *,
    periods: Mapping[str, tuple[str, str]] | None = None,
    winners: Mapping[str, str | None] | None = None,
    evidence: Mapping[str, str] | None = None,
    tellings: Sequence[Telling] = (),
) -> tuple[Finding, ...]:
    """Everything to question, the gravest first.

    ``variants`` are (id of the place kept, suspicious name, name kept), as the places step gives them.
    ``periods`` gives, by account id, the first and last ISO day of what the account is about; an ISO range
    in its infobox date goes before it.  ``winners`` gives, by account id, the side that the infobox result
    names as winner (None: none); without it, the only side named there counts.  ``evidence`` gives, by event id,
    the digest of its words: with it a finding keeps its id while its evidence stands.  ``tellings`` are
    what the accounts say of distances.
    """
    record = Record(
        accounts, events, places, sides, holdings, variants,
        periods=periods or {}, winners=winners or {}, evidence=evidence or {}, quotes=None, tellings=tellings,
    )  # fmt: skip
    return _found(record, PLACE_CHECKS | ACCOUNT_CHECKS | WHOLE_CHECKS)


def find_of_places(
    accounts: Iterable[Account],
    events: Iterable[Event],
    places: Iterable[Place],
    sides: Iterable[Side],
    holdings: Iterable[Holding],
    *,
    evidence: Mapping[str, str],
    quotes: Mapping[str, str],
) -> tuple[Finding, ...]:
    """What :data:`PLACE_CHECKS` find in a part of a ledger; ``quotes`` gives the sentence of each event."""
    record = Record(
        accounts,
        events,
        places,
        sides,
        holdings,
        (),
        periods={},
        winners={},
        evidence=evidence,
        quotes=quotes,
    )
    return _found(record, PLACE_CHECKS)


def find_of_account(
    accounts: Iterable[Account],
    events: Iterable[Event],
    places: Iterable[Place],
    sides: Iterable[Side],
    holdings: Iterable[Holding],
    *,
    codes: Iterable[str],
    periods: Mapping[str, tuple[str, str]],
    evidence: Mapping[str, str],
    tellings: Sequence[Telling] = (),
) -> tuple[Finding, ...]:
    """What the checks of these codes find in one account, of which all events and tellings are given that they compare."""
    record = Record(
        accounts, events, places, sides, holdings, (),
        periods=periods, winners={}, evidence=evidence, quotes=None, tellings=tellings,
    )  # fmt: skip
    checks = ACCOUNT_CHECKS | WHOLE_CHECKS
    return _found(record, {code: checks[code] for code in codes})


def find_of_accounts(
    accounts: Iterable[Account],
    events: Iterable[Event],
    places: Iterable[Place],
    sides: Iterable[Side],
    *,
    periods: Mapping[str, tuple[str, str]],
    evidence: Mapping[str, str],
    tellings: Sequence[Telling],
) -> tuple[Finding, ...]:
    """What can be found in some accounts of a ledger without its holdings; all their events and tellings are given."""
    record = Record(
        accounts, events, places, sides, (), (),
        periods=periods, winners={}, evidence=evidence, quotes=None, tellings=tellings,
    )  # fmt: skip
    checks = ACCOUNT_CHECKS | {"distance-mismatch": questions_of_place.distance_mismatch}
    return _found(record, {code: check for code, check in checks.items() if code != "outcome-mismatch"})


def _found(record: Record, checks: Mapping[str, Check]) -> tuple[Finding, ...]:
    found = [
        identified(finding, record.evidence)
        for finding in chain.from_iterable(check(record) for check in checks.values())
    ]
    found.sort(key=lambda finding: order(finding, record.start(finding)))
    return tuple(found)


def identified(finding: Finding, evidence: Mapping[str, str]) -> Finding:
    """The finding with what would resolve it and an id that changes with its evidence (digests by event id)."""
    words = sorted([evidence.get(event, event) for event in finding.events])
    name = digest(finding.code, finding.account, *finding.places, finding.message, *words)
    return replace(finding, resolve=finding.resolve or RESOLVE[finding.code], id=name[:12])


def order(finding: Finding, start: int) -> tuple[int, int, str, int, str, str]:
    """The gravest first, then by code, account and where in it the first event stands."""
    return (
        GRAVITY[finding.severity],
        RANK[finding.code],
        finding.account or "",
        start,
        finding.message,
        finding.id,
    )
