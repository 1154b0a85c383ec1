"""What is questionable about places: doubtful names, no names, no coordinates.

What belongs here: checks of places.  What does not: finding out that two names are one place (``places``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from frontledger.ledger.record import GAINS, Record, finding, objects
from frontledger.ledger.statements import bears_on_control
from frontledger.model import Event, Finding, Place, PlaceRef, Telling
from frontledger.places.geometry import bearing, distance

__all__ = ["distance_mismatch", "name_variant", "unnamed_place", "unplaced", "unplaced_of"]

CHANGES = GAINS | {"withdrawal"}
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
        if event.kind not in CHANGES or event.background or not bears_on_control(event):
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


def distance_mismatch(record: Record) -> Iterator[Finding]:
    """Distances and directions of the text that the coordinates of the two places contradict.

    Only places with coordinates of their own are compared: those located by the very words would agree.
    """
    places = {place.id: place for place in record.places if place.placing in OWN_COORDINATES}
    for telling in record.tellings:
        anchor = places.get(telling.anchor or "")
        for subject in (places[one] for one in telling.subjects if one in places):
            if (
                anchor is None
                or anchor.id == subject.id
                or (said := _mismatch(telling, subject, anchor)) is None
            ):
                continue
            events = [
                event
                for event in record.by_account.get(telling.account, ())
                if event.sentence.start <= telling.start < event.sentence.end
                and any(ref.id == subject.id for ref in event.places)
            ]
            yield finding(
                "distance-mismatch",
                "medium",
                f"“{telling.text}”: {said}.",
                places=[subject.id, anchor.id],
                events=events,
                account=telling.account,
            )


OWN_COORDINATES = frozenset({"set", "file", "gazetteer", "online"})
LEEWAY = 0.35
"""Part of a told distance that authors round away or measure from the outskirts …"""
LEEWAY_KM = 3.0
"""… and kilometres besides."""
WRONG_WAY = 80.0
"""Degrees by which a direction is wrong: accounts know eight points, and use four of them."""
TOO_CLOSE = 4.0
"""Kilometres below which the direction between two points of a gazetteer says nothing."""


def _mismatch(telling: Telling, subject: Place, anchor: Place) -> str | None:
    """What the map says instead; None where it agrees."""
    here, there = point_of(subject), point_of(anchor)
    apart = distance(there, here)
    slack = (subject.radius_km or 0.0) + (anchor.radius_km or 0.0)
    names = f"{subject.name or subject.id} and {anchor.name or anchor.id}"
    if telling.km is not None:
        leeway = telling.km * (LEEWAY * 2 if telling.loose else LEEWAY) + LEEWAY_KM + slack
        if abs(apart - telling.km) > leeway:
            return f"on the map {names} lie {apart:.0f} km apart"
    if telling.degrees is not None and not telling.loose and apart > TOO_CLOSE + slack:
        off = abs((bearing(there, here) - telling.degrees + 180) % 360 - 180)
        if off > WRONG_WAY:
            way = POINTS[round(bearing(there, here) / 45) % 8]
            return f"on the map {subject.name or subject.id} lies {way} of {anchor.name or anchor.id}"
    return None


POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def unplaced(record: Record) -> Iterator[Finding]:
    """Places without coordinates: one finding for all while none has any, else one a place, with the reason."""
    yield from unplaced_of(record.places, {ref.id for event in record.events for ref in event.places})


def unplaced_of(places: Iterable[Place], used: Container[str | None]) -> Iterator[Finding]:
    """The same for ``places`` of which events name those that are ``used``."""
    named = [place for place in places if place.name is not None and place.id in used]
    without = [place for place in named if place.lat is None or place.lon is None]
    without.sort(key=lambda place: (place.name or "", place.id))  # however the ledger came by them
    if without and len(without) == len(named):
        whose = f"None of the {len(named)} named places has" if len(named) > 1 else f"{named[0].name} has no"
        yield finding("unplaced", "low", f"{whose} coordinates.", places=[place.id for place in without])
        return
    for place in without:
        why = f": {'; '.join(place.reasons)}" if place.reasons else ""
        yield finding("unplaced", "low", f"{place.name} has no coordinates{why}.", places=[place.id])


def point_of(place: Place) -> tuple[float, float]:
    """Latitude and longitude of a place that has them."""
    return place.lat or 0.0, place.lon or 0.0
