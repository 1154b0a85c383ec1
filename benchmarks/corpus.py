"""A corpus run measured: how it grows with processes, what it adds to coding, dismissal, Dask, memory.

    python benchmarks/corpus.py [--accounts 2000] [--rounds 2] [--only coded,dismissed,processes,dask,memory]

Accounts are simulated (``simulated.py``), the same ones for all.  Figures are ratios in one run, the best of several
rounds that take turns; beside wall time stand CPU seconds, of the driver and of its workers, which a machine that others
load distorts less; what the start of an engine costs is taken off those.  What two processes gain is told twice: by the clock, and by CPU seconds as the clock would tell it
on two cores that nobody else uses.

*coded*: MB a CPU second of one core through ``process``, against the pipeline's own steps on the same accounts (read,
code, place each account, its period, the digests of its words).  *dismissed*: the same through a whole run, for
accounts without a word of control.  *memory*: the largest worker, and its growth from the first half to the second.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import simulated
from frontledger import accounts, pipeline
from frontledger.corpus.process import process
from frontledger.corpus.running import Progress, run
from frontledger.corpus.shards import SHARD_BYTES, Settings, cut
from frontledger.ledger.evidence import evidence_of

FLOORS = {
    "two processes against one": 1.8,
    "dismissed MB/s a core": 20.0,
    "coded against the pipeline": 0.9,
}
CEILINGS = {"Dask against processes": 1.25, "worker MB": 400.0}


FIRST = 12
"""Accounts that make a worker load both packs."""
SAMPLING = 2.0
"""Seconds between two looks at the memory of workers: looking costs the driver's CPU."""


class Cost(NamedTuple):
    """What a run took: by the clock without the start of its engine, and CPU seconds."""

    wall: float
    driver: float
    workers: float
    largest: float
    """MB of the largest worker at any moment, and its median in the second half over that in the first."""
    growth: float

    @property
    def cpu(self) -> float:
        """CPU seconds of everybody."""
        return self.driver + self.workers


def corpus(folder: Path, count: int, irrelevant: float) -> Path:
    """A JSON Lines file of simulated accounts."""
    path = folder / f"{count}-{irrelevant}.jsonl"
    if not path.exists():
        simulated.write(path, simulated.accounts(count, irrelevant=irrelevant), folder=False)
    return path


def measured(source: Path, **how: object) -> Cost:
    """One run into a folder of its own; the CPU seconds of its engine's start are in it."""
    last = Progress()

    def watch(state: Progress) -> None:
        nonlocal last
        last = state
        ends.append(state.seconds)

    ends: list[float] = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder, sizes() as seen:
        run([source], Path(folder) / "out", watch=watch, **how)  # type: ignore[arg-type]
    driver = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    half = len(seen) // 2
    growth = median(seen[half:]) / median(seen[:half]) if half else 1.0
    return Cost(ends[-1], driver, workers, max(seen, default=0.0), growth)


def started(source: Path, **how: object) -> Cost:
    """What a run over the first accounts of ``source`` costs: little but the start of its engine, packs and all."""
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.jsonl"
        with source.open("rb") as file:
            few.write_bytes(b"".join(file.readline() for _ in range(FIRST)))
        return measured(few, **how)


def median(values: list[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


@contextmanager
def sizes() -> Iterator[list[float]]:
    """MB of the largest worker, now and then, while the block runs (Linux)."""
    seen: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(SAMPLING):
            found = [
                resident(one.name)
                for one in Path("/proc").iterdir()
                if one.name.isdigit() and is_worker(one.name)
            ]
            if found:
                seen.append(max(found))

    thread = threading.Thread(target=look, daemon=True)
    if sys.platform == "linux":
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        if thread.is_alive():
            thread.join()


def is_worker(pid: str) -> bool:
    """Whether a process is a worker of this run: ours, or of a Dask worker that is ours."""
    try:
        if b"frontledger.corpus.worker" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return False
        while int(pid) > 1:
            if int(pid) == os.getpid():
                return True
            pid = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
    except OSError:
        pass
    return False


def resident(pid: str) -> float:
    """MB of memory that a process has."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def coded(source: Path, rounds: int) -> float:
    """How fast ``process`` is against the pipeline's own steps; 1 is as fast."""
    gc.set_threshold(200_000, 20, 20)  # as workers and the command line do
    settings = Settings(keep_all=True)
    shards = list(cut([source], settings, lambda _: None))
    size = sum(shard.size for shard in shards)

    def own() -> None:
        for shard in shards:
            for document in shard.documents:
                account = accounts.understood(document)
                found = pipeline.coded(account)
                events, _ = pipeline.alone(account, found)
                pipeline.period_of(account, found)
                evidence_of(events, {account.id: account})

    def ours() -> None:
        for shard in shards:
            process(shard, Settings())

    own()
    best = [float("inf")] * 2
    for _ in range(rounds):
        best = [min(best[0], spent(own)), min(best[1], spent(ours))]
    print(f"  pipeline {size / 1e6 / best[0]:.2f} MB/s, process {size / 1e6 / best[1]:.2f} MB/s a core")
    return best[0] / best[1]


def main() -> int:
    """Measure, print, and exit 1 when a mark is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accounts", type=int, default=2000, metavar="N")
    parser.add_argument("--rounds", type=int, default=2, metavar="N")
    parser.add_argument("--only", default="coded,dismissed,processes,dask,memory")
    parser.add_argument(
        "--shard-size", type=int, default=0, metavar="BYTES", help="else a twentieth, at most 1 MB"
    )
    parser.add_argument("--folder", type=Path, help="where simulated accounts are kept; else nowhere")
    args = parser.parse_args()
    wanted = set(args.only.split(","))
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = args.folder or Path(made)
        relevant = corpus(folder, args.accounts, 0.0)
        bytes_ = relevant.stat().st_size
        size = args.shard_size or min(SHARD_BYTES, bytes_ // 20)
        print(f"{args.accounts:,} accounts, {bytes_ / 1e6:.1f} MB; load {os.getloadavg()[0]:.1f}", flush=True)
        if "coded" in wanted:
            found["coded against the pipeline"] = coded(
                corpus(folder, min(args.accounts, 1000), 0.0), args.rounds
            )
        if "dismissed" in wanted:
            found["dismissed MB/s a core"] = dismissed(corpus(folder, args.accounts, 1.0), args.rounds)
        costs: dict[str, list[Cost]] = {"one": [], "two": [], "dask": []}
        ways: dict[str, dict[str, object]] = {
            "one": {"processes": 1},
            "two": {"processes": 2},
            "dask": {"local_cluster": 2},
        }
        starts: dict[str, Cost] = {}
        if wanted & {"processes", "dask", "memory"}:
            for name, how in ways.items():
                if name != "dask" or "dask" in wanted:
                    starts[name] = started(relevant, **how)
        for _ in range(args.rounds):
            for name, start in starts.items():
                one = measured(relevant, size=size, **ways[name])
                costs[name].append(one)
                print(
                    f"  {name}: {one.wall:.1f} s by the clock, {one.driver:.1f} + {one.workers:.1f} CPU s, of which "
                    f"{start.cpu:.1f} to start; worker {one.largest:.0f} MB, growth {one.growth:.2f}",
                    flush=True,
                )
        if costs["two"]:
            clock = min(c.wall for c in costs["one"]) / min(c.wall for c in costs["two"])
            print(f"two processes by the clock: {clock:.2f} x one")
            single = min(cost.workers - starts["one"].workers for cost in costs["one"])
            double = min(cost.cpu - starts["two"].cpu for cost in costs["two"])
            found["two processes against one"] = 2 * single / double
            found["worker MB"] = max(cost.largest for name in costs for cost in costs[name])
        if costs["dask"]:
            clock = min(c.wall for c in costs["dask"]) / min(c.wall for c in costs["two"])
            print(f"Dask by the clock: {clock:.2f} x processes")
            dasks = min(cost.cpu - starts["dask"].cpu for cost in costs["dask"])
            found["Dask against processes"] = dasks / min(c.cpu - starts["two"].cpu for c in costs["two"])
    missed = False
    for name, value in found.items():
        good = value >= FLOORS[name] if name in FLOORS else value <= CEILINGS[name]
        mark = f"at least {FLOORS[name]:g}" if name in FLOORS else f"at most {CEILINGS[name]:g}"
        missed |= not good
        print(f"{name}: {value:.2f} ({mark}{'' if good else ', MISSED'})")
    return 1 if missed else 0


def dismissed(source: Path, rounds: int) -> float:
    """MB a CPU second of a worker, on documents none of which tells of control; its start apart."""
    start = min(started(source, processes=1).workers for _ in range(rounds))
    best = min((measured(source, processes=1) for _ in range(rounds)), key=lambda cost: cost.workers)
    size = source.stat().st_size / 1e6
    print(
        f"  {size:.1f} MB dismissed: driver {best.driver:.2f} CPU s, worker {best.workers - start:.2f} and "
        f"{start:.2f} to start",
        flush=True,
    )
    return size / max(best.workers - start, 1e-9)


if __name__ == "__main__":
    sys.exit(main())
