"""Which places a phrase means: names as they stand, and nouns by the name that they refer back to.

What does not belong here: one place under several spellings (``places``).
"""

from __future__ import annotations

from frontledger.events.discourse import Discourse
from frontledger.events.drafts import Draft
from frontledger.events.sides import Cast
from frontledger.mentions.groups import Group
from frontledger.model import PlaceRef, Role

__all__ = ["place_refs", "topic_place"]

_SETTLEMENTS = frozenset(
    {"city", "town", "village", "settlement", "suburb", "farm", "castle", "fortress", "citadel"}
)


_REACH = 12
"""How many named places back a class noun may refer."""


def place_refs(
    cast: Cast, discourse: Discourse, groups: list[Group], group: Group, role: str, draft: Draft
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
            antecedent = topic_place(discourse, draft)
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
        role == "object" and (draft.flags.partial or draft.frame.extent == "partial")
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


def _both(discourse: Discourse, groups: list[Group], group: Group) -> list[PlaceRef]:
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


def _antecedent(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
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


def topic_place(discourse: Discourse, draft: Draft) -> Group:
    """The account's place as the object of an entry, which shows it by its trigger alone."""
    start, end = draft.trigger
    return Group("place", 0, 0, start, end, discourse.text[start:end], name=discourse.topic)
