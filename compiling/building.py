"""Make the compiled package: ``build/compiled/`` holds the whole of it, ready for ``PYTHONPATH`` or a wheel.

    python -m compiling.building [--force]

Nothing is done where the sources are those of the last time.  What belongs here: which modules are compiled, what is
stale, where the pieces go.  What does not: the text that mypyc gets (``rewriting``), mypyc itself (``compiler``).
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from compiling import rewriting

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src"
WORK = ROOT / "build" / "compiling"
COMPILED = ROOT / "build" / "compiled"
STAMP = COMPILED / ".built"
REQUIRED = ["mypy>=1.19", "setuptools>=68", "msgspec>=0.19", "rapidfuzz>=3.9"]
"""What has to be installed: the compiler, and what the engine's types name."""
FOLDERS = ("languages", "mentions", "events", "places", "places/gazetteers")
"""The engine: from text to events with their places."""
INTERPRETED = frozenset(
    {
        # tables of packs, read once
        "languages.accountwords",
        "languages.countrywords",
        "languages.relationwords",
        "languages.schema",
        "languages.sentencewords",
        "languages.timetable",
        # files and addresses: they wait for the machine, not for Python
        "places.gazetteers.adding",
        "places.gazetteers.entries",
        "places.gazetteers.files",
        "places.gazetteers.folders",
        "places.gazetteers.index",
        "places.gazetteers.online",
        "places.gazetteers.own",
        "places.uses",  # one struct, and what it remembers of its kind
        "places.gazetteers.shelf",  # and mypyc writes wrong C for "lambda *_:"
    }
)
"""Modules of these folders that stay as they are."""
CONFIG = "[mypy]\nmypy_path = src\nexplicit_package_bases = True\nignore_missing_imports = True\n"


class CompilingError(Exception):
    """The engine cannot be compiled; the text says where and why."""


def build(*, force: bool = False) -> bool:
    """Compile the engine unless it is compiled as it stands; whether anything was done.  Raises :class:`CompilingError`."""
    wanted = digest()
    if not force and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return False
    files = prepare()
    compile_files(files)
    assemble()
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def modules() -> dict[str, Path]:
    """The modules to compile, by name, with their sources."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((SOURCES / "frontledger" / folder).glob("*.py")):
            name = ".".join(path.relative_to(SOURCES / "frontledger").with_suffix("").parts)
            if path.name != "__init__.py" and name not in INTERPRETED:
                found[f"frontledger.{name}"] = path
    return found


def digest() -> str:
    """Digest of all that the compiled package is made of: the package, what is here, Python and mypyc."""
    seen = hashlib.sha256(f"{sys.version} {_version_of_mypy()}".encode())
    for path in [*sorted(_package_files()), *own_files()]:
        seen.update(path.relative_to(ROOT).as_posix().encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def own_files() -> list[Path]:
    """The files of this folder."""
    return sorted(Path(__file__).parent.glob("*.py"))


def _version_of_mypy() -> str:
    try:
        from mypy.version import __version__
    except ImportError:
        raise CompilingError(f"mypyc is missing: pip install {' '.join(map(repr, REQUIRED))}") from None
    return __version__


def _package_files() -> list[Path]:
    files = (SOURCES / "frontledger").rglob("*")
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def prepare() -> list[str]:
    """The package in the work folder with the engine rewritten; the files to compile, seen from there."""
    target = WORK / "src"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(SOURCES, target, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    records = target / "frontledger" / rewriting.HELPER_MODULE.rpartition(".")[2]
    records.mkdir()
    (records / "__init__.py").write_text(rewriting.HELPER, encoding="utf-8")
    native: set[str] = set()
    files = []
    for name, path in modules().items():
        try:
            made = rewriting.rewrite(path.read_text(encoding="utf-8"), name)
            ast.parse(made.text)
        except (rewriting.RewritingError, SyntaxError) as error:
            raise CompilingError(f"{path.relative_to(ROOT)} cannot be made fit for mypyc: {error}") from None
        native.update(made.native)
        file = target / path.relative_to(SOURCES)
        file.write_text(made.text, encoding="utf-8")
        files.append(file.relative_to(WORK).as_posix())
        if made.moved:
            moved = records / f"{rewriting.moved_to(name).rpartition('.')[2]}.py"
            moved.write_text(made.moved, encoding="utf-8")
    if native != rewriting.NATIVE:
        gone = ", ".join(sorted(rewriting.NATIVE - native))
        raise CompilingError(f"compiling/rewriting.py, NATIVE: no struct of the engine is called {gone}")
    files.append(f"src/frontledger/{records.name}/__init__.py")
    (WORK / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    return files


def compile_files(files: list[str]) -> None:
    """Run mypyc and the C compiler in the work folder."""
    name = (os.environ.get("CC") or str(sysconfig.get_config_var("CC") or "cc")).split()[0]
    if os.name == "posix" and shutil.which(name) is None:
        raise CompilingError(f"there is no C compiler ({name}); the package works without being compiled")
    for folder in ("c", "lib"):
        shutil.rmtree(WORK / folder, ignore_errors=True)
    command = [sys.executable, str(Path(__file__).with_name("compiler.py")), *files]
    done = subprocess.run(command, cwd=WORK, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    (WORK / "log.txt").write_text(said, encoding="utf-8")
    if done.returncode:
        errors = [line for line in said.splitlines() if "rror:" in line] or said.splitlines()[-1:]
        raise CompilingError("\n".join([*errors[:20], f"all that was said: {WORK / 'log.txt'}"]))


def assemble() -> None:
    """The whole package under ``build/compiled``: sources as they are, libraries beside them; checked by importing it."""
    new = WORK / "new"
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(
        SOURCES / "frontledger", new / "frontledger", ignore=shutil.ignore_patterns("__pycache__")
    )
    records = Path("frontledger", rewriting.HELPER_MODULE.rpartition(".")[2])
    shutil.copytree(WORK / "src" / records, new / records)
    shutil.copytree(WORK / "lib", new, dirs_exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", "import frontledger.pipeline"],
        env=os.environ | {"PYTHONPATH": str(new)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CompilingError(f"the compiled package cannot be imported:\n{done.stderr.strip()}")
    shutil.rmtree(COMPILED, ignore_errors=True)
    new.rename(COMPILED)


def added() -> dict[str, str]:
    """What a wheel needs beside the sources: the libraries and the structs that moved, by their place in it."""
    found = [*COMPILED.rglob("*.so"), *COMPILED.rglob("*.pyd")]
    found += (COMPILED / "frontledger" / rewriting.HELPER_MODULE.rpartition(".")[2]).glob("*.py")
    return {str(path): path.relative_to(COMPILED).as_posix() for path in found}


def main() -> int:
    """Compile by hand."""
    try:
        done = build(force="--force" in sys.argv)
    except CompilingError as error:
        print(f"frontledger: {error}", file=sys.stderr)
        return 1
    print(f"{COMPILED.relative_to(ROOT)}: {'compiled' if done else 'is that of the sources'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
