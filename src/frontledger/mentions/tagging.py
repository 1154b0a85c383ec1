"""Say of every token of a sentence what it does: one tag character and one reading.

What belongs here: the look-up of tokens in the pack, with names read by :mod:`names`.  What does not:
phrases (``groups``), clauses and events.  The tags are listed in every pack's ``names.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from frontledger.languages.pack import Pack, Word
from frontledger.mentions.names import NameReading, read_names
from frontledger.mentions.tokens import Tokens
from frontledger.model import Sentence, Time

__all__ = ["AccountTokens", "Tagged", "prepare", "tag_sentence"]

_OPENERS = frozenset('.!?:;–—-•*()[]„“”"«»…') | {"..."}
_ROMAN = re.compile(r"[IVXLC]+")
_KEEP = frozenset("OCSTARYnHus")
# Where a form has several readings, the first of these wins; verbs are looked up again by the clause.
_ORDER = {tag: rank for rank, tag in enumerate("OCSTARYnHusoQkBLPczDdhf!Vjargex")}


@dataclass(slots=True)
class AccountTokens:
    """The tokens of an account with everything that is read once for all of it."""

    tokens: Tokens
    pack: Pack
    names: dict[str, NameReading]
    bases: frozenset[str]
    """Base forms of all names."""
    firm: frozenset[str]
    """Bases that stand with a capital inside a sentence too."""
    seen_lower: frozenset[str]
    known: dict[tuple[str, bool], tuple[str, Word | None, str]]
    """Tokens read already: (surface, opens a sentence) → reading."""


@dataclass(slots=True)
class Tagged:
    """One sentence: ``tags[i]`` and ``words[i]`` speak of token ``first + i``."""

    first: int
    tags: list[str]
    words: list[Word | None]
    bases: list[str]
    """Base form of every token that is a name (its surface otherwise)."""
    times: list[Time]


def prepare(tokens: Tokens, pack: Pack) -> AccountTokens:
    """Read the names of an account: every capitalised token that the pack does not know."""
    lexicon = pack.lexicon
    names = [
        word
        for word, low in zip(tokens.text, tokens.low, strict=True)
        if word != low and low not in lexicon and len(word) > 1
    ]
    readings = read_names(names, pack)
    bases = frozenset(reading.base for reading in readings.values())
    firm = {
        readings[word].base
        for before, word in zip(tokens.text, tokens.text[1:], strict=False)
        if word in readings and before not in _OPENERS
    }
    lower = frozenset(tokens.low) & frozenset(tokens.text)
    return AccountTokens(tokens, pack, readings, bases, frozenset(firm), lower, {})


def tag_sentence(account: AccountTokens, sentence: Sentence, times: list[Time]) -> Tagged:
    """Tags and readings of the tokens of ``sentence``; ``times`` are those inside it."""
    tokens = account.tokens
    first = bisect_left(tokens.start, sentence.start)
    last = bisect_left(tokens.start, sentence.end)
    tagged = Tagged(first, [], [], [], times)
    initial = True
    index = first
    phrases = account.pack.phrases
    while index < last:
        phrase = _phrase(account, index, last) if tokens.low[index] in phrases else None
        if phrase:
            length, word = phrase
            for step in range(length):
                lead = "j" if word.tag in "YAn" else "-"  # "ellenőrző pont" reads on as adjective + noun
                tagged.tags.append(word.tag if step == length - 1 else lead)
                tagged.words.append(word if step == length - 1 else None)
                tagged.bases.append(tokens.text[index + step])
            index += length
        else:
            tag, found, base = _read(account, index, initial=initial)
            tagged.tags.append(tag)
            tagged.words.append(found)
            tagged.bases.append(base)
            index += 1
        initial = (initial and tagged.tags[-1] in {".", "t"}) or tokens.text[index - 1] in _OPENERS
    _part_names(account, tagged)
    _roman_ordinals(account, tagged)
    _persons(account, tagged)
    if account.pack.names.pack.roles == "position":
        _prepositions(tagged, account)
    lying = account.pack.sets["participles_of_place"]
    for at in range(len(tagged.tags) - 1) if lying else ():
        if tagged.tags[at + 1] in "NMd" and tagged.tags[at] in "QjV" and tagged.bases[at].lower() in lying:
            tagged.tags[at] = "L"  # "the hilltops surrounding Karvol", but "surrounding villages"
    for time in times:
        if time.type == "DURATION":
            continue
        low = bisect_left(tokens.start, time.start) - first
        high = bisect_left(tokens.start, time.end) - first
        for position in range(max(low, 0), min(high, len(tagged.tags))):
            tagged.tags[position] = "t"
            tagged.words[position] = None
    return tagged


def _persons(account: AccountTokens, tagged: Tagged) -> None:
    """A given name behind a capitalised word makes a person, not a place: "Bádeni Lajos"."""
    given = account.pack.sets["given_names"]
    for at in range(1, len(tagged.tags)):
        if tagged.tags[at] in "NM" and tagged.tags[at - 1] in "NI" and tagged.bases[at] in given:
            tagged.tags[at - 1] = tagged.tags[at] = "p"
            tagged.words[at - 1] = None


def _roman_ordinals(account: AccountTokens, tagged: Tagged) -> None:
    """A Roman numeral and its point are one ordinal: "a IV. hadtest"."""
    tags = tagged.tags
    for at in range(len(tags) - 2):
        text = account.tokens.text[tagged.first + at]
        if tags[at] in "NMI" and tagged.bases[at + 1] == "." and _ROMAN.fullmatch(text):
            following = account.tokens.text[tagged.first + at + 2]
            if following[:1].islower() or tags[at + 2] == "A":
                tags[at], tags[at + 1] = "-", "#"
                tagged.words[at] = None


def _prepositions(tagged: Tagged, account: AccountTokens) -> None:
    """A subordinator without a verb of its own is a preposition: "after three days of fighting", "since May"."""
    tags = tagged.tags
    for at, tag in enumerate(tags):
        if tag != "k" or (word := tagged.words[at]) is None or word.info == "relative":
            continue
        end = next((k for k in range(at + 1, len(tags)) if tags[k] in ",k."), len(tags))
        inside = range(at + 1, end)
        finite = any(
            tags[k] in "vV"
            and (w := tagged.words[k]) is not None
            and any(
                reading.form == "fin" for reading in account.pack.lexicon.get(tagged.bases[k].lower(), (w,))
            )
            for k in inside
        )
        if not finite and any(tags[k] in "tNYAOSnyQC" for k in inside) and tags[at + 1 : at + 2] != ["V"]:
            tags[at] = "P"
            tagged.words[at] = Word("P", word.lemma, "after")


def _part_names(account: AccountTokens, tagged: Tagged) -> None:
    """An ending inside a run of names ends the first name: "Drégelyt Szondi György csapata"."""
    for at in range(len(tagged.tags) - 1):
        if tagged.tags[at] != "N" or tagged.tags[at + 1] != "N" or tagged.words[at] is not None:
            continue
        surface = account.tokens.text[tagged.first + at]
        reading = account.names.get(surface)
        if reading is None or reading.maybe is None or reading.maybe[1] != "acc" or "-" in surface:
            continue
        if surface.endswith("at") or (at and tagged.tags[at - 1] == "N"):
            continue
        word = Word("M", reading.maybe[0])
        word.case = "acc"
        tagged.tags[at], tagged.words[at], tagged.bases[at] = "M", word, reading.maybe[0]


def _phrase(account: AccountTokens, index: int, last: int) -> tuple[int, Word] | None:
    """The longest phrase of the pack that starts at token ``index``: (length in tokens, reading)."""
    tokens = account.tokens
    options = account.pack.phrases.get(tokens.low[index])
    if not options:
        return None
    for rest, word in options:
        end = index + 1 + len(rest)
        if end > last:
            continue
        inner = tokens.low[index + 1 : end]
        if inner == list(rest):
            return 1 + len(rest), word
        if word.tag == "O" and inner[:-1] == list(rest[:-1]) and inner[-1].startswith(rest[-1]):
            ending = inner[-1][len(rest[-1]) :].lstrip("-")
            for known, case, _strong, assimilating in account.pack.endings:
                if ending == known or (assimilating and ending[1:] == known):
                    return 1 + len(rest), _cased(word, case)
    return None


def _cased(word: Word, case: str, tag: str | None = None) -> Word:
    copy = Word(tag or word.tag, word.lemma, word.info, word.flags)
    copy.case, copy.form, copy.num, copy.poss = case, word.form, word.num, word.poss
    return copy


def _compounded(account: AccountTokens, low: str) -> Word | None:
    """The class noun that an unknown compound ends in: "ipartelepet" is a kind of "telepet"."""
    lexicon = account.pack.lexicon
    for cut in range(3, len(low) - 3):
        for word in lexicon.get(low[cut:], ()):
            if word.tag in "YAT" and word.form == "n" and word.case != "adj" and word.flags <= {"type"}:
                return word
    return None


def _verbal(account: AccountTokens, index: int, words: tuple[Word, ...]) -> Word | None:
    """The verb reading of a form that may be a noun too: behind an auxiliary ("to capture"), or in -ing."""
    table = account.pack.names.auxiliary
    if not table.infinitive or len(words) < 2 or all(word.tag != "n" for word in words):
        return None
    verb = next((word for word in words if word.tag == "V"), None)
    if verb is None or verb.form == "ap":
        return verb
    for position in range(index - 1, max(index - 4, -1), -1):
        before = account.tokens.low[position]
        if before in table.infinitive or before in table.modal or before in table.do:
            return verb
        between = account.pack.lexicon.get(before, ())
        if not any(other.tag in "!zhx" for other in between):
            return None  # "did not yet capture"
    return None


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
    return copy


def _best(words: tuple[Word, ...]) -> Word:
    return words[0] if len(words) == 1 else min(words, key=lambda word: _ORDER.get(word.tag, 99))


def _read(account: AccountTokens, index: int, *, initial: bool) -> tuple[str, Word | None, str]:
    """(tag, reading, base) of one token; most surfaces mean the same wherever they stand in an account."""
    key = (account.tokens.text[index], initial)
    known = account.known.get(key)
    if known is None:
        known = _read_anew(account, index, initial=initial)
        if account.tokens.low[index] not in account.pack.homographs:
            account.known[key] = known
    return known


def _read_anew(account: AccountTokens, index: int, *, initial: bool) -> tuple[str, Word | None, str]:
    text, low = account.tokens.text[index], account.tokens.low[index]
    lexicon = account.pack.lexicon
    capital = text != low
    words = (lexicon.get(text) if capital else None) or lexicon.get(low)
    if words:
        word = _verbal(account, index, words) or _best(words)
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


def _compound(account: AccountTokens, text: str, *, capital: bool) -> tuple[str, Word | None, str] | None:
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
                    return ("I" if case == "adj" else word.tag), _cased(word, case), stem
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


def _name(account: AccountTokens, text: str, low: str, *, initial: bool) -> tuple[str, Word | None, str]:
    reading = account.names.get(text) or NameReading(text, "nom")
    if reading.base != text:
        lexicon = account.pack.lexicon
        for word in lexicon.get(reading.base) or lexicon.get(reading.base.lower(), ()):
            if word.tag in "OCS":
                if word.tag == "C" and word.lemma in account.pack.sets["capital_names"]:
                    break
                return word.tag, _cased(word, reading.case), reading.base
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


def _lower(account: AccountTokens, low: str) -> tuple[str, Word | None, str]:
    """An unknown lower-case word: an adjective made of a name, an adjective, a verb, or just a word."""
    table = account.pack.names.pack
    if low.endswith("i") and len(low) > 4:
        base = low[:-1]
        for stem in (base, base[:-1] + table.lengthened.get(base[-1], base[-1])):
            if stem.capitalize() in account.bases:
                return "I", None, stem.capitalize()
    compound = _compounded(account, low) if table.compounds else None
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
