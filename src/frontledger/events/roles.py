"""Fill the roles of a frame from the phrases of its clause, by case label.

A phrase's label is its case, or what the postposition behind it makes of it ("over", "by", "direction" …).
What belongs here: which phrase plays which role.  What does not: sides, dates, and whether it happened.
"""

from __future__ import annotations

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.positions import nominal_scope, noun_label, owner_by_position, within_reach
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged
from frontledger.model import CONTROL_KINDS

__all__ = ["Filled", "fill", "find_noun", "is_without", "label", "land_before"]

_LOCATING = frozenset({"near", "direction", "source", "via", "except", "from-near", "between", "vicinity"})


_PLACES = frozenset({"ine", "sup", "ill", "sub", "ter", "ela", "del", "acc"})
"""Cases that a name may bear which is no subject then: "a Dunán átkelve"."""
_OWNING = frozenset({"nom", "owner", "dat", "acc"})
"""Cases in which what a noun is told of stands before it; names may be in doubt."""
_BESIDE = 1
"""Adverbs between a participle and its subject."""


class Filled(msgspec.Struct, eq=False):
    """The roles of one event: phrases as they stand, nothing resolved yet."""

    objects: list[Group] = []
    actor: Group | None = None
    against: Group | None = None
    pronoun: bool = False
    """The actor is whoever was the subject last."""
    others: list[tuple[Group, str]] = []
    """Places that only locate: (phrase, role)."""
    relative: str = ""
    """The label of what a relative clause speaks of, as the active voice has it: "which was captured"."""


_VOICE = {"nom": "acc", "by": "nom"}
"""What a passive makes of subject and agent."""


def label(tagged: Tagged, group: Group) -> str:
    """The case label of a phrase; locating postpositions and words of vicinity win over its case."""
    before = group.first - 1
    while before >= 0 and tagged.tags[before] == "d":
        before -= 1
    if before >= 0 and tagged.tags[before] == "!" and group.kind != "actor":
        return "except"  # "Karvolt foglalta el, nem Derint"
    at = group.last
    while at < len(tagged.tags) and tagged.tags[at] == "z":
        at += 1
    if tagged.bases[at : at + 1] == ["("] and tagged.bases[at + 2 : at + 3] == [")"]:
        at += 3  # "az Intézet (ISW) szerint"
    word = tagged.words[at] if at < len(tagged.tags) else None
    if word is not None and tagged.tags[at] == "P":
        return word.info
    if group.vicinity:
        if group.case in {"ill", "sub", "all", "ter"}:
            return "direction"
        return "near" if group.case not in {"acc", "nom"} else group.case
    if group.head is not None and (group.case in {"nom", group.head.case}):
        return label(tagged, group.head)
    return group.case


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
) -> Filled:
    """Roles of ``frame`` announced at token ``at``; ``noun`` is the frame's noun if it has one."""
    filled = Filled()
    find_owner = owner_by_position if by_position else _owner
    owner = find_owner(tagged, clause, noun if noun is not None else at)
    groups = [
        g
        for g in clause.groups
        if not g.modifier and not (noun is not None and frame.noun and g.first <= noun < g.last)
    ]
    if by_position:
        if verb is not None:
            reach = [
                g for g in within_reach(clause, groups, verb) if not _is_absolute(tagged, clause, g, verb)
            ]
            inner = nominal_scope(tagged, groups, noun) if noun is not None and noun < verb.low else []
            groups = sorted([*reach, *(g for g in inner if g not in reach)], key=lambda g: g.first)
        elif not frame.verbless:
            inner = nominal_scope(tagged, groups, at)
            around = [] if frame.kind in CONTROL_KINDS else _around(groups, frame, at)
            groups = [*inner, *(g for g in around if g not in inner)]
    elif verb is not None and verb.word.form == "fin" and not verb.attributive:
        groups = _own_side(clause, groups, verb)
    if by_position:
        pass
    elif verb is not None and (verb.word.form in {"pp", "ap"} or verb.attributive):
        groups = _attributive_scope(tagged, groups, at)
    elif verb is not None and verb.word.form == "vn":
        groups = _nominal_scope(tagged, groups, at)
        owner = _owner(tagged, clause, at)
    if by_position and frame.kind in CONTROL_KINDS:
        lands = _lands(tagged, groups, frame, verb)
        groups = [lands.get(id(group), group) for group in groups]
        owner = lands.get(id(owner), owner)
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
    passive = verb is not None and verb.passive and not verb.attributive
    filled.relative = (
        _VOICE.get(clause.relative_case, clause.relative_case) if passive else clause.relative_case
    )
    _fill_objects(tagged, filled, frame, groups, labels, owner, verb, at)
    _fill_actor(
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
    if (
        by_position
        and verb is not None
        and verb.word.form == "conv"
        and not verb.passive
        and "nom" in frame.actor
    ):
        told = _subject_beside(tagged, clause, verb)
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
        filled.actor = _of_light_verb(clause, at, light)
    if not by_position and verb is None and filled.actor is None:
        filled.actor = _of_governor(tagged, clause, at, light)
    if by_position and verb is not None and verb.word.form == "inf" and "nom" in frame.actor:
        causee = next(
            (g for g in clause.groups if g.kind == "actor" and g.case == "acc" and g.last == verb.low), None
        )
        if causee is not None:  # "forced the army to withdraw"
            filled.actor, filled.pronoun = causee, False
    filled.against = next(
        (
            g
            for wanted in frame.against
            for g in groups
            if g.kind == "actor" and labels[id(g)] == wanted and g is not filled.actor
        ),
        None,
    )
    if by_position and filled.against is not None and filled.actor is not None:
        behind = filled.against.first - filled.actor.last
        if 0 < behind <= 2 and labels.get(id(filled.against)) in {"from", "of"}:
            filled.against = None  # "captured by Russian forces from the Wagner Group"
    if by_position and filled.against is None and frame.against and verb is not None:
        opening = {g.first for g in filled.objects if not g.name}
        filled.against = next(
            (
                g
                for g in groups
                if g.kind == "actor" and g.case == "acc" and g.last in opening and g is not filled.actor
            ),
            None,
        )  # "overran SDF positions"
    if filled.against is None and frame.needs_against:  # "driving the Pompeians out of Calydon"
        filled.against = next(
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
    for group in groups:
        if (
            group.kind != "actor"
            and group is not filled.against
            and group not in filled.objects
            and group is not filled.actor
        ):
            role = _locating(frame, labels[id(group)], group)
            if (
                role is None
                and group.maybe is not None
                and group.maybe[1] == "acc"
                and labels[id(group)] == "nom"
            ):
                role = _locating(frame, "acc", group)  # "elérték Karvolt"
                if role is not None:
                    group.name = group.maybe[0]
            if role:
                filled.others.append((group, role))
    return filled


def _lands(tagged: Tagged, groups: list[Group], frame: Frame, verb: Verb | None) -> dict[int, Group]:
    """Countries as places, by the identity of the phrase, where something is done to them: "occupied Serbia", "the
    conquest of Poland", "Finland was ceded"; as whoever does it, a country stays a side.
    """
    if verb is not None and verb.attributive:
        return {}
    found: dict[int, Group] = {}
    for at, group in enumerate(groups):
        if group.kind != "actor" or not group.nation or tagged.tags[group.first : group.last] != ["C"]:
            continue
        after = tagged.tags[group.last] if group.last < len(tagged.tags) else "."
        before = tagged.bases[group.first - 1] if group.first else ""
        if after not in _ENDING or (group.first > 1 and before[:1].isupper()):
            continue  # "left Japan exposed", "Mexico City", "New Mexico"
        if verb is None:
            done = group.case == "of" and "possessor" in frame.object
        elif group.case == "from":
            done = frame.kind == "withdrawal" and "from" in frame.object
        elif verb.passive:
            done = group.case == "nom" and "acc" in frame.object
        else:
            done = group.case == "acc" and "acc" in frame.object
            done = done and (
                _is_next(tagged, verb, group) or (at > 0 and _is_listed(tagged, groups[at - 1], group, found))
            )
        if done:
            found[id(group)] = msgspec.structs.replace(
                group, kind="place", name=group.text, nation="", role=""
            )
    return found


def land_before(clause: Clause, group: Group) -> Group | None:
    """The country right before a relative clause as the place that this speaks of: "Tunisia, which was taken"."""
    bare = group.kind == "actor" and group.nation and not (group.org or group.leader or group.role)
    if not bare or group.last - group.first > 1 or not clause.low - 1 <= group.last <= clause.low:
        return None
    return msgspec.structs.replace(group, kind="place", name=group.text, nation="")


_ENDING = frozenset(".,;c:tPeFkV)–—")
"""Tags behind a country that something is done to; before any other it describes what follows."""


def _is_next(tagged: Tagged, verb: Verb, group: Group) -> bool:
    return verb.at < group.first and set(tagged.tags[verb.at + 1 : group.first]) <= set("dzQjFe")


def _is_listed(tagged: Tagged, left: Group, group: Group, lands: dict[int, Group]) -> bool:
    """Whether a country is a member of a list of places: "ceded Livonia, Estonia and Ingria"."""
    if left.kind == "actor" and id(left) not in lands:
        return False
    between = [tag for tag in tagged.tags[left.last : group.first] if tag != "d"]
    after = tagged.tags[group.last : group.last + 1]
    return left.case == "acc" and (
        between in (["c"], [",", "c"]) or (between == [","] and after in (["c"], [","]))
    )


def _is_absolute(tagged: Tagged, clause: Clause, group: Group, verb: Verb) -> bool:
    """Whether a phrase behind a comma is the subject of the participle right behind it, not the verb's object:
    "Karvol yielded, its castle holding out".
    """
    if group.first <= verb.at or not any(
        v.low == group.last and v.word.form == "conv" and v.at != verb.at for v in clause.verbs
    ):
        return False
    at = group.first - 1
    while at > verb.at and tagged.tags[at] in "dDjJ":
        at -= 1
    return tagged.tags[at] == ","


def _subject_beside(tagged: Tagged, clause: Clause, verb: Verb) -> Group | None:
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


def _own_side(clause: Clause, groups: list[Group], verb: Verb) -> list[Group]:
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


def _owner(tagged: Tagged, clause: Clause, at: int) -> Group | None:
    """The phrase right before token ``at`` that owns it: "a hadsereg kezére", "Karvol elfoglalása"."""
    word = tagged.words[at] if at < len(tagged.words) else None
    if word is not None and word.poss.startswith(("p3pl", "p1")):
        return None  # "a falu az ellenőrzésük alatt": a pronoun owns it
    position = at
    while position > 0 and tagged.tags[position - 1] in "jzdSJ-":
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


def _attributive_scope(tagged: Tagged, groups: list[Group], at: int) -> list[Group]:
    """What a participle in front of a noun may govern: its own stretch to the left, and the noun itself."""
    left: list[Group] = []
    edge = at
    for group in reversed([g for g in groups if g.last <= at]):
        between = tagged.tags[group.last : edge]
        if any(tag in ",cVkd" for tag in between):
            break
        left.append(group)
        edge = group.first
    right: list[Group] = []
    for group in (g for g in groups if g.first > at):
        between = tagged.tags[(right[-1].last if right else at + 1) : group.first]
        if any(tag not in ("jJzS" if not right else "jJ,cd") for tag in between):
            break
        right.append(group)
    return [*left, *right]


def _of_light_verb(clause: Clause, at: int, light: frozenset[str]) -> Group | None:
    """Whose doing a noun is that a verb such as "begin" or "complete" governs: "they began an occupation of …"."""
    before = [v for v in clause.verbs if v.at < at and not v.attributive]
    verb = before[-1] if before else None
    if verb is None or verb.passive or verb.lemma not in light or at - verb.at > 4:
        return None
    return next(
        (g for g in reversed(clause.groups) if g.kind == "actor" and g.case == "nom" and g.last <= verb.low),
        None,
    )


def _of_governor(tagged: Tagged, clause: Clause, at: int, light: frozenset[str]) -> Group | None:
    """Whose doing a noun in the accusative is by the verb that governs it: "a pasa hada megkezdte Karvol ostromát"."""
    word, verb = tagged.words[at], clause.finite
    if word is None or word.case not in {"acc", "all", "sub"} or verb is None or verb.lemma not in light:
        return None
    subjects = [g for g in clause.groups if g.kind == "actor" and g.case == "nom" and not g.modifier]
    return subjects[0] if len(subjects) == 1 else None


def _around(groups: list[Group], frame: Frame, at: int) -> list[Group]:
    """Where it happened, said behind the verb: "an armistice was concluded in Derin"."""
    near = set(frame.near) & {"in", "at", "near", "around"}
    return [group for group in groups if group.kind != "actor" and group.first > at and group.case in near]


def _nominal_scope(tagged: Tagged, groups: list[Group], at: int) -> list[Group]:
    """What a deverbal noun may govern: the list right before it, and an actor before that."""
    kept: list[Group] = []
    edge = at
    for group in reversed([g for g in groups if g.last <= at]):
        between = tagged.tags[group.last : edge]
        allowed = "jJzd,cP" if kept else "jJzd#P"
        if any(tag not in allowed for tag in between) or (
            kept and group.kind == "place" and not set(between) & set(",c")
        ):
            break
        kept.append(group)
        edge = group.first
    behind = next((g for g in groups if g.kind == "actor" and g.first > at), None)
    if (
        behind is not None
        and label(tagged, behind) == "by"
        and set(tagged.tags[at + 1 : behind.first]) <= set("djJ-#")
    ):
        kept.append(behind)  # "Karvol elfoglalása a szovjetek által"
    return kept


def _fill_objects(
    tagged: Tagged,
    filled: Filled,
    frame: Frame,
    groups: list[Group],
    labels: dict[int, str],
    owner: Group | None,
    verb: Verb | None,
    at: int,
) -> None:
    form = verb.word.form if verb is not None else "n"
    attributive = verb is not None and not verb.passive and (form in {"pp", "ap"} or verb.attributive)
    places = [
        g for g in groups if g.kind != "actor" and not g.person and not (g.kind == "unnamed" and g.vicinity)
    ]
    if form == "n" and "possessor" in frame.object and any(labels[id(g)] == "of" for g in places):
        filled.objects = [g for g in places if labels[id(g)] == "of"]  # "ISIL's capture of Derin"
        return
    if form == "vn" or "possessor" in frame.object or ("next" in frame.object and attributive):
        if form == "vn" or "possessor" in frame.object:
            filled.objects = _run_before(places, owner, at)
        return
    if (form == "pp" and not (verb is not None and verb.passive)) or (attributive and form != "ap"):
        filled.objects = [g for g in places if g.first > at]
        return
    for wanted in frame.object:
        chosen = [
            g
            for g in places
            if labels[id(g)] == wanted
            and (wanted != "nom" or g is not owner or "possessor" not in frame.actor)
        ]
        if wanted == "nom":
            chosen = [
                g
                for g in chosen
                if not (g.maybe and g.maybe[1] == "acc" and tagged.tags[g.last : g.last + 1] == ["g"])
            ]
        if wanted == "of" and frame.needs_against and verb is not None:
            chosen = [g for g in chosen if _is_out_of(tagged, g)]
        if wanted == "of" and len(chosen) > 1:
            chosen = [
                g for g in chosen if g is chosen[0] or g.head is chosen[0]
            ]  # not "during the Battle of X"
        if wanted in {"ela", "abl", "del", "from"} and frame.kind == "withdrawal":
            chosen = [g for g in chosen if g.kind != "unnamed"]
        if wanted == "acc" or (wanted != "nom" and not chosen):
            weak = [g for g in places if g.maybe and g.maybe[1] == wanted and labels[id(g)] == "nom"]
            sure = [g for g in places if not (g.maybe and g.maybe[1] == wanted)]
            weak = [g for g in weak if not any(g.head in (h, h.head) and g.head is not None for h in sure)]
            for group in weak:
                group.name, group.case = group.maybe[0] if group.maybe else group.name, wanted
            chosen = sorted([*chosen, *weak], key=lambda g: g.first)
        if chosen:
            chosen += _along(tagged, places, labels, chosen)
            filled.objects = [*chosen, *_as_well(tagged, places, chosen)]
            return


def _is_out_of(tagged: Tagged, group: Group) -> bool:
    """Whether a particle stands before the "of" of a phrase: "forced the army out of Karvol", but "forced the
    government of Karvol into exile".
    """
    at = group.first - 1
    while at > 0 and tagged.tags[at] != "F":
        at -= 1
    return at > 0 and tagged.tags[at - 1] in "eV"


def _along(tagged: Tagged, places: list[Group], labels: dict[int, str], chosen: list[Group]) -> list[Group]:
    """What is told of together with an object: "took Karvol, including the station"; no direction stands between."""
    found: list[Group] = []
    for group in places:
        if labels[id(group)] != "together":
            continue
        before = max((g.last for g in (*chosen, *found) if g.last <= group.first), default=group.first)
        if not any(_leads_away(tagged, at) for at in range(before, group.first)):
            found.append(group)
    return found


def _as_well(tagged: Tagged, places: list[Group], chosen: list[Group]) -> list[Group]:
    """The list that a coordinator of several words behind a comma goes on with, past what only locates its last
    member: "captured Karvol in the outskirts of Derin, as well as Tar and Sarn".
    """
    found: list[Group] = []
    if "-" not in tagged.tags:
        return found
    for group in places:
        if group in chosen or group.first < chosen[-1].last or group.modifier:
            continue
        between = tagged.tags[found[-1].last : group.first] if found else []
        if found and set(between) - set("dDjJ") <= {",", "c"} and between:
            found.append(group)
            continue
        at = group.first - 1
        while at > 0 and tagged.tags[at] in "dDjJ":
            at -= 1
        opening = at
        while opening > 0 and tagged.tags[opening - 1] == "-":
            opening -= 1
        if tagged.tags[at] == "c" and opening < at and tagged.tags[opening - 1] == ",":
            found.append(group)
        elif found:
            break
    return found


def _leads_away(tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` opens a direction: "toward the east, including Derin"."""
    word = tagged.words[at]
    return word is not None and tagged.tags[at] == "P" and word.info == "direction"


def _run_before(places: list[Group], owner: Group | None, at: int) -> list[Group]:
    """The owner of a noun and the list that it closes: "A, B és C elfoglalása"."""
    if owner is None or owner.kind == "actor":
        return []
    run = [g for g in places if g.last <= at]
    return run if owner in run else [owner]


def _fill_actor(
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


def _locating(frame: Frame, case: str, group: Group) -> str | None:
    for role in ("direction", "source", "near"):
        if case == "owner" and "possessor" in getattr(frame, role):
            return role
        if case in getattr(frame, role):
            return role
    if case in {"direction", "source", "via", "except"}:
        return case
    if case in {"near", "ine", "sup", "ade", "between", "from-near"}:
        return "near"
    return "near" if group.vicinity else None
