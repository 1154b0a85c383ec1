"""How a spelling sounds and how far two sounds are apart.

Names that reach us through several romanisations ("Maheen", "Mahin", "Herszon", "Kherson") are compared as
sounds: each spelling is read in every reading of ``sounds.toml``, and the readings are compared by an edit
distance in which the swaps that romanisations make are cheap.  What belongs here: letters and sounds.  What
does not: words, articles, types or anything else that a *name* consists of (``names``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import TypeVar

import msgspec

from frontledger.errors import PackError

__all__ = ["VOWELS", "fold", "fold_all", "likeness", "place_table", "readings", "skeleton", "slug"]

T = TypeVar("T")


def place_table(name: str, shape: type[T]) -> T:
    """The data of ``places/<name>`` as a ``shape``; :class:`PackError` says file and key where it does not fit."""
    source = resources.files("frontledger.places").joinpath(name)
    try:
        return msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"places/{name}: {error}") from None


class _Sounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    vowels: str
    silent: str
    marked: dict[str, str]
    letters: dict[str, str]
    readings: dict[str, dict[str, str]]
    endings: dict[str, str]
    swap: dict[str, float]
    lack: dict[str, float]


_DATA = place_table("sounds.toml", _Sounds)
VOWELS = frozenset(_DATA.vowels)
_LETTERS = str.maketrans({**_DATA.letters, **dict.fromkeys(_DATA.silent, "")})
_COMBINING = dict.fromkeys(i for i in range(0x300, 0x2100) if unicodedata.combining(chr(i)))
_RULES = tuple(
    (re.compile("|".join(sorted(map(re.escape, rules), key=len, reverse=True))), rules)
    for rules in _DATA.readings.values()
)
_ENDING = re.compile(rf"(?<=..)(?:{'|'.join(sorted(_DATA.endings, key=len, reverse=True))})$")
_SWAP: dict[str, dict[str, float]] = {}
for _pair, _price in _DATA.swap.items():
    for _one, _other in (tuple(_pair), tuple(_pair[::-1])):
        _SWAP.setdefault(_one, {})[_other] = _price
_NO_SWAP: dict[str, float] = {}
_VOWEL = _DATA.lack["vowel"]
_FIRST_VOWEL = _DATA.lack["first_vowel"]
_FINAL_H = _DATA.lack["final_h"]
_LACK = dict.fromkeys(VOWELS, _VOWEL) | {s: p for s, p in _DATA.lack.items() if len(s) == 1}
_VOWEL_WEIGHT = 0.6
"""What a vowel counts in a name's length: vowels change with every romanisation, consonants tell names apart."""
_SHORT = 3.5
_SHORT_STRICTNESS = 1.4
"""In names of so little weight each difference counts this much more: Tal Sinni is not Tal Sina."""
_COARSE = str.maketrans(
    {
        **dict.fromkeys("kgqγ", "k"),
        **dict.fromkeys("tdθðszšž", "t"),
        **dict.fromkeys("bpfv", "b"),
        **dict.fromkeys(_DATA.vowels + "hxyčcj", ""),
    }
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` in lower case without marks and apostrophes, letters of other alphabets transliterated."""
    return fold_all(text)


def fold_all(text: str) -> str:
    """The same for a text that will not come again; many names in one text take a tenth of the time."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return (plain if plain.isascii() else plain.translate(_COMBINING)).translate(_LETTERS)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """An ASCII identifier made of the words of ``text``; empty where no letter can be transliterated."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[str, ...]:
    """The ways in which ``word`` may sound, one symbol a sound; the plain reading first, no repetitions."""
    marked = unicodedata.normalize("NFC", word.casefold())
    letters = "".join(_DATA.marked.get(c) or fold(c) for c in marked)
    found: dict[str, None] = {}
    for pattern, rules in _RULES:
        sounds = pattern.sub(lambda m, rules=rules: rules[m[0]], letters)  # type: ignore[misc]
        found[_settle(sounds)] = None
    return tuple(found)


def _settle(sounds: str) -> str:
    """Doubled sounds are one; y between consonants is a vowel; endings that languages swap are one."""
    out: list[str] = []
    for i, sound in enumerate(sounds):
        beside = sounds[max(0, i - 1) : i] + sounds[i + 1 : i + 2]
        heard = "i" if sound == "y" and i and not any(c in VOWELS for c in beside) else sound
        if not out or out[-1] != heard:
            out.append(heard)
    settled = "".join(out)
    ending = _ENDING.search(settled)
    return settled[: ending.start()] + _DATA.endings[ending[0]] if ending else settled


def skeleton(sounds: str) -> str:
    """The consonants of ``sounds`` in coarse classes, the shifty ones left out (for blocking only).

    A cheap swap leaves it unchanged or one consonant shorter.
    """
    return sounds.translate(_COARSE)


@lru_cache(maxsize=262144)
def likeness(a: str, b: str, floor: float = 0.0) -> float:
    """How alike two sound strings are, 0 to 1: one less their distance over the longer one's weight.

    Below ``floor`` the answer is 0: what is not wanted need not be weighed to the end.
    """
    if a == b:
        return 1.0
    (weight_a, lack_a), (weight_b, lack_b) = _prices(a), _prices(b)
    longer = max(weight_a, weight_b)
    if not longer:
        return 0.0
    room = longer / _SHORT_STRICTNESS if longer < _SHORT else longer
    limit = (1.0 - floor) * room + 1e-9
    head = _shared(a, b)
    tail = _shared(a[head:][::-1], b[head:][::-1])
    ends_a, ends_b = slice(head, len(a) - tail), slice(head, len(b) - tail)
    distance = _distance(a[ends_a], b[ends_b], lack_a[ends_a], lack_b[ends_b], limit)
    return max(0.0, 1.0 - distance / room) if distance <= limit else 0.0


@lru_cache(maxsize=65536)
def _prices(sounds: str) -> tuple[float, list[float]]:
    """The weight of ``sounds`` and the price of leaving out each of them."""
    prices = [_LACK.get(sound, 1.0) for sound in sounds]
    if sounds and sounds[0] in VOWELS:
        prices[0] = _FIRST_VOWEL
    if sounds.endswith("h"):
        prices[-1] = _FINAL_H
    return sum(_VOWEL_WEIGHT if sound in VOWELS else 1.0 for sound in sounds), prices


def _shared(a: str, b: str) -> int:
    """How many sounds both begin with."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _distance(a: str, b: str, lack_a: list[float], lack_b: list[float], limit: float) -> float:
    """The weighted edit distance, or something above ``limit`` as soon as it is sure to exceed that."""
    row = [0.0]
    for price in lack_b:
        row.append(row[-1] + price)
    for x, without_x in zip(a, lack_a, strict=True):
        prices = _SWAP.get(x, _NO_SWAP)
        diagonal = left = row[0]
        row[0] = left = best = left + without_x
        for j, y in enumerate(b):
            above = row[j + 1]
            cost = diagonal if x == y else diagonal + prices.get(y, 1.0)
            diagonal = above
            row[j + 1] = left = cost = min(cost, above + without_x, left + lack_b[j])
            best = min(best, cost)
        if best > limit:
            return best
    return row[-1]
