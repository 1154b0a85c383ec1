"""What the engine's sources become before mypyc compiles them: the same program, line for line.

The compiled engine itself is compared by ``make compare-compiled``; compiling takes minutes.
"""

import ast
import importlib
import sys
import types
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAD = "from __future__ import annotations\n\nimport msgspec\n\n"


@pytest.fixture(scope="module")
def rewriting():
    return tool("rewriting")


@pytest.fixture(scope="module")
def building():
    return tool("building")


def tool(name):
    """A module of the folder ``compiling``, which is no part of the package."""
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module(f"compiling.{name}")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture
def run(rewriting, monkeypatch):
    """Run a rewritten text, and the module of what left it; gives the names of the first."""
    helper = types.ModuleType(rewriting.HELPER_MODULE)
    exec(rewriting.HELPER, helper.__dict__)  # noqa: S102 - our own text
    monkeypatch.setitem(sys.modules, rewriting.HELPER_MODULE, helper)

    def runs(text, name="frontledger.events.sample"):
        made = rewriting.rewrite(text, name)
        for home, body in ((rewriting.moved_to(name), made.moved), (name, made.text)):
            module = types.ModuleType(home)
            monkeypatch.setitem(sys.modules, home, module)
            exec(body, module.__dict__)  # noqa: S102 - our own text
        return module

    return runs


def test_a_record_becomes_a_class_of_the_same_use(run):
    given = run(
        HEAD
        + "class Group(msgspec.Struct, eq=False):\n    first: int\n    last: int = 3\n"
        + '    """Behind it."""\n    words: list[str] = []\n'
        + "    @property\n    def long(self) -> bool:\n        return self.last - self.first > 1\n"
    )
    one, other = given.Group(1), given.Group(1, 2, words=["x"])
    assert not isinstance(one, msgspec.Struct)
    assert (one.first, one.last, one.words, one.long) == (1, 3, [], True)
    assert (other.last, other.words, other.long) == (2, ["x"], False)
    assert given.Group(1).words is not one.words
    assert given.Group(1) != given.Group(1)


def test_a_record_that_compares_by_value_still_does(run):
    given = run(
        HEAD
        + "class Flags(msgspec.Struct, frozen=True):\n    negated: bool = False\n    by: str = ''\n\n\nX = 1\n"
    )
    assert given.Flags() == given.Flags(by="")
    assert given.Flags() != given.Flags(negated=True)
    assert len({given.Flags(), given.Flags(), given.Flags(True)}) == 2


def test_other_structs_leave_the_module_and_stay_structs(run, rewriting):
    text = (
        HEAD
        + "LEAST = 4\n\n\nclass Site(msgspec.Struct, frozen=True):\n    name: str\n    size: int = LEAST\n\n\nA = Site('a')\n"
    )
    given = run(text)
    assert isinstance(given.A, msgspec.Struct)
    assert (given.A.name, given.A.size, given.LEAST) == ("a", 4, 4)
    assert "class Site" not in rewriting.rewrite(text, "frontledger.events.sample").text


@pytest.mark.parametrize(
    ("head", "call"),
    [
        ("", "msgspec.structs.replace"),
        ("from msgspec import structs\n", "structs.replace"),
        ("from msgspec.structs import replace\n", "replace"),
    ],
)
def test_copies_with_other_values(run, head, call):
    given = run(
        HEAD + head + "class Group(msgspec.Struct, eq=False):\n    first: int\n    last: int = 3\n\n\n"
        "class Site(msgspec.Struct, frozen=True):\n    name: str\n    size: int = 1\n\n\n"
        f"def moved(record, **changes):\n    return {call}(record, **changes)\n"
    )
    group = given.Group(1)
    copy = given.moved(group, last=9)
    assert (copy.first, copy.last, group.last, type(copy)) == (1, 9, 3, given.Group)
    assert given.moved(given.Site("a"), size=2) == given.Site("a", 2)


def test_what_mypyc_has_no_code_for_is_said_otherwise(run, rewriting):
    text = (
        HEAD
        + "from dataclasses import dataclass\nNEAR = 5  # égő\n\n\n@dataclass(frozen=True, slots=True)\nclass Slot:\n    at: int\n\n\n"
        "def known(word: str, ones: list[str]) -> bool:\n    return word in (*ones, 'ő', *ones)  # né\n"
    )
    given = run(text)
    assert given.known("ő", [])
    assert given.known("a", ["a"])
    assert not given.known("b", ["a"])
    assert given.Slot(given.NEAR).at == 5
    made = rewriting.rewrite(text, "frontledger.events.sample").text
    assert "slots" not in made
    assert "NEAR: _typing.Final = 5  # égő" in made


def test_what_cannot_be_rewritten_is_said_with_its_place(rewriting):
    text = (
        HEAD
        + "class Group(msgspec.Struct, omit_defaults=True):\n    first: int\n    last: int\n    x: int\n    y: int\n"
    )
    with pytest.raises(
        rewriting.RewritingError, match=r"frontledger\.events\.sample, line 5: .*omit_defaults"
    ):
        rewriting.rewrite(text, "frontledger.events.sample")


def test_every_module_of_the_engine_can_be_rewritten(rewriting, building):
    native, lists = set(), building.modules()
    assert "frontledger.events.coding" in lists
    for name, path in lists.items():
        text = path.read_text(encoding="utf-8")
        made = rewriting.rewrite(text, name)
        ast.parse(made.text)
        ast.parse(made.moved)
        assert made.text.count("\n") == text.count("\n"), f"{name}: lines moved"
        native.update(made.native)
    assert native == rewriting.NATIVE


def test_modules_that_stay_interpreted_exist(building):
    engine = building.SOURCES / "frontledger"
    gone = [name for name in building.INTERPRETED if not (engine / f"{name.replace('.', '/')}.py").is_file()]
    assert gone == []


def test_the_compiled_package_is_stale_when_a_source_changes(building, tmp_path, monkeypatch):
    (tmp_path / "src" / "frontledger" / "languages").mkdir(parents=True)
    word = tmp_path / "src" / "frontledger" / "languages" / "words.toml"
    word.write_text("a = 1", encoding="utf-8")
    for name, value in {"ROOT": tmp_path, "SOURCES": tmp_path / "src"}.items():
        monkeypatch.setattr(building, name, value)
    monkeypatch.setattr(building, "own_files", list)
    before = building.digest()
    assert building.digest() == before
    word.write_text("a = 2", encoding="utf-8")
    assert building.digest() != before


def test_without_a_compiler_one_clear_line(building, monkeypatch):
    monkeypatch.setenv("CC", "no-such-compiler")
    if sys.platform == "win32":
        pytest.skip("setuptools finds the compiler there")
    with pytest.raises(building.CompilingError, match=r"no C compiler .*works without"):
        building.compile_files([])
