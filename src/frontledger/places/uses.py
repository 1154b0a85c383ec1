"""Every use of a place name in a set of events, in reading order.

A use is a mention that names a place, or a name that a mention leans on: the whole that it is part of, the
places that locate it.  What does not belong here: which uses are one place (``identity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from frontledger.model import Event, PlaceRef
from frontledger.places.names import Name, class_of, is_generic, may_describe, read_name

__all__ = ["Use", "gather", "listings", "use_of"]


class Use(msgspec.Struct, frozen=True):
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
        return class_of(self.read.type), class_of(self.type)

    @property
    def leans(self) -> bool:
        """Whether it says what it is part of or lies by."""
        return bool(self.anchors or self.part_of)

    @property
    def said(self) -> str | None:
        """The type that the text gives, or else, or if that is vague, the one that the name implies."""
        return self.type if class_of(self.type) else self.read.type or self.type

    @property
    def kind(self) -> str | None:
        """The class of a described place; vague types ("the area of X") are classes of their own here."""
        return class_of(self.said) or self.said

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


def use_of(account: str, ref: PlaceRef) -> Use | None:
    """The use that ``ref`` is; None for an unnamed object."""
    if ref.name is None:
        return None
    name = read_name(ref.name)
    leans = [read_name(lean) for lean in (ref.part_of, *ref.anchors) if lean]
    return Use(
        account=account,
        start=ref.start,
        end=ref.end,
        name=ref.name,
        type=ref.type,
        part_of=ref.part_of,
        anchors=ref.anchors,
        described=is_generic(name, ref.type, leans) or (ref.generic and may_describe(name, ref.type)),
    )


def gather(events: Iterable[Event]) -> list[Use]:
    """All uses, each once (two events may share a mention), in reading order."""
    found: set[Use] = set()
    for event in events:
        for ref in event.places:
            use = use_of(event.account, ref)
            if use:
                found.add(use)
            found.update(
                Use(account=event.account, start=ref.start, end=ref.end, name=name, leaned_on=True)
                for name in (ref.part_of, *ref.anchors)
                if name
            )
    return sorted(found, key=lambda use: use.order)


def listings(events: Sequence[Event]) -> dict[str, set[int]]:
    """For each name the events that list it as an object: whoever lists two names means two places."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, event in enumerate(events):
        for ref in event.places:
            if ref.name and ref.role == "object":
                found[ref.name].add(number)
    return dict(found)
