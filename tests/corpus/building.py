"""Corpora of our own writing, and what comes of them, for the tests."""

import io
import json
from pathlib import Path

import pyarrow.parquet as pq

from frontledger.corpus import schema

HOOKS = str(Path(__file__).with_name("hooks.py"))
PLACES = ("Karvol", "Dunary", "Old Mill", "Sedvar", "Tornik")


def text(number):
    """An account of a change of control and of what came of it."""
    place, next_place = PLACES[number % 5], PLACES[(number + 1) % 5]
    return (
        f"On {number % 27 + 1} March 2016 the army captured {place}. Two days later rebels retook {next_place}, "
        f"and the army withdrew from {place}."
    )


def lines(folder, names, name="corpus.jsonl"):
    """A JSON Lines file with an account of each id."""
    path = folder / name
    path.write_text(
        "".join(json.dumps({"id": one, "text": text(n), "lang": "en"}) + "\n" for n, one in enumerate(names)),
        encoding="utf-8",
    )
    return path


def names(count, *bad):
    """Ids of good documents with the bad ones spread among them."""
    good = [f"good-{number}" for number in range(count)]
    for number, one in enumerate(bad):
        good.insert((number + 1) * count // (len(bad) + 1) + number, one)
    return good


def rows(folder, table):
    """All rows of a table of a corpus folder, in the order of the shards."""
    order = [json.loads(line)["shard"] for line in (folder / "manifest.jsonl").read_text().splitlines()[1:]]
    files = [folder / table / f"{key}.parquet" for key in [*order, *(["CUT"] if table == "problems" else [])]]
    return [row for file in files for row in pq.read_table(io.BytesIO(file.read_bytes())).to_pylist()]


def contents(folder):
    """Every file that a corpus folder holds, apart from what says when things happened."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"log.jsonl", ".lock"}
    }


def log(folder, event):
    """What the log says of one kind."""
    told = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [one for one in told if one["event"] == event]


__all__ = ["HOOKS", "contents", "lines", "log", "names", "rows", "schema", "text"]
