"""How fast a corpus becomes a ledger, and in how much memory.

    python benchmarks/folding.py DIR [--events N] [--processes N ...] [--keep WORK]

DIR is a folder that ``frontledger corpus run`` has written.  With ``--events``, its shards are told again under other
names and other years until there are so many events (coding a million takes hours, folding them a minute): places,
sentences and witnesses are then those of DIR, each as often.  Each fold is a process of its own with its workers;
``peak`` is the most memory that all of them had together.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from frontledger.corpus.folding import finished_shards, fold

YEARS = 400
"""By so many years a telling is later than the one before: after them the calendar repeats itself."""
YEAR = re.compile(r'"(edtf|earliest|latest)":"(\d{4})-')
DAYS = 146_097
"""So many they are."""
DAYS_OF = {"accounts": ("period_first", "period_last")}
COLUMNS = {
    "events": ("account", "id", "record"),
    "accounts": ("id", "record", "own"),
    "problems": ("account",),
}


def again(corpus: Path, number: int, work: Path, events: int) -> tuple[list[bytes], int]:
    """Tell shards once more, until there are so many ``events``; returns lines of a manifest, and how many are missing."""
    lines = []
    for entry in finished_shards(corpus):
        if events <= 0:
            break
        events -= entry.tally.events
        key = f"{number:02}{entry.shard}"
        ids = set(
            pq.read_table(corpus / "accounts" / f"{entry.shard}.parquet", columns=["id"])["id"].to_pylist()
        )
        start = os.path.commonprefix(sorted(ids))  # noqa: RUF071  ids are no paths
        for table, columns in COLUMNS.items():
            found = pq.read_table(corpus / table / f"{entry.shard}.parquet")
            for column in columns:
                values = [later(text, column, start, number) for text in found[column].to_pylist()]
                where = found.schema.get_field_index(column)
                found = found.set_column(where, found.schema.field(column), pa.array(values, pa.string()))
            for column in DAYS_OF.get(table, ()):
                values = [None if day is None else day + number * DAYS for day in found[column].to_pylist()]
                where = found.schema.get_field_index(column)
                found = found.set_column(where, found.schema.field(column), pa.array(values, pa.int32()))
            pq.write_table(found, work / table / f"{key}.parquet", compression="zstd")
        lines.append(
            msgspec.json.encode(
                msgspec.structs.replace(entry, shard=key, number=entry.number + number * 1000)
            )
        )
    return lines, events


def later(text: str | None, column: str, start: str, number: int) -> str | None:
    """The same text of another account, so many times ``YEARS`` later."""
    if text is None or not number:
        return text
    if column in {"account", "id"}:
        return f"r{number}-{text}"
    text = text.replace(f'"{start}', f'"r{number}-{start}')
    return YEAR.sub(lambda match: f'"{match[1]}":"{int(match[2]) + number * YEARS:04}-', text)


def multiplied(corpus: Path, events: int, work: Path) -> Path:
    """A corpus of at least so many events."""
    for table in COLUMNS:
        (work / table).mkdir(parents=True)
    header = (corpus / "manifest.jsonl").read_bytes().split(b"\n", 1)[0]
    lines = [header]
    number = 0
    while events > 0:
        more, events = again(corpus, number, work, events)
        lines += more
        number += 1
    (work / "manifest.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return work


def memory(root: int) -> int:
    """Kilobytes that a process and all its descendants have, shared pages shared out (PSS)."""
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
        lines = Path(f"/proc/{root}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has just ended
        return 0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own + sum(memory(int(child)) for child in children)


def measured(corpus: Path, output: Path, processes: int) -> dict[str, Any]:
    """One fold in a process of its own: what it says, and its peak."""
    child = subprocess.Popen(
        [sys.executable, __file__, str(corpus), "--alone", str(output), "--processes", str(processes)],
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = 0
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(1):
            peak = max(peak, memory(child.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = child.communicate()
    over.set()
    watcher.join()
    if child.returncode:
        raise SystemExit(child.returncode)
    found: dict[str, Any] = msgspec.json.decode(said)
    return found | {"peak": peak / 1024}


def alone(corpus: Path, output: Path, processes: int) -> None:
    """Fold here, and say how long it took and what it made."""
    steps: dict[str, float] = {}
    last, step = time.perf_counter(), "sort"

    def watch(_: int, __: int, what: str) -> None:
        nonlocal last, step
        now = time.perf_counter()
        steps[step] = steps.get(step, 0.0) + now - last
        last, step = now, what

    begun = time.perf_counter()
    folded = fold(corpus, output, processes=processes, force=True, watch=watch)
    seconds = time.perf_counter() - begun
    cpu = sum(os.times()[:4])
    print(msgspec.json.encode({"seconds": seconds, "cpu": cpu, "steps": steps, "held": folded.held}).decode())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, metavar="DIR")
    parser.add_argument("--events", type=int, default=0, help="multiply the corpus until it has so many")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--keep", type=Path, metavar="WORK", help="keep the multiplied corpus there, or use it"
    )
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.alone:
        alone(args.corpus, args.alone, args.processes[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus = args.corpus
        if args.events:
            work = args.keep or Path(folder) / "corpus"
            corpus = work if (work / "manifest.jsonl").exists() else multiplied(corpus, args.events, work)
        for processes in args.processes:
            path = Path(folder) / "ledger.gpkg"
            found = measured(corpus, path, processes)
            held, seconds = found["held"], found["seconds"]
            steps = ", ".join(f"{name} {spent:.1f}" for name, spent in found["steps"].items())
            print(
                f"{processes} process{'es' if processes > 1 else ''}: {held['event']:,} events of {held['account']:,} "
                f"accounts, {held['place']:,} places: {seconds:.1f} s, {found['cpu']:.1f} s of CPU, "
                f"{held['event'] / seconds:,.0f} events/s, peak {found['peak']:,.0f} MB, "
                f"{held['holding']:,} holdings, {held['finding']:,} findings, {path.stat().st_size / 1e6:,.0f} MB "
                f"({steps})"
            )
            path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
