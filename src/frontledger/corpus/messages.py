"""What a keeper and its worker say to each other: messages of MessagePack, each behind its length, on two pipes.

What belongs here: messages and their frames.  What does not: what either does on hearing one.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec

from frontledger.corpus.process import Fault, Result
from frontledger.corpus.shards import Settings, Shard

__all__ = [
    "Answer",
    "Beat",
    "Broken",
    "Hook",
    "Job",
    "Limits",
    "Ready",
    "Setup",
    "decode",
    "encode",
    "receive",
]

LENGTH = struct.Struct("<Q")
Hook = tuple[str, str]
"""A Python file and a function of it, called with each document before it is read: how tests make documents kill."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one document may take."""

    deadline: float = 120.0
    """Seconds without an answer."""
    memory: int = 2048
    """Megabytes of its process."""


class Setup(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The first message to a worker."""

    settings: Settings
    limits: Limits
    beat: str
    """A file of eight bytes in which the worker writes the number of the document that it touches."""
    parent: int
    hook: Hook | None = None


class Job(msgspec.Struct, frozen=True, tag=True):
    """A shard to work on, and what to leave out of it."""

    shard: Shard
    skip: dict[int, Fault]


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker is there; the version of its code."""

    code: str


class Answer(msgspec.Struct, frozen=True, tag=True):
    """The job is done."""

    result: Result


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The worker cannot go on, and ends."""

    code: str
    message: str


Message = Setup | Job | Ready | Answer | Broken
DECODER = msgspec.msgpack.Decoder(Message)


class Beat:
    """Eight bytes of a file, shared by a keeper and its worker: which document is under way."""

    NONE = -1
    """No document: before the first, or behind the last."""

    def __init__(self, path: str) -> None:
        import mmap  # noqa: PLC0415

        with open(path, "r+b") as file:  # noqa: PTH123
            self.shared = mmap.mmap(file.fileno(), LENGTH.size)

    def write(self, number: int) -> None:
        """Say which document is touched next."""
        LENGTH.pack_into(self.shared, 0, number + 1)

    def read(self) -> int:
        """The number that was said last."""
        return int(LENGTH.unpack_from(self.shared, 0)[0]) - 1

    def close(self) -> None:
        """Let go of the file."""
        self.shared.close()


def encode(message: Message) -> bytes:
    """A message with its length before it."""
    body = msgspec.msgpack.encode(message)
    return LENGTH.pack(len(body)) + body


def decode(body: bytes) -> Message:
    """A message out of its bytes, without the length."""
    message: Message = DECODER.decode(body)
    return message


def receive(stream: BinaryIO) -> Message | None:
    """The next message; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return decode(stream.read(LENGTH.unpack(head)[0]))
