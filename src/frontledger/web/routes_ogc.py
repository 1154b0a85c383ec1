"""Holdings as OGC API – Features (part 1: core, GeoJSON), so that QGIS and other map programs connect.

Source: OGC 17-069r4.  What belongs here: that standard's addresses.  What does not: our own API.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar import Response
from litestar.params import FromPath, QueryParameter

from frontledger.ledger import browsing
from frontledger.ledger.browsing import HoldingAt
from frontledger.ledger.storage import Ledger
from frontledger.model import Layer, Value
from frontledger.web.declaring import Asked, desk_of, reads, sent
from frontledger.web.geojson import GEOJSON, Feature, FeatureCollection, Link, point
from frontledger.web.problems import Refused, details

__all__ = ["ROUTES"]

LAYERS: dict[str, Layer] = {"holdings": "assessed", "holdings-claimed": "claimed"}
TITLES = {
    "holdings": "Who held which place: what the accounts state",
    "holdings-claimed": "Who held which place: what they only report, where that differs",
}
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
DAY = re.compile(r"-?\d{4,6}-\d\d-\d\d")


class Landing(Value, frozen=True):
    """The landing page."""

    title: str
    description: str
    links: tuple[Link, ...]


class Conformance(Value, frozen=True):
    """Which parts of the standard are kept."""

    conformsTo: tuple[str, ...]  # noqa: N815 - the standard's name


class Collection(Value, frozen=True):
    """One collection of features."""

    id: str
    title: str
    description: str
    extent: dict[str, Any]
    links: tuple[Link, ...]
    itemType: Literal["feature"] = "feature"  # noqa: N815
    crs: tuple[str, ...] = (CRS84,)


class Collections(Value, frozen=True):
    """All collections."""

    links: tuple[Link, ...]
    collections: tuple[Collection, ...]


def _base(request: Asked) -> str:
    """Where browsers and programs find this service; the host has been checked."""
    return f"{request.scope['scheme']}://{request.headers.get('host', '')}"


@reads("/", tags=["ogc"])
async def landing(request: Asked) -> Landing:
    """The landing page of the OGC API."""
    base = _base(request)
    return Landing(
        title="frontledger",
        description="Who held which place, when, and on whose word",
        links=(
            Link(href=f"{base}/ogc/", rel="self", title="this document"),
            Link(
                href=f"{base}/api/v1/openapi.json",
                rel="service-desc",
                type=OPENAPI,
                title="the API described",
            ),
            Link(href=f"{base}/ogc/conformance", rel="conformance", title="what of the standard is kept"),
            Link(href=f"{base}/ogc/collections", rel="data", title="the collections"),
        ),
    )


@reads("/conformance", tags=["ogc"])
async def conformance(request: Asked) -> Conformance:
    """Which parts of the standard are kept."""
    del request
    return Conformance(conformsTo=CONFORMANCE)


async def _collection(request: Asked, name: str) -> Collection:
    base = f"{_base(request)}/ogc/collections/{name}"
    first, last, box = await desk_of(request).read(_extent)
    return Collection(
        id=name,
        title=TITLES[name],
        description="One feature a holding, with the days on which it is certain; filter by `datetime` for a day.",
        extent={
            "spatial": {"bbox": [box], "crs": CRS84},
            "temporal": {"interval": [[_instant(first), _instant(last)]]},
        },
        links=(
            Link(href=base, rel="self"),
            Link(href=f"{base}/items", rel="items", type=GEOJSON, title="the holdings"),
        ),
    )


def _extent(ledger: Ledger) -> tuple[str | None, str | None, list[float]]:
    card = browsing.summary(ledger)
    return card.first, card.last, browsing.extent(ledger)


def _instant(day: str | None) -> str | None:
    """An RFC 3339 instant, which knows the years 0 to 9999; None (open) for others."""
    return f"{day}T00:00:00Z" if day and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


@reads("/collections", tags=["ogc"])
async def collections(request: Asked) -> Collections:
    """The collections: one for each layer of control."""
    found = [await _collection(request, name) for name in LAYERS]
    return Collections(
        links=(Link(href=f"{_base(request)}/ogc/collections", rel="self"),), collections=tuple(found)
    )


@reads("/collections/{collection:str}", 404, tags=["ogc"])
async def collection(request: Asked, collection: FromPath[str]) -> Collection:
    """One collection."""
    _layer(collection)
    return await _collection(request, collection)


def _layer(name: str) -> Layer:
    if name not in LAYERS:
        raise Refused(details(404, f"no collection {name!r}: there are {', '.join(LAYERS)}"))
    return LAYERS[name]


def _box(given: str | None) -> tuple[float, float, float, float] | None:
    """``west,south,east,north``, or with heights, which are left out; raises :class:`Refused` for anything else."""
    if given is None:
        return None
    try:
        numbers = [float(one) for one in given.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(abs(one) <= 1e6 for one in numbers) or numbers[1] > numbers[3]:
        raise Refused(details(400, f"bbox {given!r}: expected WEST,SOUTH,EAST,NORTH in degrees"))
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _days(given: str | None) -> tuple[str | None, str | None]:
    """First and last day of an instant or an interval; times of day are left out."""
    if given is None:
        return None, None
    ends = [None if one in ("", "..") else one.partition("T")[0] for one in given.split("/")]
    if len(ends) > 2 or ends == [None] or not all(one is None or DAY.fullmatch(one) for one in ends):
        raise Refused(
            details(400, f"datetime {given!r}: expected a day, or FIRST/LAST with .. for an open end")
        )
    return ends[0], ends[-1]


def _feature(one: HoldingAt) -> Feature:
    held = one.holding
    return Feature(
        id=one.fid,
        geometry=point(one.lat, one.lon),
        properties={
            "place": held.place, "name": one.name, "side": held.side, "state": held.state, "layer": held.layer,
            "sides": held.sides, "since_earliest": held.since_earliest, "since_latest": held.since_latest,
            "until_earliest": held.until_earliest, "until_latest": held.until_latest, "implied": held.implied,
            "evidence": held.evidence,
        },
    )  # fmt: skip


@reads("/collections/{collection:str}/items", 404, tags=["ogc"], media_type=GEOJSON)
async def items(
    request: Asked, collection: FromPath[str],
    bbox: Annotated[str | None, QueryParameter(max_length=200, description="WEST,SOUTH,EAST,NORTH in degrees.")] = None,
    when: Annotated[
        str | None, QueryParameter(name="datetime", max_length=80, description="An instant, or FIRST/LAST, .. for an open end.")
    ] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=10000)] = 1000,
    offset: Annotated[int, QueryParameter(ge=0, le=2**62, description="As the link `next` has it.")] = 0,
) -> Response[FeatureCollection]:  # fmt: skip
    """The holdings of a collection that certainly lasted at the time asked for, in the box asked for."""
    layer, box, (first, last) = _layer(collection), _box(bbox), _days(when)
    base = f"{_base(request)}/ogc/collections/{collection}/items"
    given = {
        key: value
        for key, value in (("bbox", bbox), ("datetime", when), ("limit", limit))
        if value is not None
    }

    def features(ledger: Ledger) -> FeatureCollection:
        try:
            found, following, total = browsing.holdings(
                ledger, layer=layer, first=first, last=last, box=box, after=offset, limit=limit
            )
        except ValueError:
            raise Refused(details(400, f"datetime {when!r}: no such day")) from None
        links = [Link(href=f"{base}?{urlencode({**given, 'offset': offset})}", rel="self", type=GEOJSON)]
        if following is not None:
            links.append(
                Link(href=f"{base}?{urlencode({**given, 'offset': following})}", rel="next", type=GEOJSON)
            )
        return FeatureCollection(
            features=tuple(map(_feature, found)), links=tuple(links), numberMatched=total,
            numberReturned=len(found), timeStamp=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )  # fmt: skip

    name = f"ogc {base} {bbox!r} {first} {last} {limit} {offset}"
    return sent(request, await desk_of(request).ready(name, features, GEOJSON))


@reads("/collections/{collection:str}/items/{item:str}", 404, tags=["ogc"], media_type=GEOJSON)
async def item(request: Asked, collection: FromPath[str], item: FromPath[str]) -> Response[Feature]:
    """One holding, as long as it stands: its number changes with its evidence."""
    layer = _layer(collection)
    if not (item.isascii() and item.isdigit() and len(item) < 18):
        raise Refused(details(404, f"no holding {item!r}"))
    found = await desk_of(request).read(lambda ledger: browsing.holding(ledger, int(item)))
    if found.holding.layer != layer:
        raise Refused(details(404, f"no holding {item} in {collection}"))
    return Response(content=_feature(found), media_type=GEOJSON)


ROUTES = [landing, conformance, collections, collection, items, item]
