"""Strip case endings off names that no dictionary holds.

"Mahint", "Mahinnal", "Mahinra" and "Mahin" vote for one base; "Palmüra" does not become Palmü-ra because
"Palmürai" votes for Palmüra.  Strong endings (-tól, -nál …) need no evidence, weak ones (-t, -n, -on, -ra)
need a vote or a clause that wants the case, and are handed on as `maybe`.

What belongs here: reading one account's names.  What does not: whether a name is a place or a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from frontledger.languages.pack import Pack

__all__ = ["NameReading", "read_names"]


class NameReading(msgspec.Struct, frozen=True, gc=False):
    """A surface as base and case.  ``maybe`` is a second reading (base, case) that only a clause can choose."""

    base: str
    case: str
    maybe: tuple[str, str] | None = None


def read_names(surfaces: Iterable[str], pack: Pack) -> dict[str, NameReading]:
    """The reading of every capitalised surface of an account; linear in their number."""
    candidates: dict[str, list[tuple[str, str, bool]]] = {}
    votes: dict[str, set[str]] = defaultdict(set)
    for surface in surfaces:
        if surface not in candidates:
            whole = surface in pack.names.pack.whole_names
            found = [(surface, "nom", False), *(() if whole else _strip(surface, pack))]
            candidates[surface] = found
            for base, case, _strong in found:
                if case != "nom" or len(found) == 1:
                    votes[base].add(surface)
    for surface in candidates:  # the bare name is the best evidence there is
        if surface in votes:
            votes[surface].add(surface)
    doubtful = pack.names.pack.doubtful
    readings = {surface: _choose(surface, found, votes) for surface, found in candidates.items()}
    for surface, reading in readings.items() if doubtful else ():
        alone = not votes[surface] - {surface}  # no "Lipótért" beside "Lipót"
        if alone and reading.maybe is not None and surface.endswith("t") and surface[-2:-1] in doubtful:
            reading = readings[surface] = NameReading(*reading.maybe)  # noqa: PLW2901
        short = reading.base[:-1] + doubtful.get(reading.base[-1:], "")
        if reading.case != "nom" and len(short) == len(reading.base) and short in candidates:
            readings[surface] = NameReading(short, reading.case)  # "Vukovót" beside "Vukovo"
    return readings


def _choose(surface: str, found: list[tuple[str, str, bool]], votes: dict[str, set[str]]) -> NameReading:
    best = NameReading(surface, "nom")
    if len(found) == 1:
        return best
    own = len(votes.get(surface, ()))
    top = 0.0
    maybe: tuple[str, str] | None = None
    for base, case, strong in found[1:]:
        others = len(votes[base] - {surface})
        score = others + (1.5 if strong else 0)
        if score > top and (score > own - 1 or strong):
            top, best = score, NameReading(base, case)
        elif maybe is None and not strong:
            maybe = (base, case)
    if best.case == "nom" and maybe:
        return NameReading(surface, "nom", maybe)
    return best


def _strip(surface: str, pack: Pack) -> list[tuple[str, str, bool]]:
    """(base, case, strong) for every ending that fits, longest first."""
    stem, hyphen, tail = surface.rpartition("-")
    if hyphen and stem and tail.islower():  # ISIL-től, Homs-i: the hyphen says where the name ends
        low = tail
        for ending, case, _strong, assimilating in pack.endings:
            if low == ending or (assimilating and low[1:] == ending and low[:1] == stem[-1:].lower()):
                return [(stem, case, True)]
    found: list[tuple[str, str, bool]] = []
    low = surface.lower()
    table = pack.names.pack
    for ending, case, strong, assimilating in pack.endings:
        if not low.endswith(ending) or len(surface) - len(ending) < 3:
            continue
        base = surface[: -len(ending)]
        if assimilating:
            base = _unassimilated(base)
            if not base:
                continue
        if not _harmonic(base, ending, table.vowels):
            continue
        last = base[-1]
        if last in table.lengthened and len(base) > 2:
            found.append((base[:-1] + table.lengthened[last], case, strong or ending == "t"))
            if not strong:
                continue
        elif last in "aeö" and ending[0] not in "aeoöi":
            continue  # a short final vowel would have been lengthened: no Hungarian ending
        found.append((base, case, strong))
    return found


def _unassimilated(base: str) -> str:
    """Mahinn(al) → Mahin, Homssz(al) → Homsz; nothing where no consonant is doubled."""
    if len(base) > 3 and base[-1] == base[-2]:
        return base[:-1]
    for digraph in ("sz", "zs", "cs", "gy", "ny", "ty", "ly", "dz", "sh", "kh", "th", "gh"):
        if base.endswith(digraph[0] + digraph):
            return base[: -len(digraph) - 1] + digraph
    return ""


_BACK, _FRONT = set("aáoóuú"), set("eéiíöőüűy")


def _harmonic(base: str, ending: str, vowels: str) -> bool:
    """Whether the ending's vowels may follow the base's: back endings never follow a purely front base
    and front ones never a base whose last two vowels are back.
    """
    own = [c for c in ending if c in vowels]
    if not own or ending in {"i", "ig", "ért", "ként", "t", "n"}:
        return True
    said = [c for c in base.lower() if c in vowels]
    if not said:
        return True
    back = any(c in _BACK for c in own)
    if back:
        return any(c in _BACK for c in said) or said[-1] in "iíeé"
    return said[-1] in _FRONT
