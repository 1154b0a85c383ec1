"""What stands around time expressions: ranges, dated reports, relative clauses, parentheses, headings.

What belongs here: reading the few words beside an expression.  What does not: those words themselves
(``dates.toml``) and what the expressions mean.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from frontledger.mentions.readings import Expression

if TYPE_CHECKING:
    from frontledger.languages.timetable import TimeTable

__all__ = ["heading_lines", "look_around", "opens_sentence", "same_sentence"]

OPENING = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n)\W*(?:\w+\W+){0,2}$")
"""A sentence or line begins, and at most two words stand before the expression ("In early …")."""
HEADING = re.compile(
    r"(?:\A|\n[^\S\n]*\n)([=\w][^\n]{0,78}[^\s.!?;,:])[^\S\n]*(?=\n[^\S\n]*\n|\n(?![^\W\d_A-Z])|\Z)"
)
REACH = 40
"""Characters before an expression in which its sentence has to begin for it to open the sentence."""
SENTENCE_END = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)[.!?]['\"”’)]*(?:\s*\[\w+\])*(?:\s+\d{1,3})*\s+(?=[^\W\d_a-z])|\n"
)
"""Where a sentence may end between two expressions."""
NEXT_TO = 16
"""Characters that hold the words right before an expression."""
CLAUSE = 160
"""Characters of a clause that are looked at on either side."""
WORD = re.compile(r"\w+")
LAST_WORD = re.compile(r"\b(\w++)\W*+$")
CLAUSE_END = re.compile(r"[,;:.!?()–—\n]")
THAT_CLAUSE = re.compile(r"[^,;:.!?()–—\n]*?,?\s+(\w+)")


def look_around(text: str, found: list[Expression], table: TimeTable) -> None:
    """Set ``opens``, ``leads`` and ``aside`` of the expressions.  Linear in their number."""
    for one, after in pairwise(found):
        one.opens = _is_range(text, one, after, table)
    relative = tuple(table.relative)
    then, what = frozenset(table.tells_then), frozenset(table.tells_what)
    past = frozenset(table.looking_back)
    by_before, by_endings = _spaced(table.by_before), tuple(table.by_endings)
    until_before, until_endings = _spaced(table.until_before), tuple(table.until_endings)
    for one in found:
        one.after = _is_after(text, one, table)
        if by_before or until_before:
            before = f" {text[max(0, one.start - NEXT_TO) : one.start]}".lower().replace("\n", " ")
            one.by, one.until = before.endswith(by_before), before.endswith(until_before)
        if by_endings or until_endings:
            end = text[max(one.start, one.end - NEXT_TO) : one.end].lower()
            one.by, one.until = one.by or end.endswith(by_endings), one.until or end.endswith(until_endings)
        if "event" in one.fields:
            one.counts = _counts_from(text, one, table)
        elif one.rule.means == "shift" and table.ahead_before and one.fields.get("direction") == -1:
            one.counts = _counts_ahead(text, one, table)
        one.leads = _leads(text, one.end, then, what)
        one.aside = _in_parentheses(text, one.start) or _in_relative_clause(text, one.start, relative)
        one.aside = one.aside or (bool(past) and _looks_back(text, one.start, past))


def _is_range(text: str, one: Expression, after: Expression, table: TimeTable) -> bool:
    """Whether the two expressions are the ends of one range."""
    if one.rule.means != "date" or after.rule.means != "date" or after.start - one.end > REACH:
        return False
    between = text[one.end : after.start].strip(" ,.").lower()
    if between not in table.range_between:
        between = " ".join(word for word in between.split(" ") if word not in table.range_about)
    if between in table.range_between or (not between and after.joined):
        return True
    if between not in table.range_and:
        return False
    words = [word.lower() for word in WORD.findall(text, max(0, one.start - REACH), one.start)]
    while words and words[-1] in table.range_about:
        words.pop()
    behind = WORD.search(text, after.end, after.end + REACH)
    return (bool(words) and words[-1] in table.range_before) or (
        behind is not None and behind[0].lower() in table.range_after
    ) or text[one.start : after.end].lower().endswith(tuple(table.range_after))  # fmt: skip


def _is_after(text: str, one: Expression, table: TimeTable) -> bool:
    """Whether a word right beside the expression says that it only came before."""
    before = LAST_WORD.search(text, max(0, one.start - REACH), one.start)
    if before is not None and before[1].lower() in table.after_before:
        return text[before.end(1) : one.start].isspace()
    behind = WORD.search(text, one.end, one.end + REACH)
    return (
        behind is not None
        and behind[0].lower() in table.after_behind
        and text[one.end : behind.start()].isspace()
    )


def _counts_from(text: str, one: Expression, table: TimeTable) -> int:
    """Which way an expression counts from the event behind it: "two days after …", "két nappal … után"."""
    word = WORD.search(text, one.end, one.end + REACH)
    if word is not None and word[0].lower() in table.after_before:
        return 1
    if word is not None and word[0].lower() in table.ahead_before:
        return -1
    stop = CLAUSE_END.search(text, one.end, one.end + CLAUSE)
    last = stop.start() if stop is not None else min(len(text), one.end + CLAUSE)
    for word in WORD.finditer(text, one.end, last):
        if word[0].lower() in table.after_behind:
            return 1
        if word[0].lower() in table.ahead_behind:
            return -1
    return 0


def _counts_ahead(text: str, one: Expression, table: TimeTable) -> int:
    """-1 where what looks back by itself ("two days before, they had …") counts to what follows it: "two days before
    they captured Karvol".
    """
    last = LAST_WORD.search(text, one.start, one.end)
    if last is None or last[1].lower() not in table.ahead_before:
        return 0
    word = WORD.search(text, one.end, one.end + REACH)
    if word is None or not text[one.end : word.start()].isspace() or word[0].lower() in table.looking_back:
        return 0
    return -1


def _spaced(words: list[str]) -> tuple[str, ...]:
    return tuple(f" {one} " for one in words)


def _leads(text: str, end: int, then: frozenset[str], what: frozenset[str]) -> bool:
    """Whether a clause follows that the expression dates: "…, when", "… said that"."""
    word = WORD.search(text, end, end + REACH)
    if word is not None and word[0].lower() in then and text[end : word.start()].strip(" ") in ("", ","):
        return True
    stop = CLAUSE_END.search(text, end, end + CLAUSE)
    last = stop.start() if stop is not None else min(len(text), end + CLAUSE)
    if any(word[0].lower() in what for word in WORD.finditer(text, end, last)):
        return True
    if stop is None or stop[0] != ",":
        return False
    word = WORD.search(text, stop.end(), stop.end() + REACH)
    return word is not None and (word[0].lower() in what or word[0].lower() in then)


def _in_parentheses(text: str, start: int) -> bool:
    first = max(text.rfind("\n", max(0, start - CLAUSE), start), start - CLAUSE, 0)
    return text.rfind("(", first, start) > text.rfind(")", first, start)


def _looks_back(text: str, start: int, past: frozenset[str]) -> bool:
    """Whether a word before the expression, in its own clause, tells what came before: "had crossed on 3 May"."""
    words: list[str] = WORD.findall(text, max(0, start - CLAUSE), start)
    for word in reversed(words):
        if word.lower() in past:
            low = text.rfind(word, max(0, start - CLAUSE), start)
            return CLAUSE_END.search(text, low, start) is None
    return False


def _in_relative_clause(text: str, start: int, relative: tuple[str, ...]) -> bool:
    """Whether the words before the expression, back to the last comma, begin like a relative clause."""
    comma = text.rfind(",", max(0, start - CLAUSE), start)
    if comma < 0 or not relative:
        return False
    word = WORD.search(text, comma, start)
    return word is not None and word[0].lower().startswith(relative) and same_sentence(text, comma, start)


def same_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between the two offsets."""
    return SENTENCE_END.search(text, start, end + 1) is None


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence, or a line, begins with the expression or its preposition."""
    return OPENING.search(text, max(0, start - REACH), start) is not None


@lru_cache(maxsize=1)
def heading_lines(text: str) -> list[tuple[int, int]]:
    """The lines that may be headings: short, behind a blank line, no sentence, and not wrapped into the next."""
    return [match.span(1) for match in HEADING.finditer(text)]
