"""Compare control on certain days with what a careful reader of the account would say; nothing read or printed here.

Gold says, for a day and a place, who holds it at the end of that day: a side, perhaps ``(implied)``; ``contested
(…)``; alternatives after ``or``.  ``(hedged)`` means the claimed layer.  A gold place is found among ours by
where the gold events name it, a gold side by the naming that the events agree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from frontledger.ledger.control import control
from frontledger.model import Event, Holding, Layer, Place
from matching import coded_units, gold_units, naming, overlap, pair, plain

__all__ = ["compare"]


def compare(
    gold: dict[str, Any], events: Sequence[Event], places: Sequence[Place], holdings: Sequence[Holding]
) -> tuple[int, int, list[str]]:
    """How many of how many checkpoints are right, and a remark for each that is not."""
    names = naming(pair(gold_units(gold)[0], coded_units(events))[0])
    right, total, remarks = 0, 0, []
    for day, expected in gold.get("ledger_checkpoints", {}).items():
        for name, holder in expected.items():
            layer: Layer = "claimed" if "(hedged)" in holder else "assessed"
            place = identify(name, gold, events, places)
            rows = [row for row in control(holdings, places, day, layer) if row.place == place]
            said = "not a place of ours" if place is None else "nothing known"
            if rows:
                row = rows[0]
                said = names.get(row.holder, row.holder) if row.holder else row.state
            total += 1
            if said in {wanted(part) for part in holder.split(" or ")}:
                right += 1
            else:
                remarks.append(f"control {day}: {name} is {holder}, not {said}")
    return right, total, remarks


def wanted(said: str) -> str:
    """A side's id or ``contested``, without what stands in parentheses."""
    return said.partition("(")[0].strip()


def meant(name: str, place: dict[str, Any]) -> bool:
    """Whether a checkpoint speaks of this gold place; "two unnamed hills" means the one that is counted."""
    if "unnamed" in name:
        return bool(place.get("unnamed") and place.get("count"))
    return name in {place.get("canonical"), place["surface"]}


def identify(name: str, gold: dict[str, Any], events: Sequence[Event], places: Sequence[Place]) -> str | None:
    """The id of our place that stands where gold names ``name``, or bears that name."""
    spans = [
        (place["start"], place["end"])
        for event in gold["events"]
        for place in event["places"]
        if place.get("start") is not None and meant(name, place)
    ]
    votes = Counter(
        ref.id
        for event in events
        for ref in event.places
        for span in spans
        if ref.id is not None and overlap(span, (ref.start, ref.end))
    )
    if votes:
        return votes.most_common(1)[0][0]
    bearing = [
        place.id
        for place in places
        if plain(name) in {plain(other) for other in (place.name or "", *place.names)}
    ]
    return bearing[0] if bearing else None
