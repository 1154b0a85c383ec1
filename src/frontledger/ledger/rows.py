"""Values as rows of the ledger file.

What belongs here: which column takes which field.  What does not: the tables (``schema``) and transactions
(``storage``).  Lists of ids stand as JSON arrays, which SQLite's ``json_each`` and every script can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from frontledger.ledger.geopackage import datetime_of, point
from frontledger.model import Account, Event, Finding, Holding, Place, Side, Value

__all__ = [
    "Revision",
    "Row",
    "account_row",
    "citation_rows",
    "event_row",
    "finding_row",
    "holding_row",
    "json",
    "needed_places",
    "place_row",
    "revision_row",
    "side_row",
]

Row = dict[str, object]


class Revision(Value, frozen=True, kw_only=True):
    """One change of the ledger: its number, when (ISO 8601, UTC), by whom, why, and the accounts read."""

    number: int
    at: str
    by: str | None
    why: str
    accounts: tuple[str, ...]


def json(value: object) -> str:
    """Compact JSON."""
    return msgspec.json.encode(value).decode()


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


def account_row(account: Account, revision: int) -> Row:
    """A row of ``accounts``."""
    return {
        "id": account.id,
        "title": account.title,
        "lang": account.lang,
        "date": account.date,
        "source": account.source,
        "sha256": account.sha256,
        "characters": len(account.text),
        "revision": revision,
        "record": json(account),
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


def event_row(event: Event, texts: Mapping[str, str]) -> Row:
    """``events``; ``texts`` gives the text of each account."""
    text = texts.get(event.account, "")
    return {
        "id": event.id,
        "account": event.account,
        "kind": event.kind,
        "edtf": event.date.edtf,
        "earliest": event.date.earliest,
        "latest": event.date.latest,
        "basis": event.date.basis,
        "actor": event.actor.id if event.actor is not None else None,
        "against": event.against.id if event.against is not None else None,
        "objects": json([ref.id for ref in event.places if ref.role == "object"]),
        "hedged": event.hedged,
        "attributed_to": event.attributed_to,
        "negated": event.negated,
        "background": event.background,
        "review": event.review,
        "trigger": event.trigger.text,
        "sentence": text[event.sentence.start : event.sentence.end],
        "citations": json(event.citations),
        "rule": event.rule,
        "record": json(event),
    }


def side_row(side: Side) -> Row:
    """A row of ``sides``."""
    return {"id": side.id, "name": side.name, "names": json(side.names), "record": json(side)}


def place_row(place: Place) -> Row:
    """A row of ``places``."""
    return {
        "geom": point(place.lat, place.lon),
        "id": place.id,
        "name": place.name,
        "names": json(place.names),
        "type": place.type,
        "part_of": place.part_of,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "located_by": place.located_by,
        "record": json(place),
    }


def holding_row(holding: Holding, places: Mapping[str, Place]) -> Row:
    """``holdings``; ``begins`` and ``ends`` are the days between which the state is certain."""
    place = places[holding.place]
    return {
        "geom": point(place.lat, place.lon),
        "place": holding.place,
        "name": place.name,
        "side": holding.side,
        "layer": holding.layer,
        "state": holding.state,
        "begins": datetime_of(holding.since_latest),
        "ends": datetime_of(
            holding.until_earliest or holding.until_latest
        ),  # "by" a day: never certain before
        "since_earliest": holding.since_earliest,
        "since_latest": holding.since_latest,
        "until_earliest": holding.until_earliest,
        "until_latest": holding.until_latest,
        "implied": holding.implied,
        "sides": json(holding.sides),
        "evidence": json(holding.evidence),
        "record": json(holding),
    }


def finding_row(finding: Finding) -> Row:
    """A row of ``findings``."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "account": finding.account,
        "places": json(finding.places),
        "events": json(finding.events),
        "record": json(finding),
    }


def needed_places(events: Iterable[Event], known: Mapping[str, Place]) -> set[str]:
    """Ids of the places that events name, with the wholes and anchors that these rest on."""
    wanted = [ref.id for event in events for ref in event.places if ref.id is not None]
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
