"""Speed: the engine warm, and the command line cold.

    python benchmarks/speed.py [ACCOUNT...]        (without arguments: examples/*.txt)

Warm: characters read to events coded, one core, in kB of UTF-8 a CPU second; beside it a plain regular-expression
tokenisation of the same text in the same run, since kB/s of one machine mean little on another: the ratio is what
may be compared.  Cold: `frontledger events ACCOUNT --format jsonl`, interpreter start included, wall time
and peak memory.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from frontledger import pipeline
from frontledger.model import Account

ROOT = Path(__file__).resolve().parents[1]
PLAIN_TOKEN = re.compile(r"\w+|[^\w\s]")
COLD_RUNS = 5
REPORTING = """
import sys
from frontledger.cli import main
code = main()
if sys.platform == "linux":  # not ru_maxrss, which begins with what this process had when it forked
    print(open("/proc/self/status").read(), file=sys.stderr)
sys.exit(code)
"""
ENOUGH = 2.0
"""CPU seconds for each warm figure."""


def rate(work: Callable[[], object], size: int) -> float:
    """kB a CPU second of ``work``, the best of rounds that take about :data:`ENOUGH` seconds together."""
    best, spent = float("inf"), 0.0
    while spent < ENOUGH:
        start = time.process_time()
        work()
        taken = time.process_time() - start
        best, spent = min(best, taken), spent + max(taken, 1e-6)
    return size / 1000 / best


def warm(accounts: list[Account]) -> tuple[float, float]:
    """kB a second of coding and of plain tokenisation, over the same accounts."""
    size = sum(len(account.text.encode()) for account in accounts)
    for account in accounts:
        pipeline.events(account)  # the pack is loaded and compiled here
    coding = rate(lambda: [pipeline.events(account) for account in accounts], size)
    plain = rate(lambda: [PLAIN_TOKEN.findall(account.text) for account in accounts], size)
    return coding, plain


def cold(path: Path) -> tuple[float, float | None]:
    """Wall seconds (the median of a few runs) and peak memory in MB (Linux) of the command line on one account."""
    command = [sys.executable, "-c", REPORTING, "events", str(path), "--format", "jsonl"]
    walls, peak = [], None
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
        )
        walls.append(time.perf_counter() - start)
        if said := re.search(r"VmHWM:\s*(\d+) kB", done.stderr):
            peak = max(peak or 0, int(said[1]) / 1024)
    return sorted(walls)[len(walls) // 2], peak


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("account", nargs="*", type=Path, default=sorted((ROOT / "examples").glob("*.txt")))
    paths = parser.parse_args().account
    coding, plain = warm([account for path in paths for account in pipeline.read(path)])
    print(
        f"warm: {coding:,.0f} kB/s coded, {plain:,.0f} kB/s plainly tokenised, 1/{plain / coding:.1f} of it"
    )
    for path in paths:
        wall, memory = cold(path)
        print(f"cold: {path.name}: {wall:.2f} s" + (f", {memory:.0f} MB" if memory else ""))


if __name__ == "__main__":
    main()
