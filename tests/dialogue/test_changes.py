"""A topic that brings changes into its talk itself: what is added, varied and taken back, and what is about nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.dialogue.change import Change
from bot.dialogue.engine import Engine
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role
from bot.phrase import _
from bot.questions.gifts import Gifts, GiftTold, told_of

NONE: tuple[GiftTold, ...] = ()


def topics() -> Registry:
    registry = Registry()

    @registry.topic("donation", title=_("Gift"), command="don", matter="gift")
    async def donation(talk: Talk) -> None:
        gifts = talk.refine("gifts", Gifts(), _("How much?"), NONE)
        total = sum((gift.amount for gift in gifts), Decimal(0))
        talk.say(_("{total:money} in {count:number} gifts.", total=total, count=len(gifts)))

    @registry.topic("company_donation", title=_("Gift of a firm"), command="firm", matter="gift")
    async def company_donation(talk: Talk) -> None:
        gifts = talk.refine("gifts", Gifts(), _("How much?"), NONE)
        talk.say(_("The firm gives {total:money}.", total=sum((gift.amount for gift in gifts), Decimal(0))))

    @registry.changes("donation")
    async def changed(talk: Talk, change: Change) -> bool:
        told = told_of(change.slots).gifts
        if not told:
            return False
        kept = talk.answered("gifts", Gifts()) or NONE
        talk.put("gifts", Gifts(), (*(kept if "adds" in change.slots else NONE), *told))
        return True

    @registry.topic("welcome", title=_("Menu"), role=Role.WELCOME)
    async def welcome(talk: Talk) -> None:
        talk.say(_("Here is the menu."))

    @registry.topic("fallback", title=_("Else"), role=Role.UNSURE)
    async def fallback(talk: Talk) -> None:
        talk.say(_("I do not follow."))

    return registry


@pytest.fixture
def me(store, understanding, talk_catalogue, person):
    return person(Engine(store, understanding, topics(), talk_catalogue), language="en")


async def test_what_comes_on_top_is_added_and_what_takes_back_replaces(me) -> None:
    assert await me.say("I would like to donate 300 euros to Restos du Coeur") == "€300 in 1 gifts."
    assert await me.say("and 50 to Greenpeace too") == "€350 in 2 gifts."
    assert await me.say("my wife also gave 100 euros to the Red Cross and we file together") == "€450 in 3 gifts."
    assert await me.say("no, actually 60") == "€60 in 1 gifts."


async def test_what_tells_nothing_of_it_is_taken_for_something_else(me) -> None:
    await me.say("I would like to donate 300 euros")
    assert "gifts." not in await me.say("no, on Sundays")


async def test_what_was_said_goes_along_to_the_other_side_of_the_matter(me) -> None:
    await me.say("I would like to donate 300 euros")
    assert await me.say("actually my company is the one giving") == "The firm gives €300."


@pytest.mark.parametrize("variation", ["and if 700?", "and if we give 700?", "what if it gives 700 instead?"])
async def test_another_sum_does_not_change_who_gives(me, variation: str) -> None:
    await me.say("our company gives 300 euros")
    assert await me.say(variation) == "The firm gives €700."


async def test_who_gives_changes_where_the_words_name_them(me) -> None:
    await me.say("our company gives 300 euros")
    assert "in 1 gifts." in await me.say("and if I give 200 personally?")
