"""What people call places, and what Allié understands by it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.places import Finding, Places

PLACES = Places()


def said(text: str) -> str | None:
    natural = PLACES.find(text).natural
    return natural.key if natural else None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Marseille", "commune:13055"),
        ("MARSEILLE", "commune:13055"),
        ("Marseile", "commune:13055"),
        ("Marseille 5e", "arrondissement:13205"),
        ("marseille 5ème arrondissement", "arrondissement:13205"),
        ("5e arrondissement de Marseille", "arrondissement:13205"),
        ("13005", "arrondissement:13205"),
        ("13 005", "arrondissement:13205"),
        ("Lyon 3", "arrondissement:69383"),
        ("Paris XV", "arrondissement:75115"),
        ("le 20e", "arrondissement:75120"),
        ("Paname", "commune:75056"),
        ("75000", "commune:75056"),
        ("Sainté", "commune:42218"),
        ("st etiene", "commune:42218"),
        ("St-Brieuc", "commune:22278"),
        ("au Havre", "commune:76351"),
        ("aux Ulis", "commune:91692"),
        ("l'hay les roses", "commune:94038"),
        ("villeneuve lez avignon", "commune:30351"),
        ("Aix", "commune:13001"),
        ("Bezier", "commune:34032"),
        ("saint denis 93", "commune:93066"),
        ("Saint-Denis (974)", "commune:97411"),
        ("Valence, Drôme", "commune:26362"),
        ("le 93", "departement:93"),
        ("dans le neuf trois", "departement:93"),
        ("en Seine-Saint-Denis", "departement:93"),
        ("2A", "departement:2A"),
        ("en Vienne", "departement:86"),
        ("à Vienne", "commune:38544"),
        ("dans le Nord", "departement:59"),
        ("La Réunion", "departement:974"),
        ("idf", "region:11"),
        ("PACA", "region:93"),
        ("Brittany", "region:53"),
        ("partout en France", "country:FR"),
        ("j'habite à côté de Pau", "commune:64445"),
        ("12 rue de la Paix, 75002 Paris", "arrondissement:75102"),
        ("Nouméa", "commune:98818"),
    ],
)
def test_a_place_is_understood_as_people_say_it(text: str, key: str) -> None:
    assert said(text) == key


def test_two_places_as_likely_as_each_other_are_both_offered() -> None:
    found = PLACES.find("Saint-Denis")
    assert found.natural is None
    assert {place.label for place in found[:2]} == {"Saint-Denis (93)", "Saint-Denis (974)"}


def test_a_town_and_a_departement_of_the_same_name_are_told_apart() -> None:
    found = PLACES.find("Vienne")
    assert found.natural is None
    assert [place.label for place in found[:2]] == ["Vienne (38)", "Vienne (département 86)"]


def test_the_fifth_arrondissement_of_which_city() -> None:
    assert [place.label for place in PLACES.find("le 5e")] == ["Paris 5e", "Lyon 5e", "Marseille 5e"]


def test_a_postcode_shared_by_several_villages_offers_them() -> None:
    found = PLACES.find("01400")
    assert found.natural is None
    assert len(found) > 3
    assert all("01400" in place.postcodes for place in found)


def test_a_guessed_spelling_says_so() -> None:
    assert PLACES.find("Grenobl").exact is False
    assert PLACES.find("Grenoble").exact is True


def test_a_former_commune_is_still_found_where_it_was() -> None:
    (arbignieu,) = PLACES.find("Arbignieu")
    assert (arbignieu.departement, arbignieu.lat) == ("01", 45.7239)


def test_a_territory_without_coordinates_is_found_by_its_code() -> None:
    (noumea,) = PLACES.find("Nouméa")
    assert (noumea.lat, noumea.departement) == (None, "988")


@pytest.mark.parametrize("text", ["Londres", "Brussels", "Montréal", "Suisse"])
def test_a_place_abroad_is_named_as_such(text: str) -> None:
    found = PLACES.find(text)
    assert found.abroad
    assert not found.places


@pytest.mark.parametrize("text", ["", "   ", "xyzxyz", "99999", "🙂", "-", "0", "a" * 5000, "à", "près de chez moi"])
def test_what_is_no_place_finds_nothing(text: str) -> None:
    assert not PLACES.find(text)


@pytest.mark.parametrize("key", ["commune:13055", "arrondissement:13205", "departement:93", "region:93", "country:FR"])
def test_a_place_is_found_again_by_its_key(key: str) -> None:
    place = PLACES.by_code(key)
    assert place is not None
    assert place.key == key


def test_an_area_without_a_code_is_found_again_by_its_key() -> None:
    (coast,) = PLACES.find("la Côte d'Azur")
    assert coast.covers == ("06", "83")
    assert PLACES.by_code(coast.key) == coast


def test_an_unknown_code_is_nothing() -> None:
    assert PLACES.by_code("99999") is None
    assert PLACES.by_code("planet:Mars") is None


def test_a_position_gives_the_communes_around_it() -> None:
    assert PLACES.near(43.297, 5.379)[0].label == "Marseille 1er"
    assert PLACES.near(-20.8789, 55.4481)[0].name == "Saint-Denis"
    assert PLACES.near(0.0, 0.0) == []
    assert PLACES.near(float("nan"), 5.0) == []


def sure(sentence: str) -> list[str]:
    found = []
    for match in PLACES.scan(sentence.split()):
        if match.sure:
            natural = match.finding.natural
            found.append(natural.label if natural else "/".join(place.label for place in match.finding[:2]))
    return found


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("je veux aider des personnes âgées à Marseille le samedi", ["Marseille (13)"]),
        ("bon plan vers Tours", ["Tours (37)"]),
        ("j'ai le sens de l'accueil, je vis à Sens", ["Sens (89)"]),
        ("I want a nice mission in Nice", ["Nice (06)"]),
        ("dans le 93 ou à Paris 15e", ["Seine-Saint-Denis (département 93)", "Paris 15e"]),
        ("le 13 décembre à lyon 3", ["Lyon 3e"]),
        ("libre le 13 mars", []),
        ("je donne 13000 euros aux restos", []),
        ("une somme de 300 euros", []),
        ("à la crèche ou à l'hôpital", []),
        ("à moins de pouvoir à distance", []),
        ("au Mans ou aux Ulis", ["Le Mans (72)", "Les Ulis (91)"]),
        ("mission a Toulouze", ["Toulouse (31)"]),
        ("près d'Aix", ["Aix-en-Provence (13)"]),
        ("secteur Vienne", ["Vienne (38)/Vienne (département 86)"]),
        ("13e arrondissement de Marseille", ["Marseille 13e"]),
        ("habite saint denis 93", ["Saint-Denis (93)"]),
        ("quelque chose dans l'Hérault", ["Hérault (département 34)"]),
    ],
)
def test_places_are_found_in_a_sentence_and_ordinary_words_are_left_alone(sentence: str, labels: list[str]) -> None:
    assert sure(sentence) == labels


def test_a_match_says_where_it_stands_in_the_sentence() -> None:
    words = ["mission", "à", "L'Haÿ-les-Roses", "demain"]
    (match,) = [match for match in PLACES.scan(words) if match.sure]
    assert (match.start, match.end, match.text) == (2, 3, "L'Haÿ-les-Roses")
    assert match.cue


def test_every_large_town_is_found_by_its_own_name() -> None:
    lost = []
    for index in PLACES.gazetteer.large.values():
        row = PLACES.gazetteer.row(index)
        if row.insee not in [place.code for place in PLACES.find(row.nom)]:
            lost.append(row.nom)
    assert lost == []


def test_every_alias_leads_somewhere() -> None:
    for said_as, key in PLACES.sayings["aliases"].items():
        assert PLACES.by_code(key) is not None, said_as
        assert PLACES.find(said_as).places, said_as


@settings(deadline=None)  # other work may share the machine
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert isinstance(PLACES.find(text), Finding)
    for match in PLACES.scan(text.split()):
        assert 0 <= match.start < match.end


def test_the_outlines_name_departements_that_exist() -> None:
    contours = json.loads((Path(PLACES.folder) / "departements-contours.json").read_text("utf-8"))
    assert {entry["code"] for entry in contours} <= set(PLACES.gazetteer.departements)


def test_around_a_town_are_its_departement_and_those_nearby() -> None:
    avignon = PLACES.by_code("commune:84007")
    assert avignon is not None
    around = PLACES.around(avignon, 30)
    assert around[0] == "84"
    assert {"13", "30", "26"} <= set(around)
    assert "75" not in around
    assert PLACES.around(PLACES.by_code("region:94"), 30) == ("2A", "2B")
    assert len(PLACES.around(PLACES.by_code("country:FR"), 30)) > 100


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("je veux aider à la Réunion", "departement:974"),
        ("bénévole à Mayotte le samedi", "departement:976"),
        ("j'habite à Vienne", "commune:38544"),
    ],
)
def test_an_island_is_said_like_a_town_and_is_the_whole_island(sentence: str, key: str) -> None:
    (match,) = PLACES.scan(sentence.split())
    assert match.finding.natural is not None
    assert match.finding.natural.key == key
