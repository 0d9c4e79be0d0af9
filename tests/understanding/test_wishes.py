"""Causes, kinds of body, roles, age, distance: what a person wants and who they are."""

from __future__ import annotations

import pytest

from bot.understanding.asked_language import read_language
from bot.understanding.causes import CAUSES, read_causes
from bot.understanding.hearing import Context
from bot.understanding.kinds_of_organisation import read_kind_of_organisation
from bot.understanding.people import is_minor, is_remote
from bot.understanding.roles import read_role


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("distribuer des repas aux sans-abri", ["solidarity"]),
        ("promener des chiens", ["animals"]),
        ("soutien scolaire", ["education"]),
        ("nettoyer une plage", ["environment"]),
        ("un stage handisport", ["disability", "sport"]),
        ("les anciens en maison de retraite", ["elderly"]),
        ("premiers secours", ["emergency"]),
        ("aider les migrants", ["refugees"]),
        ("cours d'informatique aux retraités", ["digital", "elderly"]),
        ("une bibliothèque ou un musée", ["culture"]),
        ("enfants malades à l'hôpital", ["health"]),
        ("droits des femmes", ["human_rights"]),
        ("partir en mission humanitaire", ["international"]),
        ("tree planting", ["environment"]),
        ("je suis infirmière à la retraite", []),
        ("je suis en fauteuil roulant", []),
        ("mon chien et mes enfants", []),
        ("les Petits Frères des Pauvres", []),
    ],
)
def test_the_cause_is_what_one_would_serve(text: str, causes: list[str]) -> None:
    assert read_causes(text) == (causes, [])
    assert set(causes) <= set(CAUSES)


@pytest.mark.parametrize(
    ("text", "wanted", "refused"),
    [
        ("tout sauf le sport", [], ["sport"]),
        ("pas d'animaux, plutôt les personnes âgées", ["elderly"], ["animals"]),
        ("anything but hospitals", [], ["health"]),
        ("ni sport ni culture", [], ["sport", "culture"]),
        ("je ne suis pas loin d'un refuge pour chiens", ["animals"], []),
    ],
)
def test_a_refused_cause_never_becomes_a_wish(text: str, wanted: list[str], refused: list[str]) -> None:
    assert read_causes(text) == (wanted, refused)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("une épicerie solidaire", "75"),
        ("un foyer pour femmes battues", "75"),
        ("une école de musique", "66"),
        ("le refuge animalier", "66"),
        ("est-ce à 75 % ?", "75"),
        ("66 ou 75 % ?", None),
        ("une asso", None),
        ("les Restos du Cœur", None),
        ("une épicerie solidaire tenue par la paroisse", "75"),
    ],
)
def test_a_description_tells_the_kind_of_organisation(text: str, kind: str | None) -> None:
    assert read_kind_of_organisation(text) == kind


@pytest.mark.parametrize(
    ("text", "context", "role"),
    [
        ("mon patron est d'accord", Context.REST, "employee"),
        ("ma boîte propose un mécénat", Context.STAFF_TIME, "employee"),
        ("ma boîte veut donner 500 €", Context.PATRONAGE, "employer"),
        ("je suis artisan", Context.PATRONAGE, "employer"),
        ("nos salariés aimeraient s'engager", Context.STAFF_TIME, "employer"),
        ("notre asso cherche un comptable", Context.STAFF_TIME, "association"),
        ("donner trois RTT à ma collègue", Context.REST, "colleague"),
        ("une alliance entre la mairie et les commerçants", Context.PARTNERSHIP, None),
        ("quel est le plafond", Context.PATRONAGE, None),
        ("our charity needs a lawyer", Context.STAFF_TIME, "association"),
        ("my boss agrees", Context.STAFF_TIME, "employee"),
    ],
)
def test_who_speaks(text: str, context: Context, role: str | None) -> None:
    assert read_role(text, context) == role


@pytest.mark.parametrize(
    "text",
    ["j'ai 15 ans", "ma fille de 14 ans veut aider", "my son (12)", "I'm 16", "je suis lycéenne", "un mineur peut-il"],
)
def test_a_volunteer_under_18(text: str) -> None:
    assert is_minor(text)


@pytest.mark.parametrize(
    "text",
    ["j'ai 45 ans", "aider des enfants de 10 ans", "depuis 12 ans", "accompagner des collégiens", "17 € aux restos"],
)
def test_the_age_of_others_is_not_the_volunteers(text: str) -> None:
    assert not is_minor(text)


def test_helping_from_home() -> None:
    assert is_remote("à distance, depuis chez moi")
    assert is_remote("over the phone, from home")
    assert not is_remote("près de chez moi")
    assert not is_remote("en maison de retraite")


def test_the_language_asked_for() -> None:
    assert read_language("parlez-vous anglais ?") == "en"
    assert read_language("українською, будь ласка") == "uk"
    assert read_language("pas l'anglais, l'espagnol") == "es"
    assert read_language("bonjour") is None
