"""Ask the service for whatever its own description allows, and for what it does not: no 5xx, nothing undescribed.

    python tests/web/schema_run.py [--examples N] [--seed N]      a long run over a ledger of its own

The test suite does a short one with the same function.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as described

CHECKS = (
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_headers_conformance,
    described.response_schema_conformance,
)
LEFT_OUT = ("/api/v1/changes", "/api/v1/session", "/api/v1/sessions", "/api/v1/exports/{form}")
"""A stream that does not end; what would sign out who asks; files of other formats than JSON."""
SLOW = (
    "/api/v1/accounts",
    "/api/v1/accounts/files",
    "/api/v1/place-moves",
    "/api/v1/place-merges",
    "/api/v1/place-splits",
)
"""Each request starts a process."""


def run(base: str, headers: dict[str, str], examples: int, number: int = 1) -> tuple[int, list[str]]:
    """How many requests were made, and what was wrong."""
    import json
    import urllib.request

    with urllib.request.urlopen(f"{base}/api/v1/openapi.json", timeout=20) as answer:  # noqa: S310 - our own service
        description = json.load(answer)
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=base)
    seen: list[str] = []
    wrong: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in LEFT_OUT:
            continue
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            try:
                cases = operation.as_strategy(generation_mode=mode)
            except Exception:  # noqa: BLE001, S112 - nothing about it can be wrong
                continue

            def ask(case):
                response = case.call(headers=headers, timeout=60)
                seen.append(case.operation.path)
                try:
                    case.validate_response(response, checks=list(CHECKS))
                except Exception as error:  # noqa: BLE001 - told below, with the address
                    wrong.append(
                        f"{case.operation.method.upper()} {case.operation.path}: {str(error)[:1500]}"
                    )

            test = settings(
                max_examples=min(examples, 3) if operation.path in SLOW else examples, database=None, deadline=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(seed(number)(given(case=cases)(ask)))  # fmt: skip
            try:
                test()
            except Exception as error:  # noqa: BLE001 - "nothing to generate" for an address without parameters
                if "Unsatisfiable" not in type(error).__name__ and "negative" not in str(error).lower():
                    wrong.append(
                        f"{operation.method.upper()} {operation.path}: {type(error).__name__} {error}"
                    )
    return len(seen), wrong


def main() -> int:
    """A long run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from frontledger import pipeline
    from web.conftest import ACCOUNT, OTHER
    from web.running import house

    folder = Path(tempfile.mkdtemp())
    try:
        for name, text in (("first", ACCOUNT), ("second", OTHER)):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        pipeline.run([folder / "first.txt", folder / "second.txt"], folder / "war.gpkg", "en")
        with house(folder / "war.gpkg") as running:
            token = running.enter().post("/api/v1/tokens", {"label": "schema"}).json()["token"]
            asked, wrong = run(
                f"http://127.0.0.1:{running.port}",
                {"Authorization": f"Bearer {token}"},
                options.examples,
                options.seed,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for one in dict.fromkeys(wrong):
        print(one, end="\n\n")
    print(f"{asked} requests, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
