"""What somebody only wants: nouns of happening and clauses under plans, orders, aims and fears.

What belongs here: finding the plan that a happening hangs on.  What does not: infinitives (``governors``), what is
prevented, asked or remembered (``unreal``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.governors import says_a_state
from frontledger.events.hearsay import is_to_be
from frontledger.events.verbforms import Verb
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["is_purposed", "reaches"]


_TIMELY = frozenset({"after", "before", "during", "since", "time"})
"""What a postposition that only says when is called."""


def is_purposed(
    account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause, verb: Verb
) -> bool:
    """Under wanting, ordering or aiming: a "hogy" clause in the present, a noun of purpose beside."""
    sets = account.pack.sets
    if verb.word.form == "vn":
        if _in_hoped_for(sets, clauses, clause):
            return True  # "azt remélte, hogy Karvol elfoglalása után egyesülnek"
        around = [at for low, high in clause.ranges for at in range(low, high)]
        near = any(tagged.tags[at] == "u" and _is_said_of(account, tagged, verb, at) for at in around)
        wanting = any(
            v.lemma in sets["plan_verbs"] and (v.at < verb.at or reaches(account, tagged, verb.at, v.at))
            for v in clause.verbs
            if v.at != verb.at
        )
        if any(
            v.lemma in sets["forecasting_verbs"]
            and "," not in tagged.tags[min(v.at, verb.at) : max(v.at, verb.at)]
            for v in clause.verbs
            if v.at != verb.at and (v.at < verb.at or v.passive or not account.pack.names.auxiliary.be)
        ):
            return True  # "fearing the loss of Karvol"
        if verb.word.case in {"nom", "acc"}:
            return near or wanting
        return verb.word.case in account.pack.names.pack.purpose_cases or (
            verb.word.case in {"del", "ins"} and wanting
        )
    told = clause.finite.word if verb.word.form == "inf" and clause.finite is not None else verb.word
    holds = says_a_state(account, verb)
    if told.tense == "pres" and not holds and is_to_be(sets, tagged, clauses, clause):
        return True  # "attól tartottak, hogy fel kell adniuk Karvolt"
    purpose = _under_purpose(clauses, clause)
    if not purpose.subordinator or purpose.relative_case or verb.word.tense != "pres":
        return False
    if purpose is not clause and purpose.finite is not None and purpose.finite.word.tense == "subj":
        return True  # "hogy keljen át a Dunán, és szállja meg Karvolt"
    index = clauses.index(purpose)
    for other in clauses[:index]:
        if any(v.lemma in sets["plan_verbs"] for v in other.verbs):
            return True
        if any(tagged.tags[at] == "u" for low, high in other.ranges for at in range(low, high)):
            return True
    return False


def _in_hoped_for(sets: dict[str, frozenset[str]], clauses: list[Clause], clause: Clause) -> bool:
    """Whether a clause in the present is what somebody before it wants or hopes."""
    told = clause.finite
    if clause.subordinator not in sets["intending"] or told is None or told.word.tense != "pres":
        return False
    return any(
        v.lemma in sets["plan_verbs"] for other in clauses[: clauses.index(clause)] for v in other.verbs
    )


def _is_said_of(account: AccountTokens, tagged: Tagged, verb: Verb, at: int) -> bool:
    """Whether a noun of purpose speaks of a noun of happening: "attempts at the capture of Karvol", "its capture was
    the goal"; not "after the fall of Karvol, attempts to push on failed".
    """
    being = account.pack.names.auxiliary.be
    if at < verb.at or not being:
        return True
    between = [
        low
        for low, tag in zip(tagged.low[verb.at + 1 : at], tagged.tags[verb.at + 1 : at], strict=True)
        if tag in "Vra" or low in being
    ]
    return bool(between) and all(low in being for low in between)


def reaches(account: AccountTokens, tagged: Tagged, noun: int, at: int) -> bool:
    """Whether a word may speak of a noun of happening: not where the noun only says when, "after the capture of
    Karvol, attempts to go on failed", "the attack failed after the capture of Karvol".
    """
    if not account.pack.names.auxiliary.be:
        after = tagged.words[noun + 1] if noun + 1 < len(tagged.words) else None
        return (
            after is None or after.tag != "P" or after.info not in _TIMELY
        )  # "a karvoli csata után lemondtak Derinről"
    if at > noun:
        return not any(tag in ",u" for tag in tagged.tags[noun:at])
    words = tagged.words[at:noun]
    return not any(word is not None and word.tag == "P" and word.info == "after" for word in words)


def _under_purpose(clauses: list[Clause], clause: Clause) -> Clause:
    """The subordinate clause that ``clause`` goes on with, in the same breath: "azt tervezték, hogy elfoglalják
    Karvolt, és megtartják Derint"; ``clause`` itself where it goes on with none.
    """
    told = clause.finite
    at = clauses.index(clause)
    if clause.subordinator or told is None:
        return clause
    while at > 0:
        at -= 1
        before = clauses[at]
        if before.finite is None:
            continue
        if before.relative_case or before.finite.word.tense not in {"pres", "subj"}:
            return clause
        if before.subordinator:
            return before
    return clause
