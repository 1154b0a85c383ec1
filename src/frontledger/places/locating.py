"""Where the places of a ledger are: by a person's word, the user's file, a gazetteer, a relation, or openly nowhere.

Each account settles its own names, whatever others say (``settling``); here their answers are put together, and what
no gazetteer has is located by what has coordinates.  What does not belong here: which mentions are one place
(``identity``), and how each step decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from frontledger.model import Account, Event, Place, Telling
from frontledger.places.gazetteers.shelf import Shelf
from frontledger.places.identity import resolve
from frontledger.places.relating import relate
from frontledger.places.relations import Circle
from frontledger.places.settling import Own, bare, settle

__all__ = ["Located", "combined", "locate", "renamed", "with_coordinates"]


class Located(msgspec.Struct, frozen=True):
    """Places with their coordinates, and what the accounts tell of distances between them."""

    places: tuple[Place, ...]
    tellings: tuple[Telling, ...]
    exact: frozenset[str]
    """Ids of the places that a gazetteer has under just that name."""


def locate(
    accounts: Sequence[Account],
    events: Sequence[Event],
    places: Sequence[Place],
    shelf: Shelf,
    fixed: Mapping[str, Place] | None = None,
) -> Located:
    """The same places with coordinates, as far as they can be had; ``fixed`` ones, by id, are a person's word.

    Coordinates that the places came with are forgotten: every reading begins anew.
    """
    fixed = fixed or {}
    by_account: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_account[event.account].append(event)
    known = {place.id: place for place in places}
    owns: list[tuple[Own, Mapping[str, str]]] = []
    for account in accounts:
        told = by_account[account.id]
        if len(accounts) == 1:
            names = {name: name for name in known}
            own = settle(account, told, places, shelf, fixed)
        else:
            alone = resolve(told, variants=False)
            names = renamed(told, known, alone.events, {place.id: place for place in alone.places})
            by_hand = [name for name, one in names.items() if one in fixed]
            own = settle(account, alone.events, alone.places, shelf, by_hand)
        owns.append((own, names))
    return combined(owns, events, places, fixed)


def combined(
    owns: Iterable[tuple[Own, Mapping[str, str]]],
    events: Iterable[Event],
    places: Iterable[Place],
    fixed: Mapping[str, Place] | None = None,
) -> Located:
    """``places`` with the coordinates that the accounts found for them, and those that follow from these.

    Each account's answers come with the ids that its places have among ``places`` (:func:`renamed`).  Where accounts
    share a place, a sure answer goes before a doubtful one, and else the first.
    """
    known = {place.id: bare(place) for place in places}
    placed = {name: _as_set(known[name], place) for name, place in (fixed or {}).items() if name in known}
    by_hand = frozenset(placed)
    told: list[Telling] = []
    exact: dict[str, bool] = {}
    for own, names in owns:
        called = {place.id: place.name for place in own.places}
        told += (_told_of(telling, names, called) for telling in own.tellings)
        for place in own.places:
            name = names.get(place.id)
            if name is None or name not in known or name in by_hand or place.placing == "none":
                continue
            if name not in placed or (placed[name].placing == "ask" and place.placing != "ask"):
                placed[name] = _found(known[name], place)
                exact[name] = place.id in own.exact
    circles = {name: circle for name, place in placed.items() if (circle := circle_of(place))}
    placed |= relate(known | placed, events, told, circles)
    return Located(
        tuple(placed.get(name, known[name]) for name in known),
        tuple(told),
        frozenset(name for name, sure in exact.items() if sure),
    )


def renamed(
    told: Iterable[Event], known: Mapping[str, Place], alone: Iterable[Event], own: Mapping[str, Place]
) -> dict[str, str]:
    """For each place that an account knows by itself its id among all: the same events, resolved together and ``alone``.

    Places that are named only to locate others are found by their names beside these.
    """
    names: dict[str, str] = {}
    for here, there in zip(alone, told, strict=True):
        for ours, theirs in zip(here.places, there.places, strict=True):
            if ours.id is not None and theirs.id is not None:
                names.setdefault(ours.id, theirs.id)
    waiting = list(names.items())
    while waiting:
        here_id, there_id = waiting.pop()
        if here_id not in own or there_id not in known:
            continue
        for lean in _leans(own[here_id]):
            if lean in names or lean not in own:
                continue
            called = {own[lean].name, *own[lean].names}
            same = [
                one
                for one in _leans(known[there_id])
                if one in known and called & {known[one].name, *known[one].names}
            ]
            if same:
                names[lean] = same[0]
                waiting.append((lean, same[0]))
    return names


def _leans(place: Place) -> tuple[str, ...]:
    return (*([place.part_of] if place.part_of else []), *place.anchors)


def _told_of(telling: Telling, names: Mapping[str, str], called: Mapping[str, str | None]) -> Telling:
    anchor = names.get(telling.anchor or "")
    return msgspec.structs.replace(
        telling,
        anchor=anchor,
        anchor_name=telling.anchor_name
        if anchor
        else telling.anchor_name or called.get(telling.anchor or ""),
        subjects=tuple(dict.fromkeys(names[one] for one in telling.subjects if one in names)),
    )


def _found(place: Place, own: Place) -> Place:
    """The place where an account has found it."""
    return msgspec.structs.replace(
        place,
        lat=own.lat,
        lon=own.lon,
        radius_km=own.radius_km,
        located_by=own.located_by,
        placing=own.placing,
        gazetteer=own.gazetteer,
        reasons=own.reasons,
    )


def with_coordinates(events: Iterable[Event], places: Iterable[Place]) -> tuple[Event, ...]:
    """The events with the coordinates of their places."""
    known = {place.id: place for place in places}
    return tuple(
        msgspec.structs.replace(
            event,
            places=tuple(
                msgspec.structs.replace(
                    ref,
                    lat=place.lat,
                    lon=place.lon,
                    radius_km=place.radius_km,
                    located_by=place.located_by,
                )
                if (place := known.get(ref.id or ""))
                else ref
                for ref in event.places
            ),
        )
        for event in events
    )


def circle_of(place: Place) -> Circle | None:
    """A located place as a circle to count from."""
    if place.lat is None or place.lon is None:
        return None
    return Circle((place.lat, place.lon), place.radius_km or 0.0, place.located_by or "", exact=True)


def _as_set(place: Place, fixed: Place) -> Place:
    return msgspec.structs.replace(
        place,
        lat=fixed.lat,
        lon=fixed.lon,
        radius_km=fixed.radius_km,
        located_by=fixed.located_by,
        placing="set",
    )
