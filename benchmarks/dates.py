"""How fast times are tagged: characters per CPU second, and as a ratio to a plain tokenisation of the same text.

    python benchmarks/dates.py LANG FILE...        text files, or JSON Lines with "text"

Tokenising is timed with the same regular expression that the pipeline uses, in the same run, so that the ratio
means the same on any machine.  ``--linear`` repeats the text 1, 10 and 100 times instead: seconds per character
must not grow.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from frontledger.languages.timewords import date_reader
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import TOKEN, tokenize


def texts(paths: list[Path]) -> list[str]:
    found: list[str] = []
    for path in paths:
        content = path.read_text(encoding="utf-8")
        found += (
            [json.loads(line)["text"] for line in content.splitlines()]
            if path.suffix == ".jsonl"
            else [content]
        )
    return found


def measure(lang: str, documents: list[str], rounds: int) -> dict[str, float]:
    """Best of ``rounds``, in characters per CPU second."""
    reader = date_reader(lang)
    size = sum(map(len, documents))
    best = {"plain tokenisation": 0.0, "tag_times": 0.0, "tokens and tag_times": 0.0}
    for _ in range(rounds):
        start = time.process_time()
        for text in documents:
            TOKEN.findall(text)
        plain = time.process_time() - start
        start = time.process_time()
        tokens = [tokenize(text) for text in documents]
        cut = time.process_time() - start
        start = time.process_time()
        for text, one in zip(documents, tokens, strict=True):
            tag_times(text, one, reader)
        tag = time.process_time() - start
        for name, seconds in (
            ("plain tokenisation", plain),
            ("tag_times", tag),
            ("tokens and tag_times", cut + tag),
        ):
            best[name] = max(best[name], size / seconds)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lang")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--linear", action="store_true")
    options = parser.parse_args()
    documents = texts(options.files)
    for times in (1, 10, 100) if options.linear else (1,):
        text = [document * times for document in documents[:1]] if options.linear else documents
        figures = measure(options.lang, text, options.rounds if times < 100 else 1)
        plain = figures["plain tokenisation"]
        print(f"{sum(map(len, text)):>12,} characters")
        for name, speed in figures.items():
            print(
                f"  {name:<22}{speed / 1e6:8.2f} M characters/CPU s  {speed / plain:6.2f} of plain tokenisation"
            )


if __name__ == "__main__":
    main()
