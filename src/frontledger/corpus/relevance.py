"""Which documents can say nothing about control: told by their words alone, before anything is understood.

An event that bears on control is announced by a word of its language's pack (``forms_announcing``); a document
without any such word asserts none, whatever else it holds.  The check may keep too much and never dismisses too much:
words are cut finer than the engine cuts them, and where the language is open, those of every pack count.

What belongs here: that check.  What does not: markup, sentences, what the words say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from frontledger.accounts import Document
from frontledger.accounts.language import code_of
from frontledger.languages.accountwords import account_words
from frontledger.languages.pack import Pack, forms_announcing, load_pack, packs
from frontledger.languages.schema import Frame
from frontledger.model import CONTROL_KINDS

__all__ = ["KINDS", "forms", "judge", "known"]

KINDS = CONTROL_KINDS | {"repulse"}
"""The kinds of events that say who holds a place; accounts of fighting alone are not among them."""

ASCII = bytes(range(128))
CUT = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256)).lower()
"""Bytes of UTF-8 → small letters, digits and what is beyond ASCII; anything else is a space."""


class Forms(NamedTuple):
    """What announces control in one language, UTF-8 and in lower case."""

    words: frozenset[bytes]
    parted: Mapping[bytes, frozenset[bytes]]
    """Forms that announce only with one of their preverbs, which may stand anywhere: "made … over", "tért vissza"."""
    months: frozenset[bytes]
    """Those of them that name a month, too ("march")."""
    compounds: tuple[bytes, ...]
    """Forms of several parts ("hand-over") none of which announces by itself, looked for as they stand."""

    def outside_dates(self, text: str) -> bool:
        """Whether a form that names a month stands where it may be something else.

        Inside a sentence ``mentions.forms`` reads a verb with a capital as a name; before a number it is of a date.
        """
        month = "|".join(re.escape(month.decode()) for month in sorted(self.months))
        inside, dated = r"(?<![\w,][ \u00a0])(?<!&nbsp;)", r"(?![ \u00a0]\d|&nbsp;\d)"
        return re.search(rf"(?:{month})|{inside}(?i:{month}){dated}", text) is not None


class _Signs(dict[str, tuple[bytes, bytes]]):
    """A character beyond ASCII → its bytes, and those that stand for it: of the small letter, of a hyphen, a space."""

    def __missing__(self, sign: str) -> tuple[bytes, bytes]:
        plain = "-" if sign == "–" else "".join(c if c.isalnum() else " " for c in sign.lower())
        pair = sign.encode("utf-8", "surrogatepass"), plain.encode()
        self[sign] = pair
        return pair


SIGNS = _Signs()
FINAL = "Σ"
"""The one letter whose small form depends on where it stands."""


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
    frames = [_on_its_own(frame) for frame in pack.frames.values() if frame.kind in KINDS]
    found = forms_announcing(frames, pack.lexicon, pack.bases)
    parted = _parted(pack, frames, found)
    found -= parted.keys()
    single = {form for form in found if form.isalnum()}  # the others are joined by "-" or "–"
    joined = {form.replace("–", "-") for form in found - single}
    months = {
        form
        for form in (single | parted.keys()).intersection(chain(*account_words().months))
        if all(word.tag == "V" for word in pack.lexicon.get(form, ()))
    }
    return Forms(
        words=frozenset(form.encode() for form in single),
        parted={
            form.encode(): frozenset(preverb.encode() for preverb in preverbs)
            for form, preverbs in parted.items()
        },
        months=frozenset(form.encode() for form in months),
        compounds=tuple(sorted(form.encode() for form in joined if single.isdisjoint(form.split("-")))),
    )


def _on_its_own(frame: Frame) -> Frame:
    """A frame without the everyday verbs ("moved in", "came in") that take a place only beside somebody's leaving it,
    which announces itself.
    """
    return replace(frame, verbs=[verb for verb in frame.verbs if not frame.after_loss or " " not in verb])


def _parted(pack: Pack, frames: Iterable[Frame], found: Collection[str]) -> dict[str, frozenset[str]]:
    """Those of the forms that announce only as the rest of a verb whose preverb stands apart, with the preverbs."""
    frames = tuple(frames)
    lemmas = {
        lemma for frame in frames for lemma in frame.verbs if not frame.noun or lemma in frame.noun_optional
    }
    preverbs: dict[str, set[str]] = {}
    for lemma in lemmas:
        base, _, behind = lemma.partition(" ")
        base = base if behind else pack.bases[lemma]
        if base != lemma:
            preverbs.setdefault(base, set()).add(behind or lemma.removesuffix(base))
    whole = tuple(replace(frame, verbs=[v for v in frame.verbs if v not in lemmas]) for frame in frames)
    alone = lemmas | forms_announcing(whole, pack.lexicon, pack.bases)
    parted: dict[str, frozenset[str]] = {}
    for form in found:
        verbs = {word.lemma for word in pack.lexicon.get(form, ()) if word.tag == "V"}
        needed = {preverb for verb in verbs for preverb in preverbs.get(verb, ())}
        if needed and form not in alone and verbs.isdisjoint(lemmas) and form.isalnum():
            parted[form] = frozenset(needed)
    return parted


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
    data = plain(text)
    words = data.translate(CUT).split()
    return any(_announces(forms(one), words, data, text) for one in ([code] if code else known())), code


def plain(text: str) -> bytes:
    """UTF-8 of the text, with small letters beyond ASCII; signs there are a space, and a dash between parts a hyphen.

    Characters that are not of ASCII are few and the same ones again: each is looked at once, not wherever it stands.
    """
    if FINAL in text:
        text = text.lower()
    data = text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        for sign in set(data.translate(None, ASCII).decode("utf-8", "surrogatepass")):
            written, meant = SIGNS[sign]
            if written != meant:
                data = data.replace(written, meant)
    return data


def _announces(wanted: Forms, words: list[bytes], data: bytes, text: str) -> bool:
    if not wanted.words.isdisjoint(words):
        found = wanted.words.intersection(words)
        if not found <= wanted.months or wanted.outside_dates(text):
            return True
    for form in wanted.parted.keys() & words:
        dated = form in wanted.months and not wanted.outside_dates(text)
        if not dated and not wanted.parted[form].isdisjoint(words):
            return True
    return b"-" in data and any(map(data.lower().__contains__, wanted.compounds))


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
