"""What a reader of an account remembers from sentence to sentence.

What does not belong here: who a dropped subject is (``subjects``), what a noun refers back to (``antecedents``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from frontledger.events.clauses import Clause
from frontledger.events.drafts import Draft
from frontledger.mentions.groups import Group
from frontledger.model import ActorRef

__all__ = ["Discourse", "Scene", "is_located", "known_types", "located_names"]

Scene = tuple[list[Group], list[Draft], list[Clause]]
"""What one sentence gives: its phrases, drafts and clauses."""


@dataclass(slots=True)
class Discourse:
    """What a reader remembers: who acted last, which places were named, who took what."""

    subject: ActorRef | None = None
    band: ActorRef | None = None
    """The last subject that is no state: who "the group" is."""
    attacker: ActorRef | None = None
    types: dict[str, str] = field(default_factory=dict)
    located: frozenset[str] = frozenset()
    """Names that are places by what is said of them; empty where cases tell."""
    attacks: dict[str, ActorRef] = field(default_factory=dict)
    named: list[Group] = field(default_factory=list)
    holders: dict[str, ActorRef] = field(default_factory=dict)
    topic: str | None = None
    """The place that the account is about."""
    text: str = ""
    possessor: ActorRef | None = None
    """Who has it after the last entry."""


def is_located(discourse: Discourse, group: Group) -> bool:
    """Whether a name may be a place's: not one that only ever does things ("Associated Press said")."""
    return not discourse.located or group.name in discourse.located or group.name in discourse.types


def located_names(scenes: list[Scene]) -> frozenset[str]:
    """Names that something is done to, or that stand in a place's role, anywhere in the account."""
    return frozenset(
        group.name
        for groups, _here, _clauses in scenes
        for group in groups
        if group.kind == "place"
        and group.name
        and (group.case != "nom" or group.type or group.extent != "full")
    )


def known_types(scenes: list[Scene], classes: dict[str, str]) -> dict[str, str]:
    """The class of every place that the account names with one anywhere ("the city of X")."""
    types: dict[str, str] = {}
    for groups, _here, _clauses in scenes:
        for group in groups:
            if group.kind == "place" and group.name and group.type:
                types.setdefault(group.name, group.type)
    for groups, _here, _clauses in scenes:  # "Mount Derin" says itself that it is no town
        for group in groups:
            words = (group.name or "").lower().split() if group.kind == "place" else []
            said = next((classes[word] for word in (*words[:1], *words[-1:]) if word in classes), None)
            if said is not None and len(words) > 1 and group.name:
                types.setdefault(group.name, said)
    return types
