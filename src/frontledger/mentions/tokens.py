"""Cut a text into tokens, once; every later step reads these arrays.

A token is a number with its ordinal point and glued ending ("5.", "5-én", "2015.", "11.-én"), a word with
its inner hyphens and apostrophes ("ISIL-tól", "Ma’ar", "Mahin-Quryatayn", "al-Hiyal-hegység"), or one
punctuation mark.  White space is no token.  Parallel lists, because a hundred thousand small objects cost
more than the reading itself.
"""

from __future__ import annotations

import re

import msgspec

__all__ = ["Tokens", "tokenize"]

TOKEN = re.compile(
    r"[^\W\d_]\w*+(?:[-–]\w++|['’ʼʻ`‘](?!s\b)\w++)*+"  # words, with hyphens and apostrophes inside
    r"|\d+(?:[.,:]\d+)*(?:\.?-?(?<=-)[^\W\d_]+|[^\W\d_]+|\.(?!\.))?"  # 5.  5-én  2015.  1566ban  10.30  12,5  11.-én
    r"|['’]s\b"  # the mark of an owner
    r"|['’ʼʻ‘]\w+(?:[-–'’ʼʻ`‘]\w+)*"  # ’Ayn
    r"|\.{3}|[^\w\s]|_"
)


class Tokens(msgspec.Struct, frozen=True, eq=False):
    """Parallel lists over the tokens of one text: surface, lower-cased surface, start and end offset."""

    text: list[str]
    low: list[str]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:
        return len(self.text)


def tokenize(text: str) -> Tokens:
    """Tokens of ``text``; offsets are code points into it.  Linear in the length of the text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(words, list(map(str.lower, words)), starts, ends)
