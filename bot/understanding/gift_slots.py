"""What a message tells of gifts, as slots: `gifts`, whether it `adds` to what was told before or is the `same`, and what
settles the figure: `nature`, `returned`, `budget`, `tax` (of a firm `profit_tax`), `joint`, `country`."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from bot.understanding.countries import read_country
from bot.understanding.gift_case import (
    read_budget,
    read_joint,
    read_nature,
    read_returned,
    read_tax,
    tells_nothing_back,
)
from bot.understanding.gift_words import ADDS, SAME
from bot.understanding.gifts import GiftsTold, gifts_in
from bot.understanding.hearing import Context
from bot.understanding.numbers.figures import figures_in
from bot.understanding.pay import as_number
from bot.understanding.sentence import Sentence
from bot.understanding.travel import read_km, read_power, read_vehicle

__all__ = ["GIFT", "read_gift_slots"]

NO_EXPENSES = frozenset({"raffle", "trip", "licence", "union", "share", "pot", "tip", "meal"})
"""What is paid for and is no expense for an association either."""
GIFT = "gift"
"""The `nature` of what is said to be a gift, where something else was spoken of before."""


def _travel(sentence: Sentence, language: str) -> dict[str, Any]:
    """The kilometres, the power and the vehicle of who drives for an association."""
    slots: dict[str, Any] = {}
    if (km := read_km(sentence, language)) is not None:
        slots["km"] = as_number(km)
    if (power := read_power(sentence)) is not None:
        slots["power"] = power
    if (vehicle := read_vehicle(sentence)) is not None:
        slots["vehicle"] = vehicle
    return slots


def _comes_on_top(sentence: Sentence) -> bool:
    """« et 50 à Greenpeace aussi »; « … et aussi aider le samedi » is another wish."""
    return any(not sentence.word(found.end).endswith(("er", "ir", "re")) for found in ADDS.find(sentence))


def _of_the_household(told: GiftsTold) -> bool:
    """« ma femme a donné 1 400 € »: beside what the person themselves gives."""
    return bool(told.gifts) and all(gift.by in ("spouse", "child") for gift in told.gifts)


def read_gift_slots(sentence: Sentence, language: str, today: date, context: Context) -> dict[str, Any]:
    """The slots of a message about gifts. `context` is one of those of money given or spent."""
    figures = figures_in(sentence, language, today, context)
    slots: dict[str, Any] = {}
    if (tax := read_tax(sentence, figures)) is not None:
        slots["profit_tax" if context is Context.PATRONAGE else "tax"] = as_number(tax)
    if context is Context.SPENDING:
        nature = read_nature(sentence)
        return slots | _travel(sentence, language) | ({"nature": nature} if nature in NO_EXPENSES else {})
    returned, budget = read_returned(sentence, figures), read_budget(sentence, figures)
    no_gifts = [*([returned.start] if returned else []), *([budget.at] if budget else [])]
    if (told := gifts_in(sentence, language, today, context, no_gifts)) is not None:
        slots["gifts"] = msgspec.to_builtins(told)
        if _comes_on_top(sentence) or _of_the_household(told):
            slots["adds"] = True
        if SAME.first(sentence) is not None:
            slots["same"] = True
    if returned is not None:
        slots["returned"] = as_number(returned.number.value)
    if budget is not None:
        slots["budget"] = {budget.kind: None if budget.value is None else as_number(budget.value)}
    if returned is None and (nature := read_nature(sentence, of_a_firm=context is Context.PATRONAGE)):
        slots["nature"] = nature
    elif tells_nothing_back(sentence):
        slots["nature"] = GIFT
    if (joint := read_joint(sentence)) is not None:
        slots["joint"] = joint
    if (country := read_country(sentence)) is not None:
        slots["country"] = country
    return slots
