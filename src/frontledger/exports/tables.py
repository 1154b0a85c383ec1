"""The flat tables of events, holdings and places, with the type of each column; CSV, Parquet and layers share them.

What belongs here: which columns there are.  What does not: any file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from frontledger.exports.formats import Table
from frontledger.exports.rows import EventRow, HoldingRow, Material
from frontledger.model import Place

__all__ = ["COLUMNS", "FREE", "Cell", "Type", "rows"]

Type = Literal["text", "free", "day", "number", "integer", "flag"]
"""``free`` is a text in somebody's own words, ``day`` an ISO day (astronomical years)."""
Cell = str | float | int | bool | None

EVENTS: Mapping[str, Type] = {
    "id": "text", "event": "text", "kind": "text", "status": "text", "edtf": "text", "earliest": "day", "latest": "day",
    "basis": "text", "date_text": "free", "actor_id": "text", "actor": "free", "actor_inferred": "flag",
    "against_id": "text", "against": "free", "against_inferred": "flag", "place_id": "text", "place": "free",
    "place_text": "free", "role": "text", "place_type": "text", "extent": "text", "part_of": "free", "near": "free", "lat": "number",
    "lon": "number", "radius_km": "number", "located_by": "free", "placing": "text", "again": "flag", "hedged": "flag",
    "attributed_to": "free", "negated": "flag", "background": "flag", "review": "text", "account": "text",
    "title": "free", "address": "free", "lang": "text", "trigger": "free", "quote": "free", "citations": "free",
    "sources": "free", "rule": "text",
}  # fmt: skip
HOLDINGS: Mapping[str, Type] = {
    "id": "text", "place_id": "text", "place": "free", "layer": "text", "state": "text", "side_id": "text",
    "side": "free", "sides": "free", "since": "text", "until": "text", "since_earliest": "day", "since_latest": "day",
    "until_earliest": "day", "until_latest": "day", "implied": "flag", "lat": "number", "lon": "number",
    "radius_km": "number", "evidence": "text",
}  # fmt: skip
PLACES: Mapping[str, Type] = {
    "id": "text", "name": "free", "names": "free", "type": "text", "part_of": "text", "lat": "number", "lon": "number",
    "radius_km": "number", "placing": "text", "located_by": "free", "gazetteer": "text",
}  # fmt: skip
COLUMNS: Mapping[Table, Mapping[str, Type]] = {"events": EVENTS, "holdings": HOLDINGS, "places": PLACES}
FREE = "; "
"""Between several texts in one cell."""


def rows(material: Material, table: Table) -> Iterator[dict[str, Cell]]:
    """The rows of a table, each with all of its columns in order."""
    if table == "events":
        return map(_event, material.rows)
    if table == "holdings":
        return map(_holding, material.holdings)
    return map(_place, material.places.values())


def _event(row: EventRow) -> dict[str, Cell]:
    made: dict[str, Cell] = {"id": row.row}
    for name in EVENTS:
        if name == "citations":
            made[name] = FREE.join(source.label for source in row.sources)
        elif name == "sources":
            made[name] = FREE.join(source.text for source in row.sources)
        elif name != "id":
            made[name] = getattr(row, name)
    return made


def _holding(row: HoldingRow) -> dict[str, Cell]:
    joined = {"id": row.row, "sides": FREE.join(row.sides), "evidence": " ".join(row.evidence)}
    return {name: joined[name] if name in joined else getattr(row, name) for name in HOLDINGS}


def _place(place: Place) -> dict[str, Cell]:
    return {name: FREE.join(place.names) if name == "names" else getattr(place, name) for name in PLACES}
