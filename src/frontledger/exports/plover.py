"""PLOVER: one JSON record an event, with the fields of the Open Event Data Alliance's specification.

Fields, categories, modes, sectors as in the PLOVER manual and its gold-standard records; ``docs/exports.md`` says which
kind becomes which.  PLOVER has no category for taking territory: a capture is an ASSAULT.  What does not belong here:
what is no fact (``facts``), kinds of actors (``actors``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from frontledger.exports.coding.actors import actor
from frontledger.exports.coding.facts import facts
from frontledger.exports.coding.geography import countries
from frontledger.exports.days import common
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, Material

__all__ = ["FIELDS", "write"]

FIELDS = (
    "id", "date", "source", "target", "event", "mode", "context", "eventText", "text", "textInfo", "language",
    "publication", "coder", "version", "dateCoded", "comment",
)  # fmt: skip
EVENTS = {
    "capture": ("ASSAULT", ""),
    "attack": ("ASSAULT", ""),
    "clash": ("ASSAULT", ""),
    "offensive": ("ASSAULT", ""),
    "repulse": ("ASSAULT", ""),
    "siege": ("ASSAULT", ""),
    "airstrike": ("ASSAULT", "aerial"),
    "shelling": ("ASSAULT", "heavy-weapons"),
    "advance": ("MOBILIZE", "troops"),
    "withdrawal": ("RETREAT", "withdraw"),
    "handover": ("RETREAT", "withdraw"),
    "agreement": ("AGREE", ""),
}
MUTUAL = frozenset({"clash", "agreement"})
"""Where both sides act, both are sources."""
VERSION = version("frontledger")
SECTORS = {"state": "MIL", "rebel": "REB", "militia": "PRM"}


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one table only
    """A JSON array, a record a line."""
    count = 0
    with output.open("wb") as file:
        file.write(b"[")
        for record in _records(material, losses):
            file.write((b",\n" if count else b"\n") + msgspec.json.encode(record))
            count += 1
        file.write(b"\n]\n")
    return count


def _records(material: Material, losses: Losses) -> Iterator[dict[str, Any]]:
    for _, rows in groupby(material.rows, key=lambda row: row.event):
        told = list(rows)
        for row in facts(told[:1], losses):
            if (record := _record(row, told, material.at, losses)) is not None:
                yield record


def _record(row: EventRow, rows: list[EventRow], at: str, losses: Losses) -> dict[str, Any] | None:
    if row.kind == "hold":
        losses.leave_out("says who holds a place, which is no event for PLOVER")
        return None
    if row.earliest is None or not common(row.earliest):
        losses.leave_out("without a first day of the years 1 to 9999")
        return None
    acting, suffering = (row.actor_id, row.actor), (row.against_id, row.against)
    if row.kind == "handover":  # who gives it up retreats
        acting, suffering = suffering, acting
    mutual = row.kind in MUTUAL
    source = _actors([acting, suffering] if mutual else [acting])
    if not source:
        losses.leave_out("nobody is named who did it")
        return None
    if row.earliest != row.latest:
        losses.leave_unsaid("dated to more than a day: date is the first one, comment has all (EDTF)")
    if any(one.place for one in rows):
        losses.leave_unsaid("places: PLOVER has no field for them, textInfo does")
    event, mode = EVENTS[row.kind]
    return {
        "id": row.event,
        "date": row.earliest,
        "source": source,
        "target": [] if mutual else _actors([suffering]),
        "event": event,
        "mode": mode,
        "context": "military",
        "eventText": row.trigger,
        "text": row.quote,
        "textInfo": {
            "kind": row.kind,
            "again": row.again,
            "places": [_place(one) for one in rows if one.role is not None],
            "citations": [source.text for source in row.sources],
        },
        "language": row.lang or "",
        "publication": row.title or row.account,
        "coder": "frontledger",
        "version": VERSION,
        "dateCoded": at[:10],
        "comment": _comment(row),
    }


def _actors(named: Iterable[tuple[str | None, str | None]]) -> list[dict[str, str]]:
    """A list of actors: a state by its ISO 3166-1 alpha-3 code, the sector where the side's kind is known."""
    made = []
    for side, name in named:
        if side is None:
            continue
        known = actor(side)
        country = countries().get(known.country or "")
        code = country.iso3 if country else "IMG" if known.sort == "external" else ""
        made.append({"actorText": name or side, "code": code, "sector": SECTORS.get(known.sort, "")})
    return made


def _place(row: EventRow) -> dict[str, Any]:
    return {"name": row.place, "text": row.place_text, "role": row.role, "lat": row.lat, "lon": row.lon}


def _comment(row: EventRow) -> str:
    """What the fields have no room for: the date as told, whether a side is only inferred."""
    said = [f"date {row.edtf}"] if row.edtf and row.earliest != row.latest else []
    inferred = [
        name for name, yes in ((row.actor, row.actor_inferred), (row.against, row.against_inferred)) if yes
    ]
    said += [f"inferred: {name}" for name in inferred if name]
    return "; ".join(said)
