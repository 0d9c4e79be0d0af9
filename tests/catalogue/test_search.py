"""Finding a mission as a person asks for it, and why each one is there."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.mission import Mission, Site
from bot.catalogue.places import Places
from bot.catalogue.wish import Wish, widened_phrase
from bot.i18n import text_of

TODAY = datetime.date(2026, 11, 21)
Put = Callable[..., None]


@pytest.fixture
def mission(places: Places) -> Callable[..., Mission]:
    def made(key: str, title: str, city: str = "", **changes: Any) -> Mission:
        sites = ()
        if city:
            place = places.find(city)[0]
            sites = (Site(place.name, place.postcodes[0], place.departement, place.code, place.lat, place.lon),)
        values: dict[str, Any] = {
            "organisation": f"Association {key}",
            "url": f"https://{key}.example.org",
            "sites": sites,
            "source": "test",
        }
        return Mission(id=f"test:{key}", title=title, **{**values, **changes})

    return made


def ids(catalogue: Catalogue, wish: Wish, **options: Any) -> list[str]:
    results = catalogue.search(wish, today=TODAY, **options)
    return [match.mission.id.partition(":")[2] for match in results.found]


@pytest.fixture
def town(catalogue: Catalogue) -> Callable[..., Wish]:
    def near(city: str, **criteria: Any) -> Wish:
        return Wish(place=catalogue.places.find(city)[0], **criteria)

    return near


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("promener des toutous", "Sortir les chiens du refuge"),
        ("papis et mamies", "Visites à des personnes âgées"),
        ("SDF", "Aller vers les sans-abri"),
        ("je veux aider des sans-abris", "Personnes à la rue : servir un repas"),
        ("aide aux devoirs", "Soutien scolaire au collège"),
        ("donner un coup de main à la soupe populaire", "Distribution alimentaire du soir"),
        ("help homeless people", "Rencontrer des sans-abri"),
        ("walk dogs", "Promener un chien"),
        ("la compta", "Tenir la comptabilité d’un club"),
        ("REFUGIES", "Cours de français pour des réfugiés"),
        ("réfugiée", "Accueil de réfugiés"),
    ],
)
def test_words_as_people_say_them_find_what_they_mean(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], said: str, title: str
) -> None:
    put(mission("wanted", title, "Lyon"), mission("other", "Compter les papillons", "Lyon"))
    assert ids(catalogue, Wish(text=said)) == ["wanted"]


def test_the_nearest_comes_first_and_says_how_far_it_is(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(
        mission("aubagne", "Jardin partagé", "Aubagne"),
        mission("marseille", "Jardin partagé", "Marseille"),
        mission("lyon", "Jardin partagé", "Lyon"),
    )
    results = catalogue.search(town("Marseille", text="jardin"), today=TODAY)
    assert [match.mission.id for match in results.found] == ["test:marseille", "test:aubagne"]
    assert text_of(results.found[1].reasons[-1], "en") == "16 km away, in Aubagne"


def test_the_distance_is_that_of_the_nearest_of_several_sites(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    both = mission("both", "Lire des histoires", "Marseille").sites + mission("x", "Lire", "Lille").sites
    put(replace(mission("both", "Lire des histoires"), sites=both))
    (match,) = catalogue.search(town("Lille"), today=TODAY).found
    assert match.site is not None
    assert match.site.city == "Lille"


def test_nothing_beyond_the_radius_is_found(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], places: Places
) -> None:
    centre = places.find("Clermont-Ferrand")[0]
    assert centre.lat is not None
    assert centre.lon is not None
    put(*(mission(f"m{n}", f"Mission {n}", city) for n, city in enumerate(("Riom", "Thiers", "Vichy", "Moulins"))))
    for radius in (1, 14, 40, 60, 90, 150):
        results = catalogue.search(Wish(place=centre, radius_km=radius), today=TODAY)
        if not results.widened:
            for match in results.found:
                site = match.mission.sites[0]
                assert site.lat is not None
                assert site.lon is not None
                assert distance_km(centre.lat, centre.lon, site.lat, site.lon) <= radius


@pytest.mark.parametrize("radius", [0, -5, 10_000, 1e308, float("nan"), float("inf")])
def test_an_absurd_radius_is_brought_back_to_what_makes_sense(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish], radius: float
) -> None:
    put(mission("here", "Ici", "Pau"), mission("far", "Loin", "Lille"))
    assert ids(catalogue, town("Pau", radius_km=radius)) == ["here"]


def test_a_departement_and_a_region_hold_what_is_in_them(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(mission("bobigny", "Un", "Bobigny"), mission("meaux", "Deux", "Meaux"), mission("lille", "Trois", "Lille"))
    places = catalogue.places
    assert ids(catalogue, Wish(place=places.find("le 93")[0])) == ["bobigny"]
    assert set(ids(catalogue, Wish(place=places.find("idf")[0]))) == {"bobigny", "meaux"}
    assert len(ids(catalogue, Wish(place=places.find("France")[0]))) == 3


def test_a_territory_without_coordinates_is_searched_by_its_code(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(mission("noumea", "Lire", "Nouméa"), mission("lille", "Lire", "Lille"))
    assert ids(catalogue, Wish(place=catalogue.places.find("Nouméa")[0])) == ["noumea"]


def test_what_is_over_full_or_withdrawn_is_hidden_but_can_still_be_read(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(
        mission("over", "Un", "Pau", ends=TODAY - datetime.timedelta(days=1)),
        mission("last-day", "Deux", "Pau", ends=TODAY),
        mission("full", "Trois", "Pau", places=0),
        mission("undated", "Quatre", "Pau"),
    )
    assert set(ids(catalogue, Wish())) == {"last-day", "undated"}
    assert catalogue.mission("test:over") is not None
    assert not catalogue.is_listed("test:over", TODAY)
    assert catalogue.is_listed("test:last-day", TODAY)
    tomorrow = TODAY + datetime.timedelta(days=1)
    found = catalogue.search(Wish(), today=tomorrow).found
    assert [match.mission.id for match in found] == ["test:undated"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (("saturday",), {"saturday", "weekend", "free", "silent", "december"}),
        (("saturday", "morning"), {"saturday", "weekend", "free", "silent"}),
        (("weekend",), {"saturday", "weekend", "free", "silent", "december"}),
        (("monday",), {"monday", "free", "silent"}),
        (("date:2026-12-05",), {"saturday", "weekend", "free", "silent", "december"}),
        (("date:2026-12-07",), {"monday", "free", "silent"}),
        (("month:2027-01",), {"saturday", "weekend", "monday", "free", "silent"}),
        (("date:2026-12-05", "date:2026-12-07"), {"saturday", "weekend", "monday", "free", "silent", "december"}),
    ],
)
def test_days_are_those_a_person_has(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], when: tuple[str, ...], found: set[str]
) -> None:
    fifth = datetime.date(2026, 12, 5)
    put(
        mission("saturday", "Un", "Pau", when=("saturday", "morning")),
        mission("weekend", "Deux", "Pau", when=("saturday", "sunday")),
        mission("monday", "Trois", "Pau", when=("monday", "evening")),
        mission("free", "Quatre", "Pau", flexible=True),
        mission("silent", "Cinq", "Pau"),
        mission("december", "Six", "Pau", starts=fifth, ends=fifth, when=("saturday", "afternoon")),
    )
    assert set(ids(catalogue, Wish(when=when))) == found


def test_a_mission_that_says_nothing_of_its_days_is_found_and_says_so(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(mission("silent", "Un", "Pau"), mission("sure", "Deux", "Pau", when=("saturday",)))
    sure, silent = catalogue.search(Wish(when=("saturday",)), today=TODAY).found
    assert "on days that suit you" in [text_of(reason, "en") for reason in sure.reasons]
    assert "days to be agreed" in [text_of(reason, "en") for reason in silent.reasons]


def test_what_a_person_refuses_stays_away(catalogue: Catalogue, put: Put, mission: Callable[..., Mission]) -> None:
    put(
        mission("dogs", "Chiens", "Pau", causes=("animals",)),
        mission("sunday", "Jardin", "Pau", causes=("environment",), when=("sunday",)),
        mission("any", "Forêt", "Pau", causes=("environment",), when=("sunday", "monday")),
    )
    assert ids(catalogue, Wish(not_causes=("animals",), not_when=("sunday",))) == ["any"]
    only_dogs = catalogue.search(Wish(text="chiens", not_causes=("animals",)), today=TODAY)
    assert "test:dogs" not in [match.mission.id for match in only_dogs.found]


def test_what_states_the_conditions_comes_first_and_what_refuses_them_not_at_all(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(
        mission("yes", "Un", "Pau", minors=True, step_free=True),
        mission("no", "Deux", "Pau", minors=False, step_free=False),
        mission("silent", "Trois", "Pau"),
    )
    assert ids(catalogue, Wish(minors=True)) == ["yes", "silent"]
    assert ids(catalogue, Wish(step_free=True, minors=True)) == ["yes", "silent"]


def test_the_words_of_the_request_come_before_its_cause(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(
        mission("food", "Distribuer des colis", "Mende", causes=("solidarity",)),
        mission("sewing", "Atelier couture pour tous", "Mende", causes=("culture",)),
    )
    assert ids(catalogue, town("Mende", text="coudre", causes=("solidarity",))) == ["sewing"]


def test_a_word_that_nothing_says_is_told_and_no_cause_takes_its_place(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("food", "Distribuer des colis", "Mende", causes=("solidarity",)))
    results = catalogue.search(town("Mende", text="couture", causes=("solidarity",)), today=TODAY)
    assert results.found == ()
    assert results.unmatched == ("couture",)


def test_of_several_words_those_that_nothing_says_are_told(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("garden", "Jardin partagé", "Mende"))
    results = catalogue.search(town("Mende", text="jardin botanique"), today=TODAY)
    assert [match.mission.id for match in results.found] == ["test:garden"]
    assert results.unmatched == ("botanique",)
    assert results.widened == ()


def test_what_says_some_of_the_words_close_by_comes_with_what_says_all_of_them_anywhere(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(
        mission("here", "Servir la soupe", "Nevers"),
        mission("anywhere", "Servir des repas à la rue", everywhere=True, words="soupe, camion"),
    )
    assert ids(catalogue, town("Nevers", text="servir la soupe dans un camion")) == ["here", "anywhere"]


def test_what_would_be_welcome_comes_first_and_is_not_asked_for(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("desk", "Accueillir le public", "Rennes"), mission("store", "Trier des livres au dépôt", "Rennes"))
    assert ids(catalogue, town("Rennes", likes=("tri",))) == ["store", "desk"]


def test_a_mission_of_one_season_is_shown_in_its_season_and_a_little_before(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(mission("food", "Tenir un créneau de collecte", "Pau", season="11-20/11-29"))

    def found(day: datetime.date) -> bool:
        return bool(catalogue.search(Wish(text="collecte"), today=day).found)

    assert found(datetime.date(2026, 10, 1))
    assert found(datetime.date(2026, 11, 29))
    assert not found(datetime.date(2026, 11, 30))
    assert not found(datetime.date(2027, 3, 1))


def test_three_on_a_screen_are_not_all_of_one_body(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(
        *(mission(f"big{n}", f"Trier des livres, équipe {n}", "Pau", organisation="La grande") for n in range(4)),
        mission("small", "Trier des livres à deux", "Pau", organisation="La petite"),
    )
    assert "small" in ids(catalogue, Wish(text="livres"))[:2]


def test_what_is_the_same_all_over_france_comes_in_another_order_elsewhere_and_always_the_same_there(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    catalogue.fill()
    put(
        *(
            replace(mission(f"m{n}", f"Agir {n}", everywhere=True), id=f"evergreen:m{n}", source="evergreen")
            for n in range(8)
        )
    )
    orders = {city: tuple(ids(catalogue, town(city))) for city in ("Mende", "Brest", "Mamoudzou")}
    assert len(set(orders.values())) == 3
    assert orders == {city: tuple(ids(catalogue, town(city))) for city in orders}


def test_missions_from_home_are_found_anywhere(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("online", "Traduire", remote="full"), mission("paris", "Traduire des textes", "Paris"))
    assert ids(catalogue, town("Mende")) == ["online"]
    assert ids(catalogue, Wish(remote=True)) == ["online"]


def test_two_that_read_the_same_are_shown_once(catalogue: Catalogue, put: Put, mission: Callable[..., Mission]) -> None:
    one = mission("one", "Trier des livres", "Pau", organisation="Livres")
    put(one, replace(one, id="test:two"))
    assert len(ids(catalogue, Wish(text="livres"))) == 1


def test_not_this_one_and_only_what_is_new(catalogue: Catalogue, put: Put, mission: Callable[..., Mission]) -> None:
    put(mission("old", "Un", "Pau"), now=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))
    put(mission("new", "Deux", "Pau"))
    assert ids(catalogue, Wish(since=datetime.date(2026, 11, 10))) == ["new"]
    assert ids(catalogue, Wish(excluded=("test:new",))) == ["old"]


@pytest.mark.parametrize(
    ("criteria", "widened", "said"),
    [
        ({"radius_km": 5}, ("distance",), "I found nothing that close, so I looked within 50 km."),
        ({"when": ("monday",), "radius_km": 40}, ("when",), "I found nothing on those days"),
        ({"causes": ("animals",), "radius_km": 40}, ("cause",), "I found nothing like that"),
    ],
)
def test_one_criterion_gives_way_at_a_time_and_is_named(
    catalogue: Catalogue,
    put: Put,
    mission: Callable[..., Mission],
    town: Callable[..., Wish],
    criteria: dict[str, Any],
    widened: tuple[str, ...],
    said: str,
) -> None:
    put(mission("aubagne", "Jardin partagé", "Aubagne", when=("saturday",), causes=("environment",)))
    results = catalogue.search(town("Marseille", **criteria), today=TODAY)
    assert results.widened == widened
    assert [match.mission.id for match in results.found] == ["test:aubagne"]
    phrase = widened_phrase(results)
    assert phrase is not None
    assert text_of(phrase, "en").startswith(said)


def test_nothing_at_all_is_an_empty_answer(catalogue: Catalogue, town: Callable[..., Wish]) -> None:
    results = catalogue.search(town("Paris", text="jardin", when=("monday",), minors=True), today=TODAY)
    assert results.found == ()
    assert results.widened == ()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "AND OR NOT",
        "NEAR(",
        "title:x",
        "*",
        "^",
        "-",
        "{title body}",
        "'; DROP TABLE mission; --",
        "a" * 9_000,
        "🙂",
    ],
)
def test_no_text_breaks_the_search(catalogue: Catalogue, put: Put, mission: Callable[..., Mission], text: str) -> None:
    put(mission("one", "Un", "Pau"))
    catalogue.search(Wish(text=text), today=TODAY)
    assert catalogue.mission("test:one") is not None


def test_a_question_of_two_thousand_words_is_answered(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission]
) -> None:
    put(mission("dogs", "Promener des chiens", "Pau"))
    assert ids(catalogue, Wish(text="promener des chiens " * 700)) == ["dogs"]


def test_more_like_this(catalogue: Catalogue, put: Put, mission: Callable[..., Mission]) -> None:
    cats = mission("cats", "Chats", "Pau", causes=("animals",))
    put(cats, mission("dogs", "Chiens", "Pau", causes=("animals",)), mission("books", "Livres", "Pau"))
    found = catalogue.like(cats, Wish(), today=TODAY).found
    assert [match.mission.id for match in found] == ["test:dogs"]


def test_a_wish_is_the_same_after_json(places: Places) -> None:
    wish = Wish(
        text="jardin",
        place=places.find("Marseille 5e")[0],
        radius_km=7.5,
        when=("saturday",),
        not_when=("night",),
        causes=("environment",),
        not_causes=("animals",),
        minors=True,
        excluded=("test:one",),
        since=TODAY,
    )
    assert Wish.from_json(wish.as_json(), places) == wish
    assert Wish.from_json({}, places) == Wish()


def test_a_position_wins_over_the_middle_of_the_town(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("aubagne", "Un", "Aubagne"))
    (match,) = catalogue.search(town("Marseille", point=(43.2927, 5.5684)), today=TODAY).found
    assert match.distance_km is not None
    assert match.distance_km < 2


def test_what_is_all_over_france_is_found_far_from_its_seat(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("a", "Répondre au téléphone", "Paris", everywhere=True))
    for km in (None, 10_000.0):
        results = catalogue.search(town("Brest", radius_km=km), today=TODAY)
        assert [match.mission.title for match in results.found] == ["Répondre au téléphone"]
        assert results.widened == ()


def test_a_search_that_reaches_far_is_not_widened_to_what_lies_within(
    catalogue: Catalogue, put: Put, mission: Callable[..., Mission], town: Callable[..., Wish]
) -> None:
    put(mission("a", "Trier des livres", "Nice"))
    results = catalogue.search(town("Lille", radius_km=150.0, causes=("animals",)), today=TODAY)
    assert "departement" not in results.widened
