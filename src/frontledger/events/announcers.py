"""Who says what they did themselves: "Moscow said it had taken …", "csapataikat kivonták, közölte a minisztérium".

What belongs here: tellers and announcers as actors.  What does not: whether it is hearsay (``hearsay``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.doers import side_word
from frontledger.events.filled import Filled
from frontledger.events.scene import Scene, is_positional, tagged_so
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.model import CONTROL_KINDS

__all__ = ["announcer", "teller"]


def _source(scene: Scene, actor: Group) -> Group | None:
    """By whose word somebody's own troops acted: "az ISIL közlése szerint harcosai bevették …"."""
    word = scene.tagged.words[actor.last - 1]
    if word is None or not word.poss.startswith("p3"):
        return None
    tags, words = scene.tagged.tags, scene.tagged.words
    for at in range(actor.first - 1, 0, -1):
        known = words[at]
        if tags[at] == "P" and known is not None and known.info == "according":
            side = next((k for k in range(at - 1, max(at - 7, -1), -1) if tags[k] in "SCO"), None)
            return side_word(scene, side) if side is not None else None
        if tags[at] in "AVOk":
            return None
    return None


def _speaker(scene: Scene, clause: Clause, actor: Group) -> Group | None:
    """Who says what the own troops did, in the clause above: "Moszkva bejelentette, hogy erői elfoglalták a várost"."""
    word, sets = scene.tagged.words[actor.last - 1], scene.account.pack.sets
    index = scene.clauses.index(clause)
    owned = word is not None and word.poss.startswith("p3") and actor.last - actor.first == 1
    if not owned or not index or clause.subordinator not in sets["intending"] | sets["content"]:
        return None
    above = scene.clauses[index - 1]
    if above.finite is None or above.finite.lemma not in sets["speech_verbs"]:
        return None
    for group in above.groups:
        if group.case != "nom" or group.modifier:
            continue
        if group.kind == "actor":
            return group if group.org or group.nation else None
        capital = scene.tagged.words[group.last - 1]
        if capital is not None and capital.tag == "C" and capital.lemma in sets["capital_names"]:
            return side_word(scene, group.last - 1)
    return None


def announcer(
    scene: Scene, clause: Clause, frame: Frame, filled: Filled, verb: Verb | None, at: int
) -> Group | None:
    """Who announces what a noun tells of nobody: "Kyiv announced the liberation of Karvol"; what fell or was handed
    over, the other side may announce as well.
    """
    saying = clause.finite
    if (
        saying is None
        or filled.actor is not None
        or "before" in frame.actor
        or frame.kind not in CONTROL_KINDS
    ):
        return None
    sets = scene.account.pack.sets
    if (verb is not None and verb.word.form != "vn") or saying.lemma not in sets["speech_verbs"] - sets[
        "denial_verbs"
    ]:
        return None
    if is_positional(scene) and (at < saying.at or saying.passive):
        return None
    return next(
        (
            group
            for group in clause.groups
            if group.case == "nom"
            and group not in filled.objects
            and group.kind in {"actor", "place"}
            and (not is_positional(scene) or 0 <= saying.low - group.last <= 1)
        ),
        None,
    )


def _reporter(scene: Scene, clause: Clause) -> Group | None:
    """Whose office says what a clause without a subject tells of itself: "az orosz minisztérium közölte, hogy
    csapatait kivonta".
    """
    sets = scene.account.pack.sets
    index = scene.clauses.index(clause)
    if clause.subordinator not in sets["intending"] or not index:
        return None
    above = scene.clauses[index - 1]
    if above.finite is None or above.finite.lemma not in sets["speech_verbs"]:
        return None
    tags, words = scene.tagged.tags, scene.tagged.words
    for at in tagged_so(scene, above, "s"):
        word, side = words[at], at - 1
        while side > 0 and tags[side] in "jJ":
            side -= 1
        if word is not None and word.case == "nom" and side >= 0 and tags[side] == "S":
            return side_word(scene, side)
    return None


def _own_pronoun(scene: Scene, clause: Clause, verb: Verb) -> int | None:
    """The pronoun that is the subject of an active verb and opens what somebody says: "Moscow said it had taken …"."""
    tags, low = scene.tagged.tags, scene.tagged.low
    if verb.passive or verb.attributive:
        return None
    at = next((k for k in range(verb.low - 1, clause.low - 1, -1) if tags[k] == "r"), None)
    if at is None or set(tags[at + 1 : verb.low]) - set("xzh"):
        return None
    return at if low[at] in scene.account.pack.sets["speakers_pronouns"] else None


def _teller_before(scene: Scene, at: int) -> Group | None:
    """Whose side the subject of the verb of saying right before token ``at`` is."""
    tags, words, sets = scene.tagged.tags, scene.tagged.words, scene.account.pack.sets
    before = [v for v in scene.verbs if v.at < at and not v.attributive]
    if not before or before[-1].lemma not in sets["speech_verbs"] or at - before[-1].at > _SAYING:
        return None
    for k in range(before[-1].low - 1, -1, -1):
        word = words[k]
        if tags[k] in ",k;":
            return None
        if tags[k] in "SCO" or (
            word is not None
            and word.tag == "C"
            and word.lemma in sets["capital_names"]
            and tags[k + 1] in "Vexz"
        ):
            return side_word(scene, k)
    return None


_SAYING = 2
"""Tokens from a verb of saying to who is said to do something."""


def teller(scene: Scene, clause: Clause, actor: Group | None, verb: Verb | None = None) -> Group | None:
    """Who says what ``actor`` did, where that is the teller's own: "Russia's defence ministry said its forces …"."""
    if actor is None:
        if not is_positional(scene):
            return _reporter(scene, clause)
        at = _own_pronoun(scene, clause, verb) if verb is not None else None
        return _teller_before(scene, at) if at is not None else None
    if actor.org or actor.nation or actor.leader:
        return None
    if not is_positional(scene):
        return _source(scene, actor) or _speaker(scene, clause, actor)
    if not actor.first or scene.tagged.low[actor.first - 1] not in scene.account.pack.sets["own"]:
        return None
    return _teller_before(scene, actor.first - 1)
