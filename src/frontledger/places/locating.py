"""Where the places of a ledger are: by a person's word, the user's file, a gazetteer, a relation, or openly nowhere.

:func:`locate` composes the steps of this folder that have to do with coordinates.  What does not belong here:
which mentions are one place (``identity``), and how each step decides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from frontledger.model import Account, Event, Place, Placing, Telling
from frontledger.places.candidates import Candidate, candidates
from frontledger.places.choosing import choose
from frontledger.places.focus import focus_of
from frontledger.places.gazetteers.shelf import Shelf
from frontledger.places.judging import Choice
from frontledger.places.naming import named_in
from frontledger.places.relating import relate
from frontledger.places.relations import Circle
from frontledger.places.tellings import tellings
from frontledger.places.theatre import Theatre, theatre_of

__all__ = ["Located", "locate", "with_coordinates"]

_WINDOW = 4
"""How many mentions to either side are a place's neighbours."""
_SAME_NAME = 0.999
_PLACING: dict[str, Placing] = {"geonames": "gazetteer", "dump": "gazetteer", "online": "online"}
_LARGE = 40.0
"""Kilometres beyond which a province is a circle and no point."""


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
    known = {place.id: _bare(place) for place in places}
    fixed = fixed or {}
    by_account: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_account[event.account].append(event)
    told: list[Telling] = []
    for account in accounts:
        spans = sorted({(e.sentence.start, e.sentence.end) for e in by_account[account.id]})
        told += tellings(account, spans, named_in(account, by_account[account.id], known))
    placed = {name: _as_set(known[name], place) for name, place in fixed.items() if name in known}
    exact: frozenset[str] = frozenset()
    if not shelf.empty:
        theatres = _theatres(accounts, by_account, known, shelf)
        found, exact = _by_gazetteer(accounts, by_account, known, theatres, shelf, placed, told)
        placed |= found
    circles = {name: circle for name, place in placed.items() if (circle := circle_of(place))}
    placed |= relate(known | placed, events, told, circles)
    return Located(tuple(placed.get(name, known[name]) for name in known), tuple(told), exact)


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


def _bare(place: Place) -> Place:
    return msgspec.structs.replace(
        place,
        lat=None,
        lon=None,
        radius_km=None,
        located_by=None,
        placing="none",
        gazetteer=None,
        reasons=(),
    )


def _as_set(place: Place, fixed: Place) -> Place:
    return msgspec.structs.replace(
        place,
        lat=fixed.lat,
        lon=fixed.lon,
        radius_km=fixed.radius_km,
        located_by=fixed.located_by,
        placing="set",
    )


def _theatres(
    accounts: Iterable[Account],
    by_account: Mapping[str, Sequence[Event]],
    known: Mapping[str, Place],
    shelf: Shelf,
) -> dict[str, Theatre]:
    found = {}
    for account in accounts:
        ids = _sequence(by_account[account.id], known)
        names = {name for one in dict.fromkeys(ids) for name in (known[one].name, *known[one].names) if name}
        found[account.id] = theatre_of(account, shelf.having(sorted(names)).values(), shelf.neighbours)
    return found


def _sequence(events: Iterable[Event], known: Mapping[str, Place]) -> list[str]:
    """Ids of the places that an account names, in reading order, what they lean on beside them."""
    spans = {(ref.start, ref.end, ref.id) for event in events for ref in event.places if ref.id in known}
    order: list[str] = []
    for _, _, name in sorted(spans, key=lambda span: (span[0], span[1], span[2] or "")):
        place = known[name or ""]
        leans = (*place.anchors, *([place.part_of] if place.part_of else []))
        order += [*(lean for lean in leans if lean in known), place.id]
    return order


def _by_gazetteer(
    accounts: Sequence[Account],
    by_account: Mapping[str, Sequence[Event]],
    known: Mapping[str, Place],
    theatres: Mapping[str, Theatre],
    shelf: Shelf,
    placed: Mapping[str, Place],
    told: Iterable[Telling],
) -> tuple[dict[str, Place], frozenset[str]]:
    """Every place that a gazetteer has, and those of which it has doubtful candidates; ids of the exact ones.

    Each account settles its own names; where accounts share a place, a sure answer goes before a doubtful one.
    """
    choices: dict[str, Choice] = {}
    doubts: dict[str, list[Candidate]] = {}
    said: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        for subject in telling.subjects:
            said[subject].append(telling)
    for account in accounts:
        theatre, order = theatres[account.id], _sequence(by_account[account.id], known)
        days = _days(by_account[account.id])
        options: dict[str, list[Candidate]] = {}
        for name in dict.fromkeys(order):
            if name not in placed:
                options[name], unsure = candidates(known[name], theatre, shelf, days)
                doubts.setdefault(name, []).extend(unsure)
        unique = {name: _unique(found) for name, found in options.items()}
        focus = focus_of(account, theatre, shelf)
        for name, choice in choose(unique, _beside(order), focus, said).items():
            if name not in choices or (choices[name].verdict, choice.verdict) == ("ask", "place"):
                choices[name] = choice
    done = {name: _placed(known[name], choice, shelf) for name, choice in choices.items()}
    for name, unsure in doubts.items():
        if unsure and name not in done:
            done[name] = _asked(known[name], unsure)
    exact = frozenset(
        name for name, choice in choices.items() if choice.candidate and choice.candidate.alike >= _SAME_NAME
    )
    return done, exact


def _beside(order: Sequence[str]) -> dict[str, dict[str, float]]:
    """How closely places are named together, for those within a few mentions of each other."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for i, name in enumerate(order):
        for j in range(max(0, i - _WINDOW), min(len(order), i + _WINDOW + 1)):
            if order[j] != name:
                found[name][order[j]] += 1 / abs(i - j)
    return found


def _days(events: Iterable[Event]) -> tuple[str, str] | None:
    told = [day for event in events for day in (event.date.earliest, event.date.latest) if day]
    told = [day for day in told if not day.startswith("-")]
    return (min(told), max(told)) if told else None


def _unique(found: Iterable[Candidate]) -> list[Candidate]:
    """Each entry once, under its likest name and heaviest country."""
    best: dict[str, Candidate] = {}
    for one in found:
        before = best.get(one.entry.id)
        if before is None or (one.alike, one.weight) > (before.alike, before.weight):
            best[one.entry.id] = one
    return list(best.values())


def _placed(place: Place, choice: Choice, shelf: Shelf) -> Place:
    candidate = choice.candidate
    if candidate is None or choice.verdict != "place":
        return msgspec.structs.replace(place, placing="ask", reasons=choice.reasons)
    entry = candidate.entry
    reasons = (*_why(candidate), *choice.reasons)
    if candidate.how == "seat":
        return _province(place, candidate, shelf, reasons)
    lat, lon = entry.lat, entry.lon
    if candidate.how == "bears":
        return msgspec.structs.replace(
            place,
            lat=lat,
            lon=lon,
            radius_km=10.0 + _extent(entry.population),
            located_by=f"bears the name of {entry.name} ({entry.id})",
            placing="relation",
            reasons=reasons,
        )
    return msgspec.structs.replace(
        place,
        lat=lat,
        lon=lon,
        radius_km=_extent(entry.population),
        located_by=f"{candidate.source}: {entry.name} ({entry.id})",
        placing=_PLACING.get(candidate.kind, "file"),
        gazetteer=entry.id,
        reasons=reasons,
    )


def _extent(population: int) -> float:
    """Kilometres from the point of a settlement to its edge, and what the gazetteer may be off."""
    return round(1.5 + math.sqrt(population) / 250, 1)


def _province(place: Place, candidate: Candidate, shelf: Shelf, reasons: tuple[str, ...]) -> Place:
    """The area of a province, by the settlements that the gazetteer has in it."""
    entry = candidate.entry
    point, radius, count = shelf.province(entry.country, entry.admin)
    return msgspec.structs.replace(
        place,
        lat=round(point[0], 4),
        lon=round(point[1], 4),
        radius_km=round(max(_LARGE, radius), 1),
        located_by=f"the province of {entry.name}, by the {count} places that {candidate.source} has in it",
        placing="relation",
        reasons=reasons,
    )


def _why(candidate: Candidate) -> Iterator[str]:
    how = "the same name" if candidate.alike >= 0.999 else f"{candidate.alike:.0%} alike in sound"
    yield f"“{candidate.wanted}” is “{candidate.name}” of {candidate.entry.id} ({how})"
    if not candidate.own and candidate.weight < 0.1 + 1e-9:
        yield f"outside the theatre, in {candidate.entry.country}, which the account names or the theatre borders on"


def _asked(place: Place, unsure: Sequence[Candidate]) -> Place:
    best = sorted(unsure, key=lambda one: (-one.alike, one.entry.id))[:3]
    said = ", ".join(f"{one.entry.name} ({one.entry.country}, {one.alike:.0%} alike)" for one in best)
    return msgspec.structs.replace(place, placing="ask", reasons=(f"perhaps {said}",))
