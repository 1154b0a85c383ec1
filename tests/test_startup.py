"""What a script pays for before the first event: imports, time, memory.  `benchmarks/speed.py` gives the figures."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLE = next((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))
PROGRAM = Path(sys.executable).with_name("frontledger")

LOADED = """
import json, sys
from frontledger.cli import main
code = main(["events", sys.argv[1], "--format", "jsonl"])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def test_nothing_heavy_is_imported_for_data():
    done = subprocess.run(
        [sys.executable, "-c", LOADED, EXAMPLE], capture_output=True, text=True, check=True, timeout=60
    )
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert done.stdout
    heavy = {"rich.table", "rich.progress", "numpy", "pandas", "asyncio", "unittest"}
    assert not heavy.intersection(loaded)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
def test_cold_start_stays_small():
    """The budget is 1.5 s and 200 MB; time is judged with room for a busy machine, memory is not."""
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, "events", EXAMPLE, "--format", "jsonl"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert time.monotonic() - start < 10
    assert usage.ru_utime + usage.ru_stime < 3
    assert usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024) < 200
