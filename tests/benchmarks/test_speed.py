"""The speed benchmark measures what it says; no test here is timed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from frontledger import accounts, pipeline

ROOT = Path(__file__).resolve().parents[2]
TEXT = "On 5 May 2016 the rebels captured the town of Karvol. Two days later the army retook it."


def loaded() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("speed_benchmark", ROOT / "benchmarks" / "speed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


speed = loaded()


def test_every_step_is_measured_beside_the_plain_tokenisation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "ENOUGH", 0.0)
    seconds = speed.warm([accounts.from_text(TEXT, "a", "en")])
    assert list(seconds) == ["plain", "read", "dates", "events", "all"]
    assert seconds["all"] == seconds["read"] + seconds["events"]


def test_longer_texts_are_the_account_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    coded: list[int] = []
    events = pipeline.events
    monkeypatch.setattr(pipeline, "events", lambda account: coded.append(len(events(account))))
    account = accounts.from_text(TEXT, "a", "en")
    found = speed.linear(account)
    once = len(account.text)
    assert [(times, length) for times, length, _ in found] == [
        (times, times * once + (times - 1) * 2) for times in speed.REPEATED
    ]
    assert coded[0] > 0
    assert coded[-1] == 100 * coded[0]


def test_says_when_dateparser_is_absent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(speed, "ENOUGH", 0.0)
    monkeypatch.setattr(speed, "COLD_RUNS", 1)
    monkeypatch.setitem(sys.modules, "dateparser.search", None)
    path = tmp_path / "karvol.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["speed.py", str(path)])
    speed.main()
    printed = capsys.readouterr().out
    assert "dateparser is not installed" in printed
    assert "cold: karvol.txt" in printed
