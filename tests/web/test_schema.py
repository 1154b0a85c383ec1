"""The service does what its description says, whatever is asked."""

from __future__ import annotations

import pytest

pytest.importorskip("schemathesis")


@pytest.mark.filterwarnings("default")  # those of schemathesis and its friends are theirs
def test_nothing_undescribed_and_no_fault(alone):
    from .schema_run import run

    token = alone.enter().post("/api/v1/tokens", {"label": "schema"}).json()["token"]
    asked, wrong = run(f"http://127.0.0.1:{alone.port}", {"Authorization": f"Bearer {token}"}, 4)
    assert asked > 100
    assert wrong == []


def test_the_description_is_openapi_3_1_of_the_model(alone):
    described = alone.stranger().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    schemas = described["components"]["schemas"]
    from frontledger.model import Event, Finding, Holding, Place

    for record in (Event, Finding, Holding, Place):
        (known,) = [
            one
            for name, one in schemas.items()
            if name.rpartition("_")[2] == record.__name__ or name == record.__name__
        ]
        assert set(known["properties"]) == set(record.__struct_fields__)
