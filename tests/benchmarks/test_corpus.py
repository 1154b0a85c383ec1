"""The benchmark of a corpus run measures what it says; no test here is timed."""

import importlib.util
import sys
from pathlib import Path

from frontledger.corpus.process import process
from frontledger.corpus.shards import Settings, cut

ROOT = Path(__file__).resolve().parents[2]


def loaded(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    spec = importlib.util.spec_from_file_location("corpus_benchmark", ROOT / "benchmarks" / "corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tallied(path):
    return [process(shard, Settings()).tally for shard in cut([path], Settings(), lambda _: None)]


def test_quiet_accounts_are_all_dismissed_and_the_others_coded(tmp_path, monkeypatch):
    benchmark = loaded(monkeypatch)
    (quiet,) = tallied(benchmark.corpus(tmp_path, 60, 1.0))
    assert (quiet.documents, quiet.dismissed) == (60, 60)
    (told,) = tallied(benchmark.corpus(tmp_path, 6, 0.0))
    assert (told.documents, told.dismissed) == (6, 0)
    assert told.events > 6


def test_the_first_accounts_load_both_packs(tmp_path, monkeypatch):
    benchmark = loaded(monkeypatch)
    lines = benchmark.corpus(tmp_path, 60, 0.0).read_bytes().splitlines()[: benchmark.FIRST]
    assert {b'"lang":"en"' in line for line in lines} == {True, False}


def test_coding_is_compared_with_itself(tmp_path, monkeypatch, capsys):
    benchmark = loaded(monkeypatch)
    assert 0 < benchmark.coded(benchmark.corpus(tmp_path, 2, 0.0), 1) < 10
    assert "pipeline" in capsys.readouterr().out
