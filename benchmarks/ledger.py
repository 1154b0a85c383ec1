"""How fast the ledger is: a fold of a million events, a map as of a day, one review.

    python benchmarks/ledger.py [--events N] [--places N] [--holdings N] [--reviews N] [--only fold|map|control|review]

- *fold*: N events over N places, made as a stream and folded in a process of its own; seconds and peak memory of
  making and folding, and of making alone.
- *map*: who held every place on a day, out of N stored holdings: from the database to rows of place, state, side
  and point; median of days spread over the whole time, warm and in each backend.
- *control*: who held every place on a day with the events that say so, by the database and out of all holdings read
  anew, and who held one place; processor seconds of this process.
- *review*: one verdict from call to commit, holdings and findings brought up to date, in a ledger of the
  ``--holdings`` size; median over events at random, in each backend.  The disk's own time to flush is given beside.

PostgreSQL with PostGIS is started for the occasion where it is installed (tests/ledger/postgres.py).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar
from frontledger.model import Account, ActorRef, Event, EventDate, Kind, Place, PlaceRef, Side, Span, Trigger

ROOT = Path(__file__).resolve().parents[1]
SIDES = tuple(Side(id=side, name=side.title(), names=(side.title(),)) for side in ("red", "blue", "green"))
FIRST_DAY = calendar.parse_iso("2011-01-01")
DAYS = 4000
DAY_OF = [calendar.iso(FIRST_DAY + n) for n in range(DAYS)]
KINDS: tuple[Kind, ...] = ("capture",) * 6 + ("withdrawal", "handover", "hold", "repulse")
SENTENCE = 80


def places_of(count: int) -> list[Place]:
    """So many places with coordinates; every twentieth is a part of the one before."""
    return [
        Place(
            id=f"place-{n}", name=f"Place {n}", names=(f"Place {n}",), lat=30 + n % 97 / 10, lon=35 + n % 89 / 10,
            part_of=f"place-{n - 1}" if n % 20 == 19 else None,
        )
        for n in range(count)
    ]  # fmt: skip


def events_of(count: int, places: int, accounts: int, seed: int = 1) -> Iterator[Event]:
    """So many events as a stream: accounts in turn, each in the order of time, about places at random."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    actors = [ActorRef(id=side.id, name=side.name) for side in SIDES]
    per_account = max(1, count // accounts)
    for n in range(count):
        account, number = divmod(n, per_account)
        day = min(DAYS - 1, int(DAYS * number / per_account) + dice.randint(0, 20))
        last = min(DAYS - 1, day + (0 if dice.random() < 0.9 else dice.randint(1, 30)))
        actor, against = dice.sample(actors, 2)
        place = dice.randrange(places)
        start = number * SENTENCE
        yield Event(
            id=f"a{account}:e{number}", account=f"a{account}", kind=KINDS[dice.randrange(len(KINDS))],
            date=EventDate(edtf=DAY_OF[day], earliest=DAY_OF[day], latest=DAY_OF[last], basis="explicit"),
            actor=actor, against=against if dice.random() < 0.5 else None,
            places=(
                PlaceRef(
                    id=f"place-{place}", name=f"Place {place}", text="place", start=start + 20, end=start + 25,
                    role="object", extent="full" if dice.random() < 0.85 else "partial",
                ),
            ),
            again=False, hedged=dice.random() < 0.1, attributed_to=None, negated=False,
            trigger=Trigger(text="took", start=start + 10, end=start + 14),
            sentence=Span(start=start, end=start + SENTENCE - 1), citations=("1",), rule="benchmark",
        )  # fmt: skip


def peak_mb() -> float:
    """Peak memory of this process itself."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def fold_alone(events: int, places: int, *, folding: bool) -> None:
    """Make (and fold) in this process; print seconds, peak megabytes, holdings."""
    known = places_of(places)
    accounts = max(1, events // 200)
    begun, worked = time.perf_counter(), time.process_time()
    stream = events_of(events, places, accounts)
    held = len(fold(stream, known)) if folding else sum(1 for _ in stream)
    print(time.perf_counter() - begun, time.process_time() - worked, peak_mb(), held)


def measure_fold(events: int, places: int) -> None:
    """The fold and its input, each in a process of its own."""
    found = []
    for part in ("fold", "make"):
        arguments = [
            sys.executable,
            __file__,
            "--alone",
            part,
            "--events",
            str(events),
            "--places",
            str(places),
        ]
        done = subprocess.run(arguments, check=True, capture_output=True, text=True)
        found.append([float(figure) for figure in done.stdout.split()])
    (seconds, worked, peak, held), (making, made, _, _) = found
    print(
        f"fold      {events:,} events over {places:,} places: {seconds - making:.1f} s, {worked - made:.1f} s of CPU "
        f"(and {made:.1f} s to make them), peak {peak:,.0f} MB, {held:,.0f} holdings"
    )


def fill(where: Path | str, holdings: int, places: int) -> Ledger:
    """A ledger with about so many holdings (with six events to a place, as by default)."""
    ledger = Ledger.create(where)
    events = int(holdings * 0.88)  # many an event begins two: one who holds it now, one who is implied before
    accounts = max(1, events // 200)
    told = list(events_of(events, places, accounts, seed=2))
    known = places_of(places)
    held = fold(told, known)
    text = "".join(f"Sentence {n} told here, and it took a place.".ljust(SENTENCE) for n in range(200))
    books = [Account(id=f"a{n}", text=text, title=f"Book {n}", lang="en") for n in range(accounts + 1)]
    ledger.replace(books, told, known, SIDES, held, (), "benchmark")
    return ledger


def measure_map(ledger: Ledger, name: str) -> None:
    """The median time of a map as of a day."""
    spent, count = [], 0
    ledger.map(on=DAY_OF[1])
    total = ledger._store.rows("SELECT count(*) FROM holdings")[0][0]
    for n in range(20):
        begun = time.perf_counter()
        count = len(ledger.map(on=DAY_OF[100 + n * (DAYS - 200) // 20]))
        spent.append(time.perf_counter() - begun)
    print(
        f"map       {name}: {1000 * statistics.median(spent):.1f} ms median, {1000 * max(spent):.1f} ms at most, "
        f"{count:,} places out of {total:,} holdings"
    )


def measure_control(ledger: Ledger, name: str) -> None:
    """What a day costs with its evidence."""

    def median(ask: Callable[[str], object], days: int) -> float:
        spent = []
        for n in range(days):
            begun = time.process_time()
            ask(DAY_OF[100 + n * (DAYS - 200) // days])
            spent.append(time.process_time() - begun)
        return statistics.median(spent)

    total = ledger._store.rows("SELECT count(*) FROM holdings")[0][0]
    every = median(ledger.control_on, 7)
    anew = median(lambda on: control(ledger.holdings, ledger.places, on), 3)
    one = median(lambda on: ledger.control_on(on, place="place-7"), 20)
    print(
        f"control   {name}: {every:.2f} s by the database, {anew:.2f} s out of all {total:,} holdings "
        f"({anew / every:.1f} times as long), one place {1000 * one:.1f} ms"
    )


def measure_reviews(ledger: Ledger, name: str, count: int) -> None:
    """The median time of one verdict of each kind."""
    dice = random.Random(3)  # noqa: S311 - no secret
    ids = [row[0] for row in ledger._store.rows("SELECT id FROM events ORDER BY id LIMIT 20000")]
    for deed, changes in (("accept", ()), ("reject", ()), ("correct", (("date", DAY_OF[2000]),))):
        spent = []
        for event in dice.sample(ids, count):
            version = ledger.version(event)
            begun = time.perf_counter()
            ledger.review(event, deed, by="benchmark", why="measured", changes=changes, version=version)
            spent.append(time.perf_counter() - begun)
        print(
            f"review    {name}, {deed}: {1000 * statistics.median(spent):.2f} ms median, "
            f"{1000 * statistics.quantiles(spent, n=20)[-1]:.2f} ms for 95 of 100"
        )


def measure_flush(folder: Path) -> None:
    """What the disk takes to flush 4 kB: the floor under every commit."""
    spent = []
    with (folder / "flush").open("wb") as file:
        for _ in range(200):
            begun = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            spent.append(time.perf_counter() - begun)
    print(f"disk      flushes 4 kB in {1000 * statistics.median(spent):.2f} ms median")


def measure_stored(where: Path | str, name: str, options: argparse.Namespace) -> None:
    """Map and reviews in one backend."""
    with fill(where, options.holdings, options.places) as ledger:
        if options.only in (None, "map"):
            measure_map(ledger, name)
        if options.only in (None, "control"):
            measure_control(ledger, name)
        if options.only in (None, "review"):
            measure_reviews(ledger, name, options.reviews)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=50_000)
    parser.add_argument("--holdings", type=int, default=300_000)
    parser.add_argument("--reviews", type=int, default=200)
    parser.add_argument("--only", choices=("fold", "map", "control", "review"))
    parser.add_argument("--alone", choices=("fold", "make"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        fold_alone(options.events, options.places, folding=options.alone == "fold")
        return 0
    if options.only in (None, "fold"):
        measure_fold(options.events, options.places)
    if options.only in (None, "map", "control", "review"):
        with tempfile.TemporaryDirectory() as folder:
            measure_flush(Path(folder))
            measure_stored(Path(folder) / "war.gpkg", "GeoPackage", options)
        sys.path.insert(0, str(ROOT / "tests" / "ledger"))
        import postgres  # type: ignore[import-not-found] # noqa: PLC0415 - shared with the tests

        reason = postgres.missing()
        if reason:
            print(f"PostGIS   not measured: {reason}")
            return 0
        with postgres.server() as address:
            measure_stored(f"{address}#benchmark", "PostGIS", options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
