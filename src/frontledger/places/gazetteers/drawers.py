"""Long tables of which a run opens little: kept as bytes in small parts, each decoded when it is first asked for.

A country has tens of thousands of names and an account asks for a few dozen; decoding all of them for each
theatre took as long as reading the account.  What belongs here: the two kinds of tables, by number and by key.  What
does not: what stands in them (``slices``).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

import msgspec

__all__ = ["Drawers", "Rolls", "in_drawers", "in_rolls"]

T = TypeVar("T")
_EACH = 16
"""Items of a part: a part is decoded in some microseconds."""
_REMEMBERED = 1 << 13
"""Keys whose values are kept at hand before they are forgotten: the same few thousand are asked for."""


def in_rolls(items: Sequence[Any]) -> list[bytes]:
    """``items`` as the parts of :class:`Rolls`."""
    encode = msgspec.msgpack.Encoder().encode
    return [encode(items[low : low + _EACH]) for low in range(0, len(items), _EACH)]


class Rolls(Sequence[T], Generic[T]):
    """A sequence, from its parts and the type of ``list[item]``."""

    def __init__(self, parts: Sequence[bytes], length: int, kind: type[list[T]]) -> None:
        self._parts = parts
        self._length = length
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._open: dict[int, list[T]] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self._length))]
        number, place = divmod(at, _EACH)
        part = self._open.get(number)
        if part is None:
            part = self._open[number] = self._decode(self._parts[number])
        return part[place]

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._parts)):
            yield from self._open.get(number) or self._decode(self._parts[number])


def in_drawers(table: Mapping[str, Any]) -> list[bytes]:
    """``table`` as the parts of :class:`Drawers`."""
    parts: list[dict[str, Any]] = [{} for _ in range(max(1, len(table) // _EACH))]
    for key, value in table.items():
        parts[_number(key, len(parts))][key] = value
    encode = msgspec.msgpack.Encoder().encode
    return [encode(part) for part in parts]


class Drawers(Generic[T]):
    """A mapping of names, from its parts and the type of ``dict[str, value]``."""

    def __init__(self, parts: Sequence[bytes], kind: type[dict[str, T]]) -> None:
        self._parts = parts
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._open: dict[int, dict[str, T]] = {}
        self._asked: dict[str, T | None] = {}

    def get(self, key: str) -> T | None:
        """What stands under ``key``."""
        return next(iter(self.among((key,))), None)

    def among(self, keys: Iterable[str]) -> list[T]:
        """What stands under those of ``keys`` that are there, in their order."""
        asked, found = self._asked, []
        for key in keys:
            value = asked[key] if key in asked else self._ask(key)
            if value is not None:
                found.append(value)
        return found

    def _ask(self, key: str) -> T | None:
        if len(self._asked) > _REMEMBERED:
            self._asked.clear()
        value = self._asked[key] = self._found(key)
        return value

    def _found(self, key: str) -> T | None:
        number = _number(key, len(self._parts))
        part = self._open.get(number)
        if part is None:
            part = self._open[number] = self._decode(self._parts[number])
        return part.get(key)


def _number(key: str, parts: int) -> int:
    return zlib.crc32(key.encode()) % parts
