"""A ledger's contents laid out for checking: every look-up made once.

What belongs here: indexes and what all checks share.  What does not: the checks (``questions_of_…``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from frontledger.ledger.phrasing import Phrasing
from frontledger.ledger.statements import bears_on_control, is_reported
from frontledger.model import Account, Event, Finding, Holding, Place, PlaceRef, Severity, Side, Telling

__all__ = ["GAINS", "NARRATIVE", "Record", "finding", "objects"]

GAINS = frozenset({"capture", "handover"})
NARRATIVE = attrgetter("account", "sentence.start", "trigger.start", "id")
"""The order in which events are told, account by account."""


class Record:
    """Accounts, events, places, sides and holdings with their indexes; events stand in narrative order."""

    def __init__(
        self,
        accounts: Iterable[Account],
        events: Iterable[Event],
        places: Iterable[Place],
        sides: Iterable[Side],
        holdings: Iterable[Holding],
        variants: Sequence[tuple[str, str, str]],
        *,
        periods: Mapping[str, tuple[str, str]],
        winners: Mapping[str, str | None],
        evidence: Mapping[str, str],
        quotes: Mapping[str, str] | None,
        tellings: Sequence[Telling] = (),
    ) -> None:
        """``quotes`` gives the sentence of each event where ``accounts`` come without their texts."""
        self.accounts = sorted(accounts, key=lambda account: account.id)
        self.events = sorted(events, key=NARRATIVE)
        self.places = list(places)
        self.sides = list(sides)
        self.variants = variants
        self.periods = periods
        self.winners = winners
        self.evidence = evidence
        self._quotes = quotes
        self._texts = {account.id: account.text for account in self.accounts}
        self.tellings = tellings
        self.say = Phrasing(self.accounts, self.places, self.sides)
        self.days = self.say.days
        self.by_id = {event.id: event for event in self.events}
        self.tracks: dict[str, list[Holding]] = {}
        """The assessed holdings of each place, in the order of time."""
        for holding in holdings:
            if holding.layer == "assessed":
                self.tracks.setdefault(holding.place, []).append(holding)

    @cached_property
    def by_account(self) -> dict[str, list[Event]]:
        """The events of each account, in narrative order."""
        found: dict[str, list[Event]] = {account.id: [] for account in self.accounts}
        for event in self.events:
            found.setdefault(event.account, []).append(event)
        return found

    def quote(self, event: Event) -> str:
        """The sentence that asserts an event."""
        if self._quotes is not None:
            return self._quotes[event.id]
        return self._texts.get(event.account, "")[event.sentence.start : event.sentence.end]

    def start(self, finding: Finding) -> int:
        """Where in its account the first event of a finding stands; 0 without events."""
        return self.by_id[finding.events[0]].sentence.start if finding.events else 0

    @cached_property
    def stated(self) -> list[Event]:
        """Events that the assessed layer rests on."""
        return self._vouched[0]

    @cached_property
    def reported(self) -> list[Event]:
        """Events that the claimed layer alone rests on."""
        return self._vouched[1]

    @cached_property
    def _vouched(self) -> tuple[list[Event], list[Event]]:
        """The events that bear on control: stated ones, and reported ones."""
        stated: list[Event] = []
        reported: list[Event] = []
        for event in self.events:
            if bears_on_control(event):
                (reported if is_reported(event) else stated).append(event)
        return stated, reported

    def takes_all(self, event: Event, place: str) -> bool:
        """Whether the event is the gain of all of this very place."""
        if event.kind not in GAINS or event.actor is None:
            return False
        return any(ref.id == place and ref.extent == "full" and ref.role == "object" for ref in event.places)


def objects(event: Event) -> tuple[PlaceRef, ...]:
    """The places that an event is about."""
    return tuple([ref for ref in event.places if ref.role == "object"])


def finding(
    code: str,
    severity: Severity,
    message: str,
    *,
    places: Iterable[str | None] = (),
    events: Iterable[Event] = (),
    account: str | None = None,
) -> Finding:
    """A finding; its account is that of its events where they have one in common."""
    events = tuple(events)
    common = {event.account for event in events}
    return Finding(
        code=code,
        severity=severity,
        message=message,
        places=tuple(dict.fromkeys([place for place in places if place is not None])),
        events=tuple(dict.fromkeys([event.id for event in events])),
        account=account or (common.pop() if len(common) == 1 else None),
    )
