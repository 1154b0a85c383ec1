"""Who acts where a sentence does not say: dropped subjects, relative clauses, names that act, besiegers.

What does not belong here: naming sides (``sides``), opponents (``enmity``).
"""

from __future__ import annotations

from collections import Counter

from frontledger.events.antecedents import refers_to, weigh
from frontledger.events.clauses import Clause
from frontledger.events.discourse import Discourse, Named, Scene, is_located
from frontledger.events.drafts import Draft
from frontledger.events.sides import Cast
from frontledger.mentions.calendar import parse_iso
from frontledger.mentions.group import Group
from frontledger.model import ActorRef

__all__ = ["attacking", "besieger", "is_attack", "note_defenders", "remember", "subject_before"]


def remember(cast: Cast, discourse: Discourse, scene: Scene) -> None:
    """Keep the names of a sentence, and who acted in it."""
    groups, here, clauses = scene
    strange = any(draft.stranger and draft.actor is None for draft in here)
    for group in groups:
        if group.kind == "place" and group.name and is_located(discourse, group) and not _is_dateline(group):
            discourse.named.append(Named(group, discourse.sentence, weigh(group, discourse.told)))
            discourse.latest[group.name] = group
            if (known := discourse.types.get(group.name)) is not None:
                discourse.by_class.setdefault(known, Counter())[group.name] += 1
    discourse.sentence += 1
    discourse.subject = None if strange else discourse.subject
    if cast.pack.names.pack.roles == "case" and clauses and discourse.subject is None and not strange:
        _subject_of_time(cast, discourse, clauses[-1])
    for clause in clauses:
        if clause.subordinator or clause.finite is None or clause.finite.passive:
            continue
        if clause.finite.word.person.startswith("1"):
            discourse.subject = None  # "visszavonultunk": nobody whom the text names
            continue
        subject = next(
            (g for g in clause.groups if g.kind == "actor" and g.case == "nom" and not g.modifier), None
        )
        subject = subject or _acting_name(discourse, clause) or _governed_gainer(here, clause)
        if subject is not None and subject.role == "teller":
            discourse.subject = None
            continue
        side = cast.resolve(subject, discourse.subject, discourse.attacker, discourse.band)
        if side is None and subject is not None and (subject.role in _UNKNOWN or subject.title):
            discourse.subject = None  # "the 1st Brigade retook it": whose it is, nobody says
        if side is not None:
            discourse.subject, discourse.acted = side, discourse.sentence
            if cast.is_band(side):
                discourse.band = side


def _subject_of_time(cast: Cast, discourse: Discourse, clause: Clause) -> None:
    """Keep who acts in a closing clause of time where nobody has acted yet: "a háború akkor tört ki, amikor az RSF …"."""
    if clause.subordinator in cast.pack.sets["simultaneous"]:
        acting = next(
            (g for g in clause.groups if g.kind == "actor" and g.case == "nom" and not g.modifier), None
        )
        discourse.subject = cast.resolve(acting, None)


_SEASON = 1300
"""Days behind an attack elsewhere within which it says who takes what falls."""
_UNKNOWN = frozenset({"unit", "enemy", "teller"})
"""Roles of actors that are not whoever acted last, and of whom the text does not say whose they are."""
_DROPPED = 3
"""Sentences over which a subject that a language leaves out is still known."""
_LATELY = 6
"""Sentences within which whoever attacked elsewhere may be who takes what falls."""
_NOW = 2
"""Sentences within which whoever attacked is "the attackers"."""
_SHORT = 4
"""Letters up to which a name in capitals may be an abbreviation."""


def _governed_gainer(here: list[Draft], clause: Clause) -> Group | None:
    """Who gains what a clause tells of, behind a postposition: "Karvol megnyitotta kapuit a szultán előtt"."""
    return next(
        (
            draft.filled.actor
            for draft in here
            if draft.clause is clause
            and draft.filled.actor is not None
            and draft.filled.actor.case == "governed"
        ),
        None,
    )


def _is_dateline(group: Group) -> bool:
    """Whether a name in capitals opens the account, so that it says where it was written: "BUDAPEST, 12 June —"."""
    return group.start == 0 and len(group.text) > _SHORT and group.text.isupper()


def note_defenders(cast: Cast, discourse: Discourse, clauses: list[Clause]) -> None:
    """Keep who is told to defend a place: what falls, they lose."""
    defending = cast.pack.sets["defending_verbs"]
    for clause in clauses:
        verb = next((verb for verb in clause.verbs if verb.lemma in defending), None)
        if verb is None:
            continue
        by, what = ("by", "nom") if verb.passive else ("nom", "acc")
        actor = next((g for g in clause.groups if g.kind == "actor" and g.case == by), None)
        side = cast.resolve(actor, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            discourse.defends |= {
                g.name: side for g in clause.groups if g.kind == "place" and g.name and g.case == what
            }


def besieger(
    discourse: Discourse, groups: list[Group], here: list[Draft], draft: Draft
) -> tuple[ActorRef | None, bool]:
    """Who takes what falls, and whether it was attacked: whoever attacked that place or in this sentence; else
    whoever attacked lately.
    """
    for group in draft.filled.objects:
        meant = group if group.name or group.kind != "definite" else refers_to(discourse, groups, group)
        if meant is not None and meant.name in discourse.attacks:
            return discourse.attacks[meant.name], True
    before = [d for d in here if d.trigger[0] < draft.trigger[0]]
    attacks = [d.actor for d in before if d.actor is not None and is_attack(d)]
    if attacks:
        return attacks[-1], True
    gains = [d.actor for d in before if d.actor is not None and d.frame.kind in {"capture", "handover"}]
    if gains:
        return gains[-1], False  # "Karvol opened its gates to Varga, and then Derin surrendered"
    since = discourse.sentence - discourse.attacked
    if draft.liberates and since > 2:
        return None, False  # who took something else long before need be no liberator
    if draft.date.earliest is not None and discourse.attack_day is not None:
        since_day = parse_iso(draft.date.earliest) - parse_iso(discourse.attack_day)
        if since_day > _SEASON:
            return None, False  # another campaign
    return (discourse.attacker if since <= _LATELY else None), False


def attacking(discourse: Discourse, groups: list[Group], draft: Draft) -> ActorRef | None:
    """Who "the besiegers" or "the attackers" of what a draft tells are: whoever attacked that place, or attacked just now."""
    elsewhere = discourse.attacker is not None and any(
        side.id == discourse.attacker.id for side in discourse.attacks.values()
    )
    for group in draft.filled.objects:
        meant = group if group.name or group.kind != "definite" else refers_to(discourse, groups, group)
        if meant is not None and meant.name in discourse.attacks:
            return discourse.attacks[meant.name]
        if meant is not None and meant.name and elsewhere:
            return None  # whoever attacked another place is not who attacked this one
    return discourse.attacker if discourse.sentence - discourse.attacked <= _NOW else None


def subject_before(cast: Cast, discourse: Discourse, scene: Scene, draft: Draft) -> ActorRef | None:
    """Who the dropped subject of a draft is: the last nominative actor before it in the sentence, or the last
    subject of the narrative.
    """
    groups, here, clauses = scene
    at = min((low for low, _high in draft.clause.ranges), default=0)
    if draft.clause.finite is None:
        main = _main_subject(clauses, draft)
        side = cast.resolve(main, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            return side
    trigger = draft.trigger[0]
    told = _relative_subject(groups, draft.clause)
    side = cast.resolve(told, discourse.subject, discourse.attacker, discourse.band)
    if side is not None:
        return side
    inside = [
        g
        for g in draft.clause.groups
        if g.kind == "actor"
        and g.case == "nom"
        and not g.modifier
        and g.start < trigger
        and g is not draft.filled.actor
    ]
    earlier = [g for g in groups if g.kind == "actor" and g.case == "nom" and not g.modifier and g.last <= at]
    gainers = [
        d.filled.actor for d in here if d.clause.low < at and d.filled.actor and d.frame.kind == "capture"
    ]
    people = [g for g in groups if g.last <= at and _is_person(g)]
    people += [
        name for c in clauses if c.low < at and c is not draft.clause and (name := _acting_name(discourse, c))
    ]
    found = {id(group): group for group in (*inside, *earlier, *gainers, *people)}
    for group in sorted(found.values(), key=lambda group: -group.first):
        if group.role in _UNKNOWN and not (group.org or group.nation or group.leader):
            return None  # "az ellenség bevette, majd kiürítette": nobody whom the text names
        if group.role in {"any", "defender"} and not (
            group.org or group.nation or group.leader or group.title
        ):
            if group.role == "defender" and draft.frame.kind == "withdrawal":
                draft.filled.pronoun = False
                return None  # "the garrison burnt and left the castle": whose it is, is not said
            continue
        side = cast.resolve(group, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            return side
    behind = [g for g in draft.clause.groups if g.kind == "actor" and g.case == "nom" and g.start > trigger]
    for group in behind if draft.clause.finite is not None and draft.frame.kind != "hold" else ():
        side = cast.resolve(group, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            return side  # "Karvol elvesztése után a felkelők visszavonultak"
    if cast.pack.names.pack.roles == "case" and discourse.sentence - discourse.acted > _DROPPED:
        return None  # "Berlint bevették": too long since anybody was the subject
    return discourse.subject


def _relative_subject(groups: list[Group], clause: Clause) -> Group | None:
    """The actor that a relative clause speaks of: "from ISIL, which withdrew to Karvol"."""
    if clause.relative_case != "nom":
        return None
    return next(
        (
            g
            for g in groups
            if g.kind == "actor" and g.case != "none" and clause.opens_behind - 1 <= g.last <= clause.low + 1
        ),
        None,
    )


def _main_subject(clauses: list[Clause], draft: Draft) -> Group | None:
    """The subject of the main clause that a participle leans on, before it or behind it."""
    mains = [c for c in clauses if c.finite is not None and not c.subordinator and c is not draft.clause]
    before = [c for c in mains if c.low < draft.clause.low]
    for clause in (*reversed(before), *(c for c in mains if c.low > draft.clause.low)):
        for group in clause.groups:
            if group.kind == "actor" and group.case == "nom" and not group.modifier:
                return group
    return None


def _acting_name(discourse: Discourse, clause: Clause) -> Group | None:
    """A name that does something to a place: "Caesar crossed the Rubicon", "Bem bevette Karvolt"."""
    if clause.finite is None or clause.finite.passive:
        return None
    names = [
        group
        for group in clause.groups
        if group.kind == "place" and group.case == "nom" and group.type is None and group.head is None
        and not group.modifier and not group.anchors and group.name and group.name not in discourse.types
        and not group.governed and not any(other.head is group for other in clause.groups)
    ]  # fmt: skip
    taken = any(group.kind == "place" and group.case == "acc" for group in clause.groups)
    return names[0] if len(names) == 1 and taken else None


def _is_person(group: Group) -> bool:
    """A name of two words in the nominative without any class: "Bádeni Lajos", who may be a subject."""
    return (
        group.kind == "place" and group.case == "nom" and group.type is None and group.head is None
        and not group.modifier and not group.anchors and (group.name or "").count(" ") == 1 and "-" not in (group.name or "")
    )  # fmt: skip


def is_attack(draft: Draft) -> bool:
    """Whether whoever acts in a draft is on the offensive, so that a later fall is their gain."""
    return draft.frame.kind in {"attack", "offensive", "siege", "advance"} or (
        draft.frame.kind == "capture" and "before" not in draft.frame.actor
    )
