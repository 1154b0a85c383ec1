"""Whether civilians, not fighters, do or suffer what a verb or noun tells: then it is no event of control.

What belongs here: words for civilians around a trigger.  What does not: finding who acts (``doers``, ``agents``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.scene import Scene, is_positional
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["are_bystanders", "is_subject"]


def are_bystanders(scene: Scene, clause: Clause, at: int, *, nominal: bool) -> bool:
    """Whether civilians are the subject, in the clause itself or before it where it leaves its subject out; of a
    noun, whether it is theirs ("the evacuation of the residents").
    """
    if "o" not in scene.tagged.tags:
        return False
    civil = [
        k
        for k, tag in enumerate(scene.tagged.tags)
        if tag == "o" and (word := scene.tagged.words[k]) is not None and word.case == "nom"
    ]
    if nominal and is_positional(scene):
        tags = scene.tagged.tags
        return any(
            at - 3 <= k <= at + 5 and not set(tags[min(k, at) + 1 : max(k, at)]) & set(",.;kVt")
            for k in civil
        )
    if is_positional(scene):
        agents = [k for k in civil if _is_agent(scene.tagged, k)]
        if any(clause.holds(k) and (at < k < at + 5) for k in agents):
            return True  # "was abandoned by its residents"
        civil = [k for k in civil if k not in agents and not _is_beside(scene.tagged, k)]
        civil = [k for k in civil if not (_is_complement(scene.tagged, k) or _stands_apart(scene, k))]
        civil = [k for k in civil if k < at or not _is_behind_preposition(scene.tagged, k, at)]
        civil = [k for k in civil if not _has_own_subject(scene, k, at)]
    else:  # "… Ruandába menekült": without an article it is the verb
        civil = [k for k in civil if _is_subject_noun(scene.tagged, k)]
    if any(clause.holds(k) for k in civil):
        return True
    subjects = [g for g in scene.groups if g.kind == "actor" and g.case == "nom" and not g.modifier]
    before = [k for k in civil if k < at]
    if not before or clause.subordinator or any(clause.holds(g.first) for g in subjects):
        return False
    return not any(before[-1] < g.first < at for g in subjects)


def _is_subject_noun(tagged: Tagged, at: int) -> bool:
    """Whether a word for civilians stands as a noun does: in the plural, or behind an article, a number, an adjective."""
    word = tagged.words[at]
    plural = word is not None and (word.num == "pl" or bool(word.poss))
    return plural or at == 0 or tagged.tags[at - 1] in "dDjJQzSIx"


def _has_own_subject(scene: Scene, civilian: int, at: int) -> bool:
    """Whether a place is the subject of the verb at ``at``, which the civilians only tell of."""
    telling = scene.account.pack.sets["speech_verbs"]
    tellers = [verb.at for verb in scene.verbs if verb.lemma in telling and civilian < verb.at < at]
    return bool(tellers) and any(
        g.kind in {"place", "definite"} and g.case == "nom" and tellers[0] < g.first < at
        for g in scene.groups
    )


def _is_beside(tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` ends a description behind a preposition: "Karvol, a refuge for families, fell"."""
    if tagged.tags[at + 1 : at + 2] not in ([","], ["o"]):
        return False
    before = at - 1
    while before > 0 and tagged.tags[before] in "dDjJzxoQ":
        before -= 1
    if before < 0 or tagged.tags[before] != "P":
        return False
    word = tagged.words[before]
    return word is None or word.info != "near"  # "around 3,000 more people, including …, had fled"


def _is_complement(tagged: Tagged, at: int) -> bool:
    """Whether a word for civilians describes fighters or says what became of them: "peasant rebels", "taken prisoner"."""
    word = tagged.words[at]
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    return after in "AR" or (at > 0 and tagged.tags[at - 1] == "V" and word is not None and word.num == "sg")


def _stands_apart(scene: Scene, at: int) -> bool:
    """Whether civilians are the subject of a participle behind a comma: "Karvol fell, its inhabitants streaming east"."""
    tags = scene.tagged.tags
    before = at - 1
    while before > 0 and tags[before] in "dDjJzQ":
        before -= 1
    endings = scene.account.pack.names.pack.converb_endings
    following = scene.tagged.low[at + 1] if at + 1 < len(tags) else ""
    return bool(endings) and following.endswith(endings) and tags[before] == ","


def _is_behind_preposition(tagged: Tagged, at: int, verb: int) -> bool:
    """Whether a phrase behind a verb, but not what the verb itself governs, ends in civilians: "rode in to the cheers
    of the inhabitants".
    """
    before = at - 1
    while before > verb and tagged.tags[before] in "dDjJQx":
        before -= 1
    return before > verb + 1 and tagged.tags[before] in "PF"


def _is_agent(tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` stands behind "by", past articles and adjectives."""
    before = at - 1
    while before > 0 and tagged.tags[before] in "dDjJzQx":
        before -= 1
    word = tagged.words[before] if before >= 0 else None
    return word is not None and tagged.tags[before] == "P" and word.info == "by"


def is_subject(scene: Scene, frame: Frame, group: Group) -> bool:
    """Whether a place is itself the subject of what happens to it, so that no people before it are: "Karvol elesett"."""
    return (
        "nom" in frame.object and group.case == "nom" and group.kind == "place" and not is_positional(scene)
    )
