"""Places and bodies named inside sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.folding import place_key
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.organisations import Organisation
from bot.understanding.organisations import names_as_typed, read_organisations
from bot.understanding.places import read_place, read_places

LARGE = sorted(gazetteer().gazetteer.large)


def codes(text: str, language: str = "fr") -> list[str]:
    return [place.get("code") or "|".join(place["candidates"]) for place in read_places(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("je cherche une mission à Lyon", ["69123"]),
        ("Nantes", ["44109"]),
        ("44000, le mardi", ["44109"]),
        ("dans le 93", ["93"]),
        ("Paris 20e", ["75120"]),
        ("près de Saint-Brieuc ou de Brest", ["22278", "29019"]),
        ("en Bretagne", ["53"]),
        ("volunteering in La Rochelle", ["17300"]),
        ("pas Lyon, Villeurbanne", ["69266"]),
        ("je ne veux pas aller à Paris, plutôt Versailles", ["78646"]),
        ("missions sur Tours", ["37261"]),
        ("a lens", ["62498"]),
        ("jabite a toulouz", ["31555"]),
        ("nous habitons Sarlat", ["24520"]),
    ],
)
def test_places_of_a_sentence(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "j'ai des bras et du temps",
        "bénévolat en ligne",
        "c'est sens dessus dessous",
        "un don pour la cause",
        "nice people",
        "la Fondation de France",
        "rue de Lyon",
        "je vois l'orange et la mer",
        "book me a flight to Rome",
    ],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert codes(text) == []


def test_a_name_shared_by_several_places_offers_them() -> None:
    vienne = read_place("Vienne")
    assert vienne is not None
    assert vienne["level"] == "ambiguous"
    assert {"38544", "86"} <= set(vienne["candidates"])


def test_an_answer_may_be_misspelt() -> None:
    place = read_place("Bezier")
    assert place is not None
    assert place["code"] == "34032"


# "Clermont" is said for Clermont-Ferrand, which is larger: the whole name of one is the usual name of the other.
OWN_NAME = [key for key in LARGE if not any(other.startswith(f"{key} ") for other in LARGE)]


@settings(deadline=None)
@given(st.sampled_from(OWN_NAME), st.sampled_from(["", "à ", "près de ", "I live in "]))
def test_every_large_town_is_read_back_by_its_name(key: str, before: str) -> None:
    row = gazetteer().gazetteer.row(gazetteer().gazetteer.large[key])
    place = read_place(f"{before}{row.nom}")
    assert place is not None
    assert row.insee in (place.get("code"), *place.get("candidates", ())) or place_key(place["name"]) == key


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("les restos", ["Restos du Cœur"]),
        ("MSF", ["Médecins Sans Frontières"]),
        ("300 € à la société protectrice des animaux", ["SPA"]),
        ("entre secours pop et secours catho", ["Secours populaire", "Secours Catholique"]),
        ("l'association Les Petits Lapins Bleus existe ?", ["Les Petits Lapins Bleus"]),
        ("« Aide aux Poètes », c'est sérieux ?", ["Aide aux Poètes"]),
        ("greenpeece", ["Greenpeace"]),
        ("les associations aident les gens", []),
        ("infos asso Mulhouse", []),
        ("une petite asso de quartier", []),
        ("recherche sur Alzheimer", []),
        ("", []),
    ],
)
def test_bodies_of_a_sentence(text: str, names: list[str]) -> None:
    assert read_organisations(text) == names


@pytest.mark.parametrize(
    ("text", "typed", "taken_for"),
    [
        ("à l'association Épicerie solidaire du Val", "Épicerie solidaire du Val", "Épicerie solidaire du Val"),
        ("à l'association Les Restos de la vallée", "Les Restos de la vallée", "Les Restos de la vallée"),
        ("aux Restos du Cœur de Lyon", "Restos du Cœur de Lyon", "Restos du Cœur"),
        ("à la Croix-Rouge de Mende", "Croix-Rouge de Mende", "Croix-Rouge"),
        ("à la croix rouge", "Croix-Rouge", "Croix-Rouge"),
        ("300 € à la société protectrice des animaux", "société protectrice des animaux", "SPA"),
        ("à l'asso Emmaüs Lyon", "Emmaüs Lyon", "Emmaüs"),
        ("un don à la SPA de ma part", "SPA", "SPA"),
        ("l'association L'Étape d'Ys, je gagne 3 100 €", "L'Étape d'Ys", "L'Étape d'Ys"),
    ],
)
def test_a_body_keeps_the_name_that_was_typed(text: str, typed: str, taken_for: str) -> None:
    assert names_as_typed(text) == [typed]
    assert read_organisations(text) == [taken_for]


@given(st.sampled_from(known_organisations().all()), st.sampled_from(["", "je donne à l'association "]))
def test_every_body_of_the_catalogue_is_found_by_its_name(body: Organisation, before: str) -> None:
    assert body.short in read_organisations(f"{before}{body.short}")
