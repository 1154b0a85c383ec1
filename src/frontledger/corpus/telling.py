"""The second half of a fold, shard by shard: events learn where they happened, and go to their ledger and partitions.

What belongs here: the rows of accounts and events of one shard, and what its accounts' own texts make questionable.
What does not: who held what (``holding``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from frontledger.corpus.parcels import Bearing, Head, Named, Stake, load, save, the_world
from frontledger.corpus.parts import REVISION, add_findings, piece
from frontledger.corpus.schema import arrow
from frontledger.ledger import rows, told_distances
from frontledger.ledger.findings import find_of_accounts
from frontledger.ledger.store import insert
from frontledger.mentions.calendar import iso
from frontledger.model import CONTROL_KINDS, Account, Event, Place, PlaceRef, Telling
from frontledger.pipeline import uncollected

__all__ = ["tell"]

ACCOUNTS = ["status", "id", "country", "period_first", "period_last", "record"]
EVENTS = ["account", "record", "evidence", "sentence"]


def tell(corpus: Path, shard: str, number: int, regions: Sequence[str], work: Path) -> Path:
    """Write the piece of a shard, and what each partition must know of it; ``regions`` are those of its accounts."""
    with uncollected():
        return _tell(corpus, shard, number, regions, work)


def _tell(corpus: Path, shard: str, number: int, regions: Sequence[str], work: Path) -> Path:
    world, places = the_world(work)
    names: dict[str, Mapping[str, str]] = {}
    parted: dict[str, Sequence[str]] = {}
    tellings: list[Telling] = []
    for region in regions:
        path = work / f"names-{region}-{number}"
        to = world.renamed[region]
        for account, named in load(path, dict[str, Named]).items():
            names[account] = {one: to.get(other, other) for one, other in named.places.items()}
            parted |= {event: [to.get(one, one) for one in ids] for event, ids in named.parted.items()}
            tellings += (_under(telling, to) for telling in named.tellings)
        path.unlink()
    accounts, periods = _accounts(corpus, shard)
    events, evidence, sentences = _events(corpus, shard, names, parted, places)
    opens = rows.opening_days(events)
    path = work / f"shard-{number}.piece"
    texts = {account.id: account.text for account in accounts}
    order = {account.id: rank for rank, account in enumerate(accounts)}
    tellings.sort(key=lambda one: (order[one.account], one.start))
    used = {ref.id for event in events for ref in event.places} | {
        place for one in tellings for place in (one.anchor, *one.subjects)
    }
    found = find_of_accounts(
        accounts, events, [places[name] for name in used if name in places], world.sides,
        periods=periods, evidence=evidence, tellings=tellings,
    )  # fmt: skip
    start = {event.id: event.sentence.start for event in events}
    with piece(path) as store:
        insert(
            store,
            "accounts",
            (rows.account_row(one, periods.get(one.id), opens.get(one.id), REVISION) for one in accounts),
        )
        insert(store, "citations", (row for one in accounts for row in rows.citation_rows(one)))
        insert(
            store,
            "events",
            (
                rows.event_row(
                    event,
                    event,
                    texts[event.account],
                    evidence[event.id],
                    version=REVISION,
                    revision=REVISION,
                )
                for event in events
            ),
        )
        insert(
            store,
            "event_places",
            ({"event": event.id, "place": one} for event in events for one in sorted(rows.bearing(event))),
        )
        insert(store, "told_distances", map(told_distances.row, tellings))
        add_findings(store, ((one, start[one.events[0]] if one.events else 0) for one in found))
    _hand_out(accounts, events, evidence, sentences, opens, world.partition, number, work)
    return path


def _under(telling: Telling, names: Mapping[str, str]) -> Telling:
    if not names:
        return telling
    return replace(
        telling,
        anchor=names.get(telling.anchor or "", telling.anchor),
        subjects=tuple(dict.fromkeys(names.get(one, one) for one in telling.subjects)),
    )


def _accounts(corpus: Path, shard: str) -> tuple[list[Account], dict[str, tuple[str, str]]]:
    """The coded accounts of a shard, and what they say they are about."""
    arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(corpus / "accounts" / f"{shard}.parquet", columns=ACCOUNTS)
    decode = msgspec.json.Decoder(Account).decode
    accounts, periods = [], {}
    for row in table.to_pylist():
        if row["record"] is None:
            continue
        accounts.append(decode(row["record"]))
        if row["period_first"] is not None:
            periods[row["id"]] = iso(row["period_first"]), iso(row["period_last"])
    return accounts, periods


def _events(
    corpus: Path,
    shard: str,
    names: Mapping[str, Mapping[str, str]],
    parted: Mapping[str, Sequence[str]],
    places: Mapping[str, Place],
) -> tuple[list[Event], dict[str, str], dict[str, str]]:
    """The events of a shard with the ids and coordinates of their places; their evidence and sentences by id."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(corpus / "events" / f"{shard}.parquet", columns=EVENTS)
    decode = msgspec.json.Decoder(Event).decode
    events: list[Event] = []
    evidence: dict[str, str] = {}
    sentences: dict[str, str] = {}
    for account, record, words, sentence in zip(*(table[name].to_pylist() for name in EVENTS), strict=True):
        event = decode(record)
        own = names[account]
        ids = parted.get(event.id) or [own[ref.id or ""] for ref in event.places]
        events.append(
            replace(
                event,
                places=tuple(_placed(ref, places[one]) for ref, one in zip(event.places, ids, strict=True)),
            )
        )
        evidence[event.id], sentences[event.id] = words, sentence
    return events, evidence, sentences


def _placed(ref: PlaceRef, place: Place) -> PlaceRef:
    return replace(
        ref,
        id=place.id,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        located_by=place.located_by,
    )


def _hand_out(
    accounts: Sequence[Account],
    events: Sequence[Event],
    evidence: Mapping[str, str],
    sentences: Mapping[str, str],
    opens: Mapping[str, str],
    partition: Mapping[str, int],
    number: int,
    work: Path,
) -> None:
    """Give each partition the events that bear on its places, and set aside the accounts that tell an outcome."""
    heads = {one.id: Head(opens.get(one.id), one.title, one.lang) for one in accounts}
    given: dict[int, list[tuple[Event, str, str]]] = defaultdict(list)
    for event in events:
        about = set(rows.bearing(event))
        if event.kind in CONTROL_KINDS:
            about |= {ref.id for ref in event.places if ref.role == "object" and ref.id is not None}
        for home in {partition[place] for place in about if place in partition}:
            given[home].append((event, evidence[event.id], sentences[event.id]))
    for home, told in given.items():
        named = {event.account: heads[event.account] for event, _, _ in told}
        save(work / f"bearing-{home}-{number}", Bearing(tuple(told), named))
    told_outcome = {one.id for one in accounts if any(field.key == "result" for field in one.infobox)}
    if told_outcome:
        by_account: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.account in told_outcome:
                by_account[event.account].append(event)
        stakes = [
            Stake(one, tuple(by_account[one.id]), {e.id: evidence[e.id] for e in by_account[one.id]})
            for one in accounts
            if one.id in told_outcome
        ]
        save(work / f"stakes-{number}", stakes)
