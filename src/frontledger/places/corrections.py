"""What people said about places, applied to a reading: set, merge, split.

They are replayed in the order in which they were said, on every reading, so that they outlive it.  What does
not belong here: storing them (``ledger``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from frontledger.errors import InputError, NotFoundError
from frontledger.model import Event, Place, PlaceRef, PlaceReview
from frontledger.places.identity import Resolution
from frontledger.places.sounds import fold, slug
from frontledger.places.unity import joined

__all__ = ["apart", "corrected", "fixed", "review_of"]

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


def review_of(
    verdict: str, words: Sequence[str], places: Sequence[Place], by: str, why: str
) -> tuple[PlaceReview, str]:
    """The review that ``set NAME LAT LON``, ``merge A B`` or ``split NAME`` is, and what it says in words.

    Raises :class:`~frontledger.errors.InputError` for other words and
    :class:`~frontledger.errors.NotFoundError` where no place is called so.
    """
    shapes = {"set": "set NAME LAT LON", "merge": "merge A B", "split": "split NAME"}
    if verdict not in shapes:
        raise InputError(f"{verdict!r} is no correction: expected {', '.join(shapes.values())}")
    if len(words) != len(shapes[verdict].split()) - 1:
        raise InputError(f"{verdict} {' '.join(words)}: expected {shapes[verdict]}")
    place = find_place(words[0], places)
    said = PlaceReview(
        verdict=verdict,  # type: ignore[arg-type]
        place=place.id,
        by=by,
        why=why,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
    )
    if verdict == "set":
        lat, lon = degrees("latitude", words[1], 90), degrees("longitude", words[2], 180)
        return msgspec.structs.replace(said, lat=lat, lon=lon), f"{place.id} set at {lat:g} {lon:g}"
    if verdict == "merge":
        other = find_place(words[1], places)
        if other.id == place.id:
            raise InputError(f"{words[0]} and {words[1]} are one place already: {place.id}")
        return msgspec.structs.replace(said, other=other.id), f"{place.id} is {other.id}"
    if words[0] not in {place.name, *place.names}:
        known = ", ".join(dict.fromkeys([place.name or place.id, *place.names]))
        raise InputError(f"{words[0]!r} is no name of {place.id}: it is called {known}")
    if len({place.name, *place.names}) < 2:
        raise InputError(f"{words[0]!r} is the only name of {place.id}: nothing to split")
    taken = {one.id for one in places}
    base = slug(words[0]) or place.id
    ids = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 3))
    other_id = next(one for one in ids if one not in taken)
    return (
        msgspec.structs.replace(said, name=words[0], other=other_id),
        f"{words[0]} is {other_id}, not {place.id}",
    )


def find_place(name: str, places: Sequence[Place]) -> Place:
    """The place with that id, or one of those names."""
    wanted = fold(name)
    ways: tuple[Callable[[Place], bool], ...] = (
        lambda place: place.id == name,
        lambda place: place.name == name,
        lambda place: name in place.names,
        lambda place: wanted in {fold(one) for one in (place.name or "", *place.names)},
    )
    for fits in ways:
        found = next((place for place in places if fits(place)), None)
        if found:
            return found
    raise NotFoundError(f"nothing called {name!r} in this ledger")


def degrees(what: str, said: str, most: float) -> float:
    """A coordinate within its bounds."""
    try:
        value = float(said)
    except ValueError:
        raise InputError(f"{what} {said!r} is no number") from None
    if not -most <= value <= most:
        raise InputError(f"{what} {said} is not between -{most:g} and {most:g}")
    return value


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
