"""Where exports are tested there is a page, built or stood in for, and a browser to open it in.

Nothing is downloaded; where there is no browser, no Playwright or no built page, what needs them is skipped and says why.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from frontledger import cli, pipeline
from frontledger.errors import ExportError
from frontledger.exports import formats
from frontledger.exports.report import page

from . import campaign
from .browser import Opened, reported

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def call(capsys):
    """Run a verb: exit code, standard output, standard error."""

    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def built():
    """Skips where the package was built without its page."""
    try:
        page.asset("report.js")
    except ExportError as error:
        pytest.skip(str(error))


@pytest.fixture
def show(browser, built):
    """Open a report; what it complains about fails the test, and so does any request but the one for the file."""
    del built
    opened = []

    def open_(path, fragment="", **options):
        opened.append(Opened(browser, path, fragment, **options))
        return opened[-1]

    yield open_
    for one in opened:
        requests = [url for url in one.requests if not url.startswith(("data:", "blob:"))]
        complaints = one.complaints
        one.close()
        assert [url.partition("#")[0] for url in requests] == [one.address]
        assert complaints == []


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example account's ledger and its report."""
    folder = tmp_path_factory.mktemp("example")
    account = next((ROOT / "examples").glob("*.txt"))
    pipeline.run([account], folder / "front.gpkg")
    return folder / "front.gpkg", reported(folder / "front.gpkg", folder / "front.html")


@pytest.fixture(scope="session")
def war(tmp_path_factory):
    """The small war as a ledger; nobody changes it."""
    return campaign.war(tmp_path_factory.mktemp("war"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A ledger whose every name and text is hostile."""
    return campaign.hostile(tmp_path_factory.mktemp("hostile") / "hostile.gpkg")


@pytest.fixture(scope="session")
def ancient(tmp_path_factory):
    """A ledger of days before the year 1."""
    return campaign.ancient(tmp_path_factory.mktemp("ancient") / "ancient.gpkg")


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A ledger without anything."""
    return campaign.empty(tmp_path_factory.mktemp("empty") / "empty.gpkg")


@pytest.fixture
def written(tmp_path):
    """Write a ledger in a format: the file, and what could not be said."""

    def run(ledger, form, **options):
        output = tmp_path / f"{form}.out"
        return output, formats.export(ledger, form, output, force=True, **options)

    return run
