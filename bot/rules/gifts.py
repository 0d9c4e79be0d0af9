"""A gift by an individual, its kind, the regime it follows on the day it is paid, and its box on the return.

A regime applies only between its dates (`data/law/donations.toml`); outside them the gift is an ordinary one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.rules.parameters import Row, known_from, known_until, law, parameter

__all__ = ["MONTHS", "Gift", "Kind", "box_of", "is_known_year", "monthly", "regime_on"]


class Kind(StrEnum):
    """What a gift is for, as the receipt of the organisation says; the rate follows from it and from the day."""

    GENERAL = "general"
    COLUCHE = "coluche"
    DOMESTIC_VIOLENCE = "domestic_violence"
    NOTRE_DAME = "notre_dame"
    CULTUEL = "cultuel"
    PATRIMOINE_RELIGIEUX = "patrimoine_religieux"
    MAYOTTE = "mayotte"
    CHAMBORD = "chambord"
    POLITICAL = "political"


@dataclass(frozen=True, slots=True)
class Gift:
    """A payment. `day` is the day it was paid: a card, transfer or debit counts on the day it reaches the
    organisation, a posted cheque on the day it is received. `abroad`: the body is in another EU or EEA state."""

    kind: Kind
    amount: Decimal
    day: date
    abroad: bool = False


MONTHS = 12


def monthly(gift: Gift) -> list[Gift]:
    """The same gift made every month of its year: twelve payments, each under the law of its day."""
    return [replace(gift, day=date(gift.day.year, month, 1)) for month in range(1, MONTHS + 1)]


def is_known_year(year: int) -> bool:
    """Whether the law of this income year was read, whole."""
    return known_from("donations").year <= year <= known_until("donations").year


def regime_on(kind: Kind, day: date) -> Kind:
    """The regime that a gift of this kind follows if paid on `day`: its own while it is in force, else general."""
    if kind in (Kind.GENERAL, Kind.POLITICAL):
        return kind
    if kind is Kind.DOMESTIC_VIOLENCE:
        row = parameter("donations.domestic_violence.regime").on(day)
        return Kind(row.text) if row else Kind.GENERAL
    return kind if parameter(f"donations.{kind}.ceiling").on(day) else Kind.GENERAL


def box_of(regime: Kind, gift: Gift) -> Row | None:
    """The box of the return for a gift that follows `regime`; None while it is not known."""
    parameters = law().parameters
    box = parameters.get(f"donations.{regime}.box_abroad") if gift.abroad else None
    box = box or parameters.get(f"donations.{regime}.box")
    return box.on(gift.day) if box else None
