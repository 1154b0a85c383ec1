"""What a descriptive name says, over all of its uses: where the place lies that it describes.

A name that tells it ("Mahini Raktár": the depot at Mahin) means one place wherever it is used; one that does
not ("the Great Depot") means what the same account says of it elsewhere.  What belongs here: reading a name
in the light of its other uses.  What does not: which place that is (``described``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from frontledger.places.matching import NameIndex
from frontledger.places.names import SAME, derivation, is_generic, is_same, may_describe, read_name
from frontledger.places.uses import Use

__all__ = ["Descriptions"]


class Descriptions:
    """Which uses describe a place instead of naming it, and by what they are found."""

    def __init__(self, uses: Iterable[Use]) -> None:
        """``uses`` must be in reading order."""
        uses = list(uses)
        self.leaders: dict[tuple[str, str], Use] = _leaders(uses)
        self._by_name = {**_between(uses), **_telling(uses)}
        for use in uses:
            told = self._by_name.get((use.name, use.kind))
            if told:
                self.leaders[use.account, use.name] = told

    def of(self, use: Use) -> Use | None:
        """The use that best says what ``use`` describes, perhaps itself; None for a name of its own."""
        told = self._by_name.get((use.name, use.kind))
        if told or (use.described and use.leans):
            return told or use
        leader = self.leaders.get((use.account, use.name))
        return leader if leader and (use.type is None or use.kind == leader.kind) else None


def _leaders(uses: Iterable[Use]) -> dict[tuple[str, str], Use]:
    """For each descriptive name of an account the first use that says what it lies by, or else the first."""
    found: dict[tuple[str, str], Use] = {}
    for use in uses:
        before = found.get((use.account, use.name))
        if use.described and (before is None or (use.leans and not before.leans)):
            found[use.account, use.name] = use
    return found


def _between(uses: Iterable[Use]) -> dict[tuple[str, str | None], Use]:
    """For each name made of a class word and the names of two places of its account, a use that leans on them."""
    named: dict[str, NameIndex[str]] = {}
    composites: dict[tuple[str, str | None], Use] = {}
    others: list[Use] = []
    for use in uses:
        read = use.read
        if read.type and len(read.core) == 2 and not (use.leans or is_generic(read, use.said)):
            if may_describe(read, use.said):
                composites.setdefault((use.name, use.kind), use)
                named.setdefault(use.account, NameIndex())
        elif not use.described and not read.type:  # the mountain Maheen is no end of a road to Mahin
            others.append(use)
    for use in others if named else ():
        if use.account in named:
            named[use.account].add(use.read, use.name)
    found = {}
    for key, use in composites.items():
        ends = [_called(word, named[use.account]) for word in use.read.core]
        if all(ends) and ends[0] != ends[1]:
            found[key] = msgspec.structs.replace(use, anchors=tuple(filter(None, ends)), described=True)
    return found


def _called(word: str, named: NameIndex[str]) -> str | None:
    """The name that sounds most like ``word``, if that is the same."""
    name = read_name(word)
    alike = [(-how, surface) for how, other, surface in named.near(name, SAME) if is_same(name, other, how)]
    return min(alike)[1] if alike else None


def _telling(uses: Iterable[Use]) -> Mapping[tuple[str, str | None], Use]:
    """For each name that tells what it leans on, by its kind, a use that leans on just that.

    Mentions of one name may give different neighbours ("the Mahini depot near Sadad"); those that the name
    itself is made from count.
    """
    leaning: dict[tuple[str, str | None], list[Use]] = defaultdict(list)
    for use in uses:
        if use.leans and use.read.type and not is_generic(use.read, use.said):
            leaning[use.name, use.kind].append(use)
    found = {}
    for key, told in leaning.items():
        described = next((use for use in told if use.described), None)
        meant = _spelt_out(told) or described
        if meant:
            found[key] = meant
    return found


def _spelt_out(told: list[Use]) -> Use | None:
    """The use that ``told``, all of one name, make together, if the name is made from what they lean on."""
    first = told[0]
    wholes = list(dict.fromkeys(use.part_of for use in told if use.part_of))
    anchors = list(dict.fromkeys(name for use in told for name in use.anchors))
    meant = _meant(first, [*wholes, *anchors])
    if not meant or not is_generic(first.read, first.said, [read_name(name) for name in meant]):
        return None
    whole = next((name for name in wholes if name in meant), None)
    beside = tuple(name for name in anchors if name in meant and name != whole)
    return msgspec.structs.replace(first, part_of=whole, anchors=beside, described=True)


def _meant(use: Use, leans: Iterable[str]) -> set[str]:
    """For each word of the name that of ``leans`` from which it seems to be made."""
    found = set()
    for word in (*use.read.core, *use.read.carriers):
        best = max(leans, key=lambda lean: derivation(word, read_name(lean)), default=None)
        if best is not None and derivation(word, read_name(best)):
            found.add(best)
    return found
