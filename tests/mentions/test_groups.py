"""Phrases: places with class, case, extent and pieces; lists; landmarks; actors."""

import pytest

from .opening import phrase, phrases, places


@pytest.mark.parametrize(
    ("lang", "text", "words", "name", "kind"),
    [
        ("hu", "A hadsereg bevette Knin városát.", "Knin városát", "Knin", "city"),
        ("hu", "A felkelők elhagyták Zsepa falut.", "Zsepa falut", "Zsepa", "village"),
        ("hu", "A sereg elérte a Treszka-hegyet.", "Treszka-hegyet", "Treszka-hegy", "hill"),
        (
            "hu",
            "A csapatok elfoglalták Bihács repülőterét.",
            "Bihács repülőterét",
            "Bihács repülőtere",
            "airport",
        ),
        ("hu", "Temesvár várát ostromolták.", "Temesvár várát", "Temesvár vára", "castle"),
        ("en", "The army took the city of Knin.", "city of Knin", "Knin", "city"),
        ("en", "The army took Zepa village.", "Zepa village", "Zepa", "village"),
        ("en", "Troops seized Udbina airport.", "Udbina airport", "Udbina airport", "airport"),
    ],
)
def test_class_nouns_give_a_type_or_a_place_of_their_own(lang, text, words, name, kind):
    found = phrase(lang, text, words)
    assert (found.kind, found.name, found.type) == ("place", name, kind)


@pytest.mark.parametrize(
    ("lang", "text", "names", "kind", "case"),
    [
        ("hu", "A hadsereg elfoglalta Knin, Drnis és Benkovac falvakat.", ["Knin", "Drnis", "Benkovac"], "village", "acc"),
        ("hu", "Treszka, Plisa és Velez csúcsait bevették.", ["Treszka", "Plisa", "Velez"], "peak", "acc"),
        ("hu", "A sereg Knin és Drnis városokból vonult ki.", ["Knin", "Drnis"], "city", "ela"),
        ("hu", "A sereg Szolnok, Cegléd és Vác mellett harcolt.", ["Szolnok", "Cegléd", "Vác"], None, "nom"),
        ("en", "The army captured the villages of Knin, Drnis and Benkovac.", ["Knin", "Drnis", "Benkovac"], "village", None),
        ("en", "Argun and Shali were lost.", ["Argun", "Shali"], None, None),
    ],
)  # fmt: skip
def test_lists_share_their_head(lang, text, names, kind, case):
    found = places(lang, text)
    assert [group.name for group in found] == names
    assert {group.type for group in found} == {kind}
    if case:
        assert {group.case for group in found} == {case}


def test_a_list_hangs_on_its_last_member():
    first, second, third = places("hu", "Zsepa, Knin és Drnis falvakat elfoglalták.")
    assert first.head is third
    assert second.head is third
    assert third.head is None


@pytest.mark.parametrize(
    ("lang", "text", "words", "name", "extent"),
    [
        ("hu", "A felkelők elfoglalták Bihács keleti felét.", "Bihács keleti felét", "Bihács", "partial"),
        ("hu", "A felkelők elfoglalták Bihács nagy részét.", "Bihács nagy részét", "Bihács", "partial"),
        ("hu", "A felkelők elfoglalták Bihács déli negyedeit.", "Bihács déli negyedeit", "Bihács", "partial"),
        ("hu", "A felkelők elfoglalták Bihács egész területét.", "Bihács egész területét", "Bihács", "full"),
        ("en", "The rebels captured the eastern half of Argun.", "eastern half of Argun", "Argun", "partial"),
        ("en", "The rebels captured most of Argun.", "most of Argun", "Argun", "partial"),
        ("en", "The rebels took parts of Argun.", "parts of Argun", "Argun", "partial"),
        (
            "en",
            "The rebels took the southern districts of Argun.",
            "southern districts of Argun",
            "Argun",
            "partial",
        ),
    ],
)
def test_halves_and_districts_are_shares_of_the_place(lang, text, words, name, extent):
    found = phrase(lang, text, words)
    assert (found.name, found.extent) == (name, extent)


def test_a_numbered_district_is_a_place_in_a_place():
    found = phrase("hu", "A hadsereg bevette Groznij 3. kerületét.", "Groznij 3. kerületét")
    assert (found.name, found.type, found.part_of, found.extent) == (
        "Groznij 3. kerülete",
        "district",
        "Groznij",
        "full",
    )


@pytest.mark.parametrize(
    ("lang", "text", "words", "count", "kind"),
    [
        ("hu", "A sereg három hegyet foglalt el.", "három hegyet", 3, "hill"),
        ("hu", "A sereg további két falut foglalt el.", "további két falut", 2, "village"),
        ("hu", "A sereg 12 falut foglalt el.", "12 falut", 12, "village"),
        ("hu", "A sereg több falut foglalt el.", "több falut", None, "village"),
        ("en", "The army captured two hills.", "two hills", 2, "hill"),
        ("en", "The army captured 12 villages.", "12 villages", 12, "village"),
        ("en", "The army captured several villages.", "several villages", None, "village"),
    ],
)
def test_unnamed_objects_are_kept_with_their_count(lang, text, words, count, kind):
    found = phrase(lang, text, words)
    assert (found.kind, found.name, found.count, found.type) == ("unnamed", None, count, kind)


@pytest.mark.parametrize(
    ("lang", "text", "name", "ends", "kind"),
    [
        (
            "hu",
            "A lovasság elvágta a Knin és Drnis közötti utat.",
            "Knin–Drnis út",
            ("Knin", "Drnis"),
            "road",
        ),
        (
            "en",
            "The cavalry cut the road between Knin and Drnis.",
            "Knin–Drnis road",
            ("Knin", "Drnis"),
            "road",
        ),
    ],
)
def test_lines_are_named_by_their_ends(lang, text, name, ends, kind):
    [found] = places(lang, text)
    assert (found.name, found.anchors, found.type, found.generic) == (name, ends, kind, True)


@pytest.mark.parametrize(
    ("text", "object_name", "near"),
    [
        ("A felkelők bevették a Kninből délre fekvő Drnist.", "Drnist", ["Knin"]),
        ("A sereg elfoglalta a Knintől északra fekvő Benkovacot.", "Benkovacot", ["Knin"]),
        ("A hadsereg kiürítette a Bihács melletti Zsepa falut.", "Zsepa", ["Bihács"]),
    ],
)
def test_what_only_locates_is_no_object(text, object_name, near):
    found = places("hu", text)
    assert [group.name for group in found] == [object_name]
    assert sorted(group.name for group in found[0].near) == near


def test_the_description_of_a_name_gives_it_its_class():
    found = phrases("hu", "A hadsereg bevette a völgy legnagyobb faluját, Zsepa falut.")
    assert [(group.text, group.modifier) for group in found if group.kind != "actor"][-1] == (
        "Zsepa falut",
        False,
    )
    english = places("en", "The army captured Argun, a town near Shali.")
    assert [(group.name, group.type) for group in english] == [("Argun", "town"), ("Shali", None)]


def test_adjectives_of_a_name_make_places_of_their_own():
    found = phrase("hu", "Bihács állt még, de a bihácsi híd elesett.", "bihácsi híd")
    assert (found.name, found.anchors, found.generic, found.type) == (
        "bihácsi híd",
        ("Bihács",),
        True,
        "bridge",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A felkelők Bihács közelében harcoltak.", "Bihács közelében"),
        ("A lovasok Bihács környékére vonultak.", "Bihács környékére"),
    ],
)
def test_surroundings_are_marked(text, words):
    found = phrase("hu", text, words)
    assert found.vicinity
    assert found.name == "Bihács"


@pytest.mark.parametrize(
    ("lang", "text", "words", "expected"),
    [
        ("hu", "A szír hadsereg támadott.", "szír hadsereg", {"nation": "syria", "role": "state"}),
        ("hu", "Az orosz gyalogság visszavonult.", "orosz gyalogság", {"nation": "russia"}),
        ("hu", "A kormányerők támadtak.", "kormányerők", {"role": "state", "num": "pl"}),
        ("hu", "A felkelőket kiűzték.", "felkelőket", {"role": "rebel", "case": "acc", "num": "pl"}),
        ("hu", "A 7. hadosztály elérte a folyót.", "7. hadosztály", {"nation": ""}),
        ("hu", "Az ISIL-t kiszorították.", "ISIL-t", {"org": "isil", "case": "acc"}),
        ("hu", "Az oroszok Groznijig jutottak.", "oroszok", {"nation": "russia", "num": "pl"}),
        ("en", "The Swedish army advanced.", "Swedish army", {"nation": "sweden", "role": "state"}),
        ("en", "The rebels fled.", "rebels", {"role": "rebel", "num": "pl"}),
        ("en", "ISIL attacked the base.", "ISIL", {"org": "isil"}),
        ("en", "The French cavalry charged.", "French cavalry", {"nation": "france"}),
    ],
)
def test_actors_say_what_they_are(lang, text, words, expected):
    found = phrase(lang, text, words)
    assert found.kind == "actor"
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("lang", "text", "leader"),
    [
        ("hu", "Tegnap Görgei Artúr tábornok elhagyta Vácot.", "Görgei Artúr"),
        ("en", "General Ulysses Grant took Vicksburg.", "Ulysses Grant"),
    ],
)
def test_leaders_are_named(lang, text, leader):
    [found] = [group for group in phrases(lang, text) if group.kind == "actor"]
    assert found.leader == leader


@pytest.mark.parametrize("text", ["A török partok nyugodtak.", "Az orosz sajtó hallgatott."])
def test_a_nationality_before_another_noun_is_no_actor(text):
    assert [group for group in phrases("hu", text) if group.kind == "actor"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A felkelők visszaverték az ISIL támadását.", "ISIL"),
        ("A sereg elfoglalta Knin repülőterét a horvátok segítségével.", "horvátok"),
    ],
)
def test_owners_are_no_subjects(text, words):
    assert phrase("hu", text, words).case == "owner"


def test_offsets_lead_back_to_the_words():
    text = "Tegnap a hadsereg elfoglalta Bihács, Knin és Drnis falvakat."
    for group in phrases("hu", text):
        assert text[group.start : group.end] == group.text
