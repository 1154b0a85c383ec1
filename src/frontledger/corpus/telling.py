"""The second half of a fold, shard by shard: events learn where they happened, and go to their ledger and partitions.

What belongs here: the rows of accounts and events of one shard, and what its accounts' own texts make questionable.
What does not: who held what (``holding``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import force_setattr, replace

from frontledger.corpus.parcels import Bearing, Head, Named, Stake, load, save, the_world
from frontledger.corpus.parts import REVISION, add_findings, piece
from frontledger.corpus.records import Records, mapped
from frontledger.corpus.schema import columns
from frontledger.ledger import rows, told_distances
from frontledger.ledger.findings import find_of_accounts
from frontledger.ledger.store import Row, insert, insert_values
from frontledger.mentions.calendar import iso
from frontledger.model import Account, Event, Place, PlaceRef, Telling
from frontledger.pipeline import uncollected

__all__ = ["tell"]

ACCOUNTS = ["id", "period_first", "period_last", "record"]


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
            if not to:
                names[account] = named.places
                parted |= named.parted
            else:
                names[account] = {one: to.get(other, other) for one, other in named.places.items()}
                parted |= {event: [to.get(one, one) for one in ids] for event, ids in named.parted.items()}
            tellings += (_under(telling, to) for telling in named.tellings)
        path.unlink()
    accounts = _accounts(corpus, shard)
    source = work / f"records-{number}"
    with mapped(source) as records:
        events = _events(corpus, shard, records, names, parted, places)
    source.unlink()
    everybody = [one.account for one in accounts.values()]
    every = [one.event for one in events]
    periods = {name: one.period for name, one in accounts.items() if one.period is not None}
    evidence = {one.event.id: one.evidence for one in events}
    opens = rows.opening_days(every)
    order = {name: rank for rank, name in enumerate(accounts)}
    tellings.sort(key=lambda one: (order[one.account], one.start))
    used = {ref.id for event in every for ref in event.places} | {
        place for one in tellings for place in (one.anchor, *one.subjects)
    }
    found = find_of_accounts(
        everybody, every, [places[name] for name in used if name in places], world.sides,
        periods=periods, evidence=evidence, tellings=tellings,
    )  # fmt: skip
    start = {event.id: event.sentence.start for event in every}
    path = work / f"shard-{number}.piece"
    with piece(path) as store:
        insert(store, "accounts", (one.row(opens.get(name)) for name, one in accounts.items()))
        insert(store, "citations", (row for one in everybody for row in rows.citation_rows(one)))
        insert_values(store, "events", rows.EVENT_COLUMNS, (one.values() for one in events), encoded="record")
        insert_values(
            store,
            "event_places",
            ("event", "place"),
            ((one.event.id, place) for one in events for place in one.bears_on),
        )
        insert(store, "told_distances", map(told_distances.row, tellings))
        add_findings(store, ((one, start[one.events[0]] if one.events else 0) for one in found))
    _hand_out(everybody, events, opens, world.partition, number, work)
    return path


class _Told(msgspec.Struct, gc=False):
    """An event with what stands beside it in the corpus."""

    event: Event
    record: bytes
    evidence: str
    sentence: str
    bears_on: list[str]

    def values(self) -> tuple[object, ...]:
        """Its row of ``events``."""
        return rows.event_values(
            self.event, self.record, self.sentence, self.evidence,
            version=REVISION, reading=None, revision=REVISION,
        )  # fmt: skip


class _Read(msgspec.Struct, gc=False):
    """An account with what stands beside it in the corpus."""

    account: Account
    record: str
    period: tuple[str, str] | None

    def row(self, opens: str | None) -> Row:
        """Its row of ``accounts``."""
        return rows.account_row(self.account, self.period, opens, REVISION, self.record)


def _under(telling: Telling, names: Mapping[str, str]) -> Telling:
    if not names:
        return telling
    return replace(
        telling,
        anchor=names.get(telling.anchor or "", telling.anchor),
        subjects=tuple(dict.fromkeys(names.get(one, one) for one in telling.subjects)),
    )


def _accounts(corpus: Path, shard: str) -> dict[str, _Read]:
    """The coded accounts of a shard, by id."""
    decode = msgspec.json.Decoder(Account).decode
    found = {}
    table = columns(corpus / "accounts" / f"{shard}.parquet", ACCOUNTS)
    for name, first, last, record in zip(*table, strict=True):
        if record is not None:
            period = None if first is None else (iso(first), iso(last))
            found[name] = _Read(decode(record), record, period)
    return found


def _events(
    corpus: Path,
    shard: str,
    records: Records,
    names: Mapping[str, Mapping[str, str]],
    parted: Mapping[str, Sequence[str]],
    places: Mapping[str, Place],
) -> list[_Told]:
    """The events of a shard with the ids and coordinates of their places."""
    decode = msgspec.json.Decoder(Event).decode
    encode = msgspec.json.Encoder().encode
    found: list[_Told] = []
    words, sentences = columns(corpus / "events" / f"{shard}.parquet", ("evidence", "sentence"))
    for record, evidence, sentence in zip(records.between(0, len(words)), words, sentences, strict=True):
        event = decode(record)
        if event.places:
            own = names[event.account]
            ids = parted.get(event.id) or [own[ref.id or ""] for ref in event.places]
            for ref, one in zip(event.places, ids, strict=True):
                _place(ref, places[one])
        found.append(_Told(event, encode(event), evidence, sentence, sorted(rows.bearing(event))))
    return found


def _place(ref: PlaceRef, place: Place) -> None:
    """Say where the place of an event is.

    The event has just been read here and nobody else knows it: to make another of each costs twice the reading.
    """
    force_setattr(ref, "id", place.id)
    force_setattr(ref, "lat", place.lat)
    force_setattr(ref, "lon", place.lon)
    force_setattr(ref, "radius_km", place.radius_km)
    force_setattr(ref, "located_by", place.located_by)


def _hand_out(
    accounts: Sequence[Account],
    events: Sequence[_Told],
    opens: Mapping[str, str],
    partition: Mapping[str, int],
    number: int,
    work: Path,
) -> None:
    """Give each partition the events that bear on its places, and set aside the accounts that tell an outcome."""
    heads = {one.id: Head(opens.get(one.id), one.title, one.lang) for one in accounts}
    given: dict[int, list[_Told]] = defaultdict(list)
    for told in events:
        if told.bears_on:
            for home in {partition[place] for place in told.bears_on if place in partition}:
                given[home].append(told)
    for home, bearing in given.items():
        named = {account: heads[account] for account in {told.event.account for told in bearing}}
        save(
            work / f"bearing-{home}-{number}",
            Bearing(tuple([(told.record, told.evidence, told.sentence) for told in bearing]), named),
        )
    told_outcome = {one.id for one in accounts if any(field.key == "result" for field in one.infobox)}
    if told_outcome:
        by_account: dict[str, list[_Told]] = defaultdict(list)
        for told in events:
            if told.event.account in told_outcome:
                by_account[told.event.account].append(told)
        stakes = [
            Stake(
                one,
                tuple(told.event for told in by_account[one.id]),
                {told.event.id: told.evidence for told in by_account[one.id]},
            )
            for one in accounts
            if one.id in told_outcome
        ]
        save(work / f"stakes-{number}", stakes)
