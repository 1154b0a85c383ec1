"""Fill the roles of a frame from the phrases of its clause, by case label.

A phrase's label is its case, or what the postposition behind it makes of it ("over", "by", "direction" …).
What belongs here: which phrase plays which role.  What does not: sides, dates, and whether it happened.
"""

from __future__ import annotations

from msgspec.structs import replace

from frontledger.events.agents import (
    fill_actor,
    of_governor,
    of_light_verb,
    own_side,
    owner_before,
    subject_beside,
)
from frontledger.events.clauses import Clause
from frontledger.events.filled import Filled, label
from frontledger.events.lands import lands_by_case
from frontledger.events.objects import (
    attributive_scope,
    fill_objects,
    is_absolute,
    lands_meant,
    locating,
    phrases_around,
    scope_of_noun,
)
from frontledger.events.positions import nominal_scope, noun_label, owner_by_position, within_reach
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged
from frontledger.model import CONTROL_KINDS

__all__ = ["fill", "find_noun", "is_without"]


_VOICE = {"nom": "acc", "by": "nom"}
"""What a passive makes of subject and agent."""


def is_without(tagged: Tagged, at: int) -> bool:
    """Whether a postposition says that the noun at token ``at`` did not happen: "harc nélkül"."""
    word = tagged.words[at + 1] if at + 1 < len(tagged.tags) else None
    return word is not None and tagged.tags[at + 1] == "P" and word.info == "without"


def find_noun(
    tagged: Tagged,
    clause: Clause,
    frame: Frame,
    near: int,
    *,
    by_position: bool = False,
    passive: bool = False,
) -> int | None:
    """Where the noun that a frame asks for stands in the clause, in the right case and with its postposition."""
    best: int | None = None
    for low, high in clause.ranges:
        for at in range(low, high):
            word = tagged.words[at]
            if word is None or word.lemma not in frame.noun or (by_position and word.tag == "V"):
                continue
            if (
                frame.noun_case
                and (word.case if not by_position else noun_label(tagged, at, near, passive=passive))
                not in frame.noun_case
            ):
                continue
            if frame.post:
                after = tagged.bases[at + 1].lower() if at + 1 < len(tagged.tags) else ""
                if after not in frame.post and "" not in frame.post:
                    continue
            if best is None or abs(at - near) < abs(best - near):
                best = at
    return best


def _with_its_noun(clause: Clause, noun: int) -> Group | None:
    """The place whose own part the frame's noun is, where both are one phrase: "megnyitották Karvol kapuit"."""
    for group in clause.groups:
        if group.kind == "place" and group.name and group.first < noun == group.last - 1:
            return replace(group, vicinity=False, extent="full")
    return None


def _what_passes(tagged: Tagged, clause: Clause, noun: int) -> Group | None:
    """The place before the hands into which it passes: "Karvol 1543-as török kézre kerülése"."""
    start = next((g.first for g in clause.groups if g.kind == "actor" and g.last == noun), noun)
    before = [g for g in clause.groups if g.kind == "place" and g.last <= start]
    if not before or not set(tagged.tags[before[-1].last : start]) <= set("tjJzd"):
        return None
    return before[-1]


def fill(
    tagged: Tagged,
    clause: Clause,
    frame: Frame,
    verb: Verb | None,
    noun: int | None,
    *,
    at: int,
    by_position: bool = False,
    light: frozenset[str] = frozenset(),
    own: frozenset[str] = frozenset(),
    sets: dict[str, frozenset[str]] | None = None,
) -> Filled:
    """Roles of ``frame`` announced at token ``at``; ``noun`` is the frame's noun if it has one."""
    filled = Filled()
    groups, owner, passing = _candidates(
        tagged, clause, frame, verb, noun, at=at, by_position=by_position, sets=sets
    )
    groups, labels = _labelled(tagged, clause, groups, verb, by_position=by_position)
    passive = verb is not None and verb.passive and not verb.attributive
    filled.relative = (
        _VOICE.get(clause.relative_case, clause.relative_case) if passive else clause.relative_case
    )
    fill_objects(tagged, filled, frame, groups, labels, passing or owner, verb, at)
    fill_actor(
        tagged,
        filled,
        frame,
        groups,
        labels,
        owner,
        noun,
        verb,
        finite=clause.finite is not None,
        relative=bool(clause.relative_case),
    )
    _fill_agent_beside(
        tagged,
        clause,
        frame,
        filled,
        groups,
        verb,
        noun,
        at=at,
        by_position=by_position,
        light=light,
        own=own,
    )
    subjects = any(labels.get(id(g)) == "nom" for g in filled.objects)
    if frame.kind not in CONTROL_KINDS and "nom" in frame.object and subjects:
        filled.pronoun = False  # "the fort held out": the place is the subject, and nobody is left out
    filled.against = _opponent(frame, filled, groups, labels, verb, by_position=by_position)
    filled.others = _others(frame, filled, groups, labels)
    return filled


def _candidates(
    tagged: Tagged,
    clause: Clause,
    frame: Frame,
    verb: Verb | None,
    noun: int | None,
    *,
    at: int,
    by_position: bool,
    sets: dict[str, frozenset[str]] | None,
) -> tuple[list[Group], Group | None, Group | None]:
    """The groups of a clause that may play a part in what is announced at token ``at``, whose it is where it is a
    noun, and what passes into somebody's hands where a noun says so.
    """
    passing: Group | None = None
    find_owner = owner_by_position if by_position else owner_before
    owner = find_owner(tagged, clause, noun if noun is not None else at)
    if noun is not None and not by_position and "possessor" in frame.object:
        owner = _with_its_noun(clause, noun) or owner
    groups = [
        g
        for g in clause.groups
        if not g.modifier
        and (
            (g.name and frame.kind == "handover")
            or not (noun is not None and frame.noun and g.first <= noun < g.last)
        )
    ]
    if by_position:
        if verb is not None:
            reach = [
                g for g in within_reach(clause, groups, verb) if not is_absolute(tagged, clause, g, verb)
            ]
            inner = nominal_scope(tagged, groups, noun) if noun is not None and noun < verb.low else []
            groups = sorted([*reach, *(g for g in inner if g not in reach)], key=lambda g: g.first)
        elif not frame.verbless:
            inner = nominal_scope(tagged, groups, at)
            around = [] if frame.kind in CONTROL_KINDS else phrases_around(groups, frame, at)
            groups = [*inner, *(g for g in around if g not in inner)]
    elif verb is not None and verb.word.form == "fin" and not verb.attributive:
        groups = own_side(clause, groups, verb)
    if by_position:
        pass
    elif verb is not None and (verb.word.form in {"pp", "ap"} or verb.attributive):
        groups = attributive_scope(tagged, groups, at)
    elif verb is not None and verb.word.form == "vn":
        passing = None if noun is None or noun > at else _what_passes(tagged, clause, noun)
        if passing is not None:
            groups = [passing, *(g for g in groups if g.last == noun)]  # "Karvol török kézre kerülése"
        else:
            groups = scope_of_noun(tagged, groups, at)
            owner = owner_before(tagged, clause, at)
    if by_position and frame.kind in CONTROL_KINDS:
        lands = lands_meant(tagged, groups, frame, verb)
        groups = [lands.get(id(group), group) for group in groups]
        owner = lands.get(id(owner), owner)
    elif sets is not None and (lands := lands_by_case(tagged, groups, frame, verb, sets, at)):
        groups = [lands.get(id(group), group) for group in groups]
        owner = lands.get(id(owner), owner)
    return groups, owner, passing


def _labelled(
    tagged: Tagged, clause: Clause, groups: list[Group], verb: Verb | None, *, by_position: bool
) -> tuple[list[Group], dict[int, str]]:
    """The groups with what an active main verb would make of their cases, by the id of each."""
    labels = {id(group): group.case if by_position else label(tagged, group) for group in groups}
    if verb is not None and verb.passive:
        voice = {"by": "nom"} if verb.attributive else _VOICE
        labels = {key: voice.get(case, case) for key, case in labels.items()}
        if verb.attributive:
            before = [g for g in groups if g.kind != "actor" and g.last <= verb.low]
            labels |= {
                id(g): "" for g in groups if g.kind == "actor" and (g.case == "nom" or g.first < verb.low)
            }
            labels |= {id(g): "acc" for g in before[-1:]}
    if by_position and verb is not None and verb.word.form == "inf":
        let = next(
            (g for g in clause.groups if g.kind != "actor" and g.case == "acc" and g.last == verb.low), None
        )
        subject = any(labels[id(g)] == "nom" and g.kind != "actor" for g in groups)
        if let is not None and let not in groups and not subject:  # "allowed the town to fall"
            groups = [let, *groups]
            labels[id(let)] = "acc" if verb.passive else "nom"
    return groups, labels


def _fill_agent_beside(
    tagged: Tagged,
    clause: Clause,
    frame: Frame,
    filled: Filled,
    groups: list[Group],
    verb: Verb | None,
    noun: int | None,
    *,
    at: int,
    by_position: bool,
    light: frozenset[str],
    own: frozenset[str],
) -> None:
    """Who acts where the clause says it beside the trigger: subjects of participles, light verbs, those made to act."""
    if (
        by_position
        and verb is not None
        and verb.word.form == "conv"
        and not verb.passive
        and "nom" in frame.actor
    ):
        told = subject_beside(tagged, clause, verb)
        if (
            told is None and verb.low and tagged.tags[verb.low - 1] in "dj"
        ):  # "the pulling back by ISIL from Karvol"
            told = next(
                (g for g in groups if g.kind == "actor" and g.case == "by" and g.first > verb.at), None
            )
        if told is not None:  # "to expel the forces occupying Karvol", "with the rebels now holding Karvol"
            filled.actor, filled.pronoun = told, False
    if by_position and noun is not None and filled.actor is None and "possessor" in frame.actor:
        filled.pronoun = filled.pronoun or tagged.low[noun - 1] in own  # "came under their control"
    if by_position and verb is None and frame.kind in CONTROL_KINDS and filled.actor is None:
        filled.actor = of_light_verb(clause, at, light)
    if not by_position and verb is None and filled.actor is None:
        filled.actor = of_governor(tagged, clause, at, light)
    if by_position and verb is not None and verb.word.form == "inf" and "nom" in frame.actor:
        causee = next(
            (g for g in clause.groups if g.kind == "actor" and g.case == "acc" and g.last == verb.low), None
        )
        if causee is not None:  # "forced the army to withdraw"
            filled.actor, filled.pronoun = causee, False


def _opponent(
    frame: Frame,
    filled: Filled,
    groups: list[Group],
    labels: dict[int, str],
    verb: Verb | None,
    *,
    by_position: bool,
) -> Group | None:
    """Against whom, as the clause says it."""
    against = next(
        (
            g
            for wanted in frame.against
            for g in groups
            if g.kind == "actor" and labels[id(g)] == wanted and g is not filled.actor
        ),
        None,
    )
    if by_position and against is not None and filled.actor is not None:
        behind = against.first - filled.actor.last
        if 0 < behind <= 2 and labels.get(id(against)) in {"from", "of"}:
            against = None  # "captured by Russian forces from the Wagner Group"
    if by_position and against is None and frame.against and verb is not None:
        opening = {g.first for g in filled.objects if not g.name}
        against = next(
            (
                g
                for g in groups
                if g.kind == "actor" and g.case == "acc" and g.last in opening and g is not filled.actor
            ),
            None,
        )  # "overran SDF positions"
    if against is None and frame.needs_against:  # "driving the Pompeians out of Calydon"
        against = next(
            (
                g
                for g in groups
                if g.kind == "place"
                and g.num == "sg"
                and labels[id(g)] in frame.against
                and g not in filled.objects
                and not g.type
            ),
            None,
        )
    return against


def _others(
    frame: Frame, filled: Filled, groups: list[Group], labels: dict[int, str]
) -> list[tuple[Group, str]]:
    """The places that only say where, with what they say."""
    others: list[tuple[Group, str]] = []
    for group in groups:
        if (
            group.kind != "actor"
            and group is not filled.against
            and group not in filled.objects
            and group is not filled.actor
        ):
            role = locating(frame, labels[id(group)], group)
            if role == "except" and group.maybe is not None and group.maybe[1] == "acc":
                group.name, group.maybe = group.maybe[0], None
            if (
                role is None
                and group.maybe is not None
                and group.maybe[1] == "acc"
                and labels[id(group)] == "nom"
            ):
                role = locating(frame, "acc", group)  # "elérték Karvolt"
                if role is not None:
                    group.name = group.maybe[0]
            if role:
                others.append((group, role))
    return others
