"""A corpus becomes one ledger: the same as if its accounts had been read into it one by one.

    shards  --sort-->  regions  --place-->  world  --tell-->  partitions  --hold-->  ledger

Accounts go home to their regions, where their places are told apart; the regions are put together; each shard writes
its events and hands them to the partitions of their places; each partition folds and checks its places.  So no process
ever holds more than a region or a partition, and no two events are compared that are not told of one place.

What belongs here: the order of the steps.  What does not: the steps (``placing``, ``world``, ``telling``,
``holding``), or any judgement about places and control.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from frontledger.corpus.holding import hold, outcomes
from frontledger.corpus.jobs import Hands, dask_hands, in_order, process_hands
from frontledger.corpus.parts import EVENTS_DONE, Assembly, assembled
from frontledger.corpus.placing import place, sort
from frontledger.corpus.running import cores
from frontledger.corpus.schema import arrow, columns
from frontledger.corpus.store import Entry, read_manifest
from frontledger.corpus.telling import tell
from frontledger.corpus.world import join
from frontledger.errors import CorpusError
from frontledger.ledger.storage import Ledger, is_address
from frontledger.model import Value

__all__ = ["Folded", "finished_shards", "fold"]

File = str | os.PathLike[str]
Watch = Callable[[int, int, str], None]
"""Told ``(steps done, steps in all, what is under way)``."""


class Folded(Value, frozen=True):
    """What a fold made."""

    ledger: str
    shards: int
    regions: int
    partitions: int
    held: dict[str, int]
    """What the ledger holds: how many accounts, events, places, sides, holdings, findings."""
    findings: dict[str, int]
    """How often each code was found."""


def fold(
    corpus: File,
    output: File,
    *,
    processes: int | None = None,
    scheduler: str | None = None,
    local_cluster: int = 0,
    force: bool = False,
    watch: Watch = lambda *_: None,
) -> Folded:
    """Fold what ``corpus run`` has coded in the folder ``corpus`` into a new ledger ``output``.

    The ledger appears when it is complete, and never half: kill the fold at any moment and call it again.  With
    ``force``, it takes the place of a ledger that stands there.  ``processes`` (all cores, if not told) work here;
    a ``scheduler`` or a ``local_cluster`` has Dask do it, whose workers must see both folders under the same paths.

    Raises :class:`~frontledger.errors.CorpusError` for a folder that holds no finished shard or an output that cannot
    be written, and :class:`~frontledger.errors.LedgerError` for contradictory rows.
    """
    arrow()
    source, target = Path(corpus), Path(output)
    if is_address(output):
        raise CorpusError(f"{output}: expected a file: fold into one and copy it from there")
    if Ledger.exists(target) and not force:
        raise CorpusError(f"{target}: is there already; expected a new file, or --force")
    shards = finished_shards(source)
    if not target.parent.is_dir():
        raise CorpusError(f"{target.parent}: no such folder")
    with _writing(target), _work(target) as work, _hands(processes, scheduler, local_cluster) as hands:
        return _Fold(source.absolute(), work, shards, hands, watch).into(target)


def finished_shards(corpus: Path) -> list[Entry]:
    """The finished shards of a corpus folder, in the order of its sources.

    Raises :class:`~frontledger.errors.CorpusError` when there is none.
    """
    path = corpus / "manifest.jsonl"
    if not path.is_file():
        raise CorpusError(f"{corpus}: is no corpus; expected a folder that `corpus run` has written")
    _, entries = read_manifest(path)
    if not entries:
        raise CorpusError(f"{corpus}: holds no finished shard: give `corpus run` again")
    return sorted(entries.values(), key=lambda entry: entry.number)


class _Fold:
    """One fold while it is under way."""

    def __init__(self, corpus: Path, work: Path, shards: list[Entry], hands: Hands, watch: Watch) -> None:
        self.corpus, self.work, self.shards, self.hands = corpus, work, shards, hands
        self.watch = watch
        self.done, self.all = 0, 2 * len(shards) + 3

    def step(self, what: str) -> None:
        """Something is done, and ``what`` is next."""
        self.done += 1
        self.watch(self.done, max(self.all, self.done), what)

    def into(self, output: Path) -> Folded:
        """All steps in their order."""
        regions, homes = self.sort()
        self.place(regions)
        joined = join(sorted(regions), self.work)
        self.step("events")
        note = f"folded {self.corpus.name}: {len(self.shards)} shards"
        ids = self.accounts()
        with assembled(output, note, ids) as ledger:
            telling = self.tell(homes)
            ledger.add(joined.places, joined.sides)
            for path in telling:
                ledger.take(path)
                self.step("events")
            holding = self.hold(joined.partitions)
            ledger.index(EVENTS_DONE)
            for path in holding:
                ledger.take(path)
                self.step("holdings")
            self.check(joined.partitions, ledger)
            ledger.take_findings((finding, 0) for finding in joined.findings)
            self.step("indexes")
            ledger.finish(joined.places)
            held, codes = ledger.counted()
        return Folded(
            ledger=str(output), shards=len(self.shards), regions=len(regions), partitions=joined.partitions,
            held=held, findings=codes,
        )  # fmt: skip

    def sort(self) -> tuple[dict[str, list[int]], list[list[str]]]:
        """Accounts by region: for each region its shards, the region with most events first; for each shard its regions."""
        jobs = [(self.corpus, shard.shard, number, self.work) for number, shard in enumerate(self.shards)]
        weight: Counter[str] = Counter()
        found: dict[str, list[int]] = defaultdict(list)
        homes: list[list[str]] = [[] for _ in jobs]
        for number, counts in self.hands.each(sort, jobs):
            self.step("regions")
            homes[number] = sorted(counts)
            for region, events in counts.items():
                weight[region] += events + 1
                found[region].append(number)
        ordered = sorted(found, key=lambda region: (-weight[region], region))
        return {region: sorted(found[region]) for region in ordered}, homes

    def place(self, regions: dict[str, list[int]]) -> None:
        """The places of each region."""
        self.all += len(regions)
        jobs = [(region, numbers, self.work) for region, numbers in regions.items()]
        for _ in self.hands.each(place, jobs):
            self.step("places")

    def accounts(self) -> list[str]:
        """Ids of all accounts that were coded, in order."""
        found: list[str] = []
        for shard in self.shards:
            table = columns(self.corpus / "accounts" / f"{shard.shard}.parquet", ("id", "status"))
            found += [name for name, status in zip(*table, strict=True) if status == "coded"]
        return found

    def tell(self, homes: list[list[str]]) -> Iterator[Path]:
        """The events of each shard, in the order of the shards."""
        jobs = [
            (self.corpus, shard.shard, number, homes[number], self.work)
            for number, shard in enumerate(self.shards)
        ]
        return in_order(self.hands.each(tell, jobs))

    def hold(self, partitions: int) -> Iterator[Path]:
        """The holdings of each partition, in their order."""
        self.all += partitions
        shards: dict[int, list[int]] = {number: [] for number in range(partitions)}
        for path in self.work.glob("bearing-*-*"):
            _, partition, shard = path.name.split("-")
            shards[int(partition)].append(int(shard))
        jobs = [(partition, sorted(numbers), self.work) for partition, numbers in shards.items()]
        return in_order(self.hands.each(hold, jobs))

    def check(self, partitions: int, ledger: Assembly) -> None:
        """Whether what infoboxes say came true."""
        numbers = sorted(int(path.name.partition("-")[2]) for path in self.work.glob("stakes-*"))
        found = outcomes(numbers, partitions, self.work)
        if found:
            ledger.take_findings(found)
        self.step("places")


def _hands(count: int | None, scheduler: str | None, workers: int) -> AbstractContextManager[Hands]:
    if scheduler is not None or workers:
        return dask_hands(scheduler, workers)
    return process_hands(count or cores())


@contextmanager
def _work(output: Path) -> Iterator[Path]:
    """A folder beside the ledger for what the steps hand on; what a killed fold has left there goes first."""
    start = f".{output.name}.fold-"
    for left in output.parent.glob(f"{start}*"):
        if not _alive(left.name.removeprefix(start).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    for left in output.parent.glob(f".{output.name}.*.new*"):
        if not _alive(left.name.removeprefix(f".{output.name}.").partition(".")[0]):
            left.unlink(missing_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f"{start}{os.getpid()}-", dir=output.parent.absolute()))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _alive(pid: str) -> bool:
    """Whether that process is there, as far as this machine can tell."""
    if not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """What the disk says, in one line."""
    damaged = arrow().ArrowInvalid
    try:
        yield
    except damaged as error:
        raise CorpusError(
            f"a table of the corpus is damaged ({' '.join(str(error).split())[:200]}): give `corpus run` again"
        ) from None
    except OSError as error:
        raise CorpusError(
            f"{error.filename or output}: {error.strerror or error}; nothing is written: give the same command again"
        ) from None
