"""JSON-LD with W3C PROV: what every event and holding derives from, and who judged it.

Events derive from accounts and from the works that these cite; holdings derive from events; reviews are activities of
people.  The context stands in the file, so that nothing is fetched.  What does not belong here: which rows there are
(``rows``).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, HoldingRow, Material, Source
from frontledger.model import Account, Place, Review, Side

__all__ = ["CONTEXT", "write"]

NAMESPACE = "urn:frontledger:vocabulary:"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _linked(term: str) -> dict[str, str]:
    return {"@id": term, "@type": "@id"}


CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "prov": "http://www.w3.org/ns/prov#",
    "fl": NAMESPACE,
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "label": "rdfs:label",
    "title": "dcterms:title",
    "language": "dcterms:language",
    "publisher": "dcterms:publisher",
    "creator": "dcterms:creator",
    "issued": "dcterms:date",
    "lat": {"@id": "geo:lat", "@type": "xsd:double"},
    "lon": {"@id": "geo:long", "@type": "xsd:double"},
    "date": {"@id": "dcterms:temporal", "@type": EDTF},
    "since": {"@id": "fl:since", "@type": EDTF},
    "until": {"@id": "fl:until", "@type": EDTF},
    "ended": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "derivedFrom": _linked("prov:wasDerivedFrom"),
    "generatedBy": _linked("prov:wasGeneratedBy"),
    "associatedWith": _linked("prov:wasAssociatedWith"),
    "attributedTo": _linked("prov:wasAttributedTo"),
    "used": _linked("prov:used"),
    "address": _linked("prov:atLocation"),
    "actor": _linked("fl:actor"),
    "against": _linked("fl:against"),
    "place": _linked("fl:place"),
    "holder": _linked("fl:holder"),
    "contenders": _linked("fl:contenders"),
    "partOf": _linked("dcterms:isPartOf"),
    "@vocab": NAMESPACE,
}
"""Terms without a namespace of their own are frontledger's."""
CODING = "urn:frontledger:activity:coding"
SOFTWARE = f"urn:frontledger:agent:frontledger-{version('frontledger')}"


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - a graph has all
    """One graph, a node a line."""
    count = 0
    encode = msgspec.json.Encoder().encode
    with output.open("wb") as file:
        file.write(b'{"@context":' + encode(CONTEXT) + b',\n"@graph":[')
        for node in _nodes(material, losses):
            file.write(
                (b",\n" if count else b"\n") + encode({k: v for k, v in node.items() if v not in (None, [])})
            )
            count += 1
        file.write(b"\n]}\n")
    return count


def _nodes(material: Material, losses: Losses) -> Iterator[dict[str, Any]]:
    yield {"@id": SOFTWARE, "@type": "prov:SoftwareAgent", "label": f"frontledger {version('frontledger')}"}
    yield {
        "@id": CODING, "@type": "prov:Activity", "label": "reading and coding the accounts", "ended": _utc(material.at),
        "associatedWith": SOFTWARE, "used": [_iri("account", one) for one in material.accounts],
    }  # fmt: skip
    yield from map(_account, material.accounts.values())
    yield from map(_side, material.sides.values())
    yield from map(_place, material.places.values())
    works: dict[str, Source] = {}
    for _, rows in groupby(material.rows, key=lambda row: row.event):
        told = list(rows)
        for source in told[0].sources:
            works.setdefault(_work_iri(told[0], source), source)
        yield _event(told, losses)
    yield from (_work(name, source) for name, source in works.items())
    yield from map(_holding, material.holdings)
    known = {event.id for event in material.events}
    yield from _judgements(material.reviews, known, losses)


def _account(account: Account) -> dict[str, Any]:
    address = account.source if account.source and "://" in account.source else None
    return {
        "@id": _iri("account", account.id), "@type": ["prov:Entity", "Account"], "title": account.title,
        "language": account.lang, "issued": account.date, "sha256": account.sha256 or None,
        "address": quote(address, safe=":/?#[]@!$&'()*+,;=%") if address else None,
    }  # fmt: skip


def _side(side: Side) -> dict[str, Any]:
    return {"@id": _iri("side", side.id), "@type": ["prov:Organization", "Side"], "label": side.name}


def _place(place: Place) -> dict[str, Any]:
    return {
        "@id": _iri("place", place.id), "@type": ["prov:Location", "Place"], "label": place.name,
        "names": list(place.names), "lat": _decimal(place.lat), "lon": _decimal(place.lon),
        "radiusKm": place.radius_km, "locatedBy": place.located_by, "gazetteerEntry": place.gazetteer,
        "partOf": _iri("place", place.part_of) if place.part_of else None,
    }  # fmt: skip


def _event(rows: list[EventRow], losses: Losses) -> dict[str, Any]:
    row = rows[0]
    if row.edtf is None and (row.earliest or row.latest):
        losses.leave_unsaid("dates without an EDTF form: given as bounds only")
    works = [_work_iri(row, source) for source in row.sources]
    return {
        "@id": _iri("event", row.event), "@type": ["prov:Entity", "Event"], "kind": row.kind, "status": row.status,
        "date": row.edtf, "earliest": row.earliest, "latest": row.latest, "dateBasis": row.basis,
        "actor": _iri("side", row.actor_id) if row.actor_id else None,
        "against": _iri("side", row.against_id) if row.against_id else None,
        "actorInferred": row.actor_inferred or None, "againstInferred": row.against_inferred or None,
        "place": [_iri("place", one.place_id) for one in rows if one.place_id],
        "extent": list(dict.fromkeys(one.extent for one in rows if one.extent)),
        "quotation": row.quote, "trigger": row.trigger, "rule": row.rule, "again": row.again or None,
        "hedged": row.hedged or None, "saidBy": row.attributed_to, "negated": row.negated or None,
        "review": row.review, "derivedFrom": [_iri("account", row.account), *dict.fromkeys(works)],
        "generatedBy": CODING, "attributedTo": SOFTWARE,
    }  # fmt: skip


def _work(name: str, source: Source) -> dict[str, Any]:
    reference = source.reference
    return {
        "@id": name, "@type": ["prov:Entity", "CitedWork"], "label": source.label,
        "title": reference.title or source.text if reference else source.text,
        "creator": reference.author if reference else None, "publisher": reference.publisher if reference else None,
        "issued": reference.date if reference else None, "url": source.url,
    }  # fmt: skip


def _holding(row: HoldingRow) -> dict[str, Any]:
    return {
        "@id": _iri("holding", row.row), "@type": ["prov:Entity", "Holding"], "place": _iri("place", row.place_id),
        "layer": row.layer, "state": row.state, "holder": _iri("side", row.side_id) if row.side_id else None,
        "contenders": [_iri("side", side) for side in row.side_ids] if row.state == "contested" else None,
        "since": row.since, "until": row.until, "sinceLatest": row.since_latest, "implied": row.implied or None,
        "derivedFrom": [_iri("event", event) for event in row.evidence],
    }  # fmt: skip


def _judgements(reviews: tuple[Review, ...], known: set[str], losses: Losses) -> Iterator[dict[str, Any]]:
    """Reviews as activities of people; one on words that the accounts no longer have stands without its event."""
    people: dict[str, None] = {}
    for number, review in enumerate(reviews, 1):
        if review.event not in known:
            losses.leave_unsaid("reviews of events that are there no more: without their event")
        people[review.by] = None
        yield {
            "@id": f"urn:frontledger:review:{number}", "@type": ["prov:Activity", "Review"], "verdict": review.verdict,
            "reason": review.why, "ended": _utc(review.at), "associatedWith": _iri("person", review.by),
            "used": _iri("event", review.event) if review.event in known else None,
            "changed": [f"{field}={value}" for field, value in review.changes],
        }  # fmt: skip
    for name in people:
        yield {"@id": _iri("person", name), "@type": "prov:Person", "label": name}


def _work_iri(row: EventRow, source: Source) -> str:
    return f"{_iri('account', row.account)}:citation:{quote(source.label, safe='')}"


def _iri(kind: str, name: str) -> str:
    return f"urn:frontledger:{kind}:{quote(name, safe=':')}"


def _decimal(value: float | None) -> str | None:
    """A coordinate as text: JSON numbers without a fraction would become integers."""
    return None if value is None else repr(float(value))


def _utc(at: str) -> str:
    return at.replace("+00:00", "Z")
