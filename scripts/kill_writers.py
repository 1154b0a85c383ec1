"""Kill writers of a ledger at random moments, and check that nothing was lost.

    python scripts/kill_writers.py [--times 100] [--seed N]

Three kinds of writers in turn: `run` of changing accounts, `review` by two people at once, migration of an older
ledger.  After each kill (SIGKILL, at a random moment of its work) the file must open, be whole, hold every revision
and verdict that the writer had reported, and its holdings and findings must be those of a fresh fold.  The test
suite does a dozen with the same functions.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from frontledger import pipeline
from frontledger.ledger.findings import find
from frontledger.ledger.fold import fold
from frontledger.ledger.storage import Ledger

LONGEST = {"run": 0.6, "review": 0.4, "migration": 0.12}
"""Seconds of work within which the blow falls."""

WRITER = """
import random, sys
from pathlib import Path
from frontledger import pipeline
from frontledger.errors import ReviewError
from frontledger.ledger.storage import Ledger
kind, path, seed = sys.argv[1:]
dice = random.Random(seed)
say = lambda *words: print(*words, flush=True)
if kind == "run":
    account = Path(path).with_name(f"changing-{seed}.txt")
    pipeline.pack_of(pipeline.accounts.from_text("2016", id="x", lang="en"))
    say("ready")
    while True:
        days = sorted(dice.sample(range(1, 29), dice.randint(3, 20)))
        account.write_text("\\n\\n".join(f"On {d} May 2016, {dice.choice(['ISIL', 'the Syrian Army'])} captured {dice.choice(['Harbit', 'Sabin', 'Razaka'])}." for d in days))
        pipeline.run([account], path)
        say("done")
elif kind == "review":
    with Ledger.open(path) as ledger:
        say("ready")
        while True:
            event = dice.choice(ledger.events).id
            try:
                made = ledger.review(event, dice.choice(["accept", "reject", "dispute"]), by=seed, why="read", version=ledger.version(event))
            except ReviewError:
                continue  # the other one was quicker
            say("verdict", made.revision)
else:
    say("ready")
    Ledger.open(path).close()
    say("done")
"""

ACCOUNT = "\n\n".join(
    f"On {day} {month} 2016, {side} captured {place}."
    for month in ("March", "April")
    for day, side, place in zip(
        range(1, 29),
        ["the Syrian Army", "ISIL", "the Syrian Army"] * 10,
        ["Harbit", "Sabin", "Harbit", "Razaka"] * 7,
        strict=False,
    )
)


def prepare(folder: Path) -> Path:
    """A ledger with an account and its twin of an older schema beside it."""
    account = folder / "standing.txt"
    account.write_text(ACCOUNT, encoding="utf-8")
    path = folder / "war.gpkg"
    pipeline.run([account], path)
    return path


def whole(path: Path, revisions: int, verdicts: set[int]) -> None:
    """Raise unless the ledger is whole and holds what was reported."""
    with Ledger.open(path) as ledger:
        assert ledger._store.rows("PRAGMA integrity_check") == [("ok",)]
        assert ledger._store.rows("PRAGMA foreign_key_check") == []
        numbers = [revision.number for revision in ledger.revisions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= revisions
        assert verdicts <= {review.revision for review in ledger.reviews}
        assert ledger.holdings == fold(ledger.events, ledger.places)
        # Names doubtful and the like come from the places step, which a verdict does not repeat.
        stored = [one for one in ledger.all_findings if one.code != "name-variant"]
        fresh = find(
            ledger.accounts, ledger.events, ledger.places, ledger.sides, ledger.holdings,
            periods=ledger.periods, evidence=ledger.evidence([], ledger.readings),
        )  # fmt: skip
        assert stored == list(fresh)


def strike(kind: str, path: Path, dice: random.Random) -> int:
    """Start writers, kill them at a random moment, check; returns how many changes they had reported."""
    before = 0
    if kind != "migration":
        with Ledger.open(path) as ledger:
            before = len(ledger.revisions)
    seeds = ["Ann", "Ben"] if kind == "review" else ["Ann"]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, kind, str(path), seed], stdout=subprocess.PIPE, text=True
        )
        for seed in seeds
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    time.sleep(dice.uniform(0, LONGEST[kind]))
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    lines = [line.split() for writer in writers for line in writer.communicate()[0].splitlines()]
    verdicts = {
        int(line[1]) for line in lines if line[0] == "verdict" and len(line) == 2 and line[1].isdigit()
    }
    done = sum(line[0] == "done" for line in lines) if kind == "run" else 0
    whole(path, before + done + len(verdicts), verdicts)
    return done + len(verdicts)


def older(path: Path, target: Path) -> None:
    """Make of a ledger the same of schema 1, as the first version wrote it."""
    import sqlite3  # noqa: PLC0415 - here alone

    shutil.copy(path, target)
    database = sqlite3.connect(target, isolation_level=None)
    for table in (
        "event_places",
        "finding_places",
        "told_distances",
        "place_reviews",
        "dismissals",
        "history",
        "migrations",
        "reviews",
    ):
        database.execute(f"DROP TABLE {table}")
        database.execute("DELETE FROM gpkg_contents WHERE table_name = ?", (table,))
    for trigger in ("INSERT", "UPDATE"):
        database.execute(f"DROP TRIGGER holdings_follow_{trigger}")
    database.execute("CREATE TABLE reviews (fid INTEGER PRIMARY KEY, record TEXT)")
    database.execute("UPDATE frontledger_meta SET value = '1' WHERE key = 'schema'")
    database.close()


def main() -> int:
    """Strike so many times; print what was checked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    dice = random.Random(seed)  # noqa: S311 - no secret
    reported = 0
    with tempfile.TemporaryDirectory() as folder:
        path = prepare(Path(folder))
        for number in range(options.times):
            kind = ("run", "review", "migration")[number % 3]
            if kind == "migration":
                old = Path(folder) / f"old-{number}.gpkg"
                older(path, old)
                strike(kind, old, dice)
            else:
                reported += strike(kind, path, dice)
    print(f"{options.times} kills, {reported} reported changes, none lost (seed {seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
