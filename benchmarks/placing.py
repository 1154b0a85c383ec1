"""Are the places of real accounts where they are?  Against the hand-made coordinates of ``tests/gold/*.places.toml``.

    python benchmarks/placing.py [--list]

right     of the places that the gazetteer holds: located by it, within 10 km of the gold
wrong     placed by a gazetteer more than 10 km off, or at a namesake of a place that the gazetteer lacks
asked     held, but left to a person or openly nowhere
on map    share of control events with an object that has coordinates, its circle included
far       places of the account on another continent than most of it
Accounts that lie outside the repository are left out where they are not there.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from frontledger import pipeline
from frontledger.model import CONTROL_KINDS, Event, Place
from frontledger.places.geometry import distance
from frontledger.places.sounds import slug

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
TEXTS = (GOLD, SHARED / "gold", SHARED / "accounts")
NEAR_KM = 10.0
FAR_KM = 3000.0
"""No campaign reaches as far; between the places of one war it is another continent."""


@dataclass
class Placing:
    """What became of one account."""

    held: int = 0
    right: int = 0
    wrong: int = 0
    asked: int = 0
    far: int = 0
    on_map: float = 0.0
    remarks: list[str] = field(default_factory=list)


def text_of(name: str) -> Path | None:
    """The account that a gold file is about, where it is there."""
    return next((path for folder in TEXTS if (path := folder / f"{name}.txt").exists()), None)


def judged(gold: Path, text: Path, shelf: pipeline.Shelf) -> Placing:
    """Place an account and compare."""
    told = tomllib.loads(gold.read_text(encoding="utf-8"))
    (account,) = pipeline.read(text)
    settled, _ = pipeline.placed([account], pipeline.coded(account), (), shelf)
    places = {slug(name): place for place in settled.places for name in place.names}
    places |= {place.id: place for place in settled.places}
    result = Placing(on_map=on_map(settled.events), far=len(far(list(settled.places))))
    for name, true in told["held"].items():
        place = places.get(name)
        if place is None:
            result.remarks.append(f"gone: {name}")
            continue
        result.held += 1
        off = place.lat is not None and distance((place.lat, place.lon or 0.0), (true["lat"], true["lon"]))
        if place.placing != "gazetteer":
            result.asked += 1
            result.remarks.append(f"asked: {name}: {'; '.join(place.reasons)}")
        elif off <= NEAR_KM:
            result.right += 1
        else:
            result.wrong += 1
            result.remarks.append(f"wrong: {name}: {off:.0f} km off, {place.located_by}")
    for name, where in told.get("absent", {}).items():
        if name in places and places[name].placing == "gazetteer":
            result.wrong += 1
            result.remarks.append(f"namesake: {name} is {where}; {places[name].located_by}")
    return result


def on_map(events: tuple[Event, ...]) -> float:
    """Share of control events of which an object has coordinates."""
    control = [event for event in events if event.kind in CONTROL_KINDS and not event.negated]
    mapped = [e for e in control if any(ref.role == "object" and ref.lat is not None for ref in e.places)]
    return len(mapped) / len(control) if control else 1.0


def far(places: list[Place]) -> list[str]:
    """Places farther from most of the others than any campaign reaches."""
    points = {
        place.id: (place.lat, place.lon)
        for place in places
        if place.lat is not None and place.lon is not None
    }
    votes: Counter[str] = Counter()
    for one, here in points.items():
        votes[one] = sum(distance(here, there) > FAR_KM for there in points.values())
    return [one for one, count in votes.items() if 2 * count > len(points)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="name every miss")
    options = parser.parse_args()
    held = right = 0
    with pipeline.open_shelf() as shelf:
        for gold in sorted(GOLD.glob("*.places.toml")):
            name = gold.name.removesuffix(".places.toml")
            text = text_of(name)
            if text is None:
                print(f"{name:40} not there")
                continue
            one = judged(gold, text, shelf)
            held, right = held + one.held, right + one.right
            print(
                f"{name:40} held {one.held:3}  right {one.right / max(one.held, 1):.3f}  wrong {one.wrong}  "
                f"asked {one.asked}  on map {one.on_map:.2f}  far {one.far}"
            )
            if options.list:
                print("".join(f"    {remark}\n" for remark in one.remarks), end="")
    print(f"all: {right} of {held} places that the gazetteer holds are right ({right / max(held, 1):.3f})")


if __name__ == "__main__":
    main()
