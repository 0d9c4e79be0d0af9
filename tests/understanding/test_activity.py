"""What a message asks to do, apart from all else it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.synonyms import Synonyms
from bot.understanding.activity import read_activity

TODAY = date(2026, 11, 30)
SYNONYMS = Synonyms()


def wanted(said: str, language: str = "fr") -> list[str]:
    wished, plain = read_activity(said, language, TODAY)
    return [idea.said for part in (*wished, *plain) for idea in SYNONYMS.ideas(part)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("servir la soupe à Nevers le soir en semaine", ["soupe"]),
        ("couture à Mende", ["couture"]),
        ("je suis prof, j’aimerais accompagner des gens en fin de vie, à Dijon", ["accompagner", "fin de vie"]),
        ("J’ai 82 ans mais je peux encore téléphoner aux gens seuls", ["gens seuls"]),
        ("des animaux mais pas de chiens, j’en ai peur", ["animaux"]),
        ("j’habite Figeac, je suis au chômage", []),
        ("je porte le voile, j’aimerais servir des repas à Lille, on m’acceptera ?", ["servir des repas"]),
        ("je kiffe les chevaux, y a un truc à faire vers Angers ?", ["chevaux"]),
        ("je veux aider", []),
        ("jveux aider mais jsp ou", []),
        ("jsp trop quoi, avec des chevaux", ["chevaux"]),
        ("aucune idée d’où, mais avec des enfants", ["enfants"]),
        ("bénévolat samedi matin à Pau", []),
    ],
)
def test_only_what_is_to_be_done_is_looked_for(said: str, words: list[str]) -> None:
    assert wanted(said) == words


def test_in_english_too() -> None:
    assert wanted("I'd like to sort clothes in Nevers, I'm in a wheelchair", "en") == ["sort", "clothes"]


def test_who_does_not_know_where_looks_for_nothing() -> None:
    assert wanted("I want to help but idk where", "en") == []
    assert wanted("dunno where, with horses", "en") == ["horses"]


def test_what_is_wished_is_told_from_what_stands_by_itself() -> None:
    assert read_activity("je voudrais coudre", "fr", TODAY) == (["voudrais coudre"], [])
    assert read_activity("un peu de jardinage", "fr", TODAY) == ([], ["un peu de jardinage"])


@given(st.text(max_size=200))
def test_any_text_gives_parts_of_itself(text: str) -> None:
    for part in (part for parts in read_activity(text, "fr", TODAY) for part in parts):
        assert part in text
