"""The last step of a fold: who held the places of one partition, and what is questionable about them.

What belongs here: one partition, and the outcomes that accounts claim.  What does not: the rules (``ledger.fold``,
``ledger.findings``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from frontledger.corpus.parcels import Bearing, Borne, Stake, load, save, the_world
from frontledger.corpus.parts import REVISION, add_findings, piece
from frontledger.errors import LedgerError
from frontledger.ledger import rows
from frontledger.ledger.findings import find_of_account, find_of_places
from frontledger.ledger.fold import fold
from frontledger.ledger.store import insert_values
from frontledger.model import Account, Event, Finding, Holding, Place, Side
from frontledger.pipeline import uncollected

__all__ = ["hold", "outcomes"]


def hold(partition: int, numbers: Sequence[int], work: Path) -> Path:
    """Fold and check the places of a partition; ``numbers`` are the shards that tell of them.  Writes its piece."""
    with uncollected():
        return _hold(partition, numbers, work)


def _hold(partition: int, numbers: Sequence[int], work: Path) -> Path:
    world, known = the_world(work)
    decode = cast("Callable[[bytes], Event]", msgspec.json.Decoder(Borne).decode)
    events: list[Event] = []
    evidence: dict[str, str] = {}
    sentences: dict[str, str] = {}
    opening: dict[str, str] = {}
    accounts: dict[str, Account] = {}
    for number in numbers:
        path = work / f"bearing-{partition}-{number}"
        given = load(path, Bearing)
        path.unlink()
        for record, words, sentence in given.events:
            event = decode(record)
            events.append(event)
            evidence[event.id] = words
            sentences[event.id] = sentence
        for name, head in given.heads.items():
            accounts[name] = Account(id=name, text="", title=head.title, lang=head.lang)
            if head.opens is not None:
                opening[name] = head.opens
    own = {name for name, home in world.partition.items() if home == partition}
    holdings = fold(events, [known[name] for name in own], opening=opening, only=own)
    about = own | {ref.id for event in events for ref in event.places if ref.id is not None}
    places = [known[name] for name in about]
    found = find_of_places(
        accounts.values(), events, places, world.sides, holdings, evidence=evidence, quotes=sentences
    )
    first_told = {one.events[0] for one in found}
    start = {event.id: event.sentence.start for event in events if event.id in first_told}
    path = work / f"partition-{partition}.piece"
    counted: Counter[tuple[str, str]] = Counter()
    last: dict[str, Holding] = {}
    ends: dict[tuple[str, str], int] = {}
    with piece(path) as store:
        new = []
        for holding in holdings:
            track = holding.place, holding.layer
            first, until = rows.certain(holding)
            if first < until:
                if first < ends.get(track, first):  # what the trigger on ``holdings`` forbids row by row
                    raise LedgerError(f"{path.name}: two holdings of {holding.place} at one time")
                ends[track] = max(until, ends.get(track, until))
            new.append(rows.holding_values(store, holding, known[holding.place], counted[track], REVISION))
            counted[track] += 1
            if holding.layer == "assessed":
                last[holding.place] = holding
        insert_values(store, "holdings", rows.HOLDING_COLUMNS, new)
        add_findings(store, ((one, start[one.events[0]]) for one in found if one.places[0] in own))
    save(work / f"last-{partition}", last)
    return path


def outcomes(numbers: Sequence[int], partitions: int, work: Path) -> list[tuple[Finding, int]]:
    """Where an infobox names a winner and the ledger another; ``numbers`` are shards with such accounts."""
    if not numbers:
        return []
    world, known = the_world(work)
    last: dict[str, Holding] = {}
    for partition in range(partitions):
        last |= load(work / f"last-{partition}", dict[str, Holding])
    found: list[tuple[Finding, int]] = []
    for number in numbers:
        for stake in load(work / f"stakes-{number}", list[Stake]):
            found += _outcome(stake, last, world.sides, known)
    return found


def _outcome(
    stake: Stake, last: Mapping[str, Holding], sides: Sequence[Side], known: Mapping[str, Place]
) -> list[tuple[Finding, int]]:
    about = {ref.id for event in stake.events for ref in event.places if ref.id is not None}
    findings = find_of_account(
        [stake.account], stake.events, [known[name] for name in about], sides,
        [last[name] for name in sorted(about) if name in last],
        codes=("outcome-mismatch",), periods={}, evidence=stake.evidence,
    )  # fmt: skip
    return [(one, 0) for one in findings]
