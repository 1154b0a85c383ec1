"""Say of every token of a sentence what it does: one tag character and one reading.

What belongs here: what stands around a token and the times of the sentence.  What does not: a token by itself
(:mod:`forms`), phrases (``groups``), clauses and events.  The tags are listed in every pack's ``names.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from frontledger.languages.pack import FormReading, Pack, Word
from frontledger.mentions.forms import OPENERS, AccountTokens, cased, compounded, prepare, read_token
from frontledger.model import Sentence, Time

__all__ = ["AccountTokens", "Tagged", "prepare", "tag_sentence"]

_ROMAN = re.compile(r"[IVXLC]+")


_ANTECEDENTS = frozenset("HYAORny")
"""Tags of words that a relative clause speaks of."""


class Tagged(msgspec.Struct, eq=False):
    """One sentence: ``tags[i]`` and ``words[i]`` speak of token ``first + i``."""

    first: int
    tags: list[str]
    words: list[Word | None]
    bases: list[str]
    """Base form of every token that is a name (its surface otherwise)."""
    low: list[str]
    """The same in lower case."""
    times: list[Time]


def tag_sentence(account: AccountTokens, sentence: Sentence, times: list[Time]) -> Tagged:
    """Tags and readings of the tokens of ``sentence``; ``times`` are those inside it."""
    tokens = account.tokens
    first = bisect_left(tokens.start, sentence.start)
    last = bisect_left(tokens.start, sentence.end)
    found: list[FormReading] = []
    leaning, at = account.leaning, bisect_left(account.leaning, first)
    initial = True
    index = first
    while index < last:
        while at < len(leaning) and leaning[at] < index:
            at += 1
        if not initial:
            stretch = account.readings[index : min(leaning[at], last) if at < len(leaning) else last]
            found += stretch
            index += len(stretch)
            if index == last:
                break
        length, reading = _phrase(account, index, last) or (1, read_token(account, index, initial=initial))
        for step in range(index, index + length - 1):  # "ellenőrző pont" reads on as adjective + noun
            found.append(("j" if reading[0] in "YAn" else "-", None, tokens.text[step]))
        found.append(reading)
        index += length
        initial = (initial and reading[0] in {".", "t"}) or tokens.text[index - 1] in OPENERS
    tagged = Tagged(
        first,
        [tag for tag, _, _ in found],
        [word for _, word, _ in found],
        [base for _, _, base in found],
        [base.lower() for _, _, base in found],
        times,
    )
    _opening_classes(account, tagged)
    _opening_names(account, tagged)
    _titled_names(account, tagged)
    _part_names(account, tagged)
    _linked_names(account, tagged)
    _roman_ordinals(account, tagged)
    if not account.commanding.isdisjoint(tagged.bases):
        _commanders(account, tagged)
    if account.pack.names.pack.roles == "case":
        _postpositions(account, tagged)
    _persons(account, tagged)
    _vessels(account, tagged)
    if account.pack.names.pack.roles == "position":
        _prepositions(tagged, account)
        _lands(tagged)
        _misread_nouns(account, tagged)
    _shares_of_lands(tagged)
    _participles_of_place(account, tagged)
    _mark_times(account, tagged)
    return tagged


def _opening_classes(account: AccountTokens, tagged: Tagged) -> None:
    """A class noun that opens a sentence without an article belongs to the name behind it: "Fort Karvol fell"."""
    tags = tagged.tags
    if account.pack.names.pack.roles != "position":
        return
    for at in range(1, len(tags)) if "O" in tags else ():
        word = tagged.words[at - 1]
        lone = at == 1 and tags[0] == "Y" and word is not None and word.num == "sg"
        if tags[at] == "O" and (lone or tags[at - 1] == "y") and tagged.bases[at].istitle():
            tags[at], tagged.words[at] = "N", None  # "Fort Wagner": what troops are called here is a place
    if tags[:2] == ["Y", "N"]:
        word = tagged.words[0]
        if word is not None and word.num == "sg" and "type" in word.flags:
            tags[0] = "y"
    elif tags[:2] == ["Y", "Q"] and tagged.bases[1].isdecimal():
        tags[0] = "y"  # "Hill 203 fell"
    elif (
        tags[:1] == ["L"]
        and tags[1:2] in (["N"], ["C"])
        and tagged.low[0] in account.pack.sets["directional"]
    ):
        for at in (0, 1):  # "South Karvol fell"
            tags[at], tagged.words[at] = "N", None
    elif (
        tags[:2] == ["N", "P"]
        and (word := tagged.words[1]) is not None
        and word.info == "with"
        and tagged.bases[0] not in account.firm
    ):
        tags[0] = "x"  # "Contact with the battalion"
    elif tags[:2] == ["N", "F"] and tagged.bases[0] not in account.firm:
        tags[0] = "x"  # "Anticipation of": a common word, not the name of a place


def _opening_names(account: AccountTokens, tagged: Tagged) -> None:
    """What opens a sentence like an unknown adjective is a name where no noun follows: "Bengházi elesett"."""
    tags = tagged.tags
    if account.pack.names.pack.roles != "case" or tagged.words[:1] != [None]:
        return
    if tags[:2] == ["N", ","] and tagged.bases[0] not in account.firm:
        word = compounded(account, tagged.low[0])
        if word is not None and word.poss:
            tags[0], tagged.words[0] = "Y", word  # "Ikervárosa, Karvol elesett"
    if tags[:1] != ["j"]:
        return
    text, starts = account.tokens.text[tagged.first], account.tokens.start
    after = starts[tagged.first + 1] if len(tags) > 1 else -1
    dated = any(time.start == after for time in tagged.times if time.type != "DURATION")
    owned = tags[1:2] == ["Y"] and (word := tagged.words[1]) is not None and bool(word.poss)
    told = tags[1:3] == [",", "d"]  # "Kisangani, az ország …", "Kisangani központját"
    if text[:1].isupper() and (dated or told or owned or tags[1:2] in (["V"], ["g"])):
        tags[0], tagged.bases[0], tagged.low[0] = "N", text, text.lower()


def _titled_names(account: AccountTokens, tagged: Tagged) -> None:
    """A name right before a title bears no ending, whatever it ends in: "Rommel tábornok"."""
    if account.pack.names.pack.roles != "case" or "T" not in tagged.tags:
        return
    for at in range(len(tagged.tags) - 1):
        word = tagged.words[at]
        if tagged.tags[at] == "M" and tagged.tags[at + 1] == "T" and word is not None and word.case == "ins":
            surface = account.tokens.text[tagged.first + at]
            tagged.tags[at], tagged.words[at] = "N", None
            tagged.bases[at], tagged.low[at] = surface, surface.lower()


def _participles_of_place(account: AccountTokens, tagged: Tagged) -> None:
    """What only locates: "the hilltops surrounding Karvol", but "surrounding villages"."""
    lying, tags = account.pack.sets["participles_of_place"], tagged.tags
    if lying.isdisjoint(tagged.low):
        return
    for at in range(len(tags) - 1):
        if tags[at + 1] in "NMd" and tags[at] in "QjV" and tagged.low[at] in lying:
            tags[at] = "L"


def _mark_times(account: AccountTokens, tagged: Tagged) -> None:
    """The words of a date mean nothing else."""
    starts = account.tokens.start
    for time in tagged.times:
        if time.type == "DURATION" and time.earliest is None:
            continue
        low = bisect_left(starts, time.start) - tagged.first
        high = bisect_left(starts, time.end) - tagged.first
        for position in range(max(low, 0), min(high, len(tagged.tags))):
            tagged.tags[position] = "t"
            tagged.words[position] = None


def _linked_names(account: AccountTokens, tagged: Tagged) -> None:
    """A small word between two names joins them: "Haymat ad Dayir"."""
    linking = account.pack.linking
    if linking.isdisjoint(tagged.bases):
        return
    tags = tagged.tags
    for at in range(1, len(tags) - 2):  # "Frankfurt an der Oder"
        small = account.tokens.text[tagged.first + at].islower() and tags[at - 1] == tags[at + 2] == "N"
        if small and tags[at + 1] == "x" and {tagged.low[at], tagged.low[at + 1]} <= linking:
            tags[at] = tags[at + 1] = "J"
            tagged.words[at] = tagged.words[at + 1] = None
    for at in range(1, len(tags) - 1):
        lone = tags[at] == "x" or (tags[at] == "j" and tagged.words[at] is None)
        if lone and tags[at - 1] in "NJy" and tags[at + 1] == "N" and tagged.bases[at] in linking:
            tags[at] = "J"


def _postpositions(account: AccountTokens, tagged: Tagged) -> None:
    """A form that is a class noun too is a postposition behind an actor: "a hadsereg részéről"."""
    known = account.pack.words.postpositions
    for at in range(1, len(tagged.tags)):
        if tagged.tags[at] == "Y" and tagged.tags[at - 1] in "AOSR":
            role = known.get(account.tokens.low[tagged.first + at])
            if role is not None:
                tagged.tags[at], tagged.words[at] = "P", Word("P", tagged.bases[at].lower(), role)


def _commanders(account: AccountTokens, tagged: Tagged) -> None:
    """Names of commanders are persons', unless a word beside them makes a place of them ("Zhukov Street")."""
    known, given = account.commanders, account.pack.sets["given_names"]
    tags, bases = tagged.tags, tagged.bases
    for at in range(len(tags)):
        if tags[at] not in "NMI" or (at + 1 < len(tags) and tags[at + 1] in "Yy"):
            continue
        if at and tags[at - 1] == "F" and tags[at - 2 : at - 1] == ["Y"]:
            continue  # "the town of Lincoln"
        if at and tags[at - 1] == "y" and account.pack.names.pack.roles == "position":
            continue  # "Fort Lee"
        first = at
        for low in (at - 2, at - 1, at):
            if (
                low >= 0
                and " ".join(bases[low : at + 1]).replace(" .", ".") in known  # "II. Frigyes"
                and set(tags[low : at + 1]) <= set("NMIJpT-")
            ):
                first = low
                break
        else:
            if tags[at + 1 : at + 2] != ["T"] or " ".join(bases[at : at + 2]) not in known:
                continue
            tags[at + 1] = "p"  # "Mátyás főherceg"
        last = at + 1
        if first and tags[first - 1] == "N" and account.pack.names.pack.roles == "position":
            first -= 1  # "Georgy Zhukov"
        elif last < len(tags) and tags[last] in "NM" and bases[last] in given:
            last += 1  # "Görgei Artúr"
        for position in range(first, last):
            tags[position] = "p"


def _persons(account: AccountTokens, tagged: Tagged) -> None:
    """A given name behind a capitalised word makes a person, not a place: "Bádeni Lajos"."""
    given = account.pack.sets["given_names"]
    if given.isdisjoint(tagged.bases):
        return
    for at in range(1, len(tagged.tags)):
        if tagged.tags[at] in "NM" and tagged.tags[at - 1] in "NI" and tagged.bases[at] in given:
            tagged.tags[at - 1] = tagged.tags[at] = "p"
            tagged.words[at - 1] = None


def _misread_nouns(account: AccountTokens, tagged: Tagged) -> None:
    """What stands before an article or a name is no noun in -ing ("after crossing the Danube"), and "the whole of" and
    its like leave nothing out.
    """
    tags, every = tagged.tags, account.pack.sets["every"]
    converb = account.pack.names.pack.converb_endings
    for at in range(1, len(tags) - 1):
        if tags[at] == "Y" and tags[at + 1] in "dN" and tagged.low[at].endswith(converb):
            if tags[at + 1] == "d" or tags[at - 1] in "P,c":
                tags[at], tagged.words[at] = "P", Word("P", tagged.low[at], "none")
        elif tags[at] in "jx" and tags[at + 1] == "F" and tagged.low[at] in every:
            tags[at] = "Q"
        elif (
            tags[at] == "T"
            and tags[at + 1] == "N"
            and tags[at - 1] in "FP"
            and account.tokens.text[tagged.first + at].istitle()
        ):
            before = tagged.words[at - 1]
            of_place = tags[at - 1] == "F" and at > 1 and tags[at - 2] in "Yy"
            if of_place or (before is not None and before.info in _INSIDE):
                tags[at], tagged.words[at] = "N", None  # "the town of Sheikh Karvol", "in King Karvol"


def _shares_of_lands(tagged: Tagged) -> None:
    """A country of which a share is meant is a place: "half of Poland", "Litvánia egy részét"."""
    tags, words = tagged.tags, tagged.words
    for at in [at for at, tag in enumerate(tags) if tag == "C"]:
        site = at + 1
        while site < len(tags) and tags[site] in "jJ" and tagged.bases[site].istitle():
            site += 1
        if site < len(tags) and tags[site] in "yY" and tagged.bases[site].istitle():
            tags[at], words[at] = "N", None  # "Kuwait City", "Kuwait International Airport"
            continue
        before = words[at - 2] if at > 1 and tags[at - 1] == "F" and tags[at - 2] == "Y" else None
        behind = at + 1
        while behind < len(tags) and tags[behind] in "jJQ" and behind - at < _DESCRIBED:
            behind += 1
        after = words[behind] if behind < len(tags) and tags[behind] == "Y" else None
        owned = after is not None and bool(after.poss) and "share" in after.flags
        land = words[at]
        if owned and land is not None and land.case != "nom":
            continue
        whole = at > 1 and tags[at - 2 : at] == ["Q", "F"] and tags[at + 1 : at + 2] != ["'"]
        if owned or whole or (before is not None and "share" in before.flags):
            tags[at], words[at] = "N", None


_DESCRIBED = 4
"""Tokens from a land to the share that it owns: "Franciaország egész nyugati részét"."""
_INSIDE = frozenset({"in", "into", "at", "near", "direction"})
"""Labels of prepositions that stand before places and not before persons."""


def _vessels(account: AccountTokens, tagged: Tagged) -> None:
    """Names of ships are no places: "the cruiser Varyag", "HMS Hood", "a Bismarck csatahajót"."""
    ships, tags = account.pack.sets["vessels"], tagged.tags
    if account.pack.names.pack.roles == "position":
        if ships.isdisjoint(tagged.low):
            return
        for at in range(1, len(tags)):
            if tags[at] in "NM" and (tagged.low[at - 1] in ships or tags[at - 1] == "X"):
                tags[at] = "X"
                if tags[at - 1] == "N":
                    tags[at - 1] = "X"  # "HMS"
        return
    for at in range(1, len(tags)):
        if tags[at] in "xjvV" and tags[at - 1] in "NM" and _is_ship(account.pack, tagged.low[at]):
            low = at
            while low and tags[low - 1] in "NMJ":
                low -= 1
                tags[low], tagged.words[low] = "X", None


def _is_ship(pack: Pack, form: str) -> bool:
    """Whether a form is a word for ships, bare or with a case ending."""
    ships = pack.sets["vessels"]
    if form in ships:
        return True
    return any(form.endswith(ending) and form[: -len(ending)] in ships for ending, *_ in pack.endings)


def _roman_ordinals(account: AccountTokens, tagged: Tagged) -> None:
    """A Roman numeral and its point are one ordinal: "a IV. hadtest"."""
    tags = tagged.tags
    if "." not in tagged.bases[:-1]:
        return
    for at in range(len(tags) - 2):
        text = account.tokens.text[tagged.first + at]
        if tags[at] in "NMI" and tagged.bases[at + 1] == "." and _ROMAN.fullmatch(text):
            following = account.tokens.text[tagged.first + at + 2]
            if following[:1].islower() or tags[at + 2] == "A":
                tags[at], tags[at + 1] = "-", "#"
                tagged.words[at] = None
            elif tags[at + 2] in "NMpIJj" and account.pack.names.pack.roles == "case":
                tags[at] = tags[at + 1] = "-"  # "I. Ferdinánd": the number of a ruler
                tagged.words[at] = None


def _prepositions(tagged: Tagged, account: AccountTokens) -> None:
    """A subordinator without a verb of its own is a preposition: "after three days of fighting", "since May"."""
    tags = tagged.tags
    if "k" not in tags:
        return
    for at in [at for at, tag in enumerate(tags) if tag == "k"]:
        word = tagged.words[at]
        if word is None or word.info == "relative":
            continue
        relative = _as_relative(tagged, account, at)
        if relative is not None:
            tagged.words[at] = relative
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
        content = at and tags[at - 1] not in "PFB"
        if content and any(w.info == "relative" for w in account.pack.lexicon.get(tagged.low[at], ())):
            continue  # "shows that forces hold Karvol": no preposition, whatever the verb is taken for
        if not finite and any(tags[k] in "tNYAOSnyQC" for k in inside) and tags[at + 1 : at + 2] != ["V"]:
            tags[at] = "P"
            tagged.words[at] = Word("P", word.lemma, "after")


_ADJECTIVES = ("ish", "ian", "ese", "an")
"""What adjectives of nations end in that no land is called by."""


_LOCATES = frozenset({"from", "in", "into", "to", "near", "direction", "at", "via"})
"""Labels of prepositions of place."""


_LANDS = frozenset({"region", "province"})
"""Classes of lands that a people's name may be the name of."""


def _lands(tagged: Tagged) -> None:
    """A people's name is its land's behind a preposition of place: "withdrew from Amhara and Afar"."""
    tags, words = tagged.tags, tagged.words
    if "S" not in tags:
        return
    for at in range(1, len(tags)):
        if tags[at] != "S":
            continue
        before, word = words[at - 1], words[at]
        of = words[at - 2] if tags[at - 1] == "F" and at > 1 and tags[at - 2] in "Yy" else None
        if of is not None and of.info in _LANDS:
            pass  # "in the neighbouring region of Amhara"
        elif tags[at - 1] != "P" or before is None or before.info not in _LOCATES:
            continue
        if word is None or word.num == "pl" or tagged.low[at].endswith(_ADJECTIVES):
            continue
        if tags[at + 1 : at + 2] == ["O"]:
            continue  # "handed over to French peacekeepers"
        behind = at + 1
        while behind < len(tags) and tags[behind] in "c,SO":
            behind += 1
        if behind >= len(tags) or tags[behind] not in "AYRTOSCnHjJxQ":
            tags[at], words[at] = "N", None


def _as_relative(tagged: Tagged, account: AccountTokens, at: int) -> Word | None:
    """The relative reading of a word that also opens content: "the offensive that drove …", but "said that …"."""
    before = tagged.tags[at - 1] if at else ""
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else ""
    if not before or not after or before not in _ANTECEDENTS or after not in "Vv":
        return None
    readings = account.pack.lexicon.get(tagged.low[at], ())
    return next((word for word in readings if word.tag == "k" and word.info == "relative"), None)


_LENGTHENED = ("án", "én")


def _part_names(account: AccountTokens, tagged: Tagged) -> None:
    """An ending inside a run of names ends the first name: "Drégelyt Szondi György csapata"."""
    if not account.pack.endings:
        return
    for at in range(len(tagged.tags) - 1):
        if tagged.tags[at] != "N" or tagged.tags[at + 1] not in "NM" or tagged.words[at] is not None:
            continue
        surface = account.tokens.text[tagged.first + at]
        reading = account.names.get(surface)
        if reading is None or reading.maybe is None or "-" in surface:
            continue
        if tagged.tags[at + 1] == "M":  # "a Dunán Karvolnál"
            led = at > 0 and tagged.tags[at - 1] == "d"
            if reading.maybe[1] != "sup" or not led or not surface.endswith(_LENGTHENED):
                continue
        elif reading.maybe[1] not in {"acc", "ill"}:
            continue
        if surface.endswith("at") or (at and tagged.tags[at - 1] == "N"):
            continue
        word = Word("M", reading.maybe[0])
        word.case = reading.maybe[1]
        tagged.tags[at], tagged.words[at], tagged.bases[at] = "M", word, reading.maybe[0]
        tagged.low[at] = reading.maybe[0].lower()


def _phrase(account: AccountTokens, index: int, last: int) -> tuple[int, FormReading] | None:
    """The longest phrase of the pack that starts at token ``index``: (length in tokens, reading of the last)."""
    tokens = account.tokens
    first, second = tokens.low[index], tokens.low[index + 1] if index + 1 < last else ""
    for rest, word in account.known.get(first, ()):
        end = index + 1 + len(rest)
        if end <= last and tokens.text[index][:1].isupper() and tuple(tokens.low[index + 1 : end]) == rest:
            return 1 + len(rest), (word.tag, word, tokens.text[end - 1])
    pairs = account.pack.phrase_pairs.get(first)
    if pairs is None:
        return None
    seconds, beginnings = pairs
    inflected = beginnings and second.startswith(beginnings)
    for rest, word in account.pack.phrases[first] if inflected else seconds.get(second, ()):
        end = index + 1 + len(rest)
        if end > last:
            continue
        inner = tokens.low[index + 1 : end]
        if inner == list(rest):
            return 1 + len(rest), (word.tag, word, tokens.text[end - 1])
        if word.tag == "O" and inner[:-1] == list(rest[:-1]) and inner[-1].startswith(rest[-1]):
            ending = inner[-1][len(rest[-1]) :].lstrip("-")
            for known, case, _strong, assimilating in account.pack.endings:
                if ending == known or (assimilating and ending[1:] == known):
                    return 1 + len(rest), (word.tag, cased(word, case), tokens.text[end - 1])
    return None
