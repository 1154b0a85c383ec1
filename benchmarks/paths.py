"""How often what a text leaves out is filled in rightly: sides and dates by the way they were found, on all gold.

    python benchmarks/paths.py

A side is *said* in the sentence, *carried* over from the subject before, or *inferred*; a date is explicit, relative,
inherited or bounded.  Counted are named places that gold has and that were found; sides are compared under the best
one-to-one naming, as in ``score.py``, but of gainers and losers alike.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace

from frontledger import pipeline
from frontledger.model import ActorRef, Event
from frontledger.places.identity import resolve
from matching import Unit, coded_units, gold_units, naming, overlap, pair, same_date
from score import gold_files, text_of

Counts = dict[tuple[str, str], Counter[str]]


def way(side: ActorRef) -> str:
    """How a side was found."""
    return "inferred" if side.inferred else "said" if side.text else "carried"


def count(counts: Counts, wanted: Unit, event: Event, found: Unit, names: dict[str, str]) -> None:
    """Add what one unit got right and wrong."""
    lost = event.kind == "withdrawal"
    sides = (event.against, event.actor) if lost else (event.actor, event.against)
    for role, side, gold in zip(("gainer", "loser"), sides, (wanted.gainer, wanted.loser), strict=True):
        if side is None:
            counts[role, "unknown"]["gold has one" if gold else "gold has none"] += 1
        else:
            right = names.get(side.id, side.id) == gold
            counts[role, way(side)]["right" if right else "wrong" if gold else "gold has none"] += 1
    counts["date", event.date.basis]["right" if same_date(wanted, found) else "wrong"] += 1


def _turned(unit: Unit) -> Unit:
    """The same with its loser as who gains, so that sides that only lose have a say in the naming."""
    return replace(unit, gainer=unit.loser, loser=None)


def main() -> None:
    counts: Counts = defaultdict(Counter)
    for path in gold_files().values():
        if path.suffix == ".jsonl":
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        events = resolve(
            [e for account in pipeline.read(text_of(path)) for e in pipeline.coded(account)]
        ).events
        units, _traps, unnamed = gold_units(gold)
        told = {id(unit): (unit, event) for event in events for unit in coded_units([event])}
        coded = [
            unit for unit, _event in told.values() if not any(overlap(unit.span, span) for span in unnamed)
        ]
        pairs, _missed, _left = pair(units, coded)
        names = naming([*pairs, *((_turned(wanted), _turned(found)) for wanted, found in pairs)])
        for wanted, found in pairs:
            count(counts, wanted, told[id(found)][1], found, names)
    for (role, kind), figures in sorted(counts.items()):
        print(
            f"{role:8}{kind:12}" + "  ".join(f"{name} {number}" for name, number in sorted(figures.items()))
        )


if __name__ == "__main__":
    main()
