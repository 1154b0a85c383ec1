"""The benchmark of holders: which rows count, and what is asked of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "control.py"


def loaded() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("control_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCHMARK = loaded()

HEAD = "place,held_by,as_of,narrative,lat,lon\n"


def row(narrative: str, held_by: str = "Russia") -> Any:
    return BENCHMARK.Row(place="Karvol", held_by=held_by, as_of="2024-01-01", narrative=narrative)


@pytest.mark.parametrize(
    ("narrative", "says"),
    [
        ("Captured by Russia in May 2022.", "states"),
        ("See Battle of KarvolTaken by Russia in May 2022.", "states"),
        ("Under Ukrainian control.", "states"),
        ("Contested since 5 May 2022.", "states"),
        ("Capture claimed by Russia.", "claims"),
        ("Captured by Russia in May 2022. Retaking by Ukraine claimed in June.", "states"),
        ("See Capture of Karvol by Russia", "nothing"),
        ("Pressured by Russia since May 2022.", "nothing"),
        ("Three soldiers captured near Karvol by Russia.", "nothing"),
        ("", "nothing"),
    ],
)
def test_words_decide_which_rows_count(narrative: str, says: str):
    assert row(narrative).says == says


def test_a_row_is_stale_when_its_last_sentence_of_control_names_another_side():
    assert row("Captured by Russia in May 2022.", "Ukraine").stale
    assert row("Retaken by Ukraine in May 2022.", "Contested").stale
    assert not row("Captured by Russia in May 2022. Retaken by Ukraine in June 2022.", "Ukraine").stale


@pytest.mark.parametrize(
    ("narrative", "answer"),
    [
        ("See Battle of Karvol (2014)Captured by Luhansk PR in May 2014.", "Russia"),
        ("Captured by Russia in May 2022Retaken by Ukraine in June 2022", "Ukraine"),
        ("Contested by Russia since May 2022.", "Contested"),
        ("See Battle of Karvol", "unknown"),
    ],
)
def test_the_ledger_answers(narrative: str, answer: str):
    assert BENCHMARK.read(row(narrative))[0] == answer


def test_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    table = tmp_path / "list.csv"
    table.write_text(
        HEAD + "Karvol,Russia,2024-01-01,Captured by Russia in May 2022.,,\n"
        "Derin,Ukraine,2024-01-01,Captured by Russia in May 2022.,,\n"
        "Argun,Ukraine,2024-01-01,See Battle of Argun,,\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sys, "argv", ["control.py", str(table), "--list"])
    assert BENCHMARK.main() == 0
    out = capsys.readouterr().out
    assert "1 of    2 right  0.500" in out
    assert "Derin: Ukraine, read as Russia" in out
    assert "1 of    1 left unknown" in out
