"""Objects that a sentence leaves out: what the clause before took, what was just lost, what is only counted.

What belongs here: finding the phrase that is meant.  What does not: what a noun refers back to (``antecedents``),
subjects (``subjects``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.antecedents import SETTLEMENTS, at_trigger
from frontledger.events.clauses import Clause, joined
from frontledger.events.discourse import Discourse, is_located
from frontledger.events.drafts import Draft
from frontledger.events.filled import Filled
from frontledger.events.sides import Cast
from frontledger.mentions.appositions import LANDS
from frontledger.mentions.group import Group
from frontledger.model import (
    CONTROL_KINDS,
    PlaceRef,
)

__all__ = [
    "by_name",
    "dropped_object",
    "each_once",
    "just_taken",
    "lately_left",
    "left_behind",
    "object_told",
    "regained",
    "shared_object",
    "spoken_of",
    "told_again",
]


_INSIDE = 2
"""Tokens between a thing and where it stands: "the depot in the city"."""


def spoken_of(before: list[Group]) -> Group | None:
    """What a relative clause speaks of: the last of the phrases before it, or what stands in that: "the depot in Karvol,
    which was cleared".
    """
    if len(before) > 1 and before[-1].case == "in" and before[-1].first - before[-2].last <= _INSIDE:
        thing, where = before[-2:]
        if where.type in LANDS and thing.kind == "place" and thing.type not in LANDS:
            return thing  # "Karvol, in Derin Province, which fell"
        named = thing.name is not None and thing.name.startswith(where.name or " ")
        if thing.type not in SETTLEMENTS and (thing.kind in {"definite", "unnamed"} or named):
            return thing
    return before[-1] if before else None


def by_name(objects: list[Group], filled: Filled) -> list[Group]:
    """The objects with the names of what is only counted in its stead: "two villages, Alsa and Belsa"."""
    names = [name for group in objects for name in group.named]
    filled.others = [(place, role) for place, role in filled.others if place not in names]
    return [*(group for group in objects if not group.named and group not in names), *names]


def each_once(places: list[PlaceRef]) -> list[PlaceRef]:
    """The places of an event without what the sentence says twice: "the Jabal Eiss (Mount Eiss)"."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for place in places:
        key = (place.name or f"{place.start}", place.role)
        if key not in seen:
            seen.add(key)
            kept.append(place)
    return kept


def just_taken(discourse: Discourse, draft: Draft) -> list[Group]:
    """What those who leave took in this sentence or the one before: "captured Karvol, before retreating"."""
    sentence, side, groups = discourse.gained
    if draft.actor is None or draft.actor.id != side or discourse.sentence - sentence > 1:
        return []
    return [group for group in groups if group.kind == "place" and group.name]


def lately_left(discourse: Discourse, groups: list[Group], here: list[Draft], draft: Draft) -> list[Group]:
    """The places that somebody else is told to have left, in this sentence or right before it."""
    found: list[Group] = []
    for other in here:
        if other.frame.kind != "withdrawal" or other.flags.negated or other.flags.hedged:
            continue
        if not draft.filled.objects and other.trigger[0] > draft.trigger[0]:
            continue
        before = [g for g in groups if g.kind == "place" and g.name and g.last <= other.clause.low]
        found += other.filled.objects or (before[-1:] if other.filled.relative else [])
        if other.clause is draft.clause and not any(g.name for g in other.filled.objects):
            other.filled.objects = list(draft.filled.objects)  # "entered Karvol, the French having left"
            found += draft.filled.objects
    last = discourse.last
    if (
        not found
        and last is not None
        and last.frame.kind == "withdrawal"
        and discourse.sentence - discourse.changed == 1
    ):
        found = last.filled.objects
    return [group for group in found if group.kind == "place" and group.name]


def regained(discourse: Discourse, draft: Draft) -> list[Group]:
    """What is taken back from those who took it in this sentence or the one before: "took Karvol, but were driven out
    again".
    """
    last = discourse.last
    if (
        last is None
        or last.frame.kind != "capture"
        or last.actor is None
        or discourse.sentence - discourse.changed > 1
    ):
        return []
    if draft.against is None:
        draft.against = msgspec.structs.replace(last.actor, text=None, inferred=True)
    if draft.against.id != last.actor.id or (draft.actor is not None and draft.actor.id == last.actor.id):
        return []
    return [group for group in last.filled.objects if group.kind == "place" and group.name]


def dropped_object(
    cast: Cast, discourse: Discourse, here: list[Draft], clauses: list[Clause], draft: Draft
) -> list[Group]:
    """The object that a later clause leaves out: "bevették, de 1604-ben kiürítették"."""
    wanted = (
        "acc"
        if "acc" in draft.frame.object and (draft.definite or (draft.infinitive and not draft.has_object))
        else "nom"
        if "nom" in draft.frame.object
        else ""
    )
    alone = not draft.clause.subordinator or draft.clause.finite is None
    if draft.passive and alone and "acc" in draft.frame.object:
        subject = _last_subject_place(clauses, draft)
        if subject is not None and _is_told(discourse, here, subject):
            return [subject]  # "was stormed and sacked", "…, before being retaken by the army"
    open_clause = not draft.clause.subordinator or draft.flags.temporal
    if not wanted or not open_clause or draft.background or draft.has_pronoun or draft.other_object:
        return []
    if wanted == "nom" and not draft.clause.subordinator:
        subject = _last_subject_place(clauses, draft)
        if subject is not None and _is_told(discourse, here, subject):
            return [subject]
    shares = (
        wanted == "acc"
        and cast.pack.names.pack.roles == "case"
        and draft.frame.kind != "hold"
        and not draft.has_object
    )
    if (
        shares
        and (right_before := _object_before(clauses, draft))
        and all(g.kind == "place" for g in right_before)
    ):
        return right_before  # "Karvol sáncait megrohanták és bevették"
    for other in reversed(here):
        if (
            other.clause is draft.clause
            or (other.clause.low >= draft.clause.low and not draft.clause.subordinator)
            or other.flags.negated
            or not other.filled.objects
        ):
            continue
        if other.frame.kind in CONTROL_KINDS:
            if (
                other.frame.kind != "hold"
                and "before" in draft.frame.actor
                and _has_troops_for_subject(draft.clause)
            ):
                return []  # "feladták Karvolt, száz katona letette a fegyvert": they did, no place
            return [group for group in other.filled.objects if group.kind != "unnamed"]
    if (
        wanted != "acc"
        or cast.pack.names.pack.roles != "case"
        or draft.frame.kind == "hold"
        or draft.has_object
        or draft.infinitive
    ):
        return []
    return _object_before(clauses, draft) or _attacked_before(here, draft) or object_told(discourse, draft)


def _object_before(clauses: list[Clause], draft: Draft) -> list[Group]:
    """The object of the clause before, whatever was done to it there: "Karvolt csaknem elérték, de feladták"."""
    before = [c for c in clauses if c.low < draft.clause.low and c.finite is not None]
    if not before or draft.clause.subordinator or before[-1].relative_case:
        return []
    found = [g for g in before[-1].groups if g.kind in {"place", "definite"} and not g.modifier]
    for group in found:
        if group.case == "nom" and group.maybe is not None and group.maybe[1] == "acc":
            group.name, group.case = group.maybe
    return [group for group in found if group.case == "acc"]


def object_told(discourse: Discourse, draft: Draft) -> list[Group]:
    """The one place that changed hands in the sentence before: "Karvolt bevették. Másnap visszafoglaltuk"."""
    last = discourse.last
    if last is None or discourse.sentence - discourse.changed != 1 or draft.clause.subordinator:
        return []
    places = [place for place in last.places if place.role == "object"]
    if len(places) != 1 or not places[0].name:
        return []
    return [told_again(discourse, draft, places[0])]


def told_again(discourse: Discourse, draft: Draft, one: PlaceRef) -> Group:
    """A place told before, where a verb speaks of it without a word."""
    meant = Group(
        "place", 0, 0, 0, 0, "", name=one.name, type=one.type, part_of=one.part_of,
        anchors=one.anchors, generic=one.generic, extent=one.extent,
    )  # fmt: skip
    return at_trigger(discourse, draft, meant)


_ASSAULTS = frozenset({"siege", "attack", "shelling", "airstrike", "advance"})


def _attacked_before(here: list[Draft], draft: Draft) -> list[Group]:
    """What the sentence told to be attacked or marched on before: "ostrom alá vették, és bevették"."""
    for other in reversed(here):
        if other.clause.low >= draft.clause.low or other.flags.negated or other.frame.kind not in _ASSAULTS:
            continue
        led = [group for group, role in other.filled.others if role == "direction" and group.name]
        found = [g for g in other.filled.objects if g.kind != "unnamed"] or led[-1:]
        if found:
            return found
    return []


def shared_object(clauses: list[Clause], draft: Draft) -> list[Group]:
    """The object behind a second verb that both have: "elfoglalták és felgyújtották Pestet"."""
    following = joined(clauses, draft.clause)
    if following is None or "acc" not in draft.frame.object or draft.passive:
        return []
    verb = following.verbs[0]
    found: list[Group] = []
    for group in following.groups:
        weak = group.maybe is not None and group.maybe[1] == "acc" and group.case == "nom"
        if group.kind == "place" and group.first > verb.at and (group.case == "acc" or weak):
            if weak and group.maybe is not None:
                group.name, group.case = group.maybe
            found.append(group)
    return found


def _is_told(discourse: Discourse, here: list[Draft], subject: Group) -> bool:
    """Whether a subject is a place that something may happen to: by its name, or what happened to it just before."""
    if subject.kind == "place":
        return is_located(discourse, subject)
    return any(subject in draft.filled.objects for draft in here)


def _has_troops_for_subject(clause: Clause) -> bool:
    """Whether others than those who are in the place are the subject of a clause."""
    return any(
        g.kind == "actor" and g.case == "nom" and not g.modifier and g.role not in {"defender", "enemy"}
        for g in clause.groups
    )


def _names_subject(clause: Clause) -> bool:
    return any(g.case == "nom" and not g.modifier for g in clause.groups)


def _last_subject_place(clauses: list[Clause], draft: Draft) -> Group | None:
    """The place that was the subject just before: "Karvol was invested on 5 May and surrendered later"."""
    before = [c for c in clauses if c.low < draft.clause.low and not c.subordinator and c.finite is not None]
    while len(before) > 1 and not _names_subject(before[-1]):
        before.pop()  # "was captured in May, retaken in June and lost again in July"
    if not before or any(g.kind == "actor" and g.case == "nom" for g in before[-1].groups):
        return None
    subjects = [
        g
        for g in before[-1].groups
        if g.kind in {"place", "definite"} and g.case == "nom" and not g.modifier and not g.person
    ]
    return subjects[0] if len(subjects) == 1 and subjects[0].maybe is None else None


def left_behind(here: list[Draft], draft: Draft) -> list[Group]:
    """What troops leave when the same moment sees somebody gain it: "lett az övék, mikor az ISIL meghátrált"."""
    if not draft.clause.subordinator:
        return []
    for other in here:
        if (
            other is not draft
            and other.frame.kind in {"capture", "handover"}
            and other.clause.low < draft.clause.low
        ):
            return list(other.filled.objects) if draft.flags.simultaneous else []
    return []
