"""Countries as places in a language of cases: "elfoglalták Görögországot", "kivonultak Ausztriából".

As whoever acts, a country stays a side.  What belongs here: which countries of a clause are meant as land.  What does not:
languages of positions (``objects.lands_meant``).
"""

from __future__ import annotations

import msgspec

from frontledger.events.filled import label
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["lands_by_case"]

_GAINED = frozenset({"capture", "handover"})
_LEFT = frozenset({"ela", "del"})
"""Cases of what somebody leaves or is driven out of."""


def lands_by_case(
    tagged: Tagged,
    groups: list[Group],
    frame: Frame,
    verb: Verb | None,
    sets: dict[str, frozenset[str]],
    at: int,
) -> dict[int, Group]:
    """The countries to which something is done, as places, by the identity of the phrase.

    Whoever "leaves" or "assures" a country has not given up or taken it: only verbs that need a place to be held count.
    """
    if verb is None or "C" not in tagged.tags or verb.lemma in sets["securing_verbs"]:
        return {}
    taken = frame.kind in _GAINED or (frame.kind == "withdrawal" and verb.lemma in sets["yielding_verbs"])
    found: dict[int, Group] = {}
    for group in groups:
        if group.kind != "actor" or not group.nation or tagged.tags[group.first : group.last] != ["C"]:
            continue
        case = label(tagged, group)
        if verb.word.form == "vn":
            done = taken and "acc" in frame.object and group.last == at and case in {"nom", "owner"}
        elif verb.attributive or verb.word.form in {"pp", "ap"}:
            done = False
        elif case == "acc":
            done = taken and "acc" in frame.object
        else:
            done = case in _LEFT and case in frame.object and frame.kind in {"capture", "withdrawal"}
        if done:
            name = tagged.bases[group.first]
            found[id(group)] = msgspec.structs.replace(group, kind="place", name=name, nation="", role="")
    return found
