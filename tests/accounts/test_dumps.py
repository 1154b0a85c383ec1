"""MediaWiki XML dumps: pages, revisions, compression, and everything that can be wrong with them."""

import bz2
import gzip
import json
from xml.sax.saxutils import escape

import pytest
from backports import zstd

from frontledger import accounts
from frontledger.accounts import dumps
from frontledger.errors import InputError

HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo><base>https://en.example.org/wiki/Main_Page</base></siteinfo>\n'
TEXT = "The '''army''' captured [[Homs]] on 5 May 2016.<ref>The War</ref>"


def page(title="Battle of Homs", text=TEXT, *, ns=0, number=7, extra="", revisions=1):
    told = "".join(
        f"<revision><id>{100 + n}</id><timestamp>2016-05-{n + 1:02d}T10:00:00Z</timestamp><contributor><id>1</id></contributor>"
        f'<model>wikitext</model><text xml:space="preserve">{escape(text)}{" More." * n}</text></revision>'
        for n in range(revisions)
    )
    return f"<page><title>{title}</title><ns>{ns}</ns><id>{number}</id>{extra}{told}</page>\n"


def dump(*pages):
    return (HEAD + "".join(pages) + "</mediawiki>\n").encode()


def read(path, data):
    path.write_bytes(data)
    told = []
    return accounts.read(path, report=told.append), told


def test_a_page_becomes_an_account(tmp_path):
    (account,), told = read(tmp_path / "d.xml", dump(page()))
    assert account.text == "Battle of Homs\n\nThe army captured Homs on 5 May 2016.[1]"
    assert (account.id, account.title, account.lang) == ("Battle-of-Homs-7", "Battle of Homs", "en")
    assert (account.date, account.revision, account.source) == (
        "2016-05-01",
        "100",
        "https://en.example.org/wiki/Battle_of_Homs",
    )
    assert account.citations[0].target == "The War"
    assert told == []


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".xml", bytes),
        (".xml.gz", gzip.compress),
        (".xml.bz2", bz2.compress),
        (".xml.zst", zstd.compress),
        (".dat", lambda data: bz2.compress(data[:300]) + bz2.compress(data[300:])),  # multistream
        (".bin", lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:])),
        (".x", lambda data: zstd.compress(data[:300]) + zstd.compress(data[300:])),
    ],
)
def test_compression_is_recognised_by_content(tmp_path, suffix, pack):
    found, _ = read(tmp_path / f"d{suffix}", pack(dump(page(), page("Other", number=8))))
    assert [one.id for one in found] == ["Battle-of-Homs-7", "Other-8"]


def test_the_latest_revision_counts(tmp_path):
    (account,), _ = read(tmp_path / "d.xml", dump(page(revisions=3)))
    assert account.revision == "102"
    assert account.text.endswith("More. More.")


def test_what_is_no_article_is_counted(tmp_path):
    pages = [
        page(),
        page("Talk:X", ns=1),
        page("Old name", extra='<redirect title="Battle of Homs" />'),
        page("User:Y", ns=2),
    ]
    found, told = read(tmp_path / "d.xml", dump(*pages))
    assert len(found) == 1
    assert [problem.message for problem in told] == ["left out: 2 pages of other namespaces, 1 redirects"]


def cut_inside_a_page():
    data = dump(page(), page("Second", number=8))
    return data[: data.index(b"Second") + 40], "ends early inside page 'Second'", 1


def cut_between_pages():
    return (HEAD + page()).encode(), "ends early", 1


def cut_gzip():
    return (
        gzip.compress(dump(page(), page("Second", "The army marched. " * 90_000, number=8)))[:-200],
        "gzip data are cut",
        1,
    )


def cut_bzip2():
    data = bz2.compress(dump(page())) + bz2.compress(page("Second", number=8).encode())[:-20]
    return data, "bzip2 data are cut", 0


def bad_page():
    return (
        dump(page(), "<page><title>Bad</title><ns>0</ns><b></a></page>\n", page("Third", number=9)),
        "went on with the next page",
        2,
    )


def unknown_entity():
    return (
        dump(page(), "<page><title>&bogus;</title></page>", page("Third", number=9)),
        "went on with the next page",
        2,
    )


def bad_utf8():
    return dump(page()).replace(b"army", b"arm\xff"), "0xFF is not valid UTF-8", 1


def nul():
    return dump(page()).replace(b"army", b"arm\0"), "control character 0x00", 1


@pytest.mark.parametrize(
    "make",
    [cut_inside_a_page, cut_between_pages, cut_gzip, cut_bzip2, bad_page, unknown_entity, bad_utf8, nul],
)
def test_damage_is_one_line_and_the_rest_goes_on(tmp_path, make):
    data, message, whole = make()
    path = tmp_path / "d.xml"
    path.write_bytes(data)
    told = []
    found = list(dumps_of(path, told))
    assert len(found) >= whole
    (problem,) = told
    assert message in problem.message
    assert problem.where.startswith(str(path))
    assert "\n" not in problem.message


def dumps_of(path, told):
    try:
        yield from accounts.stream(path, report=told.append)
    except InputError:  # nothing was whole
        assert told


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
)


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        "<!DOCTYPE mediawiki SYSTEM 'file:///etc/passwd'>\n",
        '<?xml version="1.0"?><!DOCTYPE mediawiki [<!ENTITY x SYSTEM "http://127.0.0.1/">]>',
    ],
)
def test_document_types_are_refused(tmp_path, head):
    path = tmp_path / "d.xml"
    path.write_bytes(head.encode() + dump(page(text="&b;")))
    with pytest.raises(InputError, match="DTD") as caught:
        accounts.read(path)
    assert "\n" not in str(caught.value)


def test_a_page_beyond_the_bound_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(dumps, "MAX_ACCOUNT_BYTES", 2_000)
    found, told = read(tmp_path / "d.xml", dump(page(text="x" * 5_000), page("Small", number=8)))
    assert [one.title for one in found] == ["Small"]
    assert [problem.code for problem in told] == ["too-large"]


def test_an_endless_tag_is_refused(tmp_path):
    path = tmp_path / "d.xml"
    path.write_bytes(HEAD.encode() + b"<page " + b"a='1' " * 1_500_000)
    with pytest.raises(InputError, match="tag of more than"):
        accounts.read(path)


def test_without_a_listener_damage_raises(tmp_path):
    path = tmp_path / "d.xml"
    path.write_bytes(cut_between_pages()[0])
    with pytest.raises(InputError, match="ends early"):
        accounts.read(path)


def test_the_stream_is_lazy(tmp_path):
    path = tmp_path / "d.xml"
    path.write_bytes((HEAD + page() * 3).encode() + b" " * 1_000_000)
    assert next(accounts.stream(path)).title == "Battle of Homs"


def test_records_of_pages_encode(tmp_path):
    import msgspec

    (account,), _ = read(tmp_path / "d.xml", dump(page()))
    assert json.loads(msgspec.json.encode(account))["format"] == "wikitext"
