"""Where exports are tested there is a page, built or stood in for."""

from __future__ import annotations

import pytest

from frontledger import cli
from frontledger.errors import ExportError
from frontledger.exports import formats
from frontledger.exports.report import page

from . import campaign


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
