"""Which tellings tell the same change of hands: in lead, body and recap, in other accounts, in other languages.

A telling is what one event says happened to one place.  Place identity, sides and date windows decide; the words
do not, so the language of an account is no matter.  What belongs here: sameness, and how two tellings of one
change may differ.  What does not: who held the place (``tenures``), or what is worth a finding.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from frontledger.ledger.statements import AFTER, BEFORE, Days, is_reported
from frontledger.model import Event, Extent, Value

__all__ = [
    "MOST_DAYS_APART",
    "SAME_CHANGE_DAYS",
    "Change",
    "Difference",
    "Telling",
    "aligned",
    "change_of",
    "changes_in",
    "differences",
    "gathered",
    "told_of",
]

SAME_CHANGE_DAYS = 2
"""Two accounts that differ by no more tell the same change whoever is said to have gained (xSub: 1 to 2 days)."""
MOST_DAYS_APART = 31
"""Two accounts that give a place to one side tell the same change, misdated, if they differ by no more."""

GAINS = frozenset({"capture", "handover"})
OBJECT = frozenset({"object"})
ATTACKED = frozenset({"object", "direction"})
"""Where what is repulsed was going."""
Difference = Literal["date", "side", "extent", "outcome"]

EXTENT, COMPLEMENT, OUTCOME, SIDE = 3, 1, 10, 20
"""What a difference costs, in days: of several tellings near each other, the likeliest are taken for one."""


class Telling(NamedTuple):
    """What one event says happened to one place; sorted by time."""

    first: int
    last: int
    account: str
    start: int
    event: str
    gainer: str
    """Empty where nobody is said to have gained."""
    loser: str
    extent: Extent
    failed: bool
    """The place was attacked or to be taken, and was not."""
    reported: bool
    again: bool


class Change(Value, frozen=True):
    """One change of hands with everybody who tells it."""

    place: str
    gainer: str | None
    loser: str | None
    extent: Extent
    earliest: str | None
    latest: str | None
    witnesses: tuple[str, ...]
    """Event ids: the most exact telling first."""
    accounts: tuple[str, ...]


_made = tuple.__new__
"""A named tuple without the detour through its own constructor: there are millions."""


def told_of(events: Iterable[Event], days: Days) -> dict[str, list[Telling]]:
    """The tellings of changes and of failures, by place, in the order of time; rejected and undated ones left out."""
    found: defaultdict[str, list[Telling]] = defaultdict(list)
    for event in events:
        window = days.window(event)
        if window is None or event.review == "rejected":
            continue
        actor = event.actor.id if event.actor is not None else ""
        against = event.against.id if event.against is not None else ""
        if event.kind in GAINS:
            gainer, loser, failed = actor, against, event.negated
        elif event.kind == "withdrawal" and not event.negated:
            gainer, loser, failed = "", actor, False
        elif event.kind == "repulse" and not event.negated:
            gainer, loser, failed = against, actor, True
        else:
            continue
        if not (gainer or loser):
            continue
        roles = ATTACKED if event.kind == "repulse" else OBJECT
        first, last = window
        reported = is_reported(event)
        for ref in event.places:
            if ref.role in roles and ref.id is not None:
                telling = _made(
                    Telling,
                    (
                        first, last, event.account, event.sentence.start, event.id, gainer, loser, ref.extent,
                        failed, reported, event.again,
                    ),
                )  # fmt: skip
                found[ref.id].append(telling)
    for tellings in found.values():
        tellings.sort()
    return found


def apart(one: Telling, other: Telling) -> int:
    """Days between two windows; 0 where they overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def differences(one: Telling, other: Telling) -> tuple[Difference, ...]:
    """In what two tellings of one change differ."""
    found: list[Difference] = []
    if one.failed != other.failed:
        return ("outcome",)
    if (one.gainer and other.gainer and one.gainer != other.gainer) or (
        not (one.gainer and other.gainer) and _contradict(one, other)
    ):
        found.append("side")
    if apart(one, other):
        found.append("date")
    if one.extent != other.extent:
        found.append("extent")
    return tuple(found)


def _contradict(one: Telling, other: Telling) -> bool:
    """Whether a departure and a gain cannot be two sides of one change: who left is who came."""
    if one.gainer or other.gainer:
        gain, loss = (one, other) if one.gainer else (other, one)
        return gain.gainer == loss.loser
    return one.loser != other.loser


def cost(one: Telling, other: Telling) -> int | None:
    """How far two tellings are from telling the same, in days; None when they tell different changes."""
    distance = apart(one, other)
    if distance > MOST_DAYS_APART:
        return None
    near = distance <= SAME_CHANGE_DAYS
    extent = EXTENT if one.extent != other.extent else 0
    if one.failed and other.failed:
        return distance if near and one.gainer == other.gainer else None
    if one.failed != other.failed:
        return OUTCOME + distance if near and _same_attempt(one, other) else None
    if one.gainer and one.gainer == other.gainer:
        return distance + extent
    if not one.gainer and not other.gainer:
        return distance + extent if one.loser == other.loser else None
    if one.gainer and other.gainer:
        return SIDE + distance + extent if near else None
    if _contradict(one, other):
        return None
    gain, loss = (one, other) if one.gainer else (other, one)
    known = gain.loser in ("", loss.loser)
    return COMPLEMENT + distance + extent if near and known else None


def _same_attempt(one: Telling, other: Telling) -> bool:
    """Whether what failed in one telling is what succeeded in the other."""
    return bool(one.gainer) and one.gainer == other.gainer


def changes_in(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """The tellings of one account about one place, those of the same change together, the most exact first.

    A summary ("in November") is the last exact telling within its window, as in the fold; the loser's view and the
    gainer's are one change; the same side gaining twice on overlapping days is one change told again, unless
    somebody else gained in between.
    """
    if len(tellings) == 1:
        return [list(tellings)]
    exact = [one for one in tellings if one.first == one.last]
    groups: list[list[Telling]] = []
    for telling in exact:
        group = _group_of(telling, groups)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    for telling in tellings:
        if telling.first != telling.last:
            group = next((g for g in reversed(groups) if _sums_up(telling, g)), None)
            if group is None:
                groups.append([telling])
            else:
                group.append(telling)
    groups.sort(key=lambda group: group[0])
    return [_best_first(group) for group in groups]


def _group_of(telling: Telling, groups: Sequence[list[Telling]]) -> list[Telling] | None:
    """The change of the same day and side, if nothing else happened in between."""
    for group in reversed(groups):
        last = group[-1]
        if telling.first - last.last > 1:
            return None
        if last.failed != telling.failed:
            continue
        same_side = bool(telling.gainer) and telling.gainer == next((t.gainer for t in group if t.gainer), "")
        if same_side and apart(last, telling) == 0 and last.extent == telling.extent:
            return group
        if (not telling.gainer or not last.gainer) and (cost(last, telling) or SIDE) <= COMPLEMENT + 1:
            return group
        if telling.gainer and last.gainer and telling.gainer != last.gainer:
            return None
    return None


def _sums_up(wide: Telling, group: Sequence[Telling]) -> bool:
    return any(
        apart(wide, one) == 0
        and one.failed == wide.failed
        and one.extent == wide.extent
        and (one.gainer == wide.gainer if wide.gainer else one.loser == wide.loser)
        for one in group
    )


def _best_first(group: list[Telling]) -> list[Telling]:
    """The telling that stands for the change: stated before reported, a gain before a loss, exact before wide."""
    return sorted(group, key=lambda t: (t.reported, not t.gainer, t.last - t.first, t.start, t.event))


def aligned(
    ours: Sequence[Telling], theirs: Sequence[Telling]
) -> list[tuple[Telling | None, Telling | None]]:
    """Pair the changes that two sources tell of one place, the likeliest pairs first; what is left stands alone.

    Both in the order of time.  Only tellings within :data:`MOST_DAYS_APART` are looked at.
    """
    offers: list[tuple[int, int, int]] = []
    starts = [one.first for one in theirs]
    longest = max(
        (one.last - one.first for one in theirs if one.last < AFTER and one.first > BEFORE), default=0
    )
    open_ended = any(one.last >= AFTER or one.first <= BEFORE for one in theirs)
    for i, one in enumerate(ours):
        low = 0 if open_ended else bisect_left(starts, one.first - MOST_DAYS_APART - longest)
        for j in range(low, len(theirs)):
            if theirs[j].first > one.last + MOST_DAYS_APART:
                break
            price = cost(one, theirs[j])
            if price is not None:
                offers.append((price, i, j))
    offers.sort()
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in offers:
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
    found: list[tuple[Telling | None, Telling | None]] = [
        (one, theirs[paired[i]] if i in paired else None) for i, one in enumerate(ours)
    ]
    found += [(None, one) for j, one in enumerate(theirs) if j not in taken]
    return found


def gathered(tellings: Sequence[Telling]) -> list[list[list[Telling]]]:
    """The changes of one place over all accounts: for each change the accounts that tell it, for each account its
    tellings, the most exact first.  The same for any order of accounts.
    """
    by_account: dict[str, list[Telling]] = {}
    for telling in tellings:
        by_account.setdefault(telling.account, []).append(telling)
    sources = [
        changes_in(told) for _, told in sorted(by_account.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    found = _Changes()
    for source in sources:
        theirs = [group[0] for group in source]
        first = min([one.first for one in theirs]) - MOST_DAYS_APART
        last = max([one.last for one in theirs]) + MOST_DAYS_APART
        near = found.between(first, last)
        if not near:
            for group in source:
                found.add([group])
            continue
        ours = [change[0][0] for change in near]
        home = {id(change[0][0]): change for change in near}
        own = {id(group[0]): group for group in source}
        for one, other in aligned(ours, theirs):
            if other is not None and one is not None:
                home[id(one)].append(own[id(other)])
            elif other is not None:
                found.add([own[id(other)]])
    return found.sorted()


class _Changes:
    """Changes of one place, by time: hundreds of accounts may tell of it, each of a few weeks."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._dated: list[list[list[Telling]]] = []
        """Those of a few days, in the order of their first day."""
        self._wide: list[list[list[Telling]]] = []

    def add(self, change: list[list[Telling]]) -> None:
        """Add a change; its first telling says when it was."""
        lead = change[0][0]
        if lead.last - lead.first > MOST_DAYS_APART:
            self._wide.append(change)
            return
        where = bisect_right(self._firsts, lead.first)
        self._firsts.insert(where, lead.first)
        self._dated.insert(where, change)

    def between(self, first: int, last: int) -> list[list[list[Telling]]]:
        """The changes that can have been on these days, in their order."""
        low = bisect_left(self._firsts, first - MOST_DAYS_APART)
        found = self._dated[low : bisect_right(self._firsts, last)] + self._wide
        found = [change for change in found if change[0][0].first <= last and change[0][0].last >= first]
        found.sort(key=_lead)
        return found

    def sorted(self) -> list[list[list[Telling]]]:
        """All of them in their order."""
        return sorted(self._dated + self._wide, key=_lead)


def _lead(change: Sequence[Sequence[Telling]]) -> Telling:
    return change[0][0]


def change_of(place: str, change: Sequence[Sequence[Telling]], names: Mapping[int, str | None]) -> Change:
    """A change as a record; ``names`` gives the ISO day of each day number."""
    every = sorted(
        _best_first([telling for group in change for telling in group]), key=lambda t: t.last - t.first
    )
    lead = change[0][0]
    first = max((t.first for t in every if apart(t, lead) == 0), default=lead.first)
    last = min((t.last for t in every if apart(t, lead) == 0), default=lead.last)
    if first > last:
        first, last = lead.first, lead.last
    return Change(
        place=place,
        gainer=next((t.gainer for t in every if t.gainer), None),
        loser=next((t.loser for t in every if t.loser), None),
        extent=lead.extent,
        earliest=names[first],
        latest=names[last],
        witnesses=tuple(dict.fromkeys(t.event for t in _best_first(list(every)))),
        accounts=tuple(dict.fromkeys(t.account for group in change for t in group)),
    )
