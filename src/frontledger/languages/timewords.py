"""The compiled reader of a pack's ``dates.toml``, one per language.

What belongs here: the lookup from a token to the one character that stands for its classes, what a word or
number means as a member of a class, and the memory of tag strings.  What does not: the file's schema
(``timetable``), patterns (``timepatterns``), offsets and narratives (``frontledger.mentions``).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from frontledger.errors import PackError
from frontledger.languages.timepatterns import PatternCompiler, by_first, expand, quoted, tags_by_class
from frontledger.languages.timetable import (
    Scalar,
    TimeTable,
    WordClass,
    check_fields,
    time_table,
)

__all__ = ["SPLIT", "UNKNOWN", "DateReader", "date_reader"]

UNKNOWN = "."
"""Stands for a token that no pattern knows."""
SPLIT = "!"
"""Stands for a token that has to be cut first ("mid-September", "year's")."""
REMEMBERED = 100_000
"""Surfaces, and as many tag strings, kept before the memory is emptied: bounds it on endless text."""

NUMERAL = re.compile(r"(\d+)(?:([.,:])(\d+))?((?:[.,:]\d+)*)(.*)", re.DOTALL)
PIECES = re.compile(r"['’]s\b|[-–]|(?:[^-–'’]|['’](?!s\b))+|['’]")
DIGITS = re.compile(r"\d+")
MARKED_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")

MARKED = frozenset({"clock", "clock_at", "decimal", "numeric", "dtg", "dtg_open"})
"""Numbers with inner marks: 10:30, 12,5, 2015.11.05, 120600ZJUN, 120600Z."""
DATE_TIME_GROUP = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[a-z]((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))?"
)


class DateReader(dict[str, str]):
    """Surface to tag character, filled as words are met; and tag string to expressions.

    Both memories are pure functions of the pack, so nothing can leak from one document to the next.
    """

    def __init__(self, code: str, table: TimeTable) -> None:
        super().__init__()
        self.code = code
        self.point = table.point
        self.rules = table.rule
        self.passing_before = frozenset(table.passing_before)
        self.passing_after = frozenset(table.passing_after)
        self.table = table
        self.meanings: dict[str, dict[str, Scalar]] = {}
        self.endings = _ending_names(table)
        self.numerals = table.numerals
        self.cuts = sorted({0} | {n for c in table.numerals.values() for n in (c.least, c.most + 1)})
        self.words: dict[str, set[str]] = {}
        self.capitals = frozenset(name for name, words in table.classes.items() if words.capital)
        for name, words in table.classes.items():
            self._add_class(name, words, table.endings)
        sources = [expand(rule.pattern, table.phrases) for rule in table.rule]
        for literal in {word for source in sources for word in quoted(source)}:
            self.words.setdefault(literal, set()).add(f"'{literal}'")
        self.tags: dict[frozenset[str], str] = {}
        for kinds in self.words.values():
            self._tag(frozenset(kinds))
            self._tag(frozenset(kinds - self.capitals))
        for cell in self._numeral_kinds():
            self._tag(cell)
        self.compounds = self._compounds(table)
        captured = frozenset(self.meanings) | frozenset(table.numerals) | MARKED
        compiler = PatternCompiler(f"languages/{code}/dates.toml", tags_by_class(self.tags), captured)
        self.patterns = [
            compiler.compile(rule.name, source) for rule, source in zip(table.rule, sources, strict=True)
        ]
        for rule, pattern in zip(table.rule, self.patterns, strict=True):
            check_fields(compiler.where, rule, frozenset(slot.field for slot in pattern.slots))
        self.starts = by_first(self.patterns)
        self.read: dict[str, tuple[tuple[int, tuple[int, ...]], ...]] = {}

    def _add_class(self, name: str, words: WordClass, lists: dict[str, list[str]]) -> None:
        values: dict[str, Scalar] = {**dict.fromkeys(words.words, 1), **words.values}
        units = {word: value for word, value in values.items() if isinstance(value, int) and 0 < value < 10}
        for (prefix, tens), (word, value) in product(words.prefixes.items(), units.items()):
            values[prefix + word] = tens + value
        try:
            suffixes = [suffix for key in words.endings for suffix in lists[key]]
        except KeyError as error:
            raise PackError(
                f"languages/{self.code}/dates.toml: classes.{name}: no ending list {error}"
            ) from None
        if words.bare:
            suffixes.append("")
        table = {word + suffix: value for word, value in values.items() for suffix in suffixes}
        for word in table:
            self.words.setdefault(word, set()).add(name)
        if words.values:
            self.meanings[name] = table

    def _compounds(self, table: TimeTable) -> dict[str, int]:
        """Words that are two words of the pack, and the length of the first."""
        pairs = [
            pair for kinds in table.compounds for pair in product(*(self.meanings[kind] for kind in kinds))
        ]
        return {first + second: len(first) for first, second in pairs if first + second not in self.words}

    def _tag(self, kinds: frozenset[str]) -> str:
        if not kinds:
            return UNKNOWN
        return self.tags.setdefault(kinds, chr(0xE000 + len(self.tags)))

    def _numeral_kinds(self) -> set[frozenset[str]]:
        cells = product(self.cuts, set(self.endings.values()))
        return {self._number_kinds(number, names) for number, names in cells} | {
            frozenset(kinds)
            for kinds in (
                ("clock",),
                ("clock_at",),
                ("decimal",),
                ("clock", "decimal"),
                ("clock_at", "decimal"),
                ("numeric",),
                ("dtg",),
                ("dtg_open",),
            )
        }

    def _number_kinds(self, number: int, endings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(
            name
            for name, numeral in self.numerals.items()
            if numeral.least <= number <= numeral.most
            and any(ending in numeral.endings for ending in endings)
        )

    def __missing__(self, surface: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        tag = self[surface] = self.classify(surface)
        return tag

    def classify(self, surface: str) -> str:
        """The tag of a token, worked out afresh."""
        low = surface.lower()
        kinds = self.words.get(low)
        if kinds is not None:
            capital = surface[0].isupper()
            return self._tag(frozenset(kinds if capital else kinds - self.capitals))
        if surface[0].isdecimal():
            return self._classify_number(low)
        if low in self.compounds:
            return SPLIT
        if len(surface) > 1 and any(mark in surface for mark in "-–'’"):
            parts = PIECES.findall(low)
            if any(self._cuts(part) for part in parts):
                return SPLIT
        return UNKNOWN

    def _cuts(self, part: str) -> bool:
        kinds = self.words.get(part) if len(part) > 2 else None
        return kinds is not None and any(kind in self.meanings for kind in kinds)

    def _classify_number(self, low: str) -> str:
        match = NUMERAL.fullmatch(low)
        if match is None:
            return UNKNOWN
        whole, mark, second, more, rest = match.groups()
        if mark:
            return self._classify_marked(whole, mark, second, more, rest)
        if len(whole) == 6 and (group := DATE_TIME_GROUP.fullmatch(low)):
            return self.tags[frozenset({"dtg" if group[1] else "dtg_open"})]
        if len(whole) > 9:
            return UNKNOWN
        if rest == "." and not self.point:
            return SPLIT
        number = int(whole)
        names = self.endings.get(rest.lstrip(".-–'’") if rest != "." else ".")
        if names is None:
            tail = rest.lstrip("-–'’")
            return SPLIT if tail != rest and tail in self.words else UNKNOWN
        kinds = self._number_kinds(self._cell(number), names)
        return self.tags.get(kinds, UNKNOWN)

    def _cell(self, number: int) -> int:
        return max(cut for cut in self.cuts if cut <= number)

    def _classify_marked(self, whole: str, mark: str, second: str, more: str, rest: str) -> str:
        if rest == "." and not self.point:
            return SPLIT
        letters = rest.lstrip(".-–'’")
        if letters and letters not in self.endings:
            return UNKNOWN
        if more:
            parts = [int(part) for part in re.findall(r"\d+", whole + mark + second + more)]
            dotted = mark == "." and len(parts) == 3
            return self.tags[frozenset({"numeric"})] if dotted and is_numeric_date(parts) else UNKNOWN
        clock = mark in ":." and len(second) == 2 and int(whole[:4]) < 25 and int(second) < 60
        kinds = ({"clock_at" if letters else "clock"} if clock else set()) | (
            {"decimal"} if mark != ":" else set()
        )
        return self.tags.get(frozenset(kinds), UNKNOWN)

    def split(self, surface: str) -> list[str]:
        """The pieces of a token whose tag is :data:`SPLIT`."""
        if surface[0].isdecimal():
            match = re.match(r"\d+(?:[.,:]\d+)*", surface)
            assert match
            rest = surface[match.end() :]
            return [match.group(), rest[0], *([rest[1:]] if rest[1:] else [])]
        cut = self.compounds.get(surface.lower())
        return PIECES.findall(surface) if cut is None else [surface[:cut], surface[cut:]]

    def value(self, kind: str, surface: str) -> Scalar:
        """What the word or number means as a member of class ``kind``."""
        known = self.meanings.get(kind, {}).get(surface.lower())
        if known is not None:
            return known
        if kind in ("dtg", "dtg_open"):
            return surface
        if kind in MARKED:
            return MARKED_NUMBER.match(surface)[0]  # type: ignore[index]  # a marked number begins with one
        return int(DIGITS.match(surface)[0])  # type: ignore[index]

    def expressions(self, tags: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The expressions in a run of known tokens: longest first from the left, earlier rules winning ties."""
        known = self.read.get(tags)
        if known is not None:
            return known
        found = []
        patterns = self.patterns
        at, size = 0, len(tags)
        while at < size:
            best = None
            end = at
            for number in self.starts.get(tags[at], ()):
                match = patterns[number].regex.match(tags, at)
                if match and match.end() > end:
                    best, end = (number, patterns[number].groups(match)), match.end()
            if best is None:
                at += 1
                continue
            found.append(best)
            at = end
        result = tuple(found)
        if size <= 40:
            if len(self.read) > REMEMBERED:
                self.read.clear()
            self.read[tags] = result
        return result


def is_numeric_date(parts: list[int]) -> bool:
    """Whether the three numbers can be year, month, day in either order."""
    first, month, last = parts
    return 1 <= month <= 12 and ((first > 99 and 1 <= last <= 31) or (last > 99 and 1 <= first <= 31))


def _ending_names(table: TimeTable) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {"": [""], ".": ["."]}
    for name, suffixes in table.endings.items():
        for suffix in suffixes:
            names.setdefault(suffix, []).append(name)
    return {suffix: tuple(found) for suffix, found in names.items()}


@cache
def date_reader(code: str) -> DateReader:
    """The compiled reader of a language, made once.  Raises :class:`PackError`."""
    return DateReader(code, time_table(code))
