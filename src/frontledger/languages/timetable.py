"""The schema of a pack's ``dates.toml``: classes of words, numerals, and rules with their examples.

``classes`` are words, inflected by ending lists, and what they mean; ``numerals`` say which numbers with which
glued endings may be a day, a year, a count; ``rule`` holds patterns over both (see ``timepatterns``).  What belongs
here: the shape of the file and what must hold inside it.  What does not: lookup (``timewords``) and matching.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from frontledger.errors import PackError
from frontledger.languages.loading import load_table

__all__ = [
    "Example",
    "NumeralClass",
    "Rule",
    "Scalar",
    "TimeTable",
    "WordClass",
    "check_fields",
    "time_table",
]

Meaning = Literal["date", "shift", "next", "duration", "set", "reference", "vague", "period", "nothing"]
Scalar = int | str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase that a rule reads: the ``span`` in ``text`` gets ``value``."""

    text: str
    span: str
    value: str
    at: str | None = None
    """The day that the narrative is at beforehand."""
    document: str | None = None
    """The document's date."""


class WordClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that patterns treat alike; ``values`` say what each one means."""

    words: list[str] = []
    values: dict[str, Scalar] = {}
    endings: list[str] = []
    """Names of ending lists; every word also stands without one unless ``bare`` is false."""
    prefixes: dict[str, int] = {}
    """Tens that units below ten attach to ("twenty-", "huszon")."""
    bare: bool = True
    capital: bool = False
    """Only with a capital initial (English "May")."""


class NumeralClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers in digits: a range and the ending lists that may be glued on ("" for none, "." for the point)."""

    least: int
    most: int
    endings: tuple[str, ...] = ("",)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern over classes and what it means; ``fill`` adds constants to the captured fields."""

    name: str
    pattern: str
    means: Meaning
    fill: dict[str, Scalar] = {}
    moves: bool = True
    alone: bool = False
    """Only where it fills a line: a heading or an entry's label."""
    opens: bool = False
    """Only where a line, or an entry of a list, begins with it."""
    yes: list[Example] = []
    no: list[str] = []


class TimeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's ``dates.toml``."""

    classes: dict[str, WordClass]
    numerals: dict[str, NumeralClass]
    rule: list[Rule]
    endings: dict[str, list[str]] = {}
    phrases: dict[str, str] = {}
    """Pieces of patterns that rules share, written ``@name`` in them."""
    compounds: list[list[str]] = []
    """Pairs of classes whose words are written as one ("hathetes"): cut between them."""
    passing_before: list[str] = []
    """Words before a date that keep it from moving the narrative ("since")."""
    passing_after: list[str] = []
    """Words after one that do ("óta")."""
    range_between: list[str] = []
    """Words and signs between two dates that make them a range ("to", "–")."""
    range_and: list[str] = []
    """Words between them that do so only with one of ``range_before`` or ``range_after`` ("between … and")."""
    range_before: list[str] = []
    range_after: list[str] = []
    tells_then: list[str] = []
    """Words right behind a date whose clause says what happened then ("since 2014, when …")."""
    tells_what: list[str] = []
    """Words of a clause that a dated report brings ("said on Monday that …")."""
    after_before: list[str] = []
    """Words before a day that something happened later than ("after 5 May")."""
    after_behind: list[str] = []
    """Words behind one that say so ("május 5-e után")."""
    ahead_before: list[str] = []
    """Words between a count of days and an event that it comes before ("two days before the fall")."""
    ahead_behind: list[str] = []
    """Words behind such an event ("két nappal a csata előtt")."""
    by_before: list[str] = []
    """Words before a day by which something had happened ("by", "by the")."""
    until_before: list[str] = []
    """Words before a date until which something went on ("until", "up to")."""
    until_endings: list[str] = []
    """How an expression ends that says so ("9-éig")."""
    range_about: list[str] = []
    """Words that may stand between those of a range and its dates ("between around 4 and 9 May")."""
    by_endings: list[str] = []
    """How an expression ends that says so ("9-ére")."""
    relative: list[str] = []
    """How words begin that open a relative clause ("which", "amely…")."""
    looking_back: list[str] = []
    """Words of a clause that tells what came before ("had"): its earlier date leaves the narrative where it is."""
    point: bool = False
    """Whether a point after a number makes it an ordinal ("5."), or only ends the sentence."""


FIELDS = frozenset(
    [
        "after",
        "attribute",
        "century",
        "clock",
        "count",
        "day",
        "daypart",
        "decade",
        "direction",
        "double",
        "dtg",
        "era",
        "event",
        "exact",
        "far",
        "from",
        "half",
        "half_year",
        "hhmm",
        "holiday",
        "hour",
        "inside",
        "label",
        "minute",
        "month",
        "more",
        "numeric",
        "ordinal",
        "part",
        "rate",
        "republican",
        "republican_year",
        "season",
        "set",
        "trailing",
        "type",
        "unit",
        "until_month",
        "value",
        "weekday",
        "bare",
        "clamp",
        "within",
        "year",
        "yy",
    ]
)
"""What an expression can say; patterns capture these and ``fill`` sets them."""
NEEDED = {"shift": "unit", "duration": "unit", "reference": "value"}
"""The field without which a meaning is none."""


def check_fields(where: str, rule: Rule, captured: frozenset[str]) -> None:
    """Raise :class:`PackError` where a rule names a field that does not exist or lacks one that it needs."""
    if rule.means == "nothing":
        return
    fields = captured | rule.fill.keys()
    if unknown := sorted(fields - FIELDS):
        raise PackError(f"{where}: rule {rule.name}: no such field: {', '.join(unknown)}")
    needed = NEEDED.get(rule.means)
    if needed and needed not in fields:
        raise PackError(f"{where}: rule {rule.name}: means {rule.means!r} and captures no {needed!r}")


@cache
def time_table(code: str) -> TimeTable:
    """The checked ``dates.toml`` of a language.  Raises :class:`PackError`."""
    return load_table(code, "dates.toml", TimeTable)
