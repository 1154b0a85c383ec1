"""Who has to do something, and who makes them: "forced the army to pull out", "Karvol kiürítésére kényszerítették".

What belongs here: doing under force or of necessity.  What does not: whose doing something is of itself (``doers``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.doers import side_word
from frontledger.events.scene import Scene, is_positional
from frontledger.events.verbforms import Verb
from frontledger.mentions.group import Group

__all__ = ["forced", "forcer", "has_no_doer"]


def forcer(scene: Scene, clause: Clause, verb: Verb) -> Group | None:
    """Who forces somebody to do what an infinitive tells: "the Russians forced the Turks to evacuate Karvol", "were
    forced by the Russians to …", "an ISIL counter-offensive forced the army to pull out".
    """
    if verb.word.form != "inf" or not is_positional(scene):
        return None
    before = [v for v in scene.verbs if v.at < verb.low and not (v.attributive and v.passive)]
    forcing = before[-1] if before else None
    if forcing is None or forcing.lemma not in scene.account.pack.sets["forcing_verbs"]:
        return None
    if forcing.passive:
        return next(
            (
                g
                for g in clause.groups
                if g.case == "by" and g.kind == "actor" and forcing.at < g.first < verb.at
            ),
            None,
        )
    tags, low = scene.tagged.tags, forcing.low
    for at in range(low - 1, -1, -1):
        if tags[at] in "nH":
            owner = at - 1
            while owner > 0 and tags[owner] in "jJz'":
                owner -= 1
            return side_word(scene, owner) if tags[owner] in "SOC" else None
        group = next(
            (g for g in scene.groups if g.last == at + 1 and g.kind == "actor" and not g.modifier), None
        )
        if group is not None:
            return group if group.case == "nom" else None
        if tags[at] in ";k":
            return None
    return None


def forced(scene: Scene, clause: Clause, verb: Verb) -> tuple[Group | None, Group | None, Verb | None]:
    """(who has to do it, who makes them, the verb of forcing) where cases tell: "az oroszok Karvol kiürítésére kényszerítették a törököket",
    "arra kényszerítették a dánokat, hogy feladják Karvolt".
    """
    if is_positional(scene):
        return None, None, None
    forcing, above = scene.account.pack.sets["forcing_verbs"], clause
    if verb.word.form != "vn":
        index = scene.clauses.index(clause)
        if not index or clause.subordinator not in scene.account.pack.sets["intending"]:
            return None, None, None
        above = scene.clauses[index - 1]
    if above.finite is None or above.finite is verb or above.finite.lemma not in forcing:
        return None, None, None
    troops = [g for g in above.groups if g.kind == "actor" and not g.modifier]
    return (
        next((g for g in troops if g.case == "acc"), None),
        next((g for g in troops if g.case == "nom"), None),
        above.finite,
    )


def has_no_doer(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a clause says only that something had to be done: "Karvolt ki kellett üríteni"."""
    return (
        verb.word.form == "inf"
        and not verb.word.person
        and not is_positional(scene)
        and clause.finite is not None
        and clause.finite.lemma in scene.account.pack.sets["obliged"]
    )
