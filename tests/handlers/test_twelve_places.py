"""What somebody anywhere in France is answered on the first day of an installation, without a feed: twelve places."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import Conversation

# place, request, département, point of the town hall, what must be said, what must not
PLACES = {
    "Paris 18e": ("je veux servir des repas le soir, Paris 18e", "75", (48.8923, 2.3447), "Restos du Cœur", "à 400 m"),
    "Mende": ("aider près de Mende, j'ai une voiture", "48", (44.5178, 3.5012), "Restos du Cœur de la Lozère", "AFEV"),
    "Mamoudzou": (
        "j'habite Mamoudzou, soutien scolaire ou aide après cyclone",
        "976",
        (-12.7806, 45.2326),
        "Secours Catholique",
        "Restos du Cœur",
    ),
    "Brest": ("nettoyer la côte, le week-end, à Brest", "29", (48.3917, -4.4845), "Maison des associations", "Mayotte"),
    "Strasbourg": (
        "accompagner des personnes en fin de vie à Strasbourg",
        "67",
        (48.5736, 7.7532),
        "un an et demi de préparation",
        "enfants à l’hôpital",
    ),
    "Ajaccio": ("donner un coup de main, débutant, à Ajaccio", "2A", (41.9186, 8.7369), "Corse", "département 20"),
    "Seine-Saint-Denis": (
        "lycéenne de 16 ans, quelque chose avec des enfants en Seine-Saint-Denis",
        "93",
        None,
        "un parent signe",
        "AFEV",
    ),
    "Toulouse": ("héberger quelqu'un quelques semaines à Toulouse", "31", (43.604, 1.443), "JRS", "Utopia 56"),
    "Roubaix": ("je suis comptable, 2 h par mois, à Roubaix", "59", (50.6912, 3.174), "France Bénévolat", "Lozère"),
    "Saint-Étienne": (
        "parler français avec des adultes à St Etienne",
        "42",
        (45.4396, 4.3875),
        "français",
        "Île-de-France",
    ),
    "Pointe-à-Pitre": (
        "aide alimentaire à Pointe-à-Pitre",
        "971",
        (16.2411, -61.5331),
        "Banque Alimentaire de Guadeloupe",
        "Restos du Cœur",
    ),
    "Faux-la-Montagne": (
        "quoi d'utile ici ? Faux-la-Montagne",
        "23",
        (45.75, 1.9366),
        "la mairie (Faux-la-Montagne)",
        "aucune mission",
    ),
}


@pytest.fixture
def me(person, new_catalogue) -> Conversation:
    return person(language="fr")


@pytest.fixture
def talk_catalogue(new_catalogue):
    return new_catalogue


def links(me: Conversation) -> list[str]:
    return [button.url for reply in me.last.replies for row in reply.buttons for button in row if button.url]


@pytest.mark.parametrize("place", PLACES)
async def test_the_first_answer_is_true_and_useful(me: Conversation, place: str) -> None:
    request, departement, point, said, unsaid = PLACES[place]
    text = await me.say(request)
    assert "Je ne connais pas d’annonce datée" in text
    assert said in text, text
    assert unsaid not in text, text
    searches = [
        url for url in links(me) if urlsplit(url).hostname in ("www.jeveuxaider.gouv.fr", "trouvetamission.gouv.fr")
    ]
    assert len(searches) == 2
    asked = [parse_qs(urlsplit(url).query) for url in searches]
    assert any(one.get("departmentCode") == [departement] for one in asked)
    if point is not None:
        around = next(one["aroundLatLng"][0] for one in asked if "aroundLatLng" in one)
        lat, lon = map(float, around.split(","))
        assert abs(lat - point[0]) < 0.05
        assert abs(lon - point[1]) < 0.05
    assert "Vu ici" in text or "Je ne connais pas d’équipe locale vérifiée ici" in text
    assert "À appeler" in text
    assert "près de chez vous" not in text
    assert not re.search(r"\d+ km", text)
    assert not re.search(r"\d+ missions?\b", text)
    assert len(re.findall(r"^[123]\. ", text, re.MULTILINE)) in (2, 3)


async def test_the_same_request_elsewhere_has_another_answer(me: Conversation) -> None:
    first = {}
    for town in ("Paris", "Mende", "Mamoudzou", "Pointe-à-Pitre"):
        await me.say("/benevolat")
        first[town] = re.findall(r"^[123]\. .*$", await me.say(f"aider à {town}"), re.MULTILINE)
    assert len({tuple(lines) for lines in first.values()}) == len(first)


@pytest.mark.parametrize("said", ["Saint-Étienne", "saint etienne", "ST ETIENNE", "st etiene", "Sainté", "42000"])
async def test_an_accent_a_capital_a_nickname_a_postcode_and_a_slip_change_nothing(me: Conversation, said: str) -> None:
    assert "Saint-Étienne (42)" in await me.say(f"aider les sdf à {said}")
