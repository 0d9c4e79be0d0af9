"""The gifts of a talk, by a household or by a firm: as they stand, and as what is told next changes them."""

from __future__ import annotations

from msgspec.structs import replace

from bot.dialogue.change import Change
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.gifts import Gifts, GiftTold, told_of
from bot.questions.money import Money
from bot.questions.organisation import Organisation
from handlers.shared.told_gifts import Gifted, first_told, told_next

__all__ = ["BODY", "GIFTS", "PERIOD", "hear_gifts", "kept_gifts", "note_gifts"]

GIFTS = Gifts()
AMOUNT = Money(slot=None)
BODY = Organisation()
PERIOD = Choice(2, once=_("Once"), monthly=_("Every month"))
NOTHING: Gifted = ()
ASKED = ("gifts", "amount", "organisation", "period")
SAID_ONCE_MORE = ("amount", "amounts", "organisation", "org_kind", "period", "when")
"""What the words of a gift are read as besides, for talks that know no gifts."""


def hear_gifts(talk: Talk) -> Gifted:
    """The gifts told so far, those in the words that began the talk among them."""
    if isinstance(talk.slots.get("gifts"), dict):
        if any(talk.told(name) for name in ASKED):
            hear_beside_an_answer(talk)
        else:
            talk.refine("gifts", GIFTS, _("How much, and to whom?"), NOTHING)
            talk.unsay(*SAID_ONCE_MORE)
    talk.refine("gifts", GIFTS, _("How much, and to whom?"), NOTHING)
    talk.setting("period", PERIOD, "")
    return kept_gifts(talk)


def hear_beside_an_answer(talk: Talk) -> None:
    """What an answer says of the gift besides: « 300 à la SPA » where the amount was asked."""
    kept, told = kept_gifts(talk), told_of(talk.slots)
    talk.forget_slots("gifts", *SAID_ONCE_MORE)
    said = told.gifts[0] if len(told.gifts) == 1 else told.about
    if len(kept) == 1 and not kept[0].to and (said.to or said.rate or said.purpose):
        talk.put("gifts", GIFTS, (replace(kept[0], to=said.to, rate=said.rate, purpose=said.purpose),))


def kept_gifts(talk: Talk) -> Gifted:
    """The gifts as they stand: told in words, carried by a button, answered to a question."""
    gifts = talk.answered("gifts", GIFTS) or first_told(talk.slots)
    if (amount := talk.answered("amount", AMOUNT)) is not None:
        gifts = (replace(gifts[0], amount=amount), *gifts[1:]) if gifts else (GiftTold(amount=amount),)
    if name := talk.answered("organisation", BODY):
        gifts = tuple(replace(gift, to=name, rate="", purpose="") for gift in gifts)
    if period := talk.answered("period", PERIOD):
        gifts = tuple(replace(gift, every="monthly" if period == "monthly" else "") for gift in gifts)
    return gifts


def note_gifts(talk: Talk, change: Change) -> bool:
    """Bring what is told next of the gifts into the talk; False where nothing is told of them."""
    gifts = told_next(
        kept_gifts(talk),
        told_of(change.slots),
        change.words,
        adds="adds" in change.slots,
        same="same" in change.slots,
        takes_back=change.takes_back,
        asks=change.asks,
    )
    if gifts is None:
        return False
    talk.put("gifts", GIFTS, gifts)
    talk.unsay("amount", "organisation", "period")
    return True
