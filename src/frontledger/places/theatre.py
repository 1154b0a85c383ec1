"""Which countries an account is about.

Two witnesses: the countries that it names, in its infobox, title and opening above all, and the countries that
have places of the names that it uses.  What does not belong here: which place of a name is meant (``choosing``).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from frontledger.languages.countrywords import country_words
from frontledger.languages.pack import load_pack, packs
from frontledger.model import Account
from frontledger.places.sounds import fold, slug

__all__ = ["Theatre", "countries_named", "opening", "theatre_of"]

_OPENING = 1200
"""Characters of the narrative in which accounts say what they are about."""
_ENDING = 6
"""Letters that an inflected form or an adjective may have beyond the name of a country ("Ukrajnában", "Syrian")."""
_SHARE = 0.25
"""A country belongs to the theatre from this share of the likeliest one's weight."""
_MOST = 4
"""More countries than a campaign ever has."""
_MANY = 3.0
"""Names (shared ones count in parts) that a country must have that the account does not name."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Theatre(msgspec.Struct, frozen=True):
    """The countries of an account, the likeliest first, with their weights (the first has 1)."""

    weights: Mapping[str, float]
    named: frozenset[str] = frozenset()
    """Every country that the account names, as a country or by its people."""
    stated: frozenset[str] = frozenset()
    """Those named where accounts say what they are about."""
    beside: frozenset[str] = frozenset()
    """Neighbours of the first one that do not belong to the theatre."""


def opening(account: Account) -> str:
    """Title, infobox and the first paragraphs: where an account says what it is about."""
    body = next((b.start for b in account.blocks if b.kind in {"paragraph", "bullet"}), 0)
    fields = (field.value for field in account.infobox)
    return "\n".join([account.title or "", *fields, account.text[body : body + _OPENING]])


def theatre_of(
    account: Account, having: Iterable[Sequence[str]], neighbours: Mapping[str, frozenset[str]]
) -> Theatre:
    """The theatre of ``account``; ``having`` gives, for each name in it, the countries with a place so called.

    Beside the likeliest country only those count that the account names, or that border on it and have many of
    its places: villages of any name are found somewhere on earth.
    """
    lead = countries_named(opening(account), account.lang)
    said = countries_named(account.text, account.lang) | lead  # title and infobox need not stand in the text
    votes: defaultdict[str, float] = defaultdict(float)
    for countries in having:
        for country in countries:
            votes[country] += 1 / len(countries)
    weights = {
        country: (0.25 + votes.get(country, 0))
        * (1 + 3 * math.log1p(lead[country]) + math.log1p(said[country]))
        for country in {*votes, *said}
    }
    ranked = sorted(weights, key=lambda country: (-weights[country], country))
    if not ranked:
        return Theatre({})
    first, best = ranked[0], weights[ranked[0]]
    if first not in said and votes.get(first, 0) < _MANY:
        return Theatre({}, frozenset(said), frozenset(lead))  # names of villages alone: any country will do
    beside = neighbours.get(first, frozenset())
    kept = {
        country: weights[country] / best
        for country in ranked
        if country == first
        or (
            weights[country] >= _SHARE * best
            and (country in beside or votes.get(country, 0) >= _MANY)  # a far ally has no villages in it
            and (country in said or votes.get(country, 0) >= _MANY)
        )
    }
    return Theatre(
        dict(list(kept.items())[:_MOST]), frozenset(said), frozenset(lead), beside.difference(kept, {""})
    )


def countries_named(text: str, lang: str | None) -> Counter[str]:
    """How often ``text`` names each country, by its name or by its people ("Szíriában", "szír", "Syrian")."""
    found: Counter[str] = Counter()
    words = Counter(_WORD.findall(text))
    by_phrase = _names(lang)[1]
    for word, count in words.items():
        if code := _country_of(word, lang):
            found[code] += count
        for phrase, code in by_phrase.get(word, ()):
            found[code] += text.count(phrase)
    return found


@lru_cache(maxsize=1 << 16)
def _country_of(word: str, lang: str | None) -> str | None:
    """The country that a word names, by its people or by its name, inflected or not."""
    code = _people(lang)(word)
    if code is not None or not word[0].isupper():
        return code
    by_word = _names(lang)[0]
    for end in range(len(word), 2, -1):
        if len(word) - end <= min(_ENDING, end - 1) and (stem := fold(word[:end])) in by_word:
            return by_word[stem]
    return None


@cache
def _names(lang: str | None) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Folded names of one word, and the longer ones as they are written, by their first word."""
    by_word: dict[str, str] = {}
    by_phrase: dict[str, list[tuple[str, str]]] = {}
    for code, names in country_words(lang).names.items():
        for name in names:
            if _WORD.fullmatch(name):
                by_word[fold(name)] = code
            elif first := _WORD.search(name):
                by_phrase.setdefault(first.group(), []).append((name, code))
    return by_word, by_phrase


class _People:
    """Words for peoples and countries in the lexicon of a language, as codes of countries."""

    def __init__(self, lang: str | None) -> None:
        self._lexicon = load_pack(lang).lexicon if lang in packs() and lang else {}
        self._codes = {
            slug(name): code for code, names in country_words("en").names.items() for name in names
        }
        self._known: dict[str, str | None] = {}

    def __call__(self, word: str) -> str | None:
        if word not in self._known:
            readings = self._lexicon.get(word.lower(), ())
            roots = (reading.info for reading in readings if reading.tag in {"S", "C"})
            self._known[word] = next((self._codes[root] for root in roots if root in self._codes), None)
        return self._known[word]


@cache
def _people(lang: str | None) -> _People:
    return _People(lang)
