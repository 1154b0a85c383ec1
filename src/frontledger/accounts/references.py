"""Reference markers of markup: their numbers, as MediaWiki gives them, and what they point to.

What belongs here: groups, names, labels, targets.  What does not: how a reference is written in any markup.
"""

from __future__ import annotations

from frontledger.accounts.building import Target
from frontledger.model import Reference

__all__ = ["Key", "References", "label_of", "told"]

LOWER = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


Key = tuple[str, str | int]
"""What identifies a reference: its group and its name, or a number of its own where it has no name."""


def label_of(group: str, number: int) -> str:
    """What a page shows for the ``number``-th reference of ``group`` ("" is the main one)."""
    match group:
        case "":
            return str(number)
        case "lower-alpha":
            return _letters(number, LOWER)
        case "upper-alpha":
            return _letters(number, LOWER).upper()
        case "lower-greek":
            return _letters(number, GREEK)
        case "lower-roman":
            return _roman(number)
        case "upper-roman":
            return _roman(number).upper()
        case "decimal":
            return str(number)
    return f"{group} {number}"


def _letters(number: int, alphabet: str) -> str:
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, len(alphabet))
        found = alphabet[rest] + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        found += sign * times
    return found


class References:
    """Numbers references in the order in which they are first met, group by group."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.labels: dict[Key, str] = {}
        self.targets: dict[object, Target] = {}
        self.first: dict[Key, int] = {}

    def cite(self, group: str, name: str | None, source: int) -> tuple[str, Key]:
        """The label of a reference met at ``source``, and its key; a name met before has the label of then."""
        key: Key = (group, name or -source - 1)
        label = self.labels.get(key)
        if label is None:
            number = self.counts.get(group, 0) + 1
            self.counts[group] = number
            label = self.labels[key] = label_of(group, number)
            self.first[key] = source
        return label, key

    def define(self, key: Key, target: Target) -> None:
        """What the reference points to; the first definition stands."""
        if target.text and key not in self.targets:
            self.targets[key] = target

    def undefined(self) -> list[tuple[Key, int]]:
        """Named references that are used and nowhere defined, with the place of their first use."""
        return [
            (key, self.first[key])
            for key in self.labels
            if key not in self.targets and isinstance(key[1], str)
        ]


def told(reference: Reference) -> str | None:
    """A reference as one line of text."""
    parts = (reference.author, reference.title, reference.publisher, reference.date, reference.url)
    return ". ".join([part for part in parts if part]) or None
