"""Case labels for languages that have none: by position and preposition.

A phrase behind a preposition bears its label ("from", "by" …); one before the clause's verb is its subject
("nom"), one behind it an object ("acc").  Afterwards roles are filled as in any other language.

What does not belong here: frames, and anything that a pack can say.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from frontledger.events.clauses import Clause
from frontledger.events.verbforms import Verb
from frontledger.languages.pack import Pack
from frontledger.mentions.group import Group
from frontledger.mentions.joining import SITES
from frontledger.mentions.tagging import Tagged

__all__ = ["agent_behind", "assign_alone", "assign_cases", "nominal_scope", "within_reach"]

_AROUND = frozenset({"acc", "near", "in", "at", "direction", "between", "garrison"})
"""What may stand before a verb and still belong to it: all but complements ("of", "by", "from")."""
_NOUNS = frozenset("xH")
"""Tags of words that may describe the class noun behind them: "his operations base"."""
_SHARE_OF = 2
"""Tokens between a share and what it is of: "of the"."""
_DESCRIBING = frozenset("xHtQjJ")
"""Tags of words that stand between an article and the class noun that they describe."""
_LONGEST = 5
"""Words of such a description."""
_PLAIN = frozenset({"nom", "acc", "owner", "owned", "none"})
_SKIPPED = frozenset("dDjJzQ#")


def assign_cases(pack: Pack, tagged: Tagged, clauses: list[Clause]) -> None:
    """Give every phrase of the sentence its label."""
    for clause in clauses:
        verbs = [verb for verb in clause.verbs if not verb.attributive]
        for group in clause.groups:
            group.case = _label(pack, tagged, group, verbs)
        for left, right in pairwise(clause.groups):  # "to a militant base", "of the army camp"
            if (
                left.kind == "actor"
                and right.kind != "actor"
                and left.last == right.first
                and left.case not in _PLAIN
            ):
                right.case = left.case
                share = next((g for g in clause.groups if 0 < left.first - g.last <= _SHARE_OF), None)
                if (
                    share is not None
                    and share.kind == "definite"
                    and share.type is None
                    and left.case == "of"
                ):
                    right.case, right.extent, share.modifier = (
                        share.case,
                        "partial",
                        True,
                    )  # "parts of the army base"
        for left, right in pairwise(group for group in clause.groups if not group.modifier):
            if (
                left.case == "owner"
                and right.case == "owned"
                and (right.name or right.named or right.type in SITES)
                and left.last + 1 == right.first
            ):
                whole = replace(right, first=left.first)
                right.case = _label(
                    pack, tagged, whole, verbs
                )  # "on the road to the rebels' stronghold Karvol"
        _spread_exceptions(tagged, clause)
        _complement_subjects(tagged, clause, verbs)
        _absolute_subjects(tagged, clause, verbs)
        _garrisons(tagged, clause)
        _peoples(tagged, clause, verbs)
        if clause.relative_case == "nom" and (
            any(g.case == "nom" and (g.kind == "actor" or g.name) for g in clause.groups)
            or _has_pronoun(pack, tagged, clause)
        ):
            clause.relative_case = "acc"  # "which ISIL had abandoned"
        _gapped_subjects(tagged, clause)
        _part_opening(tagged, clause, verbs)
        for group in clause.groups:  # a list stands where its first member does
            listed = group.head is not None and group.head in clause.groups and group.case in {"nom", "acc"}
            if listed and group.head is not None and not _opens_clause(tagged, group, verbs):
                group.case = group.head.case


_BESIDE = frozenset({"near", "from-near", "between", "via"})
"""Labels of what says where something else is."""


def assign_alone(pack: Pack, tagged: Tagged, groups: list[Group]) -> None:
    """Give the places of a sentence in which nothing is announced the labels of their prepositions: what only locates
    there ("lies east of Karvol") is no topic.
    """
    for group in groups:
        if group.kind == "place" and (label := _label(pack, tagged, group, [])) in _BESIDE:
            group.case = label


def _gapped_subjects(tagged: Tagged, clause: Clause) -> None:
    """Items that leave out the verb which the first of them has are subjects like it: "Karvol fell on 1 May, Derin on
    3 May and Sarn the next day".
    """
    finite = clause.finite
    if finite is None:
        return
    subject = next((g for g in clause.groups if g.case == "nom" and g.last <= finite.low), None)
    if subject is None or subject.kind == "actor":
        return
    items = [g for g in clause.groups if g.first > finite.at and g.case == "acc" and g.kind != "actor"]
    if all(_is_item(clause, tagged, group, items) for group in items):
        for group in items:
            group.case, group.head = "nom", None


def _is_item(clause: Clause, tagged: Tagged, group: Group, items: list[Group]) -> bool:
    """Whether a comma or coordinator stands before a phrase and a date or who did it behind it, or behind the rest of
    its list.
    """
    before = group.first - 1
    while before > 0 and tagged.tags[before] in "dDjJ":
        before -= 1
    after = tagged.tags[group.last : group.last + 2]
    if after[:1] in (["c"], [","]) and any(
        other.first in (group.last + 1, group.last + 2) for other in items
    ):
        after = ["t"]
    if tagged.tags[before] not in ",c":
        return False
    return after[:1] == ["t"] or after == ["P", "t"] or agent_behind(clause, tagged, group) is not None


def agent_behind(clause: Clause, tagged: Tagged, group: Group) -> Group | None:
    """Who did it to the last of several items: "Karvol fell to the rebels, Derin to the army"."""
    word = tagged.words[group.last] if group.last < len(tagged.words) else None
    if word is None or tagged.tags[group.last] != "P" or word.info not in {"by", "to"}:
        return None
    behind = (g for g in clause.groups if g.kind == "actor" and g.first > group.last)
    return next((g for g in behind if set(tagged.tags[group.last + 1 : g.first]) <= set("d")), None)


def _part_opening(tagged: Tagged, clause: Clause, verbs: list[Verb]) -> None:
    """The list behind an opening phrase is the subject, and no part of that: "After the fall of Karvol, Derin and Sarn
    were taken".
    """
    if tagged.tags[clause.low] not in "Pk":
        return
    for head in clause.groups:
        members = [g for g in clause.groups if g.head is head and not g.modifier]
        if (
            len(members) < 2
            or head.case in {"nom", "acc"}
            or tagged.tags[head.last : members[0].first] != [","]
        ):
            continue
        last = members[-1].last
        if not any(verb.low == last and verb.word.form == "fin" for verb in verbs):
            continue
        for group in members:
            group.head, group.case = (members[0] if group is not members[0] else None), "nom"


def _has_pronoun(pack: Pack, tagged: Tagged, clause: Clause) -> bool:
    """Whether a personal pronoun is the subject: "which they had abandoned", but "who, it said, had left"."""
    verb = clause.finite
    if verb is None or verb.lemma in pack.sets["speech_verbs"] or verb.low <= clause.low:
        return False
    return tagged.tags[verb.low - 1] == "r"


def _opens_clause(tagged: Tagged, group: Group, verbs: list[Verb]) -> bool:
    """Whether a name is the subject behind an opening phrase, no member of its list: "After Karvol, Derin fell"."""
    if (
        group.head is None
        or tagged.tags[group.head.last : group.first] != [","]
        or group.head.case in {"nom", "acc"}
    ):
        return False
    return any(verb.low == group.last and verb.word.form == "fin" for verb in verbs)


def _peoples(tagged: Tagged, clause: Clause, verbs: list[Verb]) -> None:
    """Mark the place whose people are the subject: they may give it up ("the citizens of Karvol opened the gates")."""
    first = min((verb.low for verb in verbs), default=0)
    for group in clause.groups:
        if group.kind != "place" or group.case != "of" or group.last > first:
            continue
        at = group.first - 1
        while at > 1 and tagged.tags[at] in "dDjJ":
            at -= 1
        opening = at - 2
        while opening > clause.low and tagged.tags[opening] in "dDjJQ":
            opening -= 1
        if tagged.tags[at] == "F" and tagged.tags[at - 1] == "o" and tagged.tags[max(opening, 0)] not in "PF":
            group.home = "people"


def _garrisons(tagged: Tagged, clause: Clause) -> None:
    """Label the place whose garrison is the subject: what it does, the place does too ("Karvol's garrison surrendered")."""
    for left, right in pairwise(clause.groups):
        between = [tag for tag in tagged.tags[left.last : right.first] if tag not in "dDjJ"]
        if left.role == "defender" and left.case == "nom" and right.kind == "place" and between == ["F"]:
            right.case = "garrison"
        elif (
            right.role == "defender"
            and right.case in {"nom", "owned"}
            and left.kind == "place"
            and between == ["'"]
        ):
            left.case, right.case = "garrison", "nom"


def _spread_exceptions(tagged: Tagged, clause: Clause) -> None:
    """Go on leaving out what a list names: "…but not Karvol, Derin or Sarn"."""
    for left, right in pairwise(clause.groups):
        if left.case == "except":
            between = tagged.tags[left.last : right.first]
            if between and set(between) <= set(",cdzx"):
                right.case = "except"


def _absolute_subjects(tagged: Tagged, clause: Clause, verbs: list[Verb]) -> None:
    """An actor between a comma and a participle is its subject: "was entered in May, the French having left"."""
    for group in clause.groups:
        if group.kind != "actor" or group.case != "acc":
            continue
        at = group.first - 1
        while at > 0 and tagged.tags[at] in "dDjJQ":
            at -= 1
        if tagged.tags[at] == "," and any(v.low == group.last and v.word.form == "conv" for v in verbs):
            group.case = "nom"


def _complement_subjects(tagged: Tagged, clause: Clause, verbs: list[Verb]) -> None:
    """What stands right before the second verb is its subject: "…said Makariv was liberated"."""
    for group in clause.groups:
        if group.case != "acc":
            continue
        for verb in verbs:
            if (
                verb.word.form == "fin"
                and (
                    verb.lemma or tagged.tags[verb.at + 1 : verb.at + 2] != ["k"]
                )  # "Karvol disguised as monks"
                and not _is_governed(tagged, clause, verbs, group)
                and 0 <= verb.low - group.last <= 2
                and all(tag in "xzh!" for tag in tagged.tags[group.last : verb.low])
            ):
                group.case = "nom"


def _is_governed(tagged: Tagged, clause: Clause, verbs: list[Verb], group: Group) -> bool:
    """Whether a participle that describes the subject governs the phrase: "Rebels occupying Karvol shelled Derin"."""
    return any(
        verb.word.form == "conv"
        and verb.at < group.first
        and set(tagged.tags[verb.at + 1 : group.first]) <= set("dDjJ")
        and any(g.kind == "actor" and g.case == "nom" and g.last == verb.low for g in clause.groups)
        for verb in verbs
    )


def _label(pack: Pack, tagged: Tagged, group: Group, verbs: list[Verb]) -> str:
    after = tagged.tags[group.last] if group.last < len(tagged.tags) else ""
    if after == "'":
        return "owner"
    bare = group.kind == "actor" and group.role == "state" and not (group.nation or group.org or group.leader)
    adverb = (
        after == "H" and tagged.low[group.last] in pack.sets["entry_adverbs"]
    )  # "entered Karvol unopposed"
    if (group.kind == "place" or bare) and after and after in "nH" and not adverb:
        return "none"  # "in the 2022 Karvol counteroffensive", "a military operation"
    at = group.first - 1
    while at > 0 and tagged.tags[at] == "-" and group.kind == "actor":
        at -= 1  # "to Field Marshal X": the title's own words
    if (
        at > 0
        and tagged.tags[at] in _NOUNS
        and tagged.tags[at - 1] in ("PFdD" if group.kind != "actor" else "dD")
    ):
        at -= 1  # "in continental Europe", "around the gypsum factory", "by the exhausted army"
    elif (
        at > 0
        and tagged.tags[at] == "V"
        and tagged.tags[at - 1] in "dD"
        and not any(v.at == at for v in verbs)
    ):
        at -= 1  # "held by the remaining rebels"
    at = _before_description(tagged, at, group)
    if at >= 0 and tagged.tags[at] == "!":
        return "except"  # "ten towns, but not Karvol"
    directional = pack.sets["directional"]
    while at >= 0 and (
        tagged.tags[at] in _SKIPPED
        or (tagged.tags[at] in "OSC" and group.kind != "actor")
        or (tagged.tags[at] == "L" and group.name and tagged.low[at] in directional)
    ):
        at -= 1  # "the rebel-held east Karvol"
    if at > 0 and tagged.tags[at] == "!" and tagged.tags[at - 1] in "a,cP":
        return "except"  # "took the airbase but not the town"
    if at >= 0 and tagged.tags[at] == "c" and "B" in tagged.tags[max(at - 3, 0) : at]:
        return "between"  # "the posts between it and Karvol"
    if at >= 0:
        word = tagged.words[at]
        back = at - 1
        while back > 0 and tagged.tags[at] == "P" and tagged.tags[back] in "-e":
            back -= 1  # "6 kilometres away from"
        behind = tagged.bases[back].lower() if at else ""
        if tagged.tags[at] == "F" and group.kind == "actor" and behind in pack.sets["amounts"]:
            return _label_at(pack, tagged, at - 1, verbs)  # "most of ISIL's fighters withdrew"
        if tagged.tags[at] == "F" and behind in pack.sets["distance_units"]:
            return "near"  # "within 40 kilometres of Karvol"
        if tagged.tags[at] == "F":
            group.titled = tagged.tags[at - 1 : at] == ["n"] and tagged.bases[at - 1][:1].isupper()
            return pack.names.pack.genitive or "of"
        if tagged.tags[at] == "P" and behind in pack.sets["distance_units"]:
            return "near"  # "15 km from Karvol"
        if tagged.tags[at] in "PB" and word is not None:
            return word.info or "between"
        if tagged.tags[at] == "L":
            return "near"
        if (
            tagged.tags[at] == "x"
            and tagged.tags[max(at - 1, 0)] in "YNAyO"
            and tagged.low[at].endswith(pack.names.pack.converb_endings)
        ):
            return "none"  # "a station supplying Karvol"
        if tagged.tags[at] == "'" and group.kind == "actor" and (group.nation or group.org):
            return _label_at(pack, tagged, _owner_from(tagged, at), verbs)  # "by General X's Prussians"
        owner = tagged.tags[at - 1] if at and tagged.tags[at] == "'" else ""
        if owner == "A" and group.kind == "actor" and group.owned:
            low = at - 1  # "the junta's army", "by the rebels' fighters"
            while low > 0 and tagged.tags[low - 1] in "AjJQ":
                low -= 1
            return _label(pack, tagged, replace(group, first=low), verbs)
        if owner == "x" or (owner == "Y" and group.kind == "unnamed"):
            low = at - 1  # "his country's army", "the region's two largest towns"
            while low > 0 and tagged.tags[low - 1] in "xjJQdD":
                low -= 1
            return _label(pack, tagged, replace(group, first=low), verbs)
        if tagged.tags[at] == "'":
            return "owned"
    if group.vicinity:
        return "near"
    return "acc" if any(verb.at < group.first for verb in verbs) else "nom"


def _owner_from(tagged: Tagged, at: int) -> int:
    """Where the name opens that the possessive at token ``at`` belongs to."""
    while at > 0 and tagged.tags[at - 1] in "NMpTyJ-":
        at -= 1
    return at


def _before_description(tagged: Tagged, at: int, group: Group) -> int:
    """Where several words that describe a class noun begin, if an article or preposition opens them: "famous for its
    12th-century rock-cut churches", "in the north and centre of Karvol".
    """
    tags = tagged.tags
    while at > 1 and tags[at] == "c" and tags[at - 1] == "L":
        at -= 2
        while at > 0 and tags[at] in "dD":
            at -= 1
    classed = group.kind in {"unnamed", "definite"} or (group.kind == "place" and tags[group.first] == "Y")
    if not classed or at < 0 or tags[at] not in _DESCRIBING:
        return at
    low, dated = at, False
    while low > 0 and at - low < _LONGEST and tags[low] in _DESCRIBING:
        dated = dated or tags[low] == "t"
        low -= 1
    if tags[low] in "dD":
        while low > 0 and tags[low] in "dD":
            low -= 1
        return low
    return low if tags[low] in "PF" and not dated else at


def _label_at(pack: Pack, tagged: Tagged, at: int, verbs: list[Verb]) -> str:
    """The label of an actor phrase that opens with the amount at token ``at``."""
    before = at - 1
    while before >= 0 and tagged.tags[before] in _SKIPPED | {"x"}:
        before -= 1
    word = tagged.words[before] if before >= 0 else None
    if word is not None and tagged.tags[before] in "PF":
        return word.info or pack.names.pack.genitive or "of"
    return "acc" if any(verb.at < at for verb in verbs) else "nom"


def within_reach(clause: Clause, groups: list[Group], verb: Verb) -> list[Group]:
    """The phrases that ``verb`` may govern: its clause's subject, and what stands behind it up to the next verb."""
    others = [v for v in clause.verbs if v.at != verb.at and not v.attributive]
    after = min((v.low for v in others if v.at > verb.at), default=None)
    if verb.attributive:
        return groups
    return [
        group
        for group in groups
        if (group.first > verb.at and (after is None or group.first < after))
        or (
            group.case in {"nom", "owner"}
            and group.last <= verb.low
            and not _subject_of_other(groups, group, verb, others)
        )
        or (group.last <= verb.low and group.case in _AROUND and not any(v.at < group.first for v in others))
    ]


def _subject_of_other(groups: list[Group], group: Group, verb: Verb, others: list[Verb]) -> bool:
    """Whether another verb stands between, with a subject of its own behind it: "Haidai admitted X had left"."""
    between = [v for v in others if group.last <= v.low and v.at < verb.low]
    return bool(between) and any(g.case == "nom" and between[-1].at < g.first < verb.low for g in groups)


def nominal_scope(tagged: Tagged, groups: list[Group], at: int) -> list[Group]:
    """What a noun of happening governs: its owner before ("X's fall") and its complements ("of X by Y")."""
    kept = [
        group
        for group in groups
        if group.last < at and tagged.tags[group.last] == "'" and at - group.last <= 3
    ]
    edge = at + 1
    for group in (g for g in groups if g.first > at):
        between = tagged.tags[edge : group.first]
        dated = "t" in between and between[-1:] in (
            ["c"],
            [","],
        )  # "of Mosul on 10 June, and Tikrit on 11 June"
        if any(tag not in "FPBdDjJzQ#c,t" for tag in between) or (
            "," in between and group.head is None and not dated
        ):
            break
        if dated and kept and group.kind != "actor":
            group.case = kept[-1].case
        kept.append(group)
        edge = group.last
    return kept


def noun_label(tagged: Tagged, at: int, verb: int, *, passive: bool = False) -> str:
    """The label of a frame's noun: its preposition ("under the army's control"), else subject or object."""
    position = at - 1
    while position >= 0 and tagged.tags[position] in "dDjJzQ#SOACNTRXp'-hr":
        position -= 1
    word = tagged.words[position] if position >= 0 else None
    if word is not None and tagged.tags[position] in "PB":
        return word.info
    return "acc" if (at > verb) != passive else "nom"


def owner_by_position(tagged: Tagged, clause: Clause, at: int) -> Group | None:
    """Whose a noun is: "the army's control", "rebel control", "the control of the army"."""
    for group in clause.groups:
        if 0 <= at - group.last <= 3 and (group.last == at or tagged.tags[group.last] == "'"):
            return group
    following = next((group for group in clause.groups if group.first > at), None)
    if following is not None:
        between = [tag for tag in tagged.tags[at + 1 : following.first] if tag not in "dDjJzQ#"]
        return following if between == ["F"] else None
    return None
