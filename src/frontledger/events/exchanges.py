"""One place, left by one side and taken by another: what is told in two halves says who lost it to whom.

What belongs here: joining the halves.  What does not: opponents that no half names (``enmity``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.drafts import Draft
from frontledger.mentions.calendar import parse_iso
from frontledger.model import ActorRef

__all__ = ["join_halves"]

_GAINS = frozenset({"capture", "handover"})
_DAYS = 7
"""Days within which whoever comes is taken to come into what was left."""
_NEAR = 400
"""Characters within which two undated or loosely dated halves belong together."""


def join_halves(drafts: list[Draft]) -> None:
    """Let who left a place lose it to who came next, and the other way round, marked as inferred.

    "Karvol was abandoned by its Serb garrison and occupied by the corps": the garrison's side lost it to the corps.
    """
    last: dict[str, Draft] = {}
    for draft in drafts:
        kind = draft.frame.kind
        if draft.flags.negated or kind not in _GAINS | {"withdrawal"}:
            continue
        for name in [place.name for place in draft.places if place.role == "object" and place.name]:
            before = last.get(name)
            last[name] = draft
            if (
                before is None
                or before is draft
                or (before.frame.kind == "withdrawal") == (kind == "withdrawal")
            ):
                continue
            left, taken = (before, draft) if kind != "withdrawal" else (draft, before)
            if _are_halves(left, taken):
                _join(left, taken)


def _are_halves(left: Draft, taken: Draft) -> bool:
    """Whether one is told to come into what the other has just left."""
    if left.actor is not None and taken.actor is not None and left.actor.id == taken.actor.id:
        return False
    if taken.actor is None and taken.trigger < left.trigger:
        return False  # "after the fall of Karvol … leaving Karvol, the army marched": who left may be who took it
    same = left.sentence.start == taken.sentence.start
    if taken.again and not same and left.trigger < taken.trigger:
        return False  # "A abandoned Karvol. B retook it": who holds what is retaken came in between
    near = abs(left.trigger[0] - taken.trigger[0]) <= _NEAR
    came, went = taken.date, left.date
    if came.earliest is None or went.earliest is None or came.latest is None or went.latest is None:
        return same or (near and left.trigger < taken.trigger)
    if parse_iso(came.latest) < parse_iso(went.earliest):
        return False
    between = parse_iso(came.earliest) - parse_iso(went.latest)
    return between <= _DAYS and (near or same or between >= 0)


def _join(left: Draft, taken: Draft) -> None:
    alone = not taken.beside  # "the 27th Army and Romanian units": whose gain it is first, is not sure
    if left.against is None and alone and _is_told(taken.actor):
        left.against = _inferred(taken.actor)
    if taken.against is None and _is_told(left.actor):
        taken.against = _inferred(left.actor)


def _is_told(side: ActorRef | None) -> bool:
    return side is not None and not side.inferred


def _inferred(side: ActorRef | None) -> ActorRef | None:
    return None if side is None else msgspec.structs.replace(side, text=None, inferred=True)
