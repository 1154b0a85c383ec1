"""What the text says about where places lie from one another: "4 km west of A", "A városától északra".

Read from the sentences themselves, beside the events: a telling is a distance, a direction, or both, counted
from a named place (the anchor).  What belongs here: finding them and what they are about.  What does not:
locating anything by them (``relations``), or checking them (``ledger``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from frontledger.languages.relationwords import RelationWords, relation_words
from frontledger.model import Account, Telling

__all__ = ["Named", "tellings"]

_NEAR = 70
"""Characters within which subject, distance and anchor stand."""
_FAR = 120
"""Characters within which a distance names what it counts from, in a language that may put it last."""
_CAPITALS = r"[^\W\d_a-zà-ÿ][\w’'-]*(?:[ -][^\W\d_a-zà-ÿ][\w’'-]*)*"
_WORDS = 4
"""Words that may stand between the anchor's name and the ending that says "from"."""


class Named(msgspec.Struct, frozen=True):
    """A place named in the text at a position; ``subject``: an event is about it."""

    start: int
    end: int
    place: str
    subject: bool = False


class _Found(msgspec.Struct):
    """A distance or direction in words, before it is known what it counts from."""

    start: int
    end: int
    km: float | None
    degrees: float | None


class _Reader:
    """The patterns of one language, compiled once."""

    def __init__(self, words: RelationWords) -> None:
        self.words = words
        spoken = "|".join(_longest(words.numbers))
        units = "|".join(_longest(words.units))
        ways = "|".join(_longest(words.directions))
        number = rf"(?P<number>\d+(?:[.,]\d+)?{'|(?:' + spoken + ')' if spoken else ''})"
        self.distance = re.compile(
            rf"(?<![\w.,]){number}[\s-]*(?P<unit>{units})(?![²³\d])\w*(?:-\w+)?", re.IGNORECASE
        )
        self.direction = re.compile(rf"\b(?P<way>{ways})\b", re.IGNORECASE)
        self.side = re.compile(rf"\b(?P<side>{'|'.join(_longest(words.sides))})\b", re.IGNORECASE)
        self.link = re.compile(
            rf"^(?:\W*\b(?:to|the)\b)*\W*\b(?:{'|'.join(_longest(words.links))})\b", re.IGNORECASE
        )
        self.ending = re.compile(rf"\w(?:{'|'.join(_longest(words.endings))})\b", re.IGNORECASE)
        self.ways = _least(words.directions)
        self.units = _least(words.units)

    def found(self, text: str, start: int, end: int) -> list[_Found]:
        """Distances with their directions, then directions alone, between two offsets."""
        out: list[_Found] = []
        said = text[
            start:end
        ].casefold()  # most sentences have neither: two patterns that begin anywhere are spared
        ways, units = any(map(said.__contains__, self.ways)), any(map(said.__contains__, self.units))
        for match in self.distance.finditer(text, start, end) if units else ():
            km = self._number(match["number"]) * self.words.units[match["unit"].lower()]
            way = self.direction.search(text, match.end(), min(end, match.end() + 25))
            out.append(_Found(match.start(), way.end() if way else match.end(), km, self._degrees(way)))
        for way in self.direction.finditer(text, start, end) if ways else ():
            if not any(one.start <= way.start() < one.end for one in out):
                out.append(_Found(way.start(), way.end(), None, self._degrees(way)))
        return sorted(out, key=lambda one: one.start)

    def _number(self, said: str) -> float:
        known = self.words.numbers.get(said.lower())
        return known if known is not None else float(said.replace(",", "."))

    def _degrees(self, way: re.Match[str] | None) -> float | None:
        return None if way is None else self.words.directions[way["way"].lower()]

    def anchor(self, text: str, found: _Found, named: Sequence[Named], start: int, end: int) -> Named | None:
        """The place that it counts from; may add the side of it that the text names."""
        if self.words.anchor == "last":
            return self._behind(text, found, named, end)
        return self._before(text, found, named, start) or self._at_a_distance(text, found, named, end)

    def _behind(self, text: str, found: _Found, named: Sequence[Named], end: int) -> Named | None:
        link = self.link.match(text[found.end : end])
        if not link:
            return None
        behind = [one for one in named if found.end <= one.start < found.end + _NEAR]
        anchor = min(behind, key=lambda one: (one.start, -one.end), default=None)
        if anchor is None or re.search(r"[.;:]", text[found.end : anchor.start]):
            return None
        between = text[found.end + link.end() : anchor.start]
        if found.km is None and len(between.split()) > _WORDS:
            return None
        self._add_side(found, between)
        return anchor

    def _before(self, text: str, found: _Found, named: Sequence[Named], start: int) -> Named | None:
        before = [one for one in named if start <= one.start < found.start and found.start - one.end < _NEAR]
        anchor = max(before, key=lambda one: (one.start, one.end), default=None)
        if anchor is None:
            return None
        group = text[anchor.start : found.start]
        rest = text[anchor.end : found.start]
        if not self.ending.search(group) or len(rest.split()) > _WORDS or re.search(r"[.;:,]", rest):
            return None
        return anchor

    def _at_a_distance(self, text: str, found: _Found, named: Sequence[Named], end: int) -> Named | None:
        """As in "4 km választotta el őket Palmüra nyugati kapuitól": the ending may be on a later word."""
        if found.km is None:
            return None
        for anchor in sorted(named, key=lambda one: (one.start, -one.end)):
            if not found.end <= anchor.start < min(end, found.end + _NEAR):
                continue
            group = re.match(rf"\w*(?:\s+\w+){{0,{_WORDS}}}", text[anchor.end : end])
            whole = text[anchor.start : anchor.end + (group.end() if group else 0)]
            ending = self.ending.search(whole)
            if ending:
                self._add_side(found, whole[: ending.end()])
                return anchor
            return None
        return None

    def stranger(self, text: str, found: _Found, end: int) -> tuple[int, int] | None:
        """Where the text names what a distance counts from, when that is no place of any event."""
        if found.km is None:
            return None
        rest = text[found.end : end]
        if self.words.anchor == "last":
            link = self.link.match(rest)
            name = link and re.compile(rf"\W*(?:\w+\W+){{0,3}}?(?P<name>{_CAPITALS})").match(rest, link.end())
        else:
            endings = "|".join(_longest(self.words.endings))
            name = re.search(
                rf"(?P<name>(?:{_CAPITALS} )?[^\W\d_a-zà-ÿ][\w’'-]*(?:{endings}))\b", rest[:_FAR]
            )
        if not name or re.search(r"[.;:]", rest[: name.start()]):
            return None
        return found.end + name.start("name"), found.end + name.end("name")

    def _add_side(self, found: _Found, words: str) -> None:
        side = self.side.search(words)
        if found.km is not None and found.degrees is None and side:
            found.degrees = self.words.sides[side["side"].lower()]

    def subjects(self, text: str, found: _Found, anchor: Named, named: Sequence[Named]) -> list[Named]:
        """What lies there: the nearest place that an event is about; all of the clause before where none is near."""
        others = [one for one in named if one.subject and one.place != anchor.place]
        if self.words.anchor == "first" and anchor.start < found.start:
            behind = [one for one in others if 0 <= one.start - found.end < _NEAR]
            return sorted(behind, key=lambda one: one.start)[:1]
        before = [one for one in others if one.end <= min(found.start, anchor.start)]
        if self.words.anchor == "first":
            return before
        near = [one for one in before if found.start - one.end < _NEAR // 2]
        near = [one for one in near if not re.search(r"[.;:]", text[one.end : found.start])]
        return sorted(near, key=lambda one: one.end)[-1:]


def tellings(account: Account, sentences: Iterable[tuple[int, int]], named: Sequence[Named]) -> list[Telling]:
    """Every distance and direction between places of ``account``; ``named`` may hold a place many times.

    Nothing for a language without ``relations.toml``.
    """
    reader = _reader(account.lang)
    if reader is None:
        return []
    told = []
    for start, end in sentences:
        found = reader.found(account.text, start, end)
        if not found:
            continue
        here = [one for one in named if start <= one.start < end]
        used: set[int] = set()
        for one in found:
            free = [other for other in here if other.start not in used]
            anchor = reader.anchor(account.text, one, free, start, end)
            if anchor is None:
                stranger = reader.stranger(account.text, one, end)
                if stranger is None:
                    continue
                anchor = Named(*stranger, place="")
            used.add(anchor.start)
            subjects = reader.subjects(account.text, one, anchor, here)
            first, last = min(one.start, anchor.start), max(one.end, anchor.end)
            behind = anchor.start > one.start and reader.words.anchor == "first"
            told.append(
                Telling(
                    account=account.id,
                    start=first,
                    end=last,
                    text=" ".join(account.text[first:last].split()),
                    anchor=anchor.place or None,
                    anchor_name=None if anchor.place else account.text[anchor.start : anchor.end],
                    subjects=tuple(dict.fromkeys(subject.place for subject in subjects)),
                    km=one.km,
                    degrees=one.degrees,
                    loose=len(subjects) > 1 or behind,
                )
            )
    return told


@cache
def _reader(lang: str | None) -> _Reader | None:
    words = relation_words(lang)
    return _Reader(words) if words else None


def _least(words: Iterable[str]) -> list[str]:
    """The shortest parts that some of ``words`` begin with, so that whatever holds one of these holds such a part."""
    least: list[str] = []
    for word in sorted({word.casefold() for word in words}, key=lambda word: (len(word), word)):
        if not any(part in word for part in least):
            least.append(word)
    return least


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(map(re.escape, words), key=len, reverse=True) or [r"(?!)"]
