"""Values as rows of the ledger file.

What belongs here: which column takes which field.  What does not: the tables (``schema``) and when they are
written (``writing``).  Lists of ids stand as JSON arrays, which SQLite's ``json_each`` and every script can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from frontledger.ledger.statements import AFTER, DAYS, bears_on_control, observed_places
from frontledger.ledger.store import Row, Store
from frontledger.model import (
    CONTROL_KINDS,
    Account,
    Dismissal,
    Event,
    Finding,
    Holding,
    Place,
    Review,
    Side,
    Value,
)

__all__ = [
    "EVENT_COLUMNS",
    "FINDING_COLUMNS",
    "HOLDING_COLUMNS",
    "Revision",
    "account_row",
    "bearing",
    "citation_rows",
    "dismissal_row",
    "event_row",
    "event_values",
    "finding_place_rows",
    "finding_places",
    "finding_row",
    "finding_values",
    "holding_row",
    "holding_values",
    "json",
    "needed_places",
    "opening_days",
    "place_row",
    "review_row",
    "revision_row",
    "side_row",
    "with_grounds",
]


class Revision(Value, frozen=True, kw_only=True):
    """One change of the ledger: its number, when (ISO 8601, UTC), by whom, why, and the accounts read."""

    number: int
    at: str
    by: str | None
    why: str
    accounts: tuple[str, ...]


_encode = msgspec.json.Encoder().encode


def json(value: object) -> str:
    """Compact JSON."""
    return _encode(value).decode()


@lru_cache(maxsize=16384)
def _texts(given: tuple[str | None, ...]) -> str:
    """A short list of ids or labels as JSON: the same ones come again and again."""
    return _encode(given).decode()


def revision_row(revision: Revision) -> Row:
    """A row of ``revisions``."""
    return {
        "number": revision.number,
        "at": revision.at,
        "by": revision.by,
        "why": revision.why,
        "accounts": json(revision.accounts),
        "record": json(revision),
    }


def account_row(
    account: Account,
    period: tuple[str, str] | None,
    opens: str | None,
    revision: int,
    record: str | None = None,
) -> Row:
    """A row of ``accounts``; ``period`` is what it says it is about, ``opens`` the first day that it narrates.

    ``record`` is the account as :func:`json` writes it, where that is known.
    """
    return {
        "id": account.id,
        "title": account.title,
        "lang": account.lang,
        "date": account.date,
        "source": account.source,
        "sha256": account.sha256,
        "characters": len(account.text),
        "period_first": period[0] if period else None,
        "period_last": period[1] if period else None,
        "opens": opens,
        "revision": revision,
        "record": record or json(account),
    }


def citation_rows(account: Account) -> Iterator[Row]:
    """Rows of ``citations``."""
    for citation in account.citations:
        yield {
            "account": account.id,
            "label": citation.label,
            "start": citation.start,
            "end": citation.end,
            "target": citation.target,
            "record": json(citation),
        }


def event_row(event: Event, reading: Event, text: str, evidence: str, *, version: int, revision: int) -> Row:
    """A row of ``events``: the event as it counts, and as it was read from ``text`` where that is not the same."""
    sentence = text[event.sentence.start : event.sentence.end]
    read = None if event is reading or event == reading else json(reading)
    values = event_values(
        event, json(event), sentence, evidence, version=version, reading=read, revision=revision
    )
    return dict(zip(EVENT_COLUMNS, values, strict=True))


EVENT_COLUMNS = (
    "id", "account", "kind", "edtf", "earliest", "latest", "basis", "actor", "against", "objects", "hedged",
    "attributed_to", "negated", "background", "review", "trigger", "sentence", "citations", "rule", "evidence",
    "version", "reading", "revision", "record", "starts",
)  # fmt: skip
"""What :func:`event_values` gives."""


def event_values(
    event: Event,
    record: str | bytes,
    sentence: str,
    evidence: str,
    *,
    version: int,
    reading: str | None,
    revision: int,
) -> tuple[object, ...]:
    """The values of a row of ``events``; ``record`` is the event as JSON, ``reading`` as it was read if that differs."""
    date, actor, against = event.date, event.actor, event.against
    return (
        event.id,
        event.account,
        event.kind,
        date.edtf,
        date.earliest,
        date.latest,
        date.basis,
        actor.id if actor is not None else None,
        against.id if against is not None else None,
        _texts(tuple([ref.id for ref in event.places if ref.role == "object"])),
        event.hedged,
        event.attributed_to,
        event.negated,
        event.background,
        event.review,
        event.trigger.text,
        sentence,
        _texts(event.citations),
        event.rule,
        evidence,
        version,
        reading,
        revision,
        record,
        event.sentence.start,
    )


def bearing(event: Event) -> set[str]:
    """Ids of the places about which the event says who holds them, or that somebody failed to take them."""
    if event.kind == "repulse":
        return {ref.id for ref in event.places if ref.role in ("object", "direction") and ref.id is not None}
    if event.kind in CONTROL_KINDS:
        return {ref.id for ref in event.places if ref.role == "object" and ref.id is not None}
    return {ref.id for ref in observed_places(event) if ref.id is not None}


def opening_days(events: Iterable[Event]) -> dict[str, str]:
    """First dated day that each account narrates, background apart, as ISO days."""
    first: dict[str, str] = {}
    for event in events:
        day = event.date.earliest
        if day is None or event.background or day == first.get(event.account):
            continue
        if bears_on_control(event) and (event.account not in first or DAYS[day] < DAYS[first[event.account]]):
            first[event.account] = day
    return first


def side_row(side: Side, revision: int) -> Row:
    """A row of ``sides``."""
    return {
        "id": side.id,
        "name": side.name,
        "names": json(side.names),
        "revision": revision,
        "record": json(side),
    }


def place_row(store: Store, place: Place, revision: int) -> Row:
    """A row of ``places``."""
    return {
        "geom": store.point(place.lat, place.lon),
        "id": place.id,
        "name": place.name,
        "names": json(place.names),
        "type": place.type,
        "part_of": place.part_of,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "located_by": place.located_by,
        "revision": revision,
        "record": json(place),
    }


def certain(holding: Holding) -> tuple[int, int]:
    """Day numbers between which the state is certain, the second not included; the same twice if it never is."""
    first = AFTER if holding.since_latest is None else DAYS[holding.since_latest]
    if holding.until_earliest is not None:
        return first, max(first, DAYS[holding.until_earliest])
    return first, first if holding.until_latest is not None else max(first, AFTER)


def holding_row(store: Store, holding: Holding, place: Place, number: int, revision: int) -> Row:
    """A row of ``holdings``; ``begins`` and ``ends`` are the days between which the state is certain."""
    return dict(zip(HOLDING_COLUMNS, holding_values(store, holding, place, number, revision), strict=True))


HOLDING_COLUMNS = (
    "geom", "place", "name", "side", "layer", "number", "state", "begins", "ends", "since_earliest", "since_latest",
    "until_earliest", "until_latest", "certain_from", "certain_until", "implied", "sides", "evidence", "revision",
    "record",
)  # fmt: skip
"""What :func:`holding_values` gives."""


def holding_values(
    store: Store, holding: Holding, place: Place, number: int, revision: int
) -> tuple[object, ...]:
    """The values of a row of ``holdings``."""
    return (
        store.point(place.lat, place.lon),
        holding.place,
        place.name,
        holding.side,
        holding.layer,
        number,
        holding.state,
        store.instant(holding.since_latest),
        store.instant(holding.until_earliest or holding.until_latest),  # "by" a day: never certain before
        holding.since_earliest,
        holding.since_latest,
        holding.until_earliest,
        holding.until_latest,
        *certain(holding),
        holding.implied,
        _texts(holding.sides),
        json(holding.evidence),
        revision,
        json(holding),
    )


def finding_row(finding: Finding, number: int, revision: int) -> Row:
    """A row of ``findings``; ``number`` is where in its account the first of its events stands."""
    return dict(zip(FINDING_COLUMNS, finding_values(finding, number, revision), strict=True))


FINDING_COLUMNS = (
    "id", "code", "severity", "message", "account", "number", "places", "events", "resolve", "revision", "record",
)  # fmt: skip
"""What :func:`finding_values` gives."""


def finding_values(finding: Finding, number: int, revision: int) -> tuple[object, ...]:
    """The values of a row of ``findings``."""
    return (
        finding.id,
        finding.code,
        finding.severity,
        finding.message,
        finding.account,
        number,
        _texts(finding.places),
        json(finding.events),
        finding.resolve,
        revision,
        json(finding),
    )


def finding_place_rows(row: Row) -> Iterator[Row]:
    """Rows of ``finding_places`` for a row of ``findings`` with its number."""
    return finding_places(row["fid"], msgspec.json.decode(str(row["places"]), type=list[str]))


def finding_places(number: object, places: Iterable[str]) -> Iterator[Row]:
    """Rows of ``finding_places`` for the finding of a number."""
    for place in dict.fromkeys(places):
        yield {"finding": number, "place": place}


def review_row(review: Review) -> Row:
    """A row of ``reviews``."""
    return {
        "revision": review.revision,
        "event": review.event,
        "account": review.account,
        "evidence": review.evidence,
        "verdict": review.verdict,
        "by": review.by,
        "why": review.why,
        "at": review.at,
        "record": json(review),
    }


def dismissal_row(dismissal: Dismissal) -> Row:
    """A row of ``dismissals``."""
    return {
        "revision": dismissal.revision,
        "finding": dismissal.finding,
        "code": dismissal.code,
        "by": dismissal.by,
        "why": dismissal.why,
        "at": dismissal.at,
        "restored": dismissal.restored,
        "record": json(dismissal),
    }


def needed_places(events: Iterable[Event], known: Mapping[str, Place]) -> set[str]:
    """Ids of the places that events name, with the wholes and anchors that these rest on."""
    return with_grounds({ref.id for event in events for ref in event.places if ref.id is not None}, known)


def with_grounds(places: Iterable[str], known: Mapping[str, Place]) -> set[str]:
    """The ids of ``places`` that are ``known``, with the wholes and anchors that these rest on."""
    wanted = list(places)
    needed: set[str] = set()
    while wanted:
        place = known.get(wanted.pop())
        if place is None or place.id in needed:
            continue
        needed.add(place.id)
        wanted.extend(place.anchors)
        if place.part_of is not None:
            wanted.append(place.part_of)
    return needed
