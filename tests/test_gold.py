"""The gold files are what their README says: offsets, surfaces, sides and days hold.

What the engine makes of the accounts is not tested here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
GOLD_FILES = sorted([*(ROOT / "tests/gold").glob("*.gold.json"), *(ROOT / "examples").glob("*.gold.json")])
DAY = re.compile(r"-?\d{4}-\d\d-\d\d")


def read_gold(path: Path) -> tuple[str, dict[str, Any]]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return (path.parent / gold["doc"]).read_text(encoding="utf-8"), gold


def test_there_are_gold_files() -> None:
    assert len(GOLD_FILES) >= 9


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_spans_hold_their_surfaces(path: Path) -> None:
    text, gold = read_gold(path)
    assert len(text) == gold["chars"]
    for event in gold["events"]:
        trigger = event["trigger"]
        assert text[trigger["start"] : trigger["end"]] == trigger["text"], event["id"]
        first, last = event["sentence"]
        for place in event["places"]:
            assert text[place["start"] : place["end"]] == place["surface"], event["id"]
            assert first <= place["start"] < place["end"] <= last, event["id"]
    for trap in gold["non_events"]:
        assert text[trap["start"] : trap["end"]] == trap["surface"]


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_sides_and_days_are_well_formed(path: Path) -> None:
    _, gold = read_gold(path)
    for event in gold["events"]:
        named = [side for end in ("actor", "against") for side in (event[end] or "").split("+") if side]
        assert set(named) <= set(gold["sides"]), event["id"]
        assert event["kind"] == "other" or "subkind" not in event, event["id"]
        days = [event["date"][end] for end in ("start", "end")]
        assert all(DAY.fullmatch(day) for day in days if day), event["id"]
        if all(days) and not any(day.startswith("-") for day in days):
            assert days[0] <= days[1], event["id"]
        assert not (event.get("negated") and event["tier"] == "core"), event["id"]
