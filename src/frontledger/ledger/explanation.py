"""Why the ledger says what it says: the words, citations and rule behind an event, a holding or a finding.

Belongs here: gathering what bears on one event, place or finding code.  Does not: how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from frontledger.ledger.changes import Change, change_of, gathered, told_of
from frontledger.ledger.evidence import evidence_of
from frontledger.ledger.naming import find_event, find_place
from frontledger.ledger.statements import AFTER, BEFORE, Days
from frontledger.ledger.views import View
from frontledger.mentions import calendar
from frontledger.model import (
    Account,
    Citation,
    Dismissal,
    Event,
    Finding,
    Holding,
    Place,
    Review,
    Telling,
    Value,
)

__all__ = ["Evidence", "Explanation", "changes", "explain", "quote"]


class Evidence(Value, frozen=True):
    """One event and the words that it rests on; ``before + trigger + after`` is the whole sentence."""

    event: Event
    title: str | None
    before: str
    trigger: str
    after: str
    citations: tuple[Citation, ...]
    reviews: tuple[Review, ...] = ()
    """Every verdict on these words, oldest first."""

    @property
    def sentence(self) -> str:
        """The sentence as the account has it."""
        return self.before + self.trigger + self.after


class Explanation(Value, frozen=True):
    """Everything in the ledger that bears on one thing."""

    what: str
    about: Literal["event", "place", "finding"]
    place: Place | None
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    changes: tuple[Change, ...] = ()
    """The changes of hands that the evidence tells, each with all its witnesses."""
    dismissals: tuple[Dismissal, ...] = ()
    """Those of these findings, and of others like them whose evidence has changed since."""
    tellings: tuple[Telling, ...] = ()
    """What the accounts say of how far the place lies from others, and others from it."""


def explain(ledger: View, what: str) -> Explanation:
    """What stands behind ``what``: an event id, the code or id of a finding, or the id or a name of a place.

    Of an event id ``ACCOUNT:eN`` the part after the colon is enough where only one account has it.  Raises
    :class:`~frontledger.errors.NotFoundError`, with the nearest names, when the ledger holds no such thing.
    """
    events, places = ledger.events, ledger.places
    holdings: Sequence[Holding] = ledger.holdings
    findings: Sequence[Finding] = ledger.all_findings
    about: Literal["event", "place", "finding"]
    place = None
    if event := find_event(what, events):
        about, wanted = "event", {event.id}
        findings = [finding for finding in findings if event.id in finding.events]
        holdings = [holding for holding in holdings if event.id in holding.evidence]
    elif named := [finding for finding in findings if what in (finding.code, finding.id)]:
        about, findings = "finding", named
        wanted = {event for finding in findings for event in finding.events}
        concerned = {place for finding in findings for place in finding.places}
        holdings = [h for h in holdings if h.place in concerned and wanted.intersection(h.evidence)]
    else:
        about, place = "place", find_place(what, places)
        holdings = [holding for holding in holdings if holding.place == place.id]
        findings = [finding for finding in findings if place.id in finding.places]
        wanted = {event for holding in holdings for event in holding.evidence}
        wanted |= {e.id for e in events if any(p.id == place.id and p.role == "object" for p in e.places)}
    told = {account.id: account for account in ledger.accounts}
    told_changes = (
        changes(events, [place.id])
        if place is not None
        else [one for one in changes(events, _about(events, wanted)) if not wanted.isdisjoint(one.witnesses)]
    )
    if about == "event":
        wanted |= {event for change in told_changes for event in change.witnesses}
    codes = {(finding.code, finding.message) for finding in findings} | {
        (finding.id, "") for finding in findings
    }
    shown = [event for event in events if event.id in wanted]
    judged = _verdicts(ledger, shown, events, told)
    return Explanation(
        what=what,
        about=about,
        place=place,
        holdings=tuple(holdings),
        findings=tuple(findings),
        evidence=tuple(
            msgspec.structs.replace(quote(event, told[event.account]), reviews=judged.get(event.id, ()))
            for event in shown
        ),
        changes=tuple(told_changes),
        tellings=tuple(
            telling
            for telling in (ledger.tellings if place else ())
            if place and place.id in {telling.anchor, *telling.subjects}
        ),
        dismissals=tuple(
            one for one in ledger.dismissals if (one.finding, "") in codes or (one.code, one.message) in codes
        ),
    )


def changes(events: Iterable[Event], places: Iterable[str] | None = None) -> list[Change]:
    """Every change of hands of these places (all of them without), with all who tell it, by place and time."""
    days = Days()
    told = told_of(events, days)
    names: dict[int, str | None] = {BEFORE: None, AFTER: None}
    found = []
    for place in sorted(told if places is None else set(places) & told.keys()):
        for change in gathered(told[place]):
            if all(telling.failed for group in change for telling in group):
                continue
            for telling in (telling for group in change for telling in group):
                for day in (telling.first, telling.last):
                    if day not in names:
                        names[day] = calendar.iso(day)
            found.append(change_of(place, change, names))
    return found


def _about(events: Iterable[Event], wanted: set[str]) -> set[str]:
    return {
        ref.id
        for event in events
        if event.id in wanted
        for ref in event.places
        if ref.id and ref.role == "object"
    }


def _verdicts(
    ledger: View, shown: Sequence[Event], events: Sequence[Event], told: dict[str, Account]
) -> dict[str, tuple[Review, ...]]:
    """Every verdict on the words of each event."""
    reviews = ledger.reviews
    if not reviews:
        return {}
    accounts = {event.account for event in shown}
    words = evidence_of([event for event in events if event.account in accounts], told)
    return {event.id: tuple(one for one in reviews if one.evidence == words[event.id]) for event in shown}


def quote(event: Event, account: Account) -> Evidence:
    """The sentence that asserts ``event``, cut at its trigger, and where its citations point to."""
    first, last = event.sentence.start, event.sentence.end
    start = min(max(event.trigger.start, first), last)
    end = min(max(event.trigger.end, start), last)
    targets = {citation.label: citation for citation in account.citations if citation.target}
    near = {citation.label: citation for citation in reversed(account.citations) if citation.start >= first}
    return Evidence(
        event=event,
        title=account.title,
        before=account.text[first:start],
        trigger=account.text[start:end],
        after=account.text[end:last],
        citations=tuple(
            targets.get(label) or near.get(label) or Citation(label=label, start=last, end=last)
            for label in event.citations
        ),
    )
