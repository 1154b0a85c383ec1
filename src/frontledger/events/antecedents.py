"""Which places a phrase means: names as they stand, and nouns by the name that they refer back to.

What does not belong here: one place under several spellings (``places``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.discourse import Discourse, Named, is_located
from frontledger.events.drafts import Draft
from frontledger.events.pairs import one_of_pair
from frontledger.events.sides import Cast
from frontledger.mentions.group import Group
from frontledger.model import PlaceRef, Role

__all__ = ["SETTLEMENTS", "at_trigger", "place_refs", "refers_to", "topic_place", "weigh"]

SETTLEMENTS = frozenset(
    {"city", "town", "village", "settlement", "suburb", "farm", "castle", "fortress", "citadel"}
)
_URBAN = frozenset({"city", "town"})
_INNER = frozenset({"castle", "citadel"})
"""Classes of what stands inside a settlement."""


_REACH = 12
"""How many named places back a class noun may refer."""
_FAR = 6
"""How many sentences back."""
_AGO = 3
"""What a sentence between costs."""
_HERE = 1
"""What the same sentence is worth."""
_FLED = 12
"""What it costs that somebody just withdrew to it: "withdrew to Derin, and the army entered the town" is no Derin."""
_SAID = 3
"""What it is worth that the name was given with its class: "the village of Karvol"."""
_LANDMARK = frozenset(
    {"near", "from-near", "between", "via", "except", "owner", "from", "source", "part", "ela", "del", "abl"}
)
"""Labels of places that only say where something else is."""
_BESIDE = frozenset(
    {"near", "from-near", "between", "via", "except", "owner", "none", "by", "with", "according"}
)
"""Labels of names that no pronoun stands for unless the account is about them."""
_FOCUS = frozenset({"acc", "nom", "direction", "in", "into", "on", "of", "ine", "ill", "sub"})
"""Labels of places that a sentence leads to."""


def place_refs(
    cast: Cast, discourse: Discourse, groups: list[Group], group: Group, role: str, draft: Draft
) -> list[PlaceRef]:
    """The place record of a phrase, and of what it is part of or lies near."""
    as_role: Role = role  # type: ignore[assignment]
    count = _how_many(cast, group) if role == "object" else 0
    if count and (told := _last_told(discourse, groups, group, count)):
        return told
    name, part_of = group.name, group.part_of
    kind = group.type
    antecedent: Group | None = None
    if group.kind == "definite":
        discourse.leaving = draft.frame.kind == "withdrawal"
        antecedent = _meant(discourse, groups, group)
        discourse.leaving = False
        if antecedent is None and discourse.topic and _same_class(None, group.type):
            antecedent = topic_place(discourse, draft)
        if antecedent is None and role != "object":
            return []
        if role == "near" and antecedent is not None and _is_object(draft, antecedent):
            return []  # a place is not near itself
        if antecedent is not None:
            name, kind = antecedent.name, antecedent.type or kind
            part_of = antecedent.part_of
            if role == "object" and group.type in _INNER and _is_object(draft, antecedent):
                name, kind, part_of = None, group.type, antecedent.name  # "Karvol, köztük a fellegvárat"
            if group.piece:
                name, part_of = f"{antecedent.name} {group.piece}", antecedent.name
                kind = group.piece_type or kind
    elif group.kind == "unnamed":
        name = None
    partial = "partial" in (
        group.extent,
        antecedent.extent if group.core and antecedent else "",
    ) or (role == "object" and (draft.flags.partial or draft.frame.extent == "partial"))
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


def _is_object(draft: Draft, place: Group) -> bool:
    return any(ref.role == "object" and ref.name == place.name for ref in draft.places)


def _is_elsewhere(group: Group) -> bool:
    """Whether a site or a seat says where it stands, so that none named before is meant: "the bridgehead at Karvol",
    "the capital of Karvol".
    """
    if group.anchors and group.type == "city":
        return True
    return group.type not in SETTLEMENTS and any(place.name for place in group.near)


def _seat(groups: list[Group], group: Group) -> Group | None:
    """The one town of the sentence that is meant by what it is to a land: "left Karvol, handing them the capital of the
    province"; none for a site.
    """
    towns = {
        g.name: g
        for g in groups
        if g.kind == "place" and g.name and g.last <= group.first and g.type in {None, *SETTLEMENTS}
    }
    return next(iter(towns.values())) if group.anchors and len(towns) == 1 else None


def _how_many(cast: Cast, group: Group) -> int:
    """How many of the places told last a phrase means: "both towns", "all three villages"; 0 where it means none."""
    words = group.text.lower().split(" ")
    if words[0] in cast.pack.sets["both"]:
        return 2
    known = cast.pack.words.all_of
    return next((known[said] for end in (1, 2, 3) if (said := " ".join(words[:end])) in known), 0)


def _last_told(discourse: Discourse, groups: list[Group], group: Group, count: int) -> list[PlaceRef]:
    """The last so many places of the class, under their own names: "mindkét várat"; none where fewer were told."""
    found: list[Group] = []
    for named in reversed(
        [
            *(named.group for named in discourse.named[-_REACH:] if named.weight),
            *(g for g in groups if g.name and g.last <= group.first and weigh(g, discourse.told)),
        ]
    ):
        if _same_class(named.type, group.type) and named.name not in {other.name for other in found}:
            found.append(named)
        if len(found) == count:
            break
    if count > len(found) > 0 and count > _PAIR:
        return []
    return [
        PlaceRef(
            id=None, name=named.name, text=group.text, start=group.start, end=group.end, role="object",
            type=named.type or group.type, part_of=named.part_of, anchors=named.anchors, generic=named.generic,
        )
        for named in reversed(found)
    ]  # fmt: skip


def _meant(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
    """The place that a class noun stands for, or a share of it."""
    if _is_elsewhere(group):
        return _seat(groups, group)
    if not group.core:
        return refers_to(discourse, groups, group)
    known = refers_to(discourse, groups, group) if group.type in {"old-town", "centre"} else None
    main = next((discourse.latest[name] for name in discourse.main if name in discourse.latest), None)
    town = main or refers_to(discourse, groups, msgspec.structs.replace(group, type="city"))
    if known is not None or town is None:
        return known
    return msgspec.structs.replace(town, type=group.type, extent="partial")  # "the old city": a share of it


_PAIR = 2


def weigh(group: Group, told: set[int]) -> int:
    """How much a sentence is about a place that it names; ``told`` holds what something happened to."""
    if id(group) in told:
        return 3
    if group.titled:
        return 0
    if group.home:
        return 2
    if group.modifier or group.describes or group.vicinity or group.case in _LANDMARK:
        return 0
    return 2 if group.case in _FOCUS else 1


def refers_to(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
    """The named place that a class noun refers back to.

    What happened to a place, its class, how long ago it was named and whether the account is about it count;
    a landmark ("north of Karvol") is what is meant only where nothing else is.
    """
    if group.of_pair:
        return one_of_pair(discourse, groups, group)
    here = discourse.sentence
    if group.type is None:  # "encircle the town, after failing to capture it"
        before = [
            g for g in groups if g.last <= group.first and g.kind != "actor" and weigh(g, discourse.told) > 1
        ]
        if before and before[-1].kind == "definite" and before[-1].type:
            return refers_to(discourse, groups, before[-1])
        if before and before[-1].kind == "unnamed":
            return before[-1]  # "took a checkpoint, but the army took it back"
    named_before = [g for g in groups if g.kind == "place" and g.name and g.last <= group.first]
    if named_before and named_before[-1].home and group.type in SETTLEMENTS:
        return named_before[-1]  # "Karvol őrsége elhagyta a várat"
    known = [
        *(named for named in discourse.named[-_REACH:] if here - named.sentence <= _FAR),
        *(
            Named(g, here, weigh(g, discourse.told))
            for g in groups
            if g.kind == "place" and g.name and g.last <= group.first and is_located(discourse, g)
        ),
    ]
    if group.type is None and (only := _only_before(discourse, groups, group)) is not None:
        return only
    if group.type in _URBAN and (town := _town_of_site(discourse, groups, group)) is not None:
        return town
    best: tuple[int, int] | None = None
    found: Group | None = None
    for order, named in enumerate(known):
        kind = named.group.type or discourse.types.get(named.group.name or "")
        if not _same_class(kind, group.type):
            continue
        score = named.weight * 2 - (here - named.sentence) * _AGO + _class_fit(kind, group.type)
        score += _HERE if named.sentence == here else 0
        score -= _FLED if named.group.refuge and named.sentence == here and not discourse.leaving else 0
        score += _SAID if named.group.type == group.type and named.group.text != named.group.name else 0
        if named.group.name in discourse.main:
            score += 3 if group.type else 1
        if best is None or (score, order) >= best:
            best, found = (score, order), named.group
    return found or _only_one(discourse, group)


def _town_of_site(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
    """The town that a site of the same sentence bears the name of: "took Karvol airport and secured the town"."""
    for site in reversed([g for g in groups if g.kind == "place" and g.name and g.last <= group.first]):
        if site.type in SETTLEMENTS or site.type is None or site.name is None:
            continue
        words = site.name.split()
        for count in range(len(words) - 1, 0, -1):
            named = " ".join(words[:count])
            if named in discourse.latest and discourse.types.get(named, "town") in SETTLEMENTS:
                return discourse.latest[named]
    return None


def _only_before(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
    """What a pronoun stands for where its sentence names one place before it: "left the base before it was taken"."""
    before = [g for g in groups if g.kind == "place" and g.name and g.last <= group.first and not g.titled]
    names = {g.name for g in before}
    if len(names) != 1 or not is_located(discourse, before[0]) or before[0].case in _BESIDE:
        return None
    return before[-1]


def _only_one(discourse: Discourse, group: Group) -> Group | None:
    """The place of a class that the account has named, however long ago, if it is the only one or stands out:
    "the airbase".
    """
    if group.type is None or group.type in SETTLEMENTS:
        return None
    counted = discourse.by_class[group.type].most_common() if group.type in discourse.by_class else []
    others = [count for name, count in counted[1:] if name.split()[0] != counted[0][0].split()[0]]
    if not counted or (
        others and others[0] * 2 > counted[0][1]
    ):  # "Karvol airbase" is "Karvol Military Airbase"
        return None
    return discourse.latest[counted[0][0]]


def _class_fit(named: str | None, wanted: str | None) -> int:
    """How well a place of class ``named`` is called ``wanted``."""
    if wanted is None or named is None:
        return 0
    if _other_size(named, wanted):
        return -8
    return 2 if named == wanted else 1


def _other_size(named: str | None, wanted: str | None) -> bool:
    """Whether a settlement is called a village where a city is meant, or the other way round."""
    small, large = {"village", "farm", "suburb", "fortress"}, _URBAN
    return (named in small and wanted in large) or (named in large and wanted in small)


def _same_class(named: str | None, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if wanted in SETTLEMENTS:
        return named is None or named in SETTLEMENTS
    if wanted in {"hill", "mountain", "peak", "ridge"}:
        return named in {"hill", "mountain", "peak", "ridge"}
    return named == wanted


def at_trigger(discourse: Discourse, draft: Draft, group: Group) -> Group:
    """A place named elsewhere, shown by the words that announce what happened to it."""
    start, end = draft.trigger
    return Group(
        "place", 0, 0, start, end, discourse.text[start:end], name=group.name, type=group.type,
        part_of=group.part_of, anchors=group.anchors, generic=group.generic, extent=group.extent,
    )  # fmt: skip


def topic_place(discourse: Discourse, draft: Draft) -> Group:
    """The account's place as the object of an entry, which shows it by its trigger alone."""
    start, end = draft.trigger
    return Group("place", 0, 0, start, end, discourse.text[start:end], name=discourse.topic)
