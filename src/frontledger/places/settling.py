"""What one account by itself says of its places: the gazetteer's answers for its names, and the distances that it tells.

Whatever other accounts call a place, each account settles the names that it uses: so the answers can be kept, and
put together in any number (``locating``).  What belongs here: the order of the steps for one account.  What does not:
how each step decides (``theatre``, ``candidates``, ``choosing``, ``tellings``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from frontledger.model import Account, Event, Place, Placing, Telling, Value
from frontledger.places.candidates import Candidate, candidates
from frontledger.places.choosing import choose
from frontledger.places.focus import focus_of
from frontledger.places.gazetteers.shelf import Shelf
from frontledger.places.judging import Choice
from frontledger.places.naming import named_in
from frontledger.places.tellings import tellings
from frontledger.places.theatre import theatre_of

__all__ = ["Own", "bare", "settle"]

_WINDOW = 4
"""How many mentions to either side are a place's neighbours."""
_SAME_NAME = 0.999
_PLACING: dict[str, Placing] = {"geonames": "gazetteer", "dump": "gazetteer", "online": "online"}
_LARGE = 40.0
"""Kilometres beyond which a province is a circle and no point."""


class Own(Value, frozen=True):
    """An account's own places, under ids of its own, with coordinates where a gazetteer has them."""

    places: tuple[Place, ...]
    exact: tuple[str, ...]
    """Ids of those that a gazetteer has under just that name."""
    tellings: tuple[Telling, ...]
    country: str | None = None
    """ISO 3166 code of the country that the account is most likely about."""


def settle(
    account: Account,
    events: Sequence[Event],
    places: Iterable[Place],
    shelf: Shelf,
    known: Container[str] = (),
) -> Own:
    """``places`` of the account's ``events`` with what the gazetteers say of them; ``known`` ones are not asked for."""
    own = {place.id: bare(place) for place in places}
    spans = sorted({(e.sentence.start, e.sentence.end) for e in events})
    told = tellings(account, spans, named_in(account, events, own))
    if shelf.empty:
        return Own(places=tuple(own.values()), exact=(), tellings=tuple(told))
    order = _sequence(events, own)
    names = {name for one in dict.fromkeys(order) for name in (own[one].name, *own[one].names) if name}
    theatre = theatre_of(account, shelf.having(sorted(names)).values(), shelf.neighbours)
    days = _days(events)
    options: dict[str, list[Candidate]] = {}
    done: dict[str, Place] = {}
    for name in dict.fromkeys(order):
        if name not in known:
            found, unsure = candidates(own[name], theatre, shelf, days)
            options[name] = _unique(found)
            if unsure:
                done[name] = _asked(own[name], unsure)
    said: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        for subject in telling.subjects:
            said[subject].append(telling)
    choices = choose(options, _beside(order), focus_of(account, theatre, shelf), said)
    done |= {name: _placed(own[name], choice, shelf) for name, choice in choices.items()}
    exact = [name for name, one in choices.items() if one.candidate and one.candidate.alike >= _SAME_NAME]
    country = next(iter(theatre.weights), None)
    return Own(places=tuple((own | done).values()), exact=tuple(exact), tellings=tuple(told), country=country)


def bare(place: Place) -> Place:
    """The place without coordinates."""
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


def _sequence(events: Iterable[Event], known: Mapping[str, Place]) -> list[str]:
    """Ids of the places that an account names, in reading order, what they lean on beside them."""
    spans = {(ref.start, ref.end, ref.id) for event in events for ref in event.places if ref.id in known}
    order: list[str] = []
    for _, _, name in sorted(spans, key=lambda span: (span[0], span[1], span[2] or "")):
        place = known[name or ""]
        leans = (*place.anchors, *([place.part_of] if place.part_of else []))
        order += [*(lean for lean in leans if lean in known), place.id]
    return order


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
