"""What can be wrong with a file, and what is said about it: one line naming file, place and expectation."""

import os
import time

import pytest

from frontledger import accounts
from frontledger.accounts import opening
from frontledger.errors import InputError

TEXT = "A sereg bevette a várat, és a falut is elfoglalták."


def refusal(path):
    with pytest.raises(InputError) as caught:
        accounts.read(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def written(tmp_path, data, name="account.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_missing(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.txt")


def test_directory(tmp_path):
    assert "give the files in it" in refusal(tmp_path)


def test_name_that_no_file_can_have():
    with pytest.raises(InputError):
        accounts.read("a\0b.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission(tmp_path):
    path = written(tmp_path, TEXT.encode())
    path.chmod(0)
    assert "permission denied" in refusal(path)


def test_permission_error_is_one_line(tmp_path, monkeypatch):
    def denied(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, TEXT.encode())
    monkeypatch.setattr(type(path), "open", denied)
    assert "permission denied" in refusal(path)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n "])
def test_empty(tmp_path, data):
    assert "expected the text of an account" in refusal(written(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "ZIP"),
        (b"SQLite format 3\0...", "SQLite"),
        (b"\x1f\x8b\x08...", "gzip"),
        (b"abc\0def", "byte 3"),
        (b"a" * 10_000 + b"\0", "byte 10000"),
    ],
)
def test_binary(tmp_path, data, named):
    assert named in refusal(written(tmp_path, data))


def test_wrong_encoding_names_the_byte(tmp_path):
    message = refusal(written(tmp_path, TEXT.encode("iso8859-2")))
    assert f"byte {TEXT.encode('iso8859-2').index(0xE1)} (0xE1)" in message
    assert "UTF-8" in message
    marked = refusal(written(tmp_path, b"\xef\xbb\xbfab\xff"))
    assert "byte 5" in marked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(tmp_path, encoding):
    (account,) = accounts.read(written(tmp_path, TEXT.encode(encoding)))
    assert account.text == TEXT
    assert account.lang == "hu"


def test_broken_utf16(tmp_path):
    assert "UTF-16" in refusal(written(tmp_path, b"\xff\xfea\0\x00\xd8a\0"))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_are_into_the_file_unchanged(tmp_path, newline):
    text = newline.join(["Title of it", "", "The town fell.[1]", "", "The mill burned.[2]"])
    (account,) = accounts.read(written(tmp_path, text.encode()))
    assert account.text == text
    assert [account.text[mark.start : mark.end] for mark in account.citations] == ["[1]", "[2]"]
    assert [block.kind for block in account.blocks] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(("first", "name"), [(b"a", "big.txt"), (b"{", "big.jsonl")])
def test_a_hundred_megabytes_of_one_line_are_refused_at_once(tmp_path, first, name):
    path = written(tmp_path, first + b"a" * 100_000_000, name)
    begun = time.process_time()
    assert "at most" in refusal(path)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("first", [b"a", b"{", b"["])
@pytest.mark.parametrize("name", ["big.txt", "big.jsonl", "big.json"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n}"])
def test_long_lines_are_refused_in_every_kind_of_file(tmp_path, monkeypatch, first, name, end):
    monkeypatch.setattr(opening, "MAX_ACCOUNT_BYTES", 2000)
    message = refusal(written(tmp_path, first + b"a" * 3000 + end, name))
    assert "at most 2,000 bytes" in message


def test_the_bound_is_inclusive(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MAX_ACCOUNT_BYTES", 20)
    assert accounts.read(written(tmp_path, b"a" * 19 + b"."))
    assert "at most 20 bytes" in refusal(written(tmp_path, b"a" * 21))
    assert "at most 20 bytes" in refusal(written(tmp_path, b"a\n" * 20))


def test_a_long_line_is_read_in_linear_time():
    def seconds(length):
        text = "the army [ took a village, 12 " * (length // 30)
        begun = time.process_time()
        accounts.from_text(text)
        return time.process_time() - begun

    seconds(30_000)
    assert seconds(2_400_000) < 40 * max(seconds(240_000), 0.005)


def test_id_is_a_slug_of_the_stem(tmp_path):
    names = {
        "hu-homs-2015.txt": "hu-homs-2015",
        "Fall of X (2).txt": "Fall-of-X-2",
        "Ősz.txt": "Ősz",
        "%.txt": "account",
    }
    for name, wanted in names.items():
        assert accounts.read(written(tmp_path, TEXT.encode(), name))[0].id == wanted
