"""The words by which an account's furniture is known: infobox keys, flags, results, tags, reference headings.

Schema and loading of ``languages/<code>/account.toml``.  The words of all packs are used together, since
an account is read before its language matters.  What does not belong here: words of the narrative.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated

import msgspec

from frontledger.languages.loading import load_table

__all__ = ["AccountWords", "account_words"]


class AccountWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pack's ``account.toml``; all entries are lower case."""

    flags: tuple[str, ...]
    """Whole lines that state the account's status ("accuracy-checked")."""
    results: tuple[str, ...]
    """Word beginnings that make a verbless head line a result ("victory")."""
    losses: tuple[str, ...]
    """Word beginnings that make a head line with a number a casualty figure ("killed")."""
    keys: dict[str, tuple[str, ...]]
    """Infobox key → its labels in this language ("result" → "outcome")."""
    parts: tuple[str, ...]
    """How a head line names the war that the account is a part of, at its start or end ("part of")."""
    notes: tuple[str, ...]
    """Words before the number of a note marker ("note", in "[note 3]")."""
    tags: tuple[str, ...]
    """Bracketed remarks of the editors ("citation needed")."""
    references: tuple[str, ...]
    """Headings over lists of references, sources and links."""
    months: Annotated[tuple[tuple[str, ...], ...], msgspec.Meta(min_length=12, max_length=12)]
    """Twelve lists of month names and abbreviations, for datelines only."""
    units: tuple[str, ...]
    """Units of measure that may bear a superscript exponent or follow a number."""


@cache
def account_words() -> AccountWords:
    """The words of all packs that have an ``account.toml``, merged."""
    packs = [
        load_table(folder.name, "account.toml", AccountWords)
        for folder in sorted(resources.files("frontledger.languages").iterdir(), key=lambda item: item.name)
        if folder.is_dir() and folder.joinpath("account.toml").is_file()
    ]
    keys: dict[str, tuple[str, ...]] = {}
    for pack in packs:
        for key, labels in pack.keys.items():
            keys[key] = keys.get(key, ()) + labels
    return AccountWords(
        flags=tuple(word for pack in packs for word in pack.flags),
        results=tuple(word for pack in packs for word in pack.results),
        losses=tuple(word for pack in packs for word in pack.losses),
        keys=keys,
        parts=tuple(word for pack in packs for word in pack.parts),
        notes=tuple(word for pack in packs for word in pack.notes),
        tags=tuple(word for pack in packs for word in pack.tags),
        references=tuple(word for pack in packs for word in pack.references),
        months=tuple(tuple(word for pack in packs for word in pack.months[month]) for month in range(12)),
        units=tuple(word for pack in packs for word in pack.units),
    )
