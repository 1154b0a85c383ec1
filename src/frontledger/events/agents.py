"""Which phrase acts in a frame: the subject, an agent behind "by", an owner, the troops of whoever speaks.

What belongs here: actors among the phrases of a clause.  What does not: objects (``objects``), subjects left out
(``subjects``), naming sides (``sides``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.filled import Filled
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["fill_actor", "of_governor", "of_light_verb", "own_side", "owner_before", "subject_beside"]


_PLACES = frozenset({"ine", "sup", "ill", "sub", "ter", "ela", "del", "acc"})
"""Cases that a name may bear which is no subject then: "a Dunán átkelve"."""


_OWNING = frozenset({"nom", "owner", "dat", "acc"})
"""Cases in which what a noun is told of stands before it; names may be in doubt."""


_BESIDE = 1
"""Adverbs between a participle and its subject."""


def subject_beside(tagged: Tagged, clause: Clause, verb: Verb) -> Group | None:
    """Whose doing a participle tells: the actor right before it, whatever governs that actor itself.

    An actor whose owner is said is the owner's: "the republic's 11th Regiment capturing …".
    """
    for group in clause.groups:
        between = tagged.tags[group.last : verb.low]
        if (
            group.kind != "actor"
            or group.case in {"nom", "owner"}
            or group.last > verb.low
            or len(between) > _BESIDE
        ):
            continue
        if all(tag in "xzt" for tag in between):
            return group
        word = tagged.words[group.last]
        if between == ["P"] and word is not None and word.info in {"on", "for"}:
            return group  # "congratulated the army on taking Karvol"
    return None


def own_side(clause: Clause, groups: list[Group], verb: Verb) -> list[Group]:
    """In a clause that could not be cut, a finite verb takes nothing from beyond the next finite verb, and
    from before the last one only its subject.
    """
    others = [v.at for v in clause.verbs if v.word.form == "fin" and not v.attributive and v.at != verb.at]
    after = min((at for at in others if at > verb.at), default=None)
    before = max((at for at in others if at < verb.at), default=None)
    return [
        group
        for group in groups
        if (after is None or group.first < after)
        and (before is None or group.first > before or (group.kind == "actor" and group.case == "nom"))
    ]


def owner_before(tagged: Tagged, clause: Clause, at: int) -> Group | None:
    """The phrase right before token ``at`` that owns it: "a hadsereg kezére", "Karvol elfoglalása"."""
    word = tagged.words[at] if at < len(tagged.words) else None
    if word is not None and word.poss.startswith(("p3pl", "p1")):
        return None  # "a falu az ellenőrzésük alatt": a pronoun owns it
    position = at
    happening = word is not None and (word.form == "vn" or word.tag == "n") and word.poss == "p3sg"
    between = "jzdSJ-t" if happening else "jzdSJ-"  # "Karvol 1686-os visszavétele"
    while position > 0 and tagged.tags[position - 1] in between:
        position -= 1
    owners = [
        group
        for group in clause.groups
        if position <= group.last <= at and group.case in {"nom", "owner", "dat", "acc"} and group.first < at
    ]
    last = max(owners, key=lambda group: group.last, default=None)
    told = word is not None and word.form == "vn" and word.poss.startswith("p3")
    if told and last is not None and last.kind == "actor" and last.last - last.first == 1 and last.last == at:
        nation = tagged.words[last.first]
        if tagged.tags[last.first] == "S" and nation is not None and nation.num == "sg":
            behind = [
                g for g in clause.groups if g.kind == "place" and g.last == last.first and g.case in _OWNING
            ]
            return behind[0] if behind else last  # "Knin horvát visszafoglalása": Knin's
    return last


def of_light_verb(clause: Clause, at: int, light: frozenset[str]) -> Group | None:
    """Whose doing a noun is that a verb such as "begin" or "complete" governs: "they began an occupation of …"."""
    before = [v for v in clause.verbs if v.at < at and not v.attributive]
    verb = before[-1] if before else None
    if verb is None or verb.passive or verb.lemma not in light or at - verb.at > 4:
        return None
    return next(
        (g for g in reversed(clause.groups) if g.kind == "actor" and g.case == "nom" and g.last <= verb.low),
        None,
    )


def of_governor(tagged: Tagged, clause: Clause, at: int, light: frozenset[str]) -> Group | None:
    """Whose doing a noun in the accusative is by the verb that governs it: "a pasa hada megkezdte Karvol ostromát"."""
    word, verb = tagged.words[at], clause.finite
    if word is None or word.case not in {"acc", "all", "sub"} or verb is None or verb.lemma not in light:
        return None
    subjects = [g for g in clause.groups if g.kind == "actor" and g.case == "nom" and not g.modifier]
    return subjects[0] if len(subjects) == 1 else None


def fill_actor(
    tagged: Tagged,
    filled: Filled,
    frame: Frame,
    groups: list[Group],
    labels: dict[int, str],
    owner: Group | None,
    noun: int | None,
    verb: Verb | None,
    *,
    finite: bool,
    relative: bool,
) -> None:
    """Put into ``filled`` who acts, by the labels that the frame asks for, or that a pronoun or nobody does."""
    actors = [g for g in groups if g.kind == "actor"]
    form = verb.word.form if verb is not None else "n"
    if noun is None and verb is not None:
        actors = [g for g in actors if not _of_noun(tagged, g)]
        if verb.word.person.startswith("1"):
            actors = [g for g in actors if labels[id(g)] != "nom"]  # "visszavertük": no third person does it
    for wanted in frame.actor:
        if wanted == "possessor":
            if owner is not None and owner.kind == "actor":
                filled.actor = owner
            elif noun is not None and (word := tagged.words[noun]) is not None and word.poss:
                filled.pronoun = owner is None or owner in filled.objects
                if (
                    owner is not None
                    and owner.kind == "place"
                    and owner not in filled.objects[:1]
                    and len(filled.objects) > 1
                ):
                    filled.actor, filled.objects = owner, [g for g in filled.objects if g is not owner]
        elif wanted == "pronoun":
            filled.pronoun = True
        elif wanted == "before":
            filled.pronoun = filled.actor is None
        elif (
            wanted == "nom"
            and verb is not None
            and (form == "pp" or verb.attributive)
            and (by := _agent_before(tagged, groups, verb.at))
        ):
            filled.actor = by
        elif wanted == "nom" and form == "ap":
            filled.actor = next((g for g in actors if verb is not None and g.first > verb.at), None)
        elif wanted == "nom" and (form == "vn" or (form == "pp" and not (verb is not None and verb.passive))):
            continue
        else:
            filled.actor = next((g for g in actors if labels[id(g)] == wanted), None)
            if filled.actor is None and wanted == "dat":  # "Szapolyainak": a person, whom no dictionary holds
                filled.actor = next(
                    (g for g in groups if g.kind == "place" and g.case == "dat" and not g.type), None
                )
            if (
                filled.actor is None
                and wanted == "nom"
                and (verb is not None or frame.verbless or form != "n")
                and (filled.objects or relative or (verb is not None and verb.passive))
                and "nom" not in frame.object
            ):
                filled.actor = next(
                    (g for g in groups if g.kind == "place" and g not in filled.objects and labels[id(g)] == "nom"
                     and g.type is None and not g.generic and not _resumed(tagged, g) and _agrees(g, verb)
                     and not (verb is not None and g.first > verb.at and any(h.head is g or g.head is h for h in groups))
                     and not (g.maybe and g.maybe[1] in _PLACES)), None,
                )  # fmt: skip
        if filled.actor is not None:
            return
    if "nom" in frame.actor and form == "inf":  # "a hadseregnek fel kellett adnia Karvolt"
        filled.actor = next((g for g in actors if labels[id(g)] == "dat"), None)
        if filled.actor is not None:
            return
    if "nom" in frame.actor and form in {"fin", "inf", "conv"}:
        filled.pronoun = verb is None or not verb.passive  # "was captured": by whom is not said
    elif form == "vn" and frame.actor:
        filled.pronoun = finite  # "Karvol elfoglalása után továbbvonultak": who goes on has taken it


def _of_noun(tagged: Tagged, group: Group) -> bool:
    """Whether a nationality only says whose the noun behind it is: "román támadást visszavert a hadsereg"."""
    word = tagged.words[group.first]
    if group.last - group.first != 1 or tagged.tags[group.first] != "S" or word is None:
        return False
    after = tagged.words[group.last] if group.last < len(tagged.tags) else None
    return (
        word.num == "sg" and group.case == "nom" and after is not None
        and tagged.tags[group.last] in "Hn" and after.case == "acc"
    )  # fmt: skip


def _agrees(group: Group, verb: Verb | None) -> bool:
    """Whether a name may be the subject: one alone does not go with a verb in the plural."""
    return verb is None or verb.word.person != "3pl" or group.head is not None or group.num == "pl"


def _resumed(tagged: Tagged, group: Group) -> bool:
    """Whether a pronoun right behind a name is the subject: "after Karvol they lost …"."""
    return group.last < len(tagged.tags) and tagged.tags[group.last] == "r"


def _agent_before(tagged: Tagged, groups: list[Group], at: int) -> Group | None:
    """Find the agent right before a participle: "a horvátok által visszafoglalt Knin"."""
    word = tagged.words[at - 1] if at else None
    if word is None or tagged.tags[at - 1] != "P" or word.info != "by":
        return None
    return next((g for g in groups if g.kind == "actor" and g.last == at - 1), None)
