"""What the documentation shows is what the program does."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def generate_docs():
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_command_reference_is_fresh(generate_docs):
    """The golden test of the command line: verbs, arguments, options, help."""
    stored = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert stored == generate_docs.command_reference(), "run `just docs` and read the difference"


def test_tables_of_a_corpus_are_fresh(generate_docs):
    stored = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    assert "| `place_names` | list<string> |" in stored
    assert stored == generate_docs.corpus_reference(), "run `just docs` and read the difference"


def test_readme_examples_are_fresh(generate_docs):
    stored = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(generate_docs.EXAMPLE.findall(stored)) == 4
    assert stored == generate_docs.readme(), "run `just docs` and read the difference"


def test_records_are_described():
    """Every field of every record that programs read stands in docs/records.md."""
    from frontledger.model import Control, Event, EventDate, Finding, Place, PlaceRef

    told = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "records.md").read_text(encoding="utf-8")))
    for record in (Control, Event, EventDate, Finding, Place, PlaceRef):
        assert set(record.__struct_fields__) <= told, record.__name__


def test_keys_of_language_packs_are_described():
    """Every key that a linguist may write stands in docs/language-packs.md."""
    import msgspec

    from frontledger.languages import countrywords, relationwords, schema

    page = (ROOT / "docs" / "language-packs.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([^`]+)`", page))
    tables = [
        one
        for module in (schema, countrywords, relationwords)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, msgspec.Struct)
    ]
    keys = {(table.__name__, key) for table in tables for key in table.__struct_fields__}
    written = told | {word for one in told for word in re.findall(r"\w+", one)}
    assert sorted(key for key in keys if key[1] not in written) == []


def test_findings_are_fresh(generate_docs):
    stored = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert stored == generate_docs.findings_reference(), "run `just docs`"


def test_links_between_documents_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"


def test_python_example_of_the_readme_runs(tmp_path, monkeypatch):
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[
        1
    ]
    account = next((ROOT / "examples").glob("*.txt"))
    (tmp_path / "account.txt").write_bytes(account.read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert (tmp_path / "front.gpkg").exists()


def test_citation_file_names_the_version():
    from frontledger import __version__

    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_lock_file_names_no_machine():
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", lock))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert not re.search(r'(?:url|path|registry) = "(?:file:|/)', lock)
