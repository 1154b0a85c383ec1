"""Pictures of the report and of the service for the README, of the example account, in `docs/pictures/`.

    python scripts/screenshots.py [--browser PATH]

Needs Chromium (`apt-get install chromium`).  Each view in light and in dark.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from frontledger import pipeline

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TITLE = "Északi hadjárat, 1919"
ACCOUNT = "eszaki-hadjarat-1919"


class View(NamedTuple):
    """A picture: the part of the address behind the file's name, the window, and the element that is shown (all: the
    window).
    """

    fragment: str
    size: tuple[int, int] = (1280, 800)
    element: str | None = None


VIEWS = {
    "map": View("#day=1919-06-08"),
    "chart": View("#day=1919-06-08", (1280, 1500), "#panel-chart"),
    "findings": View("#day=1919-06-08&tab=findings", (1280, 900), "#panel-findings"),
    "text": View(f"#event={ACCOUNT}%3Ae19&tab=account", (1280, 1100), "#panel-account"),
}


def draw(browser: Browser, report: Path) -> None:
    """Every view in both schemes."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", locale="en-GB")
        page = context.new_page()
        for name, view in VIEWS.items():
            page.set_viewport_size({"width": view.size[0], "height": view.size[1]})
            page.goto("about:blank")
            page.goto(f"{report.as_uri()}{view.fragment}")
            page.locator("html[data-ready=true]").wait_for(state="attached")
            page.wait_for_timeout(300)  # what moves into view has arrived
            picture = PICTURES / f"report-{name}-{scheme}.png"
            (page.locator(view.element) if view.element else page).screenshot(path=picture)
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
        context.close()


def review(browser: Browser, address: str) -> None:
    """The service: some events judged, the next one being corrected."""
    context = browser.new_context(
        reduced_motion="reduce", locale="en-GB", viewport={"width": 1280, "height": 860}
    )
    page = context.new_page()
    page.goto(address)
    page.locator("html[data-ready=true]").wait_for(state="attached")
    for key in ("j", *"aaaaa"):
        page.keyboard.press(key)
        page.locator("[data-testid=verdict][data-version]").wait_for()
        page.wait_for_timeout(500)
    page.locator(".toasts").evaluate("lines => lines.replaceChildren()")
    for name, keys in (("review", ""), ("correct", "c")):
        for key in keys:
            page.keyboard.press(key)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(400)
            picture = PICTURES / f"service-{name}-{scheme}.png"
            page.screenshot(path=picture)
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
    context.close()


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of a service of a ledger that lets one browser in."""
    verb = [str(Path(sys.executable).with_name("frontledger")), "serve", str(ledger)]
    command = [*verb, "--port", "0", "--no-browser", "--by", "Ann"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        lines = running.stdout or ()
        yield next((line.strip() for line in lines if line.startswith("http")), "about:blank")
    finally:
        running.terminate()
        running.wait(20)


def main() -> int:
    """Make a ledger of the example, its report, and the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome"))
    given = parser.parse_args()
    if given.browser is None:
        print("no Chromium on this machine (apt-get install chromium)", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pipeline.run([ROOT / "examples" / f"{ACCOUNT}.txt"], folder / "front.gpkg")
        report = folder / "front.html"
        pipeline.report(folder / "front.gpkg", report, title=TITLE)
        browser = playwright.chromium.launch(
            executable_path=given.browser, args=["--no-sandbox", "--disable-gpu"]
        )
        draw(browser, report)
        with served(folder / "front.gpkg") as address:
            review(browser, address)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
