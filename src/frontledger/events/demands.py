"""What a frame demands of a clause before it may announce anything, and the words that make its verb or noun idle.

What belongs here: yes or no to one frame at one verb or noun.  What does not: filling its roles (``roles``), or whether
what it announces did happen (``flags``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.drafting import GAPPED, is_bare, needs_object
from frontledger.events.drafts import Draft
from frontledger.events.roles import fill
from frontledger.events.scene import Scene, is_positional
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame

__all__ = ["has_object", "is_idle", "is_of_place", "is_whole"]


def is_of_place(scene: Scene, clause: Clause, frame: Frame, noun: int) -> bool:
    """Whether a place follows as the owner of a noun whose owner a frame takes for whoever acts."""
    if not is_positional(scene) or frame.actor != ("possessor",) or "of" in frame.object:
        return False
    at = noun + 1
    if scene.tagged.tags[at : at + 1] != ["F"]:
        return False
    after = next((g for g in clause.groups if g.first > noun), None)
    if after is None or after.kind == "actor":
        return False
    return set(scene.tagged.tags[at + 1 : after.first]) <= set("dDjJ")


def is_whole(frame: Frame, draft: Draft) -> bool:
    """Whether a noun has the roles that its frame asks for: "the reduction of Karvol", but no "reduction of taxes"."""
    filled = draft.filled
    return bool(filled.objects or not frame.needs_object) and not (frame.needs_actor and filled.actor is None)


def is_idle(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether the word behind a verb makes it no taking: "take place", "clear the town of mines"."""
    table = scene.account.pack.words.idle_objects.get(verb.lemma, ())
    complements = scene.account.pack.words.idle_complements.get(verb.lemma, ())
    subjects = scene.account.pack.words.idle_subjects.get(verb.lemma, ())
    if subjects and _subject_in(scene, clause, verb, subjects):
        return True
    if not table and not complements:
        return False
    if not is_positional(scene):  # "állást foglal", "tartotta magát"
        beside = scene.tagged.low[max(verb.at - 1, 0) : verb.at + 2]
        return not set(table).isdisjoint(beside)
    if verb.passive and _subject_in(scene, clause, verb, table):
        return True  # "the ambassador was withdrawn"
    first, tags = scene.tagged.first, scene.tagged.tags
    low = scene.account.tokens.low
    at = verb.at + 1
    while at < len(tags) and tags[at] in "xz":
        if low[first + at] in table:
            return True  # "fell silent"
        at += 1
    if at == len(tags):
        return False
    for inside in range(verb.at + 1, len(tags)):  # "held an emergency meeting with …"
        if tags[inside] not in "dxzjQns":
            break
        if tags[inside] in "xns" and low[first + inside] in table and inside > at:
            return True
    word = low[first + at]
    if word in table and tags[at + 1 : at + 2] != ["t"]:  # "was taken on 12 May"
        return tags[at] != "F" or not any(g.kind == "actor" and at < g.first <= at + 3 for g in scene.groups)
    behind = [g for g in clause.groups if g.kind != "actor" and g.first > verb.at and g.last < len(tags)]
    return any(low[first + g.last] in complements for g in behind)  # "left Karvol under …"


def _subject_in(scene: Scene, clause: Clause, verb: Verb, words: tuple[str, ...]) -> bool:
    """Whether one of ``words`` is the subject: right before the verb, or before what is "of" it."""
    tags, low = scene.tagged.tags, scene.tagged.low
    at = verb.low - 1
    while at >= clause.low:
        if low[at] in words and tags[at] not in "FP":
            return True
        if tags[at] not in "xznsjhotYNSM#FdDQTA'":
            return False
        at -= 1
    return False


def has_object(scene: Scene, clause: Clause, frame: Frame, verb: Verb, noun: int | None) -> bool:
    """Whether a verb of a frame has a place for its object, or leaves out one that was told before."""
    by_position = is_positional(scene)
    filled = fill(
        scene.tagged,
        clause,
        frame,
        verb,
        noun,
        at=verb.at,
        by_position=by_position,
        light=scene.account.pack.sets["light_verbs"],
        sets=scene.account.pack.sets,
    )
    about = scene.topic is not None and (is_bare(scene, clause, verb) or frame.kind == "withdrawal")
    left_out = clause.relative_case if "acc" in frame.object and by_position else clause.subordinator
    gapped = (
        by_position and verb.passive and not verb.attributive and clause is not scene.clauses[0]
        and "acc" in frame.object and set(scene.tagged.tags[clause.low : verb.low]) <= GAPPED
    )  # fmt: skip
    told = bool(filled.objects or left_out or gapped) or verb.word.definite or about
    return told or needs_object(scene, clause, frame, verb)
