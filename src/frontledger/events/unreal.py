"""What the words around an announcement make of it: asked, general, prevented, talked about, still to come.

What belongs here: grammar that tells a fact from what is none, beyond the verb's own form.  What does not: denial,
hedges and somebody's word (``flags``, ``hearsay``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.hearsay import is_denied
from frontledger.events.verbforms import Verb
from frontledger.languages.pack import Pack
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["is_called_untrue", "is_on_trust", "is_unreal", "prevention"]

_BEFORE = 6
"""Tokens before a verb of preventing among which it may be said to have failed."""
_OPENING = 5
"""Tokens among which a sentence says that it only retells a work of fiction: "In the film, …"."""
_CLOSING = frozenset("\"'”’»)")
_FAR = 8
"""Tokens before a preposition among which a word may say that it asks for something done: "thanked them for"."""
_PENDING = 3
"""Most words of a phrase that leaves what follows to time: "a matter of time"."""


def is_unreal(
    account: AccountTokens,
    tagged: Tagged,
    clauses: list[Clause],
    clause: Clause,
    verb: Verb,
    *,
    attempt: bool = False,
) -> bool:
    """Whether the clause of ``verb`` tells no fact though its verb looks like one."""
    pack = account.pack
    return (
        _is_asked(tagged)
        or _is_generic(pack, tagged, clause)
        or _is_pending(pack, tagged, clauses, clause)
        or _is_elsewhere(pack, tagged, clause)
        or _by_plan(pack, tagged, clause)
        or _is_inverted(pack, tagged, clauses, clause)
        or _is_habit(pack, tagged, clause)
        or _is_cut_short(pack, tagged, clause, verb)
        or (
            verb.word.form == "vn"
            and (
                _is_topic(pack, tagged, clause, verb, attempt=attempt)
                or _is_ahead(pack, tagged, clause, verb)
                or _is_remembered(pack, tagged, clause, verb)
            )
        )
    )


def is_on_trust(
    account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause, verb: Verb
) -> bool:
    """Whether a fact is told on somebody's word by the grammar around it: "if the chronicle is to be believed, …", "a hír
    Karvol elestéről".
    """
    pack = account.pack
    if verb.word.form == "vn" and verb.word.case in pack.names.pack.topic_cases:
        return not pack.sets["rumours"].isdisjoint(tagged.low)
    return any(_trusts(pack, other) for other in clauses if other is not clause)


def is_called_untrue(pack: Pack, tagged: Tagged, verb: Verb) -> bool:
    """Whether the report of ``verb`` is called false: "falsely claimed that …", "the report that Karvol had fallen was
    false".
    """
    words = pack.sets["untrue"]
    if words.isdisjoint(tagged.low):
        return False
    speech, rumours = pack.sets["speech_verbs"], pack.sets["rumours"]
    for at, low in enumerate(tagged.low):
        if low not in words:
            continue
        k = at + 1
        while k < len(tagged.tags) and tagged.tags[k] in "jJzSc":
            k += 1
        if k < len(tagged.tags) and (tagged.low[k] in rumours or _says(tagged, k, speech)):
            return k < verb.at and not any(_says(tagged, later, speech) for later in range(k + 1, verb.at))
        told = any(tagged.tags[k] == "s" or tagged.low[k] in rumours for k in range(verb.low))
        if at > verb.at and told and "k" not in tagged.tags[verb.at : at]:
            return True
    return False


def _says(tagged: Tagged, at: int, speech: frozenset[str]) -> bool:
    """Whether a token is a noun or verb of saying."""
    word = tagged.words[at]
    return tagged.tags[at] == "s" or (word is not None and word.tag == "V" and word.lemma in speech)


def _trusts(pack: Pack, clause: Clause) -> bool:
    """Whether a condition only asks whether its source is to be trusted."""
    trusting = pack.sets["trusting_verbs"]
    return clause.subordinator in pack.sets["conditional"] and any(v.lemma in trusting for v in clause.verbs)


def _is_inverted(pack: Pack, tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a condition opens with its auxiliary: "Had the rebels stopped there, Karvol might have been saved"."""
    if clause is not clauses[0] or tagged.low[0] not in pack.names.auxiliary.have:
        return False
    return any(v.modal for other in clauses[1:] for v in other.verbs)


def _is_habit(pack: Pack, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause says what was usual: "the capture of a city was usually followed by plunder"."""
    words = pack.sets["habitual"]
    if words.isdisjoint(tagged.low):
        return False
    return any(tagged.low[at] in words for low, high in clause.ranges for at in range(low, high))


def _is_cut_short(pack: Pack, tagged: Tagged, clause: Clause, verb: Verb) -> bool:
    """Whether somebody was stopped before it came to it: "was recalled before capturing Karvol"."""
    if verb.word.form != "conv" or not verb.low or tagged.low[verb.low - 1] not in pack.sets["earlier"]:
        return False
    return any(v.lemma in pack.sets["ending_verbs"] and v.at < verb.low for v in clause.verbs)


def _is_asked(tagged: Tagged) -> bool:
    """Whether the sentence is a question; a question mark in brackets only doubts a word."""
    last = len(tagged.bases) - 1
    while last > 0 and tagged.bases[last] in _CLOSING - {")"}:
        last -= 1
    return last >= 0 and tagged.bases[last] == "?"


def _is_generic(pack: Pack, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause speaks of anybody who may do it: "Whoever held the pass", "Aki Veronát elfoglalta, …", or
    hangs on one that says each time anew: "Whenever the army took Karvol, it left Derin".
    """
    words = pack.sets["generic"]
    if not words:
        return False
    for opening in (0, clause.low):
        at = opening
        while at < len(tagged.tags) - 1 and tagged.tags[at] in ",cz":
            at += 1
        word = tagged.words[at]
        if opening and word is not None and word.info == "relative":
            continue  # "Karov, aki bevette Karvolt, …"
        if tagged.low[at] in words or " ".join(tagged.low[at : at + 2]) in words:
            return True
    return False


def _is_pending(pack: Pack, tagged: Tagged, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a clause of time stands under what leaves it to the future: "it was only a matter of time before Karvol
    fell", "promised him the town once it was taken".
    """
    if not clause.subordinator or clause.relative_case:
        return False
    at = clauses.index(clause)
    main = next((other for other in reversed(clauses[:at]) if other.finite is not None), None)
    if main is None:
        return False
    pending = pack.sets["pending"]
    words = tagged.low[main.low : clause.low]
    if pending and any(
        " ".join(words[k : k + length]) in pending for length in (2, _PENDING) for k in range(len(words) - 1)
    ):
        return True
    if clause.subordinator not in pack.sets["prospective"] or main.subordinator:
        return False
    governing = [v for v in main.verbs if v.at < clause.low and not v.attributive]
    return any(v.lemma in pack.sets["plan_verbs"] for v in governing)


def _is_elsewhere(pack: Pack, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause speaks of elections, sport, trade or a story: one of their words stands in it, and no troops."""
    sets = pack.sets
    if not sets["fictions"].isdisjoint(tagged.low[:_OPENING]) and (
        pack.names.pack.roles == "case" or tagged.tags[0] in "PF"
    ):
        return True
    fields = sets["other_fields"]
    if fields.isdisjoint(tagged.low):
        return False
    if not any(tag in "AR" for tag in tagged.tags):
        return True
    inside = [at for low, high in clause.ranges for at in range(low, high)]
    return any(tagged.low[at] in fields for at in inside) and not any(
        tagged.tags[at] in "AR" for at in inside
    )


def _by_plan(pack: Pack, tagged: Tagged, clause: Clause) -> bool:
    """Whether a clause in the present gives what a plan or treaty says: "a terv szerint a dandár elfoglalja Karvolt";
    in the past it was done so.
    """
    told = clause.finite
    if told is None or (told.word.tense != "pres" and not told.present):
        return False
    sources, ahead = pack.sets["no_sources"], pack.names.pack.roles == "position"
    for low, high in clause.ranges:
        for at in range(low, high):
            word = tagged.words[at] if tagged.tags[at] == "P" else None
            if word is None or word.info not in {"according", "under"}:
                continue
            near = range(at + 1, min(at + 4, high)) if ahead else range(max(at - 1, low), at)
            if any((noun := tagged.words[k]) is not None and noun.lemma in sources for k in near):
                return True
    return False


def _is_topic(pack: Pack, tagged: Tagged, clause: Clause, verb: Verb, *, attempt: bool) -> bool:
    """Whether a noun of happening is only what is talked, decided or asked about: "negotiations over the surrender of
    Karvol", "Karvol átadásáról tárgyaltak".
    """
    if verb.word.case in pack.names.pack.topic_cases:
        told = any(
            v.lemma in pack.sets["speech_verbs"] for v in clause.verbs
        )  # a claim is not talk of what may be
        return not told and pack.sets["rumours"].isdisjoint(tagged.low)
    at = verb.at - 1
    while at > 0 and tagged.tags[at] in "dDjJSOANM'":
        at -= 1
    if at < 1 or tagged.low[at] not in pack.sets["topic_prepositions"]:
        return False
    if tagged.low[at] in pack.sets["purpose_prepositions"]:  # "troops were raised for the conquest of Karvol"
        return not attempt and pack.sets["for_what_was_done"].isdisjoint(tagged.low[max(at - _FAR, 0) : at])
    return tagged.low[at - 1] in pack.sets["talks"]


def _is_remembered(pack: Pack, tagged: Tagged, clause: Clause, verb: Verb) -> bool:
    """Whether a noun of happening is only remembered or shown: "they commemorate the fall of Karvol"."""
    words = pack.sets["remembering"]
    if words.isdisjoint(tagged.low):
        return False
    if pack.names.pack.roles == "case":
        inside = (at for low, high in clause.ranges for at in range(low, high))
        return verb.word.case == "acc" and any(tagged.low[at] in words for at in inside)
    at = verb.at - 1
    while at > 0 and tagged.tags[at] in "dDjJSOANM'":
        at -= 1
    return tagged.low[max(at, 0)] in words


def _is_ahead(pack: Pack, tagged: Tagged, clause: Clause, verb: Verb) -> bool:
    """Whether a noun of happening is said to lie ahead: "the fall of Karvol is imminent", "the planned recapture"."""
    words = pack.sets["impending"]
    if not words:
        return False
    at = verb.at - 1
    while at > 0 and tagged.tags[at] in "jJdSO" and tagged.low[at] not in words:
        at -= 1
    if tagged.low[max(at, 0)] in words:
        return True
    being = pack.names.auxiliary.be
    if not being:  # "lehetővé tette Karvol elfoglalását"
        inside = (k for low, high in clause.ranges for k in range(low, high) if tagged.low[k] in words)
        return verb.word.case in {"nom", "acc"} and any(not _describes_other(tagged, k) for k in inside)
    rendered = any(v.lemma in pack.sets["rendering_verbs"] and v.at < verb.at for v in clause.verbs)
    for k in range(verb.at + 1, clause.high):
        if tagged.tags[k] in ",k;":
            return False
        if tagged.low[k] in words and tagged.tags[k + 1 : k + 2] != ["x"] and not _describes_other(tagged, k):
            return rendered or any(low in being for low in tagged.low[verb.at + 1 : k])
        if (
            tagged.low[k] in pack.sets["lying_ahead"] and clause.finite is not None
        ):  # "was at least two weeks away"
            closes = tagged.tags[k + 1 : k + 2] in ([], ["."], [","], ["k"])
            counted = tagged.tags[k - 1] == "x" and not any(v.at > clause.finite.at for v in clause.verbs)
            return (
                closes
                and counted
                and verb.at < clause.finite.at < k
                and tagged.low[clause.finite.at] in being
            )
    return False


def _describes_other(tagged: Tagged, at: int) -> bool:
    """Whether an adjective stands before a noun of its own: "a várható támadás miatt"."""
    return tagged.tags[at + 1 : at + 2] != [] and tagged.tags[at + 1] in "jJnHxYAuN"


def prevention(
    account: AccountTokens, tagged: Tagged, clauses: list[Clause], clause: Clause, verb: Verb
) -> bool | None:
    """Whether a verb of preventing over ``verb`` worked ("prevented them from taking Karvol"): True; False where it
    failed ("could not prevent the fall of Karvol": it fell); None without any.
    """
    preventing = account.pack.sets["preventing_verbs"]
    by_position = account.pack.names.pack.roles == "position"
    above: Verb | None = None
    if verb.word.form == "vn":
        if not by_position and verb.word.case != "acc":
            return None
        for other in clause.verbs:
            if other.lemma not in preventing or other.attributive:
                continue
            low, high = sorted((other.at, verb.at))
            if by_position and (
                set(tagged.tags[low:high]) & set(",k;") or (other.at > verb.at) != other.passive
            ):
                continue
            above = other
    elif verb.word.form == "conv" and by_position:
        before = [v for v in clause.verbs if v.at < verb.low and not v.attributive]
        if (
            before
            and before[-1].lemma in preventing
            and _kept_from(account.pack, tagged, clause, before[-1], verb)
        ):
            above = before[-1]
    elif clause.subordinator in account.pack.sets["content"] and not clause.relative_case and not by_position:
        at = clauses.index(clause)
        told = [v for v in clauses[at - 1].verbs if not v.attributive] if at else []
        above = next((v for v in told if v.lemma in preventing), None)
    if above is None:
        return None
    return not _failed(account, tagged, above)


def _kept_from(pack: Pack, tagged: Tagged, clause: Clause, above: Verb, verb: Verb) -> bool:
    """Whether a participle is what somebody is kept from: "stopped them from taking Karvol", "stopped them taking
    Karvol"; not "stopped shelling Karvol", "kept them fighting".
    """
    if tagged.low[verb.low - 1] in pack.names.pack.unreal_before:
        return True
    if above.lemma in pack.sets["stative_verbs"] or tagged.tags[verb.low - 1] in ",c":
        return False
    return any(above.at < group.first and group.last <= verb.low for group in clause.groups)


def _failed(account: AccountTokens, tagged: Tagged, verb: Verb) -> bool:
    """Whether a verb of preventing is denied or in vain: "failed to prevent", "nem tudta megakadályozni"."""
    if is_denied(tagged, verb):
        return True
    around = range(max(verb.low - _BEFORE, 0), verb.at)
    if account.pack.names.pack.roles == "case":
        around = range(max(verb.at - 3, 0), min(verb.at + 3, len(tagged.tags)))
    for at in reversed(around):
        if tagged.tags[at] in ",k;" and at < verb.at:
            return False
        if tagged.low[at] in account.pack.sets["powerless"]:
            return True
        if tagged.tags[at] == "!" and (verb.word.form == "inf" or at >= verb.low - 2):
            return True
    return False
