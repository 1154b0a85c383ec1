"""What a headline tells, and when."""

from .opening import code, objects

DISPATCH = """Visszafoglalta Karvolt az etióp hadsereg

Derin, 2021. december 1. – A kormányerők 2021. november 28-án bevonultak Karvolba, közölte a szóvivő."""


def test_a_headline_takes_the_date_of_what_it_announces():
    first, *_ = code("hu", DISPATCH)
    assert (first.kind, objects(first), first.again) == ("capture", ["Karvol"], True)
    assert first.sentence.start == 0


def test_a_title_without_a_verb_announces_nothing():
    text = "The fall of the city of Karvol\n\nOn 3 May 2016 the rebels captured Derin. The army left."
    assert [objects(event) for event in code("en", text) if event.kind == "capture"] == [["Derin"]]
