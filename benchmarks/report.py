"""How heavy and how quick the report is: bytes, seconds until it is drawn, milliseconds for a step of the slider.

    python benchmarks/report.py [ACCOUNT ...] [--places N] [--events N] [--steps N] [--only accounts|large]

- *accounts*: the report of these files (by default the founding article, where it lies beside this folder, else the
  example); against 500 kB, 1 s and 50 ms.
- *large*: a ledger of N events at N places, made for the occasion; against 10 MB, 5 s and 150 ms.

*ready* is from the start of navigation to everything drawn, in a fresh headless Chromium, the median of five.  A
*step* moves the slider to another day, from there to the end of the next two frames less the time that two frames take
when nothing happens; *script* is the part of it before the call returns.  *processor* is what either costs the
page's main thread in processor time, everything counted: the figures that other work on the machine does not swell.  The machine's
own speed is given beside, as milliseconds that the browser takes for a fixed piece of arithmetic.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from frontledger import pipeline
from frontledger.mentions import calendar

ROOT = Path(__file__).resolve().parents[1]
FOUNDING = ROOT.parent / "shared" / "gold" / "hu-homs-2015.txt"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NAVIGATIONS = 5
FIRST_DAY = calendar.parse_iso("2011-03-01")

STEP = """async slider => {
  const frames = async () => {
    const start = performance.now();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
  };
  const idle = [];
  for (let n = 0; n < 5; n += 1) idle.push(await frames());
  const move = day => { slider.value = day; slider.dispatchEvent(new Event("input", { bubbles: true })); };
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const steps = [], scripts = [];
  for (let n = 0; n < STEPS; n += 1) {
    const start = performance.now();
    move(Math.min(high, low + Math.round((high - low) * (n + 1) / (STEPS + 1))));
    scripts.push(performance.now() - start);
    await frames();
    steps.push(performance.now() - start);
  }
  return { idle, steps, scripts };
}"""
CALIBRATE = (
    "() => { const start = performance.now(); let x = 1; for (let n = 1; n < 2e7; n += 1) x = (x * 16807) % 2147483647;"
    " return x ? performance.now() - start : 0; }"
)


def maker() -> Any:
    """The ledgers that tests are made of (``tests/exports/ledgers.py``)."""
    spec = importlib.util.spec_from_file_location("ledgers", ROOT / "tests" / "exports" / "ledgers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def large(path: Path, places: int, events: int) -> None:
    """A ledger of captures at random over four years; some days are ranges."""
    dice = random.Random(1)  # noqa: S311 - no secret
    sides = ("government", "opposition", "kurdish-forces", "isil", "other")
    told = []
    for number in range(events):
        day = FIRST_DAY + number * 1500 // events
        side, against = dice.sample(sides, 2)
        place = f"place-{dice.randrange(places) if number >= places else number}"
        late = day + (dice.randint(1, 6) if dice.random() < 0.2 else 0)
        told.append((calendar.iso(day), calendar.iso(late), side, place, against))
    where = {
        f"place-{n}": (34 + 2.5 * math.sin(n * 2.4) * (n / places) ** 0.5, 38 + 3 * math.cos(n * 2.4) * (n / places) ** 0.5)
        for n in range(places)
    }  # fmt: skip
    maker().stored(path, told, places=where, name=lambda name: name.replace("-", " ").title()).close()


def measure(browser: Browser, page: Path, steps: int) -> dict[str, float]:
    """Ready and steps, in milliseconds."""
    ready = []
    for _ in range(NAVIGATIONS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        shown = context.new_page()
        devtools = context.new_cdp_session(shown)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        shown.goto(page.as_uri())
        shown.locator("html[data-ready=true]").wait_for(state="attached", timeout=120_000)
        ready.append(
            shown.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => done("
                "(performance.getEntriesByName('ready')[0] ?? { startTime: performance.now() }).startTime)))"
            )
        )
        ready_cpu = busy(devtools)
        if len(ready) < NAVIGATIONS:
            context.close()
    slider = shown.get_by_test_id("slider").element_handle()
    before = busy(devtools)
    found = shown.evaluate(STEP.replace("STEPS", str(steps)), slider)
    cpu = (busy(devtools) - before) / steps
    machine = statistics.median(shown.evaluate(CALIBRATE) for _ in range(3))
    context.close()
    idle = statistics.median(found["idle"])
    return {
        "ready": statistics.median(ready),
        "step": max(0.0, statistics.median(found["steps"]) - idle),
        "worst": max(0.0, max(found["steps"]) - idle),
        "script": statistics.median(found["scripts"]),
        "cpu": cpu,
        "ready cpu": ready_cpu,
        "machine": machine,
    }


def busy(devtools: CDPSession) -> float:
    """Processor time of the page's main thread so far, in milliseconds."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(1000 * float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def tell(
    name: str, page: Path, seconds: float, got: dict[str, float], marks: tuple[float, float, float]
) -> bool:
    """One report as lines; whether it keeps its marks (bytes, ready, step)."""
    size = page.stat().st_size
    rows = (
        ("size", size / 1000, marks[0] / 1000, "kB"),
        ("ready", got["ready"], marks[1], "ms"),
        ("step", got["step"], marks[2], "ms"),
    )
    print(f"{name}: written in {seconds:.1f} s")
    for what, value, mark, unit in rows:
        print(f"  {what:<6} {value:10,.1f} {unit}  (mark {mark:,.0f}){'' if value < mark else '  MISSED'}")
    print(f"  processor: ready {got['ready cpu']:.0f} ms, step {got['cpu']:.1f} ms")
    print(
        f"  slowest step {got['worst']:.1f} ms, script {got['script']:.1f} ms, machine {got['machine']:.0f} ms"
    )
    return all(value < mark for _, value, mark, _ in rows)


def written(ledger: Path) -> tuple[Path, float]:
    """The report of a ledger, and the seconds that it took."""
    page = ledger.with_suffix(".html")
    start = time.perf_counter()
    pipeline.report(ledger, page, force=True)
    return page, time.perf_counter() - start


def main() -> int:
    """Measure; exit code 1 when a mark is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("accounts", nargs="*", type=Path)
    parser.add_argument("--places", type=int, default=5000)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--only", choices=("accounts", "large"))
    given = parser.parse_args()
    path = os.environ.get("FRONTLEDGER_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("no Chromium on this machine (apt-get install chromium)", file=sys.stderr)
        return 2
    accounts = given.accounts or [FOUNDING if FOUNDING.exists() else next((ROOT / "examples").glob("*.txt"))]
    kept = True
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        if given.only != "large":
            for account in accounts:
                ledger = Path(name) / f"{account.stem}.gpkg"
                pipeline.run([account], ledger)
                page, seconds = written(ledger)
                kept &= tell(
                    account.stem, page, seconds, measure(browser, page, given.steps), (500e3, 1000, 50)
                )
        if given.only != "accounts":
            ledger = Path(name) / "large.gpkg"
            large(ledger, given.places, given.events)
            page, seconds = written(ledger)
            title = f"{given.events:,} events at {given.places:,} places"
            kept &= tell(title, page, seconds, measure(browser, page, given.steps), (10e6, 5000, 150))
        browser.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
