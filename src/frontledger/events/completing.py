"""What fills the roles of a frame beside the groups that stand in their cases: garrisons, owners, nations, who is behind
the verb.

What belongs here: completing what ``roles`` has filled, from the clause and the words around the trigger.  What does
not: the roles themselves (``roles``), and what the account says elsewhere (``records``).
"""

from __future__ import annotations

from frontledger.events.carried import by_name_of_place
from frontledger.events.clauses import Clause
from frontledger.events.doers import doing_noun, doing_subject, first_person, nation_before, of_garrison
from frontledger.events.filled import Filled
from frontledger.events.forcing import forced, forcer, has_no_doer
from frontledger.events.fronted import among, subject_behind
from frontledger.events.scene import Scene, is_positional
from frontledger.events.tellers import told_by_verb
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.model import CONTROL_KINDS

__all__ = ["complete_actor", "complete_objects"]


_OVER = frozenset({"acc", "sup"})
"""Labels of what somebody crosses."""


def complete_objects(
    scene: Scene, clause: Clause, frame: Frame, filled: Filled, verb: Verb | None, noun: int | None
) -> bool:
    """Add the objects that stand elsewhere in the clause; whether a frame that asks for a close subject has one."""
    if verb is not None and verb.attributive and is_positional(scene):
        filled.objects = among(clause, filled.objects)
    if verb is not None and is_positional(scene):
        filled.objects = told_by_verb(scene.account.pack.sets, scene.tagged, clause, verb, filled.objects)
    if frame.close and verb is not None and filled.objects and not _is_close(scene, filled, verb):
        return False
    if (
        frame.kind == "withdrawal"
        and filled.objects
        and all(g.type == "position" and not g.name for g in filled.objects)
    ):
        filled.objects += [
            g for g in clause.groups if g.kind == "place" and g.name and g.case in {"in", "at", "ine"}
        ]
    if verb is not None and verb.lemma in scene.account.pack.sets["crossing_verbs"]:
        over = [g for g in clause.groups if g.kind == "place" and not g.type and g.case in _OVER]
        for group in sorted(over, key=lambda g: abs(g.first - verb.at))[:1]:
            group.crossed = True  # "crossed the Danube", "átkelt a Dunán"
    if not filled.objects and frame.kind in CONTROL_KINDS:
        leaves = frame.kind == "withdrawal" and "ela" in frame.object and not filled.others
        if "nom" in frame.object or leaves:
            filled.objects = of_garrison(scene, clause, leaves=leaves)
    if noun is not None and verb is None and not filled.objects and not filled.others:
        by_name_of_place(scene, frame, filled, noun)
    return True


def complete_actor(
    scene: Scene, clause: Clause, frame: Frame, filled: Filled, verb: Verb | None, noun: int | None
) -> Verb | None:
    """Add who acts where no group stands in the actor's case; the verb that forced somebody to, if one did."""
    if noun is not None and verb is None and filled.actor is None and "possessor" in frame.actor:
        filled.actor = nation_before(scene, noun)
    if (
        noun is not None
        and verb is not None
        and filled.actor is None
        and not is_positional(scene)
        and frame.kind not in CONTROL_KINDS
        and (word := scene.tagged.words[noun]) is not None
        and word.case == "nom"
    ):
        filled.actor = nation_before(scene, noun)  # "német támadás indult"
    owned = verb is not None and any(group.last == verb.at for group in filled.objects)
    if (
        verb is not None
        and verb.word.form == "vn"
        and filled.actor is None
        and not owned
        and not is_positional(scene)
    ):
        filled.actor = nation_before(scene, verb.at)  # "Knin horvát visszafoglalása"
    if verb is not None and filled.actor is None and filled.pronoun and is_positional(scene):
        told = first_person(scene, clause, verb) or doing_noun(scene, clause, verb)
        told = told or subject_behind(scene, verb)
        if told is not None:
            filled.actor, filled.pronoun = told, False
    elif verb is not None and filled.actor is None and filled.pronoun:
        filled.actor = doing_subject(scene, clause, verb)
        filled.pronoun = filled.actor is None and not has_no_doer(scene, clause, verb)
    if verb is not None and frame.kind == "withdrawal" and filled.against is None:
        filled.against = forcer(scene, clause, verb)
        who, by, forcing = forced(scene, clause, verb)
        if forcing is not None:
            filled.actor, filled.against, filled.pronoun = who, by, False
        return forcing
    return None


def _is_close(scene: Scene, filled: Filled, verb: Verb) -> bool:
    """Whether nothing but adverbs and dates stands between the objects and the verb that they are the subject of."""
    tagged, pack = scene.tagged, scene.account.pack
    last = max(group.last for group in filled.objects)
    adverbs, endings = pack.sets["entry_adverbs"], pack.names.pack.adverb_endings
    return last <= verb.low and all(
        tagged.tags[at] in "zt,!he" or tagged.low[at] in adverbs or tagged.low[at].endswith(endings)
        for at in range(last, verb.low)
    )
