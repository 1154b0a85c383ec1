"""Which language accounts are told to be in, against the one that their names begin with ("hu-…", "en-…").

    python benchmarks/languages.py [FILE...]     (without arguments: tests/gold, examples and, beside this clone, ../shared)

Prints the confusion over whole accounts, and over their single paragraphs of 60 characters or more, which is harder.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from frontledger import accounts
from frontledger.accounts import language

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (
    ROOT / "tests" / "gold",
    ROOT / "examples",
    *(ROOT.parent / "shared" / name for name in ("accounts", "gold", "dates")),
)
LEAST = 60


def spoken(path: Path) -> str:
    """The language that a file's name says."""
    for code in ("hu", "en"):
        if f"-{code}-" in f"-{path.name}":
            return code
    return "en" if path.name.startswith("wikiwars") else "hu"


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="*", type=Path)
    files = parser.parse_args().file or [
        path for folder in FOLDERS for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.jsonl"))
    ]
    whole: Counter[tuple[str, str | None]] = Counter()
    parts: Counter[tuple[str, str | None]] = Counter()
    for path in files:
        for account in accounts.read(path):
            whole[spoken(path), account.lang] += 1
            if account.lang != spoken(path):
                print(f"{path.name}: told to be {account.lang}")
            for paragraph in account.text.split("\n"):
                if len(paragraph) >= LEAST:
                    parts[spoken(path), language.detect(paragraph)] += 1
    for name, counts in (("accounts", whole), ("paragraphs", parts)):
        for (true, found), count in sorted(counts.items(), key=str):
            print(f"{name}: {true} told to be {found or 'unknown'}: {count}")


if __name__ == "__main__":
    main()
