"""A sentence under coding: its phrases, verbs, clauses and what they gave so far.

What belongs here: the noun and what may be asked of it alone.  What does not: coding (``coding``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.drafts import Draft
from frontledger.events.verbforms import Verb
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged
from frontledger.model import Sentence

__all__ = ["Scene", "is_positional", "tagged_so"]


class Scene(msgspec.Struct, eq=False):
    """One sentence, opened up for coding."""

    account: AccountTokens
    sentence: Sentence
    tagged: Tagged
    groups: list[Group]
    verbs: list[Verb]
    clauses: list[Clause]
    drafts: list[Draft] = []
    topic: str | None = None
    """The place that the account is about."""
    announcing: list[int] = []
    """Tokens that may announce something without a verb: nouns of happening, attributes."""


def is_positional(scene: Scene) -> bool:
    """Whether roles come from position and preposition rather than from case."""
    return scene.account.pack.names.pack.roles == "position"


def tagged_so(scene: Scene, clause: Clause, tag: str) -> list[int]:
    """Where a tag stands in a clause."""
    tags = scene.tagged.tags
    if tag not in tags:
        return []
    return [at for low, high in clause.ranges for at in range(low, high) if tags[at] == tag]
