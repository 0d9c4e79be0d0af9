"""A message that asks to go on in a language is told from one that only names it."""

from __future__ import annotations

import pytest

from bot.understanding.asked_language import may_want_language, wants_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en anglais ?", "en"),
        ("in French please", "fr"),
        ("english please", "en"),
        ("on peut parler anglais ?", "en"),
        ("je préfère en anglais svp", "en"),
        ("passe en français", "fr"),
        ("can we go on in French?", "fr"),
        ("Arabic please", "ar"),
        ("anglais", "en"),
    ],
)
def test_a_language_is_asked_for(text: str, language: str) -> None:
    assert wants_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "do you speak English?",
        "parlez-vous arabe ?",
        "je donne des cours d'anglais",
        "traduire des lettres en anglais pour des réfugiés",
        "une association à Anglet",
        "aider des enfants à apprendre le français",
        "la Croix-Rouge française",
    ],
)
def test_a_language_is_only_named(text: str) -> None:
    assert wants_language(text) is None


def test_a_language_may_be_the_answer_to_a_question() -> None:
    assert wants_language("anglais", alone=False) is None
    assert wants_language("en anglais", alone=False) == "en"


def test_lessons_in_a_language_ask_for_no_change() -> None:
    assert not may_want_language("je donne des cours d'anglais")
    assert may_want_language("je comprends mieux en anglais")
