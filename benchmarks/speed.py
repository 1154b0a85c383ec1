"""Speed: the engine warm, on longer and longer texts, and the command line cold.

    python benchmarks/speed.py [ACCOUNT...]        (without arguments: examples/*.txt)

*Warm*: all accounts in one process on one core, in kB of UTF-8 a CPU second, the best of several rounds: reading,
the date pass alone, text to events, and the two steps of the whole pipeline together (``all``).  kB/s of one machine
mean little on another, so each round also cuts the same texts with a plain regular expression: the ratio to that
is what may be compared.  The date pass is measured beside dateparser too, where it is installed (it is in the dev
group, and no dependency of ours); dateparser is so slow that it reads whole accounts only until its time is up.

*Linear*: the first account once, 10 and 100 times over as one text; seconds per character must not grow.

*Cold*: ``frontledger events ACCOUNT --format jsonl`` on the first account, interpreter start included, median wall
time; and the peak memory of one such run over all accounts.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from frontledger import accounts, pipeline
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
ENOUGH = 8.0
"""CPU seconds for the warm rounds together, and at most for dateparser."""
LEAST_ROUNDS = 3
REPEATED = (1, 10, 100)


def spent(work: Callable[[], object]) -> float:
    """CPU seconds that ``work`` takes."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-9)


def warm(texts: Sequence[Account]) -> dict[str, float]:
    """CPU seconds of every step over all accounts, the best of rounds in which the steps take turns."""
    for account in texts:
        pipeline.events(account)  # the pack is loaded and compiled here
    steps: dict[str, Callable[[], object]] = {
        "plain": lambda: [PLAIN_TOKEN.findall(account.text) for account in texts],
        "read": lambda: [accounts.from_text(account.text, account.id) for account in texts],
        "dates": lambda: [pipeline.dates(account) for account in texts],
        "events": lambda: [pipeline.events(account) for account in texts],
    }
    best = dict.fromkeys(steps, float("inf"))
    start, rounds = time.process_time(), 0
    while rounds < LEAST_ROUNDS or time.process_time() - start < ENOUGH:
        best = {name: min(best[name], spent(work)) for name, work in steps.items()}
        rounds += 1
    return {**best, "all": best["read"] + best["events"]}


def dateparser_rate(texts: Sequence[Account]) -> float | None:
    """kB a CPU second of ``dateparser.search`` on whole accounts, told their language; None if not installed."""
    try:
        from dateparser.search import search_dates  # noqa: PLC0415  may be absent
    except ImportError:
        return None
    search_dates("5 May 2016", languages=["en"])  # its tables are loaded here
    size, seconds = 0, 0.0
    for account in sorted(texts, key=lambda account: len(account.text)):
        languages = [account.lang] if account.lang else None
        seconds += spent(lambda: search_dates(account.text, languages=languages))  # noqa: B023  called at once
        size += len(account.text.encode())
        if seconds > ENOUGH:
            break
    return size / 1000 / seconds


def linear(account: Account) -> list[tuple[int, int, float]]:
    """(times, characters, CPU seconds) of coding the account's text as it is and repeated."""
    found = []
    for times in REPEATED:
        longer = accounts.from_text("\n\n".join([account.text] * times), account.id, account.lang)
        rounds = max(1, REPEATED[-1] // times // 5)
        best = min(spent(lambda: pipeline.events(longer)) for _ in range(rounds))  # noqa: B023  called at once
        found.append((times, len(longer.text), best))
    return found


def cold(paths: Sequence[Path]) -> tuple[float, float | None]:
    """Wall seconds and peak memory in MB (Linux) of the command line on ``paths``."""
    command = [sys.executable, "-c", REPORTING, "events", *map(str, paths), "--format", "jsonl"]
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    wall = time.perf_counter() - start
    said = re.search(r"VmHWM:\s*(\d+) kB", done.stderr)
    return wall, int(said[1]) / 1024 if said else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("account", nargs="*", type=Path, default=sorted((ROOT / "examples").glob("*.txt")))
    paths = parser.parse_args().account
    texts = [account for path in paths for account in pipeline.read(path)]
    size = sum(len(account.text.encode()) for account in texts) / 1000
    characters = sum(len(account.text) for account in texts)
    seconds = warm(texts)
    print(f"warm: {len(texts)} accounts, {size:,.0f} kB, {characters:,} characters")
    for name, taken in seconds.items():
        ratio = "" if name == "plain" else f"   1/{taken / seconds['plain']:.1f} of plain tokenisation"
        print(f"  {name:<7}{size / taken:>10,.0f} kB/s{characters / taken / 1e6:>8.2f} M characters/s{ratio}")
    other = dateparser_rate(texts)
    if other is None:
        print(
            "  dateparser is not installed (pip install dateparser): the date pass was compared with nothing"
        )
    else:
        print(
            f"  dateparser {other:>6,.0f} kB/s: the date pass is {size / seconds['dates'] / other:,.0f} times as fast"
        )
    print(f"linear: {paths[0].name}, coded")
    for times, length, taken in linear(texts[0]):
        print(
            f"  {times:>3} x{length:>12,} characters{taken:>9.3f} s{taken / length * 1e6:>8.2f} µs a character"
        )
    wall = sorted(cold(paths[:1])[0] for _ in range(COLD_RUNS))[COLD_RUNS // 2]
    print(f"cold: {paths[0].name}: {wall:.2f} s")
    wall, memory = cold(paths)
    print(f"  all {len(paths)} files: {wall:.2f} s" + (f", peak memory {memory:.0f} MB" if memory else ""))


if __name__ == "__main__":
    main()
