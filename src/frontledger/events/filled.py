"""The phrases that fill the roles of a frame, and the label that a phrase bears.

What belongs here: the record and its words.  What does not: who is put into it (``roles``).
"""

from __future__ import annotations

import msgspec

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["Filled", "label"]


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


def label(tagged: Tagged, group: Group) -> str:
    """The case label of a phrase; locating postpositions and words of vicinity win over its case."""
    before = group.first - 1
    while before >= 0 and tagged.tags[before] == "d":
        before -= 1
    if before >= 0 and tagged.tags[before] == "!" and group.kind != "actor":
        return "except"  # "Karvolt foglalta el, nem Derint"
    at = group.last
    if group.kind != "actor" and _is_left_out(tagged, at):
        return "except"  # "Karvolt elfoglalták, Derint azonban nem"
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


def _is_left_out(tagged: Tagged, at: int) -> bool:
    """Whether a denial stands behind a phrase that ends at token ``at``, and nothing behind that."""
    while at < len(tagged.tags) and tagged.tags[at] in "gazh":
        at += 1
    return tagged.tags[at : at + 1] == ["!"] and (tagged.tags[at + 1 : at + 2] or ["."])[0] in _CLOSING


_CLOSING = frozenset(".,;:c)")
"""Tags that close a member of a list, or a clause."""
