"""What a sentence leaves out because the one before was about it: "Karvol vára sokat szenvedett. 1543-ban elfoglalták".

Castle and town histories in a language of cases go on like this; a battle is called after a place that the account names.
What belongs here: the place that is meant so, and when.  What does not: objects told in the same sentence (``omitted``), subjects who act (``subjects``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.discourse import Discourse, Named, Scene
from frontledger.events.doers import has_object
from frontledger.events.drafts import Draft
from frontledger.events.filled import Filled
from frontledger.events.omitted import object_told, told_again
from frontledger.events.scene import Scene as Sentence
from frontledger.events.scene import is_positional
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.forms import adjectival_base
from frontledger.mentions.group import Group

__all__ = ["by_name_of_place", "carried", "is_subjectless", "note_change", "ousts_them", "sited_names"]

_PLAIN = frozenset("tzagVe,.cPMd-")
"""Tags of a clause without a noun that may be its subject."""
_CALLED = frozenset({"clash", "siege", "shelling", "airstrike"})
"""Kinds of happenings that are called after a place."""
_SUBJECT = frozenset({"nom"})
_FOCUS = frozenset({"nom", "acc"})


def sited_names(scenes: list[Scene]) -> frozenset[str]:
    """Names that stand in a case of place, bear a class or had something done to them anywhere in the account."""
    places = [g for groups, _here, _clauses in scenes for g in groups if g.kind == "place" and g.name]
    stated = {
        g.name for g in places if g.type or g.case in {"ine", "ill", "ela", "sup", "sub", "ade", "all", "ter"}
    }
    done_to = {g.name for _groups, here, _clauses in scenes for draft in here for g in draft.filled.objects}
    return frozenset(name for name in stated | done_to if name)


def by_name_of_place(scene: Sentence, frame: Frame, filled: Filled, noun: int) -> None:
    """Put into ``filled`` the place that a battle or siege is called after, if the account names it: "a tordai csatában"."""
    if is_positional(scene) or frame.kind not in _CALLED or noun < 1:
        return
    tokens, at = scene.account.tokens, scene.tagged.first + noun - 1
    name = adjectival_base(scene.account, tokens.low[at])
    if name is None:
        return
    place = Group(
        "place", noun - 1, noun, tokens.start[at], tokens.end[at], tokens.text[at], name=name, case="owner"
    )
    if frame.kind == "siege":
        filled.objects = [place]
    else:
        filled.others = [(place, "near")]


def is_subjectless(
    scene: Sentence, clause: Clause, frame: Frame, verb: Verb | None, noun: int | None
) -> bool:
    """Whether no noun of a clause can be the subject of a singular verb that says what became of a place."""
    if is_positional(scene) or verb is None or "nom" not in frame.object or clause.subordinator:
        return False
    if verb.word.form != "fin" or verb.word.person != "3sg":
        return False
    owners = {at for g in clause.groups if g.last == noun for at in range(g.first, g.last)}
    tags, words = scene.tagged.tags, scene.tagged.words
    for low, high in clause.ranges:
        for at in range(low, high):
            if (
                at == noun
                or at in owners
                or tags[at] in _PLAIN
                or (tags[at] == "x" and words[at] is not None)
            ):
                continue
            return False
    return True


_LASTS = 3
"""Sentences over which an account goes on about the place that changed hands last, if it names no other."""


def note_change(discourse: Discourse, draft: Draft) -> None:
    """Keep the one named place that changed hands in a sentence."""
    named = [place for place in draft.places if place.role == "object" and place.name]
    if len(named) == 1 and not draft.flags.negated:
        discourse.about = (discourse.sentence, named[0])


def _still_about(discourse: Discourse, draft: Draft) -> list[Group]:
    since, place = discourse.about
    if place is None or discourse.sentence - since > _LASTS:
        return []
    others = [n for n in discourse.named if n.sentence > since and n.group.name != place.name]
    return [] if others else [told_again(discourse, draft, place)]


def ousts_them(scene: Sentence, clause: Clause, filled: Filled, verb: Verb | None) -> bool:
    """Whether whoever acted right before is driven out, though no word says so: "elfoglalta Karvolt, de a németek
    kiverték Derinből".
    """
    if verb is None or is_positional(scene) or not verb.word.definite or verb.word.form != "fin":
        return False
    if filled.actor is None or not filled.objects or has_object(scene, clause, verb):
        return False
    before = [c for c in scene.clauses if c.low < clause.low and c.finite is not None]
    return bool(before) and any(
        g.kind == "actor" and g.case == "nom" and not g.modifier for g in before[-1].groups
    )


def carried(discourse: Discourse, groups: list[Group], draft: Draft) -> list[Group]:
    """The one place that the sentence before was about, where a clause leaves out what it happened to."""
    if draft.clause.subordinator or draft.background or draft.nominal or draft.secures or draft.has_pronoun:
        return []
    if draft.frame.kind == "handover" and draft.actor is None:
        return []  # "1990-ben adták át": a building, too
    if draft.frame.kind == "withdrawal" and not draft.yields and draft.filled.actor is None:
        return []  # "a középkorban elhagyták": a village, a bath, a custom
    takes = "acc" in draft.frame.object and draft.definite and not draft.has_object and not draft.other_object
    places_only = draft.liberates or (bool(draft.frame.noun) and "before" not in draft.frame.actor)
    if not takes and not (draft.subjectless and (places_only or discourse.acted != discourse.sentence)):
        return []  # "elesett" may be whoever acted before
    if any(g.kind == "place" and g.name in discourse.sited and g.end <= draft.trigger[0] for g in groups):
        return []  # another place is named before it
    before = [named for named in discourse.named if named.sentence == discourse.sentence - 1]
    told = [named for named in before if _is_told_of(named, _FOCUS if takes else _SUBJECT)]
    names = {named.group.name for named in told}
    if not told:
        return object_told(discourse, draft) or _still_about(discourse, draft)
    if len(names) != 1 or not names <= discourse.sited:
        return []
    return [told[-1].group]


def _is_told_of(named: Named, cases: frozenset[str]) -> bool:
    group = named.group
    case = (
        group.maybe[1] if group.maybe is not None and group.case == "nom" and "acc" in cases else group.case
    )
    return case in cases and not (group.modifier or group.vicinity or group.person)
