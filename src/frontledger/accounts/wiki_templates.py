"""Templates of wikitext: their names, their parameters, and what each is known to do (``templates.toml``).

What belongs here: cutting a template into parameters, and the table of known templates.  What does not: laying
out what they show (``wiki_shown``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from frontledger.accounts.wiki_pairs import Pairs
from frontledger.errors import PackError

__all__ = ["Action", "Parameter", "TemplateTable", "action_of", "cut", "name_of", "table"]

Action = Literal[
    "first",
    "second",
    "last",
    "items",
    "quote",
    "measure",
    "date",
    "silent",
    "editorial",
    "sign",
    "note",
    "citation",
    "infobox",
    "parser",
    "unknown",
]
SPACES = re.compile(r"[\s_]+")
SIGN = re.compile(r"\{\{|\[\[|<|\|")
NAME_END = re.compile(r"[|<{}\n]")
KEY = re.compile(r"\s*([^=|\[\]{}<>\n]{1,60}?)\s*=")


class Parameter(NamedTuple):
    """One parameter: its name (a positional one's number), and where its value stands, spaces around included."""

    name: str
    start: int
    end: int
    positional: bool


class CitationNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How citation templates and their parameters are called."""

    names: tuple[str, ...]
    title: tuple[str, ...]
    author: tuple[str, ...]
    surname: tuple[str, ...]
    given: tuple[str, ...]
    publisher: tuple[str, ...]
    date: tuple[str, ...]
    accessed: tuple[str, ...]
    url: tuple[str, ...]


class InfoboxNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How infoboxes and their parameters are called."""

    names: tuple[str, ...]
    title: frozenset[str]
    skip: frozenset[str]
    keys: dict[str, tuple[str, ...]]


class Namespaces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Link prefixes that put nothing into the text, and prefixes of template names."""

    dropped: frozenset[str]
    prefixes: frozenset[str]


class Tags(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of tags, by what becomes of what they hold."""

    hidden: frozenset[str]
    block: frozenset[str]
    shown: frozenset[str]


class TemplateTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``templates.toml``."""

    first: frozenset[str]
    second: frozenset[str]
    last: frozenset[str]
    country: frozenset[str]
    items: frozenset[str]
    quotes: frozenset[str]
    measures: frozenset[str]
    dates: frozenset[str]
    iso_dates: frozenset[str]
    silent: frozenset[str]
    silent_beginnings: tuple[str, ...]
    silent_endings: tuple[str, ...]
    editorial: dict[str, str]
    signs: dict[str, str]
    notes: dict[str, str]
    citations: CitationNames
    infobox: InfoboxNames
    namespaces: Namespaces
    tags: Tags


@cache
def table() -> TemplateTable:
    """The table of known templates."""
    where = "accounts/templates.toml"
    raw = resources.files("frontledger.accounts").joinpath("templates.toml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(raw), TemplateTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{where}: {error}") from None


def name_of(source: str, start: int, end: int) -> str:
    """The name of the template between ``start`` and ``end``, in the form of ``templates.toml``."""
    stop = NAME_END.search(source, start + 2, end)
    raw = source[start + 2 : stop.start() if stop else end]
    return _normal(raw)


@cache
def _normal(raw: str) -> str:
    name = SPACES.sub(" ", raw).strip().lower()
    prefix, colon, rest = name.partition(":")
    if colon and prefix.strip() in table().namespaces.prefixes:
        name = rest.strip()
    return name


@cache
def action_of(name: str) -> Action:
    """What the template of that name does."""
    known = table()
    simple: tuple[tuple[Action, object], ...] = (
        ("note", known.notes),
        ("editorial", known.editorial),
        ("sign", known.signs),
        ("silent", known.silent),
        ("first", known.first),
        ("second", known.second),
        ("last", known.last),
        ("items", known.items),
        ("quote", known.quotes),
        ("measure", known.measures),
        ("date", known.dates),
    )
    for action, names in simple:
        if name in names:  # type: ignore[operator]
            return action
    if name.startswith("lang-"):
        return "first"
    if name.startswith(known.citations.names):
        return "citation"
    if any(box in name for box in known.infobox.names) and "/" not in name:
        return "infobox"
    if name.startswith("#") or (":" in name and name.split(":", maxsplit=1)[0].isalpha()):
        return "parser"
    if name.startswith(known.silent_beginnings) or name.endswith(known.silent_endings):
        return "silent"
    return "unknown"


def cut(source: str, start: int, end: int, pairs: Pairs) -> list[Parameter]:
    """The parameters of the template between its braces; ``end`` is behind them."""
    low, high = start + 2, end - 2
    inner = source[low:high]
    bars: list[int] = []
    if "{{" in inner or "[[" in inner or "<" in inner:
        at = low
        while found := SIGN.search(source, at, high):
            at = found.start()
            if source[at] == "|":
                bars.append(at)
                at += 1
            else:
                at = max(pairs.ends.get(at, 0), pairs.literal.get(at, 0), at + len(found.group()))
    else:
        bars = [low + at for at, sign in enumerate(inner) if sign == "|"] if "|" in inner else []
    parameters: list[Parameter] = []
    number = 0
    for here, after in pairwise([*bars, high]):
        key = KEY.match(source, here + 1, after)
        if key:
            name = key[1].lower().replace("_", " ")
            parameters.append(Parameter(name, key.end(), after, positional=name.isdigit()))
        else:
            number += 1
            parameters.append(Parameter(str(number), here + 1, after, positional=True))
    return parameters
