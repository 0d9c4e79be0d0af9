"""How far one would go, said in minutes."""

from __future__ import annotations

import pytest

from handlers.volunteer.search_criteria import minutes_away


@pytest.mark.parametrize(
    ("words", "km"),
    [
        ("à 30 minutes de Tours", 15),
        ("à moins de 20 min de chez moi", 10),
        ("à 20 minutes à vélo de Nantes", 5),
        ("à 15 minutes à pied", 1),
        ("within 30 minutes of Tours", 15),
        ("20 minutes away by bike", 5),
        ("deux fois 30 minutes par semaine", 0),
        ("j’ai 45 minutes le mardi", 0),
        ("à 30 minutes par jour", 0),
        ("à 0 minutes", 0),
    ],
)
def test_minutes_are_a_distance_when_they_are_one(words: str, km: int) -> None:
    assert minutes_away(words) == km
