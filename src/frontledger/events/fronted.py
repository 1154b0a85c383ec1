"""What stands apart from the clause that it belongs to: an opening participle before its subject, a state between commas.

What belongs here: joining the two.  What does not: clauses and labels in general (``clauses``, ``positions``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.positions import noun_label, owner_by_position
from frontledger.events.scene import Scene
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group

__all__ = ["among", "held_between_commas", "subject_behind"]


def subject_behind(scene: Scene, verb: Verb) -> Group | None:
    """The subject behind the comma, of an infinitive under a participle that opens the sentence: "Forced to evacuate
    Karvol, the Germans …".
    """
    tags = scene.tagged.tags
    if verb.word.form != "inf" or tags[:1] != ["V"] or "," in tags[: verb.at]:
        return None
    comma = next((at for at in range(verb.at, len(tags)) if tags[at] == ","), None)
    if comma is None or "V" in tags[verb.at + 1 : comma]:
        return None
    first = comma + 1
    while first < len(tags) and tags[first] in "dDjJQ":
        first += 1
    return next((g for g in scene.groups if g.kind == "actor" and comma < g.first <= first < g.last), None)


def among(clause: Clause, objects: list[Group]) -> list[Group]:
    """The subjects in place of a number of places that they are told to be of: "Karvol and Derin were among the villages
    taken by the rebels".
    """
    if not objects or any(group.name or group.case != "among" for group in objects):
        return objects
    first = objects[0].first
    named = [g for g in clause.groups if g.kind == "place" and g.name and g.case == "nom" and g.last < first]
    return named or objects


def held_between_commas(scene: Scene, clause: Clause, frame: Frame, noun: int) -> tuple[Group, Group] | None:
    """The place and its holder that a phrase behind a comma tells of: "Karvol, in rebel hands since 2011, was shelled"."""
    tagged = scene.tagged
    if frame.kind != "hold" or noun_label(tagged, noun, -1) not in frame.noun_case:
        return None
    owner = owner_by_position(tagged, clause, noun)
    at = noun - 1
    while at > 0 and tagged.tags[at] != "P":
        at -= 1
    if owner is None or owner.kind != "actor" or at < 1 or tagged.tags[at - 1] != ",":
        return None
    place = next((g for g in scene.groups if g.last == at - 1 and g.kind == "place"), None)
    return (place, owner) if place is not None and place.name else None
