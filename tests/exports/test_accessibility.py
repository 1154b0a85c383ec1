"""What axe-core (Deque's checker, from npm) says of the page: no serious and no critical fault, in any view."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ("map", "chart", "account", "events", "findings", "places")
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map(one => ({
    rule: one.id, impact: one.impact, help: one.help, where: one.nodes.slice(0, 3).map(node => node.html.slice(0, 500)),
  }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_serious_fault(show, example, scheme, width):
    if not AXE.exists():
        pytest.skip("axe-core is not there: `make web` with npm reachable fetches it")
    shown = show(
        example[1], color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    faults = []
    for view in VIEWS:
        shown.go(f"#day=1919-06-08&tab={view}&event=eszaki-hadjarat-1919%3Ae19")
        shown.page.evaluate(AXE.read_text(encoding="utf-8"))
        faults += [
            (view, fault) for fault in shown.page.evaluate(RUN) if fault["impact"] in {"serious", "critical"}
        ]
    assert faults == []
