"""What people said about places, applied to a reading: set, merge, split.

They are replayed in the order in which they were said, on every reading, so that they outlive it.  What does
not belong here: storing them (``ledger``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from frontledger.model import Event, Place, PlaceRef, PlaceReview
from frontledger.places.identity import Resolution
from frontledger.places.unity import joined

__all__ = ["apart", "corrected", "fixed"]

_POINT = 1.0
"""Kilometres that a person's point may be off, where none are given."""


def corrected(told: Resolution, reviews: Sequence[PlaceReview]) -> Resolution:
    """``told`` after every merge and split."""
    events, places, variants = told.events, told.places, told.variants
    for review in reviews:
        if review.verdict == "merge" and review.other:
            ids = {place.id for place in places}
            if {review.place, review.other} <= ids:
                events, places, variants = joined(events, places, variants, {review.place: review.other})
        elif review.verdict == "split" and review.name and review.other:
            events, places = _split(events, places, review)
            variants = tuple(v for v in variants if v[:2] != (review.place, review.name))
    return Resolution(events=events, places=places, variants=variants)


def fixed(reviews: Iterable[PlaceReview]) -> Mapping[str, Place]:
    """Where people put places, by id: the last word counts, and follows a place that was merged."""
    found: dict[str, Place] = {}
    for review in reviews:
        if review.verdict == "set":
            found[review.place] = Place(
                id=review.place,
                name=None,
                lat=review.lat,
                lon=review.lon,
                radius_km=_POINT if review.radius_km is None else review.radius_km,
                located_by=f"set by {review.by}" + (f": {review.why}" if review.why else ""),
            )
        elif review.verdict == "merge" and review.place in found and review.other:
            found.setdefault(review.other, found.pop(review.place))
    return found


def apart(reviews: Iterable[PlaceReview]) -> frozenset[frozenset[str]]:
    """Pairs of places that people parted and did not join again."""
    pairs: dict[frozenset[str], None] = {}
    for review in reviews:
        if review.other:
            pair = frozenset({review.place, review.other})
            if review.verdict == "split":
                pairs[pair] = None
            else:
                pairs.pop(pair, None)
    return frozenset(pairs)


def _split(
    events: Sequence[Event], places: Sequence[Place], review: PlaceReview
) -> tuple[tuple[Event, ...], tuple[Place, ...]]:
    """Every use of the name goes to the other place, which is made if it is not there."""
    used = False

    def moved(ref: PlaceRef) -> PlaceRef:
        nonlocal used
        if ref.name != review.name or ref.id not in {review.place, review.other}:
            return ref
        used = True
        return msgspec.structs.replace(ref, id=review.other)

    events = tuple(msgspec.structs.replace(event, places=tuple(map(moved, event.places))) for event in events)
    kept = []
    for place in places:
        if place.id == review.place:
            names = tuple(name for name in place.names if name != review.name)
            main = place.name if place.name != review.name else next(iter(names), place.name)
            kept.append(msgspec.structs.replace(place, name=main, names=names))
        else:
            kept.append(place)
    if used and all(place.id != review.other for place in kept):
        whole = next((place for place in places if place.id == review.place), None)
        kind = whole.type if whole else None
        kept.append(Place(id=review.other or "", name=review.name, names=(review.name or "",), type=kind))
    return events, tuple(kept)
