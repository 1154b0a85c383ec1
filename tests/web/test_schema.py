"""The service does what its description says, whatever is asked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from frontledger.web.app import Service, handlers
from frontledger.web.settings import Settings

from .running import house

pytest.importorskip("schemathesis")

UNDESCRIBED = {
    "/", "/join", "/assets/{name:str}", "/enter",  # for browsers: test_what_is_for_browsers_has_no_fault_either
    "/api/v1/openapi.json",  # the description itself: test_the_description_is_openapi_3_1_of_the_model
    "/api/v1/exports/{form:str}",  # no format: test_what_is_for_browsers_has_no_fault_either
}  # fmt: skip


@pytest.mark.filterwarnings("default")  # those of schemathesis and its friends are theirs
@pytest.mark.parametrize("kind", ["alone", "team"])
def test_nothing_undescribed_and_no_fault(path, kind):
    from . import schema_run

    with getattr(schema_run, kind)(path, house) as somebody:
        told = schema_run.run(somebody, 3)
    assert told.wrong == []
    assert told.count > 200
    assert {f"DELETE {one}" for one in schema_run.LEAVING} | {f"GET {schema_run.STREAM}"} <= told.asked.keys()
    assert sum("/exports/" in one for one in told.asked) > 10
    assert told.answered[200] > 50  # ids that are there are among what is asked for


def test_what_the_description_leaves_out():
    """Every address is described but these, and these are tested by themselves."""
    made = Service(Settings(ledger="none.gpkg"))
    described = made.litestar.openapi_schema.to_schema()["paths"]
    plain = {route.replace(":str}", "}").replace(":int}", "}"): route for route, _ in handlers(made.litestar)}
    assert {route for name, route in plain.items() if name not in described} == UNDESCRIBED


def test_what_is_for_browsers_has_no_fault_either(alone):
    stranger, ann = alone.stranger(), alone.enter()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @example("/", "/assets/{}")
    @given(st.text(max_size=250), st.sampled_from(["/assets/{}", "/enter?token={}", "/join?{}", "/?{}"]))
    def visit(text, address):
        from urllib.parse import quote

        got = stranger.get(address.format(quote(text, safe="")))
        assert got.status in (200, 400, 403, 404), (got.status, got.body)
        assert got.type == ("text/html" if got.status in (200, 403) else "application/problem+json")
        other = ann.get("/api/v1/exports/" + quote(text or "none", safe=""))
        listed = (
            [(200, "application/json")] if text and not text.strip("/") else []
        )  # slashes alone ask for the list
        assert (other.status, other.type) in [
            (404, "application/problem+json"),
            (400, "application/problem+json"),
            *listed,
        ]

    visit()


def test_each_export_says_what_it_sends(alone):
    paths = alone.stranger().get("/api/v1/openapi.json").json()["paths"]
    for one in alone.enter().get("/api/v1/exports").json():
        described = paths[f"/api/v1/exports/{one['name']}"]["get"]
        assert list(described["responses"]["200"]["content"]) == [one["media_type"]]
        asked = [parameter["name"] for parameter in described.get("parameters", ())]
        assert asked == (["table"] if one["tables"] else [])


def test_the_description_is_openapi_3_1_of_the_model(alone):
    described = alone.stranger().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    schemas = described["components"]["schemas"]
    from frontledger.model import Event, Finding, Holding, Place

    for record in (Event, Finding, Holding, Place):
        alike = [
            set(one.get("properties", ()))
            for name, one in schemas.items()
            if name == record.__name__ or name.endswith(f"_{record.__name__}")
        ]
        assert set(record.__struct_fields__) in alike, record
