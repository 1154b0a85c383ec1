"""The corpus folder: what lies where, and that nothing half-written ever counts.

    DIR/events/KEY.parquet      one file a shard in each of the three tables, named after the shard
    DIR/accounts/KEY.parquet
    DIR/problems/KEY.parquet    and CUT.parquet: what was met while the sources were cut
    DIR/quarantine/…            the documents that were left out, as they came
    DIR/manifest.jsonl          the finished shards and what each rests on, one a line, in the order of the sources
    DIR/summary.json            what it all comes to; there only when a run came to its end
    DIR/log.jsonl               what happened when; the only file that differs between two runs

A file is written beside its place, forced to the disk and renamed; a shard counts once its line stands in the
manifest.  What belongs here: that, and whether a shard must be worked again.  What does not: working on it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from frontledger.corpus import schema
from frontledger.corpus.process import Fault, Result, Tally
from frontledger.corpus.shards import Settings, Shard
from frontledger.corpus.versions import code_version, pack_version, trigger_version
from frontledger.errors import CorpusError
from frontledger.model import Problem

__all__ = ["Entry", "Folder", "Header"]

CUT = "CUT"
"""The name of the problems that belong to no shard."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a manifest."""

    frontledger_corpus: int = schema.SCHEMA_VERSION
    sources: tuple[str, ...]
    settings: Settings


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the manifest: a finished shard."""

    shard: str
    """Its name: digest of its documents and of the settings."""
    number: int
    source: str
    first: str
    """Id of its first document."""
    last: str
    code: str
    """Version of the code that worked it."""
    packs: dict[str, str]
    """Version of each language pack that coded one of its accounts."""
    triggers: dict[str, str]
    """Version of the words that announce control, of each language that dismissed an account or could have."""
    tally: Tally
    sizes: dict[str, int]
    """Bytes of its file in each table."""

    @property
    def is_current(self) -> bool:
        """Whether the program that is running would make the same of it."""
        return (
            self.code == code_version()
            and all(pack_version(lang) == version for lang, version in self.packs.items())
            and all(trigger_version(lang) == version for lang, version in self.triggers.items())
        )


class Folder:
    """A corpus folder that is being written; close it, or use it as a context manager.

    Raises :class:`~frontledger.errors.CorpusError` when the folder is somebody else's, or the disk is full.
    """

    def __init__(self, path: Path, sources: Sequence[str], settings: Settings) -> None:
        self.path = path
        self.header = Header(sources=tuple(sources), settings=settings)
        self.entries: dict[str, Entry] = {}
        with ExitStack() as opened, self._writing():
            if path.is_dir() and not (path / "manifest.jsonl").exists() and any(path.iterdir()):
                raise CorpusError(f"{path}: holds other files; expected a new folder, or one of `corpus run`")
            for name in (*schema.TABLES, "quarantine"):
                (path / name).mkdir(parents=True, exist_ok=True)
            opened.enter_context(_locked(path))
            self._prepare()
            self.manifest = opened.enter_context((path / "manifest.jsonl").open("ab"))
            self.log_file = opened.enter_context((path / "log.jsonl").open("ab"))
            self.opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        with suppress(OSError):
            self.opened.close()

    def _prepare(self) -> None:
        path = self.path / "manifest.jsonl"
        if path.exists():
            header, self.entries = read_manifest(path)
            gone = [source for source in header.sources if source not in self.header.sources]
            if gone:
                raise CorpusError(
                    f"{self.path}: holds the corpus of {', '.join(header.sources)}; expected these sources, too, "
                    "or another folder"
                )
        self._write_manifest(self.entries.values())  # without a last line that was cut off
        with suppress(FileNotFoundError):
            (self.path / "summary.json").unlink()

    def _write_manifest(self, entries: Iterable[Entry]) -> None:
        lines = [msgspec.json.encode(one) for one in (self.header, *entries)]
        self._write("manifest.jsonl", b"\n".join(lines) + b"\n")

    def finished(self, shard: Shard, *, retry: bool = False) -> Entry | None:
        """What the folder has of a shard, if nothing that it rests on has changed.

        With ``retry``, a shard in which something was quarantined is not finished.
        """
        entry = self.entries.get(shard.key)
        if entry is None or not entry.is_current or (retry and entry.tally.quarantined):
            return None
        for table, size in entry.sizes.items():
            try:
                if (self.path / table / f"{shard.key}.parquet").stat().st_size != size:
                    return None
            except OSError:
                return None
        return self._moved(entry, shard)

    def _moved(self, entry: Entry, shard: Shard) -> Entry:
        if (entry.number, entry.source) != (shard.number, shard.source):
            entry = self.entries[shard.key] = msgspec.structs.replace(
                entry, number=shard.number, source=shard.source
            )
        return entry

    def save(self, shard: Shard, result: Result) -> Entry:
        """Keep the result of a shard; when this returns, no power cut can take it away."""
        entry = Entry(
            shard=shard.key,
            number=shard.number,
            source=shard.source,
            first=shard.documents[0].id,
            last=shard.documents[-1].id,
            code=code_version(),
            packs={lang: pack_version(lang) for lang in result.tally.coded_with},
            triggers={lang: trigger_version(lang) for lang in result.tally.judged_with},
            tally=result.tally,
            sizes={table: len(data) for table, data in result.tables.items()},
        )
        with self._writing():
            for old in self.path.joinpath("quarantine").glob(f"{shard.key}-*"):
                old.unlink()
            for number in result.faults:
                document = shard.documents[number]
                self._write(schema.quarantine_file(document, shard.key, number), document.data)
            for table, data in result.tables.items():
                self._write(f"{table}/{shard.key}.parquet", data)
            self.manifest.write(msgspec.json.encode(entry) + b"\n")
            self.manifest.flush()
            os.fsync(self.manifest.fileno())
        self.entries[shard.key] = entry
        for number, fault in result.faults.items():
            self._log_fault(shard, number, fault)
        return entry

    def _log_fault(self, shard: Shard, number: int, fault: Fault) -> None:
        document = shard.documents[number]
        self.log(
            "quarantined",
            shard=shard.key,
            document=document.id,
            origin=document.name,
            code=fault.code,
            message=fault.message,
        )

    def complete(self, keys: Sequence[str], met: Sequence[Problem]) -> dict[str, Any]:
        """Close the books: shards that are no more are taken away, and the summary is written."""
        wanted = set(keys)
        kept = sorted((self.entries[key] for key in wanted), key=lambda entry: entry.number)
        with self._writing():
            rows = [schema.problem_row(problem, None, None) for problem in met]
            self._write(f"problems/{CUT}.parquet", schema.parquet("problems", rows))
            self._write_manifest(kept)
            for table in schema.TABLES:
                for file in (self.path / table).iterdir():
                    if file.stem not in wanted | {CUT}:
                        file.unlink()
            for file in (self.path / "quarantine").iterdir():
                if file.name.rpartition("-")[0] not in wanted:
                    file.unlink()
            summary = self.summary(kept, len(met))
            self._write("summary.json", msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
        return summary

    def summary(self, entries: Sequence[Entry], met: int) -> dict[str, Any]:
        """What the corpus holds, and what it rests on."""
        counted = (
            "documents", "bytes", "accounts", "events", "dismissed", "uncoded", "unreadable", "quarantined",
            "problems",
        )  # fmt: skip
        totals = {name: sum(getattr(entry.tally, name) for entry in entries) for name in counted}
        totals["problems"] += met
        return {
            "sources": self.header.sources,
            "settings": self.header.settings,
            "code": code_version(),
            "packs": {lang: version for entry in entries for lang, version in sorted(entry.packs.items())},
            "shards": len(entries),
            **totals,
        }

    def log(self, event: str, **said: Any) -> None:
        """One line of the log; a log that cannot be written stops nothing."""
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said}
        with suppress(OSError):
            self.log_file.write(msgspec.json.encode(line) + b"\n")
            self.log_file.flush()

    def _write(self, name: str, data: bytes) -> None:
        """A file, whole or not at all."""
        path = self.path / name
        beside = path.with_name(f".{path.name}.new")
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        _synced(path.parent)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = f"{error.filename or self.path}: {error.strerror or error}"
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                kept = f"{len(self.entries):,} finished shards are kept"
                raise CorpusError(f"{where}; {kept}: make room and give the same command again") from None
            raise CorpusError(f"{where}; expected a folder that can be written") from None


def read_manifest(path: Path) -> tuple[Header, dict[str, Entry]]:
    """The header and the finished shards by name; a last line that was cut off does not count.

    Raises :class:`~frontledger.errors.CorpusError` for what is no manifest, or one of a newer version.
    """
    lines = path.read_bytes().split(b"\n")
    try:
        header = msgspec.json.decode(lines[0], type=Header)
    except msgspec.DecodeError as error:
        raise CorpusError(f"{path}, line 1: not the manifest of a corpus ({error})") from None
    if header.frontledger_corpus > schema.SCHEMA_VERSION:
        raise CorpusError(f"{path}: written by a newer frontledger")
    entries: dict[str, Entry] = {}
    if header.frontledger_corpus < schema.SCHEMA_VERSION:
        return header, entries  # its tables are others: all is worked again
    for line in lines[1:]:
        with suppress(msgspec.DecodeError):  # cut off, or of another time: that shard is worked again
            entry = msgspec.json.decode(line, type=Entry)
            entries[entry.shard] = entry
    return header, entries


def _locked(folder: Path) -> IO[bytes]:
    """A lock on the folder, as long as the file is open; the system lifts it when the process is killed."""
    file = (folder / ".lock").open("wb")
    try:
        import fcntl  # noqa: PLC0415  not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass
    except OSError:
        file.close()
        raise CorpusError(f"{folder}: another run is writing it") from None
    return file


def _synced(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
