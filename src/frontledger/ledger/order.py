"""Put what is said about one place into the order in which it happened.

A wide date window ("in November") says little about order, the text says more: a summary is a witness to
the change that it sums up, and a narrated event lies between its neighbours in the narrative.  What belongs
here: order and windows.  What does not: what a statement does (``tenures``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from frontledger.ledger.statements import Act, Statement

__all__ = ["in_order", "summaries", "teller", "windows"]


def in_order(statements: Sequence[Statement]) -> tuple[Sequence[Statement], Mapping[Statement, Statement]]:
    """The statements with windows narrowed by the narrative, sorted; and apart from them the summaries,
    each with what it sums up.
    """
    if all(said.earliest == said.latest for said in statements):
        return statements, {}
    summed_up = summaries(statements)
    if summed_up:
        statements = [said for said in statements if said not in summed_up]
    return _narrowed(statements), summed_up


def windows(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """Runs of statements with the very same date range."""
    begun = 0
    window: tuple[int, int] | None = None
    for index, said in enumerate(statements):
        if window != (said.earliest, said.latest):
            if window is not None:
                yield statements[begun:index]
            begun, window = index, (said.earliest, said.latest)
    if window is not None:
        yield statements[begun:]


def summaries(statements: Sequence[Statement]) -> dict[Statement, Statement]:
    """Wide gains that only tell again what a day's gain by the same side tells exactly, with that gain.

    Of several such gains the last is meant: a summary tells the outcome.  Within one account only what
    stands *before* the exact statement is a summary (a lead); what stands after it is narrative.
    """
    exact: dict[tuple[str, Act], list[Statement]] = {}
    for said in statements:
        if said.earliest == said.latest and said.act <= Act.FOLLOW:
            exact.setdefault((said.side, said.act), []).append(said)
    found: dict[Statement, Statement] = {}
    for wide in statements:
        if wide.earliest == wide.latest or wide.act > Act.FOLLOW:
            continue
        days = exact.get((wide.side, wide.act), [])
        high = bisect_right(days, wide.latest, key=lambda said: said.earliest)
        low = bisect_left(days, wide.earliest, key=lambda said: said.earliest)
        own = [said for said in days[low:high] if said.account == wide.account]
        if own and _at(wide) < _at(own[-1]):
            found[wide] = own[-1]
        elif not own and high > low:  # who tells the day knows best whether the other telling sums it up
            found[wide] = days[high - 1]
    return found


def teller(run: Sequence[Statement]) -> tuple[str | None, frozenset[str]]:
    """Which account's sequence of full gains explains those of all others in one window.

    Gives the account that tells most, and the sides that it leaves unexplained (a conflict unless empty);
    None when at most one account tells a gain.
    """
    gains: dict[str, list[str]] = {}
    for said in run:
        if said.gains_all:
            gains.setdefault(said.account, []).append(said.side)
    if len(gains) < 2:
        return None, frozenset()
    account = min(gains, key=lambda name: (-len(gains[name]), name))
    told = set(gains[account])
    return account, frozenset(side for sides in gains.values() for side in sides if side not in told)


def _at(said: Statement) -> tuple[int, int, int]:
    return said.sentence, said.trigger, said.offset


def _narrowed(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Clamp wide narrated windows between the exact days told before and after them in the same account; sorted.

    Only accounts that tell something wide and something more about the place have anything to clamp.
    """
    wide = {said.account for said in statements if said.earliest != said.latest and not said.background}
    by_account: dict[str, list[Statement]] = {}
    for said in statements:
        if said.account in wide and not said.background:
            by_account.setdefault(said.account, []).append(said)
    several = [told for told in by_account.values() if len(told) > 1]
    if not several:
        return statements
    narrated = {said.account for told in several for said in told}
    done = [said for said in statements if said.background or said.account not in narrated]
    for told in several:
        told.sort(key=_at)
        _clamp(told, after=True)
        told.reverse()
        _clamp(told, after=False)
        done.extend(told)
    done.sort()
    return done


def _clamp(told: list[Statement], *, after: bool) -> None:
    """One pass in the order of the text (``after``) or against it, in place."""
    day: int | None = None
    for index, said in enumerate(told):
        if said.earliest == said.latest:
            day = said.earliest
        elif day is not None and said.earliest <= day <= said.latest:
            told[index] = said._replace(earliest=day) if after else said._replace(latest=day)
