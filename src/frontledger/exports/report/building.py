"""Fill the page's payload from a ledger.

What belongs here: which record of the ledger becomes which field of the page.  What does not: the shapes
(``payload``), spans in the text (``marks``), land (``land``), HTML (``page``), and who held what, which the ledger's
own code says for every day (:mod:`frontledger.ledger.steps`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import version

from frontledger import model
from frontledger.exports.palette import ranked
from frontledger.exports.report import payload as page
from frontledger.exports.report.choosing import concerning, known, limited, span_of
from frontledger.exports.report.citing import citations
from frontledger.exports.report.keeping import Kept
from frontledger.exports.report.land import around
from frontledger.exports.report.marks import Offsets, dates_of, mentions, resting
from frontledger.ledger import steps as stepping
from frontledger.ledger.phrasing import Phrasing
from frontledger.ledger.reviews import progress
from frontledger.ledger.statements import AFTER, BEFORE, Days
from frontledger.ledger.views import View

__all__ = ["build"]

RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""ISO 639 codes of languages written from right to left."""


def build(
    ledger: View,
    *,
    world: bytes,
    accounts: Collection[str] = (),
    title: str | None = None,
    kept: Kept | None = None,
) -> page.Payload:
    """The payload of a ledger.

    ``world`` is the JSON of ``assets/world.json``.  ``accounts`` limits it to what these tell of: their events, the places of those, and whatever else bears on these
    places.  ``kept`` has the parts of the payload before, for whoever builds one after the other.  Raises
    :class:`~frontledger.errors.NotFoundError` for an account that the ledger does not hold.
    """
    kept = Kept() if kept is None else kept
    kept.begin()
    return _Builder(ledger, accounts, kept).build(world, title)


class _Builder:
    """A ledger laid out by number; everything is looked up once."""

    def __init__(self, ledger: View, wanted: Collection[str], kept: Kept) -> None:
        self.kept = kept
        self.days = Days()
        revisions = ledger.revisions
        self.revision = revisions[-1] if revisions else None
        self.dismissed = ledger.dismissed
        holdings: Sequence[model.Holding] = ledger.holdings
        told: Sequence[model.Account] = ledger.accounts
        events: Sequence[model.Event] = ledger.events
        places: Sequence[model.Place] = ledger.places
        findings: Sequence[model.Finding] = ledger.all_findings
        self.progress = {one.account: one for one in progress(told, events)}
        self.judgements = _judgements(ledger)
        if wanted:
            known(wanted, told)
            events, places, holdings = limited(events, places, holdings, wanted)
            told = [one for one in told if one.id in wanted or any(e.account == one.id for e in events)]
            findings = concerning(findings, wanted, events)
        self.accounts, self.events, self.places, self.holdings = told, events, places, holdings
        self.findings = findings
        self.span = span_of(events, self.days)
        self.sides = ranked(ledger.sides, holdings, events)
        self.say = Phrasing(told, places, self.sides)
        self.counts = {
            one.id: kept.part(("offsets", one.id), one.text, lambda one=one: Offsets(one.text))  # type: ignore[misc]
            for one in told
        }
        self.words = {ref.id: ref.text for event in reversed(events) for ref in event.places if ref.id}
        self.account_at = _numbered(one.id for one in told)
        self.event_at = _numbered(one.id for one in events)
        self.place_at = _numbered(one.id for one in places)
        self.side_at = _numbered(one.id for one in self.sides)
        self.numbers = [list(one) for one in (self.account_at, self.place_at, self.side_at)]
        """Whatever refers to others by number is as it was only where these are."""
        self.renumbered = kept.part("numbers", self.numbers, object)
        """Another object when any of them is another than it was."""
        self.events_renumbered = kept.part("event numbers", list(self.event_at), object)

    def build(self, world: bytes, title: str | None) -> page.Payload:
        located = [(p.lon, p.lat) for p in self.places if p.lon is not None and p.lat is not None]
        return page.Payload(
            format=page.FORMAT,
            generator=f"frontledger {version('frontledger')}",
            title=" ".join((title or self._title()).split()),
            revision=self.revision.number if self.revision else 0,
            revised=self.revision.at if self.revision else None,
            first=self.span[0] if self.span else None,
            last=self.span[1] if self.span else None,
            sides=[
                page.Side(id=side.id, name=side.name, names=list(side.names), colour=colour)
                for colour, side in enumerate(self.sides)
            ],
            places=[self._place(place) for place in self.places],
            accounts=self._accounts(),
            events=[self._kept_event(event) for event in self.events],
            control=self._control(),
            findings=[self._finding(finding) for finding in self.findings],
            land=self.kept.part("land", located, lambda: around(located, world)),
        )

    def _title(self) -> str:
        """What the page is called without being told."""
        if len(self.accounts) == 1:
            return self.accounts[0].title or self.accounts[0].id
        return f"{len(self.accounts)} accounts" if self.accounts else "An empty ledger"

    def _place(self, place: model.Place) -> page.Place:
        return page.Place(
            id=place.id,
            name=self._name(place),
            names=[name for name in place.names if name != place.name],
            type=place.type,
            lat=place.lat,
            lon=place.lon,
            radius=place.radius_km,
            located=place.located_by,
        )

    def _name(self, place: model.Place) -> str:
        """A place's name; of an unnamed one the words that the first event has for it."""
        if place.name is None and not place.names and place.id in self.words:
            return f"the unnamed “{self.words[place.id]}”"
        return self.say.place(place.id)

    def _accounts(self) -> list[page.Account]:
        events: dict[str, dict[int, model.Event]] = defaultdict(dict)
        for number, event in enumerate(self.events):
            events[event.account][number] = event
        return [self._account(account, events[account.id]) for account in self.accounts]

    def _account(self, account: model.Account, events: Mapping[int, model.Event]) -> page.Account:
        done = self.progress[account.id]
        return page.Account(
            id=account.id,
            title=account.title or account.id,
            language=account.lang,
            rtl=account.lang in RTL,
            text=account.text,
            citations=self.kept.part(
                ("citations", account.id), (account.text, account.citations), lambda: citations(account)
            ),
            mentions=self._mentions(account, events),
            checked=page.Checked(
                reviewed=done.events - done.unchecked, total=done.events, done=done.accuracy_checked
            ),
        )

    def _mentions(self, account: model.Account, events: Mapping[int, model.Event]) -> list[page.Mention]:
        """The marks in a text; its dates are looked for once, and cut anew only where events rest on other words."""
        times = self.kept.part(("times", account.id), account, lambda: dates_of(account))
        of = (account, [resting(number, event) for number, event in events.items()])
        return self.kept.part(("mentions", account.id), of, lambda: mentions(account, events, times))

    def _kept_event(self, event: model.Event) -> page.Event:
        of = (event, self.judgements.get(event.id), self.counts[event.account], self.renumbered)
        return self.kept.part(("event", event.id), of, lambda: self._event(event))

    def _event(self, event: model.Event) -> page.Event:
        count = self._offsets(event.account)
        return page.Event(
            id=event.id,
            account=self.account_at[event.account],
            kind=event.kind,
            edtf=event.date.edtf,
            earliest=self._day(event.date.earliest),
            latest=self._day(event.date.latest),
            basis=event.date.basis,
            dated=event.date.text,
            actor=self._party(event.actor),
            against=self._party(event.against),
            places=[
                page.Said(
                    place=self.place_at.get(ref.id) if ref.id else None,
                    text=ref.text,
                    role=ref.role,
                    extent=ref.extent,
                    start=count(ref.start),
                    end=count(ref.end),
                )
                for ref in event.places
            ],
            again=event.again,
            hedged=event.hedged,
            negated=event.negated,
            background=event.background,
            by=event.attributed_to,
            trigger=(count(event.trigger.start), count(event.trigger.end)),
            sentence=(count(event.sentence.start), count(event.sentence.end)),
            citations=list(event.citations),
            rule=event.rule,
            review=event.review,
            judgements=self.judgements.get(event.id, []),
        )

    def _offsets(self, account: str) -> Offsets:
        return self.counts[account]

    def _day(self, day: str | None) -> int | None:
        return None if day is None else self.days[day]

    def _party(self, actor: model.ActorRef | None) -> page.Party | None:
        if actor is None:
            return None
        return page.Party(side=self.side_at[actor.id], text=actor.text, inferred=actor.inferred)

    def _control(self) -> list[page.Control]:
        return [
            page.Control(
                place=self.place_at[place],
                layer=layer,
                steps=self._steps(place, layer, track),
            )
            for place, layer, track in stepping.tracks(self.holdings)
        ]

    def _steps(self, place: str, layer: model.Layer, track: Sequence[model.Holding]) -> list[page.Step]:
        of = (track, self.span, self.renumbered, self.events_renumbered)
        return self.kept.part(
            ("steps", place, layer), of,
            lambda: [self._step(step) for step in stepping.steps(place, layer, track, self.days)],
        )  # fmt: skip

    def _step(self, step: stepping.Step) -> page.Step:
        row = step.row
        return page.Step(
            day=step.first,
            soft=self._soft(step),
            state=row.state,
            holders=[self.side_at[side] for side in row.sides],
            implied=row.implied,
            since=row.since,
            evidence=[self.event_at[event] for event in row.evidence],
        )

    def _soft(self, step: stepping.Step) -> int | None:
        """The other end of a change's range; an open one ends where the slider does."""
        other, first = step.other, step.first
        if step.row.implied or other is None:
            return None
        if other in {BEFORE, AFTER}:
            if self.span is None:
                return None
            end = self.span[other == AFTER]
            if first is not None:
                end = max(end, first) if other == AFTER else min(end, first)
            other = end
        return None if other == first else other

    def _finding(self, finding: model.Finding) -> page.Finding:
        gone = self.dismissed.get(finding.id)
        return page.Finding(
            id=finding.id,
            code=finding.code,
            severity=finding.severity,
            message=finding.message,
            resolve=finding.resolve or None,
            account=self.account_at.get(finding.account) if finding.account else None,
            events=[self.event_at[one] for one in finding.events if one in self.event_at],
            places=[self.place_at[one] for one in finding.places if one in self.place_at],
            dismissed=f"{gone.by}: {gone.why}" if gone else None,
        )


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {one: number for number, one in enumerate(ids)}


def _judgements(ledger: View) -> dict[str, list[page.Judgement]]:
    """Every verdict on the words of each event, by event id, oldest first."""
    reviews = ledger.reviews
    if not reviews:
        return {}
    by_words: dict[str, list[page.Judgement]] = defaultdict(list)
    for one in reviews:
        by_words[one.evidence].append(page.Judgement(verdict=one.verdict, by=one.by, why=one.why, at=one.at))
    return {event: by_words[digest] for event, digest in ledger.digests.items() if digest in by_words}
