"""The clause or verb that tells: who says what is told, before it or behind it.

What belongs here: finding the teller.  What does not: whether something is somebody's word at all (``hearsay``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.verbforms import Verb
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["teller_before", "told_behind", "told_by_verb", "who_says"]


_CLOSE = 2
"""Tokens before a verb of saying that stands behind what is said: "közölte", "a minisztérium közölte"."""


_TELLER = 12
"""The most where position says the role: "the Defence Ministry in Kyiv has said"."""


def teller_before(tagged: Tagged, clause: Clause, verb: Verb, sets: dict[str, frozenset[str]]) -> Verb | None:
    """The verb of saying right before ``verb`` in a clause that could not be cut."""
    before = [
        v for v in clause.verbs if v.at < verb.at and v.word.form in {"fin", "conv"} and not v.attributive
    ]
    last = max(before, key=lambda v: v.at, default=None)
    if (
        last is None
        or (
            last.word.form == "conv" and "," in tagged.tags[last.at : verb.low]
        )  # "Fearing attack, they left"
        or verb.word.form != "fin"
        or not (last.lemma in sets["speech_verbs"] or last.lemma in sets["denial_verbs"])
    ):
        return None
    return last


def told_by_verb(
    sets: dict[str, frozenset[str]], tagged: Tagged, clause: Clause, verb: Verb, objects: list[Group]
) -> list[Group]:
    """The objects of ``verb`` without whoever tells it in the same clause: "Karov said no troops were captured"."""
    if not objects or not verb.passive or verb.word.form != "fin":
        return objects
    teller = teller_before(tagged, clause, verb, sets)
    if teller is None or teller.passive:  # "Karvol was declared liberated"
        return objects
    return [group for group in objects if group.first > teller.at]


def who_says(tagged: Tagged, clause: Clause, teller: Verb | None = None) -> str | None:
    """The words for who speaks in a clause, before the verb of saying ``teller`` where it is given."""
    high = clause.high if teller is None else teller.low
    speaker = next(
        (g for g in clause.groups if g.case == "nom" and g.kind in {"actor", "place"} and g.last <= high),
        None,
    )
    noun = next((at for at in range(clause.low, high) if tagged.tags[at] == "s"), None)
    return speaker.text if speaker is not None else (tagged.bases[noun] if noun is not None else None)


def told_behind(account: AccountTokens, tagged: Tagged, clauses: list[Clause], index: int) -> Clause | None:
    """The clause behind that says whose word this one is: "Karvol fell, residents told reporters", "…, közölték".

    Where position says the role it may stand further on, and speaks for every main clause before it: "the rebels took
    Karvol and left Derin, the ministry in Kyiv has said"; one that a coordinator opens speaks for itself.
    """
    sets = account.pack.sets
    own, low = clauses[index], clauses[index].low
    by_position = account.pack.names.pack.roles == "position"
    for at in range(index + 1, len(clauses)):
        other = clauses[at]
        verb = other.finite
        if verb is not None and not other.subordinator and other.low > low:
            first = next(
                (
                    k
                    for k in range(other.low, other.high)
                    if tagged.tags[k] not in ",c." and tagged.low[k] not in sets["retelling"]
                ),
                other.low,
            )
            teller = verb.lemma in sets["speech_verbs"]
            if not by_position:
                return other if teller and verb.at - first <= _CLOSE else None
            if teller and own.finite is not None and _closes(sets, tagged, clauses, at, first):
                return other
        if not by_position or own.relative_case:
            return None
    return None


def _closes(
    sets: dict[str, frozenset[str]], tagged: Tagged, clauses: list[Clause], at: int, first: int
) -> bool:
    """Whether clause ``at``, whose first word is ``first``, is a teller behind a comma and tells nothing of its own."""
    clause, tags = clauses[at], tagged.tags
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    retold = tagged.low[first - 1] in sets["retelling"]
    if clause.finite is None or tags[clause.low] != "," or (tags[first - 1] not in ",." and not retold):
        return False
    if following is not None and not following.relative_case and tags[following.low] not in ",.":
        return False  # "…, the army said it had left Derin"
    between = tags[first : clause.finite.low]
    return tags[first] not in "PtFz" and len(between) <= _TELLER and not set(between) & set("Vka")
