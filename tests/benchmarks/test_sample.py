"""Drawing events: the same seed, the same events; nothing denied among them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def loaded() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("sample_benchmark", ROOT / "benchmarks" / "sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sample = loaded()

EXAMPLE = ROOT / "examples" / "eszaki-hadjarat-1919.txt"


def test_a_seed_draws_the_same_events_again():
    first, again = (sample.drawn([EXAMPLE], 3, 8) for _ in range(2))
    assert [event.id for _, event in first] == [event.id for _, event in again]
    assert len(first) == 8
    assert [event.id for _, event in sample.drawn([EXAMPLE], 4, 8)] != [event.id for _, event in first]


def test_what_is_denied_is_not_drawn():
    everything = sample.drawn([EXAMPLE], 1, 10_000)
    assert everything
    assert not [event for _, event in everything if event.negated]


def test_an_event_is_told_below_its_sentence():
    account, event = sample.drawn([EXAMPLE], 1, 1)[0]
    sentence, coded = sample.told(account, event).split("\n")
    assert event.trigger.text.split()[0] in sentence
    assert event.rule in coded
