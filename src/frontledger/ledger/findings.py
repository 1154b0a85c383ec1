"""What a careful reader would question, as a list.

Each check is a function from a :class:`Record` to findings, in the module of its subject: control
(``questions_of_control``), the account itself (``questions_of_account``), places (``questions_of_place``).
What belongs here: gathering and order.  What does not: any check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from frontledger.ledger import questions_of_account, questions_of_control, questions_of_place
from frontledger.ledger.record import Record
from frontledger.model import Account, Event, Finding, Holding, Place, Side, Telling

__all__ = ["CODES", "find"]

CODES: dict[str, str] = {
    "retaken-without-loss": "a side captures what it is already recorded to hold",
    "loss-without-hold": "a side loses what it is not recorded to hold",
    "two-holders": "accounts give a place to different sides at one time",
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

CHECKS = (
    questions_of_control.retaken_without_loss,
    questions_of_control.loss_without_hold,
    questions_of_control.two_holders,
    questions_of_control.hedged_only,
    questions_of_control.outcome_mismatch,
    questions_of_account.outside_period,
    questions_of_account.out_of_order,
    questions_of_account.uncited,
    questions_of_account.citation_gap,
    questions_of_place.name_variant,
    questions_of_place.unnamed_place,
    questions_of_place.distance_mismatch,
    questions_of_place.unplaced,
)
GRAVITY = {"high": 0, "medium": 1, "low": 2}


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
    tellings: Sequence[Telling] = (),
) -> tuple[Finding, ...]:
    """Everything to question, the gravest first.

    ``variants`` are (id of the place kept, suspicious name, name kept), as the places step gives them.
    ``periods`` gives, by account id, the first and last ISO day of what the account is about; an ISO range
    in its infobox date goes before it.  ``winners`` gives, by account id, the side that the infobox result
    names as winner (None: none); without it, the only side named there counts.  ``tellings`` are what the
    accounts say of distances.
    """
    record = Record(
        accounts,
        events,
        places,
        sides,
        holdings,
        variants,
        periods=periods or {},
        winners=winners or {},
        tellings=tellings,
    )
    codes = list(CODES)
    found = [finding for check in CHECKS for finding in check(record)]
    found.sort(key=lambda finding: (GRAVITY[finding.severity], codes.index(finding.code)))
    return tuple(found)
