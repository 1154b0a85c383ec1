"""What a headline tells: "Visszafoglalta Lalibelát a hadsereg" above a dispatch.

A headline says in advance what the account goes on to tell, so it takes the date of the telling; what it states, it states.

What does not belong here: headings that only name their section.
"""

from __future__ import annotations

import msgspec

from frontledger.events.drafts import Draft
from frontledger.model import Account, Sentence

__all__ = ["headline", "retell"]

_SHORTEST = 3
"""Words from which on a heading may be a sentence."""


def headline(account: Account) -> Sentence | None:
    """The heading that opens the account, as a sentence without citations; None where it opens otherwise."""
    block = account.blocks[0] if account.blocks else None
    if block is None or block.kind != "heading":
        return None
    if len(account.text[block.start : block.end].split()) < _SHORTEST:
        return None
    return Sentence(start=block.start, end=block.end, block=0, citations=())


def retell(drafts: list[Draft], told: list[Draft]) -> list[Draft]:
    """Those drafts of a headline that a finite verb announces, dated as where they are told again."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.nominal or draft.background or draft.clause.finite is None or not draft.filled.objects:
            continue
        names = {group.name for group in draft.filled.objects if group.name}
        again = next(
            (
                other
                for other in told
                if other.frame.kind == draft.frame.kind
                and not other.flags.negated
                and any(group.name in names for group in other.filled.objects)
            ),
            None,
        )
        if again is not None:
            draft.date = msgspec.structs.replace(again.date, basis="inherited", text=None)
        kept.append(draft)
    return kept
