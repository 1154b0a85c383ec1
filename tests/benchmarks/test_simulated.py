"""The simulated accounts: the same from the same seed, coded where they tell of war, silent where they do not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from frontledger import pipeline

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "simulated.py"


@pytest.fixture(scope="module")
def simulated():
    spec = importlib.util.spec_from_file_location("simulated", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["simulated"] = module
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_accounts(simulated):
    assert list(simulated.accounts(30, seed=3)) == list(simulated.accounts(30, seed=3))
    assert list(simulated.accounts(30, seed=3)) != list(simulated.accounts(30, seed=4))


def test_both_languages_tell_of_war_and_a_share_of_gardens(simulated, tmp_path):
    path = tmp_path / "accounts.jsonl"
    simulated.write(path, simulated.accounts(80), folder=False)
    told: dict[str, int] = {}
    for account in pipeline.read(path):
        events = pipeline.coded(account)
        if account.title.startswith("Notes"):
            assert not events, account.text
            told["quiet"] = told.get("quiet", 0) + 1
        else:
            assert len(events) > 3, account.text
            told[account.lang] = told.get(account.lang, 0) + 1
    assert told["en"] > 20
    assert told["hu"] > 10
    assert told["quiet"] > 5


def test_a_folder_holds_the_same_texts(simulated, tmp_path):
    simulated.write(tmp_path / "folder", simulated.accounts(5), folder=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "folder").iterdir())]
    assert texts == [one["text"] for one in simulated.accounts(5)]
