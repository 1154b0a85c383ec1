"""Names across romanisations: does a spelling that a gazetteer does not have find its place, and only then?

    python benchmarks/toponyms.py [--countries SY,IQ,UA,HU,LY,YE] [--sample 300] [--seed 1]

Everything is drawn from the gazetteer's own alternates, in Latin and Cyrillic letters.  A *spelling* is an alternate that
shares a consonant skeleton or half of its letter pairs with another name of its place: GeoNames also lists former
names, abbreviations and transliterations without vowels, which no ear can match; what is left out is counted.

top-1     each spelling is looked up in a gazetteer that lacks just this spelling (and what differs from it
          only in marks and articles): is the first place the right one?
absent    each place is removed with all its names, then looked for by one of them in an account that names its ten
          nearest neighbours, as the pipeline does: how often is it put somewhere?  Beside it, how often some other place
          of the country answers to the name alone: most of those are namesakes ("Zamozhnoye", "Zamozhne").
pairs     area under the curve: two spellings of one place against a spelling and the likest name of one of its
          ten nearest neighbours.  The prices of ``sounds.toml`` were fitted on ``tests/places/pairs.toml``, never
          on these; every second place (by id) is reported apart, and only those count as out of sample.
speed     look-ups a second with a country loaded: the names as they stand, and the spellings taken out.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from frontledger.model import Place
from frontledger.places.candidates import Candidate, candidates
from frontledger.places.choosing import choose
from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.gazetteers.index import Index, open_index
from frontledger.places.gazetteers.slices import Match, Slice, compiled, key_of
from frontledger.places.geometry import distance
from frontledger.places.names import SAME, Name, read_name, similarity, spoken
from frontledger.places.sounds import fold, skeleton
from frontledger.places.theatre import Theatre

COUNTRIES = ("SY", "IQ", "UA", "HU", "LY", "YE")
NEIGHBOURS = 10
RANKED = 0.5
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿʹʻʼʿʾ‘’'`´ .\-]+")
CYRILLIC = re.compile(r"[Ѐ-ӿ'’ .\-]+")


@dataclass
class Figures:
    """What one country gives."""

    right: float = 0.0
    sure: int = 0
    asked: int = 0
    wrong_sure: int = 0
    absent: int = 0
    heard: int = 0
    false: int = 0
    same: list[float] = field(default_factory=list)
    other: list[float] = field(default_factory=list)
    names: int = 0
    left_out: int = 0


def readable(name: str) -> bool:
    """Whether a name is in letters whose sounds we know, and neither a code nor a machine's transliteration.

    GeoNames has the latter in lower case ("alqrytyn", "ao ze er nei").
    """
    return (
        name[:1].isupper()
        and bool(LATIN.fullmatch(name) or CYRILLIC.fullmatch(name))
        and not (name.isupper() and len(name) < 5)
    )


def bigrams(name: str) -> set[str]:
    letters = re.sub(r"\W", "", fold(name))
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def is_spelling(name: str, others: Iterable[str]) -> bool:
    """Whether some other name of the place has the same consonants in order, or half of the letter pairs and a like length."""
    bones = {skeleton(reading) for reading in spoken(read_name(name))} - {""}
    pairs = bigrams(name)
    for other in others:
        if read_name(name).marks != read_name(other).marks:
            continue  # Kisbarát and Nagybarát are two villages that became one
        if bones & {skeleton(reading) for reading in spoken(read_name(other))}:
            return True
        theirs = bigrams(other)
        like = abs(len(name) - len(other)) * 4 <= max(len(name), len(other))
        if like and pairs and theirs and 2 * len(pairs & theirs) >= len(pairs | theirs):
            return True
    return False


def without(entry: Entry, key: str) -> Entry:
    """The entry without the names that have this key."""
    names = [name for name in (entry.name, *entry.names) if key_of(read_name(name)) != key]
    return msgspec.structs.replace(entry, name=names[0], names=tuple(names[1:]))


def alone(part: Slice, entry: Entry, name: str) -> bool:
    """Whether no other place of the country bears the name: which of the homonyms is meant no name can say."""
    return all(match.entry.id == entry.id for match in part.exact(read_name(name)))


def look_up(part: Slice, name: str) -> list[tuple[float, Entry]]:
    """What is found, the likest first, larger places first among equals."""
    read = read_name(name)
    found = part.exact(read) or part.alike(read, SAME)
    return sorted(
        ((match.alike, match.entry) for match in found), key=lambda hit: (-hit[0], -hit[1].population)
    )


def measure(index: Index, country: str, sample: int, draw: random.Random) -> Figures:
    entries = index.entries(country)
    figures = Figures()
    source = Source(name="benchmark", kind="geonames", places=0, names=0)
    cases: list[tuple[Entry, str]] = []
    for entry in entries:
        names = [name for name in dict.fromkeys((entry.name, *entry.names)) if readable(name)]
        keys = {name: key_of(read_name(name)) for name in names}
        for name in names:
            others = [other for other in names if keys[other] != keys[name]]
            figures.names += bool(others)
            if others and is_spelling(name, others):
                cases.append((entry, name))
            elif others:
                figures.left_out += 1
    part = index.slice(country)
    cases = [case for case in cases if alone(part, *case)]
    chosen = draw.sample(cases, min(sample, len(cases)))
    for entry, name in chosen:
        key = key_of(read_name(name))
        lacking = Lacking(part, entry, key, compiled([without(entry, key)], source))
        found = lacking.look_up(name, RANKED)
        figures.asked += 1
        first = [one.id for alike, one in found if alike == found[0][0]]
        figures.right += first.count(entry.id) / len(first) if first else 0.0
        sure = lacking.look_up(name)
        figures.sure += bool(sure) and sure[0][1].id == entry.id
        figures.wrong_sure += bool(sure) and sure[0][1].id != entry.id
        gone = Lacking(part, entry, key, None)
        figures.absent += 1
        figures.heard += bool(gone.look_up(name))
        figures.false += placed_anyway(entry, name, gone, entries)
    pairs(entries, chosen, figures)
    return figures


@dataclass
class Lacking:
    """A country without one place, but with what is left of it under its other names."""

    part: Slice
    entry: Entry
    key: str
    rest: Slice | None

    def exact(self, name: Name) -> list[Match]:
        return [match for match in self.part.exact(name) if match.entry.id != self.entry.id]

    def alike(self, name: Name, floor: float = SAME) -> list[Match]:
        return [match for match in self.part.alike(name, floor) if match.entry.id != self.entry.id]

    def own(self) -> tuple[()]:
        return ()

    maps = own

    def slices(self, _: str) -> tuple[Lacking]:
        return (self,)

    def online(self, _: str, __: Iterable[str]) -> tuple[()]:
        return ()

    def having(self, _: Iterable[str]) -> dict[str, list[str]]:
        return {}

    def look_up(self, name: str, floor: float = SAME) -> list[tuple[float, Entry]]:
        read = read_name(name)
        matches = [m for m in self.part.exact(read) if m.entry.id != self.entry.id]
        matches += self.rest.exact(read) if self.rest else []
        if not matches:
            matches = [m for m in self.part.alike(read, floor) if m.entry.id != self.entry.id]
            matches += self.rest.alike(read, floor) if self.rest else []
        return sorted(((m.alike, m.entry) for m in matches), key=lambda hit: (-hit[0], -hit[1].population))


def placed_anyway(entry: Entry, name: str, gone: Lacking, entries: Sequence[Entry]) -> bool:
    """Whether a place that the gazetteer lacks is put somewhere, in an account that names its neighbours."""
    theatre = Theatre({entry.country: 1.0})
    here = entry.lat, entry.lon
    near = sorted(
        (one for one in entries if one.id != entry.id), key=lambda one: distance(here, (one.lat, one.lon))
    )
    found = {one.id: [given(one)] for one in near[:NEIGHBOURS]}
    wanted = Place(id="absent", name=name, names=(name,), type="village")
    found["absent"] = candidates(wanted, theatre, gone)[0]  # type: ignore[arg-type]
    neighbours = {one: {other: 1.0 for other in found if other != one} for one in found}
    choice = choose(found, neighbours).get("absent")
    return choice is not None and choice.verdict == "place"


def given(entry: Entry) -> Candidate:
    """A neighbour that nobody doubts."""
    return Candidate(entry=entry, name=entry.name, wanted=entry.name, alike=1.0, source="benchmark")


def pairs(
    entries: Sequence[Entry],
    chosen: Sequence[tuple[Entry, str]],
    figures: Figures,
) -> None:
    """Similarities of spellings of one place, and of each with its neighbours' likest name; out of sample only."""
    for entry, name in chosen:
        if int(entry.id.rpartition(":")[2]) % 2:
            continue
        read = read_name(name)
        key = key_of(read)
        own = [one for one in dict.fromkeys((entry.name, *entry.names)) if readable(one)]
        own = [one for one in own if key_of(read_name(one)) != key and is_spelling(one, [name])]
        if not own:
            continue
        near = sorted(entries, key=lambda other: distance((entry.lat, entry.lon), (other.lat, other.lon)))
        figures.same.append(max(similarity(read, read_name(one)) for one in own))
        figures.other.append(
            max(
                (
                    similarity(read, read_name(one))
                    for other in near[1 : NEIGHBOURS + 1]
                    for one in (other.name, *other.names)
                    if readable(one) and key_of(read_name(one)) != key
                ),
                default=0.0,
            )
        )


def area(same: Sequence[float], other: Sequence[float]) -> float:
    """The chance that a pair of one place is more alike than a pair of two."""
    wins = sum((a > b) + (a == b) / 2 for a in same for b in other)
    return wins / (len(same) * len(other)) if same and other else 1.0


def speed(part: Slice, names: Sequence[str]) -> float:
    """Look-ups a second, nothing remembered of former ones but how names are read."""
    start = time.process_time()
    for name in names:
        look_up(part, name)
    return len(names) / max(time.process_time() - start, 1e-9)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--countries", default=",".join(COUNTRIES))
    parser.add_argument("--sample", type=int, default=300, help="spellings drawn from each country")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    index, draw = open_index(), random.Random(options.seed)  # noqa: S311 - a draw that can be repeated
    total = Figures()
    for country in options.countries.split(","):
        one = measure(index, country, options.sample, draw)
        print(
            f"{country}  spellings {one.asked:4}  top-1 {one.right / one.asked:.3f}, sure {one.sure / one.asked:.3f}, "
            f"sure and wrong {one.wrong_sure / one.asked:.3f}  absent {one.false / one.absent:.3f} placed  pairs {len(one.same):4} AUC {area(one.same, one.other):.3f}  "
            f"({one.left_out} of {one.names} names are no spellings)"
        )
        for name in ("right", "sure", "wrong_sure", "asked", "absent", "heard", "false", "left_out", "names"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        total.same += one.same
        total.other += one.other
    print(
        f"all  top-1 {total.right / total.asked:.3f}, sure {total.sure / total.asked:.3f}, "
        f"sure and wrong {total.wrong_sure / total.asked:.3f}  absent {total.false / total.absent:.3f} placed ({total.heard / total.absent:.3f} by name)  "
        f"AUC {area(total.same, total.other):.3f}"
    )
    part = index.slice("UA")
    as_they_stand = [
        name for entry in index.entries("UA") for name in (entry.name, *entry.names) if readable(name)
    ]
    chosen = draw.sample(as_they_stand, 5000)
    absent = [name for entry in index.entries("SY") for name in (entry.name, *entry.names) if readable(name)][
        :1000
    ]
    print(
        f"speed: {speed(part, chosen):,.0f} look-ups/s by name, {speed(part, absent):,.0f} of names it lacks, by sound"
    )
    index.close()


if __name__ == "__main__":
    main()
