"""What the steps of a fold hand to each other: small files of MessagePack in a working folder.

    records-N          the event records of shard N, plainly (``records``)
    parcel-REGION-N    accounts of shard N at home in a region, with what they say of their places, and where their events are
    names-REGION-N     for the same accounts: which place of the region each of their own places is
    region-REGION      the places of a region
    world              all places, sides, and which partition folds which place
    bearing-K-N        events of shard N that bear on places of partition K
    last-K             the last holding of each place of partition K
    stakes-N           accounts of shard N whose infobox tells an outcome

What belongs here: their contents.  What does not: the steps (``placing``, ``world``, ``telling``, ``holding``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from frontledger.model import (
    Account,
    ActorRef,
    Basis,
    Event,
    Extent,
    Kind,
    Place,
    PlaceRef,
    Role,
    Side,
    Span,
    Telling,
    Trigger,
    Verdict,
)

__all__ = [
    "Bearing",
    "Borne",
    "Head",
    "Named",
    "Parcel",
    "Region",
    "Stake",
    "Told",
    "World",
    "load",
    "save",
    "the_world",
]

T = TypeVar("T")


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """An account on its way to its region."""

    account: str
    own: bytes
    """What it says of its places (:class:`~frontledger.places.settling.Own`), as JSON."""
    first: int
    last: int
    """Where in its shard its events stand, the last not included."""


class Told(msgspec.Struct, frozen=True, gc=False):
    """As much of an event as places and sides are told apart by."""

    id: str
    account: str
    kind: Kind
    actor: ActorRef | None
    against: ActorRef | None
    places: tuple[PlaceRef, ...]
    hedged: bool
    attributed_to: str | None
    negated: bool
    trigger: Trigger
    sentence: Span
    review: Verdict = "unchecked"


class Named(msgspec.Struct, frozen=True, array_like=True):
    """An account back from its region: the region's id of each of its own places, and the distances that it tells."""

    places: dict[str, str]
    tellings: tuple[Telling, ...]
    parted: dict[str, tuple[str, ...]]
    """Events whose places are not those: what the account alone takes for one place others know as two."""


class Region(msgspec.Struct, kw_only=True):
    """The places of a region."""

    places: tuple[Place, ...]
    exact: frozenset[str]
    listed: list[tuple[str, str]]
    """Places of gazetteers that some event lists side by side."""
    variants: tuple[tuple[str, str, str], ...]
    used: dict[str, int]
    """How many mentions events have of each place."""
    together: list[tuple[str, ...]]
    """Places that one report gives to a side together."""
    names: dict[str, dict[str, int]]
    """How often each side bears each name."""
    surfaces: dict[str, list[str]]


class World(msgspec.Struct, kw_only=True):
    """What holds for all accounts."""

    places: tuple[Place, ...]
    sides: tuple[Side, ...]
    renamed: dict[str, dict[str, str]]
    """By region, the ids that became others when the regions were put together."""
    partition: dict[str, int]
    """Which partition folds a place."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    """As much of an account as the fold of its places needs."""

    opens: str | None
    title: str | None
    lang: str | None


class Bearing(msgspec.Struct, frozen=True, array_like=True):
    """Events that bear on some places, with their evidence and sentences, and their accounts."""

    events: tuple[tuple[bytes, str, str], ...]
    """Their records as JSON, of which the fold reads :class:`Borne`."""
    heads: dict[str, Head]


class BorneDate(msgspec.Struct, frozen=True, gc=False):
    """When it happened."""

    earliest: str | None
    latest: str | None
    basis: Basis
    until: str | None = None


class BorneActor(msgspec.Struct, frozen=True, gc=False):
    """Who did it, or to whom."""

    id: str
    name: str
    inferred: bool = False


class BornePlace(msgspec.Struct, frozen=True, gc=False):
    """Where."""

    id: str | None
    name: str | None
    text: str
    start: int
    role: Role
    type: str | None = None
    extent: Extent = "full"
    count: int | None = None


class Position(msgspec.Struct, frozen=True, gc=False):
    """Where in its account something stands."""

    start: int


class Borne(msgspec.Struct, frozen=True, gc=False):
    """As much of an event as the fold of its places and their checks read."""

    id: str
    account: str
    kind: Kind
    date: BorneDate
    actor: BorneActor | None
    against: BorneActor | None
    places: tuple[BornePlace, ...]
    again: bool
    hedged: bool
    attributed_to: str | None
    negated: bool
    trigger: Position
    sentence: Position
    review: Verdict = "unchecked"
    background: bool = False


class Stake(msgspec.Struct, frozen=True, array_like=True):
    """An account that tells an outcome, with its events and their evidence."""

    account: Account
    events: tuple[Event, ...]
    evidence: dict[str, str]


def save(path: Path, value: object) -> None:
    """Write a parcel."""
    path.write_bytes(msgspec.msgpack.encode(value))


def load(path: Path, kind: type[T]) -> T:
    """Read a parcel."""
    return msgspec.msgpack.decode(path.read_bytes(), type=kind)


@lru_cache(maxsize=1)
def the_world(folder: Path) -> tuple[World, dict[str, Place]]:
    """All places and sides, and the places by id; read once a process."""
    world = load(folder / "world", World)
    return world, {place.id: place for place in world.places}
