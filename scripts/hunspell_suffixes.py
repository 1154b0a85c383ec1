"""Read the Hungarian hunspell dictionary and expand its suffixes.

Here: the file format (aliases of flags and of morphology, suffix rules, word list). Not here: what the
morphological names mean and which of them are wanted (generate_hu_forms.py). Prefixes are not read: preverbs
are the engine's.

The affix file mixes encodings: flags are single bytes, everything else is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """One suffix rule of the affix file."""

    strip: str
    add: str
    flags: bytes
    condition: re.Pattern[str] | None
    morphology: str


@dataclass(frozen=True)
class Entry:
    """One line of the word list."""

    word: str
    flags: bytes
    morphology: str


class Dictionary:
    """A hunspell dictionary with aliased flags and morphology, suffixes only.

    `useful` says of a suffix, by its inflections, whether the caller wants the words it makes; diminutives,
    comparatives and the like would multiply the forms a thousandfold.
    """

    # NEEDAFFIX, ONLYINCOMPOUND and FORBIDDENWORD of hu_HU.aff: no words by themselves.
    bare = frozenset(b"u|w")

    def __init__(self, folder: Path, useful: Callable[[list[str]], bool]) -> None:
        self._useful = useful
        self._flags = [b""]
        self._morphologies = [""]
        self._rules: dict[int, list[Rule]] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._read_affixes(folder / "hu_HU.aff")
        self._read_words(folder / "hu_HU.dic")

    def entries(self, lemma: str, parts: tuple[str, ...]) -> list[Entry]:
        """The word-list lines of a lemma with the first of these parts of speech that it has."""
        for part in parts:
            found = [
                entry
                for entry in self._entries.get(lemma, [])
                if f"po:{part}" in entry.morphology.split() and "ip:PREF" not in entry.morphology.split()
            ]
            if found:
                return found
        return []

    def known(self, word: str) -> bool:
        """Whether the word list has the word as it stands."""
        return word in self._entries

    def expand(self, entry: Entry, depth: int = 2) -> Iterator[tuple[str, str]]:
        """Every form of an entry with its morphology; hunspell allows two suffixes on a stem."""
        if not self.bare & set(entry.flags):
            yield entry.word, entry.morphology
        if depth == 0:
            return
        for flag in entry.flags:
            for rule in self._rules.get(flag, ()):
                if entry.word.endswith(rule.strip) and (
                    rule.condition is None or rule.condition.search(entry.word)
                ):
                    word = entry.word[: len(entry.word) - len(rule.strip)] + rule.add
                    yield from self.expand(
                        Entry(word, rule.flags, f"{entry.morphology} {rule.morphology}"), depth - 1
                    )

    def _read_affixes(self, path: Path) -> None:
        heads = {b"AF": False, b"AM": False}
        for line in path.read_bytes().split(b"\n"):
            fields = line.split()
            if not fields:
                continue
            if fields[0] in heads:
                if not heads[fields[0]]:
                    heads[fields[0]] = True  # the first line only counts
                elif fields[0] == b"AF":
                    self._flags.append(fields[1])
                else:
                    self._morphologies.append(line[3:].decode())
            elif fields[0] == b"SFX":
                self._read_rule(fields)

    def _read_rule(self, fields: list[bytes]) -> None:
        flag = fields[1][0]
        if flag not in self._rules:  # the header of a group
            self._rules[flag] = []
            return
        add, _, flags = fields[3].decode().partition("/")
        condition = fields[4].decode() if len(fields) > 4 else "."
        morphology = self._morphologies[int(fields[5])] if len(fields) > 5 else ""
        if not self._useful(inflections(morphology)):
            return
        pattern = None if condition == "." else re.compile(condition.replace("-", r"\-") + r"\Z")
        strip = "" if fields[2] == b"0" else fields[2].decode()
        self._rules[flag].append(
            Rule(
                strip,
                "" if add == "0" else add,
                self._flags[int(flags)] if flags else b"",
                pattern,
                morphology,
            )
        )

    def _read_words(self, path: Path) -> None:
        for line in path.read_text(encoding="utf-8").split("\n")[1:]:
            head, _, tail = line.strip().replace(" ", "\t", 1).partition("\t")
            word, _, flags = head.partition("/")
            tail = tail.strip()
            morphology = self._morphologies[int(tail)] if tail.isdigit() else tail
            stem = re.search(r"\bst:(\S+)", morphology)
            entry = Entry(word, self._flags[int(flags)] if flags.isdigit() else b"", morphology)
            self._entries.setdefault(stem[1] if stem else word, []).append(entry)


def inflections(morphology: str) -> list[str]:
    """The inflections and derivations of an analysis, in order."""
    return [field[3:] for field in morphology.split() if field.startswith(("is:", "ds:"))]
