"""Read one TOML file of a language pack into its struct, or say exactly what is wrong with it.

What does not belong here: any meaning of the data.  The structs that describe the files stand beside
the code that uses them.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TypeVar

import msgspec

from frontledger.errors import PackError

__all__ = ["load_table"]

T = TypeVar("T")


def load_table(code: str, name: str, shape: type[T]) -> T:
    """The data of ``languages/<code>/<name>`` as a ``shape``.

    Raises :class:`PackError` naming file, key and what was expected; unknown keys are errors where the
    struct forbids them.
    """
    where = f"languages/{code}/{name}"
    source = resources.files("frontledger.languages").joinpath(code, name)
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(f"{where}: file is missing from the language pack") from None
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: not valid TOML: {error}") from None
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        raise PackError(f"{where}: {error}") from None
