"""Infobox residue: verbless lines at the head of a text, kept as fields.

A page that lost its infobox's table leaves its cells as short lines: a status flag, a result, sides, supporters.
What belongs here: recognising them by their labels and words (``languages/<code>/account.toml``).  What does
not: what a result means for the ledger.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from frontledger.accounts.lines import Line, finished
from frontledger.languages.accountwords import account_words
from frontledger.model import InfoboxField

__all__ = ["residue"]

LONGEST_CELL = 80
LONGEST_PAIR = 400
MOST_CELL_WORDS = 9
MOST_LINES = 120
PAIR = re.compile(r"([^\W\d_][^:=|]{1,40}?)\s*[:=|]\s*(\S.*)", re.DOTALL)
YEAR = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
NUMBER = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")


class Vocabulary(NamedTuple):
    """The words of all packs, ready for look-up."""

    keys: dict[str, str]
    flags: frozenset[str]
    result: re.Pattern[str]
    loss: re.Pattern[str]
    month: re.Pattern[str]
    parts: tuple[str, ...]


def residue(lines: list[Line]) -> tuple[list[InfoboxField], range]:
    """The fields of the residue, and which of ``lines`` it takes (a title above it is not taken).

    Lines are residue when they stand before the first prose and share a run without blank line with at
    least one line that is recognised by its words; a lone title or heading is none.
    """
    words = _vocabulary()
    fields: list[InfoboxField] = []
    first = last = 0
    at = 0
    while at < min(len(lines), MOST_LINES):
        run = _run(lines, at, words)
        if not run:
            break
        if _holds_residue(run, words, alone=at + len(run) >= len(lines)):
            title = at == 0 and len(run) > 1 and _is_title(run[0].text, words)
            first = first if last else at + title
            fields += _fields(run[title:], words)
            last = at + len(run)
        elif last or at + len(run) >= len(lines):
            break
        at += len(run)
    return fields, range(first, last)


@cache
def _vocabulary() -> Vocabulary:
    words = account_words()

    def beginnings(stems: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)

    return Vocabulary(
        keys={label: key for key, labels in words.keys.items() for label in labels},
        flags=frozenset(words.flags),
        result=beginnings(words.results),
        loss=beginnings(words.losses),
        month=re.compile(rf"\b(?:{'|'.join(map(re.escape, chain(*words.months)))})\b", re.IGNORECASE),
        parts=words.parts,
    )


def _run(lines: list[Line], at: int, words: Vocabulary) -> list[Line]:
    """The lines from ``at`` up to a blank line or the first prose."""
    run: list[Line] = []
    for index in range(at, min(len(lines), at + MOST_LINES)):
        line = lines[index]
        if (run and line.gap) or not (_cell(line.text) or _pair(line.text, words)):
            break
        run.append(line)
    return run


def _holds_residue(run: list[Line], words: Vocabulary, *, alone: bool) -> bool:
    """Whether the run is residue; ``alone`` when no text follows, so that it may as well be headlines."""
    known = sum(_recognised(line.text, words) for line in run)
    if (
        len(run) == 1
        and known
        and _pair(run[0].text, words) is None
        and run[0].text.lower() not in words.flags
    ):
        # one line with a word of victory may be a title: "Northern victory" is none, "Victory in the North" is
        return words.result.match(run[0].text.split()[-1]) is not None and not alone
    return known * 2 >= len(run) if alone else known > 0


def _cell(text: str) -> bool:
    if len(text) > LONGEST_CELL or len(text.split()) > MOST_CELL_WORDS:
        return False
    return not finished(text) and text[0] not in "#=*>•" and text[-1] not in ",;-–"


def _pair(text: str, words: Vocabulary) -> tuple[str, str] | None:
    """Key and value of "Result: Roman victory", when the label, or its last word, is known."""
    match = PAIR.fullmatch(text) if len(text) <= LONGEST_PAIR else None
    if match is None:
        return None
    label = match.group(1).lower()
    key = words.keys.get(label) or words.keys.get(label.rsplit(None, 1)[-1])
    return (key, match.group(2)) if key else None


def _is_title(text: str, words: Vocabulary) -> bool:
    """Whether the first line above known residue names the account, rather than a side, a date or a label."""
    bare = text.lower().rstrip(":")
    if _recognised(text, words) or bare in words.keys or " " not in text or PAIR.fullmatch(text):
        return False
    return not _is_date(text, words)


def _is_date(text: str, words: Vocabulary) -> bool:
    """A year with a month, or numbers alone."""
    return bool(YEAR.search(text)) and bool(words.month.search(text) or not LETTER.search(text))


def _recognised(text: str, words: Vocabulary) -> bool:
    bare = text.lower().rstrip(":")
    return (
        bare in words.flags
        or _pair(text, words) is not None
        or (bare in words.keys and words.keys[bare] == "result")
        or words.result.search(text) is not None
    )


def _fields(run: list[Line], words: Vocabulary) -> list[InfoboxField]:
    """One field a line; a line that is only a label names the lines after it."""
    fields: list[InfoboxField] = []
    label: str | None = None
    results = [index for index, line in enumerate(run) if _is_result(line.text, words)]
    for index, line in enumerate(run):
        bare = line.text.lower().rstrip(":")
        if bare in words.keys and bare not in words.flags:
            label = words.keys[bare]
            continue
        pair = _pair(line.text, words)
        if pair:
            key, value = pair
            label = None
        else:
            value = line.text
            own = PAIR.fullmatch(value) if len(value) <= LONGEST_PAIR else None
            before_result = bool(results) and index < results[-1]
            if own and label is None:  # the account's own parameter
                fields.append(
                    InfoboxField(key=own[1].lower(), value=own[2], start=line.end - len(own[2]), end=line.end)
                )
                continue
            key = label or _guessed(value, words, fields[-1].key if fields else None, before_result)
        start = line.end - len(value)
        fields.append(InfoboxField(key=key, value=value, start=start, end=line.end))
    return fields


def _is_result(text: str, words: Vocabulary) -> bool:
    pair = _pair(text, words)
    return pair[0] == "result" if pair else words.result.search(text) is not None


def _guessed(text: str, words: Vocabulary, last: str | None, before_result: bool) -> str:
    """The key of a line without label, by its words, or by its place in the usual order."""
    if text.lower() in words.flags:
        return "flag"
    if words.result.search(text):
        return "result"
    if NUMBER.search(text) and words.loss.search(text):
        return "casualties"
    if _is_date(text, words):
        return "date"
    if text.lower().startswith(words.parts) or text.lower().endswith(words.parts):
        return "conflict"
    if (
        last in ("date", "conflict") and before_result
    ):  # date, place, result: the order of every infobox on warfare
        return "place"
    return "belligerent"
