"""The state machine of one place in one layer: statements in order in, tenures out.

Each act has one method and each method one rule of ``docs/control.md``.  What belongs here: what a
statement does to the tenure that it meets.  What does not: which statements there are (``statements``), in
which order (``order``), and the shape that the rest of the system sees (``fold``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontledger.ledger.order import in_order, teller, windows
from frontledger.ledger.statements import BEFORE, Act, Statement
from frontledger.model import State

__all__ = ["Tenure", "tenures"]

NOWHERE: Mapping[str, str] = {}
"""No foothold; shared by all tenures that know of none."""


class Tenure:
    """A stretch during which the state of a place is the same; it ends where the next one begins.

    ``seen`` is the last day on which something confirmed it, ``evidence`` the event ids in the order in which they
    came, ``footholds`` (contested only) gives for a side that came in through one part alone that part.
    """

    __slots__ = (
        "accounts",
        "earliest",
        "evidence",
        "footholds",
        "implied",
        "latest",
        "seen",
        "sides",
        "state",
    )

    def __init__(
        self,
        state: State,
        sides: tuple[str, ...],
        earliest: int,
        latest: int,
        seen: int,
        first: Statement,
        *,
        implied: bool = False,
    ) -> None:
        self.state = state
        self.sides = sides
        self.earliest = earliest
        self.latest = latest
        self.seen = seen
        self.evidence: dict[str, None] = {first.event: None}
        self.accounts = {first.account}
        self.implied = implied
        self.footholds: Mapping[str, str] = NOWHERE

    def held_by(self, side: str) -> bool:
        """Whether this side alone holds the place."""
        return self.state == "held" and self.sides == (side,)

    def confirm(self, said: Statement) -> None:
        """Count the statement as a witness."""
        self.evidence[said.event] = None
        self.accounts.add(said.account)
        self.seen = max(self.seen, said.earliest)


def tenures(statements: Sequence[Statement], opening: Mapping[str, int]) -> list[Tenure]:
    """The tenures of one place, from its statements in canonical order.

    ``opening`` gives the first day that each account narrates.
    """
    track = _Track(opening)
    ordered, summed_up = in_order(statements)
    for run in windows(ordered):
        if len(run) == 1:
            track.apply(run[0])
        else:
            track.read(run)
    if summed_up:
        gained = [tenure for tenure in reversed(track.tenures) if not tenure.implied]
        rests_on = {event: tenure for tenure in gained for event in tenure.evidence}
        for summary, exact in summed_up.items():
            if exact.event in rests_on:
                rests_on[exact.event].confirm(summary)
    return track.tenures


class _Track:
    """The tenures so far; the last one is the present state."""

    def __init__(self, opening: Mapping[str, int]) -> None:
        self.tenures: list[Tenure] = []
        self.now: Tenure | None = None
        """The last of them."""
        self.opening = opening

    def read(self, run: Sequence[Statement]) -> None:
        """Apply all statements of one date range.

        Who is seen to hold a place on the day on which another takes it held it before, wherever the text
        says so ("captured the village, which was in enemy hands").
        """
        changes = [said for said in run if not said.is_observation and said.act is not Act.SETTLE]
        takers = {said.side for said in changes if said.act <= Act.FOLLOW}
        for said in run:
            if said.is_observation and said.side not in takers:
                self.apply(said)
        self.change(changes)
        for said in run:
            if said.is_observation and said.side in takers:
                self.apply(said)
        for said in run:
            if said.act is Act.SETTLE:  # any other word of that day goes before it
                self.settle(said)

    def change(self, changes: Sequence[Statement]) -> None:
        """Apply the changes of one date range: in the order of the text; across accounts the one that
        tells most leads, and what it does not explain makes the place contested.
        """
        leading, unexplained = teller(changes)
        if leading is None:
            for said in changes:
                self.apply(said)
            return
        rest: list[Statement] = []
        told = set()
        for said in changes:
            if said.account == leading:
                self.apply(said)
                told.add((said.act, said.side, said.part))
            else:
                rest.append(said)
        for said in rest:
            if said.gains_all and said.side in unexplained:
                self.dispute(said)
            elif said.gains_all:
                self.witness(said)
            elif (said.act, said.side, said.part) in told and self.now is not None:
                self.now.confirm(said)  # told by the leading account too: one change, not a second one
            else:
                self.apply(said)

    def apply(self, said: Statement) -> None:
        """Apply one statement to the present state."""
        match said.act:
            case Act.GAIN | Act.FOLLOW:
                self.gain(said)
            case Act.GAIN_PART:
                self.gain_part(said)
            case Act.LEAVE | Act.FOLLOW_LEAVE:
                self.leave(said)
            case Act.LEAVE_PART:
                self.leave_part(said)
            case Act.SETTLE:
                self.settle(said)
            case Act.SEEN:
                self.see(said)
            case Act.SEEN_PART:
                self.see_part(said)

    def begin(self, said: Statement, *sides: str, state: State = "held", since: int | None = None) -> Tenure:
        """End the present tenure and begin another with this statement."""
        earliest = said.earliest if since is None else since
        latest = said.latest
        new = Tenure(
            state,
            tuple(sorted({*sides} - {""})) if len(sides) != 1 else sides if sides[0] else (),
            earliest,
            latest,
            said.earliest,
            said,
        )
        old = self.now
        if old is not None:
            # Never let an end lie before a beginning: where ranges overlap, the order read is taken as the order.
            new.earliest = max(earliest, old.earliest)
            new.latest = max(latest, new.earliest)
            self.begun_by(new.latest)
            if old.state == "unknown" and (old.earliest, old.latest) == (new.earliest, new.latest):
                new.evidence = old.evidence | new.evidence
                self.tenures.pop()  # no gap: one left and another came in the same window
        self.tenures.append(new)
        self.now = new
        return new

    def begun_by(self, day: int) -> None:
        """All tenures so far had begun by that day at the latest."""
        for former in reversed(self.tenures):
            if former.latest <= day:
                break
            former.latest = day

    def imply(self, said: Statement, side: str) -> None:
        """Whoever loses a place of which nothing was said before held it since the narrative opens."""
        if self.tenures or not side or said.earliest == BEFORE:
            return
        opening = min(self.opening.get(said.account, said.earliest), said.earliest)
        self.now = Tenure("held", (side,), BEFORE, opening, opening, said, implied=True)
        self.tenures.append(self.now)

    def gain(self, said: Statement) -> None:
        now = self.now
        if said.act is Act.GAIN and said.against != said.side:
            self.imply(said, said.against)
        if now is not None and now.held_by(said.side):
            now.confirm(said)
            self.begun_by(max(now.earliest, said.latest))
        elif (
            now is not None
            and now.state == "held"
            and said.earliest < now.latest
            and said.account not in now.accounts
        ):
            self.dispute(said)
        else:
            self.begin(said, said.side)

    def gain_part(self, said: Statement) -> None:
        if said.against != said.side:
            self.imply(said, said.against)
        now = self.now
        if now is None or now.state == "unknown":
            sides = {said.side, said.against} - {""} if now is None else {said.side}
            self.contest(said, *sides)
        elif now.state == "contested":
            self.join(now, said)
        elif now.held_by(said.side):
            now.confirm(said)
        else:
            self.contest(said, *now.sides, said.side)

    def join(self, now: Tenure, said: Statement) -> None:
        """A side gains ground in a contested place: it contends; whose only foothold was this part is out."""
        if said.part:
            left = {side for side, part in now.footholds.items() if part == said.part and side != said.side}
            if left:
                rest = {*now.sides, said.side} - left
                self.begin(said, *rest, state="held" if len(rest) == 1 else "contested")
                return
        if not said.side:
            now.confirm(said)
        elif said.side in now.sides:
            now.confirm(said)
            if now.footholds.get(said.side, said.part) != said.part:
                now.footholds = {side: part for side, part in now.footholds.items() if side != said.side}
        else:
            self.contest(said, *now.sides, said.side)

    def contest(self, said: Statement, *sides: str, since: int | None = None) -> None:
        """The place becomes contested between these sides."""
        footholds = dict(self.now.footholds) if self.now is not None else {}
        new = self.begin(said, *sides, state="contested", since=since)
        if said.part:
            footholds[said.side] = said.part
        new.footholds = footholds

    def leave(self, said: Statement) -> None:
        if said.act is Act.LEAVE:
            self.imply(said, said.side)
        now = self.now
        if now is None:
            return
        if said.side in now.sides:
            rest = set(now.sides) - {said.side}
            state: State = "unknown" if not rest else "held" if len(rest) == 1 else "contested"
            self.begin(said, *rest, state=state)
        elif said.earliest <= now.latest and now.earliest <= said.latest:
            now.confirm(said)  # the same change, told from the side of the loser

    def leave_part(self, said: Statement) -> None:
        self.imply(said, said.side)
        now = self.now
        if now is not None and now.held_by(said.side):
            self.begin(said, said.side, state="contested")
        elif now is not None and said.part and now.footholds.get(said.side) == said.part:
            rest = {*now.sides} - {said.side}  # its only part is given up, and nobody is known to have come
            self.begin(said, *rest, state="contested" if rest else "unknown")
        elif now is not None and said.earliest <= now.latest and now.earliest <= said.latest:
            now.confirm(said)

    def settle(self, said: Statement) -> None:
        """A contest is over, and the text does not say how: who came for the place is implied to have it."""
        now = self.now
        if now is None or now.state != "contested":
            return
        if not said.side:
            self.begin(said, state="unknown")
        elif said.side in now.sides:
            self.begin(said, said.side).implied = True

    def see(self, said: Statement) -> None:
        now = self.now
        if now is None:
            self.begin(said, said.side, since=BEFORE)
        elif said.side in now.sides:
            now.confirm(said)
        elif now.state == "contested":
            self.contest(said, *now.sides, said.side, since=_after(now, said))
        elif said.latest <= now.latest and now.state == "held":
            self.see_former(now, said)
        else:
            self.begin(said, said.side, since=_after(now, said))

    def see_former(self, now: Tenure, said: Statement) -> None:
        """Seen within the window in which another takes the place: held it until then."""
        if len(self.tenures) == 1:
            former = Tenure("held", (said.side,), BEFORE, said.latest, said.earliest, said)
            self.tenures.insert(0, former)
        elif self.tenures[-2].held_by(said.side):
            self.tenures[-2].confirm(said)
        else:
            return
        now.earliest = max(now.earliest, min(said.earliest, now.latest))

    def see_part(self, said: Statement) -> None:
        now = self.now
        if now is None:
            if not said.part:
                self.begin(said, said.side, state="contested", since=BEFORE)
        elif said.side in now.sides:
            now.confirm(said)
        elif now.state != "unknown":
            self.contest(said, *now.sides, said.side, since=_after(now, said))

    def dispute(self, said: Statement) -> None:
        """Another account gives the place to another side at the same time."""
        now = self.now
        if now is None or now.held_by(said.side):
            self.gain(said)
            return
        if now.state == "contested" and said.side in now.sides:
            now.confirm(said)
            return
        before = list(now.evidence)[-1:]
        latest = max(now.latest, said.latest)
        new = self.begin(said._replace(latest=latest), *now.sides, said.side, state="contested")
        new.evidence = dict.fromkeys([*before, said.event])

    def witness(self, said: Statement) -> None:
        """A gain that the leading account tells too."""
        for tenure in reversed(self.tenures):
            if tenure.held_by(said.side) or said.side in tenure.sides:
                tenure.confirm(said)
                return
        self.gain(said)


def _after(now: Tenure, said: Statement) -> int:
    """First day on which somebody seen now may have come: the one after the present state was last confirmed."""
    return BEFORE if now.seen == BEFORE else min(now.seen + 1, said.latest)
