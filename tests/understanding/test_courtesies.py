"""Words of courtesy alone, and whose gift it is."""

from __future__ import annotations

import pytest

from bot.understanding.courtesy import read_courtesy
from bot.understanding.givers import gives_privately, read_giver
from bot.understanding.sentence import Sentence


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("bonjour", "greeting"),
        ("Bonsoir à tous !", "greeting"),
        ("hello there", "greeting"),
        ("bonjour, merci d’avance", "greeting"),
        ("merci bcp", "thanks"),
        ("ok merci", "thanks"),
        ("d’accord", "fine"),
        ("ok super", "fine"),
        ("bonjour les Restos du Cœur", None),
        ("super marché solidaire", None),
        ("ok pour samedi", None),
        ("", None),
        ("!", None),
    ],
)
def test_a_courtesy_is_one_only_when_nothing_else_is_said(text: str, courtesy: str | None) -> None:
    assert read_courtesy(text) == courtesy


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("c’est moi qui donne, pas ma boîte", "person"),
        ("à titre personnel", "person"),
        ("out of my own pocket", "person"),
        ("et si je le donne moi-même ?", "person"),
        ("we paid it ourselves", "person"),
        ("from my own account", "person"),
        ("c’est ma société qui paie, pas moi", "company"),
        ("au nom de notre entreprise", "company"),
        ("en mon nom propre ou au nom de ma boîte ?", None),
        ("ma boîte donne 500 €", None),
        ("je donne 50 € à la SPA", None),
    ],
)
def test_whose_gift_it_is_when_it_is_said_in_so_many_words(text: str, giver: str | None) -> None:
    assert read_giver(text) == giver


@pytest.mark.parametrize(
    ("text", "is_private"),
    [
        ("ma tante a laissé 50 € à la caisse d'un magasin", True),
        ("my brother gave 80 euros outside a shop", True),
        ("ma société donne 80 €, mon père aussi", False),
        ("mon père donne pour son entreprise", False),
        ("je donne 80 € en mémoire de mon père", False),
    ],
)
def test_who_gives_of_the_family_gives_no_firms_money(text: str, is_private: bool) -> None:
    assert gives_privately(Sentence(text)) is is_private
