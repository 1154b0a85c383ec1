"""Find the time expressions of a text and read them in narrative order.

What belongs here: from tokens to expressions (rule, offsets, fields).  What does not: what an expression means at
its place in the narrative (``chronology``), and any word of any language (``dates.toml``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from frontledger.languages.timewords import SPLIT, UNKNOWN, DateReader
from frontledger.mentions.chronology import narrate
from frontledger.mentions.readings import Expression, Scalar
from frontledger.mentions.surroundings import look_around
from frontledger.mentions.tokens import Tokens
from frontledger.model import Time

__all__ = ["find_expressions", "tag_times"]

RUN = re.compile(rf"[^{re.escape(UNKNOWN)}]+")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
LINE_OPENS = re.compile(r"(?:\A|\n)[^\w\n]*\Z")
"""Nothing but signs stands before it in its line."""
LINE_ENDS = re.compile(r"[^\w\n]*(?:\n|\Z)")
"""Nothing but signs stands behind it."""
MARKS = 9
"""Characters before an expression in which its line has to begin."""
NEW_LINE = re.compile(r"\n")


def tag_times(
    text: str,
    tokens: Tokens,
    reader: DateReader,
    *,
    breaks: Sequence[int] = (),
    mask: Sequence[tuple[int, int]] = (),
    document_date: str | None = None,
    year: int | None = None,
    titled: int | None = None,
) -> list[Time]:
    """Every time mention of ``text``, sorted, resolved in narrative order.

    ``breaks`` are offsets where a paragraph or other block starts (without any, every line is one); ``mask`` are
    spans (reference markers) that no expression may touch; ``document_date`` is an ISO day, ``year`` the year of
    an account that states none, ``titled`` the year in its title.  Linear in the text.
    """
    found = find_expressions(text, tokens, reader, breaks=breaks, mask=mask)
    look_around(text, found, reader.table)
    return narrate(text, found, document_date, year, titled)


def find_expressions(
    text: str,
    tokens: Tokens,
    reader: DateReader,
    *,
    breaks: Sequence[int] = (),
    mask: Sequence[tuple[int, int]] = (),
) -> list[Expression]:
    """The expressions in text order, unresolved; no two overlap."""
    tags = "".join(map(reader.__getitem__, tokens.text))
    starts = tokens.start
    if mask:
        tags = _masked(tags, tokens, mask)
    edges = [bisect_left(starts, at) for at in _line_starts(text, breaks)]
    edges.append(len(starts))
    finder = _Finder(reader)
    begin = 0
    for edge in edges:
        if edge <= begin:
            continue
        for run in RUN.finditer(tags, begin, edge):
            piece = run.group()
            if SPLIT in piece:
                finder.read_split(piece, run.start(), tokens)
            elif expressions := reader.expressions(piece):
                for number, where in expressions:
                    finder.collect(number, where, run.start(), tokens)
        begin = edge
    return list(_in_place(text, finder.found))


def _in_place(text: str, found: list[Expression]) -> Iterator[Expression]:
    """The expressions without those that had to begin a line and do not."""
    kept = True
    for one in found:
        if not one.joined:
            kept = not (one.rule.opens or one.rule.alone) or _stands_so(text, one)
        if kept:
            yield one


def _stands_so(text: str, one: Expression) -> bool:
    """Whether a line begins with the expression and, where it has to, ends with it."""
    if LINE_OPENS.search(text, max(0, one.start - MARKS), one.start) is None:
        return False
    return not one.rule.alone or LINE_ENDS.match(text, one.end) is not None


def _masked(tags: str, tokens: Tokens, mask: Sequence[tuple[int, int]]) -> str:
    """``tags`` with the tokens that touch a masked span unknown."""
    pieces: list[str] = []
    done = 0
    for first, last in sorted(mask):
        left, right = max(done, bisect_left(tokens.end, first + 1)), bisect_left(tokens.start, last)
        if right > left:
            pieces += (tags[done:left], UNKNOWN * (right - left))
            done = right
    pieces.append(tags[done:])
    return "".join(pieces)


def _line_starts(text: str, breaks: Sequence[int]) -> list[int]:
    pattern = BLANK_LINE if breaks else NEW_LINE
    lines = [match.end() for match in pattern.finditer(text)]
    return sorted({*lines, *breaks}) if breaks else lines


@dataclass(slots=True)
class _Finder:
    """Turns matches of the reader into expressions."""

    reader: DateReader
    found: list[Expression] = field(default_factory=list)

    def read_split(self, piece: str, at: int, tokens: Tokens) -> None:
        """A run with compounds: cut them, then read it with offsets of its own."""
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for index in range(at, at + len(piece)):
            surface, start = tokens.text[index], tokens.start[index]
            for part in self.reader.split(surface) if piece[index - at] == SPLIT else (surface,):
                words.append(part)
                starts.append(start)
                start += len(part)
                ends.append(start)
        cut = Tokens(words, words, starts, ends)
        tags = "".join(map(self.reader.__getitem__, words)).replace(SPLIT, UNKNOWN)
        for run in RUN.finditer(tags):
            for number, where in self.reader.expressions(run.group()):
                self.collect(number, where, run.start(), cut)

    def collect(self, number: int, where: tuple[int, ...], at: int, tokens: Tokens) -> None:
        """One match: an expression for each of its mentions."""
        rule, pattern = self.reader.rules[number], self.reader.patterns[number]
        if rule.means == "nothing":
            return
        words = tokens.text
        count = len(pattern.mentions)
        present = [index for index in range(count) if where[2 * index] >= 0]
        fields: dict[int, dict[str, Scalar]] = {index: dict(rule.fill) for index in present}
        for slot, place in zip(pattern.slots, where[2 * count :], strict=True):
            if place >= 0:
                value = self.reader.value(slot.kind, words[at + place])
                for one in fields.values() if slot.mention < 0 else (fields[slot.mention],):
                    one[slot.field] = value
        if count > 1:
            _share(list(fields.values()))
        for index, one in fields.items():
            first, last = at + where[2 * index], at + where[2 * index + 1] - 1
            end = tokens.end[last]
            if len(words[last]) > 1 and words[last].endswith(".") and "day" not in one:
                end -= 1
            passing = (first > 0 and words[first - 1].lower() in self.reader.passing_before) or (
                last + 1 < len(words) and words[last + 1].lower() in self.reader.passing_after
            )
            self.found.append(
                Expression(tokens.start[first], end, rule, one, passing, joined=index != present[0])
            )


def _share(fields: list[dict[str, Scalar]]) -> None:
    """Members of a range or list complete one another: "3 and 5 May", "from April to June 1968"."""
    pairs = list(pairwise(fields))
    for name in ("era", "month"):
        for one, other in [*((b, a) for a, b in pairs), *((a, b) for a, b in reversed(pairs))]:
            if name in other and name not in one and (name == "era" or "day" in one):
                one[name] = other[name]
    for before, after in pairs:
        if "year" in before and "yy" in after:
            year = int(before["year"])
            after["year"] = year - year % 100 + int(after["yy"])
        elif "year" in before and "year" not in after:
            after["year"] = int(before["year"]) + _wraps(before, after)
        elif "year" not in after and _wraps(before, after):
            before["until_month"] = after["month"]
    for before, after in reversed(pairs):
        if "year" in after and "year" not in before:
            before["year"] = int(after["year"]) - _wraps(before, after)


def _wraps(before: dict[str, Scalar], after: dict[str, Scalar]) -> int:
    """1 where the months of a range cross the end of the year ("30 December - 2 January")."""
    return int("double" not in before and int(before.get("month", 0)) > int(after.get("month", 12)))
