"""What a file is, by its content; and many files at once: folders, ZIP, web archives, standard input."""

import bz2
import gzip
import io
import zipfile

import pytest

from frontledger import accounts
from frontledger.accounts import archives, reading, unpacking
from frontledger.accounts.kinds import recognise
from frontledger.errors import InputError

PLAIN = "The army captured the town of Homs on 5 May 2016.[1]\n"
WIKI = "The army captured [[Homs]] on 5 May 2016.<ref>The War</ref>\n\n== Aftermath ==\nThe {{lang|ar|x}} people fled.\n"
PAGE = "<html lang=en><body><p>The army captured the town of Homs.</p><p>The people fled.</p></body></html>"
LINE = '{"id": "a", "text": "The army captured the town of Homs."}\n'


@pytest.mark.parametrize(
    ("content", "suffix", "kind"),
    [
        (PLAIN, ".html.txt", "text"),
        (PLAIN, ".txt", "text"),
        ("== Phase ==\nThe army took it.[1]\n", ".txt", "text"),  # headings alone are also plain text's
        ("He wrote [[1]] and [[2]] in the margin.", "", "text"),
        ("a < b and b > c; x<y>z", "", "text"),
        (WIKI, ".txt", "wikitext"),
        ("{{Infobox military conflict\n| a = b\n}}\nText", "", "wikitext"),
        ("The '''army''' took [[Homs]] and [[Hama|the city]].", "", "wikitext"),
        ("Just words.", ".wiki", "wikitext"),
        (PAGE, ".txt", "html"),
        ("\n<!-- saved --><!DOCTYPE html><title>x</title>", "", "html"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "", "html"),
        ("<div><p>One.</p><p>Two.</p><a href=x>y</a></div>", "", "html"),
        (LINE, ".txt", "json"),
        ('<?xml version="1.0"?>\n<!-- x --><mediawiki></mediawiki>', ".html", "dump"),
        ('<?xml version="1.0"?><rss></rss>', "", "xml"),
        ("WARC/1.0\r\n", ".txt", "warc"),
    ],
)
def test_recognised_by_content(content, suffix, kind):
    assert recognise(content.encode(), suffix) == kind


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
@pytest.mark.parametrize(
    ("content", "form"), [(PLAIN, "text"), (WIKI, "wikitext"), (PAGE, "html"), (LINE, "text")]
)
def test_any_kind_may_be_compressed(tmp_path, pack, content, form):
    path = tmp_path / "homs.dat"
    path.write_bytes(pack(content.encode()))
    (account,) = accounts.read(path)
    assert account.format == form
    assert "The army captured" in account.text


def archive(tmp_path, **members):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def read(path):
    told = []
    return accounts.read(path, report=told.append), told


def test_folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "a.wiki").write_text(WIKI)
    (tmp_path / "sub" / "c.html").write_text(PAGE)
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / ".hidden").write_text(PLAIN)
    (tmp_path / "loop").symlink_to(tmp_path)
    found, told = read(tmp_path)
    assert [(one.id, one.format) for one in found] == [
        ("a", "text"),
        ("a-wikitext", "wikitext"),
        ("c", "html"),
    ]
    (problem,) = told
    assert problem.where.endswith("d.png")
    assert "PNG" in problem.message


def test_zip(tmp_path):
    found, told = read(
        archive(tmp_path, **{"a.txt": PLAIN, "b/c.html": PAGE, "bad.txt": b"\xffbad\xe1", "__MACOSX/x": "x"})
    )
    assert [one.id for one in found] == ["a", "c"]
    assert [one.where.rpartition("!")[2] for one in told] == ["bad.txt"]


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "a/../../b.txt", "..\\..\\x.txt", "C:/x.txt"]
)
def test_paths_that_lead_out_of_an_archive(tmp_path, name):
    found, told = read(archive(tmp_path, **{name: PLAIN, "good.txt": PLAIN}))
    assert [one.id for one in found] == ["good"]
    assert "leads out" in told[0].message
    assert [one.name for one in tmp_path.iterdir()] == ["many.zip"]


def test_archives_in_archives_are_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("x.txt", PLAIN)
    found, told = read(archive(tmp_path, **{"in.zip": inner.getvalue(), "good.txt": PLAIN}))
    assert len(found) == 1
    assert "ZIP archive" in told[0].message


def test_office_documents_are_named(tmp_path):
    with pytest.raises(InputError, match="office document"):
        read(archive(tmp_path, **{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))


def test_damaged_and_encrypted_members(tmp_path):
    path = archive(tmp_path, **{"a.txt": PLAIN * 50, "b.txt": PLAIN})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(bytes(data))
    found, told = read(path)
    assert [one.id for one in found] == ["b"]
    assert len(told) == 1
    path.write_bytes(bytes(data[:60]))
    with pytest.raises(InputError, match="damaged ZIP"):
        read(path)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_decompression_bombs(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1_000_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(pack(b"<mediawiki>" + b" " * 40_000_000))
    with pytest.raises(InputError, match="bomb"):
        accounts.read(path)


def test_a_bomb_of_one_account_ends_at_the_bound(tmp_path):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"a " * 20_000_000))
    with pytest.raises(InputError, match="at most 33,554,432 bytes"):
        accounts.read(path)


def test_zip_bombs(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "FREE_BYTES", 1_000_000)
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1_000_000)
    path = archive(tmp_path, **{f"{number}.txt": b"a " * 3_000_000 for number in range(20)})
    with pytest.raises(InputError, match="bomb"):
        read(path)


def record(url, kind, body):
    page = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-05-06T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page + b"\r\n\r\n"


def web_archive(path, pages, gzipped=True):
    pack = gzip.compress if gzipped else bytes
    path.write_bytes(b"".join(pack(record(*one)) for one in pages))
    return path


@pytest.mark.parametrize("gzipped", [True, False])
def test_web_archive(tmp_path, gzipped):
    hungarian = (
        "<p>A hadsereg elfoglalta a várost és a falut, majd őrséget állított, és nem vonult vissza.</p>"
    )
    pages = [
        ("http://news.example.org/2016/town-falls.html", "text/html; charset=utf-8", PAGE.encode()),
        ("http://news.example.org/logo.png", "image/png", b"\x89PNG"),
        ("http://hirek.example.org/varos", "text/html; charset=iso-8859-2", hungarian.encode("iso-8859-2")),
        ("http://news.example.org/a.txt", "text/plain", PLAIN.encode()),
    ]
    found, told = read(web_archive(tmp_path / "x.warc", pages, gzipped))
    assert [(one.id, one.source) for one in found] == [
        ("news.example.org-town-falls.html", pages[0][0]), ("hirek.example.org-varos", pages[2][0]), ("news.example.org-a.txt", pages[3][0])
    ]  # fmt: skip
    assert "őrséget" in found[1].text
    assert [problem.message for problem in told] == ["left out: 1 records that are no pages of text"]


def test_a_web_archive_that_is_cut(tmp_path, capsys):
    path = web_archive(
        tmp_path / "x.warc",
        [("http://a.b/1", "text/html", PAGE.encode()), ("http://a.b/2", "text/html", PAGE.encode() * 90)],
    )
    path.write_bytes(path.read_bytes()[:-120])
    found, told = read(path)
    assert found[0].source == "http://a.b/1"
    assert {problem.code for problem in told} <= {"cut", "unreadable"}
    assert told
    assert capsys.readouterr() == ("", "")


def test_standard_input(monkeypatch):
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(gzip.compress(WIKI.encode())))

    monkeypatch.setattr("sys.stdin", Stdin)
    (account,) = accounts.read("-")
    assert (account.id, account.format, account.source) == ("stdin", "wikitext", "standard input")


def test_a_line_that_fails_leaves_the_others(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        LINE.encode() + b'{"text": 3}\n{broken\n{"text": "v\xe1r"}\n' + LINE.replace('"a"', '"b"').encode()
    )
    found, told = read(path)
    assert [one.id for one in found] == ["a", "b"]
    assert [one.where.rpartition(", ")[2] for one in told] == ["line 2", "line 3", "line 4"]


def test_a_file_in_which_nothing_can_be_read(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("{broken\n")
    with pytest.raises(InputError, match="no account could be read"):
        accounts.read(path, report=lambda _: None)


@pytest.mark.parametrize("encoding", ["iso8859-2", "cp1250", "utf-16"])
def test_pages_in_other_encodings(tmp_path, encoding):
    text = (
        f'<html lang=hu><meta charset="{encoding}"><p>A hadsereg elfoglalta Győrújbarátot.</p><p>Őrség.</p>'
    )
    path = tmp_path / "x.html"
    path.write_bytes(text.encode(encoding))
    (account,) = accounts.read(path)
    assert "Győrújbarátot" in account.text


def test_mixed_encodings_are_said(tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes(PAGE.encode().replace(b"town", b"t\xf5wn\xc5\x91"))
    (account,) = accounts.read(path)
    assert "t\ufffdwnő" in account.text
    assert account.problems[0].code == "bad-encoding"
    assert f"byte {PAGE.index('town') + 1}" in account.problems[0].where


def test_other_xml_is_no_account(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>')
    with pytest.raises(InputError, match="neither a MediaWiki dump nor XHTML"):
        accounts.read(path)


def test_ids_of_members_are_unique(tmp_path):
    seen = {}
    (document,) = accounts.documents(archive(tmp_path, **{"a.txt": PLAIN}))
    assert [reading._unlike(document, seen).id for _ in range(3)] == ["a", "a-text", "a-3"]
