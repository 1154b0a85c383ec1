"""Accuracy may not fall below ``benchmarks/floors.toml``, and the gold may not change behind it."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


def load(name):
    """A module of benchmarks/, which is no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


matching = load("matching")
checkpoints = load("checkpoints")
score = load("score")

GOLD = score.gold_files()
OURS = {name for name, path in GOLD.items() if path.is_relative_to(BENCHMARKS.parent)}


def test_every_gold_file_of_ours_has_a_floor():
    assert OURS
    assert set(score.floors()) >= OURS


@pytest.mark.parametrize("name", sorted(score.floors()))
def test_floor(name):
    if name not in GOLD:
        assert name not in OURS
        pytest.skip("its gold lies outside the repository and is not here")
    floor = score.floors()[name]
    assert score.digest(GOLD[name]) == floor["digest"], (
        "the gold changed: look at the figures, then `just score --update --lower NAME`"
    )
    below = score.short(
        score.score(GOLD[name]).figures(), floor
    )  # apart, so that no held-out miss is printed
    assert not below


def test_held_out_gold_stays_out(monkeypatch):
    monkeypatch.setattr(score, "HELD_OUT", ("eszaki-*",))
    assert "eszaki-hadjarat-1919" not in score.gold_files()
    assert "eszaki-hadjarat-1919" in score.gold_files(held_out=True)


def place(start, name):
    return {"start": start, "end": start + len(name), "surface": name, "canonical": name, "role": "object"}


GOLD_EVENT = {
    "sentence": [0, 50], "kind": "captured", "tier": "core", "actor": "N", "against": "S", "hedged": False,
    "date": {"start": "2016-03-03", "end": "2016-03-03"}, "places": [place(10, "Kabir")], "citations": ["1"],
}  # fmt: skip


def coded(**changes):
    from frontledger.model import ActorRef, Event, EventDate, PlaceRef, Span, Trigger

    fields = {
        "id": "a:e1", "account": "a", "kind": "capture",
        "date": EventDate(edtf="2016-03-03", earliest="2016-03-03", latest="2016-03-03", basis="explicit"),
        "actor": ActorRef(id="north", name="North"), "against": None,
        "places": (PlaceRef(id="kabir", name="Kabir", text="Kabir", start=10, end=15, role="object"),),
        "again": False, "hedged": False, "attributed_to": None, "negated": False,
        "trigger": Trigger(text="took", start=0, end=4), "sentence": Span(start=0, end=50),
        "citations": ("1",), "rule": "r",
    }  # fmt: skip
    return Event(**(fields | changes))


def figures(gold, *events):
    return matching.score_events({"events": [gold]}, events).figures()


def test_scorer_gives_full_marks_only_to_what_is_right():
    from frontledger.model import EventDate

    assert figures(GOLD_EVENT, coded()) == {"detect": 1, "tuple": 1, "citations": 1, "control": 1, "false": 0}
    assert figures(GOLD_EVENT)["detect"] == 0
    late = EventDate(edtf=None, earliest="2016-03-04", latest="2016-03-04", basis="explicit")
    assert figures(GOLD_EVENT, coded(date=late))["tuple"] == 0
    assert figures(GOLD_EVENT, coded(citations=()))["citations"] == 0
    assert figures(GOLD_EVENT, coded(hedged=True))["tuple"] == 0
    assert figures(GOLD_EVENT, coded(kind="clash"))["detect"] == 0
    assert figures(GOLD_EVENT, coded(), coded(id="a:e2"))["detect"] == pytest.approx(2 / 3)


def test_scorer_counts_what_the_text_denies_or_hedges_as_false():
    denied = GOLD_EVENT | {"negated": True, "tier": "context"}
    assert figures(denied, coded())["false"] == 1
    assert figures(denied, coded(hedged=True))["false"] == 0
    assert figures(GOLD_EVENT | {"hedged": True}, coded())["false"] == 1


def test_checkpoints_are_compared_with_the_ledger():
    from frontledger.ledger.fold import fold
    from frontledger.places.identity import resolve

    placed = resolve([coded()])
    holdings = fold(placed.events, placed.places)

    def right(expected):
        gold = {"events": [GOLD_EVENT], "ledger_checkpoints": {"2016-03-04": {"Kabir": expected}}}
        return checkpoints.compare(gold, placed.events, placed.places, holdings)[:2]

    assert right("N") == right("S or N") == right("N (implied)") == (1, 1)
    assert right("S") == right("contested (partly N)") == (0, 1)


def test_floors_are_lowered_only_on_purpose(monkeypatch, tmp_path):
    gold = tmp_path / "x.gold.json"
    gold.write_text("{}", encoding="utf-8")
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    high = {"digest": score.digest(gold), "detect": 0.9, "tuple": 0.8, "citations": 1.0, "false": 0}
    monkeypatch.setattr(score, "floors", lambda: {"x": high})
    worse = {"detect": 0.5, "tuple": 0.9, "citations": 1.0, "false": 2}
    assert score.short(worse, high) == ["detect 0.500, floor 0.9", "false 2.000, floor 0"]
    assert score.renew("x", gold, worse, lower=False) == high | {"tuple": 0.9}
    assert score.renew("x", gold, worse, lower=True) == high | worse
    gold.write_text('{"events": []}', encoding="utf-8")
    with pytest.raises(SystemExit, match="gold is another"):
        score.renew("x", gold, worse, lower=False)
