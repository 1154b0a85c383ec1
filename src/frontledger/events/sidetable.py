"""How nations, alliances and the names of sides through the ages are called: ``sides.toml``.

What belongs here: reading the table, and what may be asked of it alone.  What does not: who fights for whom in an account
(``sides``).
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib import resources

import msgspec

__all__ = [
    "Alliance",
    "Era",
    "Root",
    "SideTable",
    "at_war_with_itself",
    "is_civil",
    "roots",
    "side_table",
    "side_title",
    "slug",
]


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a nation is named as a side."""

    adjective: str
    name: str | None = None
    civil: int | None = None
    """First year since which it fights itself."""
    aligned: bool = False
    """Not the nation itself, but who fights on its side: "Turkish-backed"."""


class Era(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """The years in which one nation's word means another side ("török" before 1923)."""

    root: str
    first: int
    last: int
    as_: str


class Alliance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two camps of a war of many, by the ids of their sides."""

    name: str
    first: int
    last: int
    camps: tuple[tuple[str, ...], tuple[str, ...]]


class SideTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``sides.toml``."""

    roots: dict[str, Root]
    eras: tuple[Era, ...]
    alliances: tuple[Alliance, ...] = ()


@cache
def side_table() -> SideTable:
    """The table as the file has it, read once."""
    source = resources.files("frontledger.events").joinpath("sides.toml")
    return msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), SideTable)


def roots() -> dict[str, Root]:
    """Every nation or people by the root that the language packs give."""
    return side_table().roots


@cache
def slug(text: str) -> str:
    """A stable ASCII identifier of a name."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        c if c.isalnum() and c.isascii() else "-" if not unicodedata.combining(c) else "" for c in plain
    )
    return "-".join(part for part in kept.split("-") if part) or "side"


def at_war_with_itself(root: str, year: int | None) -> bool:
    """Whether a nation fights itself in a year, or at some time where the year is not known."""
    known = roots().get(root)
    return known is not None and known.civil is not None and (year is None or year >= known.civil)


def side_title(side: str) -> str:
    """The id of a side as a name: "syrian-government" is "Syrian government"."""
    words = side.split("-")
    return " ".join([words[0].capitalize(), *words[1:]])


@cache
def is_civil(side: str) -> bool:
    """Whether a side is the government of a nation that fights itself."""
    return any(
        root.civil is not None and side == slug(f"{root.adjective} government") for root in roots().values()
    )
