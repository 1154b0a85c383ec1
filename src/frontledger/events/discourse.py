"""What a reader of an account remembers from sentence to sentence.

What does not belong here: who a dropped subject is (``subjects``), what a noun refers back to (``antecedents``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from frontledger.events.clauses import Clause
from frontledger.events.drafts import Draft
from frontledger.mentions.group import Group
from frontledger.model import ActorRef, PlaceRef

__all__ = ["Discourse", "Named", "Scene", "is_located", "known_types", "located_names", "main_place"]

Scene = tuple[list[Group], list[Draft], list[Clause]]
"""What one sentence gives: its phrases, drafts and clauses."""


class Named(NamedTuple):
    """A name that a reader has met."""

    group: Group
    sentence: int
    weight: int
    """How much the sentence was about it: 3 what something happened to, 1 a place by the way, 0 a landmark."""


@dataclass(slots=True)
class Discourse:
    """What a reader remembers: who acted last, which places were named, who took what."""

    subject: ActorRef | None = None
    acted: int = 0
    """After how many sentences somebody was the subject last."""
    band: ActorRef | None = None
    """The last subject that is no state: who "the group" is."""
    attacker: ActorRef | None = None
    attacked: int = -9
    """In which sentence somebody attacked last."""
    attack_day: str | None = None
    """On which day, ISO 8601, at the latest."""
    types: dict[str, str] = field(default_factory=dict)
    located: frozenset[str] = frozenset()
    """Names that are places by what is said of them; empty where cases tell."""
    sited: frozenset[str] = frozenset()
    """The same in a language of cases, where it is asked of what a sentence leaves out alone."""
    attack: tuple[int, ActorRef | None] = (-1, None)
    """Where the last attack was told, and whose it was."""
    attacks: dict[str, ActorRef] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    latest: dict[str, Group] = field(default_factory=dict)
    """Every name met so far, where it stood last."""
    by_class: dict[str, Counter[str]] = field(default_factory=dict)
    """How often each name has been met, by the class of its place."""
    sentence: int = 0
    """How many sentences have been read."""
    told: set[int] = field(default_factory=set)
    """Phrases of the sentence at hand to which something happens, by identity."""
    leaving: bool = False
    """Whether the event at hand tells of somebody who leaves a place."""
    main: frozenset[str] = frozenset()
    """Names of the place that the account speaks of most, where one stands out."""
    defends: dict[str, ActorRef] = field(default_factory=dict)
    """Who was told to defend a place."""
    topic: str | None = None
    """The place that the account is about."""
    text: str = ""
    gained: tuple[int, str, list[Group]] = (-9, "", [])
    """The last capture: in which sentence, by which side, of what."""
    last: Draft | None = None
    """The last change of hands."""
    changed: int = -9
    """In which sentence that was."""
    about: tuple[int, PlaceRef | None] = (-9, None)
    """In which sentence one named place changed hands last, and which."""
    possessor: ActorRef | None = None
    """Who has it after the last entry."""


def is_located(discourse: Discourse, group: Group) -> bool:
    """Whether a name may be a place's: not one that only ever does things ("Associated Press said")."""
    if group.person:
        return False
    return not discourse.located or group.name in discourse.located or group.name in discourse.types


_OF_PERSONS = frozenset({"nom", "by", "according", "with", "owner"})
"""Labels that a person's name bears as often as a place's."""


def located_names(scenes: list[Scene]) -> frozenset[str]:
    """Names that something is done to, or that stand in a place's role, anywhere in the account."""
    places = [
        group
        for groups, _here, _clauses in scenes
        for group in groups
        if group.kind == "place" and group.name
    ]
    stated = {g.name or "" for g in places if g.case not in _OF_PERSONS or g.type or g.extent != "full"}
    doers = {g.name for g in places if g.case == "by"}  # "held by Varga": whoever does it surrenders it, too
    done_to = {
        group.name
        for _groups, here, _clauses in scenes
        for draft in here
        if not draft.frame.close
        for group in draft.filled.objects
        if group.name and not (group.case == "nom" and group.name in doers)
    }
    return frozenset(stated | done_to)


_FEW = 5
"""Mentions from which on a place may be what the account is about."""


def main_place(scenes: list[Scene], types: dict[str, str], settlements: frozenset[str]) -> frozenset[str]:
    """The settlement that an account names most, if it stands out: "the city" of an account of its siege."""
    counted: Counter[str] = Counter()
    for groups, _here, _clauses in scenes:
        for group in groups:
            if group.kind == "place" and group.name and types.get(group.name, "town") in settlements:
                counted[group.name] += 1
    first = next(
        (g.name for groups, _here, _clauses in scenes[:1] for g in groups if g.name in counted), None
    )
    if first is not None and counted[first] >= _FEW:
        return frozenset({first})  # what the first sentence names is what the account is about
    best = counted.most_common(2)
    if not best or best[0][1] < _FEW or (len(best) > 1 and best[1][1] * 3 > best[0][1] * 2):
        return frozenset()
    return frozenset({best[0][0]})


def known_types(scenes: list[Scene], classes: dict[str, str]) -> dict[str, str]:
    """The class of every place that the account names with one anywhere ("the city of X")."""
    types: dict[str, str] = {}
    for groups, _here, _clauses in scenes:
        for group in groups:
            if group.kind == "place" and group.name and group.type:
                types.setdefault(group.name, group.type)
            elif group.crossed and group.name:
                types.setdefault(group.name, "river")  # or a border: no settlement in any case
    for groups, _here, _clauses in scenes:  # "Mount Derin" says itself that it is no town
        for group in groups:
            if group.kind == "place" and group.name and " " in group.name:
                words = group.name.lower().split()
                said = classes.get(words[0]) or classes.get(words[-1])
                if said is not None:
                    types.setdefault(group.name, said)
    return types
