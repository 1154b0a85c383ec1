"""One draft that tells of several changes: a date or an owner for each of its places.

What belongs here: parting a draft, and the time that stands beside a trigger.  What does not: the times themselves (``dating``).
"""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from frontledger.events.clauses import Clause
from frontledger.events.dating import Timeline, spans
from frontledger.events.drafts import Draft
from frontledger.events.filled import Filled
from frontledger.events.positions import agent_behind
from frontledger.events.scene import Scene, is_positional
from frontledger.mentions.group import Group
from frontledger.model import Time

__all__ = ["by_date", "own_time", "time_behind", "time_between"]


def by_date(scene: Scene, clause: Clause, timeline: Timeline, draft: Draft) -> list[Draft]:
    """The drafts that one trigger gives: one for each owner, and one for each date."""
    return [one for owned in _by_owner(scene, draft) for one in _each_date(scene, clause, timeline, owned)]


def _by_owner(scene: Scene, draft: Draft) -> list[Draft]:
    """One draft for each owner or taker where the rest is said once: "Karvol a kormány, Derin a felkelők kezén volt",
    "Karvolt a hadsereg, Derint a felkelők foglalták el".
    """
    actor, objects = draft.filled.actor, draft.filled.objects
    if actor is None or len(objects) < 2 or actor.kind != "actor":
        return [draft]
    behind = is_positional(scene) and "possessor" not in draft.frame.actor
    owned: list[tuple[list[Group], Group]] = []
    left: list[Group] = []
    for place in objects:
        left.append(place)
        owner = agent_behind(draft.clause, scene.tagged, place) if behind else _right_behind(scene, place)
        if owner is not None and owner not in [known for _places, known in owned]:
            owned.append((left, owner))
            left = []
    if left:
        owned.append((left, actor))
    if (
        behind
    ):  # those before the verb are the first agent's: "Karvol was taken by the rebels and Derin by the army"
        owned = _first_agents(draft, actor, owned)
    if len({id(owner) for _places, owner in owned}) < 2:
        return [draft]
    return [
        replace(draft, filled=replace(draft.filled, objects=places, actor=owner), places=[])
        for places, owner in owned
    ]


def _first_agents(
    draft: Draft, actor: Group, owned: list[tuple[list[Group], Group]]
) -> list[tuple[list[Group], Group]]:
    """The members of the subject with the agent that stands behind the verb; the items behind that have their own."""
    first = [g for g in draft.filled.objects if g.first < actor.first]
    rest = [([g for g in places if g not in first], owner) for places, owner in owned]
    return [(first, actor), *((places, owner) for places, owner in rest if places)]


def _right_behind(scene: Scene, place: Group) -> Group | None:
    """The actor right behind a place that closes a member of the list: "Karvolt a hadsereg, …"."""
    tags = scene.tagged.tags
    return next(
        (
            group
            for group in scene.groups
            if group.kind == "actor"
            and group.case in {"nom", "owner"}
            and place.last <= group.first <= place.last + 1
            and tags[group.last : group.last + 1] in ([","], ["V"], ["H"])
        ),
        None,
    )


def _each_date(scene: Scene, clause: Clause, timeline: Timeline, draft: Draft) -> list[Draft]:
    """One draft for each date: "június 28-án Győrt, július 13-án Budát vette birtokába"."""
    tokens, first = scene.account.tokens, scene.tagged.first
    times = [
        t
        for low, high in spans((tokens.start, tokens.end), first, clause)
        for t in timeline.inside(low, high)
    ]
    times = [time for time in times if time.type != "VAGUE"]
    if draft.background or len(times) < 2 or len(draft.filled.objects) < 2:
        return [draft]
    if len(times) == len(draft.filled.objects) and _is_one_by_one(scene, times):
        return [
            _dated(scene, timeline, draft, [group], time)
            for group, time in zip(draft.filled.objects, times, strict=True)
        ]
    dated: dict[int, list[Group]] = {}
    following: Group | None = None
    chosen: list[tuple[int, Group]] = []
    for group in reversed(draft.filled.objects):
        before = [at for at, time in enumerate(times) if time.start < group.start]
        behind = [at for at, time in enumerate(times) if _is_right_behind(scene, group, time)]
        if (
            not behind
            and before
            and following is not None
            and _goes_with(scene, times, before[-1], group, following)
        ):
            behind = [chosen[-1][0]]  # "…, Karvol and Derin on 7 August"
        following = group if behind else None
        chosen.append(((behind or before or [0])[-1], group))
    for at, group in reversed(chosen):
        dated.setdefault(at, []).append(group)
    if len(dated) < 2:
        return [draft]
    return [_dated(scene, timeline, draft, objects, times[at]) for at, objects in dated.items()]


def _dated(scene: Scene, timeline: Timeline, draft: Draft, objects: list[Group], time: Time) -> Draft:
    date = timeline.date([], draft.trigger[0], (scene.sentence.start, scene.sentence.end), own=time)
    return replace(draft, filled=replace(draft.filled, objects=objects), places=[], date=date)


def _is_one_by_one(scene: Scene, times: list[Time]) -> bool:
    """Whether a word gives each place of a clause its own of the dates that stand in a row: "on 5 and 6 May
    respectively", "7-én, illetve 8-án".
    """
    words, low = scene.account.pack.sets["respectively"], scene.tagged.low
    if words.isdisjoint(low):
        return False
    starts, first = scene.account.tokens.start, scene.tagged.first
    opening = bisect_left(starts, times[0].start) - first
    closing = bisect_left(starts, times[-1].end) - first
    between = {tag for tag in scene.tagged.tags[opening:closing] if tag != "t"}
    reach = range(opening, min(closing + _BEHIND, len(low)))
    return between <= set(",cPdx.") and any(low[at] in words for at in reach)


_BEHIND = 3
"""Tokens from the last date to the word behind it: ", respectively"."""


def _goes_with(scene: Scene, times: list[Time], before: int, group: Group, following: Group) -> bool:
    """Whether a place shares the date behind the next one of its list: a comma or coordinator closes the date before
    it, and none stands between the two.
    """
    if any(group.end <= time.start < following.start for time in times):
        return False
    tokens, first = scene.account.tokens, scene.tagged.first
    closing = bisect_left(tokens.start, times[before].end) - first
    return scene.tagged.tags[closing : closing + 1] in ([","], ["c"])


def _is_right_behind(scene: Scene, group: Group, time: Time) -> bool:
    """Whether nothing but a preposition stands between a place and a date: "Lippa in 1551 and Temesvár in 1552"."""
    between = scene.tagged.tags[group.last : group.last + 3]
    position = bisect_left(scene.account.tokens.start, time.start) - scene.tagged.first
    return position >= group.last and all(tag in "P.d" for tag in between[: position - group.last]) and (
        position - group.last <= 2
    )  # fmt: skip


def own_time(scene: Scene, filled: Filled, at: int) -> Time | None:
    """The time mention inside a participle's own phrase: "az év tavaszán az ISIL által elfoglalt"."""
    left = [
        g.first for g in (*filled.objects, filled.actor, filled.against) if g is not None and g.first < at
    ]
    edge = min([*left, at])
    tokens = scene.account.tokens
    while edge > 0 and scene.tagged.tags[edge - 1] in "dzjP":
        edge -= 1
    if edge == 0 or scene.tagged.tags[edge - 1] != "t":
        return None
    offset = tokens.start[scene.tagged.first + edge - 1]
    return next((time for time in scene.tagged.times if time.start <= offset < time.end), None)


def time_behind(scene: Scene, filled: Filled, at: int) -> Time | None:
    """The time mention right behind a noun and what it governs: "the capture of Karvol in May was …"."""
    tags, tokens = scene.tagged.tags, scene.account.tokens
    behind = [
        g.last for g in (*filled.objects, filled.actor, filled.against) if g is not None and g.first > at
    ]
    edge = max(behind, default=at + 1)
    if tags[edge : edge + 1] == ["P"]:
        edge += 1
    if tags[edge : edge + 1] != ["t"]:
        return None
    offset = tokens.start[scene.tagged.first + edge]
    return next(
        (time for time in scene.tagged.times if time.start <= offset < time.end and time.type == "DATE"), None
    )


def time_between(scene: Scene, filled: Filled, at: int) -> Time | None:
    """The time mention between a noun of happening and the place that owns it: "Karvol 1944-es felszabadítása óta"."""
    if is_positional(scene) or not at or scene.tagged.tags[at - 1] != "t":
        return None
    owner = max((g.last for g in filled.objects if g.last < at), default=0)
    if not owner or set(scene.tagged.tags[owner:at]) != {"t"}:
        return None
    offset = scene.account.tokens.start[scene.tagged.first + at - 1]
    return next((time for time in scene.tagged.times if time.start <= offset < time.end), None)
