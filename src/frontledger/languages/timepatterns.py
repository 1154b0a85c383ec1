"""Patterns over token classes, compiled to regular expressions over tag strings (one character a token).

A pattern is a regular expression whose letters are class names::

    {day} to {day month year?}      two mentions; what one lacks it takes from the other
    'in' year (?! counted)          a quoted word stands for itself; look-arounds see neighbours
    day=ordinal month               the field's name where it differs from the class's

Braces mark mentions; without them the whole match is one.  Classes with values become fields of the mention
that they stand in; those outside any brace belong to every mention.  What does not belong here: words, and
what a rule means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from frontledger.errors import PackError

__all__ = ["Pattern", "PatternCompiler", "Slot", "quoted"]

ITEM = re.compile(
    r"(?P<literal>'(?:[^'\s]+|')')|(?:(?P<field>[a-z_]+)=)?(?P<kind>[a-z_]+)|(?P<mark>\(\?<?[!=]|[(){}|?*+])"
)

PHRASE = re.compile(r"@([a-z_]+)")
LONGEST = 20_000
"""A pattern that grows beyond this has a phrase that uses itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A regular-expression group that captures a field of mention ``mention`` (-1: of all)."""

    group: int
    mention: int
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; ``first`` holds the tags that a match can start with."""

    regex: re.Pattern[str]
    first: frozenset[str]
    mentions: tuple[int, ...]
    """The groups that span the mentions; (0,) when the whole match is the one mention."""
    slots: tuple[Slot, ...]

    def groups(self, match: re.Match[str]) -> tuple[int, ...]:
        """Starts and ends of the mentions, then the position of every slot (-1: not filled)."""
        spans = [edge for group in self.mentions for edge in match.span(group)]
        return (*spans, *(match.start(slot.group) for slot in self.slots))


def quoted(pattern: str) -> list[str]:
    """The words that a pattern quotes."""
    return [match["literal"][1:-1] for match in ITEM.finditer(pattern) if match["literal"]]


def expand(pattern: str, phrases: dict[str, str]) -> str:
    """``@name`` replaced by the phrase of that name; phrases may use phrases."""
    while "@" in pattern:
        pattern, before = (
            PHRASE.sub(lambda match: f"({phrases[match[1]]})" if match[1] in phrases else match[0], pattern),
            pattern,
        )
        if len(pattern) > LONGEST or pattern == before:
            break
    return pattern


@dataclass(slots=True)
class _Part:
    """A piece of a pattern: its source, the tags it may start with, whether it may match nothing."""

    source: str
    first: set[str]
    empty: bool


@dataclass(slots=True)
class PatternCompiler:
    """Compiles the patterns of one pack.  ``members`` are the tags of each class, ``captured`` the classes that
    become fields, ``where`` names the file in errors.
    """

    where: str
    members: dict[str, str]
    captured: frozenset[str]
    items: list[re.Match[str]] = field(default_factory=list)
    at: int = 0
    groups: int = 0
    inside: int = -1
    looking: int = 0
    slots: list[Slot] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)

    def compile(self, name: str, source: str) -> Pattern:
        """The pattern of rule ``name``.  Raises :class:`PackError`."""
        self.at, self.groups, self.inside, self.looking, self.slots, self.mentions = 0, 0, -1, 0, [], []
        self.items = list(ITEM.finditer(source))
        if ITEM.sub("", source).strip():
            raise PackError(
                f"{self.where}: rule {name}: cannot read {ITEM.sub('', source).strip()!r} in its pattern"
            )
        try:
            whole = self._whole()
            regex = re.compile(whole.source)
        except (PackError, re.error) as error:
            raise PackError(f"{self.where}: rule {name}: {error}") from None
        if whole.empty:
            raise PackError(f"{self.where}: rule {name}: the pattern can match nothing at all")
        return Pattern(regex, frozenset(whole.first), tuple(self.mentions) or (0,), tuple(self.slots))

    def _peek(self) -> str:
        return self.items[self.at].group() if self.at < len(self.items) else ""

    def _whole(self) -> _Part:
        whole = self._alternatives()
        if self.at < len(self.items):
            raise PackError(f"unexpected {self._peek()!r}")
        return whole

    def _alternatives(self) -> _Part:
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        first = set().union(*(part.first for part in parts))
        return _Part("|".join(part.source for part in parts), first, any(part.empty for part in parts))

    def _sequence(self) -> _Part:
        whole = _Part("", set(), empty=True)
        while self._peek() not in ("", "|", ")", "}"):
            part = self._repeated()
            if whole.empty:
                whole.first |= part.first
            whole.empty &= part.empty
            whole.source += part.source
        return whole

    def _repeated(self) -> _Part:
        part = self._single()
        mark = self._peek()
        if mark in ("?", "*", "+") and mark:
            self.at += 1
            part = _Part(part.source + mark, part.first, part.empty or mark != "+")
        return part

    def _single(self) -> _Part:
        item = self.items[self.at]
        self.at += 1
        if item["mark"] is None:
            return self._tags(item)
        mark = item["mark"]
        if mark == "{":
            self.groups += 1
            self.mentions.append(self.groups)
            self.inside = len(self.mentions) - 1
            part = self._closed("}")
            self.inside = -1
            return _Part(f"({part.source})", part.first, part.empty)
        if mark == "(":
            part = self._closed(")")
            return _Part(f"(?:{part.source})", part.first, part.empty)
        if mark.startswith("(?"):
            self.looking += 1
            around = self._closed(")")
            self.looking -= 1
            return _Part(f"{mark}{around.source})", set(), empty=True)
        raise PackError(f"unexpected {mark!r}")

    def _closed(self, closing: str) -> _Part:
        part = self._alternatives()
        if self._peek() != closing:
            raise PackError(f"no {closing!r}")
        self.at += 1
        return part

    def _tags(self, item: re.Match[str]) -> _Part:
        kind = item["kind"] or item["literal"]
        tags = self.members.get(kind)
        if not tags:
            raise PackError(f"no class {kind!r}")
        if kind not in self.captured or self.looking:
            return _Part(f"[{tags}]", set(tags), empty=False)
        self.groups += 1
        self.slots.append(Slot(self.groups, self.inside, item["field"] or kind, kind))
        return _Part(f"([{tags}])", set(tags), empty=False)


def tags_by_class(tags: dict[frozenset[str], str]) -> dict[str, str]:
    """The tags of every class, as one string each."""
    members: dict[str, list[str]] = {}
    for kinds, tag in tags.items():
        for kind in kinds:
            members.setdefault(kind, []).append(tag)
    return {kind: "".join(found) for kind, found in members.items()}


def by_first(patterns: Iterable[Pattern]) -> dict[str, list[int]]:
    """Numbers of the patterns that can start with each tag, in order."""
    starts: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        for tag in pattern.first:
            starts.setdefault(tag, []).append(number)
    return starts
