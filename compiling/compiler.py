"""Turn rewritten modules into C and that into shared libraries; ``building`` runs this in a process and folder of its own.

    python compiler.py MODULE_FILE...        in a folder with src/ and mypy.ini; the libraries come to lib/

A C file that reads as it did before is not compiled again.  What belongs here: mypyc, setuptools and the memory of
object files.  What does not: what the modules say.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mypy.version import __version__
from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

GROUP = "frontledger"
"""All modules are one group, so that they call each other as C does; its library is ``frontledger__mypyc``."""
OPTIMISED = "2"
CODE, LIBRARIES, OBJECTS = "c", "lib", "objects"
"""Folders: what mypyc wrote, the libraries, compiled C by the digest of its text."""


class Build(build_ext):  # type: ignore[misc]  # setuptools has no types
    """``build_ext`` that compiles on all cores, and each text once."""

    def build_extensions(self) -> None:
        """Compile and link."""
        compiler: Any = self.compiler
        if compiler.compiler_type == "unix":
            compiler.compile = _remembering(compiler)
        super().build_extensions()


USED: set[Path] = set()
"""The object files of this build."""


def _remembering(compiler: Any) -> Callable[..., list[str]]:
    headers = b"".join(path.read_bytes() for path in sorted(Path(CODE).rglob("*.h")))

    def one(
        target: str, source: tuple[str, str], arguments: list[str], after: list[str], macros: list[str]
    ) -> None:
        key = hashlib.sha256(headers + Path(source[0]).read_bytes())
        options = [
            word for word in (*arguments, *after) if not word.startswith("-I")
        ]  # folders of pip's differ
        key.update(repr((compiler.compiler_so, options, sys.version, __version__)).encode())
        known = Path(OBJECTS, key.hexdigest() + ".o")
        USED.add(known)
        if not known.exists():
            compiler._compile(target, *source, arguments, after, macros)  # noqa: SLF001 - what compile() calls
            shutil.copy(target, known)
        else:
            shutil.copy(known, target)

    def compile_all(
        sources: list[str],
        output_dir: str | None = None,
        macros: Any = None,
        include_dirs: Any = None,
        debug: bool = False,
        extra_preargs: list[str] | None = None,
        extra_postargs: list[str] | None = None,
        depends: Any = None,
    ) -> list[str]:
        _macros, targets, after, options, todo = compiler._setup_compile(  # noqa: SLF001 - as compile() does
            output_dir, macros, include_dirs, sources, depends, extra_postargs
        )
        arguments = compiler._get_cc_args(options, debug, extra_preargs)  # noqa: SLF001
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            list(workers.map(lambda item: one(item[0], item[1], arguments, after, options), todo.items()))
        found: list[str] = targets
        return found

    return compile_all


def main() -> None:
    """Compile the modules named."""
    Path(OBJECTS).mkdir(exist_ok=True)
    extensions = mypycify(
        ["--config-file=mypy.ini", *sys.argv[1:]],
        opt_level=OPTIMISED,
        debug_level="0",
        multi_file=True,
        group_name=GROUP,
        target_dir=CODE,
    )
    command = Build(Distribution({"name": GROUP, "ext_modules": extensions}))
    command.build_lib = LIBRARIES
    command.build_temp = "objects/new"
    command.ensure_finalized()
    command.run()
    for old in set(Path(OBJECTS).glob("*.o")) - USED:
        old.unlink()


if __name__ == "__main__":
    main()
