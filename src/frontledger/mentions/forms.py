"""Read a token by itself: its tag, what the pack says of it, and its base form.

Most tokens mean the same wherever they stand, so an account is read once over, form by form, and what the account
has no say in is kept for the next one.  What belongs here: the look-up of tokens in the pack, with names read by
:mod:`names`.  What does not: what neighbours and times make of a token (``tagging``).
"""

from __future__ import annotations

import msgspec

from frontledger.languages.commanders import commanders_of
from frontledger.languages.pack import FormReading, Pack, PhrasePairs, Word
from frontledger.mentions.names import NameReading, read_names
from frontledger.mentions.tokens import Tokens

_SHORTEST_ADJECTIVE = 4
APOSTROPHES = frozenset("'’ʿʻ‘`")
"""What a romanised name may open with for a letter of its own script."""

__all__ = [
    "OPENERS",
    "AccountTokens",
    "Body",
    "adjectival_base",
    "cased",
    "compounded",
    "prepare",
    "read_token",
]

OPENERS = frozenset('.!?:;–—-•*()[]„“”"«»…') | {"..."}
"""Behind these a capital may only open a sentence."""
_REMEMBERED = 100_000
"""Surfaces kept for the next account before the memory is emptied: bounds it on endless text."""
_NO_PAIR: PhrasePairs = ({}, ())
_KEEP = frozenset("OCSTARYnHus")
# Where a form has several readings, the first of these wins; verbs are looked up again by the clause.
_ORDER = {tag: rank for rank, tag in enumerate("OCSTARYnHusoQkBLPczDdhf!Vjargex")}


class Body(msgspec.Struct, frozen=True, gc=False):
    """An armed body that only the account knows, by its full name; a state's own bears that state's nation."""

    name: str
    nation: str = ""
    role: str = "any"


class AccountTokens(msgspec.Struct, eq=False):
    """The tokens of an account with everything that is read once for all of it."""

    tokens: Tokens
    pack: Pack
    names: dict[str, NameReading]
    bases: frozenset[str]
    """Base forms of all names."""
    firm: frozenset[str]
    """Bases that stand with a capital inside a sentence too."""
    seen_lower: frozenset[str]
    commanders: dict[str, str] = {}
    """Commanders of the years that the account tells of, by name, with their sides."""
    commanding: frozenset[str] = frozenset()
    """The last words of their names."""
    readings: list[FormReading] = []
    """The reading of every token by itself, inside a sentence."""
    leaning: list[int] = []
    """The tokens whose neighbours have a say, in order."""
    inside: dict[str, FormReading] = {}
    """Surface to reading inside a sentence, filled as surfaces are met."""
    opening: dict[str, FormReading] = {}
    """The same where a sentence begins."""
    bodies: dict[str, Body] = {}
    """Organisations that the account itself gives a short name, by their full one."""
    known: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    """Their full names: first word in lower case to the words behind it and the reading."""


def prepare(tokens: Tokens, pack: Pack, year: int | None = None) -> AccountTokens:
    """Read the tokens of an account, its names first: every capitalised token that the pack does not know.

    ``year`` is when the account plays: whoever commanded then is known by name.
    """
    lexicon = pack.lexicon
    names = [
        word
        for word in dict.fromkeys(tokens.text)
        if word != (low := word.lower()) and low not in lexicon and len(word) > 1
    ]
    readings = read_names(names, pack)
    bases = frozenset(reading.base for reading in readings.values())
    commanders = commanders_of(pack.code, year)
    firm = (
        commanders.keys()
        | {  # "Rákóczi" opens a sentence as a name, though it ends like an adjective
            readings[word].base
            for before, word in zip(tokens.text, tokens.text[1:], strict=False)
            if word in readings and before not in OPENERS
        }
    )
    lower = frozenset(tokens.low) & frozenset(tokens.text)
    account = AccountTokens(tokens, pack, readings, bases, frozenset(firm), lower)
    account.commanders = commanders
    account.commanding = frozenset(name.rpartition(" ")[2] for name in commanders)
    account.inside = _Surfaces(account)
    account.readings = list(map(account.inside.__getitem__, tokens.text))
    account.leaning = _leaning(account)
    return account


def _leaning(account: AccountTokens) -> list[int]:
    """The tokens that say nothing by themselves: signs that open a sentence, homographs, phrases' first words."""
    low, pairs = account.tokens.low, account.pack.phrase_pairs
    always = OPENERS | account.pack.homographs
    watched = always.union(pairs)
    found = []
    for index, (word, after) in enumerate(zip(low, [*low[1:], ""], strict=False)):
        if word in watched:
            seconds, beginnings = pairs.get(word, _NO_PAIR)
            if after in seconds or word in always or after.startswith(beginnings):
                found.append(index)
    return found


class _Surfaces(dict[str, FormReading]):
    """Surface to reading inside a sentence, for one account; what it has no say in is kept in the pack."""

    def __init__(self, account: AccountTokens) -> None:
        super().__init__()
        self.account = account

    def __missing__(self, surface: str) -> FormReading:
        low = surface.lower()
        shared = self.account.pack.readings
        reading = shared.get(surface) or _read_anew(self.account, surface, low, initial=False)
        self[surface] = reading
        if surface == low and not low.endswith("i"):  # names have a say in all others
            if len(shared) > _REMEMBERED:
                shared.clear()
            shared[surface] = reading
        return reading


def read_token(account: AccountTokens, index: int, *, initial: bool) -> FormReading:
    """The reading of a token where it stands; ``initial`` where a sentence begins with it."""
    text, low = account.tokens.text[index], account.tokens.low[index]
    verb = _verbal(account, index) if low in account.pack.homographs else None
    if verb is not None:
        return _read_anew(account, text, low, verb, initial=initial)
    if not initial or text == low:
        return account.inside[text]
    known = account.opening.get(text)
    if known is None:
        known = account.opening[text] = _read_anew(account, text, low, initial=True)
    return known


def _readings(pack: Pack, text: str, low: str) -> tuple[Word, ...]:
    return (pack.lexicon.get(text) if text != low else None) or pack.lexicon.get(low, ())


def compounded(account: AccountTokens, low: str) -> Word | None:
    """The class noun that an unknown compound ends in: "ipartelepet" is a kind of "telepet"."""
    lexicon = account.pack.lexicon
    for cut in range(3, len(low) - 3):
        for word in lexicon.get(low[cut:], ()):
            if word.tag in "YAT" and word.form == "n" and word.case != "adj" and word.flags <= {"type"}:
                return word
    return None


def _verbal(account: AccountTokens, index: int) -> Word | None:
    """The verb reading of a form that may be a noun too: behind an auxiliary ("to capture"), or in -ing."""
    table = account.pack.names.auxiliary
    words = _readings(account.pack, account.tokens.text[index], account.tokens.low[index])
    if not table.infinitive or len(words) < 2 or all(word.tag != "n" for word in words):
        return None
    verb = next((word for word in words if word.tag == "V"), None)
    if verb is None or verb.form == "ap":
        return verb
    if _behind_many(account, index):
        return next((word for word in words if word.tag == "V" and word.form == "fin"), verb)
    for position in range(index - 1, max(index - 4, -1), -1):
        before = account.tokens.low[position]
        if before in table.infinitive or before in table.modal or before in table.do:
            return verb
        between = account.pack.lexicon.get(before, ())
        if not any(other.tag in "!zhx" for other in between):
            return None  # "did not yet capture"
    return None


def _behind_many(account: AccountTokens, index: int) -> bool:
    """Whether a form stands between a plural of people and a name or article: "Rebels capture Karvol"."""
    text, low = account.tokens.text, account.tokens.low
    if not index or index + 1 >= len(text):
        return False
    many = any(word.tag == "A" and word.num == "pl" for word in account.pack.lexicon.get(low[index - 1], ()))
    return many and (text[index + 1][:1].isupper() or low[index + 1] in account.pack.words.articles.words)


def _preverbed(word: Word, preverb: str) -> Word:
    """A verb of no frame: it only says where a clause is."""
    copy = Word("V", preverb + word.lemma, preverb)
    copy.form, copy.tense, copy.person, copy.definite, copy.pot = (
        word.form,
        word.tense,
        word.person,
        word.definite,
        word.pot,
    )
    copy.num, copy.case = word.num, word.case
    return copy


def _best(words: tuple[Word, ...]) -> Word:
    return words[0] if len(words) == 1 else min(words, key=lambda word: _ORDER.get(word.tag, 99))


def cased(word: Word, case: str, tag: str | None = None) -> Word:
    """The word in another case."""
    copy = Word(tag or word.tag, word.lemma, word.info, word.flags)
    copy.case, copy.form, copy.num, copy.poss = case, word.form, word.num, word.poss
    return copy


def _read_anew(
    account: AccountTokens, text: str, low: str, verb: Word | None = None, *, initial: bool
) -> FormReading:
    """The reading of a surface; ``verb`` is the one of its own that its neighbours ask for."""
    capital = text != low
    words = _readings(account.pack, text, low)
    if words:
        word = verb or _best(words)
        if word.case == "adj" and word.tag == "A":  # "erői": its forces, before what is of forces
            word = next((other for other in words if other.tag == "A" and other.poss), word)
        if capital and word.tag == "C" and word.lemma in account.pack.sets["capital_names"]:
            return "N", word, text
        if word.tag == "P" and low == account.pack.names.pack.genitive:
            return "F", word, text
        if "head" in word.flags and (not capital or initial):
            return "x", None, text
        if word.case == "adj" or (word.flags == {"whole"} and not word.poss and word.case == "nom"):
            return ("J" if capital and not initial else "j"), word, text  # "helyi", "az egész várost"
        if capital and word.tag == "Y":
            return ("y" if not initial else "Y"), word, text
        if capital and not initial and word.tag in "jQxeahz":
            return "J", word, text
        if capital and not initial and word.tag not in _KEEP:  # "Bír Zejdán" is no verb
            return _name(account, text, low, initial=False)
        return word.tag, word, text
    if text in account.pack.names.pack.possessives:
        return "'", None, text
    if text[0] in APOSTROPHES and text[1:2].isupper():
        return _read_anew(account, text[1:], low[1:], initial=initial)  # "'Ajeel"
    if text == "%" and (share := account.pack.names.pack.percent):
        return _read_anew(account, share, share, initial=False)
    if not text[0].isalnum():
        return ("," if text == "," else "."), None, text
    if text[0].isdigit():
        return ("#" if text[-1] == "." else "Q"), None, text
    if "-" in text or "–" in text:
        compound = _compound(account, text, capital=capital)
        if compound:
            return compound
    if capital:
        return _name(account, text, low, initial=initial)
    return _lower(account, low)


def _compound(account: AccountTokens, text: str, *, capital: bool) -> FormReading | None:
    """Hyphenated: name + class noun (Hayyan-hegységet), organisation + ending (ISIL-től)."""
    stem, _, tail = text.replace("–", "-").rpartition("-")
    lexicon = account.pack.lexicon
    if not stem or not tail:
        return None
    if tail in account.pack.attributive or (
        account.pack.names.pack.roles == "position" and tail.endswith(account.pack.names.pack.finite_endings)
    ):
        return "j", None, text  # "Russian-brokered"; "ISIL-held" is read again by the frames
    if tail == tail.lower():
        ending = account.names.get(text)
        for key in (stem, stem.lower()):
            for word in lexicon.get(key, ()):
                if word.tag in "OCSAT" and (ending is None or ending.base == stem):
                    case = ending.case if ending else "nom"
                    return ("I" if case == "adj" else word.tag), cased(word, case), stem
        for word in lexicon.get(tail, ()):
            if word.tag == "Y" and capital:
                return ("N" if word.case == "nom" else "M"), word, f"{stem}-{word.lemma}"
            if word.tag in "AnYs":
                return word.tag, word, text
        if (
            tail.endswith(account.pack.names.pack.finite_endings)
            and account.pack.names.pack.roles == "position"
        ):
            return "j", None, text  # "Russian-brokered"
        if not capital and tail.endswith(account.pack.names.pack.adjective_endings):
            return "I", None, text
    return None


def _name(account: AccountTokens, text: str, low: str, *, initial: bool) -> FormReading:
    reading = account.names.get(text) or NameReading(text, "nom")
    if reading.base == text and reading.maybe is not None and account.names.get(reading.maybe[0]) is None:
        known = account.pack.lexicon.get(reading.maybe[0].lower(), ())
        if any(word.tag == "C" for word in known):
            reading = NameReading(*reading.maybe)  # "Görögországot": no other name is meant
    if reading.base != text:
        lexicon = account.pack.lexicon
        for word in lexicon.get(reading.base) or lexicon.get(reading.base.lower(), ()):
            if word.tag in "OCS":
                if word.tag == "C" and word.lemma in account.pack.sets["capital_names"]:
                    break
                return word.tag, cased(word, reading.case), reading.base
    if initial and (
        low in account.seen_lower
        or (reading.base not in account.firm and low.endswith(account.pack.names.pack.opening_adjectives))
    ):
        return _lower(account, low)
    if text in account.pack.sets["not_places"] or reading.base in account.pack.sets["not_places"]:
        return "X", None, reading.base
    if reading.case == "adj":
        return "I", None, text
    if reading.case == "nom":
        return "N", None, text
    word = Word("M", reading.base)
    word.case = reading.case
    return "M", word, reading.base


def adjectival_base(account: AccountTokens, low: str) -> str | None:
    """The name that an adjective in -i is made of, if the account has it: "egri" of Eger, "pápai" of Pápa."""
    table = account.pack.names.pack
    if not low.endswith("i") or len(low) < _SHORTEST_ADJECTIVE or table.roles != "case":
        return None
    base = low[:-1]
    stems = [base, base[:-1] + table.lengthened.get(base[-1], base[-1])]
    if base[-1] not in table.vowels and base[-2] not in table.vowels:
        stems += [base[:-1] + vowel + base[-1] for vowel in table.fleeting]
    return next((stem.capitalize() for stem in stems if stem.capitalize() in account.bases), None)


def _lower(account: AccountTokens, low: str) -> FormReading:
    """An unknown lower-case word: an adjective made of a name, an adjective, a verb, or just a word."""
    table = account.pack.names.pack
    if low.endswith("i") and len(low) > 4:
        name = adjectival_base(account, low)
        if name is not None:
            return "I", None, name
    compound = compounded(account, low) if table.compounds else None
    if compound is not None:
        return compound.tag, compound, low
    for preverb in table.preverbs:
        if low.startswith(preverb):
            for word in account.pack.lexicon.get(low[len(preverb) :], ()):
                if word.tag == "V" and not word.info:
                    return "V", _preverbed(word, preverb), low
    if low.endswith(table.finite_endings):
        return "v", None, low
    if low.endswith(table.adjective_endings):
        return "j", None, low
    return "x", None, low
