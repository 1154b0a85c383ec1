"""Who fights whom: commanders to sides, opponents, and gainers that the text leaves out.

Only what is safe is inferred, and every inference is marked: the other of two sides, the last holder of the
place that is taken.

What does not belong here: naming sides (``sides``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

import msgspec

from frontledger.events.drafts import Draft
from frontledger.events.exchanges import join_halves
from frontledger.events.sides import Cast, main_two
from frontledger.mentions.calendar import parse_iso
from frontledger.model import CONTROL_KINDS, ActorRef, EventDate

__all__ = ["ally", "confront"]

_SURE = 3
"""Explicit captures before one side counts as the advancing one."""
_GAINS = frozenset({"capture", "handover"})
_CAMPAIGN = 365
"""Days within which what fell once is taken for the same fall told again."""
_OWN_SHARE = 6
"""One event in so many told in the first person makes an account the teller's own."""
_WAR = 1500
"""Days within which a side that takes nearly everything goes on doing so."""
_ONE_WAR = 20
"""Years within which the enemy of one of two sides is taken to fight for the other."""
_ONE_AGE = 100
"""Years within which the two chief sides of an account may be each other's opponents throughout."""
_ROUNDS = 4
"""The enemy of an enemy's enemy: how far allegiance is followed."""


class Tenure(NamedTuple):
    """Who was told to have gained a place last."""

    holder: ActorRef
    kind: str
    date: EventDate
    hedged: bool
    whole: bool
    """A fact about all of the place."""


def ally(cast: Cast, drafts: list[Draft]) -> None:
    """Give commanders known by name alone to the side whose enemy they fight.

    A commander takes places from whoever held them; the chief opponent of that side is theirs.  Where the
    account shows no enemy of theirs, they stay a side of their own.
    """
    enemies: dict[str, Counter[str]] = defaultdict(Counter)
    holders: dict[str, str] = {}
    for draft in drafts:
        if draft.flags.negated or (draft.frame.kind == "handover" and draft.again):
            continue  # what is given back is given to a friend
        gainer, loser = _exchange(draft)
        names = [place.name for place in draft.places if place.role == "object" and place.name]
        losers = {loser} if loser else {holders[name] for name in names if name in holders}
        if gainer:
            for other in losers - {gainer, None}:
                enemies[gainer][other] += 1
                enemies[other][gainer] += 1
        for name in names:
            if gainer:
                holders[name] = gainer
            elif draft.frame.kind == "withdrawal" and loser:
                holders[name] = loser  # whoever comes next takes it from them
    for _round in range(_ROUNDS if _years(drafts) <= _ONE_WAR else 0):
        if not _enlist(cast, enemies):
            break
    for draft in drafts:
        draft.actor, draft.against = cast.enlisted(draft.actor), cast.enlisted(draft.against)
        if draft.actor is not None and draft.against is not None and draft.actor.id == draft.against.id:
            draft.against = None


def _years(drafts: list[Draft]) -> int:
    """How many years an account spans."""
    told = [int(day[:-6]) for draft in drafts if (day := draft.date.earliest) is not None]
    return max(told) - min(told) if told else 0


def _enlist(cast: Cast, enemies: dict[str, Counter[str]]) -> bool:
    """One round of giving commanders to sides; whether any was given."""
    main = cast.main_sides()  # only between two sides is the enemy's enemy a friend for certain
    changed = False
    for leader, against in enemies.items():
        if cast.is_named(leader) or leader in cast.crowds or leader in cast.banner:
            continue
        foes = Counter[str]()
        for other, count in against.items():
            side = cast.banner.get(other, other)
            if cast.is_named(side):
                foes[side] += count
        if not foes:
            continue
        foe = foes.most_common(1)[0][0]
        friends = [side for side in main if side not in foes]
        friend = friends[0] if foe in main and len(main) == 2 and friends else None
        if friend is not None:
            cast.enlist(leader, friend)
            changed = True
    return changed


def _exchange(draft: Draft) -> tuple[str | None, str | None]:
    """(gainer, loser) as far as the draft says."""
    actor = draft.actor.id if draft.actor is not None else None
    against = draft.against.id if draft.against is not None else None
    if draft.frame.kind == "withdrawal":
        return against, actor
    if draft.frame.kind in {"capture", "handover", "hold"}:
        return actor, against
    return None, None


def confront(cast: Cast, drafts: list[Draft]) -> None:
    """Fill in opponents and unnamed gainers, marked as inferred."""
    sides: list[str] = []
    for draft in drafts:
        if draft.actor is not None and draft.against is not None:
            cast.estrange(draft.actor, draft.against)  # what the text says: nothing is inferred yet
            said = not (draft.flags.negated or draft.actor.inferred or draft.against.inferred)
            cast.fought[frozenset((draft.actor.id, draft.against.id))] += said
        if draft.frame.kind in CONTROL_KINDS:
            sides += [
                side.id for side in (draft.actor, draft.against) if side is not None and not side.inferred
            ]
    join_halves(drafts)
    counted = Counter(sides)
    sides = [
        side for side in sides if counted[side] > 1 or cast.is_named(side)
    ]  # one man's stand makes no party
    cast.weights = Counter(sides)
    two = main_two(Counter(sides).most_common()) or list(dict.fromkeys(sides))
    if len(two) == 2 and not cast.are_told(two):
        two = []  # one of them named in passing is not everybody's enemy
    if len(two) == 2 and two[1] in cast.camp(two[0]):
        two = _other_camp(cast, two)
    if len(two) != 2:
        two = cast.opposed or _adversaries(cast, drafts)
    winner = _advancing(drafts) or _pushing(cast, drafts, two)
    advances = _days_of(drafts, winner)
    if _years(drafts) > _ONE_AGE:
        two, winner = [], None  # a chronicle of many wars
    if _is_own_account(drafts):  # the teller's side is a third that the text does not name
        two, winner, cast.alliance = [], None, None
    free = _liberator(cast, drafts, two)
    tenure: dict[str, list[Tenure]] = {}
    for draft in drafts:
        names = [place.name for place in draft.places if place.role == "object" and place.name]
        if draft.own:
            for name in names if not draft.flags.negated else ():
                tenure.pop(name, None)
            continue
        held = next((_holding(tenure[name], draft) for name in names if name in tenure), None)
        if held is not None and draft.nominal:
            _date_back(draft, [told for name in names for told in tenure.get(name, ())])
        if held is not None and _is_retold(draft, held) and not (draft.liberates and free is not None):
            _retell(cast, draft, held, two)
        if draft.secures and held is not None and draft.actor is None and draft.against is None:
            draft.actor = _inferred(held.holder)
        if draft.liberates and draft.actor is None and draft.against is None:
            draft.actor = free
        lately = winner if _is_near(draft, advances) else None
        _complete(cast, draft, held.holder if held is not None else None, two, lately)
        if draft.flags.negated or draft.frame.kind not in CONTROL_KINDS:
            continue
        if draft.frame.extent == "partial":
            continue  # who contests a place does not hold it
        gainer = draft.against if draft.frame.kind == "withdrawal" else draft.actor
        parts = {place.name for place in draft.places if place.extent == "partial"}
        for name in names:
            if gainer is not None:
                fact = not (draft.flags.hedged or draft.flags.partial or name in parts)
                whole = draft.frame.kind in _GAINS and fact
                told = Tenure(gainer, draft.frame.kind, draft.date, draft.flags.hedged, whole)
                tenure.setdefault(name, []).append(told)


def _is_own_account(drafts: list[Draft]) -> bool:
    """Whether the teller takes part: a diary or a communiqué, not a dispatch that quotes somebody."""
    own = sum(draft.own for draft in drafts)
    return own * _OWN_SHARE >= len(drafts) and own > 0


def _other_camp(cast: Cast, two: list[str]) -> list[str]:
    """The chief two sides where the two that take most are friends: the first of them, and whom the account names
    most beside them.
    """
    friends = cast.camp(two[0]) | cast.camp(two[1])
    others = [(side, count) for side, count in cast.counts.most_common() if side not in friends and count > 1]
    if not others or (len(others) > 1 and others[1][1] * 3 > others[0][1]):
        return []
    return [two[0], others[0][0]]


def _holding(told: list[Tenure], draft: Draft) -> Tenure:
    """The gain that a draft looks back at: one of its own day, else the last that was told."""
    day = draft.date.earliest
    return next((one for one in reversed(told) if day is not None and one.date.earliest == day), told[-1])


def _is_retold(draft: Draft, held: Tenure) -> bool:
    """Whether a draft that names nobody looks back at how the place came to its holder.

    What has fallen once and not been lost since has no new taker: only "recaptured" says that it changed hands
    again.
    """
    same = draft.date.earliest is not None and draft.date.earliest == held.date.earliest
    if _is_later(draft, held) and not draft.nominal:
        return False  # "…, which the Turks had taken in 1097, was carried on 15 July 1099"
    guessed = "before" in draft.frame.actor and draft.actor is not None and draft.actor.text is None
    told = draft.actor is not None and not (guessed and (same or not draft.attacked))
    if told or draft.against is not None:
        return False
    if held.kind == "withdrawal":
        # "they had left the town … The town had fallen", "… The capture of the town"
        looks_back = draft.nominal and (same or draft.date.basis not in {"explicit", "undated"})
        return draft.frame.kind in _GAINS and (looks_back or (same and "before" in draft.frame.actor))
    if held.kind not in {"capture", "handover"}:
        return False
    back = draft.nominal or draft.flags.temporal
    if draft.frame.kind in {"capture", "handover"}:
        return back or held.hedged or not draft.again
    looks_back = draft.nominal and draft.after  # "after the loss of Karvol": what was told as its capture
    return (
        draft.frame.kind == "withdrawal"
        and back
        and (looks_back or draft.date.earliest == held.date.earliest)
    )


def _is_later(draft: Draft, held: Tenure) -> bool:
    """Whether a draft states a date of its own that lies more than a campaign behind the gain told before."""
    if (
        draft.date.basis not in {"explicit", "relative"}
        or draft.date.earliest is None
        or held.date.latest is None
    ):
        return False
    return parse_iso(draft.date.earliest) > parse_iso(held.date.latest) + _CAMPAIGN


def _date_back(draft: Draft, told: list[Tenure]) -> None:
    """Date a noun that speaks of a gain told before, and does not say when that was, by that telling: "after the
    capture of Karvol", or in a section of its own.
    """
    if draft.frame.kind not in _GAINS or draft.date.basis not in {"inherited", "bounded", "undated"}:
        return
    if draft.date.basis == "inherited" and not draft.after:
        return
    days = {
        one.date.edtf: one.date
        for one in told
        if one.whole
        and (draft.actor is None or draft.actor.id == one.holder.id)
        and one.date.latest is not None
        and (draft.date.latest is None or parse_iso(one.date.latest) <= parse_iso(draft.date.latest))
    }
    if len(days) == 1:
        draft.date = msgspec.structs.replace(next(iter(days.values())), basis="inherited", text=None)
    elif days and draft.date.latest is not None:  # told more than once: which of them is meant is not said
        latest = draft.date.latest
        draft.date = EventDate(edtf=f"../{latest}", earliest=None, latest=latest, basis="bounded")


def _retell(cast: Cast, draft: Draft, held: Tenure, two: list[str]) -> None:
    if draft.frame.kind == "withdrawal":
        draft.actor, draft.against = cast.opponent(held.holder, two), _inferred(held.holder)
    else:
        draft.actor, draft.attacked = _inferred(held.holder), True  # whose it is now, took it


def _liberator(cast: Cast, drafts: list[Draft], two: list[str]) -> ActorRef | None:
    """The one side whose captures the account calls liberations."""
    found: dict[str, ActorRef] = {}
    for draft in drafts:
        if draft.liberates and not draft.flags.negated:
            side = draft.actor if draft.actor is not None and draft.actor.text else None
            if side is None and draft.against is not None:
                side = cast.opponent(draft.against, two)
            if side is not None:
                found[side.id] = side
    return _inferred(next(iter(found.values()))) if len(found) == 1 else None


def _advancing(drafts: list[Draft]) -> ActorRef | None:
    """The side that takes nearly everything whose taker is told; None where there is no such side."""
    takers: Counter[str] = Counter()
    sides: dict[str, ActorRef] = {}
    for draft in drafts:
        if (
            draft.frame.kind == "capture"
            and draft.actor is not None
            and draft.actor.text
            and not draft.flags.negated
        ):
            takers[draft.actor.id] += 1
            sides[draft.actor.id] = draft.actor
    if not takers:
        return None
    side, count = takers.most_common(1)[0]
    return sides[side] if count >= _SURE and count * 4 >= sum(takers.values()) * 3 else None


def _adversaries(cast: Cast, drafts: list[Draft]) -> list[str]:
    """The two sides that the account names most, where no third both gains and loses."""
    two = cast.adversaries()
    changes = [draft for draft in drafts if not draft.flags.negated and draft.frame.kind in CONTROL_KINDS]
    told = [_exchange(draft) for draft in changes]
    return [] if {gainer for gainer, _ in told} & {loser for _, loser in told} - {*two, None} else two


def _pushing(cast: Cast, drafts: list[Draft], two: list[str]) -> ActorRef | None:
    """The one of the two sides that gains, where the other is only ever told to lose; None where both gain, or
    too little is told.
    """
    gains: Counter[str] = Counter()
    losses: Counter[str] = Counter()
    for draft in drafts:
        if draft.flags.negated or draft.frame.kind not in CONTROL_KINDS - {"hold"}:
            continue
        places = sum(place.role == "object" for place in draft.places)
        gainer, loser = _exchange(draft)
        gains[gainer or ""] += places
        losses[loser or ""] += places
    for side, other in (two, two[::-1]) if len(two) == 2 else ():
        if gains[side] and not gains[other] and losses[other] >= _SURE and not losses[side]:
            return _inferred(cast.names[side]) if side in cast.names else None
    return None


def _days_of(drafts: list[Draft], winner: ActorRef | None) -> list[int]:
    """The days on which the advancing side is told to have taken something."""
    return [
        parse_iso(draft.date.earliest)
        for draft in drafts
        if winner is not None
        and draft.frame.kind == "capture"
        and draft.actor is not None
        and draft.actor.text
        and draft.actor.id == winner.id
        and draft.date.earliest is not None
    ]


def _is_near(draft: Draft, days: list[int]) -> bool:
    """Whether a draft belongs to the campaign of these days, as far as dates tell."""
    if draft.date.earliest is None or not days:
        return True
    day = parse_iso(draft.date.earliest)
    return any(abs(day - other) <= _WAR for other in days)


def _complete(
    cast: Cast, draft: Draft, held: ActorRef | None, two: list[str], winner: ActorRef | None
) -> None:
    kind = draft.frame.kind
    if kind == "withdrawal":
        if draft.actor is None and draft.against is not None:
            draft.actor = cast.opponent(draft.against, two)
        if (
            draft.actor is None
            and held is not None
            and (draft.against is None or draft.against.id != held.id)
        ):
            draft.actor = _inferred(held)
        if draft.actor is None and draft.against is None and winner is not None:
            draft.actor, draft.against = cast.opponent(winner, two), _inferred(winner)
    elif kind in {"capture", "handover"} and "before" in draft.frame.actor and (
        draft.actor is None or draft.actor.text is None
    ):  # fmt: skip
        if draft.against is not None:
            draft.actor = cast.opponent(draft.against, two)
        elif held is not None and draft.actor is not None and draft.attacked and draft.actor.id == held.id:
            draft.actor = _inferred(draft.actor)  # "took Derin, which surrendered on the 7th"
        elif held is not None and (draft.actor is None or draft.actor.id == held.id):
            draft.actor = cast.opponent(held, two)
        elif draft.actor is None and draft.liberates and winner is not None:
            draft.actor = _inferred(winner)
        elif draft.actor is not None:
            draft.actor = _inferred(winner if winner is not None and not draft.attacked else draft.actor)
    elif kind in {"capture", "handover"} and draft.actor is None:
        draft.actor = cast.opponent(draft.against or held, two)
        taker = winner or (
            draft.attacker if draft.attacker is not None and draft.attacker.id in two else None
        )
        if draft.actor is None and taker is not None and (held is None or held.id != taker.id):
            draft.actor = _inferred(taker)
    told = draft.against is not None and draft.against.text is not None
    if draft.frame.needs_against and held is not None and not told and _dropped_is(draft, held):
        draft.actor, draft.against = cast.opponent(held, two), _inferred(held)
    if draft.against is None and draft.actor is not None:
        surely = len(two) == 2 and draft.actor.id in two
        gains = kind in CONTROL_KINDS - {"withdrawal"}
        if held is not None and cast.are_friends(held.id, draft.actor.id):
            held = None
        if not surely and gains and held is not None and held.id != draft.actor.id:
            draft.against = _inferred(held)
            return
        rival = cast.opponent(draft.actor, two)
        if surely or not gains or (rival is not None and cast.is_surely_fought(draft.actor.id, rival.id)):
            draft.against = rival  # of a war of alliances only whom one is told to fight loses to one
        if (
            draft.against is None
            and held is not None
            and held.id != draft.actor.id
            and kind in CONTROL_KINDS - {"withdrawal"}
        ):
            draft.against = _inferred(held)


def _dropped_is(draft: Draft, held: ActorRef) -> bool:
    """Whether a subject that the text leaves out would drive itself out ("…, ahonnan kiűzték")."""
    return draft.actor is not None and draft.actor.text is None and draft.actor.id == held.id


def _inferred(side: ActorRef) -> ActorRef:
    return msgspec.structs.replace(side, text=None, inferred=True)
