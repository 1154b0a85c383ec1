"""One place, one id: what a gazetteer knows under both names is one place (Palmüra, Tadmur).

What belongs here: joining places after they were located.  What does not: names that sound alike
(``identity``), and what people say about places (``corrections``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping

import msgspec

from frontledger.model import Event, Place, Telling
from frontledger.places.identity import Resolution
from frontledger.places.locating import Located, with_coordinates
from frontledger.places.names import class_of

__all__ = ["joined", "listed_together", "of_one_entry", "unified"]


def unified(
    told: Resolution,
    located: Located,
    apart: Collection[frozenset[str]] = (),
    seniority: Mapping[str, int] | None = None,
) -> tuple[Resolution, Located]:
    """``told`` with coordinates, and places that are one entry of a gazetteer made one.

    The first of them in order counts; its id is that of the lowest ``seniority`` among them.  Pairs that are
    ``apart`` by a person's word stay so, and so do names that one event lists side by side.
    """
    parted = {*apart, *listed_together(told.events)}
    same = of_one_entry(located.places, located.exact, parted)
    elder = _elders(same, seniority or {})
    events, places, variants = joined(told.events, located.places, told.variants, same)
    if elder:
        same = {one: elder.get(kept, kept) for one, kept in same.items()} | elder
        events = tuple([_with_ids(event, elder) for event in events])
        places = tuple([under(place, elder) for place in places])
        variants = tuple(sorted((elder.get(one, one), name, main) for one, name, main in variants))
    tellings = tuple(_renamed(telling, same) for telling in located.tellings)
    return (
        Resolution(events=with_coordinates(events, places), places=places, variants=variants),
        Located(places, tellings, frozenset(same.get(one, one) for one in located.exact)),
    )


def under(place: Place, ids: Mapping[str, str]) -> Place:
    """The place and those that it leans on under their other ids."""
    return msgspec.structs.replace(
        place,
        id=ids.get(place.id, place.id),
        part_of=ids.get(place.part_of, place.part_of) if place.part_of else None,
        anchors=tuple([ids.get(anchor, anchor) for anchor in place.anchors]),
    )


def _elders(same: Mapping[str, str], seniority: Mapping[str, int]) -> dict[str, str]:
    """For places that are kept, the id of one joined to them that comes first."""
    best: dict[str, str] = {}
    for one, kept in same.items():
        best[kept] = min(
            best.get(kept, kept), one, key=lambda name: (seniority.get(name, len(seniority)), name != kept)
        )
    return {kept: name for kept, name in best.items() if name != kept}


def of_one_entry(
    places: Iterable[Place], exact: Container[str], apart: Container[frozenset[str]]
) -> dict[str, str]:
    """Which places are another one (id → id kept): a gazetteer has both under just their names as one entry."""
    same: dict[str, str] = {}
    first: dict[tuple[str, str | None], str] = {}
    for place in places:
        if place.gazetteer is None or place.id not in exact:
            continue
        kept = first.setdefault((place.gazetteer, class_of(place.type) or "settlement"), place.id)
        if kept != place.id and frozenset({kept, place.id}) not in apart:
            same[place.id] = kept
    return same


def joined(
    events: Iterable[Event],
    places: Iterable[Place],
    variants: Iterable[tuple[str, str, str]],
    same: Mapping[str, str],
) -> tuple[tuple[Event, ...], tuple[Place, ...], tuple[tuple[str, str, str], ...]]:
    """All of it with the places ``same`` (id → id kept) joined: their names pass to the one that is kept."""
    if not same:
        return tuple(events), tuple(places), tuple(variants)
    places = list(places)
    names: dict[str, list[str]] = defaultdict(list)
    for place in places:
        if place.id in same:
            names[same[place.id]] += [*([place.name] if place.name else []), *place.names]
    kept = []
    for place in places:
        if place.id in same:
            continue
        leans = dict.fromkeys(same.get(anchor, anchor) for anchor in place.anchors)
        whole = same.get(place.part_of, place.part_of) if place.part_of else None
        kept.append(
            msgspec.structs.replace(
                place,
                names=tuple(dict.fromkeys((*place.names, *names.get(place.id, ())))),
                anchors=tuple(anchor for anchor in leans if anchor != place.id),
                part_of=None if whole == place.id else whole,
            )
        )
    return (
        tuple(_with_ids(event, same) for event in events),
        tuple(kept),
        tuple((same.get(one, one), name, main) for one, name, main in variants),
    )


def _with_ids(event: Event, same: Mapping[str, str]) -> Event:
    if not any(ref.id in same for ref in event.places):
        return event
    refs = (msgspec.structs.replace(ref, id=same.get(ref.id or "", ref.id)) for ref in event.places)
    return msgspec.structs.replace(event, places=tuple(refs))


def _renamed(telling: Telling, same: Mapping[str, str]) -> Telling:
    return msgspec.structs.replace(
        telling,
        anchor=same.get(telling.anchor or "", telling.anchor),
        subjects=tuple(dict.fromkeys(same.get(one, one) for one in telling.subjects)),
    )


def listed_together(events: Iterable[Event]) -> set[frozenset[str]]:
    """Pairs of places that some event lists side by side."""
    pairs: set[frozenset[str]] = set()
    for event in events:
        ids = [ref.id for ref in event.places if ref.role == "object" and ref.id]
        pairs.update(frozenset({a, b}) for i, a in enumerate(ids) for b in ids[:i] if a != b)
    return pairs
