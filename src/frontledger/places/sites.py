"""A place in the making: the uses gathered under it so far, and the record that they make.

What belongs here: counting names and types, joining two sites, writing the :class:`Place`.  What does not:
deciding which use goes to which site (``named``, ``described``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from frontledger.model import Place
from frontledger.places.names import NAMED_AFTER_TOWNS, class_of, compatible, read_name
from frontledger.places.sounds import slug
from frontledger.places.uses import Use

__all__ = ["Site", "Trait", "give_ids"]

Trait = tuple[str | None, str | None]
"""Class of the class word in a name, class of the type given to it."""


class Site:
    """One place while uses are still being assigned; compared by identity."""

    def __init__(self, known: Place | None = None) -> None:
        self.known = known
        self.stem: Callable[[], str] | None = None
        """What the id is made from, if not from the name; asked when the places that it leans on have theirs."""
        self.id = known.id if known else ""
        self.taken: list[Use] = []
        self._sealed = 0
        """How many of them are in order."""
        self.counts: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.doubtful: list[str] = []
        """Names taken for misspellings of this place on circumstantial evidence; not among its names."""
        self.accounts: set[str] = set()
        self.traits: set[Trait] = set()
        self.described_as: str | None = None
        """The type by which a place without a name of its own was found."""
        self.whole: Site | None = None
        self.anchors: list[Site] = []
        self.in_own_right = False
        """Whether some use names it for itself, not only to locate another."""
        self.first: tuple[object, ...] = ()
        if known:
            kind = class_of(known.type)
            self.traits.update((class_of(read_name(name).type), kind) for name in self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """All names: those of the known place, then the others in reading order."""
        old = (*self.known.names, *([self.known.name] if self.known.name else [])) if self.known else ()
        return tuple(dict.fromkeys((*old, *self.counts)))

    @property
    def name(self) -> str | None:
        """The main name: that of the known place, else the commonest, else the first."""
        if self.known and self.known.name:
            return self.known.name
        return max(self.counts, key=self.counts.__getitem__, default=None)

    @property
    def shown(self) -> str | None:
        """The main name with the ends of a composite under their own main names: not "Madin–Sadad checkpoint"."""
        name = self.name
        if name is None or (self.known and self.known.name) or len(self.anchors) < 2:
            return name
        ends = next((use.anchors for use in self.taken if use.name == name and use.anchors), ())
        for end in ends:
            anchor = next((site for site in self.anchors if end in (*site.names, *site.doubtful)), None)
            if anchor and anchor.name:
                main = anchor.name.replace("\\", r"\\")
                name = re.sub(rf"\b{re.escape(end)}\b", main, name)
        return name

    @property
    def uses(self) -> int:
        """How often it is named; a known place that no text names here still counts as established."""
        return len(self.taken) or (2 if self.known else 0)

    def take(self, use: Use) -> None:
        """Add ``use``."""
        self.take_all([use], use.trait)

    def take_all(self, uses: Sequence[Use], trait: Trait | None) -> None:
        """Add uses of one name, in reading order; ``trait`` is the class of all of them, None where it does not bind."""
        first = uses[0]
        self.taken += uses
        self.counts[first.name] += len(uses)
        order = first.order
        if not self.first or order < self.first:
            self.first = order
        for use in uses:
            self.accounts.add(use.account)
            self.in_own_right |= not use.leaned_on
        if trait is not None:
            self.traits.add(trait)

    def seal(self) -> None:
        """Bring names and types into reading order, whatever the order in which uses were taken."""
        if self._sealed == len(self.taken):
            return
        self.taken.sort(key=lambda use: use.order)
        self.counts = Counter([use.name for use in self.taken])
        self.types = Counter([use.type for use in self.taken if use.type])
        self._sealed = len(self.taken)

    def fits(self, trait: Trait) -> bool:
        """Whether a use of this class may be this place."""
        return all(compatible(trait, own) for own in self.traits)

    @property
    def province(self) -> bool:
        """Whether it is one of those that are called by the name of their chief town."""
        said = {use.type for use in self.taken} | {self.known.type if self.known else None}
        return not said.isdisjoint(NAMED_AFTER_TOWNS)

    def introduced(self, use: Use) -> bool:
        """Whether the account has named it with its class word before it comes to ``use``."""
        return any(
            told.account == use.account and told.order < use.order and told.read.type for told in self.taken
        )

    def lean_on(self, anchors: Iterable[Site]) -> None:
        """Note the places that locate it."""
        for anchor in anchors:
            if anchor is not self and anchor not in self.anchors:
                self.anchors.append(anchor)

    def kind(self) -> str | None:
        """The commonest type that the texts give, else the one that its names imply."""
        if self.known and self.known.type:
            return self.known.type
        if self.described_as:
            return self.described_as
        said = [kind for kind in self.types if class_of(kind)]
        implied = (read_name(name).type for name in self.names)
        return max(
            said,
            key=self.types.__getitem__,
            default=next((kind for kind in implied if kind), next(iter(self.types), None)),
        )

    def place(self) -> Place:
        """The record; ids of this and all related sites must have been given."""
        old = self.known or Place(id=self.id, name=self.name)
        listed = set(old.names) | ({old.name} if self.known else set())
        shown = self.shown
        names = (*([shown] if shown and shown not in self.counts else []), *self.counts)
        anchors = (*old.anchors, *(site.id for site in self.anchors))
        return msgspec.structs.replace(
            old,
            name=shown,
            names=(*old.names, *(name for name in names if name not in listed)),
            type=self.kind(),
            part_of=old.part_of or (self.whole.id if self.whole else None),
            anchors=tuple(dict.fromkeys(anchors)),
        )


def give_ids(sites: Iterable[Site]) -> None:
    """A unique slug for every site that has none, in the given order; ids once given never change.

    What others lean on gets its id first, since theirs are made from it.
    """
    waiting = list(sites)
    taken = {site.id for site in waiting if site.id}
    begun: set[Site] = set()

    def give(site: Site) -> None:
        if site.id or site in begun:
            return
        begun.add(site)
        for lean in (*([site.whole] if site.whole else []), *site.anchors):
            give(lean)
        stem = site.stem() if site.stem else site.name or ""
        base = slug(stem) or "place-" + hashlib.sha256(stem.encode()).hexdigest()[:8]
        site.id, number = base, 1
        while site.id in taken:
            number += 1
            site.id = f"{base}-{number}"
        taken.add(site.id)

    for site in waiting:
        give(site)
