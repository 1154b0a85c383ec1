"""What is questionable about places: doubtful names, no names, no coordinates.

What belongs here: checks of places.  What does not: finding out that two names are one place (``places``).
"""

from __future__ import annotations

from collections.abc import Iterator

from frontledger.ledger.record import GAINS, Record, finding, objects
from frontledger.ledger.statements import bears_on_control
from frontledger.model import Event, Finding, PlaceRef

__all__ = ["name_variant", "unnamed_place", "unplaced"]

VAGUE = frozenset(
    {"area", "territory", "region", "land", "place", "location", "surroundings", "position", "positions"}
)
"""Types of unnamed places that nobody could be expected to name."""


def name_variant(record: Record) -> Iterator[Finding]:
    """Names that the places step took for one place on thin evidence; one for each name."""
    for place, suspicious, kept in record.variants:
        message = (
            f"“{suspicious}” is probably {kept} under another spelling; if it is another place, split them."
        )
        yield finding("name-variant", "medium", message, places=[place])


def unnamed_place(record: Record) -> Iterator[Finding]:
    """Places that change hands without a name; high if they are definite ones ("two hills"); one a place."""
    told: set[str] = set()
    for event in record.events:
        if event.background or not bears_on_control(event) or event.kind not in GAINS | {"withdrawal"}:
            continue
        for ref in objects(event):
            if ref.name is None and ref.id not in told:
                told.add(ref.id or "")
                definite = ref.count is not None or (ref.type is not None and ref.type not in VAGUE)
                yield finding(
                    "unnamed-place", "high" if definite else "low", _unnamed(record, event, ref, definite=definite),
                    places=[ref.id], events=[event],
                )  # fmt: skip


def _unnamed(record: Record, event: Event, ref: PlaceRef, *, definite: bool) -> str:
    deed = f"{record.say.deed(event, [ref])} {record.say.when(event)}"
    if not definite:
        return f"{deed}: the text does not say which."
    which = "them; known places" if (ref.count or 0) > 1 else "it; a known place"
    return f"{deed}, but the text does not name {which} may be meant."


def unplaced(record: Record) -> Iterator[Finding]:
    """Places without coordinates: one finding for all while none has any, else one a place."""
    used = {ref.id for event in record.events for ref in event.places}
    named = [place for place in record.places if place.name is not None and place.id in used]
    without = [place for place in named if place.lat is None or place.lon is None]
    if without and len(without) == len(named):
        whose = f"None of the {len(named)} named places has" if len(named) > 1 else f"{named[0].name} has no"
        yield finding("unplaced", "low", f"{whose} coordinates.", places=[place.id for place in without])
        return
    for place in without:
        yield finding("unplaced", "low", f"{place.name} has no coordinates.", places=[place.id])
