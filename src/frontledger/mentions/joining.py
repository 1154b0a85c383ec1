"""What phrases of places make of one another: shared heads, towns and their sites, several nouns for one thing.

What belongs here: relations between phrases that were found.  What does not: finding them (``groups``), what only
describes a place (``appositions``), actors (``troops``).
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = [
    "BEARERS",
    "SITES",
    "beside_verbs",
    "compounds",
    "first_heads",
    "governed",
    "homes",
    "located_sites",
    "offices",
    "share_heads",
    "towns_of",
]

SITES = frozenset(
    [
        "airport",
        "airbase",
        "base",
        "barracks",
        "camp",
        "depot",
        "checkpoint",
        "station",
        "port",
        "bridge",
        "crossing",
        "border-crossing",
        "dam",
        "factory",
        "plant",
        "oilfield",
        "gasfield",
        "refinery",
        "mine",
        "quarry",
        "silo",
        "hospital",
        "school",
        "university",
        "prison",
        "mosque",
        "church",
        "monastery",
        "complex",
        "palace",
        "villa",
        "housing",
        "bridgehead",
        "crossroads",
        "road",
        "railway",
        "canal",
        "farm",
        "forest",
        "ruins",
        "tower",
        "bastion",
        "position",
    ]
)


def compounds(groups: list[Group], tagged: Tagged) -> list[Group]:
    """Class nouns in a row are one thing, which the last names: "a railway junction", "the city council hospital"."""
    joined: list[Group] = []
    for group in groups:
        bare = group.kind == "definite" or (group.kind == "unnamed" and tagged.tags[group.first] in "Yy")
        before = joined[-1] if joined and bare else None
        if (
            before is not None
            and before.last == group.first
            and before.kind in {"definite", "unnamed"}
            and before.num == "sg"
        ):
            joined[-1] = msgspec.structs.replace(
                group, kind=before.kind, first=before.first, start=before.start,
                text=f"{before.text} {group.text}", count=before.count, modifier=before.modifier,
            )  # fmt: skip
        elif before is not None and _names_thing(before, group, tagged):
            words = " ".join(tagged.bases[before.last : group.last])
            joined[-1] = msgspec.structs.replace(
                before, last=group.last, end=group.end, text=f"{before.text} {words}", type=group.type,
                name=f"{before.name} {words}", anchors=(before.name or "",), num=group.num,
            )  # fmt: skip
        else:
            joined.append(group)
    return joined


def towns_of(groups: list[Group], tagged: Tagged) -> list[Group]:
    """What stands between an article and "town of" describes the town, and its name comes behind: "the Shiite town
    of Karvol".
    """
    gone: set[int] = set()
    for left, right in pairwise(groups):
        if left.kind != "place" or right.kind != "place" or right.type or left.type not in _TOWNS | _QUARTERS:
            continue
        if tagged.tags[left.last : right.first] != ["F"]:
            continue
        if left.type in _QUARTERS and left.name and left.first and tagged.tags[left.first - 1] == "d":
            right.type, right.part_of = left.type, left.name  # "the Karvol suburb of Derin"
            right.first, right.start = left.first, left.start
            gone.add(id(left))
            continue
        name = next((at for at in range(left.first, left.last) if tagged.tags[at] in "NMJ"), left.first)
        if name and tagged.tags[name - 1] == "d":
            right.type, right.extent, right.first, right.start = (
                left.type,
                left.extent,
                left.first,
                left.start,
            )
            gone.add(id(left))
    return [group for group in groups if id(group) not in gone] if gone else groups


_QUARTERS = frozenset({"suburb", "district"})
_TOWNS = frozenset({"city", "town", "village", "settlement"})


def located_sites(groups: list[Group], tagged: Tagged) -> None:
    """A site that says where it stands needs none named before: "the police station in Karvol" is Karvol's, "the
    bridgehead at Karvol" is at Karvol.
    """
    for left, right in pairwise(groups):
        if left.kind != "definite" or left.type not in SITES or left.num != "sg" or left.extent != "full":
            continue
        if right.kind != "place" or not right.name or right.type not in {None, *_TOWNS} or right.vicinity:
            continue
        word, noun = tagged.words[right.first - 1], tagged.words[left.last - 1]
        if right.first - left.last != 1 or word is None or word.info not in {"in", "at"} or noun is None:
            continue
        if left.type in BEARERS - {"airbase"}:
            left.kind, left.name, left.anchors = "place", f"{right.name} {noun.lemma}", (right.name,)
        else:
            left.near = [right]


BEARERS = frozenset(
    ["airport", "airbase", "station", "hospital", "school", "university", "prison", "mosque", "church", "factory", "plant",
     "refinery", "depot", "barracks", "oilfield", "gasfield", "bridge", "dam"]
)  # fmt: skip
"""What stands in a town and is not it, where "of" or "in" names the town: "the airport of Karvol"."""


def offices(groups: list[Group], tagged: Tagged) -> list[Group]:
    """A name, troops or a government, and a class noun in a row are one place: "the Karvol Military Airbase"."""
    gone: set[int] = set()
    for at in range(len(groups) - 2):
        name, owner, thing = groups[at : at + 3]
        if (
            name.kind == "place" and name.name and not name.type and owner.kind == "actor"
            and not (owner.org or owner.nation or owner.leader) and thing.kind == "definite"
            and name.last == owner.first and owner.last == thing.first
        ):  # fmt: skip
            gone |= {id(owner), id(thing)}
            name.anchors, name.type, name.num = (name.name,), thing.type, thing.num
            name.name = " ".join([name.name, *tagged.bases[owner.first : thing.last]])
            name.text, name.last, name.end = f"{name.text} {owner.text} {thing.text}", thing.last, thing.end
    return [group for group in groups if id(group) not in gone] if gone else groups


def _names_thing(name: Group, thing: Group, tagged: Tagged) -> bool:
    """Whether a name and a class noun right behind it, or one word on, are one thing: "the Karvol water tower"."""
    if name.kind != "place" or not name.name or name.type or thing.kind != "definite" or thing.name:
        return False
    between = tagged.tags[name.last : thing.first]
    listed = name.first > 0 and tagged.tags[name.first - 1] in ",c"
    return (
        between in ([], ["x"])
        and (thing.type in SITES | {"centre"} or (thing.type == "area" and between == ["x"]))
        and not listed
        and not tagged.bases[thing.first - 1].endswith(("ly", "ing"))
    )


def first_heads(groups: list[Group]) -> None:
    """Where position says the role, a list stands where its first member does."""
    lists: dict[int, list[Group]] = {}
    for group in groups:
        if group.head is not None:
            lists.setdefault(id(group.head), []).append(group)
    for members in lists.values():
        first, last = members[0], members[0].head
        for group in members[1:]:
            group.head = first
        if last is not None:
            last.head = first
        first.head = None


_HOUSED = frozenset("oR")
"""Tags of those who live in a place or guard it."""


def homes(groups: list[Group], tagged: Tagged) -> None:
    """Mark the places whose garrison or people are the subject: "Karvol és Derin őrsége", "Karvol német polgárai"."""
    places = [group for group in groups if group.kind == "place" and group.name]
    for at, place in enumerate(places):
        behind = place.last
        while behind < len(tagged.tags) and tagged.tags[behind] in "jJSVv" and not _is_finite(tagged, behind):
            behind += 1
        word = tagged.words[behind] if behind < len(tagged.tags) else None
        if word is None or tagged.tags[behind] not in _HOUSED or not word.poss or word.case != "nom":
            continue
        place.home = "people" if tagged.tags[behind] == "o" else "guards"
        for before in reversed(places[:at]):
            if before.head is not place:
                break
            before.home = place.home


def _is_finite(tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` can only be the verb: "Karvol fellázadt őrsége átadta …" has another behind."""
    word = tagged.words[at]
    if tagged.tags[at] not in "Vv" or (word is not None and word.form == "pp"):
        return False
    past = word is not None and word.tense == "past" and word.person == "3sg" and not word.definite
    return not (past and any(tag in "Vv" for tag in tagged.tags[at + 1 :]))


def governed(groups: list[Group], tagged: Tagged) -> None:
    """Mark what a postposition stands behind: it is no subject ("Karvol felől felmentette Derint", "a törökök ellen
    indult").
    """
    for group in groups:
        if tagged.tags[group.last : group.last + 1] != ["P"]:
            continue
        group.governed = True
        if group.kind == "actor" and group.case == "nom":
            group.case = "governed"


_OBLIQUE = frozenset({"ill", "sub", "all", "ter", "ela", "abl", "del"})


def beside_verbs(groups: list[Group], tagged: Tagged, crossing: frozenset[str]) -> None:
    """A name that may bear a case of place does so right beside a verb: "Pozsonyig hatoltak", "bevonult Mekelébe"."""
    for group in groups:
        if group.case == "nom" and group.maybe is not None and group.maybe[1] in _OBLIQUE:
            beside = (
                tagged.tags[group.last : group.last + 1] + tagged.tags[max(group.first - 1, 0) : group.first]
            )
            if any(tag in "Vv" for tag in beside):
                group.name, group.case = group.maybe
        elif group.case == "nom" and group.maybe is not None and group.maybe[1] == "sup":
            after = tagged.words[group.last] if group.last < len(tagged.words) else None
            through = after is not None and tagged.tags[group.last] == "P" and after.info == "via"
            at = group.first - 1 - (tagged.tags[max(group.first - 1, 0)] == "d")
            verb = tagged.words[at] if at >= 0 and tagged.tags[at] in "Ve" else None
            if after is not None and tagged.tags[group.last] == "V":
                verb = after  # "a Dunán átkelve"
            if through or (verb is not None and verb.lemma in crossing):
                group.name, group.case = group.maybe  # "Karvolon át", "átkelt a Tiszán"


def share_heads(groups: list[Group], tagged: Tagged, hidden: bytearray, *, coordinated: bool) -> None:
    """Give the members of a list the case, and a plural class noun's type, of its last member.

    Where ``coordinated``, actors are only listed with a coordinator before the last.
    """
    run: list[Group] = []
    free = not coordinated
    joined = free
    for group in groups:
        if group.modifier:
            continue
        if run and not _adjacent(run[-1], group, tagged, hidden, alone=len(run) < 2):
            _share(run, joined=joined)
            run, joined = [], free
        elif run:
            joined = free or "c" in tagged.tags[run[-1].last : group.first]
        run.append(group)
    _share(run, joined=joined)


def _adjacent(left: Group, right: Group, tagged: Tagged, hidden: bytearray, *, alone: bool) -> bool:
    if (left.kind == "actor") != (right.kind == "actor") or (
        right.kind == "definite" and right.case != left.case
    ):
        return False
    between = [
        tagged.tags[at]
        for at in range(left.last, right.first)
        if not hidden[at] and tagged.tags[at] not in "dJjD-"
    ]
    phrase = "-" in tagged.tags[left.last : right.first]  # ", as well as Y"
    if phrase and "," not in between:
        return False  # "silos north of X as well as Y": Y goes with the silos
    if alone and set(between) == {",", "c"} and not phrase:
        return False  # two members are joined without a comma: "…, and Y was taken" is another clause
    return bool(between) and len(between) <= 2 and set(between) <= {"c", ","}


def _share(run: list[Group], *, joined: bool = True) -> None:
    if len(run) == 1 and run[0].several and run[0].kind == "place":
        run[0].kind = "unnamed"
    if len(run) < 2 or (run[0].kind == "actor" and not joined):
        return  # "X, head of Y's council, the army": no list
    if run[0].quarters:
        run[0].extent, run[0].type, run[0].num = "full", run[0].quarters, "pl"
    if run[0].num == "pl" and run[0].kind == "place":
        for group in run[1:]:
            group.type = group.type or run[0].type
    last = run[-1]
    if last.case == "nom" and last.maybe and any(group.case == last.maybe[1] for group in run[:-1]):
        last.name, last.case = last.maybe[0], last.maybe[1]
    for group in run[:-1]:
        group.head = run[-1]
    for group in reversed(run[:-1]):
        if group.case != "nom":
            last = group if group.case != last.case else last
            continue
        if last.case != "nom":
            if group.kind == "place" and group.maybe and last.case == group.maybe[1] and last.type is None:
                group.name = group.maybe[0]
            elif group.kind == "place" and group.maybe and last.case != "nom" and group.maybe[1] == "acc":
                group.head = None
                continue  # "Losoncot, és a várostól északra": no shared head
            group.case = last.case
        if last.num == "pl" and group.type is None and last.kind == "place" and not last.part_of:
            group.type = last.type
        if last.vicinity and last.kind == "place":
            group.vicinity = True
