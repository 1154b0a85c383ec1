"""One verb of a sentence, as every step of coding sees it."""

from __future__ import annotations

import msgspec

from frontledger.languages.pack import Word

__all__ = ["Verb"]


class Verb(msgspec.Struct, eq=False):
    """One verb of a sentence: where it stands, its lemma with a separated preverb joined, its reading."""

    at: int
    lemma: str
    word: Word
    preverb: int | None = None
    attributive: bool = False
    passive: bool = False
    first: int = -1
    """Where its verb group begins ("had not been captured"); -1: at the verb."""
    present: bool = False
    """Its auxiliary stands in the present: "is captured"."""
    modal: bool = False
    """Under "would", "might" …: no fact."""

    @property
    def low(self) -> int:
        """The first token of the verb group."""
        return self.at if self.first < 0 else self.first
