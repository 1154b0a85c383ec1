"""JSON-LD, read back with rdflib, which fetches nothing here."""

import json

import pytest
import rdflib
from rdflib import PROV, RDF, RDFS, URIRef

from frontledger.ledger.storage import Ledger

FL = rdflib.Namespace("urn:frontledger:vocabulary:")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")


@pytest.fixture
def graph(war, written, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("asked the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    return rdflib.Graph().parse(written(war, "jsonld")[0], format="json-ld")


def event(name):
    return URIRef(f"urn:frontledger:event:{name}")


def test_events_derive_from_accounts_and_what_they_cite(graph, war):
    with Ledger.open(war) as ledger:
        events = {event(one.id) for one in ledger.events}
    assert set(graph.subjects(RDF.type, FL.Event)) == events
    account = URIRef("urn:frontledger:account:war")
    assert (account, RDF.type, PROV.Entity) in graph
    assert all((one, PROV.wasDerivedFrom, account) in graph for one in events)
    cited = set(graph.objects(event("war:e1"), PROV.wasDerivedFrom)) - {account}
    (work,) = cited
    assert "Army takes = Mahin" in str(graph.value(work, rdflib.DCTERMS.title))


def test_reviews_are_activities_of_people(graph):
    reviews = set(graph.subjects(RDF.type, FL.Review))
    assert len(reviews) == 3
    for review in reviews:
        assert (review, RDF.type, PROV.Activity) in graph
        agent = graph.value(review, PROV.wasAssociatedWith)
        assert (agent, RDF.type, PROV.Person) in graph
        assert graph.value(review, PROV.endedAtTime).toPython().year >= 2024
    used = {graph.value(one, PROV.used): str(graph.value(one, FL.verdict)) for one in reviews}
    assert used == {event("war:e1"): "accepted", event("war:e2"): "rejected", event("war:e3"): "disputed"}
    names = {str(graph.value(one, RDFS.label)) for one in graph.subjects(RDF.type, PROV.Person)}
    assert names == {"Ann Reader", "Béla <b>"}


def test_holdings_derive_from_events(graph, war):
    with Ledger.open(war) as ledger:
        holdings = ledger.holdings
    found = set(graph.subjects(RDF.type, FL.Holding))
    assert len(found) == len(holdings)
    evidence = {(one, name) for one in found for name in graph.objects(one, PROV.wasDerivedFrom)}
    assert len(evidence) == sum(len(one.evidence) for one in holdings)
    assert {name for _, name in evidence} <= set(graph.subjects(RDF.type, FL.Event))


def test_dates_are_edtf_and_claims_are_marked(graph):
    date = graph.value(event("war:e3"), rdflib.DCTERMS.temporal)
    assert (str(date), date.datatype) == ("2015-11-08/2015-11-12", EDTF)
    status = {
        str(one).rpartition(":")[2]: str(graph.value(one, FL.status))
        for one in graph.subjects(RDF.type, FL.Event)
    }
    assert (status["e1"], status["e2"], status["e4"], status["e5"]) == (
        "stated",
        "rejected",
        "reported",
        "denied",
    )


def test_the_context_is_embedded(war, written):
    made = json.loads(written(war, "jsonld")[0].read_text(encoding="utf-8"))
    assert isinstance(made["@context"], dict)


@pytest.mark.parametrize("name", ["hostile", "ancient", "empty"])
def test_odd_ledgers_make_a_graph(name, request, written):
    graph = rdflib.Graph().parse(written(request.getfixturevalue(name), "jsonld")[0], format="json-ld")
    assert len(set(graph.subjects(RDF.type, FL.Event))) == {"hostile": 3, "ancient": 2, "empty": 0}[name]
