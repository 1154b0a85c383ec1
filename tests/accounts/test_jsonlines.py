"""JSON Lines: recognised by content, one account a line, every fault with its line number."""

import json

import pytest

from frontledger import accounts
from frontledger.errors import InputError

TEXT = "The army took the town.[1] It burned.[2]"


def written(tmp_path, *lines, name="many.jsonl"):
    path = tmp_path / name
    path.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("name", ["many.jsonl", "many.txt", "many"])
def test_recognised_by_content(tmp_path, name):
    path = written(
        tmp_path,
        {"id": "a", "text": TEXT},
        "",
        {"doc": "b", "text": "A sereg bevette a várat, és elment."},
        name=name,
    )
    first, second = accounts.read(path)
    assert (first.id, first.lang, second.id, second.lang) == ("a", "en", "b", "hu")
    assert first.text == TEXT


def test_fields(tmp_path):
    stated = [{"label": "1", "url": "https://example.org/1"}, {"number": 2, "title": "A History"}]
    line = {
        "text": TEXT,
        "lang": "en-GB",
        "dct": "2009-12-19T10:00:00Z",
        "title": "T",
        "url": "https://example.org",
        "citations": stated,
    }
    (account,) = accounts.read(written(tmp_path, line))
    assert (account.id, account.lang, account.date, account.title) == ("many-1", "en", "2009-12-19", "T")
    assert account.source == "https://example.org"
    assert [(mark.label, mark.target) for mark in account.citations] == [
        ("1", "https://example.org/1"),
        ("2", "A History"),
    ]


def test_stated_offsets_take_precedence(tmp_path):
    line = {"text": "The army took it x.", "citations": [{"label": "x", "start": 17, "end": 18}]}
    (account,) = accounts.read(written(tmp_path, line))
    assert [(mark.label, mark.start, mark.end) for mark in account.citations] == [("x", 17, 18)]


def test_lang_overrides(tmp_path):
    assert accounts.read(written(tmp_path, {"text": TEXT, "lang": "hu"}), lang="de")[0].lang == "de"


def test_oddities_are_problems_not_errors(tmp_path):
    path = written(
        tmp_path, {"id": "a", "text": TEXT, "date": "last May"}, {"id": "a", "text": TEXT, "citations": [3]}
    )
    first, second = accounts.read(path)
    assert first.date is None
    assert [problem.code for problem in first.problems] == ["bad-date"]
    assert second.id == "a-2"
    assert [problem.code for problem in second.problems] == ["duplicate-id", "bad-citation"]
    assert all("line 2" in problem.where for problem in second.problems)


def test_empty_text_is_an_account_with_a_problem(tmp_path):
    (account,) = accounts.read(written(tmp_path, {"id": "a", "text": ""}))
    assert [problem.code for problem in account.problems] == ["empty"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{"text": TEXT}, "{broken"], "line 2: expected one JSON object a line"),
        ([{"text": TEXT}, "[1]"], "line 2: expected an object with a field 'text'"),
        ([{"body": TEXT}], "line 1: expected a field 'text' holding a string"),
        ([{"text": 3}], "line 1: expected a field 'text' holding a string"),
        ([{"text": TEXT, "id": ["a"]}], "line 1: expected field 'id' to hold a string"),
        ([{"text": TEXT, "citations": "1"}], "line 1: expected field 'citations' to hold a list"),
        (["not json"], "line 1: expected one JSON object a line"),
        (["3"], "line 1: expected an object with a field 'text'"),
    ],
)
def test_faults_name_the_line(tmp_path, lines, said):
    with pytest.raises(InputError, match=r"many\.jsonl") as caught:
        accounts.read(written(tmp_path, *lines))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_wrongly_encoded_line(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "ok."}\n{"text": "v\xe1r"}\n')
    with pytest.raises(InputError, match="line 2"):
        accounts.read(path)


def test_whole_json_documents(tmp_path):
    one = tmp_path / "one.json"
    one.write_text(json.dumps({"id": "a", "text": TEXT}, indent=1), encoding="utf-8")
    assert [account.id for account in accounts.read(one)] == ["a"]
    many = tmp_path / "many.json"
    many.write_text(
        json.dumps([{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}], indent=1), encoding="utf-8"
    )
    assert [account.id for account in accounts.read(many)] == ["a", "b"]


def test_braces_alone_make_no_json(tmp_path):
    path = tmp_path / "wiki.txt"
    path.write_text("{{Infobox}}\nThe army took the town of the king.\n", encoding="utf-8")
    assert len(accounts.read(path)) == 1


def test_stream_reads_lazily(tmp_path):
    path = written(tmp_path, {"id": "a", "text": TEXT}, "{broken")
    lines = accounts.stream(path)
    assert next(lines).id == "a"
    with pytest.raises(InputError):
        next(lines)
