"""Asking to be told something, and asking for something to be done."""

from __future__ import annotations

import pytest

from bot.understanding.questions import asks_to_act


@pytest.mark.parametrize(
    "text",
    [
        "pouvez-vous nous trouver un partenaire ?",
        "Tu peux m'envoyer la lettre ?",
        "vous pourriez me calculer ça ?",
        "Could you please find us a charity?",
        "can you send me the letter",
    ],
)
def test_what_is_asked_for_is_something_to_do(text: str) -> None:
    assert asks_to_act(text)


@pytest.mark.parametrize(
    "text",
    [
        "pouvez-vous me dire à quel taux ?",
        "tu peux m'expliquer le rescrit ?",
        "un bénévole peut-il refuser ?",
        "vous pouvez refuser une mission ?",
        "Can you tell me who signs?",
        "can a firm of two lend staff?",
    ],
)
def test_what_is_asked_for_is_to_be_told(text: str) -> None:
    assert not asks_to_act(text)
