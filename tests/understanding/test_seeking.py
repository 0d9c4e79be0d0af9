"""Who looks for hands or things in the name of others, told from who looks for themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.seeking import read_seeking


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("on cherche un comptable bénévole", "Comptable bénévole"),
        ("je cherche un comptable bénévole pour mon asso", "Comptable bénévole"),
        (
            "nous cherchons des bénévoles pour tenir la buvette samedi à Figeac",
            "Bénévoles pour tenir la buvette samedi à Figeac",
        ),
        ("nous cherchons des bénévoles pour notre association", ""),
        ("on manque de bras", ""),
        ("la mairie cherche des bénévoles pour le carnaval", "Bénévoles pour le carnaval"),
        ("we're looking for a volunteer accountant", "Volunteer accountant"),
        ("I need volunteers for our charity", ""),
    ],
)
def test_people_are_looked_for_in_the_name_of_a_body(text: str, what: str) -> None:
    assert read_seeking(text) == ("people", what, True)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("je suis président d'une association et j'aimerais trouver un webmaster", "Webmaster"),
        ("il nous manque un trésorier", "Trésorier"),
        ("je cherche un bénévole pour m'aider à déménager", "Bénévole pour m'aider à déménager"),
    ],
)
def test_in_whose_name_is_left_to_who_speaks(text: str, what: str) -> None:
    assert read_seeking(text) == ("people", what, False)


@pytest.mark.parametrize("text", ["notre club a besoin d'un minibus", "on cherche un mécène", "we need computers"])
def test_things_are_looked_for(text: str) -> None:
    assert read_seeking(text) == ("things", "", True)


@pytest.mark.parametrize("text", ["publier un besoin", "tu peux le publier ?", "je voudrais publier une annonce"])
def test_something_is_to_be_published(text: str) -> None:
    assert read_seeking(text) == ("published", "", True)


@pytest.mark.parametrize(
    "text",
    [
        "je cherche une mission à Lyon",
        "on cherche une mission en famille",
        "je cherche une association",
        "je cherche du bénévolat",
        "on cherche à aider",
        "comment trouver des bénévoles ?",
        "l'association recrute ?",
        "notre refuge aurait besoin d'un juriste fourni par une société",
    ],
)
def test_who_looks_for_themselves_or_asks_how_is_no_such_seeker(text: str) -> None:
    assert read_seeking(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    seeking = read_seeking(text)
    assert seeking is None or seeking.sought in ("people", "things", "published")
