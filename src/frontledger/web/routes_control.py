"""Addresses about who held what: control on a day, maps, holdings.

What belongs here: their parameters and shapes.  What does not: how control is told (``ledger.control``, ``ledger.atlas``).
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Response
from litestar.params import QueryParameter
from litestar.response import Stream

from frontledger import pipeline
from frontledger.errors import InputError
from frontledger.ledger import browsing
from frontledger.ledger.storage import Ledger
from frontledger.model import Control, Layer
from frontledger.web.answers import DayMap, HoldingPage, MapPlaces
from frontledger.web.declaring import JSONL, Asked, desk_of, reads, sent
from frontledger.web.geojson import GEOJSON, Feature, FeatureCollection, point
from frontledger.web.maps import Maps
from frontledger.web.routes_record import After, Limit, further, streamed

__all__ = ["ROUTES", "DayOf", "day_of"]

DayOf = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^-?\d{4,6}-\d\d-\d\d$", description="An ISO day; without it, the last one told of."
    ),
]
OfLayer = Annotated[
    Layer, QueryParameter(description="What the accounts state, or also what they only report.")
]


async def day_of(request: Asked, on: str | None) -> str:
    """The day asked for, else the last one that the ledger tells of."""
    if on is not None:
        return on
    card = await desk_of(request).ready("ledger", browsing.summary)
    last = msgspec.json.decode(card.body, type=browsing.LedgerCard).last
    return last or "1970-01-01"


def _control(ledger: Ledger, on: str | None, layer: Layer, place: str | None) -> tuple[str, list[Control]]:
    day, rows = pipeline.control(ledger, on, place=place, layer=layer)
    return day, rows


@reads("/control", 404, 422, tags=["control"])
async def control(
    request: Asked, on: DayOf = None, layer: OfLayer = "assessed",
    place: Annotated[str | None, QueryParameter(max_length=200, description="Only this place: id or name.")] = None,
) -> Response[list[Control]]:  # fmt: skip
    """Who held what on a day, with the events that say so."""
    name = f"control {on} {layer} {place!r}"
    return sent(
        request, await desk_of(request).ready(name, lambda ledger: _control(ledger, on, layer, place)[1])
    )


@reads("/control.jsonl", 404, 422, tags=["control"], media_type=JSONL)
async def control_lines(request: Asked, on: DayOf = None, layer: OfLayer = "assessed") -> Stream:
    """Who held what on a day, one place a line."""
    _, rows = await desk_of(request).read(lambda ledger: _control(ledger, on, layer, None))
    return streamed(desk_of(request), lambda _, after: (rows, None) if not after else ([], None))


@reads("/control.geojson", 422, tags=["control"], media_type=GEOJSON)
async def control_geojson(
    request: Asked, on: DayOf = None, layer: OfLayer = "assessed"
) -> Response[FeatureCollection]:
    """Who held what on a day, as GeoJSON; a place without coordinates has no geometry."""

    def features(ledger: Ledger) -> FeatureCollection:
        day, rows = _control(ledger, on, layer, None)
        places = browsing.points(ledger)
        return FeatureCollection(features=tuple(_feature(row, places.get(row.place), day) for row in rows))

    return sent(request, await desk_of(request).ready(f"geojson {on} {layer}", features, GEOJSON))


def _feature(row: Control, place: tuple[float, float] | None, day: str) -> Feature:
    where = None if place is None else point(*place)
    return Feature(id=row.place, geometry=where, properties={"on": day, **msgspec.to_builtins(row)})


def _maps(request: Asked) -> Maps:
    maps: Maps = request.app.state.maps
    return maps


@reads("/map", 422, tags=["control"])
async def day_map(request: Asked, on: DayOf = None, layer: OfLayer = "assessed") -> Response[DayMap]:
    """The map of a day, one sign a place: quick enough for every step of a slider.

    `signs[n]` is the state of `items[n]` of `/api/v1/map/places`; `meanings` says what the signs stand for.
    """
    maps = _maps(request)
    given = request.headers.get("if-none-match", "")
    if given and on is not None and await maps.etag(layer) in given:
        return Response(content=b"", status_code=304, headers={"ETag": await maps.etag(layer)})  # type: ignore[arg-type]
    try:
        return sent(request, await maps.map(await day_of(request, on), layer))
    except ValueError:
        raise InputError(f"{on!r} is no day: expected YYYY-MM-DD") from None


@reads("/map/places", tags=["control"])
async def map_places(request: Asked, layer: OfLayer = "assessed") -> Response[MapPlaces]:
    """The places of the maps, in the order of their signs."""
    return sent(request, await _maps(request).places(layer))


@reads("/holdings", 422, tags=["control"])
async def holdings(
    request: Asked, since: DayOf = None, until: DayOf = None, layer: OfLayer = "assessed",
    limit: Limit = 100, after: After = 0,
) -> Response[HoldingPage]:  # fmt: skip
    """Holdings that certainly lasted at some time from `since` to `until`."""

    def page(ledger: Ledger) -> HoldingPage:
        items, at, total = _holdings(ledger, since, until, layer, after, limit)
        given = {"since": since, "until": until, "layer": layer, "limit": limit}
        return HoldingPage(items=tuple(items), total=total, next=further("/api/v1/holdings", at, given))

    name = f"holdings {since} {until} {layer} {limit} {after}"
    return sent(request, await desk_of(request).ready(name, page))


@reads("/holdings.jsonl", 422, tags=["control"], media_type=JSONL)
async def holdings_lines(
    request: Asked, since: DayOf = None, until: DayOf = None, layer: OfLayer = "assessed"
) -> Stream:
    """The holdings themselves, one a line."""
    await desk_of(request).read(lambda ledger: _holdings(ledger, since, until, layer, 0, 1))

    def batch(ledger: Ledger, after: int) -> tuple[list[Any], int | None]:
        items, at, _ = _holdings(ledger, since, until, layer, after, 1000)
        return [one.holding for one in items], at

    return streamed(desk_of(request), batch)


def _holdings(
    ledger: Ledger, since: str | None, until: str | None, layer: Layer, after: int, limit: int
) -> tuple[list[browsing.HoldingAt], int | None, int]:
    try:
        return browsing.holdings(ledger, layer=layer, first=since, last=until, after=after, limit=limit)
    except ValueError:
        raise InputError("since and until: expected days, as 2015-12-16") from None


ROUTES = [
    control, control_lines, control_geojson, day_map, map_places, holdings, holdings_lines,
]  # fmt: skip
