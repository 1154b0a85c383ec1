"""Which phrase plays which role: by case, by position and preposition."""

import pytest

from .opening import code, facts, objects, roles


def only(lang: str, text: str, *kinds: str):
    found = facts(code(lang, text), *(kinds or ("capture", "withdrawal", "handover", "hold")))
    assert len(found) == 1, [(one.rule, objects(one)) for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "actor", "places"),
    [
        ("hu", "Az oroszok elfoglalták Gorlice városát.", "russia", ["Gorlice"]),
        ("hu", "Gorlice városát az oroszok foglalták el.", "russia", ["Gorlice"]),
        ("hu", "Gorlice az oroszok kezére került.", "russia", ["Gorlice"]),
        ("hu", "Gorlice orosz kézre jutott.", "russia", ["Gorlice"]),
        ("hu", "Az oroszok az ellenőrzésük alá vonták Gorlice városát.", "russia", ["Gorlice"]),
        ("hu", "Az oroszok megszerezték az ellenőrzést Gorlice felett.", "russia", ["Gorlice"]),
        ("hu", "Gorlice városát elfoglalták az oroszok és a románok.", "russia", ["Gorlice"]),
        ("hu", "Az oroszok által elfoglalt Gorlice városában tűz ütött ki.", "russia", ["Gorlice"]),
        ("en", "The Russians captured Gorlice.", "russia", ["Gorlice"]),
        ("en", "Gorlice was captured by the Russians.", "russia", ["Gorlice"]),
        ("en", "Gorlice fell to the Russians.", "russia", ["Gorlice"]),
        ("en", "The Russians drove the rebels out of Gorlice.", "russia", ["Gorlice"]),
        ("en", "The rebels were driven out of Gorlice by the Russians.", "russia", ["Gorlice"]),
        ("en", "The capture of Gorlice by the Russians came on 3 May 1915.", "russia", ["Gorlice"]),
    ],
)
def test_who_took_what(lang, text, actor, places):
    one = only(lang, text, "capture")
    assert one.actor.id == actor
    assert objects(one) == places


@pytest.mark.parametrize(
    ("lang", "text", "kind", "actor", "against"),
    [
        ("hu", "A szerbek átadták Eszék városát a horvátoknak.", "handover", "croatia", "serbia"),
        ("hu", "A horvátok átvették Eszék városát a szerbektől.", "handover", "croatia", "serbia"),
        ("hu", "A horvátok kiűzték a szerbeket Eszék városából.", "capture", "croatia", "serbia"),
        ("en", "The Serbs handed over Osijek to the Croats.", "handover", "croatia", "serbia"),
        ("en", "The Serbs lost Osijek to the Croats.", "capture", "croatia", "serbia"),
        ("en", "The Croats drove the Serbs out of Osijek.", "capture", "croatia", "serbia"),
    ],
)
def test_gainer_and_loser(lang, text, kind, actor, against):
    one = only(lang, text, kind)
    assert (one.actor.id, one.against.id) == (actor, against)


@pytest.mark.parametrize(
    ("lang", "text", "actor", "place"),
    [
        ("hu", "A szerbek kivonultak Eszék városából.", "serbia", "Eszék"),
        ("hu", "A szerbek feladták Eszék városát.", "serbia", "Eszék"),
        ("hu", "Eszék városát a szerbek kiürítették.", "serbia", "Eszék"),
        ("hu", "Szerbia kivonta csapatait Eszék városából.", "serbia", "Eszék"),
        ("en", "The Serbs withdrew from Osijek.", "serbia", "Osijek"),
        ("en", "The Serbs abandoned Osijek.", "serbia", "Osijek"),
        ("en", "Osijek was evacuated by the Serbs.", "serbia", "Osijek"),
    ],
)
def test_who_left(lang, text, actor, place):
    one = only(lang, text, "withdrawal")
    assert one.actor.id == actor
    assert objects(one) == [place]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "hu",
            "A hadsereg Vukovár felől elfoglalta Zsepa falut.",
            {("object", "Zsepa"), ("source", "Vukovár")},
        ),
        (
            "hu",
            "A hadsereg Vukovár közelében elfoglalta Zsepa falut.",
            {("object", "Zsepa"), ("near", "Vukovár")},
        ),
        (
            "hu",
            "A csapatok kivonultak Zsepa faluból Vukovár felé.",
            {("object", "Zsepa"), ("direction", "Vukovár")},
        ),
        (
            "hu",
            "A Vukovártól délre fekvő Zsepa falut elfoglalták.",
            {("object", "Zsepa"), ("near", "Vukovár")},
        ),
        (
            "hu",
            "A hadsereg elfoglalta Zsepa falut Vukovár kivételével.",
            {("object", "Zsepa"), ("except", "Vukovár")},
        ),
        ("en", "The army captured Zepa near Vukovar.", {("object", "Zepa"), ("near", "Vukovar")}),
        (
            "en",
            "The army withdrew from Zepa towards Vukovar.",
            {("object", "Zepa"), ("direction", "Vukovar")},
        ),
        ("en", "The army captured Zepa, south of Vukovar.", {("object", "Zepa"), ("near", "Vukovar")}),
        (
            "en",
            "The army captured Zepa on the road to Vukovar.",
            {("object", "Zepa"), ("direction", "Vukovar")},
        ),
    ],
)
def test_places_that_only_locate_are_no_objects(lang, text, expected):
    assert roles(only(lang, text)) == expected


def test_a_district_is_part_of_its_town():
    one = only("hu", "A hadsereg elfoglalta Groznij 3. kerületét.")
    assert roles(one) == {("object", "Groznij 3. kerülete"), ("part-of", "Groznij")}
    district = next(place for place in one.places if place.role == "object")
    assert (district.part_of, district.type, district.extent) == ("Groznij", "district", "full")


@pytest.mark.parametrize(
    ("lang", "text", "count", "kind"),
    [
        ("hu", "A hadsereg további két hegyet foglalt el Vukovár közelében.", 2, "hill"),
        ("en", "The army captured two more hills near Vukovar.", 2, "hill"),
    ],
)
def test_unnamed_objects_are_kept(lang, text, count, kind):
    one = only(lang, text)
    [place] = [place for place in one.places if place.role == "object"]
    assert (place.name, place.count, place.type) == (None, count, kind)
    assert ("near", "Vukovár" if lang == "hu" else "Vukovar") in roles(one)


@pytest.mark.parametrize(
    ("lang", "text", "first", "second"),
    [
        (
            "hu",
            "Az oroszok elfoglalták Gorlice városát, majd megszállták Tarnów városát.",
            "Gorlice",
            "Tarnów",
        ),
        ("en", "The Russians captured Gorlice and then occupied Tarnow.", "Gorlice", "Tarnow"),
    ],
)
def test_a_dropped_subject_is_the_last_one(lang, text, first, second):
    found = facts(code(lang, text), "capture")
    assert [objects(one) for one in found] == [[first], [second]]
    assert [one.actor.id for one in found] == ["russia", "russia"]


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("hu", "A hadsereg elérte Eszék városát. A várost három nap múlva elfoglalta.", "Eszék"),
        ("en", "The army reached the town of Osijek. Three days later it captured the town.", "Osijek"),
    ],
)
def test_a_class_noun_refers_back(lang, text, place):
    one = only(lang, text, "capture")
    assert objects(one) == [place]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A lakosok elhagyták Eszék városát."),
        ("hu", "A katonák fegyvereket szereztek Eszék közelében."),
        ("hu", "Száz katona megadta magát."),
        ("en", "The residents left Osijek."),
        ("en", "Many weapons fell into rebel hands."),
        ("en", "A hundred soldiers surrendered near Osijek."),
    ],
)
def test_people_and_weapons_change_no_hands(lang, text):
    assert facts(code(lang, text), "capture", "withdrawal", "handover") == []


def test_offsets_are_the_words_of_the_account():
    text = "Tegnap a hadsereg az ellenőrzése alá vonta Zsepa falut, Vukovár közelében."
    one = only("hu", text)
    assert text[one.trigger.start : one.trigger.end] == one.trigger.text
    assert all(text[place.start : place.end] == place.text for place in one.places)
    assert text[one.sentence.start : one.sentence.end] == text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The army withdrew from Argun toward the east, including Gudermes.", ["Argun"]),
        ("The army captured three villages north of Shali, including Gudermes.", [None, "Gudermes"]),
        ("The army captured Argun, a strategic city railway junction in the north.", ["Argun"]),
        ("The army captured a mosque complex and a hill.", [None, None]),
        ("The army captured four villages, formally reentering Gudermes.", [None]),
        ("After Gudermes, Argun went over to the rebels.", ["Argun"]),
        ("On 3 May 1920 it was over. Fort Argun fell on 5 May 1920.", ["Fort Argun"]),
        (
            "In 1920 the army came close to Gudermes, and Argun and Shali came under its control.",
            ["Argun", "Shali"],
        ),
    ],
)
def test_what_an_event_is_about_and_what_only_stands_by(text, places):
    found = facts(code("en", text), "capture", "withdrawal", "handover")
    assert [place for one in found for place in objects(one)] == places


def test_quarters_in_a_list_are_places_of_their_own():
    [one] = facts(code("en", "In 2015 the army captured the suburbs of Argun and Gudermes."), "capture")
    assert [(place.name, place.type, place.extent) for place in one.places] == [
        ("Argun", "suburb", "full"),
        ("Gudermes", "suburb", "full"),
    ]
    [one] = facts(code("en", "In 2015 the army captured the suburbs of Argun."), "capture")
    assert [place.extent for place in one.places] == ["partial"]


@pytest.mark.parametrize(
    "text",
    [
        "The head of the Argun occupation authority spoke on 3 May 1920.",
        "The occupation government of Argun fled on 3 May 1920.",
        "The army held an emergency meeting with the elders of Argun.",
        "The captives were taken to a nearby militant base.",
        "The army drove the rebels six kilometres away from Argun.",
        "Many soldiers managed to retreat in 1920.",
    ],
)
def test_what_only_sounds_like_a_change_of_hands(text):
    assert facts(code("en", text), "capture", "withdrawal", "handover", "hold") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The army captured the Argun communications tower.", ["Argun communications tower"]),
        ("The army captured villages and a plant supplying the city of Argun.", [None, None]),
        ("The rebels were in control of the army base.", [None]),
        ("The army captured an Air Defence Base and a hill.", [None, None]),
        ("Argun was taken by the army in 1717 and returned to the rebels in 1739.", ["Argun", "Argun"]),
    ],
)
def test_things_with_more_words_than_a_name(text, places):
    found = facts(code("en", text), "capture", "withdrawal", "handover", "hold")
    assert [place for one in found for place in objects(one)] == places


def test_the_town_of_an_airport_is_the_town():
    text = "On 2 May 1920 the rebels left Argun. On 3 May 1920 the rebels left Shali. The army captured Argun airport and secured the town."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Argun airport"], ["Argun"]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The army captured parts of the Shiite town of Argun.", [("Argun", "partial")]),
        ("The army captured large parts of the Brigade 93 base.", [("Brigade 93 base", "partial")]),
        ("The army brought Argun almost completely under its control.", [("Argun", "partial")]),
        ("The army brought Argun completely under its control.", [("Argun", "full")]),
    ],
)
def test_how_much_of_which_place(text, places):
    [one] = facts(code("en", text), "capture")
    assert [(place.name, place.extent) for place in one.places if place.role == "object"] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The army captured the Argun Military Airbase.", ["Argun Military Airbase"]),
        ("The rebels captured the Argun provincial government headquarters.",
         ["Argun provincial government headquarters"]),
        ("The rebels withdrew their equipment from Argun.", []),
        ("The general returned to his operations base in Argun.", []),
    ],
)  # fmt: skip
def test_names_of_sites_and_what_is_no_place(text, places):
    found = facts(code("en", text), "capture", "withdrawal", "handover")
    assert [place for one in found for place in objects(one)] == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rebels captured Argun, a world heritage site in the neighbouring province of Shali.",
            ["Argun"],
        ),
        ("The rebels captured Argun, famous for its three old rock-cut churches.", ["Argun"]),
        ("Russian forces captured the village of Argun, Shali Oblast.", ["Argun"]),
        ("Russian forces captured Argun and Vedeno, Shali Province, on 5 May 2022.", ["Argun", "Vedeno"]),
        ("The rebels recaptured the Shali capital Argun.", ["Argun"]),
        ("The rebels captured Argun, Shali District and Vedeno.", ["Argun", "Shali", "Vedeno"]),
        ("The rebels captured Argun, a hill, and Vedeno.", ["Argun", "Vedeno"]),
    ],
)
def test_what_only_describes_a_place_is_not_taken(text, expected):
    [event] = facts(code("en", text), "capture")
    assert [name.removesuffix(" District") for name in objects(event) if name] == expected
    assert len(objects(event)) == len(expected)


def test_a_refuge_for_families_is_taken_all_the_same():
    text = "Argun, a refuge for displaced families, was captured by the rebels."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Argun"]]


def test_a_participle_shares_the_passive_before_it_and_its_subject():
    text = (
        "In June 1950 the rebels reached Argun. It was captured by the rebels in June 1950, then recaptured by the army "
        "in September 1950, and fell back into rebel hands in January 1951, before being retaken by the army in May 1951."
    )
    found = facts(code("en", text), "capture")
    assert [(one.actor.id, one.date.edtf) for one in found if one.actor] == [
        ("rebels", "1950-06"), ("government", "1950-09"), ("rebels", "1951-01"), ("government", "1951-05"),
    ]  # fmt: skip
    assert {name for one in found for name in objects(one)} == {"Argun"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rebels captured the airport of Argun and the southern districts of Shali.",
            ["Argun airport", "Shali"],
        ),
        ("The army captured Argun, the rebels' political and administrative headquarters.", ["Argun"]),
        ("The army took a village on the road to the rebels' coastal stronghold Argun.", [None]),
        ("The army took the rebels' stronghold Argun.", ["Argun"]),
    ],
)
def test_what_a_place_is_to_somebody_is_no_second_place(text, expected):
    [event] = facts(code("en", text), "capture")
    assert objects(event) == expected


def test_the_list_behind_an_opening_phrase_is_the_subject():
    text = "After the fall of Argun, Shali, Vedeno and Gudermes were taken on 5 May 1995."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [
        ["Argun"],
        ["Shali", "Vedeno", "Gudermes"],
    ]
    text = "The capture of Argun, Shali, Vedeno and Gudermes was completed on 5 May 1995."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [
        ["Argun", "Shali", "Vedeno", "Gudermes"]
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On 3 May 2016 the army captured two villages, Alsa and Belsa.", ["Alsa", "Belsa"]),
        ("en", "On 3 May 2016 the army captured two villages near Derin, Alsa and Belsa.", ["Alsa", "Belsa"]),
        ("en", "On 3 May 2016 two convents on the glacis, Alsa and Belsa, were captured.", ["Alsa", "Belsa"]),
        ("en", "On 3 May 2016 the army captured three forts in the hills: Alsa, Belsa and Calsa.", ["Alsa", "Belsa", "Calsa"]),
        ("hu", "Két falut, Alsát és Belsát 2016. május 3-án foglalta el a hadsereg.", ["Alsa", "Belsa"]),
        ("hu", "A hadsereg 2016. május 3-án három falut foglalt el: Alsát, Belsát és Calsát.", ["Alsa", "Belsa", "Calsa"]),
        ("en", "On 3 May 2016 the army captured three villages, including Alsa and Belsa.", [None, "Alsa", "Belsa"]),
        ("en", "On 3 May 2016 the army captured two villages, and Alsa and Belsa fell.", [None]),
    ],
)  # fmt: skip
def test_what_is_counted_and_then_named_is_its_names(lang, text, expected):
    assert objects(facts(code(lang, text), "capture")[0]) == expected


def test_a_site_that_says_where_it_stands_needs_no_other():
    text = "The rebels attacked Shali prison. On 5 May 2014 they captured the police station in Argun."
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Argun police station"]]


def test_what_lies_under_control_is_controlled_by_no_verb():
    text = "The rebels took Argun, a town on the last road still under government control, on 5 May 2014."
    [event] = facts(code("en", text), "capture", "hold")
    assert objects(event) == ["Argun"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rebels reached Argun. On 5 May 2011 they captured the city's airport.", ["Argun airport"]),
        ("The region's two largest towns, Argun and Shali, were overrun by the rebels.", ["Argun", "Shali"]),
        ("The army gave up its base in the central highland towns of Argun and Shali.", [None]),
        ("Rebels capture Argun.", ["Argun"]),
        ("Government forces capture the town of Argun.", ["Argun"]),
    ],
)
def test_the_thing_itself_is_taken(text, expected):
    [event] = facts(code("en", text), "capture", "withdrawal", "handover")
    assert objects(event) == expected


def test_the_outskirts_of_a_town_are_not_the_town():
    text = "The rebels reached Argun. On 5 May 2011 they captured the town's outskirts."
    assert "Argun" not in [name for one in facts(code("en", text), "capture") for name in objects(one)]


def test_class_nouns_in_a_row_are_one_place():
    [event] = facts(
        code("en", "Russia captured villages in two key frontline areas on 5 May 2022."), "capture"
    )
    assert len(objects(event)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Argun was recovered by the army on 20 June 1982.", ["South Argun"]),
        ("Argun, which the KLM seized last month, stayed quiet.", ["Argun"]),
    ],
)
def test_a_name_keeps_its_direction_and_its_relative_clause(text, expected):
    assert [objects(one) for one in facts(code("en", text), "capture")] == [expected]


@pytest.mark.parametrize(
    "text",
    ["The army captured Argun airbase but not the city.", "The army captured Argun airbase, but not Shali."],
)
def test_what_is_excepted_with_an_article_is_not_taken(text):
    assert [objects(one) for one in facts(code("en", text), "capture")] == [["Argun airbase"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Knin, a felkelők központja 1991. december 13-án horvát kézre került.", ["Knin"]),
        ("A szerbek 1991. december 14-én Knint kiürítették, távozásuk előtt felrobbantva a középkori templomot.", ["Knin"]),
        ("A horvátok 1991. december 13-án bevették Knint, a felkelők központját és Drnist.", ["Knin", None, "Drnis"]),
    ],
)  # fmt: skip
def test_what_a_place_is_to_somebody_and_what_was_destroyed_is_not_taken(text, expected):
    assert objects(facts(code("hu", text), "capture", "withdrawal")[0]) == expected


def test_a_list_goes_on_past_what_only_locates():
    text = "On 3 May 2016 the army captured Alsa village in the outskirts of Derin, as well as Belsa, Calsa and Tar."
    assert objects(facts(code("en", text), "capture")[0]) == ["Alsa", "Belsa", "Calsa", "Tar"]
