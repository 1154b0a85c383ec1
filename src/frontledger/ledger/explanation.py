"""Why the ledger says what it says: the words, citations and rule behind an event, a holding or a finding.

Belongs here: gathering what bears on one event, place or finding code.  Does not: how it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from rapidfuzz import process

from frontledger.errors import NotFoundError
from frontledger.ledger.storage import Ledger
from frontledger.model import Account, Citation, Event, Finding, Holding, Place, Telling, Value

__all__ = ["Evidence", "Explanation", "explain", "find_event", "find_place", "quote"]


class Evidence(Value, frozen=True):
    """One event and the words that it rests on; ``before + trigger + after`` is the whole sentence."""

    event: Event
    title: str | None
    before: str
    trigger: str
    after: str
    citations: tuple[Citation, ...]

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
    tellings: tuple[Telling, ...] = ()
    """What the accounts say of how far the place lies from others, and others from it."""


def explain(ledger: Ledger, what: str) -> Explanation:
    """What stands behind ``what``: an event id, the code of a finding, or the id or a name of a place.

    Of an event id ``ACCOUNT:eN`` the part after the colon is enough where only one account has it.  Raises
    :class:`~frontledger.errors.NotFoundError`, with the nearest names, when the ledger holds no such thing.
    """
    events, places = ledger.events, ledger.places
    holdings: Sequence[Holding] = ledger.holdings
    findings: Sequence[Finding] = ledger.findings
    about: Literal["event", "place", "finding"]
    place = None
    if event := find_event(what, events):
        about, wanted = "event", {event.id}
        findings = [finding for finding in findings if event.id in finding.events]
        holdings = [holding for holding in holdings if event.id in holding.evidence]
    elif any(finding.code == what for finding in findings):
        about = "finding"
        findings = [finding for finding in findings if finding.code == what]
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
    return Explanation(
        what=what,
        about=about,
        place=place,
        holdings=tuple(holdings),
        findings=tuple(findings),
        evidence=tuple(quote(event, told[event.account]) for event in events if event.id in wanted),
        tellings=tuple(
            telling
            for telling in (ledger.tellings if place else ())
            if place and place.id in {telling.anchor, *telling.subjects}
        ),
    )


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


def find_event(what: str, events: Sequence[Event]) -> Event | None:
    """The event of that id, in full or after the colon; None when there is none or it could be several."""
    full = [event for event in events if event.id == what]
    short = full or [event for event in events if event.id == f"{event.account}:{what}"]
    return short[0] if len(short) == 1 else None


def find_place(name: str, places: Sequence[Place]) -> Place:
    """The place with that id or name, whatever its case and accents."""
    for place in places:
        if place.id == name:
            return place
    wanted = plain(name)
    for place in places:
        if wanted in {plain(known) for known in (place.name or "", *place.names) if known}:
            return place
    raise NotFoundError(f"nothing called {name!r} in this ledger{nearest(name, places)}")


def plain(name: str) -> str:
    """A name without case, accents and the difference between hyphen and space."""
    marks = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).replace("-", " ").split())


def nearest(name: str, places: Sequence[Place]) -> str:
    """A hint with the most similar names, or nothing when none is similar."""
    known = {plain(n): n for place in places for n in (place.name or "", *place.names) if n}
    close = process.extract(plain(name), list(known), limit=3, score_cutoff=70)
    return f"; did you mean {', '.join(known[match] for match, _, _ in close)}?" if close else ""
