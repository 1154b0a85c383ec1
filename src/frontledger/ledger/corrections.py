"""What a reviewer may set on an event, and the event with it.

A correction is a (field, value) pair of text, as the command line takes it.  What belongs here: which fields
there are and what their values may be.  What does not: who corrects, and when (``reviews``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import get_args

from msgspec.structs import replace
from rapidfuzz import process

from frontledger.errors import ReviewError
from frontledger.ledger.naming import plain, slug
from frontledger.mentions import calendar
from frontledger.model import ActorRef, Event, EventDate, Extent, Kind, Place, PlaceRef, Side

__all__ = ["FIELDS", "Known", "apply", "checked", "new_places", "new_sides"]

NEW = "new:"
"""Before a name that the ledger does not hold yet."""
NOBODY = frozenset({"", "none", "nobody", "unknown"})

FIELDS: dict[str, str] = {
    "kind": "what happened: capture, withdrawal, handover, hold, …",
    "date": "a day, a range as FIRST/LAST (either may be ..), or unknown",
    "actor": "id or name of a side of the ledger, new:NAME, or nobody",
    "against": "as actor",
    "place": "ids or names of the places that it is about, separated by semicolons; new:NAME for a new one",
    "extent": "full or partial",
    "hedged": "yes or no",
    "negated": "yes or no",
    "background": "yes or no",
    "attributed_to": "who says so, or nobody",
}
"""Every field that can be set, and its values; ``place`` and ``extent`` take ``:PLACE`` to mean one place only."""


class Known:
    """The sides and places that corrections may name; looked up by id, name or any former name.

    They are asked for when a correction names one: most do not.
    """

    def __init__(self, sides: Callable[[], Iterable[Side]], places: Callable[[], Iterable[Place]]) -> None:
        self._sides = sides
        self._places = places

    @cached_property
    def sides(self) -> dict[str, tuple[str, str]]:
        """Id and name by plain name."""
        found: dict[str, tuple[str, str]] = {}
        for side in self._sides():
            for name in (side.id, side.name, *side.names):
                found.setdefault(plain(name), (side.id, side.name))
        return found

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Id and name by plain name."""
        found: dict[str, tuple[str, str]] = {}
        for place in self._places():
            for name in (place.id, place.name, *place.names):
                if name:
                    found.setdefault(plain(name), (place.id, place.name or place.id))
        return found

    def side(self, name: str) -> tuple[str, str]:
        """Id and name of a side; raises :class:`~frontledger.errors.ReviewError` when there is none."""
        return _found(name, self.sides, "side")

    def place(self, name: str) -> tuple[str, str]:
        """Id and name of a place; raises :class:`~frontledger.errors.ReviewError` when there is none."""
        return _found(name, self.places, "place")


def _found(name: str, known: Mapping[str, tuple[str, str]], what: str) -> tuple[str, str]:
    name = name.strip()
    if name.startswith(NEW):
        fresh = name.removeprefix(NEW).strip()
        if not slug(fresh):
            raise ReviewError(f"a new {what} needs a name: {NEW}NAME")
        return known.get(plain(fresh)) or (slug(fresh), fresh)
    if plain(name) in known:
        return known[plain(name)]
    close = process.extract(plain(name), list(known), limit=3, score_cutoff=70)
    near = dict.fromkeys(known[match][1] for match, _, _ in close)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise ReviewError(f"no {what} {name!r} in this ledger: {hint}a new one is written {NEW}{name}")


def checked(changes: Iterable[tuple[str, str]], event: Event, known: Known) -> tuple[tuple[str, str], ...]:
    """The changes with names as ids; raises :class:`~frontledger.errors.ReviewError` at the first impossible one."""
    done: dict[str, str] = {}
    for given, value in changes:
        key = given.strip()
        field, _, which = key.partition(":")
        if field not in FIELDS or (which and field not in ("place", "extent")):
            raise ReviewError(f"cannot set {key!r}: the fields are {', '.join(FIELDS)}")
        if which:
            key = f"{field}:{_meant(which, event, known)}"
        done[key] = _VALUES[field](value.strip(), known)
    apply(event, tuple(done.items()))
    return tuple(done.items())


def apply(event: Event, changes: Sequence[tuple[str, str]]) -> Event:
    """The event with checked changes; one place first, then all, so that the order in which they came is no matter."""
    given = dict(changes)
    objects = _objects(event, given)
    others = tuple(ref for ref in event.places if ref.role != "object")
    fields: dict[str, object] = {"places": (*objects, *others)} if objects is not None else {}
    for field in ("kind", "attributed_to"):
        if field in given:
            fields[field] = given[field] or None
    for field in ("hedged", "negated", "background"):
        if field in given:
            fields[field] = given[field] == "yes"
    for field in ("actor", "against"):
        if field in given:
            fields[field] = _actor(given[field])
    if "date" in given:
        fields["date"] = _date(given["date"])
    return replace(event, **fields)


def _objects(event: Event, given: Mapping[str, str]) -> tuple[PlaceRef, ...] | None:
    """The objects as corrected; None when nothing about them is."""
    if not any(key.partition(":")[0] in ("place", "extent") for key in given):
        return None
    refs = []
    for ref in event.places:
        if ref.role != "object":
            continue
        extent = given.get(f"extent:{ref.id}")
        if f"place:{ref.id}" in given:
            place, name = _pair(given[f"place:{ref.id}"])
            refs.append(replace(ref, id=place, name=name))
        else:
            refs.append(ref)
        if extent:
            refs[-1] = replace(refs[-1], extent=extent)
    if "place" in given:
        refs = [_ref(event, one, index, refs) for index, one in enumerate(given["place"].split("; "))]
    if "extent" in given:
        refs = [replace(ref, extent=given["extent"]) for ref in refs]
    return tuple(refs)


def _ref(event: Event, pair: str, index: int, refs: Sequence[PlaceRef]) -> PlaceRef:
    """An object that a reviewer names: where the text has an object in that position, it keeps the words."""
    place, name = _pair(pair)
    same = next((ref for ref in refs if ref.id == place), None)
    if same is not None:
        return same
    if index < len(refs):
        return replace(refs[index], id=place, name=name, part_of=None, generic=False, count=None)
    start = event.trigger.start
    return PlaceRef(id=place, name=name, text=name, start=start, end=start, role="object")


def _meant(which: str, event: Event, known: Known) -> str:
    """Id of the object of ``event`` that a key such as ``extent:Mahin`` names."""
    wanted = plain(which)
    objects = [ref for ref in event.places if ref.role == "object"]
    for ref in objects:
        if wanted in {plain(ref.id or ""), plain(ref.name or ""), plain(ref.text)}:
            return ref.id or ""
    place = known.places.get(wanted, ("", ""))[0]
    if any(ref.id == place for ref in objects):
        return place
    told = ", ".join(ref.name or ref.text for ref in objects) or "no place"
    raise ReviewError(f"{event.id} is not about {which!r}, but about {told}")


def _pair(value: str) -> tuple[str, str]:
    """Id and name out of ``ID=NAME``, the form in which names are stored."""
    key, _, name = value.partition("=")
    return key, name or key


def _stored(pair: tuple[str, str]) -> str:
    return f"{pair[0]}={pair[1].replace(chr(59), chr(44))}"


def _actor(value: str) -> ActorRef | None:
    if not value:
        return None
    side, name = _pair(value)
    return ActorRef(id=side, name=name)


def _date(value: str) -> EventDate:
    if not value:
        return EventDate(edtf=None, earliest=None, latest=None, basis="undated")
    first, _, last = value.partition("/")
    last = last or first
    earliest, latest = (None if day == ".." else day for day in (first, last))
    return EventDate(edtf=value, earliest=earliest, latest=latest, basis="explicit")


def _kind(value: str, _: Known) -> str:
    return _one_of(value.casefold(), get_args(Kind), "kind")


def _extent(value: str, _: Known) -> str:
    return _one_of(value.casefold(), get_args(Extent), "extent")


def _flag(value: str, _: Known) -> str:
    return _one_of(
        {"true": "yes", "false": "no"}.get(value.casefold(), value.casefold()), ("yes", "no"), "flag"
    )


def _one_of(value: str, allowed: Sequence[str], what: str) -> str:
    if value not in allowed:
        raise ReviewError(f"no {what} {value!r}: expected {', '.join(allowed)}")
    return value


def _day(value: str, known: Known) -> str:
    del known
    if value.casefold() in NOBODY:
        return ""
    first, slash, last = value.partition("/")
    days = [first, last] if slash else [first]
    try:
        numbers = [calendar.parse_iso(day) for day in days if day != ".."]
    except ValueError:
        numbers = []
    if not numbers or (len(numbers) == 2 and numbers[0] > numbers[1]):
        raise ReviewError(f"no date {value!r}: expected YYYY-MM-DD, FIRST/LAST, ../LAST, FIRST/.. or unknown")
    return f"{first}/{last}" if slash and first != last else first


def _side(value: str, known: Known) -> str:
    return "" if value.casefold() in NOBODY else _stored(known.side(value))


def _place(value: str, known: Known) -> str:
    names = [name for name in value.split(";") if name.strip()]
    if not names:
        raise ReviewError("an event needs a place: reject it if it is about none")
    return "; ".join(dict.fromkeys(_stored(known.place(name)) for name in names))


def _who(value: str, _: Known) -> str:
    return "" if value.casefold() in NOBODY else " ".join(value.split())


_VALUES: dict[str, Callable[[str, Known], str]] = {
    "kind": _kind, "date": _day, "actor": _side, "against": _side, "place": _place, "extent": _extent,
    "hedged": _flag, "negated": _flag, "background": _flag, "attributed_to": _who,
}  # fmt: skip


def new_places(events: Iterable[Event], known: Iterable[Place]) -> list[Place]:
    """Places that corrections brought in: named by an event, and by nobody else known."""
    ids = {place.id for place in known}
    found = {
        ref.id: Place(id=ref.id, name=ref.name, names=(ref.name,) if ref.name else ())
        for event in events
        for ref in event.places
        if ref.id is not None and ref.id not in ids
    }
    return list(found.values())


def new_sides(events: Iterable[Event], known: Iterable[Side]) -> list[Side]:
    """Sides that corrections brought in."""
    ids = {side.id for side in known}
    found = {
        ref.id: Side(id=ref.id, name=ref.name, names=(ref.name,))
        for event in events
        for ref in (event.actor, event.against)
        if ref is not None and ref.id not in ids
    }
    return list(found.values())
