"""Compressed files as streams of their content, with a guard against what expands without end.

gzip, bzip2 (many streams in one file, too) and Zstandard.  What belongs here: bytes in, bytes out, bounds.  What
does not: archives of several files (``archives``).
"""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zlib
from typing import Any

from frontledger.errors import InputError

__all__ = ["FREE_BYTES", "MOST_EXPANSION", "Guarded", "Rewound", "TornError", "unpacked"]

MOST_EXPANSION = 500
"""How many times its size a compressed file may expand …"""
FREE_BYTES = 64 * 1024 * 1024
"""… beyond these bytes, which every file may hold.  Wikipedia's dumps expand 4 to 60 times."""

MAGICS = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)


class TornError(InputError):
    """Compressed data that end early or are damaged; what came before is good."""


class Rewound(io.RawIOBase):
    """A stream whose first bytes, ``head``, were looked at, and stand before the rest again."""

    def __init__(self, rest: Any, size: int) -> None:
        self.rest = rest
        self.torn: TornError | None = None
        pieces: list[bytes] = []
        while size > 0:
            try:
                piece = rest.read1(size) if hasattr(rest, "read1") else rest.read(size)
            except TornError as error:
                self.torn = error
                break
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        self.head = self.left = b"".join(pieces)

    def readable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The file's, where it has one."""
        return int(self.rest.fileno())

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        size = len(buffer)
        if self.left:
            piece, self.left = self.left[:size], self.left[size:]
        elif self.torn is not None:
            raise self.torn
        else:
            piece = self.rest.read1(size) if hasattr(self.rest, "read1") else self.rest.read(size)
        buffer[: len(piece)] = piece
        return len(piece)


class Guarded(io.RawIOBase):
    """Unpacked bytes, counted against the packed ones that they come from."""

    def __init__(self, content: Any, name: str, method: str, packed: Any) -> None:
        self.content = content
        self.name = name
        self.method = method
        self.packed = packed
        """Called, gives the number of packed bytes read so far."""
        self.given = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; raises :class:`InputError` for a bomb, :class:`TornError` for damage."""
        try:
            piece = self.content.read1(len(buffer))
        except InputError:
            raise
        except (EOFError, OSError, ValueError, zlib.error, RuntimeError) as error:
            raise TornError(self._torn(error)) from None
        except Exception as error:
            if type(error).__name__ not in {
                "ZstdError",
                "BadZipFile",
            }:  # their modules are imported where used
                raise
            raise TornError(self._torn(error)) from None
        self.given += len(piece)
        if self.given > FREE_BYTES + MOST_EXPANSION * self.packed():
            raise InputError(
                f"{self.name}: expands to more than {MOST_EXPANSION} times its size; refused as a decompression bomb"
            )
        buffer[: len(piece)] = piece
        return len(piece)

    def _torn(self, error: Exception) -> str:
        return f"{self.name}: {self.method} data are cut or damaged behind byte {self.given:,} of their content ({error})"


class _Counted:
    """Reads a stream and counts."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece: bytes = self.stream.read(size)
        self.count += len(piece)
        return piece

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """No: read once, in order."""
        return False

    @property
    def closed(self) -> bool:
        """Whether the stream is closed."""
        return bool(self.stream.closed)

    def close(self) -> None:
        """Leave it to whoever opened the stream."""

    def flush(self) -> None:
        """Nothing to do."""


def unpacked(stream: Any, head: bytes, name: str) -> Guarded | None:
    """The content of ``stream``, which begins with ``head``; None where it is not compressed."""
    method = next((known for magic, known in MAGICS if head.startswith(magic)), None)
    if method is None:
        return None
    counted: Any = _Counted(stream)
    content: Any
    if method == "gzip":
        content = gzip.GzipFile(fileobj=counted)
    elif method == "bzip2":
        content = bz2.BZ2File(counted)
    else:
        content = _zstandard(counted)
    return Guarded(content, name, method, lambda: counted.count)


def _zstandard(counted: Any) -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415  imported where used: most files are no .zst
    else:
        from backports import zstd  # noqa: PLC0415
    options = {int(zstd.DecompressionParameter.window_log_max): 27}  # 128 MB: what `zstd --long` uses
    return zstd.ZstdFile(counted, options=options)
