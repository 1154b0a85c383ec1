"""The report's benchmark makes the ledger that it says; no test here is timed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("report_benchmark", ROOT / "benchmarks" / "report.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_large_ledger_is_as_large_as_asked(benchmark, tmp_path):
    from frontledger.ledger.storage import Ledger

    benchmark.large(tmp_path / "large.gpkg", places=20, events=60)
    with Ledger.open(tmp_path / "large.gpkg") as ledger:
        assert (len(ledger.places), len(ledger.events)) == (20, 60)
        assert all(place.lat is not None for place in ledger.places)
        assert any(event.date.earliest != event.date.latest for event in ledger.events)


def test_a_missed_mark_is_told(benchmark, tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_bytes(b"x" * 2000)
    got = {
        "ready": 10.0,
        "step": 5.0,
        "worst": 9.0,
        "script": 1.0,
        "cpu": 2.0,
        "ready cpu": 9.0,
        "machine": 100.0,
    }
    assert benchmark.tell("small", page, 0.1, got, (3000, 20, 10))
    assert not benchmark.tell("small", page, 0.1, got, (1000, 20, 10))
    assert capsys.readouterr().out.count("MISSED") == 1
