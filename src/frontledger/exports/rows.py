"""A ledger laid out flat: one row an event and place, one a holding; every format starts from these.

Made once for an export: texts are cut, citations followed and names looked up here and nowhere else.  What does not
belong here: what any format makes of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from frontledger.exports.palette import ranked
from frontledger.ledger.control import since_of
from frontledger.ledger.statements import bears_on_control, is_reported
from frontledger.ledger.views import View
from frontledger.model import (
    Account,
    Citation,
    Event,
    Holding,
    Layer,
    Place,
    PlaceRef,
    Reference,
    Review,
    Side,
    State,
    Value,
)

__all__ = ["EventRow", "HoldingRow", "Material", "Source", "Status"]

Status = Literal["stated", "reported", "denied", "rejected"]
"""Whether an account states an event, only reports it (hedged, attributed to somebody, or disputed by a reviewer),
denies it, or a reviewer rejected it."""

WHERE = ("object", "near", "direction", "source", "via", "part-of")
"""Which role says where an event was, the best first; ``except`` never does."""


class Source(Value, frozen=True):
    """What a citation of an event points to."""

    label: str
    text: str
    """In words; the bare label where the account does not say."""
    reference: Reference | None = None

    @property
    def url(self) -> str | None:
        """Its address, where the account gives one."""
        return self.reference.url if self.reference else None


class EventRow(Value, frozen=True):
    """One event at one place (or at none, where the account names none); all events are in some row.

    ``row`` is unique; ``event`` is the id of the event record.  ``earliest`` and ``latest`` are ISO days, years
    astronomical.  ``place_id`` and all that follows up to ``placing`` are None where no place is named.
    """

    row: str
    event: str
    account: str
    title: str | None
    address: str | None
    lang: str | None
    kind: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str
    date_text: str | None
    actor_id: str | None
    actor: str | None
    actor_inferred: bool
    against_id: str | None
    against: str | None
    against_inferred: bool
    place_id: str | None
    place: str | None
    place_text: str | None
    role: str | None
    place_type: str | None
    extent: str | None
    part_of: str | None
    near: str | None
    """For a place without a name: the first named one that it is located by."""
    lat: float | None
    lon: float | None
    radius_km: float | None
    located_by: str | None
    placing: str | None
    again: bool
    hedged: bool
    attributed_to: str | None
    negated: bool
    background: bool
    status: Status
    review: str
    quote: str
    trigger: str
    sources: tuple[Source, ...]
    rule: str
    places: int = 1
    """How many rows the event has."""

    @property
    def located(self) -> bool:
        """Whether its place is a point on the map."""
        return self.lat is not None and self.lon is not None


class HoldingRow(Value, frozen=True):
    """One holding with its place and sides by name; ends as the ledger has them and as EDTF."""

    row: str
    place_id: str
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    layer: Layer
    state: State
    side_id: str | None
    side: str | None
    sides: tuple[str, ...]
    side_ids: tuple[str, ...]
    since: str | None
    until: str | None
    since_earliest: str | None
    since_latest: str | None
    until_earliest: str | None
    until_latest: str | None
    implied: bool
    evidence: tuple[str, ...]

    @property
    def certain(self) -> tuple[str | None, str | None]:
        """First day on which it is certain, and the day from which it no longer is; the same twice if it never is."""
        begin, end = self.since_latest, self.until_earliest
        if begin is None:
            never = self.since_earliest or end or self.until_latest
            return never, never
        if end is None and self.until_latest is not None:
            return begin, begin
        return begin, end

    @property
    def located(self) -> bool:
        """Whether its place is a point on the map."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True)
class Material:
    """Everything of a ledger that exports are made of."""

    name: str
    accounts: Mapping[str, Account]
    events: tuple[Event, ...]
    places: Mapping[str, Place]
    sides: Mapping[str, Side]
    held: tuple[Holding, ...]
    reviews: tuple[Review, ...]
    at: str
    """When the ledger was last changed, ISO 8601 in UTC."""

    @classmethod
    def of(cls, ledger: View, name: str) -> Material:
        """The whole of a ledger; ``name`` is what its title is where it needs one."""
        revisions = ledger.revisions
        return cls(
            name=name,
            accounts={account.id: account for account in ledger.accounts},
            events=tuple(ledger.events),
            places={place.id: place for place in ledger.places},
            sides={side.id: side for side in ledger.sides},
            held=tuple(ledger.holdings),
            reviews=tuple(ledger.reviews),
            at=revisions[-1].at if revisions else "1970-01-01T00:00:00Z",
        )

    @cached_property
    def rows(self) -> tuple[EventRow, ...]:
        """All events, account by account as they are told; each at every place that it is about."""
        quoted = {name: _Quotes(account) for name, account in self.accounts.items()}
        return tuple(row for event in self.events for row in self._rows_of(event, quoted[event.account]))

    @cached_property
    def holdings(self) -> tuple[HoldingRow, ...]:
        """All holdings, by place, layer and time."""
        numbers: dict[tuple[str, str], int] = {}
        made = []
        for holding in self.held:
            key = holding.place, holding.layer
            numbers[key] = numbers.get(key, 0) + 1
            made.append(self._holding(holding, numbers[key]))
        return tuple(made)

    @cached_property
    def ranked_sides(self) -> tuple[str, ...]:
        """Side ids in the order of their colours, here and in the report."""
        return tuple(side.id for side in ranked(self.sides.values(), self.held, self.events))

    def side_name(self, side: str | None) -> str | None:
        """A side by its name."""
        found = self.sides.get(side or "")
        return found.name if found else side

    def _rows_of(self, event: Event, quotes: _Quotes) -> Iterator[EventRow]:
        refs = _where(event)
        for index, ref in enumerate(refs or [None]):
            suffix = f"#{index + 1}" if len(refs) > 1 else ""
            yield self._row(event, ref, quotes, suffix, max(1, len(refs)))

    def _row(self, event: Event, ref: PlaceRef | None, quotes: _Quotes, suffix: str, count: int) -> EventRow:
        place = self.places.get(ref.id or "") if ref else None
        where: Place | PlaceRef | None = place or ref
        account = quotes.account
        return EventRow(
            row=event.id + suffix,
            event=event.id,
            account=account.id,
            title=account.title,
            address=_address(account.source),
            lang=account.lang,
            kind=event.kind,
            edtf=event.date.edtf,
            earliest=event.date.earliest,
            latest=event.date.latest,
            basis=event.date.basis,
            date_text=event.date.text,
            actor_id=event.actor.id if event.actor else None,
            actor=event.actor.name if event.actor else None,
            actor_inferred=event.actor is not None and event.actor.inferred,
            against_id=event.against.id if event.against else None,
            against=event.against.name if event.against else None,
            against_inferred=event.against is not None and event.against.inferred,
            place_id=ref.id if ref else None,
            place=where.name if where else None,
            place_text=ref.text if ref else None,
            role=ref.role if ref else None,
            place_type=where.type if where else None,
            extent=ref.extent if ref else None,
            part_of=self._whole(place, ref),
            near=self._anchor(place, event),
            lat=where.lat if where else None,
            lon=where.lon if where else None,
            radius_km=where.radius_km if where else None,
            located_by=where.located_by if where else None,
            placing=place.placing if place else None,
            again=event.again,
            hedged=event.hedged,
            attributed_to=event.attributed_to,
            negated=event.negated,
            background=event.background,
            status=_status(event),
            review=event.review,
            quote=quotes.sentence(event),
            trigger=event.trigger.text,
            sources=quotes.sources(event),
            rule=event.rule,
            places=count,
        )

    def _whole(self, place: Place | None, ref: PlaceRef | None) -> str | None:
        if place is not None and place.part_of is not None:
            whole = self.places.get(place.part_of)
            return whole.name if whole else place.part_of
        return ref.part_of if ref else None

    def _anchor(self, place: Place | None, event: Event) -> str | None:
        if place is None or place.name is not None:
            return None
        anchors = (self.places.get(anchor) for anchor in place.anchors)
        named = [one.name for one in anchors if one is not None]
        named += [ref.name for ref in event.places if ref.role in ("near", "part-of")]
        return next((name for name in named if name), None)

    def _holding(self, holding: Holding, number: int) -> HoldingRow:
        place = self.places.get(holding.place) or Place(id=holding.place, name=None)
        return HoldingRow(
            row=f"{holding.place}:{holding.layer}:{number}",
            place_id=holding.place,
            place=place.name,
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km,
            layer=holding.layer,
            state=holding.state,
            side_id=holding.side,
            side=self.side_name(holding.side),
            sides=tuple(self.side_name(side) or side for side in holding.sides),
            side_ids=holding.sides,
            since=since_of(holding),
            until=_range(holding.until_earliest, holding.until_latest),
            since_earliest=holding.since_earliest,
            since_latest=holding.since_latest,
            until_earliest=holding.until_earliest,
            until_latest=holding.until_latest,
            implied=holding.implied,
            evidence=holding.evidence,
        )


class _Quotes:
    """The words of one account and what its citations point to; made once for all its events."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._targets: dict[str, Citation] = {}
        for citation in account.citations:
            if citation.target or citation.reference:
                self._targets.setdefault(citation.label, citation)

    def sentence(self, event: Event) -> str:
        """The sentence that asserts an event, as the account has it."""
        return self.account.text[event.sentence.start : event.sentence.end]

    def sources(self, event: Event) -> tuple[Source, ...]:
        """What the citations of an event point to."""
        return tuple(map(self._source, event.citations))

    def _source(self, label: str) -> Source:
        citation = self._targets.get(label)
        if citation is None:
            return Source(label=label, text=label)
        reference = citation.reference
        said = citation.target or (reference.title or reference.url if reference else None)
        return Source(label=label, text=" ".join((said or label).split()), reference=reference)


def _where(event: Event) -> list[PlaceRef]:
    """The places of the best role that the event has, each once."""
    for role in WHERE:
        found: dict[str, PlaceRef] = {}
        for ref in event.places:
            if ref.role == role:
                found.setdefault(ref.id or f"{ref.start}", ref)
        if found:
            return list(found.values())
    return []


def _address(source: str | None) -> str | None:
    """Where an account is from: an address as it is, of a file its name alone (a path is nobody else's business)."""
    if source is None or "://" in source:
        return source
    return PurePath(source).name


def _status(event: Event) -> Status:
    if event.negated:
        return "denied"
    if not bears_on_control(event):
        return "rejected"
    return "reported" if is_reported(event) else "stated"


def _range(first: str | None, last: str | None) -> str | None:
    """A day, or a range of days with open ends, as EDTF."""
    if first is None and last is None:
        return None
    return first if first == last else f"{first or '..'}/{last or '..'}"
