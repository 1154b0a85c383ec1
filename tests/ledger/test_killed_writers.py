"""Writers killed at random moments; `scripts/kill_writers.py` does the same a hundred times."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "kill_writers.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


@pytest.fixture(scope="module")
def kill_writers():
    spec = importlib.util.spec_from_file_location("kill_writers", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_reported_is_lost(kill_writers, tmp_path):
    dice = random.Random(3)  # noqa: S311 - no secret
    path = kill_writers.prepare(tmp_path)
    for number in range(6):
        kill_writers.strike("review" if number % 2 else "run", path, dice)


def test_a_killed_migration_leaves_one_schema_or_the_other(kill_writers, tmp_path):
    dice = random.Random(4)  # noqa: S311 - no secret
    path = kill_writers.prepare(tmp_path)
    for number in range(6):
        old = tmp_path / f"old-{number}.gpkg"
        kill_writers.older(path, old)
        kill_writers.strike("migration", old, dice)


def test_the_check_sees_a_loss(kill_writers, tmp_path):
    path = kill_writers.prepare(tmp_path)
    kill_writers.whole(path, 1, set())
    with pytest.raises(AssertionError):
        kill_writers.whole(path, 2, set())
    with pytest.raises(AssertionError):
        kill_writers.whole(path, 1, {2})
