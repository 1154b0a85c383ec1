"""Which places of the gazetteers a place of an account may be, by name, kind and country alone.

What belongs here: asking the shelf and sorting out what cannot be meant.  What does not: choosing among what is
left by where it lies (``choosing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from frontledger.model import Place
from frontledger.places.gazetteers.entries import Entry
from frontledger.places.gazetteers.shelf import TRUSTED, Shelf
from frontledger.places.gazetteers.slices import ASK, Match, Slice
from frontledger.places.geometry import Point
from frontledger.places.names import (
    NAMED_AFTER_TOWNS,
    SAME,
    Name,
    class_of,
    compatible,
    has_own_names,
    is_generic,
    is_landscape,
    is_same,
    read_name,
    similarity,
)
from frontledger.places.theatre import Theatre

__all__ = ["Candidate", "candidates"]

_ABROAD = 50_000
"""People that a place outside the theatre must have: accounts name villages only where they happen."""
_BESIDE = 10_000
"""The same in a neighbour of the theatre: borders move, and fronts cross them."""
_SHORTEST = 4
"""Letters that a name must have to be looked for abroad."""
_OTHER_WORD = 0.93
"""How alike names are at most of which only one has a class word: "Tel Hamra" is seldom "Al Hamra"."""
_VAGUE_TOWNS = frozenset({"state", "region", *NAMED_AFTER_TOWNS})


class Candidate(msgspec.Struct, frozen=True):
    """A place of a gazetteer that may be meant."""

    entry: Entry
    name: str
    """The name in the gazetteer that it was found by."""
    wanted: str
    """The name in the account."""
    alike: float
    source: str
    own: bool = False
    """From the user's own list, whose word is law."""
    kind: str = "geonames"
    """That of its source."""
    weight: float = 1.0
    """That of its country in the theatre."""
    main: bool = True
    """Whether it is the gazetteer's usual name of the place, in whatever letters."""
    how: str = "is"
    """``is``: the place itself; ``bears``: a base or station called after it; ``seat``: a province called after it."""

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.entry.lat, self.entry.lon


def candidates(
    place: Place, theatre: Theatre, shelf: Shelf, days: tuple[str, str] | None = None
) -> tuple[list[Candidate], list[Candidate]]:
    """Those that may be meant, and those whose name is only so alike that a person should be asked.

    ``days`` are the first and last day on which the accounts speak of it: the user's own entries may be valid
    for a time only.
    """
    if class_of(place.type) is None and is_landscape(place.name or ""):
        return [], []
    names = [name for name in _own_names(place) if not _describes(name, place)]
    own = list(_fitting(place, names, shelf.own(), theatre, days))
    if own:
        return own, []
    found = list(_fitting(place, names, shelf.maps(), theatre, days))
    for country in theatre.weights:
        found += _fitting(place, names, shelf.slices(country), theatre, days)
    found = found or list(_abroad(place, names, theatre, shelf))
    if found:
        return found, []
    slices = [
        *shelf.own(),
        *shelf.maps(),
        *(one for country in theatre.weights for one in shelf.slices(country)),
    ]
    alike = list(_alike(place, names, slices, theatre, days))
    sure = [one for one, same in alike if same]
    if not sure:
        sure = list(_online(place, names, theatre, shelf, days))
    return (sure, []) if sure else ([], [one for one, _ in alike])


def _own_names(place: Place) -> list[str]:
    return list(dict.fromkeys([*([place.name] if place.name else []), *place.names]))


def _describes(name: str, place: Place) -> bool:
    """Whether a name only says what the place is, so that no gazetteer can have it."""
    read = read_name(name)
    return is_generic(read, place.type) or not any(c.isalpha() for word in read.core for c in word)


def _fitting(
    place: Place,
    names: Iterable[str],
    slices: Iterable[Slice],
    theatre: Theatre,
    days: tuple[str, str] | None,
) -> Iterator[Candidate]:
    """By exact name; the first slice that has any wins."""
    names = list(names)
    for one in slices:
        found: dict[str, Candidate] = {}
        for surface in names:
            name = read_name(surface)
            for match in one.exact(name):
                how = _how(place, name, match)
                if how and _valid(match.entry, days):
                    found.setdefault(match.entry.id, _candidate(surface, match, theatre, how))
        if found:
            yield from found.values()
            return


def _alike(
    place: Place,
    names: Iterable[str],
    slices: Iterable[Slice],
    theatre: Theatre,
    days: tuple[str, str] | None,
) -> Iterator[tuple[Candidate, bool]]:
    """By sound, with whether that is enough; only what it is itself: to be called after another takes the very name."""
    best: dict[str, tuple[Candidate, bool]] = {}
    slices = list(slices)
    for surface in names:
        name = read_name(surface)
        for one in slices:
            for match in one.alike(name, ASK):
                before = best.get(match.entry.id)
                if before is not None and before[0].alike >= match.alike:
                    continue
                if _valid(match.entry, days) and _how(place, name, match) == "is":
                    same = is_same(name, read_name(match.name), match.alike)
                    best[match.entry.id] = _candidate(surface, match, theatre, "is"), same
    yield from best.values()


def _online(
    place: Place, names: Iterable[str], theatre: Theatre, shelf: Shelf, days: tuple[str, str] | None
) -> Iterator[Candidate]:
    """What the user's online resolver has under the very name."""
    for surface in names:
        slices = shelf.online(surface, theatre.weights) if theatre.weights else ()
        found = list(_fitting(place, [surface], slices, theatre, days))
        if found:
            yield from found
            return


def _abroad(place: Place, names: list[str], theatre: Theatre, shelf: Shelf) -> Iterator[Candidate]:
    """Cities beyond the theatre, in countries that the account names, and towns in its neighbours."""
    for surface, countries in shelf.having(names).items():
        name = read_name(surface)
        if len(name.key[0]) < _SHORTEST:
            continue  # "Ali" is a person, wherever a town is called so
        for country in countries:
            named = country in theatre.named
            if country in theatre.weights or not (named or country in theatre.beside):
                continue
            least = _BESIDE if country in theatre.beside else _ABROAD
            for one in shelf.slices(country):
                for match in one.exact(name):
                    if match.entry.population >= least and _how(place, name, match) == "is":
                        yield _candidate(surface, match, theatre, "is")


def _candidate(surface: str, match: Match, theatre: Theatre, how: str) -> Candidate:
    words = {class_of(read_name(surface).type), class_of(read_name(match.name).type)} - {"settlement"}
    alike = min(match.alike, _OTHER_WORD) if len(words) > 1 else match.alike
    theirs = match.source.kind in {"geonames", "dump"}
    weight = theatre.weights.get(match.entry.country, 0.1) if theirs else 1.0
    return Candidate(
        entry=match.entry,
        name=match.name,
        wanted=surface,
        alike=alike,
        main=similarity(read_name(surface), read_name(match.entry.name), SAME) >= SAME,
        source=match.source.name,
        own=match.source.kind in TRUSTED,
        kind=match.source.kind,
        weight=weight,
        how=how,
    )


def _how(place: Place, name: Name, match: Match) -> str | None:
    """How a place of this kind can be told by that entry; None when it cannot."""
    kind = match.entry.type
    word = class_of(name.type)
    said = class_of(place.type)
    there = class_of(read_name(match.name).type), class_of(kind)
    if kind is None or compatible((word, said), there):
        return "is"
    if class_of(kind) != "settlement":
        return None
    said = said or word
    if place.type in _VAGUE_TOWNS or name.type in _VAGUE_TOWNS:
        return "seat" if match.entry.admin else None
    if said == "district" and there == (None, "settlement"):
        return "is"  # a gazetteer's settlement may be a city's district to an account
    if said and said != "road" and not has_own_names(said) and there[0] is None:
        return "bears"
    return None


def _valid(entry: Entry, days: tuple[str, str] | None) -> bool:
    """Whether the entry bore its names at any time of those days."""
    if days is None:
        return True
    return (entry.since is None or entry.since <= days[1]) and (entry.until is None or days[0] <= entry.until)
