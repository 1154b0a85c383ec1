"""Whose word a clause is: under a verb or noun of saying, behind a teller, "according to" somebody.

What belongs here: telling what is passed on from what the writer says.  What does not: what follows for the record
(``flags``).
"""

from __future__ import annotations

from itertools import pairwise

from frontledger.events.clauses import Clause
from frontledger.events.tellers import told_behind, who_says
from frontledger.events.verbforms import Verb
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = [
    "according_to",
    "as_reported",
    "is_aside",
    "is_denied",
    "is_noted",
    "is_to_be",
]


_TROOPS = frozenset("ASOCRTjJY")
"""Tags of what a subject is made of."""


_RUMOUR = 5
"""Words that say that something is only said, in front of it."""


def is_aside(account: AccountTokens, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause behind a comma tells what went on meanwhile: "the town was reported quiet, while the army …"."""
    if account.pack.names.pack.roles == "case" or tagged.tags[clause.low] != ",":
        return False
    return clause.subordinator in account.pack.sets["simultaneous"]


def is_noted(sets: dict[str, frozenset[str]], tagged: Tagged, clause: Clause) -> bool:
    """Whether a verb of saying stands alone in brackets: "captured by the rebels (claimed)"."""
    return any(
        verb.lemma in sets["speech_verbs"] and tagged.bases[verb.at - 1 : verb.at + 2 : 2] == ["(", ")"]
        for verb in clause.verbs
        if verb.at
    )


def is_denied(tagged: Tagged, verb: Verb) -> bool:
    """A negative word right before the verb, its preverb, or one word earlier."""
    if any(tagged.tags[at] == "!" for at in range(verb.low, verb.at)):
        return True
    subject = verb.low - 1
    while subject > 0 and tagged.tags[subject] in _TROOPS:
        subject -= 1
    if 0 <= subject < verb.low - 1 and tagged.tags[subject] == "!":
        return True  # "no Ukrainian troops were captured"
    positions = [verb.low] if verb.preverb is None else [verb.low, verb.preverb]
    for at in positions:
        for step in (1, 2):
            before = at - step
            if before < 0:
                break
            if tagged.tags[before] == "!":
                return True
            if tagged.tags[before] in ",k.":
                break
    return False


def _text(account: AccountTokens, tagged: Tagged, low: int, high: int) -> str:
    tokens = account.tokens.text[tagged.first + low : tagged.first + high]
    return " ".join(word for word in tokens if word != ",")


def according_to(account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause) -> str | None:
    """The words before "szerint" in this clause, an earlier one of the sentence or one behind that opens with it; None
    without any.
    """
    own = _counters(account, tagged, clause)
    for other in clauses:
        if other.low > clause.low and not _opens_according(tagged, other):
            continue
        if own and other is not clause:
            continue
        for low, high in other.ranges:
            for at, tag in enumerate(tagged.tags[low:high], low):
                word = tagged.words[at] if tag == "P" else None
                if word is not None and word.info == "according":
                    head = tagged.words[at - 1] if at else None
                    if head is not None and head.lemma in account.pack.sets["no_sources"]:
                        continue
                    if tagged.bases[at - 1 : at] == [")"] and tagged.bases[at - 3 : at - 2] == ["("]:
                        at -= 3  # noqa: PLW2901  "az Intézet (ISW) szerint"
                    start = at
                    while start > low and tagged.tags[start - 1] in "sSOCANMJjRTuI-Y#":
                        start -= 1
                    return _text(account, tagged, min(start, max(at - 1, low)), at)
    return None


def _opens_according(tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause behind a comma opens with whose word it is: ", according to residents interviewed by …"."""
    for at in range(clause.low + 1, min(clause.low + 3, clause.high)):
        word = tagged.words[at]
        if tagged.tags[at] == "P" and word is not None and word.info == "according":
            return tagged.tags[clause.low] == ","
    return False


_OPENING = 5
"""Tokens of a clause in which it may say that it counters what stands before it."""


def _counters(account: AccountTokens, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause sets the writer's own word against what somebody said: "X claimed to hold it, but in fact the
    army did".  It has a subject of its own; else it goes on with what was said ("that they took it but lost it").
    """
    sets = account.pack.sets
    opening = tagged.low[clause.low : clause.low + _OPENING]
    if clause.subordinator or not clause.low or sets["counters"].isdisjoint(opening):
        return False
    if opening[0] not in {",", ";"} or any(verb.lemma in sets["speech_verbs"] for verb in clause.verbs):
        return False  # "said that X had taken Karvol but Y regained it": both are said
    verb = clause.finite.at if clause.finite is not None else clause.high
    return any(
        g.case == "nom" and not g.modifier and (g.kind == "actor" or g.first < verb) for g in clause.groups
    )


def as_reported(
    account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause
) -> tuple[bool, bool, str | None]:
    """(somebody's word, denied, who): under "hogy" of a verb of saying, or with one right behind."""
    sets = account.pack.sets
    if "s" not in tagged.tags and not _anybody_says(sets, clauses) and sets["rumours"].isdisjoint(tagged.low):
        return False, False, None
    index = clauses.index(clause)
    verb = None
    if index and clause.relative_case and _singles_out(sets, tagged, clauses[index - 1]):
        return as_reported(account, tagged, clauses, clauses[index - 1])
    if index and (teller := _right_before(account, tagged, clauses[index - 1], clause)) is not None:
        return True, teller.lemma in sets["denial_verbs"], who_says(tagged, clauses[index - 1], teller)
    while (
        index
        and not clause.subordinator
        and clauses[index - 1].subordinator
        and not clauses[index - 1].relative_case
        and not _counters(account, tagged, clause)
    ):
        index, clause = (
            index - 1,
            clauses[index - 1],
        )  # "…, hogy áttörték a vonalat, és elfoglalták": both are said
    before = clauses[index - 1] if index else None
    if (
        before is not None
        and (
            clause.subordinator in sets["temporal"]
            or (before.subordinator in sets["content"] and _runs_on(sets, tagged, clause))
        )
        and before.subordinator
        and not before.relative_case
    ):
        index, clause = index - 1, before  # "reports that X was taken after they had left"
    contact = index > 0 and (
        tagged.tags[clause.low] == "r"  # "claimed it had captured"
        or _is_hearsay(sets, tagged, clauses[index - 1], clause)
    )
    aside = before is not None and not before.subordinator and is_aside(account, tagged, clause)
    if (clause.subordinator and not clause.relative_case and not aside) or contact:
        for other in reversed(clauses[:index]):
            told = other.verbs[-1] if other.verbs and other.finite is None else None
            if told is not None and told.word.form == "conv" and told.lemma in sets["speech_verbs"]:
                return True, False, None  # "…, adding that ISIL still held it"
            last = max((v for v in other.verbs if v.at < clause.low), key=lambda v: v.at, default=None)
            if last is not None and last.word.form == "conv" and last.lemma in sets["speech_verbs"]:
                return True, False, who_says(tagged, other, last)  # "with outlets claiming that …"
            if other.finite is not None and (not other.subordinator or clauses.index(other) == index - 1):
                told_by = [
                    v for v in other.verbs if v.word.form == "fin" and not v.attributive and v.at < clause.low
                ]
                verb, main = (told_by[-1] if told_by else other.finite), other
                break
    if verb is None and clause.subordinator not in sets["temporal"]:
        behind = told_behind(account, tagged, clauses, index)
        if behind is not None:
            verb, main = behind.finite, behind
    standing = (
        at
        for low, high in clause.ranges
        for at in range(low, high)
        if tagged.bases[at].lower() == clause.subordinator
    )
    noun = next(standing, clause.low) - 1
    content = clause.subordinator and not clause.relative_case and noun >= 0
    if content and (tagged.tags[noun] == "s" or _is_announced(account, tagged, noun)):
        return True, False, None  # "there were reports that …", "an announcement by the government that …"
    if verb is None or not (verb.lemma in sets["speech_verbs"] or verb.lemma in sets["denial_verbs"]):
        if _is_rumour(account, tagged, clause):
            return True, False, None
        if before is not None and clause.subordinator in sets["content"] and tagged.tags[clause.low] in "ca":
            # "said that Karvol was quiet and that they held Derin", "said Karvol was quiet and that …"
            saying = any(v.lemma in sets["speech_verbs"] for v in before.verbs if not v.attributive)
            return (True, False, None) if saying else as_reported(account, tagged, clauses, before)
        return _goes_on_saying(account, tagged, clauses, index)
    return True, verb.lemma in sets["denial_verbs"] or is_denied(tagged, verb), who_says(tagged, main)


def _singles_out(sets: dict[str, frozenset[str]], tagged: Tagged, before: Clause) -> bool:
    """Whether a clause only says who it was that the relative clause behind it speaks of: "it was the Flemings who took
    Karvol".
    """
    being = before.finite
    if being is None or being.lemma not in sets["stative_verbs"] or before.relative_case:
        return False
    return being.low > 0 and tagged.tags[being.low - 1] == "r"


def _runs_on(sets: dict[str, frozenset[str]], tagged: Tagged, clause: Clause) -> bool:
    """Whether a subordinate clause goes on without a comma: "that they held Karvol before leaving Derin"."""
    if not clause.subordinator or clause.relative_case or clause.subordinator in sets["content"]:
        return False
    at = clause.low - 1
    while at > 0 and tagged.tags[at] == "-":  # "…, even though"
        at -= 1
    return tagged.tags[clause.low] == "k" and tagged.tags[at] != ","


def _right_before(account: AccountTokens, tagged: Tagged, before: Clause, clause: Clause) -> Verb | None:
    """The verb of saying that closes the clause before and governs this one without a subordinator: "Karov said, the
    town was taken", "…, while the rebels said they had left".
    """
    verb, sets = before.finite, account.pack.sets
    if (
        account.pack.names.pack.roles == "case"
        or verb is None
        or before.high != verb.at + 1
        or before.relative_case
    ):
        return None
    if clause.subordinator or clause.finite is None or verb.lemma not in sets["speech_verbs"]:
        return None
    opening = tagged.tags[clause.low : clause.low + 2]
    return (
        verb if opening[:1] == ["r"] or (opening[:1] == [","] and opening[1:] not in (["c"], ["a"])) else None
    )


def _is_announced(account: AccountTokens, tagged: Tagged, at: int) -> bool:
    """Whether a word for a report stands before who reports: "an announcement by the government that …"."""
    if account.pack.names.pack.roles == "case":
        return False
    while at > 0 and tagged.tags[at] in "dDjJASOCNTFP":
        at -= 1
    return tagged.tags[at] == "s"


_TOLD = 8
"""Tokens before a clause among which a noun may say that it is only passed on."""


def _is_rumour(account: AccountTokens, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause tells what a noun before it only passes on: "word spread that Karvol had fallen"."""
    sets = account.pack.sets
    if clause.subordinator not in sets["content"] or clause.relative_case:
        return False
    opening = next(
        (at for at in range(clause.low, clause.high) if tagged.bases[at].lower() == clause.subordinator),
        clause.low,
    )
    before = tagged.low[max(opening - _TOLD, 0) : opening]
    return not sets["rumours"].isdisjoint(before)


def _anybody_says(sets: dict[str, frozenset[str]], clauses: list[Clause]) -> bool:
    """Whether any verb of the sentence is one of saying or denying."""
    saying, denying = sets["speech_verbs"], sets["denial_verbs"]
    return any(verb.lemma in saying or verb.lemma in denying for clause in clauses for verb in clause.verbs)


def _is_hearsay(sets: dict[str, frozenset[str]], tagged: Tagged, before: Clause, clause: Clause) -> bool:
    """Whether a short clause of saying stands before what is said, with only a comma: "azt mondják, Karvol elesett"."""
    verb = before.finite
    if verb is None or clause.subordinator or verb.lemma not in sets["speech_verbs"]:
        return False
    pointing = any(tagged.low[at] in sets["object_demonstratives"] for at in range(before.low, before.high))
    if tagged.tags[clause.low + 1 : clause.low + 2] in (["a"], ["c"]):
        return False  # "the rebels denied it, but the army did take Karvol"
    return pointing and before.high - before.low <= _RUMOUR and tagged.tags[clause.low] == ","


def _goes_on_saying(
    account: AccountTokens, tagged: Tagged, clauses: list[Clause], index: int
) -> tuple[bool, bool, str | None]:
    """What ``as_reported`` gives for a clause that leaves its subject to the one before, and is said with it: "sources
    indicated that they had taken Karvol and left Derin", "…, forcing them out of Derin".
    """
    clause = clauses[index]
    if (
        not index
        or clause.subordinator
        or (
            tagged.tags[clause.low] != "c"  # "said that Karvol was quiet and the army had taken Derin"
            and any(g.case == "nom" and g.first > clause.low for g in clause.groups)
        )
    ):
        return False, False, None
    before = clauses[index - 1]
    finite = [v for v in before.verbs if v.word.form == "fin" and not v.attributive]
    for teller, told in pairwise(finite):  # in one clause: "claimed the rebels had seized"
        if (
            teller.lemma in account.pack.sets["speech_verbs"]
            and told.lemma not in account.pack.sets["speech_verbs"]
        ):
            return True, False, who_says(tagged, before, teller)
    if before.relative_case or account.pack.names.pack.roles == "case":
        return False, False, None
    return as_reported(account, tagged, clauses, before)


def is_to_be(sets: dict[str, frozenset[str]], tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a verb in the present speaks of what is to come: "holnap bevesszük", "szóba került, hogy kiürítjük"."""
    if any(tagged.low[at] in sets["to_come"] for low, high in clause.ranges for at in range(low, high)):
        return True
    index = clauses.index(clause)
    if index and sets["intending"] and tagged.bases[clause.low] == ":":  # "Parancs jött: kiürítjük Karvolt"
        before = clauses[index - 1]
        return any(tagged.tags[at] == "u" for low, high in before.ranges for at in range(low, high))
    if clause.subordinator not in sets["intending"]:
        return False
    above = next((c for c in reversed(clauses[:index]) if c.finite is not None), None)
    if above is None:  # "Karov elindult, hogy visszafoglalja Karvolt": a past that may be a participle
        opening = next(
            (at for at in range(clause.low, clause.high) if tagged.bases[at].lower() == clause.subordinator),
            0,
        )
        return any(v.at < opening and (v.word.tense == "past" or v.word.form == "pp") for v in clause.verbs)
    return above.finite is not None and above.finite.word.tense == "past"
