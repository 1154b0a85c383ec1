"""How long each export takes, as a multiple of reading the ledger once; and the pictures.

    python benchmarks/exports.py [LEDGER] [--places N] [--events N] [--formats F,F]

Without LEDGER it makes one of N events at N places (as ``benchmarks/report.py`` does).  *reading* is every record of the
ledger decoded and laid out flat, which each export begins with; the other figures are CPU seconds of the whole export, that
included, and how many readings it takes.  Nothing may grow faster than the ledger: run it with a quarter of the events to see.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frontledger.exports import formats
from frontledger.exports.pictures import composing
from frontledger.exports.rows import Material
from frontledger.ledger.storage import Ledger

HERE = Path(__file__).resolve().parent


def large(path: Path, places: int, events: int) -> None:
    """The ledger that ``benchmarks/report.py`` makes."""
    spec = importlib.util.spec_from_file_location("report", HERE / "report.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.large(path, places, events)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def reading(path: Path) -> None:
    """What every export begins with."""
    with Ledger.open(path) as ledger, ledger.reading():
        material = Material.of(ledger, "")
        _ = material.rows, material.holdings


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", nargs="?", type=Path)
    parser.add_argument("--places", type=int, default=5000)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--formats", default="", help="only these, with commas between")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = chosen.ledger or Path(folder) / "large.gpkg"
        if chosen.ledger is None:
            large(ledger, chosen.places, chosen.events)
        output = Path(folder) / "output"
        work: dict[str, Callable[[], object]] = {
            name: lambda name=name: formats.export(ledger, name, output, force=True)  # type: ignore[misc]
            for name in [formats.LOSSLESS, *formats.FORMATS]
        }
        work |= {
            "png": lambda: composing.draw(ledger, composing.Wanted(png=output), force=True),
            "animate": lambda: composing.draw(ledger, composing.Wanted(animate=output), force=True),
        }
        base = min(cpu(lambda: reading(ledger)) for _ in range(3))
        print(f"{'reading':<11} {base:8.2f} s")
        for name, one in work.items():
            if not chosen.formats or name in chosen.formats.split(","):
                seconds = cpu(one)
                size = output.stat().st_size / 1e6
                print(
                    f"{name:<11} {seconds:8.2f} s {seconds / base:6.1f} readings {size:8.1f} MB", flush=True
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
