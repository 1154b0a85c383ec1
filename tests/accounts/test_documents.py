"""Cutting and understanding apart from each other give what reading gives."""

import msgspec
import pytest

from frontledger import accounts
from frontledger.errors import InputError

WIKI = "'''Karvol''' fell.<ref>Times</ref> The [[army]] held {{convert|4|km}} of [[Dunary|it]]."
HTML = "<html><head><title>T</title></head><body><p>The army captured the town of Karvol.</p><p>x</p></body></html>"
DUMP = f"""<mediawiki xml:lang="en"><siteinfo><base>https://x.example/wiki/Main</base></siteinfo>
<page><title>Karvol</title><ns>0</ns><id>7</id><revision><id>9</id><timestamp>2020-02-03T00:00:00Z</timestamp>
<text>{WIKI.replace("<", "&lt;")}</text></revision></page>
<page><title>Empty</title><ns>0</ns><id>8</id><revision><id>9</id><text></text></revision></page></mediawiki>"""
LINES = '{"id": "a", "text": "The army took it."}\n{"id": "a", "text": "It fell.", "lang": "en"}\nno\n{"x": 1}\n[2]\n'


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "a.txt": "\ufeffThe army took Karvol.",
        "b.wiki": WIKI,
        "b.html": HTML,
        "c.xml": DUMP,
        "d.jsonl": LINES,
        "e.json": '[{"text": "One."}, {"text": "Two."}]',
        "f.bin": "a\0b",
        "g.txt": " \n",
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_the_same_accounts_and_the_same_problems(folder):
    told, read = [], list(accounts.stream(folder, report=(whole := []).append))
    cut = list(accounts.documents(folder, report=told.append))
    found = []
    for document in cut:
        sent = msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=accounts.Document)
        assert sent == document
        try:
            found.append(accounts.understood(sent))
        except InputError as error:
            told.append(accounts.fault_of(sent, error))
    assert found == read
    assert len({account.id for account in read}) == len(read) == 9
    order = lambda problem: (problem.where, problem.message)  # noqa: E731
    assert sorted(told, key=order) == sorted(whole, key=order)
    assert {problem.code for problem in told} == {"unreadable", "bad-line"}


def test_ids_of_lines_that_are_no_accounts_stay_free(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a"}\n{"id": "a", "text": "It fell."}\n', encoding="utf-8")
    assert [document.id for document in accounts.documents(path)] == ["x-1", "a"]


def test_a_file_without_a_document_is_refused(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="no account could be read"):
        list(accounts.documents(path, report=lambda _: None))
