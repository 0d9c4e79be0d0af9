"""Grief is heard where somebody close has died; distress is not heard in an answer that names none."""

from __future__ import annotations

import pytest

from bot.understanding import Understanding
from bot.understanding.__main__ import TODAY
from bot.understanding.grief import read_grief


@pytest.mark.parametrize(
    "text",
    [
        "je veux donner 300 € en mémoire de mon père",
        "j'ai perdu mon mari l'an dernier, je voudrais aider",
        "ma mère est décédée en mars",
        "mon fils est mort d'une leucémie, j'aimerais aider la recherche",
        "je suis veuve, 1200 € de retraite",
        "dons aux obsèques de mon oncle à la place des fleurs",
        "my mum passed away",
        "a gift in memory of my grandmother",
    ],
)
def test_grief_is_heard(text: str) -> None:
    assert read_grief(text) == "death"


@pytest.mark.parametrize(
    "text",
    [
        "un don en mémoire de mon frère qui s'est suicidé",
        "my brother killed himself last year, I want to give in his memory",
        "mon ami s'est donné la mort l'an dernier, je veux aider une asso de prévention",
    ],
)
def test_who_is_left_behind_by_a_suicide_is_heard_and_not_taken_to_be_in_danger(
    understanding: Understanding, text: str
) -> None:
    meaning = understanding.read(text, today=TODAY)
    assert meaning.grief == "suicide"
    assert "crisis" not in meaning.slots


@pytest.mark.parametrize(
    "text",
    [
        "j'ai perdu mon reçu",
        "mon reçu est perdu, ma mère l'a jeté",
        "mon enfant a perdu sa place",
        "je suis mort de rire avec ma soeur",
        "c'est mort pour samedi",
        "aider les familles en deuil",
        "prévention du suicide des jeunes",
        "que deviennent mes dons à ma mort ?",
        "don au nom de mon père",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert read_grief(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "je veux arrêter",
        "j'arrête tout",
        "je veux m'arrêter là",
        "aucune, c'est pour ma mère",
        "c'est pour mon mari",
        "c'est mort",
        "les enfants maltraités",
        "I want to stop",
        "none, it's for my mother",
    ],
)
def test_an_answer_to_a_question_of_ours_is_no_distress(understanding: Understanding, text: str) -> None:
    assert "crisis" not in understanding.read(text, today=TODAY, asked=True).slots


@pytest.mark.parametrize(
    "text",
    ["je veux mourir", "je veux en finir", "mon mari me frappe", "g plu la force", "I want to die", "he hits me"],
)
def test_distress_is_heard_in_the_middle_of_anything(understanding: Understanding, text: str) -> None:
    assert "crisis" in understanding.read(text, today=TODAY, asked=True).slots
