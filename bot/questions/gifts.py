"""Gifts told in one's own words: how much, to whom, when, how often, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Reading, Said
from bot.understanding.gifts import Every, GiftsTold, GiftTold, gifts_in, in_its_rhythm
from bot.understanding.hearing import Context

__all__ = ["Every", "GiftTold", "Gifts", "GiftsTold", "in_its_rhythm", "told_of"]


def told_of(slots: Mapping[str, Any]) -> GiftsTold:
    """What the slots of a message tell of gifts; nothing where they tell nothing."""
    kept = slots.get("gifts")
    try:
        return msgspec.convert(kept, GiftsTold) if isinstance(kept, dict) else GiftsTold()
    except msgspec.ValidationError:  # of another version
        return GiftsTold()


class Gifts(Kind[tuple[GiftTold, ...]]):
    """Gifts, each with what was said of it. As a slot also what one message tells of them."""

    slot = "gifts"
    expects = _("Tell me how much, and to whom: for example 50 € to Restos du Cœur.")

    def read(self, said: Said) -> Reading[tuple[GiftTold, ...]]:
        told = gifts_in(said.sentence, said.language, said.today, Context.GIFT)
        return Answer(tuple(told.gifts)) if told is not None and told.gifts else None

    def from_slot(self, value: Any) -> Reading[tuple[GiftTold, ...]]:
        if isinstance(value, dict):
            told = told_of({"gifts": value})
            return Answer(tuple(told.gifts) or (told.about,))
        return super().from_slot(value)

    def load(self, stored: Any) -> tuple[GiftTold, ...]:
        try:
            return msgspec.convert(stored, tuple[GiftTold, ...])
        except msgspec.ValidationError as error:
            raise ValueError("no gifts") from error

    def dump(self, value: tuple[GiftTold, ...]) -> Any:
        return [msgspec.to_builtins(gift) for gift in value]

    def shown(self, value: tuple[GiftTold, ...]) -> Phrase:
        return _("{gifts:list}", gifts=[one_shown(gift) for gift in value])


def one_shown(gift: GiftTold) -> Phrase:
    """A gift in a few words."""
    if gift.to:
        return _("{amount:money} to {name}", amount=gift.amount, name=gift.to)
    return _("{amount:money}", amount=gift.amount)
