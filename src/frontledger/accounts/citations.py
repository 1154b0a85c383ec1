"""Find the reference markers of a plain text, and lift them out.

Markers stand in brackets ("[12]", "[a]", "[12, 13]", "[citation needed]"), as superscripts, or, where a page
lost its brackets, as bare numbers.  Bare numbers are believed only when the text shows them consistently:
see :mod:`frontledger.accounts.barenumbers`.  What does not belong here: which claim a marker supports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from frontledger.accounts import barenumbers
from frontledger.languages.accountwords import AccountWords, account_words
from frontledger.model import Citation

__all__ = ["Entry", "find", "lifted"]

Entry = tuple[str, int, int, int]
"""An entry of a reference list: its label, where it starts, and where its text after the label starts and ends."""

BRACKETS = re.compile(r"\[([^\[\]\n]{1,64})\](?::\d{1,4}(?:[-–]\d{1,4})?)?")  # with "[12]:34", a page
LINE_START = re.compile(r"(?:\A|[\n\r])[ \t^↑]{0,8}\Z")
LINE_END = re.compile(r"[\n\r]|\Z")
NUMBER = r"[1-9]\d{0,2}"
NUMBERS = re.compile(rf"{NUMBER}(?:\s?[,;–-]\s?{NUMBER})*")
PART = re.compile(rf"({NUMBER})(?:\s?[–-]\s?({NUMBER}))?\s?[,;]?\s?")
LETTER = re.compile(r"[a-z]")
LONGEST_RANGE = 30

SUPERSCRIPT = re.compile(r"[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2}(?![⁰¹²³⁴-⁹⁺⁻ⁿ])")
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
WORD_BEFORE = re.compile(r"[^\W\d_]+$")
YEAR_BEFORE = re.compile(r"(?<!\d)[12]\d{3}$")


def find(text: str) -> tuple[list[Citation], list[Entry]]:
    """The markers of ``text`` in order, and the entries of a numbered reference list at line starts.

    Each marker is one label; a bracket with several labels is divided among them without a gap.
    """
    words = account_words()
    found = list(_bracketed(text, words))
    marks, entries = _entries_apart(text, found)
    marks = _without_lone_letters(marks)
    marks += _superscripts(text, words)
    if all(
        mark.editorial or LETTER.fullmatch(mark.label) for mark in marks
    ):  # notes a, b, c have kept their brackets
        marks += [
            Citation(label=label, start=start, end=end) for label, start, end in barenumbers.find(text, words)
        ]
    marks.sort(key=lambda mark: (mark.start, mark.end))
    if entries:
        targets = {label: text[start:end] for label, _, start, end in entries}
        marks = [
            Citation(
                label=mark.label,
                start=mark.start,
                end=mark.end,
                target=targets.get(mark.label),
                editorial=mark.editorial,
            )
            for mark in marks
        ]
    return marks, entries


def lifted(text: str, spans: Iterable[Citation]) -> str:
    """``text`` with every marker overwritten by spaces, so that all offsets stay."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        if span.end <= at:
            continue
        start = max(span.start, at)
        pieces += (text[at:start], " " * (span.end - start))
        at = span.end
    if not pieces:
        return text
    pieces.append(text[at:])
    return "".join(pieces)


@cache
def _note() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, account_words().notes), key=len, reverse=True))
    return re.compile(rf"(?:{names})\.?\s?{NUMBER}", re.IGNORECASE)


def _bracketed(text: str, words: AccountWords) -> Iterator[Citation]:
    note = _note()
    tags = frozenset(words.tags)
    for match in BRACKETS.finditer(text):
        inside = match.group(1).strip()
        start, end = match.span()
        if NUMBERS.fullmatch(inside):
            yield from _parts(inside, text.index(inside, start), start, end)
        elif LETTER.fullmatch(inside) or note.fullmatch(inside):
            yield Citation(label=inside, start=start, end=end)
        elif inside.lower() in tags:
            yield Citation(label=inside, start=start, end=end, editorial=True)


def _parts(inside: str, offset: int, start: int, end: int) -> Iterator[Citation]:
    """The labels of "12, 14–16"; the first begins at the bracket, the last ends with it."""
    parts = list(PART.finditer(inside))
    for index, part in enumerate(parts):
        low = start if index == 0 else offset + part.start()
        high = end if index == len(parts) - 1 else offset + part.end()
        first, last = int(part[1]), int(part[2] or part[1])
        if not first <= last <= first + LONGEST_RANGE:
            first = last = int(part[1])
        for label in range(first, last + 1):
            yield Citation(label=str(label), start=low, end=high)


def _entries_apart(text: str, found: Sequence[Citation]) -> tuple[list[Citation], list[Entry]]:
    """Split markers that head a line of a reference list from markers in running text."""
    heads: list[tuple[Citation, int]] = []
    marks: list[Citation] = []
    for mark in found:
        stop = mark.end
        if not mark.editorial and mark.label.isdigit() and _at_line_start(text, mark.start):
            line_end = LINE_END.search(text, mark.end)
            stop = line_end.start() if line_end else len(text)
        if text[mark.end : stop].strip():
            heads.append((mark, stop))
        else:
            marks.append(mark)
    used = {mark.label for mark in marks}
    numbers = {int(mark.label) for mark, _ in heads}
    entries: list[Entry] = []
    for mark, stop in heads:
        number = int(mark.label)
        if mark.label in used or number + 1 in numbers or number - 1 in numbers:
            raw = text[mark.end : stop]
            start = mark.end + len(raw) - len(raw.lstrip())
            entries.append((mark.label, mark.start, start, mark.end + len(raw.rstrip())))
        else:
            marks.append(mark)  # a wrapped line that happens to begin with a marker
    return marks, entries


def _at_line_start(text: str, at: int) -> bool:
    low = max(0, at - 9)
    return LINE_START.search(text[low:at]) is not None if low or text[:at].strip(" \t^↑") else True


def _without_lone_letters(marks: list[Citation]) -> list[Citation]:
    """Letters are markers when they run a, b, c …; a lone "[n]" completes a word in a quotation."""
    letters = {mark.label for mark in marks if LETTER.fullmatch(mark.label)}
    run = {chr(ord("a") + index) for index in range(len(letters))}
    if letters <= run:
        return marks
    return [mark for mark in marks if not LETTER.fullmatch(mark.label)]


def _superscripts(text: str, words: AccountWords) -> list[Citation]:
    """A raised "¹²" after a word or a stop is a marker; after a unit or a number it is an exponent."""
    if not any(sign in text for sign in "¹²³⁴⁵⁶⁷⁸⁹"):
        return []
    units = frozenset(words.units)
    marks: list[Citation] = []
    for match in SUPERSCRIPT.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if not before.strip():
            continue
        word = WORD_BEFORE.search(before)
        if word and word.group().lower() in units:
            continue
        if before[-1].isdigit() and not YEAR_BEFORE.search(before):
            continue
        label = match.group().translate(PLAIN_DIGITS)
        marks.append(Citation(label=label, start=match.start(), end=match.end()))
    return marks
