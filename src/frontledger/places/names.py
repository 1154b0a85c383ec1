"""What a place name consists of, and how alike two names are.

A name is taken apart into the words that carry its identity and those that do not: articles, class words
("Tal", "hegység"), qualifiers ("upper", "Nagy", numbers) and carriers ("Kafr", "Umm").  Only the core is
compared by sound; qualifiers and numbers must be the same.  What belongs here: names by themselves.  What
does not: how letters sound (``sounds``) and which mentions are one place (``identity``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from frontledger.places.sounds import fold, likeness, place_table, readings

__all__ = [
    "NAMED_AFTER_TOWNS",
    "SAME",
    "SUSPECT",
    "Name",
    "class_of",
    "compatible",
    "derivation",
    "has_own_names",
    "is_generic",
    "is_landscape",
    "is_same",
    "is_slip",
    "lends_its_name",
    "may_describe",
    "read_name",
    "similarity",
    "spoken",
]

SAME = 0.9
"""From here on two names are one (fitted on ``tests/places/pairs.toml``; see also notes on romanisation)."""
SUSPECT = 0.74
"""From here on they may be one: a consonant off in a name of five letters."""
NEARLY_SAME = 0.86
"""From here on they may be one however they are spelt."""
NEAR = 0.95
"""From here on names are one whatever their class words, however short: a vowel may change, none may be lacking."""
SHORT = 4
"""Names of so few letters are too many to be told from slips: Hama is not Homs."""
BRIEF = 5
"""Names of so few letters are many: a sound that a longer name can spare makes another place of them."""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    articles: list[str]
    joints: list[str]
    plain: list[str]
    numeral_endings: list[str]
    slight: list[str]
    own_names: list[str]
    landscapes: list[str]
    shortened: list[str]
    shortened_later: list[str]
    named_after_towns: list[str]
    classes: dict[str, list[str]]
    words: dict[str, list[str]]
    qualifiers: dict[str, list[str]]
    bound: dict[str, list[str]]
    carriers: dict[str, list[str]]


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words}


_DATA = place_table("generic_words.toml", _Words)
_CLASSES = _inverted(_DATA.classes)
_TYPES = _inverted(_DATA.words)
_QUALIFIERS = _inverted(_DATA.qualifiers)
_BOUND = sorted(_inverted(_DATA.bound).items(), key=lambda item: (-len(item[0]), item))
_CARRIERS = _inverted(_DATA.carriers)
_ARTICLES = frozenset(_DATA.articles)
_EMPTY = _ARTICLES | frozenset(_DATA.joints) | frozenset(_DATA.plain)
_SLIGHT = frozenset(_DATA.slight)
_OWN_NAMES = frozenset(_DATA.own_names)
_LANDSCAPES = frozenset(_DATA.landscapes)
_SHORTENED = frozenset(_DATA.shortened)
_SHORTENED_LATER = frozenset(_DATA.shortened_later)
NAMED_AFTER_TOWNS = frozenset(_DATA.named_after_towns)
"""Types of places whose bare name is that of their chief town."""
_ENDINGS = frozenset(_DATA.numeral_endings)
_NUMERAL = re.compile(rf"(\d+)(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})?")
_TOKEN = re.compile(r"[^\W_]+")
_QUIET = re.compile(r"['’‘ʼʾʿ`´ʹ′]")
_LETTER_NUMBER = re.compile(r"\b([A-Z])[- ](\d+)\b")


class Name(msgspec.Struct, frozen=True):
    """A name taken apart.

    ``core`` are the folded words that carry it, ``marks`` its qualifiers and numbers, ``carriers`` shared
    parts such as "kafr"; ``type`` is what a class word in it implies.  ``spoken`` are the readings of the core,
    ``whole`` those of core and carriers together, each one sound string a word.
    """

    surface: str
    core: tuple[str, ...]
    marks: tuple[str, ...]
    carriers: tuple[str, ...]
    type: str | None
    spoken: tuple[tuple[str, ...], ...]
    whole: tuple[tuple[str, ...], ...]

    @property
    def firm_marks(self) -> tuple[str, ...]:
        """The marks that tell even described places apart ("the northern depot", not "the great depot")."""
        return tuple(mark for mark in self.marks if mark not in _SLIGHT)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Equal for names that differ only in what never tells places apart (articles, marks, class words)."""
        return "".join((*self.carriers, *self.core)), self.marks


class _Parts:
    """The words of a name while they are being sorted."""

    def __init__(self) -> None:
        self.core: list[str] = []
        self.marks: list[str] = []
        self.marked: list[str] = []
        self.carriers: list[str] = []
        self.type: str | None = None

    def take(self, word: str, *, after_number: bool) -> None:
        folded = fold(word)
        numeral = _NUMERAL.fullmatch(folded)
        if numeral:
            self.marks.append(numeral[1])
        elif folded in _TYPES:
            self.type = self.type or _TYPES[folded]
        elif folded in _QUALIFIERS:
            self.marks.append(_QUALIFIERS[folded])
            self.marked.append(word)
        elif folded in _CARRIERS:
            self.carriers.append(_CARRIERS[folded])
        elif folded not in _EMPTY and not (after_number and folded in _ENDINGS):
            self._take_core(word, folded)

    def _take_core(self, word: str, folded: str) -> None:
        for prefix, mark in _BOUND:
            if folded.startswith(prefix) and len(folded) >= len(prefix) + 4 and len(word) == len(folded):
                self.marks.append(mark)
                self.core.append(word[len(prefix) :])
                return
        self.core.append(word)
        if any(c.isdigit() for c in folded):
            self.marks.append(folded)


@lru_cache(maxsize=65536)
def read_name(surface: str) -> Name:
    """``surface`` taken apart.  A name of class words alone is kept whole."""
    words = _TOKEN.findall(_LETTER_NUMBER.sub(r"\1\2", _QUIET.sub("", surface)))
    parts = _Parts()
    for before, word in zip(["", *words], words, strict=False):
        parts.take(word, after_number=before.isdigit())
    core, marks, carriers = parts.core, parts.marks, parts.carriers
    if not core:
        core = carriers or parts.marked or ([] if marks else words)
        carriers = []
        marks = (
            [mark for mark in marks if mark not in _QUALIFIERS.values()] if core is parts.marked else marks
        )
    folded = tuple(fold(word) for word in core)
    return Name(
        surface=surface,
        core=folded,
        marks=tuple(sorted(marks)),
        carriers=tuple(sorted(carriers)),
        type=parts.type,
        spoken=_spoken(core),
        whole=_spoken([*carriers, *core]),
    )


def _spoken(words: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Every reading of ``words``: all in the first reading, all in the second, and so on."""
    each = [readings(word) for word in words]
    count = max((len(found) for found in each), default=0)
    return tuple(tuple(found[min(i, len(found) - 1)] for found in each) for i in range(count))


@lru_cache(maxsize=65536)
def spoken(name: Name) -> tuple[str, ...]:
    """The whole core as one sound string, in each of its readings."""
    return tuple("".join(words) for words in name.whole)


def similarity(a: Name, b: Name, floor: float = 0.0) -> float:
    """How alike two names are by sound, 0 to 1; 0 when a qualifier or number tells them apart, or below ``floor``."""
    if a.marks != b.marks:
        return 0.0
    if a.key == b.key:
        return 1.0
    if a.carriers == b.carriers:
        # Two names in one orthography are as alike in the plain reading as in their own.
        pairs = {(x, y) for x in a.spoken for y in b.spoken if x in a.spoken[:1] or y in b.spoken[:1]}
        return max((_alike(x, y, floor) for x, y in pairs), default=0.0)
    # "Kafranbel" and "Kafr Nabl": one word or two, the carrier may still be there, but nothing less will do.
    return max(
        (likeness("".join(x), "".join(y), max(floor, SAME)) for x in a.whole for y in b.whole), default=0.0
    )


def is_same(a: Name, b: Name, alike: float) -> bool:
    """Whether names so ``alike`` in sound are one: brief ones, and those with unlike class words, only if hardly unlike."""
    brief = min(len(a.key[0]), len(b.key[0])) <= BRIEF
    return alike >= (NEAR if brief or (a.type and b.type and a.type != b.type) else SAME)


def is_slip(a: Name, b: Name, alike: float) -> bool:
    """Whether names so ``alike`` in sound are probably one, badly written: one letter off, or hardly off in sound."""
    x, y = "".join(a.core), "".join(b.core)
    if x[:1] != y[:1] or (a.type and b.type and a.type != b.type):
        return False  # a slip of the pen changes neither the initial nor the class word
    if min(len(x), len(y)) <= SHORT:
        return alike >= SAME
    return alike >= NEARLY_SAME or (alike >= SUSPECT and OSA.distance(x, y, score_cutoff=1) <= 1)


def _alike(a: tuple[str, ...], b: tuple[str, ...], floor: float) -> float:
    """Likeness of the words run together, held down by the least alike pair of words."""
    joined = likeness("".join(a), "".join(b), floor)
    if joined and len(a) == len(b) > 1:
        held = min(joined, 0.1 + min(likeness(x, y) for x, y in zip(a, b, strict=True)))
        return held if held >= floor else 0.0
    return joined


def is_generic(name: Name, kind: str | None, parts: Iterable[Name] = ()) -> bool:
    """Whether ``name``, of type ``kind``, says nothing but class words and the names of ``parts``.

    "Mahin–Sadad checkpoint" does; "Maheen-hegység" by Mahin does not, since mountains have their own names.
    """
    group = class_of(kind) or class_of(name.type)
    parts = tuple(parts)
    if not name.type and (not kind or len(parts) < 2 or len(name.core) < 2):
        return False
    if group is None or has_own_names(group):
        # "the hill" is generic; Hill 60, Tal Kabir and the town of Most are not.
        return class_of(name.type) == group and bool(name.core) and all(map(_is_class_word, name.core))
    if all(_is_class_word(word) or word in _QUALIFIERS for word in name.core):
        return True
    return all(any(derivation(word, part) for part in parts) for word in (*name.core, *name.carriers))


def may_describe(name: Name, kind: str | None) -> bool:
    """Whether ``name`` can be one that only describes, as a text may show: not "Mahin", nor "Tal Hazim"."""
    group = class_of(kind) or class_of(name.type)
    if group is None:
        return bool(kind or name.type)
    return not has_own_names(group) or all(_is_class_word(word) or word in _QUALIFIERS for word in name.core)


def _is_class_word(word: str) -> bool:
    return word in _TYPES or word in _EMPTY


def derivation(word: str, base: Name) -> float:
    """How surely ``word`` is one of ``base`` or an adjective or variant of it ("Mahini" of "Mahin"); 0 if not."""
    return max((_derivation(word, part) for part in (*base.core, *base.carriers)), default=0.0)


def _derivation(word: str, base: str) -> float:
    if word == base:
        return 2.0
    alike = max(likeness(x, y) for x in readings(word) for y in readings(base))
    if len(base) >= SHORT and word.startswith(base[: max(SHORT, len(base) - 1)]):
        return 1.0 + alike
    return alike if alike >= SUSPECT else 0.0


def class_of(kind: str | None) -> str | None:
    """The class in which a type compares; None for no type and for types that say no more than "there"."""
    found = _CLASSES.get(kind, kind) if kind else None
    return None if found == "vague" else found


def has_own_names(group: str) -> bool:
    """Whether places of this class bear names of their own, not only that of the place they lie by."""
    return group in _OWN_NAMES


def is_landscape(name: str) -> bool:
    """Whether a name without a type is that of a great river or landscape, after which towns are called, too."""
    return "".join(read_name(name).core) in _LANDSCAPES


def lends_its_name(group: str | None) -> bool | None:
    """Whether a bare name can be short for one of this class: None if only after the full name was told.

    "Euphrates" is the river; "Hazim" is the hill once the text has said "Tal Hazim"; but "Kherson" is never the
    province, nor "Palmyra" the castle.
    """
    return True if group in _SHORTENED else None if group in _SHORTENED_LATER else False


def compatible(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    """Whether two mentions of one name may be one place.

    Each is (class of the class word in the name, class of the type that the text gives).  Untyped mentions pass
    for settlements.  "Tal Abyad" may be called a town and a hill, "Hazim" and "Tal Hazim" may not.
    """
    (word_a, type_a), (word_b, type_b) = a, b
    if word_a is not None and word_a == word_b:
        loose = {None, word_a, "settlement"}
        return type_a == type_b or (type_a in loose and type_b in loose)
    return (type_a or word_a or "settlement") == (type_b or word_b or "settlement")
