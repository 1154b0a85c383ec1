"""Which phrases a frame is about: its objects, by label, by where they stand, and by what goes along with them.

What belongs here: places as objects, and the stretch in which they are looked for.  What does not: who acts
(``agents``), objects left out (``omitted``).
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.filled import Filled, label
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged
from frontledger.model import CONTROL_KINDS

__all__ = [
    "attributive_scope",
    "fill_objects",
    "is_absolute",
    "land_before",
    "lands_meant",
    "locating",
    "phrases_around",
    "scope_of_noun",
]


_LOCATING = frozenset({"near", "direction", "source", "via", "except", "from-near", "between", "vicinity"})


def lands_meant(tagged: Tagged, groups: list[Group], frame: Frame, verb: Verb | None) -> dict[int, Group]:
    """Countries as places, by the identity of the phrase, where something is done to them: "occupied Serbia", "the
    conquest of Poland", "Finland was ceded"; as whoever does it, a country stays a side.
    """
    if verb is not None and verb.attributive:
        return {}
    found: dict[int, Group] = {}
    for at, group in enumerate(groups):
        if group.kind != "actor" or not group.nation or tagged.tags[group.first : group.last] != ["C"]:
            continue
        after = tagged.tags[group.last] if group.last < len(tagged.tags) else "."
        before = tagged.bases[group.first - 1] if group.first else ""
        if after not in _ENDING or (group.first > 1 and before[:1].isupper()):
            continue  # "left Japan exposed", "Mexico City", "New Mexico"
        if verb is None:
            done = group.case == "of" and "possessor" in frame.object
        elif group.case == "from":
            done = frame.kind == "withdrawal" and "from" in frame.object
        elif verb.passive:
            done = group.case == "nom" and "acc" in frame.object
        else:
            done = group.case == "acc" and "acc" in frame.object
            done = done and (
                _is_next(tagged, verb, group) or (at > 0 and _is_listed(tagged, groups[at - 1], group, found))
            )
        if done:
            found[id(group)] = msgspec.structs.replace(
                group, kind="place", name=group.text, nation="", role=""
            )
    return found


def land_before(clause: Clause, group: Group) -> Group | None:
    """The country right before a relative clause as the place that this speaks of: "Tunisia, which was taken"."""
    bare = group.kind == "actor" and group.nation and not (group.org or group.leader or group.role)
    if not bare or group.last - group.first > 1 or not clause.low - 1 <= group.last <= clause.low:
        return None
    return msgspec.structs.replace(group, kind="place", name=group.text, nation="")


_ENDING = frozenset(".,;c:tPeFkV)–—")
"""Tags behind a country that something is done to; before any other it describes what follows."""


def _is_next(tagged: Tagged, verb: Verb, group: Group) -> bool:
    return verb.at < group.first and set(tagged.tags[verb.at + 1 : group.first]) <= set("dzQjFe")


def _is_listed(tagged: Tagged, left: Group, group: Group, lands: dict[int, Group]) -> bool:
    """Whether a country is a member of a list of places: "ceded Livonia, Estonia and Ingria"."""
    if left.kind == "actor" and id(left) not in lands:
        return False
    between = [tag for tag in tagged.tags[left.last : group.first] if tag != "d"]
    after = tagged.tags[group.last : group.last + 1]
    return left.case == "acc" and (
        between in (["c"], [",", "c"]) or (between == [","] and after in (["c"], [","]))
    )


def is_absolute(tagged: Tagged, clause: Clause, group: Group, verb: Verb) -> bool:
    """Whether a phrase behind a comma is the subject of the participle right behind it, not the verb's object:
    "Karvol yielded, its castle holding out".
    """
    if group.first <= verb.at or not any(
        v.low == group.last and v.word.form == "conv" and v.at != verb.at for v in clause.verbs
    ):
        return False
    at = group.first - 1
    while at > verb.at and tagged.tags[at] in "dDjJ":
        at -= 1
    return tagged.tags[at] == ","


def attributive_scope(tagged: Tagged, groups: list[Group], at: int) -> list[Group]:
    """What a participle in front of a noun may govern: its own stretch to the left, and the noun itself."""
    left: list[Group] = []
    edge = at
    for group in reversed([g for g in groups if g.last <= at]):
        between = tagged.tags[group.last : edge]
        if any(tag in ",cVkd" for tag in between):
            break
        left.append(group)
        edge = group.first
    right: list[Group] = []
    for group in (g for g in groups if g.first > at):
        between = tagged.tags[(right[-1].last if right else at + 1) : group.first]
        if any(tag not in ("jJzS" if not right else "jJ,cd") for tag in between):
            break
        right.append(group)
    return [*left, *right]


def phrases_around(groups: list[Group], frame: Frame, at: int) -> list[Group]:
    """Where it happened, said behind the verb: "an armistice was concluded in Derin"."""
    near = set(frame.near) & {"in", "at", "near", "phrases_around"}
    return [group for group in groups if group.kind != "actor" and group.first > at and group.case in near]


def scope_of_noun(tagged: Tagged, groups: list[Group], at: int) -> list[Group]:
    """What a deverbal noun may govern: the list right before it, and an actor before that."""
    kept: list[Group] = []
    edge = at
    for group in reversed([g for g in groups if g.last <= at]):
        between = tagged.tags[group.last : edge]
        allowed = "jJzd,cP" if kept else "jJzd#Pt"  # "Karvol 1944-es felszabadítása"
        if any(tag not in allowed for tag in between) or (
            kept and group.kind == "place" and not set(between) & set(",c")
        ):
            break
        kept.append(group)
        edge = group.first
    behind = next((g for g in groups if g.kind == "actor" and g.first > at), None)
    if (
        behind is not None
        and label(tagged, behind) == "by"
        and set(tagged.tags[at + 1 : behind.first]) <= set("djJ-#")
    ):
        kept.append(behind)  # "Karvol elfoglalása a szovjetek által"
    return kept


def fill_objects(
    tagged: Tagged,
    filled: Filled,
    frame: Frame,
    groups: list[Group],
    labels: dict[int, str],
    owner: Group | None,
    verb: Verb | None,
    at: int,
) -> None:
    """Put into ``filled`` what the frame is about, by the first of its labels that any place bears."""
    form = verb.word.form if verb is not None else "n"
    attributive = verb is not None and not verb.passive and (form in {"pp", "ap"} or verb.attributive)
    places = [
        g for g in groups if g.kind != "actor" and not g.person and not (g.kind == "unnamed" and g.vicinity)
    ]
    if frame.kind in CONTROL_KINDS:
        places = [g for g in places if not g.describes and not _is_somebody(tagged, g)]
    if form == "n" and "possessor" in frame.object and any(labels[id(g)] == "of" for g in places):
        filled.objects = [g for g in places if labels[id(g)] == "of"]  # "ISIL's capture of Derin"
        return
    if form == "vn" or "possessor" in frame.object or ("next" in frame.object and attributive):
        if form == "vn" or "possessor" in frame.object:
            filled.objects = _run_before(places, owner, at)
        return
    if (form == "pp" and not (verb is not None and verb.passive)) or (attributive and form != "ap"):
        filled.objects = [g for g in places if g.first > at]
        return
    for wanted in frame.object:
        chosen = [
            g
            for g in places
            if labels[id(g)] == wanted
            and (wanted != "nom" or g is not owner or "possessor" not in frame.actor)
        ]
        if wanted == "nom":
            chosen = [
                g
                for g in chosen
                if not (g.maybe and g.maybe[1] == "acc" and tagged.tags[g.last : g.last + 1] == ["g"])
            ]
        if wanted == "of" and frame.needs_against and verb is not None:
            chosen = [g for g in chosen if _is_out_of(tagged, g)]
        if wanted == "in":
            chosen = [g for g in chosen if not g.vicinity]  # "control in the countryside of Karvol"
        if wanted == "of" and len(chosen) > 1:
            chosen = [
                g for g in chosen if g is chosen[0] or g.head is chosen[0]
            ]  # not "during the Battle of X"
        if wanted in {"ela", "abl", "del", "from"} and frame.kind == "withdrawal":
            chosen = [g for g in chosen if g.kind != "unnamed"]
        if wanted == "acc" or (wanted != "nom" and not chosen):
            weak = [g for g in places if g.maybe and g.maybe[1] == wanted and labels[id(g)] == "nom"]
            sure = [g for g in places if not (g.maybe and g.maybe[1] == wanted)]
            weak = [g for g in weak if not any(g.head in (h, h.head) and g.head is not None for h in sure)]
            for group in weak:
                group.name, group.case = group.maybe[0] if group.maybe else group.name, wanted
            chosen = sorted([*chosen, *weak], key=lambda g: g.first)
        if wanted == "nom" and chosen and verb is not None and "acc" not in frame.object:
            chosen += _gapped(tagged, places, labels, verb)
        if chosen and wanted in _INTO:
            chosen = sorted(
                [*chosen, *_dated_items(tagged, places, labels, chosen, wanted)], key=lambda g: g.first
            )
        if chosen:
            chosen = _other_towns(tagged, places, labels, chosen, frame, wanted)
            chosen += _along(tagged, places, labels, chosen)
            filled.objects = [*chosen, *_as_well(tagged, places, chosen)]
            return


def _is_somebody(tagged: Tagged, group: Group) -> bool:
    """Whether a bare name is taken at a place: "captured Karov at Derin" tells of a person."""
    at = group.last
    if group.kind != "place" or group.type or group.extent != "full" or tagged.tags[at : at + 1] != ["P"]:
        return False
    word, after = tagged.words[at], tagged.tags[at + 1 : at + 2]
    return word is not None and word.lemma == "at" and after in (["N"], ["M"], ["y"])


def _gapped(tagged: Tagged, places: list[Group], labels: dict[int, str], verb: Verb) -> list[Group]:
    """A second subject behind the verb, with a date but no verb of its own: "Karvol fell on the 20th, and Derin on the 28th"."""
    found = []
    for group in places:
        before, after = tagged.tags[group.first - 1 : group.first], tagged.tags[group.last : group.last + 3]
        dated = after[:1] == ["t"] or after[:2] == ["P", "t"] or after == ["P", "d", "t"]
        if group.first > verb.at and group.name and labels[id(group)] == "acc" and before == ["c"] and dated:
            found.append(group)
    return found


_INTO = frozenset({"ill", "sub", "all", "ela", "abl", "del"})


def _dated_items(
    tagged: Tagged, places: list[Group], labels: dict[int, str], chosen: list[Group], wanted: str
) -> list[Group]:
    """Further members behind their own dates, whose ending only the first of them proves: "bevonult Karvolba, május 3-án
    Derinbe".
    """
    found = [
        group
        for group in places
        if group.maybe is not None
        and group.maybe[1] == wanted
        and labels[id(group)] == "nom"
        and group.first > chosen[0].first
        and tagged.tags[group.first - 1] in "tg"
    ]
    for group in found:
        group.name, group.case = group.maybe[0] if group.maybe else group.name, wanted
    return found


_OTHER_TOWNS = {"ela": "del", "del": "ela", "ill": "sub", "sub": "ill", "ine": "sup", "sup": "ine"}
"""Cases that say the same of different towns: "Egerből és Szolnokról"."""


def _other_towns(
    tagged: Tagged,
    places: list[Group],
    labels: dict[int, str],
    chosen: list[Group],
    frame: Frame,
    wanted: str,
) -> list[Group]:
    """The list with its members that stand in the other case of towns: "kivonultak Egerből és Szolnokról"."""
    other = _OTHER_TOWNS.get(wanted)
    if other is None or other not in frame.object or len(places) == len(chosen):
        return chosen
    kept = set(map(id, chosen))
    for run in (pairwise(places), pairwise(reversed(places))):
        for known, group in run:
            if id(known) not in kept or id(group) in kept:
                continue
            low, high = sorted((known, group), key=lambda g: g.first)
            between = tagged.tags[low.last : high.first]
            weak = (
                group.maybe is not None and group.maybe[1] in {wanted, other} and labels[id(group)] == "nom"
            )
            if not between or not set(between) <= set(",cadjJzt") or not (weak or labels[id(group)] == other):
                continue
            if weak and group.maybe is not None:
                group.name, group.case = group.maybe
            kept.add(id(group))
    return [group for group in places if id(group) in kept]


def _is_out_of(tagged: Tagged, group: Group) -> bool:
    """Whether a particle stands before the "of" of a phrase: "forced the army out of Karvol", but "forced the
    government of Karvol into exile".
    """
    at = group.first - 1
    while at > 0 and tagged.tags[at] != "F":
        at -= 1
    return at > 0 and tagged.tags[at - 1] in "eV"


def _along(tagged: Tagged, places: list[Group], labels: dict[int, str], chosen: list[Group]) -> list[Group]:
    """What is told of together with an object: "took Karvol, including the station"; no direction stands between."""
    found: list[Group] = []
    for group in places:
        if labels[id(group)] != "together":
            continue
        before = max((g.last for g in (*chosen, *found) if g.last <= group.first), default=group.first)
        if not any(_leads_away(tagged, at) for at in range(before, group.first)):
            found.append(group)
    return found


def _as_well(tagged: Tagged, places: list[Group], chosen: list[Group]) -> list[Group]:
    """The list that a coordinator of several words behind a comma goes on with, past what only locates its last
    member: "captured Karvol in the outskirts of Derin, as well as Tar and Sarn".
    """
    found: list[Group] = []
    if "-" not in tagged.tags:
        return found
    for group in places:
        if group in chosen or group.first < chosen[-1].last or group.modifier:
            continue
        between = tagged.tags[found[-1].last : group.first] if found else []
        if found and set(between) - set("dDjJ") <= {",", "c"} and between:
            found.append(group)
            continue
        at = group.first - 1
        while at > 0 and tagged.tags[at] in "dDjJ":
            at -= 1
        opening = at
        while opening > 0 and tagged.tags[opening - 1] == "-":
            opening -= 1
        if tagged.tags[at] == "c" and opening < at and tagged.tags[opening - 1] == ",":
            found.append(group)
        elif found:
            break
    return found


def _leads_away(tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` opens a direction: "toward the east, including Derin"."""
    word = tagged.words[at]
    return word is not None and tagged.tags[at] == "P" and word.info == "direction"


def _run_before(places: list[Group], owner: Group | None, at: int) -> list[Group]:
    """The owner of a noun and the list that it closes: "A, B és C elfoglalása"."""
    if owner is None or owner.kind == "actor":
        return []
    run = [g for g in places if g.last <= at]
    return run if owner in run else [owner]


def locating(frame: Frame, case: str, group: Group) -> str | None:
    """The role of a place that only locates, by the labels of the frame; None for no such role."""
    for role in ("direction", "source", "near"):
        if case == "owner" and "possessor" in getattr(frame, role):
            return role
        if case in getattr(frame, role):
            return role
    if case in {"direction", "source", "via", "except"}:
        return case
    if case in {"near", "ine", "sup", "ade", "between", "from-near"}:
        return "near"
    return "near" if group.vicinity else None
