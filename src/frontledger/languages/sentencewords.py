"""The words that decide where sentences end: schema and loading of ``languages/<code>/sentences.toml``.

What does not belong here: how they decide (``mentions/sentences.py``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from frontledger.languages.loading import load_table

__all__ = ["SentenceWords", "sentence_words"]


class SentenceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pack's ``sentences.toml``; abbreviations in lower case, without their final point."""

    ordinal_point: bool = False
    """Whether a number with a point is an ordinal ("5. kerület", "XVII. század")."""
    abbreviations: frozenset[str] = frozenset()
    """Never end a sentence ("Mr", "kb")."""
    ending: frozenset[str] = frozenset()
    """Abbreviations that may end one, if the next word starts a sentence ("etc", "stb", "U.S")."""
    before_number: frozenset[str] = frozenset()
    """Abbreviations only when a number follows ("No. 5"); elsewhere ordinary words."""
    starters: frozenset[str] = frozenset()
    """Words that are capitalised only where a sentence starts ("The", "A"), in lower case."""
    yes: tuple[tuple[str, ...], ...] = ()
    """Examples: each a list of sentences that, joined by spaces, must split exactly so."""


@cache
def sentence_words(code: str | None) -> SentenceWords:
    """The words of the pack ``code``; plain defaults when there is no such pack."""
    if code is None or not code.isalpha():
        return SentenceWords()
    if not resources.files("frontledger.languages").joinpath(code, "sentences.toml").is_file():
        return SentenceWords()
    return load_table(code, "sentences.toml", SentenceWords)
