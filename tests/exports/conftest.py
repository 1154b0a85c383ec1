"""Where exports are tested there is a page, built or stood in for."""

from __future__ import annotations

import pytest

from frontledger import cli
from frontledger.errors import ExportError
from frontledger.exports.report import page


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
