"""The event records of a shard as the steps of a fold read them: unpacked once, mapped into memory, decoded where needed.

A shard has accounts of many regions, and its Parquet is compressed as a whole; beside the ledger it lies as one plain
Arrow file, of which each reader touches the records of its accounts alone.  What belongs here: that file.  What does
not: what a record says (``model``), or who reads which (``placing``, ``telling``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from frontledger.corpus.schema import arrow
from frontledger.errors import CorpusError

__all__ = ["Records", "mapped", "unpack"]


def unpack(events: Path, path: Path) -> int:
    """Write the records of a shard's table of ``events`` plainly to ``path``; returns how many there are."""
    pa = arrow()
    with pa.parquet.ParquetFile(events) as file:
        table = file.read(columns=["record"], use_threads=False).combine_chunks()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return int(table.num_rows)


class Records:
    """Records of a shard by their numbers; each is JSON as a piece of the file, valid while that is open."""

    def __init__(self, offsets: memoryview, data: memoryview) -> None:
        self.offsets = offsets
        self.data = data

    def between(self, first: int, last: int) -> list[memoryview]:
        """Those from number ``first`` on, before number ``last``."""
        data = self.data
        return [data[start:end] for start, end in pairwise(self.offsets[first : last + 1].tolist())]


@contextmanager
def mapped(path: Path) -> Iterator[Records]:
    """What :func:`unpack` has written."""
    pa = arrow()
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        if not reader.num_record_batches:
            yield Records(memoryview(b""), memoryview(b""))
            return
        if reader.num_record_batches > 1:
            raise CorpusError(f"{path.name}: expected a shard of less than two gigabytes")
        _, offsets, data = reader.get_batch(0).column(0).buffers()
        yield Records(memoryview(offsets).cast("i"), memoryview(data or b""))
