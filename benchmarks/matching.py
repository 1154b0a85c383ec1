"""Match coded control events with gold, and dates with gold; pure functions, nothing read or printed here.

The unit for events is one *named place changing hands once*: every place of role ``object`` of every capture,
withdrawal or handover.  The definitions are those of the project's gold README: ``detect`` finds the unit,
``tuple`` has date, side, extent and hedge right as well, ``false`` counts units entered as fact that the text
denies, hedges or only plans.  Sides are compared under the best one-to-one naming, since ids are free.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from frontledger.model import Event, Time

GAINS = {"captured", "recaptured", "partially_captured"}
CONTROL_KINDS = {"capture", "withdrawal", "handover"}
ARTICLES = {"al", "el", "the", "a", "az"}

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """One named place changing hands once."""

    sentence: Bounds
    span: Bounds
    name: str
    gainer: str | None
    loser: str | None
    earliest: str | None
    latest: str | None
    partial: bool
    hedged: bool
    citations: frozenset[str]
    acceptable: tuple[str, ...] = ()
    cited: bool = True
    """Whether its citations count: not where gold has them from another sentence."""


@dataclass
class Score:
    """Counts of one or more documents; scores add up."""

    gold: int = 0
    coded: int = 0
    hit: int = 0
    right: Counter[str] = field(default_factory=Counter)
    false: int = 0
    dates: bool = False
    control: tuple[int, int] = (0, 0)
    """Checkpoints of control: right, all."""
    remarks: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.gold + other.gold,
            self.coded + other.coded,
            self.hit + other.hit,
            self.right + other.right,
            self.false + other.false,
            self.dates or other.dates,
            (self.control[0] + other.control[0], self.control[1] + other.control[1]),
            self.remarks + other.remarks,
        )

    def f1(self, hits: int) -> float:
        """Harmonic mean of precision and recall for so many hits; 1 where there is nothing to find."""
        return 2 * hits / (self.coded + self.gold) if self.coded + self.gold else 1.0

    def figures(self) -> dict[str, float]:
        """What the floors hold: F1 of detection and of whole tuples, shares of citations and
        checkpoints right, false units."""
        if self.dates:
            return {"detect": self.f1(self.hit), "value": self.f1(self.right["value"]), "false": self.false}
        return {
            "detect": self.f1(self.hit),
            "tuple": self.f1(self.right["tuple"]),
            "citations": self.right["citations"] / self.hit if self.hit else 1.0,
            "control": self.control[0] / self.control[1] if self.control[1] else 1.0,
            "false": self.false,
        }


def score_events(gold: dict[str, Any], events: Iterable[Event]) -> Score:
    """Score the coded events of one document against its gold."""
    units, traps, unnamed = gold_units(gold)
    scope = gold["scope"]["end"] if isinstance(gold.get("scope"), dict) else None
    coded = [
        unit
        for unit in coded_units(events)
        if not any(overlap(unit.span, span) for span in unnamed)
        and (scope is None or unit.sentence[0] < scope)
    ]
    pairs, missed, left = pair(units, coded)
    names = naming(pairs)
    score = Score(gold=len(units), coded=len(coded), hit=len(pairs))
    for wanted, found in pairs:
        judged = judge(wanted, found, names)
        whole = all(judged[part] for part in ("date", "side", "extent", "hedge"))
        score.right.update([part for part, right in judged.items() if right] + ["tuple"] * whole)
        if not all(judged.values()):
            wrong = ", ".join(part for part, right in judged.items() if not right)
            score.remarks.append(f"wrong {wrong}: {told(wanted)} coded {told(found)}")
    score.remarks += [f"missed: {told(unit)}" for unit in missed] + [f"extra: {told(unit)}" for unit in left]
    for unit in coded:
        trapped = any(overlap(unit.sentence, s) and overlap(unit.span, p) for s, p in traps)
        if trapped and not unit.hedged:
            score.false += 1
            score.remarks.append(f"false: {told(unit)}")
    score.false += sum(wanted.hedged and not found.hedged for wanted, found in pairs)
    return score


def gold_units(gold: dict[str, Any]) -> tuple[list[Unit], list[tuple[Bounds, Bounds]], list[Bounds]]:
    """The units of a gold document, its traps (denied or planned), and the spans of unnamed places."""
    units: list[Unit] = []
    traps: list[tuple[Bounds, Bounds]] = []
    unnamed: list[Bounds] = []
    for event in gold["events"]:
        core = event["tier"] == "core" and not event.get("negated")
        sentence = (event["sentence"][0], event["sentence"][1])
        gain, date = event["kind"] in GAINS, event.get("date") or {}
        for place in event["places"]:
            if place.get("start") is None:
                continue
            span = (place["start"], place["end"])
            if not core or place["role"] != "object":
                traps += [(sentence, span)] if event.get("negated") else []
            elif place.get("unnamed"):
                unnamed.append(span)
            else:
                units.append(
                    Unit(
                        sentence=sentence,
                        span=span,
                        name=place.get("canonical") or place["surface"],
                        gainer=event["actor"] if gain else event.get("against"),
                        loser=event.get("against") if gain else event["actor"],
                        earliest=date.get("start"),
                        latest=date.get("end"),
                        partial=event["kind"] == "partially_captured",
                        hedged=bool(event.get("hedged")),
                        citations=frozenset(str(label) for label in event.get("citations", ())),
                        acceptable=tuple(date.get("acceptable", ())),
                        cited=not event.get("citations_from_other_sentence"),
                    )
                )
    return units, traps, unnamed


def coded_units(events: Iterable[Event]) -> list[Unit]:
    """The units that the coded events assert."""
    units = []
    for event in events:
        if event.kind not in CONTROL_KINDS or event.negated:
            continue
        who = event.actor.id if event.actor else None
        other = event.against.id if event.against else None
        gainer, loser = (other, who) if event.kind == "withdrawal" else (who, other)
        units += [
            Unit(
                sentence=(event.sentence.start, event.sentence.end),
                span=(place.start, place.end),
                name=place.name or place.text,
                gainer=gainer,
                loser=loser,
                earliest=event.date.earliest,
                latest=event.date.latest,
                partial=place.extent == "partial",
                hedged=event.hedged,
                citations=frozenset(event.citations),
            )
            for place in event.places
            if place.role == "object" and (place.name or place.text)
        ]
    return units


def pair(units: list[Unit], coded: list[Unit]) -> tuple[list[tuple[Unit, Unit]], list[Unit], list[Unit]]:
    """Gold and coded units that are about the same place in the same sentence; then what is left on each side."""
    pairs, missed, left = [], [], list(coded)
    for wanted in units:
        fits = [found for found in left if same_place(wanted, found)]
        if fits:
            best = min(
                fits, key=lambda found: (not overlap(wanted.span, found.span), not same_date(wanted, found))
            )
            pairs.append((wanted, best))
            left.remove(best)
        else:
            missed.append(wanted)
    return pairs, missed, left


def judge(wanted: Unit, found: Unit, names: dict[str, str]) -> dict[str, bool]:
    """Which parts of a matched unit are right."""
    if found.gainer:
        named = names.get(found.gainer)
        side = named == wanted.gainer if wanted.gainer else named != wanted.loser
    else:
        side = bool(found.loser) and names.get(found.loser or "", found.loser) == wanted.loser
    return {
        "date": same_date(wanted, found),
        "side": side,
        "extent": wanted.partial == found.partial,
        "hedge": wanted.hedged == found.hedged,
        "citations": not wanted.cited or wanted.citations == found.citations,
    }


def naming(pairs: list[tuple[Unit, Unit]]) -> dict[str, str]:
    """The one-to-one map from coded to gold sides that most pairs agree with."""
    votes: Counter[tuple[str, str]] = Counter()
    for wanted, found in pairs:
        if found.gainer and wanted.gainer:
            votes[found.gainer, wanted.gainer] += 1
        elif found.loser and wanted.loser:
            votes[found.loser, wanted.loser] += 1
    coded, golds = sorted({c for c, _ in votes}), sorted({g for _, g in votes})
    if len(coded) > 6 or len(golds) > 6:  # permutations of more would take minutes; greedy is enough then
        chosen: dict[str, str] = {}
        for (c, g), _ in votes.most_common():
            if c not in chosen and g not in chosen.values():
                chosen[c] = g
        return chosen
    choices = itertools.permutations([*golds, *[""] * len(coded)], len(coded))
    best = max(
        choices, key=lambda choice: sum(votes[pair] for pair in zip(coded, choice, strict=True)), default=()
    )
    return {c: g for c, g in zip(coded, best, strict=True) if g}


def same_place(wanted: Unit, found: Unit) -> bool:
    """Same sentence, and overlapping spans or one name within the other."""
    if not overlap(wanted.sentence, found.sentence):
        return False
    a, b = plain(wanted.name), plain(found.name)
    return overlap(wanted.span, found.span) or (bool(a) and bool(b) and (a in b or b in a))


def same_date(wanted: Unit, found: Unit) -> bool:
    """The same window, or one day that gold accepts; undated where gold's window is open."""
    if found.earliest is None and found.latest is None:
        return wanted.earliest is None or wanted.latest is None
    if (found.earliest, found.latest) == (wanted.earliest, wanted.latest):
        return True
    return found.earliest == found.latest and found.earliest in wanted.acceptable


def overlap(a: Bounds, b: Bounds) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def plain(name: str) -> str:
    """A place name without case, marks, articles and hyphens."""
    marks = unicodedata.normalize("NFKD", name).casefold()
    letters = re.sub(r"[^\w ]+", " ", "".join(c for c in marks if not unicodedata.combining(c)))
    return " ".join(word for word in letters.split() if word not in ARTICLES)


def told(unit: Unit) -> str:
    """A unit as a few words."""
    return f"{unit.name!r} {unit.earliest}..{unit.latest} {unit.gainer or '-'} at {unit.span[0]}"


def score_dates(text: str, gold: list[dict[str, Any]], times: Iterable[Time]) -> Score:
    """Score time mentions: ``hit`` is any overlap, ``value`` has the right one, too; ``false`` are hits on nothing."""
    left = list(times)
    score = Score(gold=len(gold), coded=len(left), dates=True)
    for wanted in gold:
        span = (wanted["start"], wanted["end"])
        near = [time for time in left if overlap(span, (time.start, time.end))]
        words = text[slice(*span)]
        if not near:
            score.remarks.append(f"missed: {words!r} {wanted['value']}")
            continue
        best = max(near, key=lambda time: min(time.end, span[1]) - max(time.start, span[0]))
        left.remove(best)
        score.hit += 1
        if (best.value or "").upper() == wanted["value"].upper():
            score.right["value"] += 1
        else:
            score.remarks.append(f"wrong value: {words!r} {wanted['value']} tagged {best.value}")
    score.false = len(left)
    score.remarks += [f"false: {time.text!r} {time.value}" for time in left]
    return score
