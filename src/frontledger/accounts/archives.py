"""Archives of many files: folders, ZIP, WARC; each file in them is handed on as a stream.

Nothing is ever written to disk, so a path inside an archive cannot lead anywhere; names that try are refused all
the same.  An archive inside an archive is not opened.  What belongs here: members and their bounds.  What does
not: reading a member (``reading``).
"""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from frontledger.accounts.opening import MAX_ACCOUNT_BYTES
from frontledger.accounts.unpacking import FREE_BYTES, MOST_EXPANSION, Guarded, TornError
from frontledger.errors import InputError
from frontledger.model import Problem

__all__ = ["MOST_MEMBERS", "WebPage", "folder_files", "is_zip", "web_pages", "zip_members"]

MOST_MEMBERS = 200_000
"""Files in one ZIP archive that are read."""
OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
"""What ``zipfile`` raises for members that are damaged or packed in a way that it does not know."""
TEXTS = ("text/html", "application/xhtml", "text/plain")

Report = Callable[[Problem], None]


def folder_files(folder: Path, report: Report) -> Iterator[Path]:
    """The regular files under ``folder`` by name; hidden ones and links to folders are left alone."""
    try:
        entries = sorted(folder.iterdir(), key=lambda one: one.name)
    except OSError as error:
        report(Problem(code="unreadable", where=str(folder), message=f"cannot be read ({error.strerror})"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            mode = entry.lstat().st_mode
            if stat.S_ISLNK(mode):
                if entry.is_file():
                    yield entry
            elif stat.S_ISDIR(mode):
                yield from folder_files(entry, report)
            elif stat.S_ISREG(mode):
                yield entry
        except OSError as error:
            report(Problem(code="unreadable", where=str(entry), message=f"cannot be read ({error.strerror})"))


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a ZIP archive."""
    return head.startswith(ZIP)


def zip_members(raw: IO[bytes], name: str, report: Report) -> Iterator[tuple[str, Any]]:
    """Name and stream of each file in a ZIP archive; what cannot be read is reported, and the rest goes on."""
    try:
        archive = zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"{name}: a damaged ZIP archive ({error})") from None
    with archive:
        members = archive.infolist()
        if members and members[0].filename in OFFICE:
            raise InputError(
                f"{name}: an office document; expected an archive of account files: save it as text"
            )
        if len(members) > MOST_MEMBERS:
            raise InputError(
                f"{name}: {len(members):,} files; expected at most {MOST_MEMBERS:,} in one archive"
            )
        spent = 0
        packed_whole = sum(member.compress_size for member in members)
        size = min(packed_whole, raw.seek(0, io.SEEK_END))
        for member in members:
            if spent > FREE_BYTES + MOST_EXPANSION * size:
                raise InputError(
                    f"{name}: expands to more than {MOST_EXPANSION} times its size; refused as a decompression bomb"
                )
            where = f"{name}!{member.filename}"
            fault = _fault(member)
            if fault:
                report(Problem(code="unreadable", where=where, message=fault))
            if fault or member.is_dir() or _is_hidden(member.filename):
                continue
            try:
                with archive.open(member) as content:
                    packed = member.compress_size
                    guarded = Guarded(content, where, "ZIP", lambda packed=packed: packed)
                    yield member.filename, guarded
                    spent += guarded.given
            except BROKEN as error:
                report(Problem(code="unreadable", where=where, message=f"cannot be unpacked ({error})"))


def _fault(member: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "a path that leads out of the archive; left out"
    if member.flag_bits & 1:
        return "encrypted; left out: unpack it first"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link; left out"
    return None


def _is_hidden(name: str) -> bool:
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/")
    )


class WebPage(NamedTuple):
    """One page of a web archive."""

    url: str
    type: str
    charset: str | None
    data: bytes


def web_pages(stream: io.BufferedReader, name: str, report: Report) -> Iterator[WebPage]:
    """The pages of a WARC file that hold text; what is cut or damaged ends it with a report."""
    left = 0
    for record in _records(stream, name, report):
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        headers = record.http_headers
        kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
        if record.rec_type not in ("response", "resource"):
            continue
        status = headers.get_statuscode() if headers else "200"
        if not kind.lower().startswith(TEXTS) or not str(status).startswith("2"):
            left += 1
            continue
        try:
            data = record.content_stream().read(MAX_ACCOUNT_BYTES + 1)
        except Exception as error:  # noqa: BLE001  whatever a broken content encoding raises
            message = f"cannot be unpacked ({type(error).__name__}: {error})"
            report(Problem(code="unreadable", where=f"{name}, {url}", message=message))
            continue
        if len(data) > MAX_ACCOUNT_BYTES:
            message = f"more than {MAX_ACCOUNT_BYTES:,} bytes; left out"
            report(Problem(code="too-large", where=f"{name}, {url}", message=message))
            continue
        charset = kind.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
        yield WebPage(url, kind.split(";")[0].strip().lower(), charset, data)
    if left:
        report(
            Problem(
                code="left-out", where=name, message=f"left out: {left:,} records that are no pages of text"
            )
        )


class _Pieces:
    """A stream for ``warcio``, which gives what there is before it fails."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self.stream = stream

    def read(self, size: int = -1) -> bytes:
        """The next bytes, up to ``size``; fewer where they come in pieces."""
        return self.stream.read1(size)

    def tell(self) -> int:
        """How far the stream was read."""
        return 0

    def close(self) -> None:
        """Leave it to whoever opened the stream."""


def _records(stream: io.BufferedReader, name: str, report: Report) -> Iterator[Any]:
    """The records of a WARC file; ``warcio`` writes its complaints to standard error, where they are kept from."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # noqa: PLC0415  most runs read no web archive

    records = iter(ArchiveIterator(_Pieces(stream)))
    while True:
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said):
                record = next(records, None)
        except InputError as error:
            if not isinstance(error, TornError):
                raise
            report(Problem(code="cut", where=name, message=str(error).removeprefix(f"{name}: ")))
            return
        except Exception as error:  # noqa: BLE001  on damaged headers it raises whatever comes
            message = f"the web archive is cut or damaged ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
            report(Problem(code="cut", where=name, message=message))
            return
        if "WARNING" in said.getvalue():
            report(Problem(code="cut", where=name, message="a record is longer or shorter than it says"))
        if record is None:
            return
        yield record
