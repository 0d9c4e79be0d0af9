"""Where the body that is given to has its seat, as far as the law tells places apart (CGI art. 200, 4 bis)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.rules.parameters import parameter

__all__ = ["Seat", "seat_of"]

FRANCE = "fr"


class Seat(StrEnum):
    """A body in France counts; one in Europe where it is approved, or shown to be like a French one; others never."""

    FRANCE = "france"
    EUROPE = "europe"
    ELSEWHERE = "elsewhere"
    UNSURE = "unsure"
    """Abroad, and nothing more is known."""


def seat_of(country: str, day: date) -> Seat:
    """The seat of a body of this country (ISO code, "eu", or "abroad"; "" for one said to be nowhere else) on a day."""
    if country in ("", FRANCE):
        return Seat.FRANCE
    if country == "abroad":
        return Seat.UNSURE
    counting = parameter("donations.abroad.countries").at(day).text.split()
    return Seat.EUROPE if country in counting else Seat.ELSEWHERE
