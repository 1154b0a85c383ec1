"""Reading a MediaWiki dump: MB of raw wikitext a CPU second, and the memory that it takes; nothing is coded.

    python benchmarks/reading.py [--megabytes 200] [--format xml|gz|bz2|zst] [--folder DIR]

Makes a synthetic dump of articles on battles in a temporary folder (never committed), reads it once in a process of
its own, and prints the rate beside that of a bare XML parser over the same file in the same run: MB/s of one
machine mean little on another, the ratio is what may be compared.  With ``--peer`` the wikitext of the first
megabyte is also read by mwparserfromhell, where that is installed.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

PLACES = [f"{first} {last}" for first in ("Tell", "Deir", "Khirbat", "Wadi", "Bir", "Qasr") for last in (
    "Kabir", "Asfar", "Hamid", "Salem", "Zaher", "Suwan", "Tamr", "Nasr", "Rijm", "Qala", "Hafir", "Tawil")]  # fmt: skip
SIDES = (
    "[[Syrian Arab Army|Syrian Army]]",
    "[[Islamic State|ISIL]]",
    "government forces",
    "the rebels",
    "[[Hezbollah]] fighters",
)
DEEDS = ("captured {0}", "recaptured the village of {0}", "seized {0} and {1}", "withdrew from {0}", "advanced towards {0}", "repelled an attack on {0}", "took control of {0}, some 4 km south of {1}",
         "shelled positions near {0} from the direction of {1} for most of the night, according to residents", "entered the outskirts of {0} but were pushed back by a counter-attack the following morning")  # fmt: skip
CHILD = """
import gc, sys, time
from frontledger import accounts
gc.set_threshold(200_000, 20, 20)  # as the command line does
start = time.process_time()
count = 0
told = []
marks = [start]
for account in accounts.stream(sys.argv[1], report=told.append):
    count += 1
    if count % 100 == 0:
        marks.append(time.process_time())
spent = time.process_time() - start
stretches = sorted(b - a for a, b in zip(marks, marks[1:])) or [spent]
quick = stretches[len(stretches) // 10] / 100
status = open("/proc/self/status").read() if sys.platform == "linux" else ""
import re
peak = re.search(r"VmHWM:\\s*(\\d+) kB", status)
print(count, spent, int(peak[1]) / 1024 if peak else 0, len(told), quick)
"""


def article(random_: random.Random, number: int) -> str:
    """One article in wikitext, about 20 kB: infobox, sections, links, references, a table, a navigation box."""
    year = random_.randint(1990, 2020)
    place = random_.choice(PLACES)
    head = (
        f"{{{{Short description|Battle in {year}}}}}\n{{{{Use dmy dates|date=May {year}}}}}\n{{{{Infobox military conflict\n| conflict = Battle of {place} ({number})\n"
        f"| partof = the [[Civil war]]\n| image = Map {number}.svg\n| caption = The front in {year}\n| date = 3 March – 20 April {year}\n| place = [[{place}]]\n| result = Army victory\n"
        f"| combatant1 = {{{{flag|Syria}}}}<br />'''Supported by:'''<br />{{{{flag|Russia}}}}\n| combatant2 = {{{{flagicon image|Flag.svg}}}} [[Islamic State|ISIL]]\n"
        f"| commander1 = {{{{plainlist|\n* [[A. Commander]]\n* [[B. General]] {{{{KIA}}}}\n}}}}\n| casualties1 = {random_.randint(5, 90)} killed\n}}}}\n"
        f"The '''Battle of {place}''' was fought in [[{place} District]] between {SIDES[0]} and {SIDES[1]} in {year}.{reference(random_, number, 0)}\n"
    )
    parts = [head]
    cited = 1
    for section in range(random_.randint(5, 9)):
        parts.append(
            f"\n== Phase {section + 1} ==\n[[File:Battle {number}-{section}.jpg|thumb|Soldiers near [[{place}]] in {year}]]\n"
        )
        for _ in range(random_.randint(3, 6)):
            sentences = []
            for _ in range(random_.randint(3, 7)):
                first, second = random_.choice(PLACES), random_.choice(PLACES)
                deed = random_.choice(DEEDS).format(
                    f"[[{first}]]" if random_.random() < 0.3 else first, second
                )
                when = random_.choice(
                    (
                        f"On {random_.randint(1, 28)} March {year}",
                        "The next day",
                        "Two days later",
                        "Meanwhile",
                        f"On {random_.randint(1, 28)} April",
                    )
                )
                marker = ""
                if random_.random() < 0.5:
                    marker, cited = reference(random_, number, cited), cited + 1
                elif random_.random() < 0.2:
                    marker = f'<ref name="r{number}-{random_.randrange(cited)}" />'
                sentences.append(f"{when}, {random_.choice(SIDES)} {deed}.{marker}")
            parts.append(" ".join(sentences) + "\n\n")
        if section == 2:
            rows = "".join(
                f"|-\n| {day} March || {random_.choice(SIDES)} took {random_.choice(PLACES)} || {{{{convert|{day}|km|mi}}}}\n"
                for day in range(1, 9)
            )
            parts.append('{| class="wikitable"\n! Date !! Event !! Distance\n' + rows + "|}\n")
    parts.append(
        "\n== References ==\n{{reflist|30em}}\n{{Campaignbox Civil war}}\n[[Category:Battles of "
        + str(year)
        + "]]\n"
    )
    return "".join(parts)


def reference(random_: random.Random, number: int, cited: int) -> str:
    """A reference, named half of the time, mostly a citation template."""
    name = f' name="r{number}-{cited}"' if random_.random() < 0.6 or cited == 0 else ""
    address = f"https://news.example.org/{random_.randint(2000, 2020)}/{random_.randint(1, 12):02d}/{random_.getrandbits(40):x}-army-takes-town.html"
    if random_.random() < 0.15:
        return (
            f"<ref{name}>[{address} Army takes town], ''Example News'', {random_.randint(1, 28)} March</ref>"
        )
    title = f"Army takes {random_.choice(PLACES)} after days of heavy clashes with militants"
    return (
        f"<ref{name}>{{{{cite news |last=Writer |first=A. |title={title} |url={address} |work=[[Example News]] "
        f"|date={random_.randint(1, 28)} March 2015 |access-date=1 May 2016 |archive-url=https://archive.example.org/{random_.getrandbits(48):x} |url-status=live}}}}</ref>"
    )


def dump(size: int) -> Iterator[str]:
    """A dump with at least ``size`` bytes of wikitext."""
    random_ = random.Random(7)  # noqa: S311  the same text in every run
    yield '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n<siteinfo><sitename>Example</sitename><base>https://en.example.org/wiki/Main_Page</base></siteinfo>\n'
    written = number = 0
    while written < size:
        number += 1
        text = article(random_, number)
        written += len(text.encode())
        yield (
            f"<page><title>Battle {number}</title><ns>0</ns><id>{number}</id><revision><id>{number * 7}</id><timestamp>2016-05-01T00:00:00Z</timestamp>"
            f'<model>wikitext</model><format>text/x-wiki</format><text bytes="{len(text)}" xml:space="preserve">{escape(text, quote=False)}</text></revision></page>\n'
        )
    yield "</mediawiki>\n"


def opened(path: Path, form: str) -> IO[bytes]:
    """The file to write the dump to."""
    if form == "gz":
        return gzip.open(path, "wb", compresslevel=4)  # type: ignore[return-value]
    if form == "bz2":
        return bz2.open(path, "wb")
    if form == "zst":
        from backports import zstd  # noqa: PLC0415

        packed: Any = zstd.open(path, "wb")
        return packed  # type: ignore[no-any-return]
    return path.open("wb")


def bare(chunks: Callable[[], Iterator[bytes]]) -> float:
    """CPU seconds of expat alone."""
    start = time.process_time()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = lambda _: None
    for chunk in chunks():
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return time.process_time() - start


def peer(sample: str) -> None:
    """The rate of mwparserfromhell on the same wikitext, if it is installed."""
    try:
        import mwparserfromhell  # noqa: PLC0415
    except ImportError:
        print("mwparserfromhell is not installed")
        return
    parse: Any = mwparserfromhell.parse
    start = time.process_time()
    parse(sample).strip_code()
    print(
        f"mwparserfromhell, parse and strip_code: {len(sample.encode()) / 1e6 / (time.process_time() - start):.1f} MB/s"
    )


def main() -> None:
    """Make, read, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--format", choices=["xml", "gz", "bz2", "zst"], default="xml")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peer", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = Path(folder) / ("dump.xml" + ("" if given.format == "xml" else f".{given.format}"))
        plain = size = 0
        with opened(path, given.format) as file:
            for page in dump(int(given.megabytes * 1e6)):
                found = re.search(r'bytes="(\d+)"', page)
                plain += int(found[1]) if found else 0
                data = page.encode()
                size += len(data)
                file.write(data)
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
        )
        count, spent, peak, told, quick = done.stdout.split()
        rate = plain / 1e6 / float(spent)
        print(
            f"{path.name}: {plain / 1e6:,.0f} MB of wikitext in {path.stat().st_size / 1e6:,.0f} MB, {count} accounts, {told} problems"
        )
        print(f"read: {float(spent):.1f} CPU s, {rate:.1f} MB/s of wikitext, peak {float(peak):,.0f} MB")
        quiet = plain / 1e6 / int(count) / float(quick)
        print(
            f"the quickest tenth of its stretches of 100 accounts, least disturbed by others: {quiet:.1f} MB/s"
        )
        if given.format == "xml":
            with path.open("rb") as file:
                parse = bare(lambda: iter(lambda: file.read(1 << 18), b""))
            print(
                f"expat alone: {parse:.1f} CPU s, {plain / 1e6 / parse:.0f} MB/s; reading takes {float(spent) / parse:.0f} times as long"
            )
    if given.peer:
        random_ = random.Random(7)  # noqa: S311
        peer("".join(article(random_, number) for number in range(1, 40)))


if __name__ == "__main__":
    main()
