"""What kind of actor a side is: a state's forces, rebels, a militia.

What belongs here: looking a side up in ``actors.toml``.  What does not: the number that a code book gives it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

__all__ = ["Actor", "actor"]

Sort = Literal["state", "rebel", "militia", "external", "unknown"]


class Actor(msgspec.Struct, frozen=True):
    """A side's kind; ``country`` (ISO 3166-1 alpha-2) is the state's own."""

    sort: Sort
    country: str | None = None


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    states: dict[str, str]
    rebels: frozenset[str]
    militias: frozenset[str]
    external: frozenset[str]


@cache
def actor(side: str | None) -> Actor:
    """The kind of a side by its id; ``unknown`` where no table has it."""
    table = _table()
    if side is None:
        return Actor("unknown")
    if side in table.states:
        return Actor("state", table.states[side])
    if side in table.rebels or side.endswith(("-rebels", "-jihadists")):
        return Actor("rebel")
    if side in table.militias or side.endswith("-militias"):
        return Actor("militia")
    return Actor("external") if side in table.external else Actor("unknown")


@cache
def _table() -> _Table:
    source = resources.files("frontledger.exports.coding").joinpath("actors.toml")
    return msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), _Table)
