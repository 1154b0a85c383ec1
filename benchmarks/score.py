"""Accuracy on gold, and the floors below which it must not fall.

    python benchmarks/score.py [--list] [--update [--lower NAME]] [--held-out]

Gold is every ``NAME.gold.json`` beside a ``NAME.txt`` and every file of dates (``CODE-NAME.jsonl``) in tests/gold
and examples, and in ../shared where that folder exists, of the languages that have a pack.  ``floors.toml``
holds, for each, the digest of the gold and the figures that a change must keep.  ``--update`` raises floors to
what is measured; only ``--update --lower NAME`` lowers one, so that nobody does it by accident.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from checkpoints import compare
from frontledger import accounts, pipeline
from frontledger.languages.pack import packs
from frontledger.ledger.fold import fold
from frontledger.places.identity import resolve
from matching import Score, score_dates, score_events

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "benchmarks" / "floors.toml"
SHARED = ROOT.parent / "shared"
FOLDERS = (ROOT / "tests" / "gold", ROOT / "examples", SHARED / "gold", SHARED / "dates")
HELD_OUT: tuple[str, ...] = ()
"""Scored only on demand, until their one look: none at present."""
UNREAD = ("held-*", *HELD_OUT)
"""Scored, but nobody who writes rules should see what they miss."""


def gold_files(*, held_out: bool = False) -> dict[str, Path]:
    """Every gold file in a language that has a pack, under the name that the floors know it by."""
    found: dict[str, Path] = {}
    for path in sorted(path for folder in FOLDERS for path in folder.glob("*.json*")):
        name = path.name.removesuffix(".gold.json").removesuffix(".jsonl").removesuffix(".dates")
        hidden = any(fnmatch(name, pattern) for pattern in HELD_OUT) and not held_out
        if not hidden and language(path) in packs():
            found[name if path.name.endswith(".gold.json") else f"{name}.dates"] = path
    return found


def language(path: Path) -> str | None:
    """The language that a gold file says, or that the name of a dates file begins with."""
    if path.suffix == ".jsonl":
        return path.name.split("-")[0]
    return str(json.loads(path.read_text(encoding="utf-8")).get("lang"))


def digest(path: Path) -> str:
    """Digest of the gold and its text: other gold, other floors."""
    seen = hashlib.sha256(path.read_bytes())
    if path.name.endswith(".gold.json"):
        seen.update(text_of(path).read_bytes())
    return seen.hexdigest()[:16]


def text_of(gold: Path) -> Path:
    """The account that a gold file is about."""
    return gold.with_name(gold.name.removesuffix(".gold.json") + ".txt")


def score(path: Path) -> Score:
    """Code what the gold file is about and compare."""
    if path.suffix == ".jsonl":
        return sum((score_dates(*one) for one in tagged(path)), Score())
    gold = json.loads(path.read_text(encoding="utf-8"))
    placed = resolve([event for account in pipeline.read(text_of(path)) for event in pipeline.coded(account)])
    result = score_events(gold, placed.events)
    right, total, remarks = compare(gold, placed.events, placed.places, fold(placed.events, placed.places))
    return result + Score(control=(right, total), remarks=remarks)


def tagged(path: Path) -> Iterator[tuple[str, list[dict[str, Any]], list[Any]]]:
    """Text, gold times and our times of every document of a dates file."""
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    ours = accounts.read(path)
    for gold, account in zip(golds, ours, strict=True):
        yield gold["text"], gold["timexes"], pipeline.dates(account)


def floors() -> dict[str, dict[str, Any]]:
    """The floors as they stand."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def short(figures: dict[str, float], floor: dict[str, Any]) -> list[str]:
    """What fell below its floor; ``false`` is a ceiling."""
    return [
        f"{name} {value:.3f}, floor {floor[name]}"
        for name, value in figures.items()
        if name in floor and (value > floor[name] if name == "false" else value < floor[name])
    ]


def renew(name: str, path: Path, figures: dict[str, float], *, lower: bool) -> dict[str, Any]:
    """The floor of ``name`` after this measurement."""
    old, new = floors().get(name), {"digest": digest(path)}
    rounded = {
        key: int(value) if key == "false" else math.floor(value * 1000) / 1000
        for key, value in figures.items()
    }
    if old is None or lower:
        return new | rounded
    if old["digest"] != new["digest"]:
        sys.exit(f"{name}: the gold is another; look at the figures, then --update --lower {name}")
    return new | {
        key: (min if key == "false" else max)(value, old.get(key, value)) for key, value in rounded.items()
    }


def write(table: dict[str, dict[str, Any]]) -> None:
    """Write the floors, sorted, with their explanation."""
    lines = [
        "# Written by `just score --update`; lowering one takes `--lower NAME` and a reason in the commit message.",
        "",
    ]
    for name, floor in sorted(table.items()):
        lines += [f'["{name}"]', *(f"{key} = {json.dumps(value)}" for key, value in floor.items()), ""]
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Score everything; exit 1 when something is below its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="name every miss")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument(
        "--lower", action="append", default=[], metavar="NAME", help="with --update: lower this one"
    )
    parser.add_argument(
        "--held-out", action="store_true", help="score the held-out gold as well; for the one look"
    )
    options = parser.parse_args()
    table, fallen = floors(), 0
    for name, path in gold_files(held_out=options.held_out).items():
        result = score(path)
        figures = result.figures()
        below = short(figures, table[name]) if name in table and not options.update else []
        fallen += bool(below)
        print(
            f"{name:40} gold {result.gold:4} coded {result.coded:4}  "
            + "  ".join(f"{key} {value:.3f}" for key, value in figures.items())
            + (f"  BELOW: {'; '.join(below)}" if below else "")
        )
        if options.list and any(fnmatch(name, pattern) for pattern in UNREAD):
            print("    held out: its misses are not listed")
        elif options.list:
            print("".join(f"    {remark}\n" for remark in result.remarks), end="")
        if options.update and not any(fnmatch(name, pattern) for pattern in HELD_OUT):
            table[name] = renew(name, path, figures, lower=name in options.lower)
    if options.update:
        write(table)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
