"""Reference markers that lost their brackets: bare numbers after a stop.

Three patterns are known, from the surest to the least sure.  A text must show one of them consistently
before any number counts as a marker, so that "4 km", "the 5th district", unit numbers and years never do:

* *stripped*: the anchor left a space on both sides (``hill. 10  19  The``);
* *glued*: the number clings to the stop (``hill.10 The``);
* *spaced*: one space on both sides (``hill. 10 The``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from frontledger.languages.accountwords import AccountWords

__all__ = ["find"]

Mark = tuple[str, int, int]
Group = tuple[int, int]
"""Start and end of a run of numbers."""

N = r"[1-9]\d{0,2}"
SP = "[ \u00a0]"
STRIPPED = re.compile(rf"(?:{SP}{N}(?:{SP}(?=[ \u00a0\r\n\[]|\Z)|(?=[\r\n]|\Z)))+")
GLUED = re.compile(rf"[.!?…,;:\"”’»)](?<=[^\W\d_][^\W\d_].)({N}(?:,{SP}?{N})*)(?=\s|\Z)")
SPACED = re.compile(rf"[.!?…\"”’»)](?<=[^\W\d_][^\W\d_].){SP}({N}(?:{SP}{N})*)(?=\s|\Z)")
NUMBER = re.compile(N)
STOPS = '.!?…"”’»)'
PAUSES = STOPS + ",;:"

FEWEST = 3  # groups of the less sure patterns
DENSITY = 0.6  # share of the numbers between lowest and highest label that occur
NEXT_STEP = 3  # a new label exceeds the highest so far by at most this
IN_STEP = 0.7  # share of new labels in step


def find(text: str, words: AccountWords) -> list[Mark]:
    """All bare markers as (label, start, end); empty unless the text shows one of the patterns consistently."""
    for pattern in (_stripped, _glued, _spaced):
        groups = pattern(text, frozenset(words.units))
        if groups:
            return [
                (number.group(), number.start(), number.end())
                for start, end in groups
                for number in NUMBER.finditer(text, start, end)
            ]
    return []


def _stripped(text: str, units: frozenset[str]) -> list[Group]:
    groups: list[Group] = []
    strong = typical = 0
    for match in STRIPPED.finditer(text):
        before = text[match.start() - 1] if match.start() else ""
        after = _next(text, match.end())
        if before in PAUSES and before:
            strong += 1
            # one such group alone is believed between a full stop and a new sentence or the end of a line
            typical += before in STOPS and (not after or after[0].isupper())
        elif (
            not before.isalpha()
            or after[:1].islower()
            or after.lower() in units
            or text[match.end() - 1].isdigit()
        ):
            continue
        groups.append(match.span())
    return groups if typical and strong >= DENSITY * len(groups) else []


def _glued(text: str, _units: frozenset[str]) -> list[Group]:
    return _consistent(text, [match.span(1) for match in GLUED.finditer(text)], _starts_anew)


def _spaced(text: str, _units: frozenset[str]) -> list[Group]:
    groups = [match.span(1) for match in SPACED.finditer(text)]
    return _consistent(text, [group for group in groups if _starts_anew(text, group)], _starts_anew)


def _starts_anew(text: str, group: Group) -> bool:
    after = _next(text, group[1])
    return not after or "\n" in text[group[1] : group[1] + 3] or not after[0].islower()


def _consistent(text: str, groups: Sequence[Group], anew: Callable[[str, Group], bool]) -> list[Group]:
    """The groups when they number a text: dense labels, first met in order, mostly before a new sentence."""
    if len(groups) < FEWEST or sum(anew(text, group) for group in groups) < IN_STEP * len(groups):
        return []
    labels = [int(number) for start, end in groups for number in NUMBER.findall(text, start, end)]
    distinct = set(labels)
    if len(distinct) < DENSITY * (max(distinct) - min(distinct) + 1) or len(distinct) < FEWEST:
        return []
    highest = labels[0]
    in_step = 0
    for label in labels:
        in_step += label <= highest + NEXT_STEP
        highest = max(highest, label)
    return list(groups) if in_step >= IN_STEP * len(labels) else []


def _next(text: str, at: int) -> str:
    """The word after ``at``, or nothing at the end."""
    match = WORD.match(text, at)
    return match.group(1) if match else ""


WORD = re.compile(r"[\s\"“„«»'(–—-]*(\w+)")
