"""From drafts to event records: antecedents, sides, places, citations.

A draft is an event whose roles are still phrases.  This is the second pass over an account, in text order,
when all its actors and names are known.

What does not belong here: finding events (``coding``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import msgspec

from frontledger.events.antecedents import SETTLEMENTS, at_trigger, place_refs, refers_to, topic_place
from frontledger.events.carried import carried, note_change, sited_names
from frontledger.events.discourse import Discourse, Scene, is_located, known_types, located_names, main_place
from frontledger.events.drafts import Draft
from frontledger.events.enmity import ally, confront
from frontledger.events.links import linked
from frontledger.events.objects import land_before
from frontledger.events.omitted import (
    by_name,
    dropped_object,
    each_once,
    just_taken,
    lately_left,
    left_behind,
    regained,
    shared_object,
    spoken_of,
)
from frontledger.events.pronouns import driven_out, meant_by_pronoun
from frontledger.events.sides import Cast
from frontledger.events.subjects import (
    attacking,
    besieger,
    is_attack,
    note_defenders,
    remember,
    subject_before,
)
from frontledger.mentions.group import Group
from frontledger.model import (
    CONTROL_KINDS,
    Account,
    ActorRef,
    Event,
    EventDate,
    Span,
    Trigger,
)

__all__ = ["PassedOver", "finish"]


class PassedOver(NamedTuple):
    """Words that announce something and say too little for a record."""

    start: int
    end: int
    """Where the words stand in the account."""
    rule: str
    lack: str
    """What is missing: "no place", "no holder", …"""
    sentence: tuple[int, int]
    """Where their sentence stands."""


_OWNED = frozenset({"possessor", "pronoun"})
"""Labels under which a pronoun may be who gains: "kezükre", "their hands"."""
_BESIDE = 80
"""Characters within which a noun tells of an attack told before its sentence, as in a chronicle's entry."""
_PIECES = frozenset({"wall", "gate", "slope"})
"""Classes of what is a piece of a place even where the text does not say of which."""


def finish(
    account: Account,
    cast: Cast,
    drafts: list[Draft],
    scenes: list[Scene],
    topic: str | None = None,
    passed: list[PassedOver] | None = None,
) -> list[Event]:
    """The event records of an account, in text order; ``topic`` is the place that it is about.

    What was announced and says too little for a record goes to ``passed``.
    """
    discourse = Discourse(topic=topic, text=account.text)
    discourse.types = known_types(scenes, cast.pack.words.place_types)
    discourse.main = main_place(scenes, discourse.types, SETTLEMENTS)
    if cast.pack.names.pack.roles == "position":
        discourse.located = located_names(scenes)
    else:
        discourse.sited = sited_names(scenes)
    for groups, here, clauses in scenes:
        discourse.told = {
            id(group) for draft in here if not draft.flags.negated for group in draft.filled.objects
        }
        note_defenders(cast, discourse, clauses)
        for draft in here:
            _resolve(cast, discourse, (groups, here, clauses), draft)
        remember(cast, discourse, (groups, here, clauses))
    drafts = [draft for draft in drafts if draft.places or not draft.frame.after_loss]
    ally(cast, drafts)
    confront(cast, drafts)
    for draft in drafts:
        if draft.actor is not None and draft.against is not None and draft.actor.id == draft.against.id:
            draft.against = None
    kept: list[Draft] = []
    for draft in drafts:
        lack = _lacks(draft)
        if not lack:
            kept.append(draft)
        elif passed is not None:
            sentence = (draft.sentence.start, draft.sentence.end)
            passed.append(PassedOver(*draft.trigger, draft.frame.rule, lack, sentence))
    marks = _Marks(account)
    for draft in kept if account.links else ():
        draft.places = linked(account.links, draft.places)
    return [_event(account, marks, draft, f"e{number}") for number, draft in enumerate(kept, 1)]


def _is_told_plainly(draft: Draft) -> bool:
    """Whether a main clause states a capture, by nobody whom the pack does not know."""
    plain = draft.clause.subordinator == "" and not draft.flags.hedged
    return draft.frame.kind == "capture" and plain and not draft.stranger


def _resolve(cast: Cast, discourse: Discourse, scene: Scene, draft: Draft) -> None:
    groups, here, clauses = scene
    filled = draft.filled
    if draft.frame.repeats and not _repeat(discourse, draft):
        return
    subject: ActorRef | None = None
    if "before" in draft.frame.actor:
        subject, draft.attacked = besieger(discourse, groups, here, draft)
    elif not cast.is_said(filled.actor):
        subject = cast.resolve(draft.teller, None) or subject_before(cast, discourse, scene, draft)
        if filled.actor is None and (draft.switches or not _OWNED.isdisjoint(draft.frame.actor)):
            subject = meant_by_pronoun(cast, discourse, draft, subject)
    attacker = attacking(discourse, groups, draft)
    draft.actor = draft.echo or cast.resolve(filled.actor, subject, attacker, discourse.band)
    if draft.stranger:
        filled.pronoun = False
    elif draft.passive and filled.actor is None and _is_told_plainly(draft):
        draft.attacker = besieger(discourse, groups, here, draft)[0]
    if draft.actor is None and filled.actor is None and filled.pronoun and not draft.bystanders:
        draft.actor = msgspec.structs.replace(subject, text=None) if subject else None
    if not draft.frame.repeats:
        draft.against = cast.resolve(filled.against, None, attacker, discourse.band)
    if (
        "before" in draft.frame.actor
        and filled.actor is None
        and draft.against is None
        and not draft.attacked
    ):
        draft.against = _defender(discourse, groups, draft)
        draft.actor = None if draft.against is not None else draft.actor
    if draft.against is None:
        draft.against = driven_out(cast, discourse, draft)
    if draft.own:
        draft.actor, filled.pronoun = None, False
    if draft.against is not None and draft.actor is not None and draft.against.id == draft.actor.id:
        if cast.is_said(filled.against) and not cast.is_said(filled.actor):
            draft.actor = None  # "forced the general to leave": whoever it was, not their enemy
        else:
            draft.against = None
    for other in draft.beside if draft.frame.kind != "clash" else ():
        cast.befriend(draft.actor, cast.resolve(other, None))
    if draft.announcer is not None and (draft.actor is None or draft.actor.text is None):
        side = cast.resolve(draft.announcer, None)
        if side is not None and cast.is_party(side.id):
            draft.actor = msgspec.structs.replace(side, text=None, inferred=True)
    if draft.nominal and draft.actor is None and draft.against is None and not draft.flags.negated:
        _gain_by_attack(cast, discourse, here, draft)
    if draft.entry and draft.frame.kind in {"capture", "handover"}:
        _succeed(discourse, draft)
    objects = list(filled.objects)
    if draft.frame.close and draft.frame.kind == "handover":  # a commander comes to terms, too
        objects = [g for g in objects if g.case == "garrison" or is_located(discourse, g)]
    if not objects and filled.relative and filled.relative in draft.frame.object:
        before = [g for g in groups if g.kind != "actor" and g.last <= draft.clause.low and not g.modifier]
        before += [
            land
            for g in groups
            if (land := land_before(draft.clause, g)) is not None and not _is_of_description(groups, g)
        ]
        if draft.pronoun_before:
            before = []  # "mindazt, amit megszerzett": no place is meant
        meant = spoken_of(before)
        objects = [g for g in before if g is meant or (meant is not None and g.head is meant)]
    if not objects and draft.frame.kind in CONTROL_KINDS:
        objects = dropped_object(cast, discourse, here, clauses, draft) or shared_object(clauses, draft)
        if not objects and discourse.sited and draft.frame.kind != "hold":
            objects = carried(discourse, groups, draft)
        if discourse.sited:
            filled.objects = list(objects)  # what a later clause leaves out is this
    if draft.frame.after_loss:
        left = {g.name: g for g in lately_left(discourse, groups, here, draft)}
        objects = [g for g in objects if g.name in left] if filled.objects else list(left.values())
        if not objects:
            return
    if not objects and draft.ousts:
        objects = regained(discourse, draft)
    if any(group.named for group in objects):
        objects = by_name(objects, filled)
    taken: list[Group] = []
    if (
        not objects
        and all(role == "direction" for _, role in filled.others)
        and draft.frame.kind == "withdrawal"
        and draft.frame.verbs
        and not draft.infinitive
        and not draft.other_object
    ):
        taken = just_taken(discourse, draft)
    if discourse.topic and (draft.entry or _leaves(draft)):
        objects = [topic_place(discourse, draft), *objects]
    if draft.frame.kind in CONTROL_KINDS:  # who takes a wall has not taken what it guards
        objects = [g for g in objects if g.name or g.type not in _PIECES]
    inherited: list[Group] = []
    if not objects and draft.frame.kind == "withdrawal":
        inherited = left_behind(here, draft)
    aimed = draft.frame.kind != "advance" or bool(filled.objects or filled.others)
    if draft.actor is not None and is_attack(draft) and aimed and not draft.background:
        discourse.attacker, discourse.attacked = draft.actor, discourse.sentence
        discourse.attack_day = draft.date.latest
        if draft.frame.kind in {"attack", "offensive", "siege"} and not draft.flags.negated:
            discourse.attack = (draft.trigger[1], draft.actor)
        if draft.frame.kind in {"attack", "offensive", "siege"}:
            for group in (*filled.objects, *(place for place, _role in filled.others)):
                if group.name:
                    discourse.attacks[group.name] = draft.actor
    elif draft.actor is None and draft.passive and draft.frame.kind in {"attack", "siege"}:
        discourse.attacker = None  # "the fortress was invested": by whom is not said
    for group in objects or inherited:
        draft.places += place_refs(cast, discourse, groups, group, "object", draft)
    for group in taken if not draft.places else ():
        draft.places += place_refs(
            cast, discourse, groups, at_trigger(discourse, draft, group), "object", draft
        )
    if draft.frame.kind in CONTROL_KINDS - {"hold"} and not draft.flags.negated:
        discourse.last, discourse.changed = draft, discourse.sentence
        note_change(discourse, draft)
    if draft.frame.kind == "capture" and draft.actor is not None and objects and not draft.flags.negated:
        discourse.gained = (discourse.sentence, draft.actor.id, objects)
    for group, role in filled.others:
        draft.places += place_refs(cast, discourse, groups, group, role, draft)
    draft.places = each_once(draft.places)


def _is_of_description(groups: list[Group], group: Group) -> bool:
    """Whether a land only belongs to what describes the place before it: "Karvol, the capital of Poland, which …"."""
    return any(other.modifier and 0 < group.first - other.last <= _OF_THE for other in groups)


_OF_THE = 2
"""Tokens between a noun and whose it is: "of the"."""


def _succeed(discourse: Discourse, draft: Draft) -> None:
    """Whoever takes the place has it; an entry that names nobody ("Liberated in June.") takes it from who had it."""
    if draft.flags.negated or draft.flags.hedged or draft.flags.partial or draft.frame.extent == "partial":
        return
    if draft.actor is not None:
        discourse.possessor = draft.actor
    elif draft.filled.actor is None and draft.against is None and discourse.possessor is not None:
        draft.against = msgspec.structs.replace(discourse.possessor, text=None, inferred=True)
        discourse.possessor = None


def _gain_by_attack(cast: Cast, discourse: Discourse, here: list[Draft], draft: Draft) -> None:
    """What a noun tells without a name is the gain of whoever took something in the same sentence ("…, followed by
    the seizure of X"), went on after it ("after the capture of X, the army advanced"), or attacked in the same line
    ("Malinovszkij offenzívája; Gyula elvesztése").
    """
    if draft.after and draft.frame.kind == "capture" and not draft.liberates:
        going_on = [
            d
            for d in here
            if d.frame.kind in {"advance", "capture"} and not d.flags.negated and not d.nominal
        ]
        sides = [side for d in going_on if (side := cast.resolve(d.filled.actor, None)) is not None]
        if sides:
            draft.actor = msgspec.structs.replace(sides[0], text=None, inferred=True)
            return
    before = [
        d.actor for d in here
        if d.trigger[0] < draft.trigger[0] and d.frame.kind == "capture" and d.actor is not None and d.actor.text and not d.flags.negated
    ]  # fmt: skip
    if before and draft.frame.kind == "capture":
        draft.actor = msgspec.structs.replace(before[-1], text=None, inferred=True)
        return
    told, side = discourse.attack
    between = discourse.text[told : draft.trigger[0]]
    if (
        side is None
        or told < 0
        or "\n" in between
        or (told < draft.sentence.start and len(between) > _BESIDE)
    ):
        return
    gainer = msgspec.structs.replace(side, text=None, inferred=True)
    if draft.frame.kind in {"capture", "handover"}:
        draft.actor = gainer
    elif draft.frame.kind == "withdrawal" and draft.filled.actor is None:
        draft.against = gainer


def _defender(discourse: Discourse, groups: list[Group], draft: Draft) -> ActorRef | None:
    """Who was told before to defend what falls: they lose it."""
    for group in draft.filled.objects:
        named = group.name
        if named is None and group.kind == "definite":
            meant = refers_to(discourse, groups, group)
            named = meant.name if meant is not None else None
        if named in discourse.defends:
            return msgspec.structs.replace(discourse.defends[named], text=None, inferred=True)
    return None


def _repeat(discourse: Discourse, draft: Draft) -> bool:
    """Make of "Dundee followed" what was told last; whether anything was told."""
    last = discourse.last
    if last is None or discourse.sentence - discourse.changed > 1:
        return False
    draft.flags = msgspec.structs.replace(last.flags, again=False)
    same = last.actor if last.frame.kind != "withdrawal" else last.against  # who left took nothing
    draft.actor = msgspec.structs.replace(same, text=None, inferred=True) if same else None
    if same is None and last.frame.kind == "withdrawal" and last.actor is not None:
        draft.against = msgspec.structs.replace(last.actor, text=None, inferred=True)
    draft.filled.actor, draft.filled.pronoun = None, False
    draft.echo = draft.actor
    return True


def _leaves(draft: Draft) -> bool:
    """Whether somebody leaves without a word of where from or where to."""
    filled = draft.filled
    known = filled.actor is not None and not filled.objects and not filled.others
    return known and draft.frame.kind == "withdrawal" and bool(draft.frame.verbs)


def _lacks(draft: Draft) -> str:
    """What a draft lacks to say anything, empty where nothing: control needs a place, and holding a holder."""
    kind = draft.frame.kind
    if kind not in CONTROL_KINDS:
        placed = any(place.role == "object" or not draft.frame.needs_object for place in draft.places)
        wanted = kind in {"advance", "siege"} or draft.frame.needs_object
        return "no place" if wanted and not placed else ""
    if not any(place.role == "object" for place in draft.places):
        moved = kind == "withdrawal" and draft.actor is not None and bool(draft.places)
        return "" if moved else "no place"  # "withdrew to Karvol" moves somebody, "retreated" nobody
    if draft.bystanders and kind != "handover":  # a mayor, the citizens can give a town away, not keep it
        return "civilians"
    if kind == "handover" and draft.actor is None and draft.against is None:
        named = any(place.role == "object" and place.name for place in draft.places)
        return "" if named else "no side and no name"  # "handed over the hospital"
    if kind == "withdrawal":
        known = draft.actor is not None or draft.filled.actor is not None
        yielded = draft.yields and any(place.role == "object" and place.name for place in draft.places)
        said = known or yielded or not draft.filled.pronoun or draft.nominal
        return "" if said else "nobody who leaves"
    return "no holder" if kind == "hold" and draft.actor is None else ""


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


def _end_dropped(draft: Draft) -> EventDate:
    """The date without its end where only some of a place was held until then: that end settles nothing."""
    some = draft.frame.extent != "partial" and any(ref.extent == "partial" for ref in draft.places)
    return (
        msgspec.structs.replace(draft.date, until=None)
        if draft.date.until is not None and some
        else draft.date
    )


def _event(account: Account, marks: _Marks, draft: Draft, name: str) -> Event:
    return Event(
        id=name,
        account=account.id,
        kind=draft.frame.kind,
        date=_end_dropped(draft),
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
