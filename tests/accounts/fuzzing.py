"""What the readers are fuzzed with, and what must hold whatever they are given.

`tests/accounts/test_fuzz.py` runs it for seconds with hypothesis; for longer, by hand:

    nice python tests/accounts/fuzzing.py --minutes 30 --seed 1

Inputs are made of fragments of markup, whole and broken, and of small files of every kind that are then damaged.
"""

import argparse
import bz2
import gzip
import io
import random
import sys
import time
import traceback
import zipfile
from pathlib import Path

from frontledger.accounts import reading
from frontledger.accounts.building import source_offset
from frontledger.accounts.html import from_html
from frontledger.accounts.plaintext import from_text
from frontledger.accounts.wikitext import from_wikitext
from frontledger.errors import InputError

CORPUS = Path(__file__).with_name("corpus")

WIKI = (
    "{{", "}}", "{{{", "}}}", "[[", "]]", "|", "||", "!!", "=", "== Heading ==", "\n", "\n\n", "\n*", "\n#", "\n:", "\n;", "\n{|", "\n|}", "\n|-", "\n|+",
    "\n| ", "\n! ", "<ref>", "</ref>", '<ref name="a">', "<ref name=a />", "<ref group=note>", "<references />", "<references>", "</references>", "<!--", "-->",
    "<nowiki>", "</nowiki>", "<math>", "</math>", "<gallery>", "</gallery>", "<br>", "<div style='display:none'>", "</div>", "<blockquote>", "</blockquote>",
    "''", "'''", "'''''", "&nbsp;", "&amp;", "&#0;", "&#x110000;", "&", "{{cite web|title=T|url=http://a.b}}", "{{sfn|A|2015|p=1}}", "{{efn|note}}", "{{refn|x|group=n}}",
    "{{r|a}}", "{{reflist|refs=", "{{Infobox military conflict", "\n| result = Victory", "\n| combatant1 = {{flag|X}}<br>Y", "{{citation needed}}", "{{convert|4|km}}",
    "{{start date|2015|1|2}}", "{{lang|ar|x}}", "{{unknown|a|b=c}}", "{{plainlist|\n* a\n* b\n}}", "[[File:a.jpg|thumb|caption]]", "[[A (b)|]]", "[[:Category:X]]",
    "[[Category:X]]", "[http://a.b label]", "[http://a.b", "__NOTOC__", "----", "#REDIRECT [[X]]", "On 3 March 2016 the army captured [[Tell Kabir]].", "The village was taken.",
    "A hadsereg elfoglalta a falut.", " ", "\t", "\xa0", "\u2028", "\x00", "\ud800", "İ", "é", "من", "𝔘", "0", "1", "<", ">", '"', "[", "]", "{", "}",
)  # fmt: skip
HTML = (
    "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", '<table class="infobox">', '<div class="mw-parser-output">', "<ul>", "<li>", "</ul>", "</li>",
    '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>', '<a href="#fn1">[1]</a>', '<li id="cite_note-1"><span class="reference-text">T</span></li>', '<p id="fn1">note', "<ol class=references>", "</ol>",
    "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<!doctype html>", "<html lang=hu>", "<head>", "<title>", "</title>", "<body>", "</body>", "</html>", "<h1>", "</h1>", "<h2>", "</h2>", "<br>", "<br/>",
    '<a href="/wiki/Homs">', "</a>", "<a href='", "<b", ">", "<", "</", "<!", "<?", "&nbsp;", "&lt;", "&#0;", "&bogus;", "&", '"', "'", "=", "<blockquote>", "</blockquote>", "<svg>", "<textarea>", "<figure>", "</figure>", "<noscript>",
    '<meta property="article:published_time" content="2016-01-02">', '<script type="application/ld+json">{"@graph": [{"headline": "x"}]}</script>', "<span hidden>", "</span>", '<span style="display:none">', "<article>", "</article>", "<main>", "<nav>",
    '<a id="x" name="x">', '<sup><a href="#x">2</a></sup>', "On 3 March 2016 the army captured Tell Kabir.", "A hadsereg elfoglalta a falut.", " ", "\n", "\x00", "\ud800", "İ", "𝔘", "12", "<dl>", "<dd>", "<dt>", "<section>", "<p" + " x=1" * 50 + ">",
)  # fmt: skip
DUMP = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en">', "</mediawiki>", "<siteinfo><base>https://x.org/wiki/A</base></siteinfo>", "<page>", "</page>",
    "<title>Battle</title>", "<ns>0</ns>", "<ns>1</ns>", "<id>7</id>", "<redirect title='x' />", "<revision>", "</revision>", "<timestamp>2016-01-02T03:04:05Z</timestamp>", "<model>wikitext</model>", "<text>", "</text>",
    '<text xml:space="preserve">The army captured &lt;ref&gt;x&lt;/ref&gt; [[Homs]].</text>', "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<![CDATA[", "]]>", "<!--", "-->", "\x01", "<", "&", "x", "\n",
    "<page><title>Good</title><ns>0</ns><id>9</id><revision><id>1</id><text>The army took the [[town]].</text></revision></page>",
)  # fmt: skip


def mixed(random_: random.Random, fragments: tuple[str, ...], most: int) -> str:
    """A string of fragments; now and then one of them many times over, or a piece cut out."""
    pieces = [random_.choice(fragments) for _ in range(random_.randint(1, most))]
    if random_.random() < 0.15:
        pieces.insert(random_.randrange(len(pieces) + 1), random_.choice(fragments) * random_.randint(2, 400))
    text = "".join(pieces)
    if random_.random() < 0.2 and len(text) > 4:
        low = random_.randrange(len(text))
        text = text[:low] + text[low + random_.randint(1, 8) :]
    return text


def check(account, source):
    """What holds of every account, whatever it was read from."""
    text = account.text
    size = len(text)
    last = 0
    for block in account.blocks:
        assert last <= block.start < block.end <= size, (last, block)
        last = block.end
    last = 0
    for mark in account.citations:
        assert 0 <= last <= mark.start < mark.end <= size, mark
        last = mark.start if account.format == "text" else mark.end
    for field in account.infobox:
        assert 0 <= field.start < field.end <= size, field
    for link in account.links:
        assert 0 <= link.start < link.end <= size, link
        assert link.target
    for section in account.sections:
        assert 0 <= section.start <= section.body <= section.end <= size, section
    assert all(a[0] < b[0] or a[0] == b[0] for a, b in zip(account.origin, account.origin[1:], strict=False))
    if source is not None and account.format != "text":
        for offset in range(0, size, max(1, size // 50)):
            at = source_offset(account, offset)
            assert 0 <= at <= len(source), (offset, at)
    for problem in account.problems:
        assert problem.code
        assert problem.where


def read_text(kind: str, source: str):
    """One account out of a string, by the reader of its kind."""
    reader = {"wikitext": from_wikitext, "html": from_html, "text": from_text}[kind]
    account = reader(source, "fuzz")
    check(account, source)
    return account


def read_bytes(data: bytes, suffix: str = ""):
    """Every account of a file of these bytes; a foreseen refusal is an answer, too."""
    told = []
    source = reading.Source("fuzz" + suffix, "fuzz", suffix)
    try:
        if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            cut = reading._zip(io.BytesIO(data), "fuzz.zip", told.append)
        else:
            cut = reading._one(io.BytesIO(data), source, told.append)
        found = list(reading._understood(cut, None, told.append))
    except InputError as error:
        assert "\n" not in str(error).strip(), error  # noqa: PT017
        return []
    for account in found:
        check(account, None)
    return found


def packed(random_: random.Random, data: bytes) -> bytes:
    """The bytes compressed in one of the ways that are read."""
    from backports import zstd

    way = random_.randrange(5)
    if way == 0:
        return gzip.compress(data)
    if way == 1:
        return bz2.compress(data[: len(data) // 2]) + bz2.compress(data[len(data) // 2 :])
    if way == 2:
        return zstd.compress(data)
    if way == 3:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(random_.choice(["a.html", "b/c.wiki", "../x.txt", "/etc/x", "d.jsonl"]), data)
            archive.writestr("good.txt", "The army captured the town.")
        return file.getvalue()
    length = len(data)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n".encode()
    record = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/c\r\nContent-Type: application/http\r\nContent-Length: {length + len(head)}\r\n\r\n"
    return record.encode() + head + data + b"\r\n\r\n"


def damaged(random_: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them changed, cut or doubled."""
    changed = bytearray(data)
    for _ in range(random_.randrange(4)):
        if not changed:
            break
        at = random_.randrange(len(changed))
        match random_.randrange(4):
            case 0:
                changed[at] = random_.randrange(256)
            case 1:
                del changed[at : at + random_.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + random_.randint(1, 40)]
            case _:
                del changed[at:]
    return bytes(changed)


def round_of(random_: random.Random, most: int = 60):
    """One input and what is done with it, as (description, function)."""
    kind = random_.choice(["wikitext", "wikitext", "html", "html", "text", "dump", "packed", "lines"])
    if kind in {"wikitext", "text"}:
        source = mixed(random_, WIKI, most)
        return kind, source, lambda: read_text(kind, source)
    if kind == "html":
        source = mixed(random_, HTML, most)
        return kind, source, lambda: read_text("html", source)
    if kind == "dump":
        body = (
            DUMP[0] * (random_.random() < 0.9)
            + mixed(random_, DUMP, most)
            + DUMP[1] * (random_.random() < 0.5)
        )
        data = damaged(random_, body.encode("utf-8", "surrogatepass"))
        return kind, data, lambda: read_bytes(data, ".xml")
    if kind == "lines":
        good = (
            b'{"id": "a", "text": "The army captured the town.[1]", "citations": [{"label": "1", "url": "x"}]}\n'
            * random_.randint(1, 5)
        )
        data = damaged(random_, good)
        return kind, data, lambda: read_bytes(data, ".jsonl")
    inner = mixed(random_, random_.choice([WIKI, HTML, DUMP]), most).encode("utf-8", "surrogatepass")
    data = damaged(random_, packed(random_, inner))
    return kind, data, lambda: read_bytes(data, random_.choice(["", ".html", ".xml", ".wiki"]))


SLOW = 5.0
"""Seconds for an input of a few kilobytes, far above what any should take on a loaded machine."""


def main() -> None:
    """Fuzz for a while; print what failed and keep it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    given = parser.parse_args()
    random_ = random.Random(given.seed)  # noqa: S311
    end = time.monotonic() + 60 * given.minutes
    rounds, failures, slowest = 0, {}, 0.0
    given.keep.mkdir(parents=True, exist_ok=True)
    while time.monotonic() < end:
        kind, source, work = round_of(random_, random_.choice([8, 30, 200]))
        start = time.process_time()
        try:
            work()
        except Exception as error:  # noqa: BLE001
            place = traceback.extract_tb(error.__traceback__)[-1]
            key = (type(error).__name__, place.filename.rpartition("/")[2], place.lineno)
            if key not in failures:
                failures[key] = 0
                raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
                (given.keep / f"{kind}-{place.name}-{place.lineno}").write_bytes(raw)
                print(kind, key, error, file=sys.stderr, flush=True)
            failures[key] += 1
        taken = time.process_time() - start
        if taken > slowest:
            slowest = taken
            print(f"slowest so far: {kind} {taken:.2f} s for {len(source)}", flush=True)
        rounds += 1
    print(
        f"{rounds} inputs, {sum(failures.values())} failures of {len(failures)} kinds, slowest {slowest:.2f} s"
    )


if __name__ == "__main__":
    main()
