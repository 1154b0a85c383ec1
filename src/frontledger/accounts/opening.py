"""Bytes: open a file, bound it, tell what kind of file it is, decode it.

What belongs here: everything that can be wrong with a file before its words are looked at, each with one
clear line.  What does not: any structure inside the text.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from frontledger.errors import InputError

__all__ = ["MAX_ACCOUNT_BYTES", "bounded", "decoded", "opened", "position", "too_large", "written"]

MAX_ACCOUNT_BYTES = 32 * 1024 * 1024
"""The most that one account may hold; ten times *War and Peace*.  JSON Lines files may hold any number."""

HEAD_BYTES = 4096

WIDE_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

KNOWN_BINARIES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"SQLite format 3\0", "an SQLite database (a ledger is no account)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"{\\rtf", "a rich-text (RTF) document"),
)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file as a stream of UTF-8 bytes without byte-order mark.

    UTF-16 and UTF-32 are recognised by their mark and re-encoded.  Raises :class:`InputError` for what is
    missing, a directory, unreadable, empty or evidently binary.
    """
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise InputError(f"{path}: is a directory; expected an account file: give the files in it")
        with path.open("rb") as raw:
            yield _checked(raw, path)
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


def _checked(raw: io.BufferedReader, path: Path) -> IO[bytes]:
    """``raw`` positioned after its byte-order mark, or its re-encoded content."""
    head = raw.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head:
        raise InputError(f"{path}: empty file; expected the text of an account")
    for mark, encoding in WIDE_ENCODINGS:
        if head.startswith(mark):
            return io.BytesIO(_rewritten(bounded(raw, path), encoding, path))
    for magic, name in KNOWN_BINARIES:
        if head.startswith(magic):
            raise InputError(f"{path}: {name}; expected plain text (UTF-8) or JSON Lines")
    if head.startswith(codecs.BOM_UTF8):
        raw.read(len(codecs.BOM_UTF8))
    if b"\0" in head:
        raise InputError(_nul(path, head.index(b"\0")))
    return raw


def position(stream: IO[bytes]) -> int:
    """How many bytes of the file were passed over (its byte-order mark), as far as the stream can tell."""
    try:
        return stream.tell()
    except OSError:  # a pipe
        return 0


def bounded(stream: IO[bytes], path: Path, already: int = 0) -> bytes:
    """The rest of ``stream``; raises when it and ``already`` exceed the bound, before reading where possible."""
    size = _known_size(stream)
    if size is not None and size > MAX_ACCOUNT_BYTES:
        raise InputError(too_large(path, f"{size:,} bytes"))
    data = stream.read(MAX_ACCOUNT_BYTES - already + 1)
    if len(data) + already > MAX_ACCOUNT_BYTES:
        raise InputError(too_large(path, "more bytes than that"))
    return data


def _known_size(stream: IO[bytes]) -> int | None:
    try:
        info = os.fstat(stream.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        return None
    return info.st_size if stat.S_ISREG(info.st_mode) else None


def too_large(path: Path, found: str) -> str:
    """The one line for a file, or a line, beyond the bound."""
    return f"{path}: {found}; expected at most {MAX_ACCOUNT_BYTES:,} bytes an account: split it, or give JSON Lines"


def _nul(path: Path, offset: int) -> str:
    return f"{path}: binary file (NUL at byte {offset}); expected plain text (UTF-8) or JSON Lines"


def _rewritten(data: bytes, encoding: str, path: Path) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not valid {encoding.upper()}, which its byte-order mark announces"
        ) from None


def decoded(data: bytes, path: Path, skipped: int = 0) -> str:
    """``data`` as text, code point for code point; ``skipped`` bytes of the file came before it."""
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(_nul(path, nul + skipped))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start + skipped} (0x{data[error.start]:02X}) is not valid UTF-8; "
            "expected UTF-8, or UTF-16 with a byte-order mark: convert the file first"
        ) from None
    if not text.strip():
        raise InputError(f"{path}: holds white space only; expected the text of an account")
    return text
