"""Bytes: open a file, bound it, unpack it, decode it.

What belongs here: everything that can be wrong with a file before its words are looked at, each with one
clear line.  What does not: any structure inside the text.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from frontledger.accounts.kinds import HEAD_BYTES
from frontledger.accounts.unpacking import Rewound, unpacked
from frontledger.errors import InputError

__all__ = [
    "MAX_ACCOUNT_BYTES",
    "Opened",
    "bounded",
    "decoded",
    "decoded_page",
    "is_stdin",
    "nul",
    "opened",
    "prepared",
    "too_large",
    "written",
]

MAX_ACCOUNT_BYTES = 32 * 1024 * 1024
"""The most that one account may hold; ten times *War and Peace*.  Files of many accounts may hold any number."""

WIDE_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

KNOWN_BINARIES = (
    (b"%PDF-", "a PDF document"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database (a ledger is no account)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"{\\rtf", "a rich-text (RTF) document"),
)
EXPECTED = "expected text, wikitext, HTML, JSON Lines or a MediaWiki dump, plain or compressed (gzip, bzip2, zstd, zip)"
CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{2,30})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"<\?xml[^<>]{0,100}encoding\s{0,9}=\s{0,9}[\"']([\w-]{2,30})", re.IGNORECASE)


class Opened(NamedTuple):
    """A stream of UTF-8 bytes without byte-order mark, its first bytes, and how many bytes were passed over."""

    stream: io.BufferedReader[Any]
    head: bytes
    skipped: int


def is_stdin(path: Path) -> bool:
    """Whether "-" was given: standard input."""
    return str(path) == "-"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, or standard input for "-".

    Raises :class:`InputError` for what is missing, a directory or unreadable.
    """
    if is_stdin(path):
        yield sys.stdin.buffer
        return
    with _open(path) as raw:
        try:
            yield raw
        except BrokenPipeError:
            raise  # whoever reads our output has gone
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None


def _open(path: Path) -> IO[bytes]:
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise InputError(f"{path}: is a directory; expected an account file")
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except PermissionError:
        raise InputError(f"{path}: permission denied; expected a readable file") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{path}: cannot be read ({reason})") from None


def written(path: Path) -> str:
    """The path as text that any file can hold; bytes of a name that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def prepared(raw: Any, name: str) -> Opened:
    """``raw`` unpacked, after its byte-order mark; raises :class:`InputError` for what is empty or binary.

    UTF-16 and UTF-32 are recognised by their mark and re-encoded.
    """
    first = Rewound(raw, HEAD_BYTES)
    content = unpacked(first, first.head, name)
    if content is not None:
        first = Rewound(content, HEAD_BYTES)
        if first.torn is not None and not first.head:
            raise first.torn
    head = first.head
    if not head:
        raise InputError(f"{name}: empty file; expected the text of an account")
    for mark, encoding in WIDE_ENCODINGS:
        if head.startswith(mark):
            data = _rewritten(bounded(io.BufferedReader(first), name), encoding, name)
            return Opened(io.BufferedReader(io.BytesIO(data)), data[:HEAD_BYTES], 0)
    for magic, what in KNOWN_BINARIES:
        if head.startswith(magic):
            raise InputError(f"{name}: {what}; {EXPECTED}")
    stream = io.BufferedReader(first, 1 << 17)
    skipped = 0
    if head.startswith(codecs.BOM_UTF8):
        skipped = len(stream.read(len(codecs.BOM_UTF8)))
        head = head[skipped:]
    return Opened(stream, head, skipped)


def bounded(stream: IO[bytes], name: str | Path, already: int = 0) -> bytes:
    """The rest of ``stream``; raises when it and ``already`` exceed the bound, before reading where possible."""
    size = _known_size(stream)
    if size is not None and size > MAX_ACCOUNT_BYTES:
        raise InputError(too_large(name, f"{size:,} bytes"))
    data = stream.read(MAX_ACCOUNT_BYTES - already + 1)
    if len(data) + already > MAX_ACCOUNT_BYTES:
        raise InputError(too_large(name, "more bytes than that"))
    return data


def _known_size(stream: IO[bytes]) -> int | None:
    try:
        info = os.fstat(stream.fileno())
    except (OSError, ValueError, AttributeError, io.UnsupportedOperation):
        return None
    return info.st_size if stat.S_ISREG(info.st_mode) else None


def too_large(name: str | Path, found: str) -> str:
    """The one line for a file, or a line, beyond the bound."""
    return f"{name}: {found}; expected at most {MAX_ACCOUNT_BYTES:,} bytes an account: split it, or give JSON Lines"


def nul(name: str | Path, offset: int) -> str:
    """The one line for a binary file."""
    return f"{name}: binary file (NUL at byte {offset}); expected plain text (UTF-8) or JSON Lines"


def _rewritten(data: bytes, encoding: str, name: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: byte {error.start} is not valid {encoding.upper()}, which its byte-order mark announces"
        ) from None


def decoded(data: bytes, name: str | Path, skipped: int = 0) -> str:
    """``data`` as text, code point for code point; ``skipped`` bytes of the file came before it."""
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(nul(name, zero + skipped))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: byte {error.start + skipped} (0x{data[error.start]:02X}) is not valid UTF-8; "
            "expected UTF-8, or UTF-16 with a byte-order mark: convert the file first"
        ) from None
    if not text.strip():
        raise InputError(f"{name}: holds white space only; expected the text of an account")
    return text


def decoded_page(data: bytes, name: str, charset: str | None = None) -> tuple[str, int | None]:
    """An HTML page as text, by the encoding that it states, and the first byte that had to be replaced.

    NULs are replaced, too.  ``charset`` is what came with the page (an HTTP header).
    """
    stated = CHARSET.search(data[:HEAD_BYTES]) or XML_ENCODING.match(data[:200])
    names = ["utf-8", charset or "", stated[1].decode("ascii") if stated else ""]
    if not data.strip():
        raise InputError(f"{name}: holds white space only; expected the text of an account")
    bad: int | None = data.find(b"\0")
    if bad is not None and bad < 0:
        bad = None
    for encoding in names:
        try:
            return data.decode(encoding).replace("\0", "\ufffd") if encoding else _never(), bad
        except UnicodeDecodeError as error:
            if encoding == "utf-8":
                first = error.start
        except LookupError:
            continue
    return data.decode("utf-8", "replace").replace("\0", "\ufffd"), first if bad is None else min(first, bad)


def _never() -> str:
    raise LookupError
