"""What a volunteer drives: the kilometres of a year, the power of the vehicle, which one it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.dialogue.topic import load_topics
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots
from bot.understanding.travel import read_km, read_power, read_vehicle


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("640 km", 640),
        ("j'ai fait 1 200 kilomètres pour l'asso", 1200),
        ("12 trajets de 20 km", 240),
        ("10 trips of 30 km", 300),
        ("30 km par semaine", 1560),
        ("100 km par mois", 1200),
        ("200 km en moto et 50 km en voiture", 250),
        ("0,60 € du km", None),
        ("85 € de train", None),
    ],
)
def test_the_kilometres_of_a_year(text: str, km: int | None) -> None:
    assert read_km(Sentence(text)) == (None if km is None else Decimal(km))


@pytest.mark.parametrize(
    ("text", "power", "vehicle"),
    [
        ("640 km en 5 CV", 5, None),
        ("une voiture de 6 chevaux", 6, "car"),
        ("100 km with my electric car, 4 hp", 4, "electric"),
        ("en scooter 50", None, "moped"),
        ("ma moto", None, "motorcycle"),
        ("12,5 km", None, None),
        ("640 km, puissance 4", 4, None),
        ("power of 5", 5, None),
        ("puissance 40 kW", None, None),
    ],
)
def test_the_vehicle(text: str, power: int | None, vehicle: str | None) -> None:
    assert (read_power(Sentence(text)), read_vehicle(Sentence(text))) == (power, vehicle)


def test_kilometres_are_no_euros() -> None:
    slots = read_slots(
        "640 km en 4 CV et 12,40 € de péage en 2025", "fr", date(2026, 11, 30), load_topics().hearing.of("expenses")
    )
    assert (slots["km"], slots["power"], slots["amount"], slots["when"]) == (640, 4, 12.4, "year:2025")
