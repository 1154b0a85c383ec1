"""Arrows point up only: a step knows the steps before it, the command line knows ``pipeline`` and ``ledger``."""

import ast
from pathlib import Path

import pytest

import frontledger

SOURCE = Path(frontledger.__file__).parent

FLOW = (
    "model",
    "accounts",
    "languages",
    "mentions",
    "events",
    "places",
    "ledger",
    "exports",
    "pipeline",
    "corpus",
)
"""The flow of DESIGN.md; each may import what stands before it, and everybody may import ``errors``."""

ALSO = {"accounts": {"languages"}}
"""Which number is a reference mark and which a distance is language data; packs know nobody, so no circle arises."""

FACADE = {
    "cli",
    "cli_corpus",
    "cli_export",
    "cli_report",
    "cli_serve",
    "client",
    "listing",
    "telling",
    "progress",
    "__init__",
    "__main__",
}
"""What faces people: may import one another, the nouns, and the rooms below."""

FACADE_MAY = {"errors", "model", "ledger", "exports", "pipeline", "corpus", ""} | FACADE

WEB_MAY = {"errors", "model", "ledger", "exports", "pipeline", "web", ""}
"""The service knows the same rooms as the command line."""


def room(path):
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(path):
    """Rooms of ours that a module imports, wherever in the file; ``""`` is the package itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            if node.module == "frontledger":
                yield from (alias.name if _is_room(alias.name) else "" for alias in node.names)
            elif (node.module or "").startswith("frontledger."):
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("frontledger."):
                    yield alias.name.split(".")[1]


def _is_room(name):
    return (SOURCE / name).is_dir() or (SOURCE / f"{name}.py").is_file()


def allowed(name):
    if name == "cli_serve":
        return FACADE_MAY | {"web"}
    if name in FACADE:
        return FACADE_MAY
    if name == "web":
        return WEB_MAY
    if name == "errors":
        return set()
    return {"errors", *FLOW[: FLOW.index(name) + 1], *ALSO.get(name, ())}


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(SOURCE)) for path in MODULES])
def test_imports_point_up(path):
    name = room(path)
    assert name in {*FLOW, *FACADE, "errors", "web"}, f"{path} stands in no room of DESIGN.md"
    below = set(imported(path)) - allowed(name)
    assert not below, f"{path.relative_to(SOURCE)} reaches down to {sorted(below)}"


def test_the_check_sees_a_wrong_arrow():
    assert "ledger" not in allowed("accounts")
    assert "mentions" not in allowed("cli")
    assert "events" in allowed("ledger")
    assert "ledger" in set(imported(SOURCE / "cli.py"))


def test_packs_know_nobody():
    """What makes the exception above harmless."""
    for path in (SOURCE / "languages").rglob("*.py"):
        assert set(imported(path)) <= {"languages", "model", "errors"}, path


def test_model_and_errors_know_nobody():
    assert not set(imported(SOURCE / "model.py"))
    assert not set(imported(SOURCE / "errors.py"))
