"""Every test has the same gazetteer index, built once in the folder of pytest's own cache, and no list of the user's."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    os.environ["FRONTLEDGER_CACHE"] = str(ROOT / ".pytest_cache" / "frontledger")
    os.environ["FRONTLEDGER_DATA"] = str(ROOT / ".pytest_cache" / "no-data")
    os.environ.pop("FRONTLEDGER_RESOLVER", None)  # nothing is ever asked
    settings.register_profile("here", deadline=None)  # how long an example takes says more of the machine
    settings.load_profile("here")


@pytest.fixture(scope="session", autouse=True)
def gazetteer_index():
    """Built before anything is measured: the first run on a machine takes some seconds."""
    from frontledger.places.gazetteers.index import open_index

    index = open_index()
    for country in ("SY", "UA", "HU"):
        index.slice(country)
    index.close()


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once for all tests that need one; they are skipped where there is none."""
    from exports.browser import FLAGS, found_browser

    path = found_browser()
    if path is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("Playwright for Python is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()
