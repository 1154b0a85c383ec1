"""Control events drawn at random, each beside its sentence, to be read by eye.

    python benchmarks/sample.py [--seed N] [--count N] [--passed] [ACCOUNT...]   (without accounts: ../shared/accounts/*.txt)

An event drawn is right only if kind, places, both sides, date and flags are; ``docs/accuracy.md`` tells the last counts.
``--passed`` draws from what was announced and says too little for a record, with what it lacks.
``*`` marks an inferred side, ``~`` a part of a place, ``?`` a place that the text does not name.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from frontledger import accounts, pipeline
from frontledger.events import coding
from frontledger.languages.pack import load_pack, packs
from frontledger.model import CONTROL_KINDS, Account, ActorRef, Event, Omission

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "accounts"


def drawn(paths: list[Path], seed: int, count: int) -> list[tuple[Account, Event]]:
    """``count`` control events that the accounts state or report, or all where there are fewer."""
    found: list[tuple[Account, Event]] = []
    for path in sorted(paths):
        for account in accounts.read(path):
            if account.lang not in packs():
                continue
            events = coding.code(account, load_pack(account.lang))
            found += [
                (account, event) for event in events if event.kind in CONTROL_KINDS and not event.negated
            ]
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311  a draw, not a secret


def passed_over(paths: list[Path], seed: int, count: int) -> list[tuple[Account, Omission]]:
    """``count`` of the announcements that became no event."""
    read = (account for path in sorted(paths) for account in accounts.read(path))
    found = [
        (account, one) for account in read if account.lang in packs() for one in pipeline.omissions(account)
    ]
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311  a draw, not a secret


def told(account: Account, event: Event) -> str:
    """The sentence, and below it what was coded."""
    sentence = " ".join(account.text[event.sentence.start : event.sentence.end].split())
    flags = [flag for flag in ("again", "hedged") if getattr(event, flag)]
    places = [
        (place.name or f"?{place.text}") + ("~" if place.extent == "partial" else "")
        for place in event.places
        if place.role == "object"
    ]
    row = [event.kind, *flags, event.date.edtf or "undated", f"{_side(event.actor)} < {_side(event.against)}"]
    return f"{account.id}: {sentence}\n    {'  '.join([*row, '; '.join(places), event.rule])}"


def _side(side: ActorRef | None) -> str:
    return "-" if side is None else side.id + ("*" if side.inferred else "")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("accounts", nargs="*", type=Path, metavar="ACCOUNT")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--passed", action="store_true", help="what became no record, and why")
    options = parser.parse_args()
    paths = options.accounts or list(DEFAULT.glob("*.txt"))
    if not paths:
        sys.exit(f"{DEFAULT}: no accounts there; name some")
    for account, one in passed_over(paths, options.seed, options.count) if options.passed else ():
        around = account.text[max(one.trigger.start - 60, 0) : one.trigger.end + 60]
        print(f"{account.id}: {' '.join(around.split())}\n    {one.lacks}  {one.rule}", end="\n\n")
    for account, event in () if options.passed else drawn(paths, options.seed, options.count):
        print(told(account, event), end="\n\n")


if __name__ == "__main__":
    main()
