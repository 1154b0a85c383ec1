"""Make a module of the engine fit for mypyc, line for line: the same program, in the words that mypyc has code for.

mypyc drops what a ``msgspec.Struct`` is declared with (``frozen``, ``gc`` …), so structs cannot stand in a compiled
module.  Those of :data:`NATIVE`, which the engine touches most and nobody encodes, become native classes; all others
move as they are into a module of their own that is not compiled, and are imported from there.  What belongs here:
text in, text out; lines keep their numbers, so that tracebacks point into the source.  What does not: which
modules are compiled, and the compiler (``building``).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from itertools import accumulate

__all__ = ["HELPER", "HELPER_MODULE", "NATIVE", "RewritingError", "Rewritten", "is_struct", "rewrite"]

NATIVE = frozenset(
    {
        "AccountTokens",
        "Body",
        "Candidate",
        "Clause",
        "Draft",
        "Expression",
        "Filled",
        "Flags",
        "Group",
        "Moment",
        "Name",
        "NameReading",
        "Party",
        "Reading",
        "Scene",
        "Tagged",
        "Tokens",
        "Verb",
        "Word",
        "_Found",
        "_Said",
    }
)
"""Structs that become native classes: msgspec neither reads nor writes them, and no worker sends them to another."""
STRUCTS = frozenset({"msgspec.Struct", "Value", "_Table"})
"""The bases by which a class is known to be a struct."""
HELPER_MODULE = "frontledger._records"
"""The package of what only the compiled engine needs: structs that moved, and :data:`HELPER`."""
HELPER = '''"""What stands in for ``msgspec.structs.replace`` in the compiled engine: its native records are no structs."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def replaced(record: T, **changes: Any) -> T:
    """A copy of a record with other values in the fields named."""
    if isinstance(record, msgspec.Struct):
        return msgspec.structs.replace(record, **changes)
    copy: Any = record._copied()  # type: ignore[attr-defined]
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy  # type: ignore[no-any-return]
'''
CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]+")
"""How constants are written (``T`` is a type variable)."""
_HEAD = f"from __future__ import annotations; from {HELPER_MODULE} import replaced as _replaced; import typing as _typing"
_HOUSE = "if _typing.TYPE_CHECKING: from mypy_extensions import mypyc_attr as _mypyc_attr"
"""Only mypyc reads the decorator: nothing has to be installed where the engine runs."""


class RewritingError(Exception):
    """A module that cannot be made fit; the text is one clear line."""


@dataclass
class Rewritten:
    """A module fit for mypyc, and the module of the structs that left it (empty where none did)."""

    text: str = ""
    moved: str = ""
    native: list[str] = field(default_factory=list)
    """The classes that became native."""


@dataclass(frozen=True)
class _Edit:
    """Other words for a stretch of the source, in bytes."""

    start: int
    end: int
    text: str


class _Source:
    """A module's bytes, and where its nodes stand in them."""

    def __init__(self, text: str, module: str) -> None:
        self.content = text.encode()
        self.module = module
        self.tree = ast.parse(text)
        self.lines = [0, *accumulate(map(len, self.content.splitlines(keepends=True)))]
        self.edits: list[_Edit] = []

    def replace(self, node: ast.expr | ast.stmt, text: str) -> None:
        """Other words for a node."""
        self.edits.append(_Edit(*self.span(node), text))

    def replace_lines(self, first: int, last: int, lines: list[str]) -> None:
        """Other lines for those from ``first`` to ``last``: as many as there were, unless these are more."""
        text = "\n".join(lines) + "\n" * (max(last - first + 1 - len(lines), 0) + 1)
        self.edits.append(_Edit(self.lines[first - 1], self.lines[last], text))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node starts and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[node.end_lineno - 1] + node.end_col_offset

    def segment(self, node: ast.expr | ast.stmt) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self.content[start:end].decode()

    def edited(self) -> str:
        """The text with all edits; those inside a longer one are gone with it."""
        made, at = [], 0
        for edit in sorted(self.edits, key=lambda edit: (edit.start, -edit.end)):
            if edit.start >= at:
                made += [self.content[at : edit.start], edit.text.encode()]
                at = edit.end
        return b"".join([*made, self.content[at:]]).decode()


def rewrite(text: str, module: str) -> Rewritten:
    """Rewrite ``text``, that of ``module`` (``frontledger.events.coding``); raises :class:`RewritingError`."""
    source, made = _Source(text, module), Rewritten()
    leaving = []
    for node in source.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            source.replace(node, _HEAD)
        elif isinstance(node, ast.ImportFrom) and node.module == "msgspec.structs":
            if any(name.name != "replace" or name.asname for name in node.names):
                raise RewritingError(
                    f"{module}, line {node.lineno}: only 'replace' is known of msgspec.structs"
                )
            source.replace(node, f"from {HELPER_MODULE} import replaced as replace")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            _constant(source, node)
        elif isinstance(node, ast.ClassDef) and not is_struct(node):
            _unslotted(source, node)
        elif isinstance(node, ast.ClassDef) and node.name in NATIVE:
            _native(source, node)
            made.native.append(node.name)
        elif isinstance(node, ast.ClassDef):
            leaving.append(node)
            source.replace_lines(
                _first_line(node), node.end_lineno or 0, [f"from {moved_to(module)} import {node.name}"]
            )
    for inner in ast.walk(source.tree):
        if isinstance(inner, ast.Compare):
            _listed(source, inner)
        elif isinstance(inner, ast.Attribute) and ast.unparse(inner).endswith("structs.replace"):
            source.replace(inner, "_replaced")
    made.text = source.edited()
    if leaving:
        made.moved = _moved(source, leaving)
    return made


def is_struct(node: ast.ClassDef) -> bool:
    """Whether a class is a ``msgspec.Struct``."""
    return any(ast.unparse(base) in STRUCTS for base in node.bases)


def moved_to(module: str) -> str:
    """The module that the structs of ``module`` move to."""
    return f"{HELPER_MODULE}.{module.partition('.')[2].replace('.', '_')}"


def _first_line(node: ast.ClassDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _constant(source: _Source, node: ast.Assign | ast.AnnAssign) -> None:
    """What is written in capitals never changes: as ``Final`` it is no look-up in the module's dictionary."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if len(targets) != 1 or not isinstance(targets[0], ast.Name) or not CONSTANT.fullmatch(targets[0].id):
        return
    if isinstance(node, ast.Assign):
        source.replace(targets[0], f"{targets[0].id}: _typing.Final")
    else:
        source.replace(node.annotation, f"_typing.Final[{source.segment(node.annotation)}]")


def _listed(source: _Source, node: ast.Compare) -> None:
    """``in (*these, *those)``: mypyc unrolls what it takes for single values, and stumbles over the stars."""
    for sign, right in zip(node.ops, node.comparators, strict=True):
        starred = isinstance(right, ast.Tuple | ast.List) and any(
            isinstance(one, ast.Starred) for one in right.elts
        )
        if starred and isinstance(sign, ast.In | ast.NotIn):
            source.replace(right, f"list({source.segment(right)})")


def _unslotted(source: _Source, node: ast.ClassDef) -> None:
    """``@dataclass(slots=True)`` makes a second class, which a native one cannot have; it has slots anyway."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dataclass":
            kept = [source.segment(word.value) for word in decorator.keywords if word.arg == "frozen"]
            source.replace(decorator, f"dataclass(frozen={kept[0]})" if kept else "dataclass")


def _native(source: _Source, node: ast.ClassDef) -> None:
    """A struct as a class with ``__init__``, and with comparison where it compares by value; methods stay."""
    said = {word.arg: source.segment(word.value) for word in node.keywords}
    unknown = said.keys() - {"eq", "frozen", "gc"}
    if unknown or node.decorator_list:
        raise RewritingError(
            f"{source.module}, line {node.lineno}: a native class cannot be {sorted(map(str, unknown))}"
        )
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
    names = [source.segment(one.target) for one in fields]
    fresh = {source.segment(one.target): _fresh(source, one.value) for one in fields}
    given = [
        f"{name}: {source.segment(one.annotation)}"
        + (" | None = None" if fresh[name] else f" = {source.segment(one.value)}" if one.value else "")
        for name, one in zip(names, fields, strict=True)
    ]
    sets = "; ".join(
        f"self.{name} = " + (f"{fresh[name]} if {name} is None else {name}" if fresh[name] else name)
        for name in names
    )
    lines = [
        *(
            [_HOUSE, "@_mypyc_attr(acyclic=True)"]
            if said.items() >= {("gc", "False"), ("eq", "False")}
            else []
        ),
        f"class {node.name}:",
        "    "
        + "; ".join(
            f"{name}: {source.segment(one.annotation)}" for name, one in zip(names, fields, strict=True)
        ),
        f"    def __init__(self, {', '.join(given)}) -> None: {sets}",
        f"    def _copied(self) -> {node.name}: return {node.name}({', '.join(f'self.{name}' for name in names)})",
    ]
    if said.get("eq") != "False":
        same = " and ".join(f"self.{name} == other.{name}" for name in names)
        lines.append(
            f"    def __eq__(self, other: object) -> bool: return isinstance(other, {node.name}) and {same}"
        )
        if said.get("frozen") == "True":
            whole = ", ".join(f"self.{name}" for name in names)
            lines.append(f"    def __hash__(self) -> int: return hash(({whole},))")
    methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    firsts = [min([one.lineno, *(each.lineno for each in one.decorator_list)]) for one in methods]
    source.replace_lines(node.lineno, min([(node.end_lineno or 0) + 1, *firsts]) - 1, lines)


def _fresh(source: _Source, value: ast.expr | None) -> str:
    """What makes a default anew for every record (``[]``); empty for what all can share."""
    if isinstance(value, ast.List | ast.Dict | ast.Set):
        return source.segment(value)
    if isinstance(value, ast.Call):
        made = [source.segment(word.value) for word in value.keywords if word.arg == "default_factory"]
        return f"{made[0]}()" if made else ""
    return ""


def _moved(source: _Source, classes: list[ast.ClassDef]) -> str:
    """A module with structs as they were, what they import, and the values that their defaults name."""
    needed = {
        name.id
        for node in classes
        for one in node.body
        if isinstance(one, ast.AnnAssign) and one.value is not None
        for name in ast.walk(one.value)
        if isinstance(name, ast.Name)
    }
    parts = []
    for one in source.tree.body:
        assigned = one.targets[0] if isinstance(one, ast.Assign) else getattr(one, "target", None)
        taken = isinstance(assigned, ast.Name) and assigned.id in needed
        if isinstance(one, ast.Import | ast.ImportFrom) or taken or one in classes:
            parts.append(source.segment(one))
    parts.insert(0, f'"""The structs of ``{source.module}``, which mypyc cannot compile."""')
    return "\n".join(parts) + "\n"
