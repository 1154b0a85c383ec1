"""Cut a tagged sentence into clauses: one finite verb each, with the phrases that belong to it.

A subordinator always cuts; between two finite verbs the strongest separator does.  A stretch without a
finite verb belongs to the main clause around it ("A hadsereg, miután …, elfoglalta …").

What belongs here: where clauses begin and end.  What does not: what they say.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from frontledger.events.verbforms import Verb
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["Clause", "joined", "split_clauses"]

_SEPARATORS = {
    "k": 6,
    ";": 5,
    ":": 5,
    "–": 1,
    "-": 1,
    "—": 1,
    "(": 1,
    ")": 1,
    ",c": 4,
    ",a": 5,
    "a": 3,
    "c": 1,
    ",": 2,
    "g": 3,
}
_JOINING = frozenset("c,dJj")
"""What stands between the members of a list."""


class Clause(msgspec.Struct, eq=False):
    """Token ranges of one clause, its finite verb, and the word that subordinates it."""

    ranges: list[tuple[int, int]]
    finite: Verb | None = None
    subordinator: str = ""
    relative_case: str = ""
    opens_behind: int = 0
    """For a relative clause: where the phrase that it speaks of ends."""
    verbs: list[Verb] = []
    groups: list[Group] = []

    def holds(self, at: int) -> bool:
        """Whether token ``at`` belongs to the clause."""
        for low, high in self.ranges:  # noqa: SIM110  asked of every phrase: twice as fast as any()
            if low <= at < high:
                return True
        return False

    @property
    def low(self) -> int:
        """The first token."""
        return self.ranges[0][0]

    @property
    def high(self) -> int:
        """Behind the last token."""
        return self.ranges[-1][1]


_JOINED = 2
"""Tokens from one verb to the next where they share an object: "captured and burned"."""


def joined(clauses: list[Clause], clause: Clause) -> Clause | None:
    """The clause whose verb follows so closely that both share what stands behind it."""
    at = clauses.index(clause)
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    if following is None or following.subordinator or clause.finite is None or not following.verbs:
        return None
    verb = following.verbs[0]
    return following if 0 < verb.low - clause.finite.at <= _JOINED and not verb.passive else None


def split_clauses(
    tagged: Tagged, verbs: list[Verb], groups: list[Group], *, by_position: bool = False
) -> list[Clause]:
    """The clauses of a sentence in text order."""
    inside = bytearray(len(tagged.tags) + 1)
    for group in groups:
        for at in range(group.first + 1, group.last):
            inside[at] = 1
    listed = False
    for left, right in pairwise(groups):  # a list is not cut
        between = tagged.tags[left.last : right.first]
        goes_on, listed = listed, "," in between and _JOINING.issuperset(between)
        if left.kind == "actor" or right.kind == "actor" or left.case != right.case:
            continue
        if "c" in between and _JOINING.issuperset(between):
            if by_position and "," in between and not goes_on:
                continue  # "…, and Derin fell": two are joined without a comma
            for at in range(left.last, right.first):
                inside[at] = 1
    finite = [verb for verb in verbs if verb.word.form == "fin" and not verb.attributive]
    cuts = _subordinate_cuts(tagged, finite, by_position=by_position)
    for group in groups if "g" in tagged.tags else ():  # ", Hentzi pedig …"
        back = group.first - 1
        while back > 0 and tagged.tags[back] in "dDt":
            back -= 1
        if (
            group.case == "nom" and not _object_like(group) and group.last < len(tagged.tags) and tagged.tags[group.last] == "g"
            and back > 0 and tagged.tags[back] == "," and any(verb.at < back for verb in finite)
        ):  # fmt: skip
            cuts.add(back)
    cuts |= _leading_cuts(tagged, inside, finite, cuts)
    edges = sorted({verb.at for verb in finite})
    if by_position:  # a participle behind a comma is left as a finite verb is
        edges = sorted(
            {
                *edges,
                *(v.at for v in verbs if v.word.form == "conv" and v.at and tagged.tags[v.at - 1] == ","),
            }
        )
    for low, high in pairwise(edges):
        if not any(low < cut <= high for cut in cuts):
            cut = (
                _nearest(tagged, inside, low, high)
                if by_position
                else _strongest(tagged, inside, groups, low, high)
            )
            if cut is not None:
                cuts.add(cut)
    cuts |= _converb_cuts(tagged, inside, verbs)
    if by_position:
        for verb in verbs:
            low = verb.first if verb.first >= 0 else verb.at  # ", having lost Karvol,"
            if verb.word.form == "conv" and low and tagged.tags[low - 1] == ",":
                start = _subject_before(tagged, low - 1, finite, clausal=False)
                if start is not None:
                    cuts.add(start)
        cuts |= _opening_cuts(tagged, inside, verbs, edges)
    bounds = [0, *sorted(cuts), len(tagged.tags)]
    pieces = [(low, high) for low, high in pairwise(bounds) if low < high]
    return _assemble(tagged, pieces, finite, verbs, groups, by_position=by_position)


def _subordinate_cuts(tagged: Tagged, finite: list[Verb], *, by_position: bool) -> set[int]:
    cuts: set[int] = set()
    for at, tag in enumerate(tagged.tags):
        if tag not in "k.":
            continue
        text = tagged.bases[at]
        if tag == "k" and _is_adverb(tagged, at):
            continue
        if tag == "k" and at and (tagged.tags[at - 1] == "," or any(verb.at > at for verb in finite)):
            cut = at - 1 if _follows_preposition(tagged, at) else at
            while cut > 0 and tagged.tags[cut - 1] in ",ca":
                cut -= 1
            cuts.add(cut)
            if by_position and (opening := _subject_before(tagged, cut, finite)) is not None:
                cuts.add(opening)
        elif tag == "." and text in ";:" and at and not (text == ":" and _opens_list(tagged, at)):
            cuts.add(at)
    return cuts


def _is_adverb(tagged: Tagged, at: int) -> bool:
    """Whether a word that may subordinate closes a stretch of time: "the summer before, …"."""
    return bool(at) and tagged.tags[at - 1] == "t" and tagged.tags[at + 1 : at + 2] in ([","], ["."], [])


def _follows_preposition(tagged: Tagged, at: int) -> bool:
    """Whether a relative pronoun stands under a preposition behind a comma: ", for which …"."""
    word = tagged.words[at]
    return (
        at > 1
        and tagged.tags[at - 2] == ","
        and tagged.tags[at - 1] in "P-"
        and word is not None
        and word.info == "relative"
    )


def _subject_before(tagged: Tagged, cut: int, finite: list[Verb], *, clausal: bool = True) -> int | None:
    """Where a clause opens whose subject stands between a coordinator and a relative clause, or a participle's stretch
    (not ``clausal``), its verb behind the comma that closes that: "…, and Derin, whose garrison had fled, surrendered".
    """
    at = cut - 1
    while at > 0 and tagged.tags[at] in "NMyYjJdS'AORp":
        at -= 1
    if at <= 0 or at == cut - 1 or tagged.tags[at] != "c" or not any(verb.at < at for verb in finite):
        return None
    behind = [verb for verb in finite if verb.at > cut]
    opening = behind[1:] if clausal else behind
    outer = next((verb for verb in opening if tagged.tags[verb.low - 1] == ","), None)
    if outer is None:
        return None
    inner = behind[0].at if clausal else cut
    return None if {"k", "c"} & set(tagged.tags[inner : outer.low]) else at


def _opens_list(tagged: Tagged, at: int) -> bool:
    """Whether the colon at ``at`` only opens a list of names: "captured villages, including: Dilan and Simalka"."""
    rest = tagged.tags[at + 1 :]
    return rest[:1] in (["N"], ["M"], ["d"]) and set(rest) <= set("NMJjyYdc,.'&")


def _leading_cuts(tagged: Tagged, inside: bytearray, finite: list[Verb], cuts: set[int]) -> set[int]:
    """Where an adversative leads on before a subordinate clause comes between: "…, de Derint, noha vívták, …"."""
    if "a" not in tagged.tags:
        return set()
    found: set[int] = set()
    for at, tag in enumerate(tagged.tags):
        if tag != "a" or not at or tagged.tags[at - 1] != "," or inside[at - 1]:
            continue
        following = min((cut for cut in cuts if cut > at), default=None)
        after = [verb.at for verb in finite if verb.at > at]
        if following is not None and len(after) > 1 and following < after[0]:
            found.add(at - 1)
    return found


def _converb_cuts(tagged: Tagged, inside: bytearray, verbs: list[Verb]) -> set[int]:
    """A converb behind a comma opens a stretch of its own: "…, megnyitva az utat"."""
    cuts: set[int] = set()
    for verb in verbs:
        at = verb.at - 1
        while at > 0 and tagged.tags[at] in "xzat" and verb.at - at <= 2:
            at -= 1  # "…, thus expelling"
        if tagged.tags[at] == "P" and verb.at - at == 1 and tagged.tags[at - 1] in "VYx":
            at -= 2  # "…, távozásuk előtt felrobbantva"
        if verb.word.form == "conv" and at > 0 and tagged.tags[at] == "," and not inside[at]:
            cuts.add(at)
    return cuts


def _opening_cuts(tagged: Tagged, inside: bytearray, verbs: list[Verb], edges: list[int]) -> set[int]:
    """The comma before the subject closes the opening stretch: "After capturing X, the army advanced"."""
    first = edges[0] if edges else None
    opening = [verb for verb in verbs if verb.word.form == "conv" and (first is None or verb.at < first)]
    if first is None or not opening:
        return set()
    commas = [at for at in range(opening[-1].at, first) if tagged.tags[at] == "," and not inside[at]]
    return {commas[-1]} if commas else set()


def _nearest(tagged: Tagged, inside: bytearray, low: int, high: int) -> int | None:
    """The separator next before the second verb's subject: the last one that is no part of a list."""
    at = high
    while at - 1 > low:
        at -= 1
        closing = tagged.tags[at] == "," and all(tag in "xzht!V" for tag in tagged.tags[at + 1 : high])
        if closing and not inside[at]:
            opening = next(
                (k for k in range(at - 1, low, -1) if tagged.tags[k] == "," and not inside[k]), None
            )
            if opening is not None and opening - 1 > low:  # "and Lissus, a town of settlers, opened"
                at = opening
                continue
        if tagged.tags[at] in ",ca" and not inside[at]:
            cut = at
            while cut - 1 > low and tagged.tags[cut - 1] in ",ca" and not inside[cut - 1]:
                cut -= 1
            return cut
    pronoun = next((at for at in range(high - 1, low, -1) if tagged.tags[at] == "r"), None)
    if pronoun is not None and high - pronoun <= 3:
        return pronoun  # "checkpoints it had lost": a relative clause without a pronoun of its own
    return None


def _strongest(tagged: Tagged, inside: bytearray, groups: list[Group], low: int, high: int) -> int | None:
    """Where the clauses of the finite verbs at ``low`` and ``high`` part.

    A phrase in the nominative behind the first verb opens the second clause ("…, s Bártfa, majd Kassa is …
    jutott"); otherwise the last of the strongest separators does.
    """
    for group in groups:
        if (
            low < group.first < high
            and group.case == "nom"
            and not group.modifier
            and group.kind in {"actor", "place"}
        ):
            at = next((k for k in range(group.first - 1, low, -1) if tagged.tags[k] in ",ca"), None)
            behind = tagged.tags[group.last] if group.last < len(tagged.tags) else "."
            if at is None or inside[at] or behind in "PB" or (behind in ",ac" and _object_like(group)):
                continue  # "…, Szenttamást, majd …": what closes a stretch opens no clause
            while at - 1 > low and tagged.tags[at - 1] in ",ca":
                at -= 1
            return at
    best, where = 0, None
    for at in range(low + 1, high):
        tag = tagged.tags[at]
        if tag not in ",cag." or inside[at]:
            continue
        cut = at
        key = tag if tag != "." else tagged.bases[at]
        following = tagged.tags[at + 1] if at + 1 < high else ""
        if tag == "," and following in "ca" and not inside[at + 1]:
            key = "," + following
        score = _SEPARATORS.get(key, 0)
        if tag == "g":  # "Y-t pedig": the new clause began one phrase before
            score, back = 4, at
            while back > low + 1 and tagged.tags[back - 1] != ",":
                back -= 1
            if back <= low + 1:
                continue
            cut = back - 1
        if score >= best and score:
            best, where = score, cut
    return where


def _object_like(group: Group) -> bool:
    return group.maybe is not None and group.maybe[1] == "acc"


def _behind(tagged: Tagged, low: int) -> int:
    """Where the phrase before a relative clause ends, its date left out: "by the army on 30 April, which …"."""
    at = low
    while at > 0 and tagged.tags[at - 1] in "tP,":
        at -= 1
    return at


def _contrasted(tagged: Tagged, groups: list[Group], low: int, high: int) -> bool:
    """Whether a piece has a subject of its own, even where its verb is not known: "…, Hentzi pedig …"."""
    opening = next((group for group in groups if group.first >= low), None)
    return (
        opening is not None
        and opening.last < high
        and tagged.tags[opening.last] == "g"
        and opening.case == "nom"
        and not _object_like(opening)
        and "," in tagged.tags[low : opening.first + 1]
    )


def _has_subject(tagged: Tagged, groups: list[Group], low: int, high: int) -> bool:
    """Whether a piece opens with an actor or a place by its name."""
    opening = next((group for group in groups if low <= group.first < high), None)
    return (
        opening is not None
        and (opening.kind == "actor" or (opening.kind == "place" and bool(opening.name)))
        and set(tagged.tags[low : opening.first]) <= set("dDjJQz,.")
    )


def _is_interrupted(
    tagged: Tagged,
    pieces: list[tuple[int, int]],
    groups: list[Group],
    converbs: list[int],
    low: int,
    high: int,
) -> bool:
    """Whether a piece holds the subject of a verb that a relative clause parts from it: "…, and Derin, whose garrison
    had fled, surrendered".
    """
    at = low
    while at < high and tagged.tags[at] in ",ca":
        at += 1
    if at == low or high == len(tagged.tags) or "c" not in tagged.tags[low:at]:
        return False
    inside = [group for group in groups if low <= group.first < high]
    word = next(
        (tagged.words[k] for k in range(high, min(high + 3, len(tagged.tags))) if tagged.tags[k] == "k"), None
    )
    if len(inside) != 1 or inside[0].last < high - 1 or not any(piece[0] > high for piece in pieces):
        return False
    if word is None:
        return any(high < at <= high + 2 for at in converbs)  # "…, and Derin, seeing this, surrendered"
    return word.info == "relative" or tagged.tags[high] == ","


def _assemble(
    tagged: Tagged,
    pieces: list[tuple[int, int]],
    finite: list[Verb],
    verbs: list[Verb],
    groups: list[Group],
    *,
    by_position: bool,
) -> list[Clause]:
    clauses: list[Clause] = []
    waiting: list[tuple[int, int]] = []
    converbs = [verb.at for verb in verbs if verb.word.form == "conv"]
    for low, high in pieces:
        carrier = next((verb for verb in finite if low <= verb.at < high), None)
        opening = low
        while opening < high and tagged.tags[opening] in ",ca.":
            opening += 1
        under = opening + 1 < high and _follows_preposition(tagged, opening + 1)
        opening += under
        opening = opening if opening < high else low
        word = tagged.words[opening] if opening < len(tagged.words) else None
        subordinate = tagged.tags[opening] == "k" and word is not None
        own = tagged.bases[low] in ";:" or any(low < at < high for at in converbs)
        lone = carrier is None and not subordinate and not own
        if lone and not _contrasted(tagged, groups, low, high):
            open_main = next((c for c in reversed(clauses) if not c.subordinator), None)
            leads = "a" in tagged.tags[low:opening] and any(verb.at >= high for verb in finite)
            if leads or _is_interrupted(tagged, pieces, groups, converbs, low, high):
                open_main = None  # "…, de Derint, noha vívták, nem vették be"
            if open_main is not None and clauses[-1] is open_main:
                open_main.ranges.append((low, high))
            else:
                waiting.append((low, high))
            continue
        clause = Clause([(low, high)], carrier)
        if subordinate and word is not None:
            clause.subordinator = tagged.bases[opening].lower()
            clause.relative_case = ("obl" if under else word.case) if word.info == "relative" else ""
            clause.opens_behind = _behind(tagged, low)
        elif waiting and (carrier is not None or own):
            clause.ranges = [*waiting, *clause.ranges]
            waiting = []
        clauses.append(clause)
    if (
        by_position
        and all(clause.subordinator and not clause.relative_case for clause in clauses)
        and any(_has_subject(tagged, groups, low, high) for low, high in waiting)
    ):  # "The Karvol Front allied with the army, while the rebels took Derin"
        clauses.insert(0, Clause(waiting))
        waiting = []
    if waiting:
        if clauses:
            target = next((c for c in reversed(clauses) if not c.subordinator), clauses[-1])
            target.ranges = sorted([*target.ranges, *waiting])
        else:
            clauses.append(Clause(waiting))
    home = {at: clause for clause in clauses for low, high in clause.ranges for at in range(low, high)}
    for verb in verbs:
        home[verb.at].verbs.append(verb)
    for group in groups:
        home[group.first].groups.append(group)
    return clauses
