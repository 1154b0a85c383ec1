"""Whether a clause says that something happened: denial, failure, plan, hedge, somebody's word.

What belongs here: reading those flags off a clause and its neighbours.  What does not: the events themselves.
"""

from __future__ import annotations

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.governors import is_counterfactual, under_governor
from frontledger.events.hearsay import (
    according_to,
    as_reported,
    is_aside,
    is_denied,
    is_noted,
)
from frontledger.events.positions import noun_label
from frontledger.events.purposes import is_purposed, reaches
from frontledger.events.tellers import teller_before, who_says
from frontledger.events.unreal import is_called_untrue, is_on_trust, is_unreal, prevention
from frontledger.events.verbforms import Verb
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["Flags", "read_flags"]


_NEAR = 5
"""Tokens from a verb to a phrase that says how much of it is true."""


class Flags(msgspec.Struct, frozen=True, gc=False):
    """What a reader must know before taking a clause as fact."""

    negated: bool = False
    hedged: bool = False
    attributed_to: str | None = None
    partial: bool = False
    again: bool = False
    temporal: bool = False
    """The clause tells when."""
    simultaneous: bool = False
    """The clause tells the same moment as its main clause."""


def read_flags(
    account: AccountTokens,
    tagged: Tagged,
    clauses: list[Clause],
    clause: Clause,
    verb: Verb,
    *,
    attempt: bool = False,
) -> Flags:
    """The flags of ``verb`` inside ``clause``; an ``attempt`` happened even where it was in vain."""
    pack = account.pack
    sets = pack.sets
    words = [at for low, high in clause.ranges for at in range(low, high)]
    forms = {tagged.low[at] for at in words}
    governor = clause.finite if clause.finite is not None and clause.finite.at != verb.at else None
    hedged_by_saying = False
    negated = (
        verb.modal
        or (is_denied(tagged, verb) and not _till(sets, tagged, clause, verb))
        or _nearly(account, tagged, verb)
        or (not attempt and not sets["failure"].isdisjoint(forms) and _fails(account, tagged, words, verb))
    )
    if verb.word.form == "fin":
        negated = (
            negated
            or verb.word.tense in {"cond", "subj"}
            or is_counterfactual(tagged, verb, sets["counterfactual"])
            or verb.word.pot
        )
    elif verb.word.form == "inf":
        saying, happened = under_governor(account, tagged, clause, verb, forms)
        hedged_by_saying = saying
        negated = negated or not happened
    elif verb.word.form == "conv" and verb.at:
        negated = negated or tagged.bases[verb.low - 1].lower() in account.pack.names.pack.unreal_before
        negated = negated or (clause.finite is not None and clause.finite.modal)
        negated = negated or _leans_on_modal(clauses, clause, verb) or _follows_modal(tagged, clauses, clause)
        negated = negated or _under_unreal(account, tagged, clauses, clause)
        above = [v for v in clause.verbs if v.at < verb.low and not v.attributive]
        governed = verb
        if len(above) > 1 and above[-1].word.form == "conv" and tagged.tags[verb.low - 1] == "c":
            governed = above.pop()  # "rejected leaving Karvol and handing Derin over": both hang on one verb
        negated = negated or bool(above and above[-1].lemma in sets["plan_verbs"])
        if (
            above
            and above[-1].lemma in sets["speech_verbs"]
            and set(tagged.tags[above[-1].at + 1 : governed.low]) <= set("jQzxdS")
        ):
            hedged_by_saying = True  # "reported fighting near Karvol", "denied losing Derin"
            negated = negated or above[-1].lemma in sets["denial_verbs"]
        if above and above[-1].word.form == "inf" and account.pack.names.auxiliary.infinitive:
            said, happened = under_governor(account, tagged, clause, above[-1], forms)
            hedged_by_saying = hedged_by_saying or said
            negated = negated or not happened  # "to envelop X by taking Y"
    elif verb.word.form == "vn" and _without(tagged, verb):
        negated = True
    elif governor is not None and verb.word.form == "vn" and governor.modal and verb.at < governor.at:
        negated = True  # "the capture of X would give the army …"
    elif governor is not None and verb.word.form == "vn":
        negated = negated or (_would(account, tagged, governor) and verb.word.case in {"nom", "acc"})
        negated = negated or _denies_noun(account, tagged, clause, words, governor, verb)
    later = {
        v.low - 1 for v in clause.verbs if v.low > verb.at
    }  # "took it, before reportedly being repelled"
    hedged = hedged_by_saying or (
        "h" in tagged.tags
        and any(
            tagged.tags[at] == "h" and at not in later and not _hedges_other(account, tagged, at, verb)
            for at in words
        )
    )
    if verb.word.form == "vn" or verb.attributive:  # "reports of a withdrawal from X"
        hedged = hedged or any(
            tagged.tags[at] == "s"
            and tagged.tags[at + 1 : at + 2] == ["F"]
            and tagged.low[at] not in sets["factual_nouns"]
            for at in words
            if at < verb.at
        )
    hedged = hedged or is_noted(sets, tagged, clause) or _under_hedge(account, tagged, clauses, clause)
    speaker = according_to(account, tagged, clauses, clause)
    if speaker is not None:
        hedged = True
    said, denied, by = as_reported(account, tagged, clauses, clause)
    teller = teller_before(tagged, clause, verb, sets)
    if teller is not None:  # "claimed the rebels had seized"
        said, denied, by = True, teller.lemma in sets["denial_verbs"], by or who_says(tagged, clause, teller)
    if (
        not said
        and governor is not None
        and verb.word.form == "vn"
        and governor.lemma in sets["speech_verbs"]
        and (
            (account.pack.names.pack.roles == "case" and verb.word.case != "nom")
            or (account.pack.names.pack.roles == "position" and verb.at > governor.at)
            or noun_label(tagged, verb.at, governor.at) == "nom"
        )
    ):
        said, denied, by = True, governor.lemma in sets["denial_verbs"], who_says(tagged, clause)
    if verb.word.form == "vn" and _is_denial(sets, tagged, words, verb):
        hedged = negated = True
    negated = negated or _taken_back(sets, tagged, clauses, clause)
    if verb.lemma in sets["speech_verbs"] or not sets["declaring"].isdisjoint((verb.lemma, verb.word.lemma)):
        hedged = True  # "claimed control of Karvol", "annexed Karvol"
    negated = negated or _is_to_come(sets, clauses, clause, verb) or _depends(sets, clauses, clause, verb)
    negated = negated or clause.subordinator in sets["conditional"] or _is_question(tagged, clause)
    if said:
        hedged, negated = True, negated or denied
        speaker = speaker or by
    hedged = hedged or is_on_trust(account, tagged, clauses, clause, verb)
    negated = negated or (hedged and is_called_untrue(account.pack, tagged, verb))
    prevented = prevention(account, tagged, clauses, clause, verb)
    negated = negated or is_purposed(account, tagged, clauses, clause, verb)
    if prevented is not None and not attempt:
        negated = prevented  # "could not prevent the fall of Karvol": it fell
    negated = negated or is_unreal(account, tagged, clauses, clause, verb, attempt=attempt)
    return Flags(
        negated=negated,
        hedged=hedged,
        attributed_to=speaker or None,
        partial=bool(forms & sets["partial"]) or _says(sets["partial"], tagged, verb),
        again=bool(forms & sets["again"]),
        temporal=clause.subordinator in sets["temporal"] or _till(sets, tagged, clause, verb),
        simultaneous=clause.subordinator in sets["simultaneous"],
    )


def _denies_noun(
    account: AccountTokens, tagged: Tagged, clause: Clause, words: list[int], governor: Verb, verb: Verb
) -> bool:
    """Whether a negative word of the clause denies a noun of happening: not where the noun is the subject of what is
    denied ("the capture of Karvol brought no relief"), unless that is its happening ("did not take place").
    """
    denying = [at for at in words if tagged.tags[at] == "!"]
    if not denying or verb.word.case == "ins":
        return False
    sets = account.pack.sets
    if account.pack.names.pack.roles == "case":
        subject = verb.word.case == "nom"
    else:
        subject = verb.at < governor.at and noun_label(tagged, verb.at, governor.at) == "nom"
    if not subject or any(at < verb.at and set(tagged.tags[at : verb.at]) <= set("!jJdzx") for at in denying):
        return True
    telling = ("happening_verbs", "light_verbs", "success_verbs", "plan_verbs", "speech_verbs")
    told = {governor.lemma, *(v.lemma for v in clause.verbs if v.at > governor.at)}
    return any(not told.isdisjoint(sets[name]) for name in telling)


def _hedges_other(account: AccountTokens, tagged: Tagged, at: int, verb: Verb) -> bool:
    """Whether a hedge that asks for an infinitive has one of its own: "Karvol, thought to be safe, was abandoned"."""
    if verb.word.form != "fin" or tagged.low[at] not in account.pack.names.auxiliary.infinitive:
        return False
    return "," in tagged.tags[at : verb.low]


def _would(account: AccountTokens, tagged: Tagged, governor: Verb) -> bool:
    """Whether a verb that says its mood itself tells what might have been: "Karvol elvesztése kiszolgáltatta volna …"."""
    if account.pack.names.auxiliary.be:
        return False
    return governor.word.tense == "cond" or is_counterfactual(
        tagged, governor, account.pack.sets["counterfactual"]
    )


def _till(sets: dict[str, frozenset[str]], tagged: Tagged, clause: Clause, verb: Verb) -> bool:
    """Whether a denied verb tells how long something went on, and so what ended it: "addig ostromolták, amíg el nem
    foglalták"; the denial stands between preverb and verb.
    """
    return (
        clause.subordinator in sets["until_denied"]
        and verb.preverb is not None
        and verb.word.tense == "past"
        and "!" in tagged.tags[verb.preverb : verb.at]
    )


def _under_unreal(account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether the verb that a converb hangs on tells no fact: "azt tervezte, hogy Karvolt elfoglalva Derin ellen fordul"."""
    finite, sets = clause.finite, account.pack.sets
    if account.pack.names.pack.roles == "position":
        return False
    if finite is None:
        above = clauses[: clauses.index(clause)] if clause.subordinator in sets["intending"] else []
        return any(v.lemma in sets["plan_verbs"] for other in above[-1:] for v in other.verbs)
    return finite.word.tense in {"cond", "subj"} or is_purposed(account, tagged, clauses, clause, finite)


def _without(tagged: Tagged, verb: Verb) -> bool:
    """Whether the word behind a noun of happening denies it: "Karvol elfoglalása nélkül"."""
    after = tagged.words[verb.at + 1] if verb.at + 1 < len(tagged.words) else None
    return after is not None and after.tag == "P" and after.info == "without"


def _fails(account: AccountTokens, tagged: Tagged, words: list[int], verb: Verb) -> bool:
    """Whether a word of failure in the clause speaks of ``verb``: "the capture of Karvol failed", but "after the
    capture of Karvol, attempts to go on failed".
    """
    failing = [
        at
        for at in words
        if tagged.low[at] in account.pack.sets["failure"] and not _of_other_noun(account, tagged, at, verb)
    ]
    if verb.word.form != "vn":  # "a csúcsot elfoglalták, máshol meghiúsult a támadásuk": another clause
        cased = account.pack.names.pack.roles == "case"
        return any(not cased or "," not in tagged.tags[verb.at : at] for at in failing)
    return any(reaches(account, tagged, verb.at, at) for at in failing)


def _of_other_noun(account: AccountTokens, tagged: Tagged, at: int, verb: Verb) -> bool:
    """Whether an adjective of failing only describes a noun that is not ``verb``: "a sikertelen ostrom után"."""
    if tagged.low[at] not in account.pack.sets["failure_adjectives"]:
        return False
    noun = at + 1
    while noun < len(tagged.tags) and tagged.tags[noun] in "jJSI":
        noun += 1
    return noun < len(tagged.tags) and tagged.tags[noun] in "nHYAusxRN" and noun != verb.at


def _says(phrases: frozenset[str], tagged: Tagged, verb: Verb) -> bool:
    """Whether a phrase of several words stands beside the verb: "almost completely"."""
    low, high = max(verb.low - _NEAR, 0), min(verb.at + _NEAR, len(tagged.tags))
    if "-" not in tagged.tags[low:high]:
        return False
    around = range(low, high)
    return any(tagged.tags[at] == "-" and " ".join(tagged.low[at : at + 2]) in phrases for at in around)


def _is_denial(sets: dict[str, frozenset[str]], tagged: Tagged, words: list[int], verb: Verb) -> bool:
    """Whether a noun of happening hangs on one of denying: "a denial by the governor of the city's capture"."""
    before = [at for at in words if at < verb.at and tagged.low[at] in sets["denials"]]
    return bool(before) and not any(tagged.tags[at] in "Vk" for at in range(before[-1], verb.at))


def _leans_on_modal(clauses: list[Clause], clause: Clause, verb: Verb) -> bool:
    """Whether an opening participle belongs to what only might be: "By capturing X, they would be able to …"."""
    if clause.finite is not None or clause.subordinator:
        return False
    if any(other.modal and other.at > verb.at for other in clause.verbs):
        return True
    at = clauses.index(clause)
    main = next((c for c in clauses[at + 1 :] if c.finite is not None and not c.subordinator), None)
    return at == 0 and main is not None and main.finite is not None and main.finite.modal


def _is_to_come(sets: dict[str, frozenset[str]], clauses: list[Clause], clause: Clause, verb: Verb) -> bool:
    """Whether a clause of time speaks in the present while its main clause is told in the past: it has not happened
    yet ("left for fear of attacks once the city is captured").
    """
    if clause.subordinator not in sets["temporal"] or not verb.present:
        return False
    return any(
        other.finite is not None
        and not other.subordinator
        and other.finite.word.tense == "past"
        and not other.finite.present
        for other in clauses
        if other is not clause
    )


def _depends(sets: dict[str, frozenset[str]], clauses: list[Clause], clause: Clause, verb: Verb) -> bool:
    """Whether a clause in the present hangs on a condition: "ha nem jön segítség, az oroszok elfoglalják Karvolt"."""
    if clause.subordinator or verb.word.form != "fin" or not (verb.word.tense == "pres" or verb.present):
        return False
    return any(other.subordinator in sets["conditional"] for other in clauses)


def _follows_modal(tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a participle behind a comma goes on with what only might be: "will fall, opening the way to …"."""
    at = clauses.index(clause)
    before = clauses[at - 1] if at else None
    return (
        before is not None
        and clause.finite is None
        and not clause.subordinator
        and before.finite is not None
        and before.finite.modal
        and tagged.tags[clause.low] == ","
    )


def _is_question(tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause only asks: "could not confirm who controlled the station", "regardless of who held it"."""
    if not clause.relative_case or not clause.low or tagged.tags[clause.low] != "k":
        return False
    before = tagged.tags[clause.low - 1]
    return before == "V" or (before == "F" and clause.relative_case == "nom")


def _under_hedge(account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a clause is the content of a hedge: "it was believed that, after X had fallen, …"."""
    if (
        not clause.subordinator
        or clause.relative_case
        or "h" not in tagged.tags
        or is_aside(account, tagged, clause)
    ):
        return False
    above = [other for other in clauses if other.low < clause.low]
    return any(
        tagged.tags[at] == "h"
        for other in above
        for low, high in other.ranges
        for at in range(low, min(high, clause.low))
        if at >= clause.low - 4
    )


def _taken_back(
    sets: dict[str, frozenset[str]], tagged: Tagged, clauses: list[Clause], clause: Clause
) -> bool:
    """Whether a later clause of the sentence denies it: "…, ezt azonban X cáfolta"."""
    for other in clauses[clauses.index(clause) + 1 :]:
        if other.finite is not None and other.finite.lemma in sets["denial_verbs"] and not other.subordinator:
            return any(
                tagged.tags[at] == "D"
                or (tagged.tags[at] == "s" and (w := tagged.words[at]) is not None and w.case == "acc")
                for low, high in other.ranges
                for at in range(low, high)
            )
    return False


def _nearly(account: AccountTokens, tagged: Tagged, verb: Verb) -> bool:
    """Whether it did not come to it ("nearly seized"); "almost completely under control" is another matter."""
    sets = account.pack.sets
    if verb.at and tagged.low[verb.at - 1] in sets["near_misses"]:
        return True
    endings = account.pack.names.pack.converb_endings
    if endings and verb.passive and verb.word.form == "inf" and tagged.low[verb.at - 1].endswith(endings):
        return not sets["short_of"].isdisjoint(
            tagged.low[max(verb.at - 4, 0) : verb.at]
        )  # "close to being taken"
    if verb.word.form != "conv":
        return False
    at = verb.low - 1  # "coming close towards fully expelling"
    while at > 0 and tagged.tags[at] in "x!":
        at -= 1
    window = {tagged.bases[i].lower() for i in range(max(at - 2, 0), max(at, 0))}
    return at > 0 and tagged.tags[at] in "PF" and bool(window & sets["short_of"])
