"""How a language says where a place lies: schema and loading of ``languages/<code>/relations.toml``.

What does not belong here: reading an account with it (``places/tellings.py``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from frontledger.languages.loading import load_table

__all__ = ["RelationWords", "relation_words"]


class RelationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pack's ``relations.toml``; words in lower case."""

    anchor: Literal["first", "last"] = "last"
    """Whether the place that one counts from stands before the words ("A-tól északra") or behind ("north of A")."""
    links: tuple[str, ...] = ()
    """Words between the direction or distance and the place that it counts from ("of", "from")."""
    endings: tuple[str, ...] = ()
    """Endings of the word group that names the place one counts from, where case says so ("tól")."""
    directions: dict[str, float] = {}
    """Word → degrees clockwise from north ("north", "északra")."""
    sides: dict[str, float] = {}
    """Word for a side of a place → degrees ("the *western* gates of A")."""
    units: dict[str, float] = {}
    """Unit → kilometres; inflected forms begin with it."""
    numbers: dict[str, float] = {}
    """Numbers in words; vague ones as what they usually mean ("a few")."""
    yes: tuple[str, ...] = ()
    """Examples: "sentence | kilometres degrees", of a place called Tadmor; one of the two figures may be missing."""
    no: tuple[str, ...] = ()
    """Sentences about Tadmor that tell neither."""


@cache
def relation_words(code: str | None) -> RelationWords | None:
    """The words of the pack ``code``; None when there is no such table."""
    if code is None or not code.isalpha():
        return None
    if not resources.files("frontledger.languages").joinpath(code, "relations.toml").is_file():
        return None
    return load_table(code, "relations.toml", RelationWords)
