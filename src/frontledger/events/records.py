"""From drafts to event records: antecedents, sides, places, citations.

A draft is an event whose roles are still phrases.  This is the second pass over an account, in text order,
when all its actors and names are known.

What does not belong here: finding events (``coding``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.drafts import Draft
from frontledger.events.enmity import ally, confront
from frontledger.events.sides import Cast
from frontledger.mentions.groups import Group
from frontledger.model import (
    CONTROL_KINDS,
    Account,
    ActorRef,
    Event,
    PlaceRef,
    Role,
    Span,
    Trigger,
)

__all__ = ["finish"]

Scene = tuple[list[Group], list[Draft], list[Clause]]
"""What one sentence gives: its phrases, drafts and clauses."""

_SETTLEMENTS = frozenset(
    {"city", "town", "village", "settlement", "suburb", "farm", "castle", "fortress", "citadel"}
)
_REACH = 12
"""How many named places back a class noun may refer."""


@dataclass(slots=True)
class _Discourse:
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


def finish(
    account: Account,
    cast: Cast,
    drafts: list[Draft],
    scenes: list[Scene],
    topic: str | None = None,
) -> list[Event]:
    """The event records of an account, in text order; ``topic`` is the place that it is about."""
    discourse = _Discourse(topic=topic, text=account.text)
    discourse.types = _known_types(scenes)
    if cast.pack.names.pack.roles == "position":
        discourse.located = _located(scenes)
    for groups, here, clauses in scenes:
        for draft in here:
            _resolve(cast, discourse, (groups, here, clauses), draft)
        _remember(cast, discourse, groups, clauses)
    ally(cast, drafts)
    confront(cast, drafts)
    kept = [draft for draft in drafts if _worth(draft)]
    marks = _Marks(account)
    return [_event(account, marks, draft, f"e{number}") for number, draft in enumerate(kept, 1)]


def _remember(cast: Cast, discourse: _Discourse, groups: list[Group], clauses: list[Clause]) -> None:
    discourse.named += [g for g in groups if g.kind == "place" and g.name and _is_located(discourse, g)]
    for clause in clauses:
        if clause.subordinator or clause.finite is None or clause.finite.passive:
            continue
        subject = next(
            (g for g in clause.groups if g.kind == "actor" and g.case == "nom" and not g.modifier), None
        )
        subject = subject or _acting_name(discourse, clause)
        side = cast.resolve(subject, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            discourse.subject = side
            if cast.is_band(side):
                discourse.band = side


def _is_located(discourse: _Discourse, group: Group) -> bool:
    """Whether a name may be a place's: not one that only ever does things ("Associated Press said")."""
    return not discourse.located or group.name in discourse.located or group.name in discourse.types


def _located(scenes: list[Scene]) -> frozenset[str]:
    """Names that something is done to, or that stand in a place's role, anywhere in the account."""
    return frozenset(
        group.name
        for groups, _here, _clauses in scenes
        for group in groups
        if group.kind == "place"
        and group.name
        and (group.case != "nom" or group.type or group.extent != "full")
    )


def _known_types(scenes: list[Scene]) -> dict[str, str]:
    """The class of every place that the account names with one anywhere ("the city of X")."""
    types: dict[str, str] = {}
    for groups, _here, _clauses in scenes:
        for group in groups:
            if group.kind == "place" and group.name and group.type:
                types.setdefault(group.name, group.type)
    return types


def _resolve(cast: Cast, discourse: _Discourse, scene: Scene, draft: Draft) -> None:
    groups, here, clauses = scene
    filled = draft.filled
    subject = _subject_before(cast, discourse, scene, draft)
    if "before" in draft.frame.actor:
        subject = _besieger(discourse, here, draft)
    draft.actor = cast.resolve(filled.actor, subject, discourse.attacker, discourse.band)
    if draft.actor is None and filled.actor is None and filled.pronoun and not draft.bystanders:
        draft.actor = msgspec.structs.replace(subject, text=None) if subject else None
    if draft.over and draft.actor is not None:
        draft.actor = msgspec.structs.replace(draft.actor, inferred=True)
    draft.against = cast.resolve(filled.against, None, discourse.attacker, discourse.band)
    if draft.against is not None and draft.actor is not None and draft.against.id == draft.actor.id:
        draft.against = None
    if draft.entry and draft.frame.kind in {"capture", "handover"}:
        _succeed(discourse, draft)
    objects = list(filled.objects)
    if not objects and draft.clause.relative_case and draft.clause.relative_case in draft.frame.object:
        before = [g for g in groups if g.kind != "actor" and g.last <= draft.clause.low and not g.modifier]
        if draft.pronoun_before:
            before = []  # "mindazt, amit megszerzett": no place is meant
        objects = [g for g in before if g is before[-1] or g.head is before[-1]]
    if not objects and draft.frame.kind in CONTROL_KINDS:
        objects = _dropped_object(here, clauses, draft)
    if discourse.topic and (draft.entry or _leaves(draft)):
        objects = [_topic(discourse, draft), *objects]
    inherited: list[Group] = []
    if not objects and draft.frame.kind == "withdrawal":
        inherited = _left_behind(here, draft)
    if draft.actor is not None and _is_attack(draft) and not draft.background:
        discourse.attacker = draft.actor
        if draft.frame.kind in {"attack", "offensive", "siege"}:
            for group in (*filled.objects, *(place for place, _role in filled.others)):
                if group.name:
                    discourse.attacks[group.name] = draft.actor
    for group in objects or inherited:
        draft.places += _refs(cast, discourse, groups, group, "object", draft)
    for group, role in filled.others:
        draft.places += _refs(cast, discourse, groups, group, role, draft)


def _topic(discourse: _Discourse, draft: Draft) -> Group:
    """The account's place as the object of an entry, which shows it by its trigger alone."""
    start, end = draft.trigger
    return Group("place", 0, 0, start, end, discourse.text[start:end], name=discourse.topic)


def _succeed(discourse: _Discourse, draft: Draft) -> None:
    """Whoever takes the place has it; an entry that names nobody ("Liberated in June.") takes it from who had it."""
    if draft.flags.negated or draft.flags.hedged or draft.flags.partial or draft.frame.extent == "partial":
        return
    if draft.actor is not None:
        discourse.possessor = draft.actor
    elif draft.filled.actor is None and draft.against is None and discourse.possessor is not None:
        draft.against = msgspec.structs.replace(discourse.possessor, text=None, inferred=True)
        discourse.possessor = None


def _leaves(draft: Draft) -> bool:
    """Whether somebody leaves without a word of where from or where to."""
    filled = draft.filled
    known = filled.actor is not None and not filled.objects and not filled.others
    return known and draft.frame.kind == "withdrawal" and bool(draft.frame.verbs)


def _besieger(discourse: _Discourse, here: list[Draft], draft: Draft) -> ActorRef | None:
    """Who takes what falls: whoever attacked that place, attacked in this sentence, or attacked last."""
    for group in draft.filled.objects:
        if group.name in discourse.attacks:
            return discourse.attacks[group.name]
    before = [
        d.actor for d in here if d.trigger[0] < draft.trigger[0] and d.actor is not None and _is_attack(d)
    ]
    return before[-1] if before else discourse.attacker


def _is_attack(draft: Draft) -> bool:
    return draft.frame.kind in {"attack", "offensive", "siege", "advance"} or (
        draft.frame.kind == "capture" and "before" not in draft.frame.actor
    )


def _carries_on(draft: Draft) -> bool:
    """Whether a draft's actor may be the subject that the next clause leaves out."""
    return draft.frame.kind == "capture" or (
        draft.filled.actor is not None and draft.filled.actor.case == "nom"
    )


def _subject_before(cast: Cast, discourse: _Discourse, scene: Scene, draft: Draft) -> ActorRef | None:
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
        if g.kind == "actor" and g.case == "nom" and not g.modifier and g.start < trigger
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
        if group.role in {"any", "defender", "enemy"} and not (
            group.org or group.nation or group.leader or group.title
        ):
            continue
        side = cast.resolve(group, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            return side
    behind = [g for g in draft.clause.groups if g.kind == "actor" and g.case == "nom" and g.start > trigger]
    for group in behind if draft.clause.finite is not None and draft.frame.kind != "hold" else ():
        side = cast.resolve(group, discourse.subject, discourse.attacker, discourse.band)
        if side is not None:
            return side  # "Karvol elvesztése után a felkelők visszavonultak"
    return discourse.subject


def _relative_subject(groups: list[Group], clause: Clause) -> Group | None:
    """The actor that a relative clause speaks of: "from ISIL, which withdrew to Karvol"."""
    if clause.relative_case != "nom":
        return None
    return next((g for g in groups if g.kind == "actor" and clause.low - 1 <= g.last <= clause.low + 1), None)


def _main_subject(clauses: list[Clause], draft: Draft) -> Group | None:
    """The subject of the main clause that a participle leans on, before it or behind it."""
    mains = [c for c in clauses if c.finite is not None and not c.subordinator and c is not draft.clause]
    before = [c for c in mains if c.low < draft.clause.low]
    for clause in (*reversed(before), *(c for c in mains if c.low > draft.clause.low)):
        for group in clause.groups:
            if group.kind == "actor" and group.case == "nom" and not group.modifier:
                return group
    return None


def _acting_name(discourse: _Discourse, clause: Clause) -> Group | None:
    """A name that does something to a place: "Caesar crossed the Rubicon", "Bem bevette Karvolt"."""
    if clause.finite is None or clause.finite.passive:
        return None
    names = [
        group
        for group in clause.groups
        if group.kind == "place" and group.case == "nom" and group.type is None and group.head is None
        and not group.modifier and not group.anchors and group.name and group.name not in discourse.types
    ]  # fmt: skip
    taken = any(group.kind == "place" and group.case == "acc" for group in clause.groups)
    return names[0] if len(names) == 1 and taken else None


def _is_person(group: Group) -> bool:
    """A name of two words in the nominative without any class: "Bádeni Lajos", who may be a subject."""
    return (
        group.kind == "place" and group.case == "nom" and group.type is None and group.head is None
        and not group.modifier and not group.anchors and (group.name or "").count(" ") == 1 and "-" not in (group.name or "")
    )  # fmt: skip


def _dropped_object(here: list[Draft], clauses: list[Clause], draft: Draft) -> list[Group]:
    """The object that a later clause leaves out: "bevették, de 1604-ben kiürítették"."""
    wanted = (
        "acc"
        if "acc" in draft.frame.object and draft.definite
        else "nom"
        if "nom" in draft.frame.object
        else ""
    )
    open_clause = not draft.clause.subordinator or draft.flags.temporal
    if not wanted or not open_clause or draft.background or draft.has_pronoun:
        return []
    if wanted == "nom" and not draft.clause.subordinator:
        subject = _last_subject_place(clauses, draft)
        if subject is not None:
            return [subject]
    for other in reversed(here):
        if (
            other.clause is draft.clause
            or (other.clause.low >= draft.clause.low and not draft.clause.subordinator)
            or other.flags.negated
            or not other.filled.objects
        ):
            continue
        if other.frame.kind in CONTROL_KINDS:
            return [group for group in other.filled.objects if group.kind != "unnamed"]
    return []


def _last_subject_place(clauses: list[Clause], draft: Draft) -> Group | None:
    """The place that was the subject just before: "Karvol was invested on 5 May and surrendered later"."""
    before = [c for c in clauses if c.low < draft.clause.low and not c.subordinator and c.finite is not None]
    if not before or any(g.kind == "actor" and g.case == "nom" for g in before[-1].groups):
        return None
    subjects = [g for g in before[-1].groups if g.kind == "place" and g.case == "nom" and not g.modifier]
    return subjects[0] if len(subjects) == 1 and subjects[0].maybe is None else None


def _left_behind(here: list[Draft], draft: Draft) -> list[Group]:
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


def _refs(
    cast: Cast, discourse: _Discourse, groups: list[Group], group: Group, role: str, draft: Draft
) -> list[PlaceRef]:
    """The place record of a phrase, and of what it is part of or lies near."""
    as_role: Role = role  # type: ignore[assignment]
    if role == "object" and _is_both(cast, group) and (both := _both(discourse, groups, group)):
        return both
    name, part_of = group.name, group.part_of
    kind = group.type
    if group.kind == "definite":
        antecedent = _antecedent(discourse, groups, group)
        if antecedent is None and discourse.topic and _same_class(None, group.type):
            antecedent = _topic(discourse, draft)
        if antecedent is None and role != "object":
            return []
        if antecedent is not None:
            name, kind = antecedent.name, antecedent.type or kind
            part_of = antecedent.part_of
            if group.piece:
                name, part_of = f"{antecedent.name} {group.piece}", antecedent.name
    elif group.kind == "unnamed":
        name = None
    partial = group.extent == "partial" or (
        role == "object" and not draft.over and (draft.flags.partial or draft.frame.extent == "partial")
    )
    refs = [
        PlaceRef(
            id=None,
            name=name,
            text=group.text,
            start=group.start,
            end=group.end,
            role=as_role,
            type=kind,
            extent="partial" if partial else "full",
            count=group.count,
            generic=group.generic,
            part_of=part_of,
            anchors=group.anchors or tuple(n.name for n in group.near if n.name and group.generic),
        )
    ]
    if part_of and role == "object":
        refs.append(
            PlaceRef(id=None, name=part_of, text=group.text, start=group.start, end=group.end, role="part-of")
        )
    refs += [
        PlaceRef(id=None, name=n.name, text=n.text, start=n.start, end=n.end, role="near", type=n.type)
        for n in group.near
        if n.name and role == "object"
    ]
    return refs


def _is_both(cast: Cast, group: Group) -> bool:
    return group.text.split(" ", 1)[0].lower() in cast.pack.sets["both"]


def _both(discourse: _Discourse, groups: list[Group], group: Group) -> list[PlaceRef]:
    """The last two places of the class, under their own names: "mindkét várat"."""
    found: list[Group] = []
    for named in reversed(
        [*discourse.named[-_REACH:], *(g for g in groups if g.name and g.last <= group.first)]
    ):
        if _same_class(named.type, group.type) and named.name not in {other.name for other in found}:
            found.append(named)
        if len(found) == 2:
            break
    return [
        PlaceRef(
            id=None, name=named.name, text=group.text, start=group.start, end=group.end, role="object",
            type=named.type or group.type, part_of=named.part_of, anchors=named.anchors, generic=named.generic,
        )
        for named in reversed(found)
    ]  # fmt: skip


def _antecedent(discourse: _Discourse, groups: list[Group], group: Group) -> Group | None:
    """The named place that a class noun refers back to: the last one of its class."""
    before = [
        *discourse.named[-_REACH:],
        *(g for g in groups if g.kind == "place" and g.name and g.last <= group.first),
    ]
    fitting = [
        named
        for named in reversed(before)
        if _same_class(named.type or discourse.types.get(named.name or ""), group.type)
    ]
    same = [
        named
        for named in fitting
        if not _other_size(named.type or discourse.types.get(named.name or ""), group.type)
    ]
    return next(iter((*same, *fitting)), None)


def _other_size(named: str | None, wanted: str | None) -> bool:
    """Whether a settlement is called a village where a city is meant, or the other way round."""
    small, large = {"village", "farm"}, {"city", "town"}
    return (named in small and wanted in large) or (named in large and wanted in small)


def _same_class(named: str | None, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if wanted in _SETTLEMENTS:
        return named is None or named in _SETTLEMENTS
    if wanted in {"hill", "mountain", "peak", "ridge"}:
        return named in {"hill", "mountain", "peak", "ridge"}
    return named == wanted


def _worth(draft: Draft) -> bool:
    """Whether a draft says anything: control needs a place, and holding needs a holder."""
    if draft.frame.kind not in CONTROL_KINDS:
        return draft.frame.kind not in {"advance", "siege"} or bool(draft.places)
    if not any(place.role == "object" for place in draft.places):
        return draft.frame.kind == "withdrawal" and draft.actor is not None
    if draft.bystanders:
        return False
    if draft.frame.kind == "handover" and draft.actor is None and draft.against is None:
        return any(
            place.role == "object" and place.name for place in draft.places
        )  # "handed over the hospital"
    if draft.frame.kind == "withdrawal":
        return (
            draft.actor is not None
            or draft.filled.actor is not None
            or not draft.filled.pronoun
            or draft.nominal
        )
    return draft.frame.kind != "hold" or draft.actor is not None


class _Marks:
    """The reference markers of an account by offset."""

    def __init__(self, account: Account) -> None:
        self.starts = [mark.start for mark in account.citations]
        self.labels = [mark.label for mark in account.citations]

    def of(self, draft: Draft) -> tuple[str, ...]:
        """The markers that stand behind an event inside its sentence: those in or right after its clause,
        else the next ones, else all of the sentence.
        """
        own = set(draft.sentence.citations)
        low = bisect_right(self.starts, draft.trigger[0])
        high = bisect_left(self.starts, draft.sentence.end)
        inner = list(range(low, high))
        if not inner:
            return draft.sentence.citations
        within = [k for k in inner if self.starts[k] <= draft.clause_end]
        behind = [k for k in inner if self.starts[k] > draft.clause_end]
        if not within and behind:
            within = self._run(behind)
        return (
            tuple(dict.fromkeys(self.labels[k] for k in within if self.labels[k] in own))
            or draft.sentence.citations
        )

    def _run(self, behind: list[int]) -> list[int]:
        """The first unbroken run of markers."""
        run = behind[:1]
        for k in behind[1:]:
            if self.starts[k] - self.starts[run[-1]] > len(self.labels[run[-1]]) + 4:
                break
            run.append(k)
        return run


def _event(account: Account, marks: _Marks, draft: Draft, name: str) -> Event:
    return Event(
        id=name,
        account=account.id,
        kind=draft.frame.kind,
        date=draft.date,
        actor=draft.actor,
        against=draft.against,
        places=tuple(draft.places),
        again=draft.again,
        hedged=draft.flags.hedged,
        attributed_to=draft.flags.attributed_to,
        negated=draft.flags.negated,
        trigger=Trigger(
            text=account.text[slice(*draft.trigger)], start=draft.trigger[0], end=draft.trigger[1]
        ),
        sentence=Span(start=draft.sentence.start, end=draft.sentence.end),
        citations=marks.of(draft),
        rule=draft.frame.rule,
        background=draft.background,
    )
