"""Whether an infinitive came to it, by the verb, noun or adjective that it hangs on: "managed to", "tried to".

What belongs here: reading that governor.  What does not: the flags of the clause (``flags``).
"""

from __future__ import annotations

from itertools import pairwise

from frontledger.events.clauses import Clause
from frontledger.events.hearsay import is_denied
from frontledger.events.verbforms import Verb
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["is_counterfactual", "says_a_state", "under_governor"]


def under_governor(
    account: AccountTokens, tagged: Tagged, clause: Clause, verb: Verb, forms: set[str]
) -> tuple[bool, bool]:
    """(somebody's word, happened) of an infinitive, by the verb or adjective that it depends on."""
    sets = account.pack.sets
    if account.pack.names.auxiliary.infinitive:  # the governor stands before: "managed to", "claimed to have"
        before = [v for v in clause.verbs if v.at < verb.at and not v.attributive]
        governor = max(before, key=lambda v: v.at, default=None)
        near = {tagged.bases[at].lower() for at in range(max(verb.low - 3, 0), verb.at)}
        if any(tagged.tags[at] == "h" for at in range(max(verb.low - 3, 0), verb.at)):
            return True, True  # "was reported to have captured"
        if tagged.tags[verb.low - 1 : verb.low] == ["s"] and any(
            word.tag == "V" and word.lemma in sets["speech_verbs"]
            for word in account.pack.lexicon.get(tagged.low[verb.low - 1], ())
        ):
            return True, _as_done(account, tagged, verb)  # "the army claims to have taken Karvol"
        if "u" in tagged.tags[max(verb.low - 2, 0) : verb.low] or tagged.tags[verb.low - 1 : verb.low] in (
            ["H"],
            ["n"],
        ):
            return False, False  # "a first attempt to recapture", "began an assault to capture"
        if near & sets["success_adjectives"] and _is_adjective_of(sets, tagged, verb):
            end = verb.low if verb.passive else verb.at  # not the "to be" of "the first town to be taken"
            lows = [tagged.bases[at].lower() for at in range(max(verb.low - 4, 0), end)]
            if ["to", "be"] in ([a, b] for a, b in pairwise(lows)):
                return False, False  # "claiming to be able to purge"
            said = governor is not None and "k" in tagged.tags[governor.at : verb.low]
            said = said and governor is not None and governor.lemma in sets["speech_verbs"]
            return said, governor is None or not (
                is_denied(tagged, governor) or _binds(account, tagged, governor)
            )  # "claimed that they were able to take"
    else:
        governor = next((v for v in clause.verbs if v.lemma in sets["success_verbs"]), None)
        if governor is None:
            denied = any(tagged.tags[at] == "!" for low, high in clause.ranges for at in range(low, high))
            return False, bool(forms & sets["success_adjectives"]) and not denied
    if governor is None:
        return False, False
    if account.pack.names.auxiliary.infinitive and _apart(tagged, governor, verb):
        return False, False
    if governor.lemma in sets["speech_verbs"]:  # "claimed to have captured", but "declared a council to take"
        return True, _as_done(account, tagged, verb)
    if governor.word.form == "inf" and account.pack.names.auxiliary.infinitive:
        said, happened = under_governor(account, tagged, clause, governor, forms)
        if not happened:
            return said, False  # "attempted to let them flee"
        if verb.first < 0:
            return said, True  # "managed to seize Karvol and hold Derin"
    real = (
        not is_denied(tagged, governor)
        and not governor.modal
        and governor.word.tense not in {"cond", "subj"}
        and not is_counterfactual(tagged, governor, sets["counterfactual"])
    )
    return False, governor.lemma in sets["success_verbs"] and real and not _binds(account, tagged, governor)


def _is_adjective_of(sets: dict[str, frozenset[str]], tagged: Tagged, verb: Verb) -> bool:
    """Whether an infinitive hangs on an adjective of success: "was able to take", not "had at first tried to take"."""
    for at in range(verb.at - 1, max(verb.low - 4, -1), -1):
        if tagged.low[at] in sets["success_adjectives"]:
            return True
        if tagged.tags[at] == "V" and at < verb.low:
            return False
    return True


def _binds(account: AccountTokens, tagged: Tagged, governor: Verb) -> bool:
    """Whether what a verb compels to stands on paper: "the treaty obliged Sweden to return Karvol"."""
    sources = account.pack.sets["no_sources"]
    if governor.passive:
        return False
    at = governor.low - 1
    while at >= 0 and tagged.tags[at] not in ",k;V":
        word = tagged.words[at]
        if word is not None and word.lemma in sources:
            return True
        at -= 1
    return False


def _as_done(account: AccountTokens, tagged: Tagged, verb: Verb) -> bool:
    """Whether an infinitive under a verb of saying tells what is done, or is so: "to have taken", "to be
    taken", "to control".
    """
    table = account.pack.names.auxiliary
    if not table.have or any(tagged.low[at] in (*table.have, *table.be) for at in range(verb.low, verb.at)):
        return True
    return any(frame.kind == "hold" for frame in account.pack.verb_frames.get(verb.lemma, ()))


def _apart(tagged: Tagged, governor: Verb, verb: Verb) -> bool:
    """Whether a noun of action stands between: "was a military operation to capture X" says what for."""
    return any(
        tag in "Hn" or tagged.bases[at] == "("
        for at, tag in enumerate(tagged.tags[governor.at + 1 : verb.low], governor.at + 1)
    )


def is_counterfactual(tagged: Tagged, verb: Verb, words: frozenset[str]) -> bool:
    """Whether one of ``words`` right behind a verb says that it did not happen: "elfoglalta volna"."""
    return not words.isdisjoint(tagged.low[verb.at + 1 : verb.at + 3])


def says_a_state(account: AccountTokens, verb: Verb) -> bool:
    """Whether the present of a verb may tell how things stand: "azt közölte, hogy Karvolt tartják"."""
    frames = account.pack.verb_frames.get(verb.lemma, ())
    return not frames or any(frame.kind == "hold" for frame in frames)
