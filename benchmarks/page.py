"""What the page's data cost after a verdict: the payload made anew, and made of the parts that stayed as they were.

    python benchmarks/page.py [--events N] [--places N] [--verdicts N]

A ledger of one account with so many events; verdicts in turn accepted, rejected and corrected, each of another event,
and the payload after each.  Everything is told in processor seconds of this process, and as a ratio.  *equal* says that
both ways give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from frontledger.exports.report.building import build
from frontledger.exports.report.keeping import Kept
from frontledger.exports.report.page import asset
from frontledger.exports.report.payload import Payload
from frontledger.ledger.storage import Ledger
from report import large


def timed(make: Callable[[], Payload]) -> tuple[float, bytes]:
    """Processor seconds of a payload and its bytes."""
    begun = time.process_time()
    body = msgspec.json.encode(make())
    return time.process_time() - begun, body


def judge(ledger: Ledger, number: int) -> None:
    """The next verdict."""
    event = ledger.events[number * 7 % len(ledger.events)]
    deed = ("accept", "reject", "correct")[number % 3]
    changes = [("date", "2013-01-01")] if deed == "correct" else []
    ledger.review(event.id, deed, by="Ann", why="test", changes=changes)


def main() -> int:
    """Print the figures; exit code 1 where the two ways differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=8000)
    parser.add_argument("--places", type=int, default=2000)
    parser.add_argument("--verdicts", type=int, default=9)
    options = parser.parse_args()
    world = asset("world.json")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    anew, taken, parts, equal = [], [], [], True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.gpkg"
        large(path, options.places, options.events)
        with Ledger.open(path) as ledger:
            kept = Kept()
            before = memory()
            first, body = timed(lambda: build(ledger, world=world, kept=kept))
            grown = memory() - before
            for number in range(options.verdicts):
                judge(ledger, number)
                seconds, body = timed(lambda: build(ledger, world=world, kept=kept))
                taken.append(seconds)
                parts.append(kept.made)
                seconds, whole = timed(lambda: build(ledger, world=world))
                anew.append(seconds)
                equal &= body == whole
    each, again = statistics.median(anew), statistics.median(taken)
    print(
        f"{options.events:,} events at {options.places:,} places, {len(body) / 1e6:.1f} MB: first {first:.2f} s, {grown:.0f} MB"
    )
    print(
        f"after a verdict: anew {each:.2f} s, of parts {again:.2f} s ({each / again:.1f} times as quick), worst {max(taken):.2f} s"
    )
    print(f"parts made anew: {statistics.median(parts):.0f} to {max(parts)}; equal: {equal}")
    return 0 if equal else 1


def memory() -> float:
    """Megabytes that this process has needed at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
