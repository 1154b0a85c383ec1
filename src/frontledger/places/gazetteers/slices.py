"""A slice of a gazetteer laid out for searching: a country, or a file of the user's.

Names are found by their key (what is left without articles, class words and marks) and by their sound: filed
under the coarse consonants of their readings, so that a name that sounds alike is met without comparing it
with all.  What belongs here: layout and search.  What does not: which of several places is meant
(``choosing``), or how alike names are (``names``).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from frontledger.places.gazetteers.drawers import Drawers, Rolls, in_drawers, in_rolls
from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.names import SAME, Name, class_of, is_same, read_name, similarity, spoken
from frontledger.places.sounds import skeleton

__all__ = ["ASK", "Match", "Slice", "compiled", "key_of"]

ASK = 0.86
"""From here on a name may be meant; from :data:`~frontledger.places.names.SAME` on it is."""
_ALPHABET = "ktblmnr"
"""What a skeleton of Latin, Cyrillic or Greek letters is made of (``sounds.skeleton``)."""
_LOOSE = 0.5
"""Sounds that must agree as they stand before any are weighed."""
_WEIGHED = 6
"""How many of them are weighed: the right one is hardly ever further down."""


class Match(msgspec.Struct, frozen=True):
    """A place of a gazetteer under one of its names; ``alike`` is 1 where only unimportant letters differ."""

    entry: Entry
    name: str
    alike: float
    source: Source


class _Stored(msgspec.Struct, array_like=True):
    """What is kept in the cache: tables in parts (``drawers``), so that a country costs what is asked of it."""

    source: Source
    places: int
    entries: list[bytes]
    names: int
    surfaces: list[bytes]
    """Surface, and the numbers of the entries that bear it."""
    keys: list[bytes]
    """Key of a name → numbers of surfaces."""
    bones: list[bytes]
    """Skeleton → numbers of surfaces, and beside each its sounds."""


class Slice:
    """The places of one country or file, searchable."""

    def __init__(self, stored: _Stored) -> None:
        self._stored = stored
        self.source = stored.source
        self.entries: Sequence[Entry] = Rolls(stored.entries, stored.places, list[Entry])
        self._surfaces = Rolls(stored.surfaces, stored.names, list[tuple[str, list[int]]])
        self._keys = Drawers(stored.keys, dict[str, list[int]])
        self._bones = Drawers(stored.bones, dict[str, tuple[list[int], list[str]]])

    @classmethod
    def decode(cls, content: bytes) -> Slice:
        """The slice of its encoding; raises :class:`msgspec.DecodeError` (a ``ValueError``) for anything else."""
        if zlib.crc32(content[_SUM:]).to_bytes(_SUM, "big") != content[:_SUM]:
            raise msgspec.DecodeError(
                "its checksum is wrong"
            )  # parts are decoded later, where nobody expects damage
        return cls(_DECODER.decode(content[_SUM:]))

    def encode(self) -> bytes:
        """As bytes for a file, a checksum in front."""
        content = msgspec.msgpack.encode(self._stored)
        return zlib.crc32(content).to_bytes(_SUM, "big") + content

    def exact(self, name: Name) -> list[Match]:
        """Places with a name that has the same key; each once."""
        found: dict[int, Match] = {}
        for number in self._keys.get(key_of(name)) or ():
            for owner, match in self._owners(number, 1.0):
                found.setdefault(owner, match)
        return list(found.values())

    def alike(self, name: Name, floor: float = SAME) -> list[Match]:
        """Places with a name at least ``floor`` alike in sound, the likest first, each once."""
        found: dict[int, Match] = {}
        for number in self._candidates(name):
            other = read_name(self._surfaces[number][0])
            alike = similarity(name, other, floor)
            if alike < floor or (floor >= SAME and not is_same(name, other, alike)):
                continue
            for owner, match in self._owners(number, alike):
                before = found.get(owner)
                if before is None or before.alike < alike:
                    found[owner] = match
        return sorted(found.values(), key=lambda match: -match.alike)

    def _owners(self, number: int, alike: float) -> Iterator[tuple[int, Match]]:
        surface, owners = self._surfaces[number]
        for owner in owners:
            yield owner, Match(self.entries[owner], surface, alike, self.source)

    def _candidates(self, name: Name) -> list[int]:
        """Numbers of the surfaces nearest in sound, as the letters of their sounds stand."""
        near: dict[int, float] = {}
        for sounds in dict.fromkeys(spoken(name)):
            numbers: list[int] = []
            said: list[str] = []
            for filed, readings in self._bones.among(_probes(skeleton(sounds))):
                numbers += filed
                said += readings
            for _, how, place in extract(
                sounds,
                said,
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_LOOSE,
                limit=_WEIGHED,
            ):
                near[numbers[place]] = max(near.get(numbers[place], 0.0), how)
        return sorted(near, key=lambda number: (-near[number], number))[:_WEIGHED]


_DECODER = msgspec.msgpack.Decoder(_Stored)
_SUM = 4
"""Bytes of the checksum, a CRC-32."""


def key_of(name: Name) -> str:
    """What names that differ only in articles, class words and letters' marks have in common."""
    core, marks = name.key
    return f"{core}|{' '.join(marks)}" if marks else core


@lru_cache(maxsize=1 << 14)
def _probes(bones: str) -> tuple[str, ...]:
    """``bones`` and every skeleton with one consonant more or less."""
    ends = range(len(bones) + 1)
    shorter = (bones[:i] + bones[i + 1 :] for i in ends)
    longer = (bones[:i] + sound + bones[i:] for i in ends for sound in _ALPHABET)
    return tuple(dict.fromkeys((bones, *filter(None, shorter), *longer)))


def compiled(entries: Iterable[Entry], source: Source) -> Slice:
    """Lay out ``entries`` for searching; about 40 µs a name."""
    kept: list[Entry] = []
    surfaces: list[str] = []
    owners: list[list[int]] = []
    keys: dict[str, list[int]] = defaultdict(list)
    bones: dict[str, tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
    numbers: dict[tuple[str, str | None], int] = {}
    for entry in entries:
        for surface in dict.fromkeys((entry.name, *entry.names)):
            if not _is_name(surface):
                continue
            name = read_name(surface)
            key = key_of(name)
            kind = key, class_of(name.type)
            number = numbers.setdefault(kind, len(surfaces))
            if number == len(surfaces):
                surfaces.append(surface)
                owners.append([])
                keys[key].append(number)
                for reading in dict.fromkeys(spoken(name)):
                    drawer = bones[skeleton(reading)]
                    drawer[0].append(number)
                    drawer[1].append(reading)
            if len(kept) not in owners[number]:
                owners[number].append(len(kept))
        kept.append(msgspec.structs.replace(entry, names=()))
    return Slice(
        _Stored(
            source=source,
            places=len(kept),
            entries=in_rolls(kept),
            names=len(surfaces),
            surfaces=in_rolls(list(zip(surfaces, owners, strict=True))),
            keys=in_drawers(keys),
            bones=in_drawers(bones),
        )
    )


def _is_name(surface: str) -> bool:
    """Whether it is a name that an account may use: letters, and none of a script written without spaces.

    Abbreviations of airports and the like ("HQS") are names of nothing else and would match words.
    """
    if len(surface) < 2 or not any(c.isalpha() for c in surface):
        return False
    if len(surface) == 3 and surface.isupper() and surface.isascii():
        return False
    return not any("⺀" <= c <= "鿿" or "가" <= c <= "힣" or "぀" <= c <= "ヿ" for c in surface)
