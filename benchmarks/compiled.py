"""The compiled engine beside the interpreted one: the same events, in how many CPU seconds.

    make compiled && python benchmarks/compiled.py [ACCOUNT...]      (without arguments: examples/ and tests/gold)

Both packages take turns, each time in a process of its own that reads all accounts, codes them once to be warm, and
then measures: the date pass alone, text to events before and after places are told apart and located.  The machine's
mood cancels out in the ratio of neighbours.  Exits with 1 where any event or date of the two is not the same.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"interpreted": ROOT / "src", "compiled": ROOT / "build" / "compiled"}
MEASURING = """
import hashlib, json, sys, time
from pathlib import Path
import msgspec
from frontledger import pipeline
from frontledger.events import coding

texts = [account for path in sys.argv[1:] for account in pipeline.read(Path(path))]
steps = {"dates": pipeline.dates, "coded": pipeline.coded, "events": pipeline.events}
seconds, digests = dict.fromkeys(steps, float("inf")), {}
for turn in range(3):
    for name, step in steps.items():
        start = time.process_time()
        found = [step(account) for account in texts]
        if turn:
            seconds[name] = min(seconds[name], time.process_time() - start)
        digests[name] = hashlib.sha256(msgspec.json.encode(found)).hexdigest()
size = sum(len(account.text.encode()) for account in texts)
print(json.dumps([seconds, digests, size, coding.__file__]))
"""


def measured(package: Path, paths: list[Path]) -> tuple[dict[str, float], dict[str, str], int, str]:
    """(CPU seconds, digests, bytes of text, file of the engine) of one process with a package."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURING, *map(str, paths)],
        env=os.environ | {"PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{package}: {done.stderr}")
    seconds, digests, size, engine = json.loads(done.stdout)
    return seconds, digests, size, engine


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    own = [*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "gold").rglob("*.txt")]
    parser.add_argument("account", nargs="*", type=Path, default=sorted(own))
    parser.add_argument("--rounds", type=int, default=3, help="how often each takes its turn")
    given = parser.parse_args()
    if not (PACKAGES["compiled"] / "frontledger").is_dir():
        print("nothing is compiled: make compiled", file=sys.stderr)
        return 2
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in PACKAGES}
    told: dict[str, set[str]] = {}
    size = 0
    for _ in range(given.rounds):
        for name, package in PACKAGES.items():
            seconds, digests, size, engine = measured(package, given.account)
            if engine.endswith(".py") == (name == "compiled"):
                sys.exit(f"{package}: the {name} engine was meant, not {engine}")
            taken[name].append(seconds)
            for step, digest in digests.items():
                told.setdefault(step, set()).add(digest)
    print(
        f"{len(given.account)} accounts, {size / 1000:,.0f} kB, best of {given.rounds} alternating processes"
    )
    print(f"  {'step':<8}{'interpreted':>18}{'compiled':>18}{'ratio':>8}  of neighbours")
    for step in told:
        best = {name: min(one[step] for one in rounds) for name, rounds in taken.items()}
        pairs = zip(taken["interpreted"], taken["compiled"], strict=True)
        ratios = sorted(slow[step] / fast[step] for slow, fast in pairs)
        rates = "".join(
            f"{seconds:>8.2f} s{size / 1000 / seconds:>6,.0f} kB/s"[-18:].rjust(18)
            for seconds in best.values()
        )
        print(
            f"  {step:<8}{rates}{best['interpreted'] / best['compiled']:>8.2f}"
            f"  {ratios[0]:.2f} to {ratios[-1]:.2f}, median {statistics.median(ratios):.2f}"
        )
    other = [step for step, digests in told.items() if len(digests) > 1]
    print(f"not the same: {', '.join(other)}" if other else "the same events and dates, byte for byte")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
