"""Which documents can say nothing about control: told by their words alone, before anything is understood.

An event that bears on control is announced by a word of its language's pack (``forms_announcing``); a document
without any such word asserts none, whatever else it holds.  The check may keep too much and never dismisses too much:
words are cut finer than the engine cuts them, and where the language is open, those of every pack count.

What belongs here: that check.  What does not: markup, sentences, what the words say.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import NamedTuple

import msgspec

from frontledger.accounts import Document
from frontledger.accounts.language import code_of
from frontledger.languages.pack import forms_announcing, load_pack, packs
from frontledger.model import CONTROL_KINDS

__all__ = ["KINDS", "forms", "judge", "known"]

KINDS = CONTROL_KINDS | {"repulse"}
"""The kinds of events that say who holds a place; accounts of fighting alone are not among them."""

NO_WORD = re.compile(r"[^\w\x00-\x7f]+")
"""Dashes, quotation marks and the like, beyond ASCII."""
SPACED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))


class Forms(NamedTuple):
    """What announces control in one language, UTF-8 and in lower case."""

    words: frozenset[bytes]
    compounds: tuple[str, ...]
    """Forms of several parts ("hand-over"), looked for as they stand."""


class Line(msgspec.Struct):
    """What the check needs of a line of JSON."""

    text: str
    lang: object = None


LINES = msgspec.json.Decoder(Line)


known = cache(packs)


@cache
def forms(lang: str) -> Forms:
    """The forms of a pack."""
    pack = load_pack(lang)
    found = forms_announcing(
        [frame for frame in pack.frames.values() if frame.kind in KINDS], pack.lexicon, pack.bases
    )
    single = {form for form in found if form.isalnum()}  # the others are joined by "-" or "–"
    return Forms(frozenset(form.encode() for form in single), tuple(sorted(found - single)))


def judge(document: Document, lang: str | None = None) -> tuple[bool, str | None]:
    """Whether the document may tell of a change of control, and the language that its source states.

    ``lang`` overrides that.  What cannot be read, or is in a language without a pack, may tell anything.
    """
    try:
        text, stated = words_of(document)
    except (UnicodeDecodeError, msgspec.DecodeError):
        return True, None
    code = code_of(lang or stated)
    if code is not None and code not in known():
        return True, code
    text = text.lower()
    plain = text if text.isascii() else NO_WORD.sub(" ", text)
    words = plain.encode("utf-8", "surrogatepass").translate(SPACED).split()
    return any(_announces(forms(one), words, text) for one in ([code] if code else known())), code


def _announces(wanted: Forms, words: list[bytes], text: str) -> bool:
    if not wanted.words.isdisjoint(words):
        return True
    return ("-" in text or "–" in text) and any(map(text.__contains__, wanted.compounds))


def words_of(document: Document) -> tuple[str, str | None]:
    """The text as far as words go, and the language that the source states.

    Raises ``UnicodeDecodeError`` and ``msgspec.DecodeError``.
    """
    kind = document.kind
    if kind == "json":
        line = LINES.decode(document.data)
        return line.text, line.lang if isinstance(line.lang, str) else None
    text = document.data.decode()
    if kind == "html":
        text = html.unescape(text)
    elif kind != "text":  # links and bold type may begin inside a word
        text = text.replace("[[", "").replace("]]", "").replace("''", "")
    return text, document.lang
