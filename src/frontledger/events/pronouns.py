"""Whom a pronoun means that is no plain dropped subject: "ők", "kezükre", "drove them out".

What belongs here: pronouns whose side is not simply whoever acted last.  What does not: subjects left out (``subjects``),
what "it" and "the city" refer back to (``antecedents``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.discourse import Discourse
from frontledger.events.drafts import Draft
from frontledger.events.sides import Cast
from frontledger.model import ActorRef

__all__ = ["driven_out", "meant_by_pronoun"]

_LATELY = 2
"""Sentences within which the last change of hands says who is meant."""


def meant_by_pronoun(
    cast: Cast, discourse: Discourse, draft: Draft, subject: ActorRef | None
) -> ActorRef | None:
    """Who acts where a pronoun is said or owns the hands into which something comes; ``subject`` is whoever acted last.

    "Ők" is somebody else than acted before; into whose hands a place comes has not just left another.
    """
    last = discourse.last if discourse.sentence - discourse.changed <= _LATELY else None
    if subject is None or last is None:
        return None if draft.switches else subject
    others = [side for side in (last.actor, last.against) if side is not None and side.id != subject.id]
    if draft.switches:
        return others[0] if others else None
    left = last.frame.kind == "withdrawal" and last.actor is not None and last.actor.id == subject.id
    if not left or draft.frame.kind != "capture":
        return subject
    sentence, gainer, _places = discourse.gained
    known = cast.names.get(gainer) if discourse.sentence - sentence <= _LATELY else None
    return known if known is not None and gainer != subject.id else (others[0] if others else None)


def driven_out(cast: Cast, discourse: Discourse, draft: Draft) -> ActorRef | None:
    """Whom "drove them out" means: whoever took something last, and acted last, where that is not who drives them."""
    last, subject = discourse.last, discourse.subject
    if not draft.frame.needs_against or draft.filled.against is not None or draft.passive:
        return None
    if draft.actor is None or draft.actor.text is None or last is None or subject is None:
        return None
    took = (
        last.frame.kind in {"capture", "handover"} and last.actor is not None and last.actor.id == subject.id
    )
    if not took or subject.id == draft.actor.id or cast.are_friends(subject.id, draft.actor.id):
        return None
    return msgspec.structs.replace(subject, text=None, inferred=True)
