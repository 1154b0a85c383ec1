"""Every use of a place name in a set of events, in reading order.

A use is a mention that names a place, or a name that a mention leans on: the whole that it is part of, the
places that locate it.  What does not belong here: which uses are one place (``identity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from frontledger.model import Event, PlaceRef
from frontledger.places.names import Name, class_of, is_generic, may_describe, read_name

__all__ = ["Use", "gather", "listings"]


class Use(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """One name in one position; ``described`` names say only what the place is and what it lies by."""

    account: str
    start: int
    end: int
    name: str
    type: str | None = None
    part_of: str | None = None
    anchors: tuple[str, ...] = ()
    described: bool = False
    leaned_on: bool = False
    """The text names this place only to say where another one is."""

    @property
    def read(self) -> Name:
        """The name taken apart."""
        return read_name(self.name)

    @property
    def trait(self) -> tuple[str | None, str | None]:
        """Class of the class word in the name and class of the type that the text gives."""
        return _trait(self.name, self.type)

    @property
    def leans(self) -> bool:
        """Whether it says what it is part of or lies by."""
        return bool(self.anchors or self.part_of)

    @property
    def said(self) -> str | None:
        """The type that the text gives, or else, or if that is vague, the one that the name implies."""
        return _said(self.name, self.type)

    @property
    def kind(self) -> str | None:
        """The class of a described place; vague types ("the area of X") are classes of their own here."""
        return _kind(self.name, self.type)

    @property
    def order(self) -> tuple[object, ...]:
        """Reading order; total, so that nothing depends on the order in which events come."""
        return (
            self.account,
            self.start,
            self.end,
            self.leaned_on,
            self.name,
            self.type or "",
            self.part_of or "",
            self.anchors,
        )


@lru_cache(maxsize=65536)
def _trait(name: str, kind: str | None) -> tuple[str | None, str | None]:
    return class_of(read_name(name).type), class_of(kind)


@lru_cache(maxsize=65536)
def _said(name: str, kind: str | None) -> str | None:
    return kind if class_of(kind) else read_name(name).type or kind


@lru_cache(maxsize=65536)
def _kind(name: str, kind: str | None) -> str | None:
    said = _said(name, kind)
    return class_of(said) or said


@lru_cache(maxsize=65536)
def _describes(
    surface: str, kind: str | None, part_of: str | None, anchors: tuple[str, ...], generic: bool
) -> bool:
    """Whether a mention says only what a place is and what it lies by."""
    name = read_name(surface)
    leans = [read_name(lean) for lean in (part_of, *anchors) if lean]
    return is_generic(name, kind, leans) or (generic and may_describe(name, kind))


def _use_of(account: str, ref: PlaceRef) -> Use | None:
    """The use that ``ref`` is; None for an unnamed object."""
    name = ref.name
    if name is None:
        return None
    kind, part_of, anchors = ref.type, ref.part_of, ref.anchors
    return Use(
        account, ref.start, ref.end, name, kind, part_of, anchors,
        _describes(name, kind, part_of, anchors, ref.generic),
    )  # fmt: skip


def gather(events: Iterable[Event]) -> tuple[list[Use], list[list[Use | None]]]:
    """All uses, each once (two events may share a mention), in reading order; and that of each mention of each event."""
    found: dict[Use, None] = {}  # in nearly the order that is wanted, which sorts them in one pass
    mentions: list[list[Use | None]] = []
    for event in events:
        account = event.account
        own: list[Use | None] = []
        for ref in event.places:
            use = _use_of(account, ref)
            own.append(use)
            if use:
                found[use] = None
            if ref.part_of or ref.anchors:
                for name in (ref.part_of, *ref.anchors):
                    if name:
                        lean = Use(account=account, start=ref.start, end=ref.end, name=name, leaned_on=True)
                        found[lean] = None
        mentions.append(own)
    return sorted(found, key=lambda use: use.order), mentions


def listings(events: Sequence[Event]) -> dict[str, set[int]]:
    """For each name the events that list it as an object: whoever lists two names means two places."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, event in enumerate(events):
        for ref in event.places:
            if ref.name and ref.role == "object":
                found[ref.name].add(number)
    return dict(found)
