"""Needs, offers, requests and reports: so many a day for a person and for an address, and nothing that was written is
lost. Reports weigh by who makes them; what they hide is looked at, and comes back."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.daily_limits import DailyLimits
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Content, Due, Event, Press
from bot.settings import Settings
from tests.conftest import Conversation

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ADMIN = "telegram:4711"
HERE, THERE = "a1" * 16, "b2" * 16
"""Digests of two addresses."""
NUMBERS = itertools.count(1)


class Somebody(Conversation):
    """With an address where they are on the web."""

    address = ""

    async def send(self, content: Content, **details: object):
        return await super().send(content, **{"address": self.address, **details})


@pytest.fixture
def house(store, understanding, topics, new_catalogue) -> Engine:
    settings = Settings(data_dir=Path())
    limits = DailyLimits(settings.per_day, settings.people_per_address)
    return Engine(
        store,
        understanding,
        topics,
        new_catalogue,
        moderators=[ADMIN],
        daily_limits=limits,
        contact=lambda: "aide@allie.example",
    )


@pytest.fixture
def visitor(house):
    """Somebody with a new cookie, from an address."""

    def make(address: str = HERE, at: datetime = NOON) -> Somebody:
        one = Somebody(house, f"web:visitor-{next(NUMBERS)}", at=at, language="en")
        one.address = address
        return one

    return make


@pytest.fixture
def account(house):
    """Somebody on a platform of accounts."""

    def make(at: datetime = NOON) -> Somebody:
        return Somebody(house, f"telegram:{9_000 + next(NUMBERS)}", at=at, language="en")

    return make


@pytest.fixture
async def admin(house) -> Somebody:
    one = Somebody(house, ADMIN, at=NOON, language="en")
    await one.say("hello")
    return one


@pytest.fixture
def comes(store, house):
    """What Allié sends `one` by itself until then."""

    async def deliver(one: Conversation, at: datetime = NOON + timedelta(minutes=1)) -> str:
        while found := await store.due(at, 50):
            for due in found:
                await house.handle(Event(due.id, due.chat, Due(due.name, due.data), at))
        messages = await store.waiting(one.chat)
        for message in messages:
            await store.delivered(message)
        one.bodies = [message.body for message in messages]
        return "\n".join(body["text"] for body in one.bodies)

    return deliver


def button(one, start: str) -> Press:
    return Press(
        next(b["data"] for body in one.bodies for row in body["buttons"] for b in row if b["label"].startswith(start))
    )


async def asks_for_help(one: Conversation, title: str) -> str:
    await one.send(Press(">needs.new=1"))
    for answer in ("The Swallows", title, "Brest", "swallows@example.org"):
        await one.say(answer)
    return await one.press("Yes")


async def publishes(one: Conversation, name: str = "Bakery Aubin", words: str = "A room on Mondays") -> str:
    await one.send(Press(">offers.side=brings"))
    await one.press("Premises, a room")
    for answer in (words, "Marseille", "skip"):
        await one.say(answer)
    await one.press("Leave our offer")
    await one.say(name)
    await one.say("bakery@example.org")
    return await one.press("Yes")


async def sees(one: Conversation) -> str:
    await one.send(Press(">offers.side=seeks"))
    await one.press("Premises, a room")
    for answer in ("A room for our players", "Marseille", "skip"):
        await one.say(answer)
    return one.text


async def reports(one: Conversation, why: str = "It seems false, or a trap", name: str = "Bakery Aubin") -> str:
    await sees(one)
    await one.press(f"Put me in touch: {name}")
    await one.press("Report this")
    return await one.press(why)


async def titles(catalogue: AwaitedCatalogue) -> list[str]:
    return [need.mission.title for need in await catalogue.needs_waiting()]


async def test_one_visitor_with_new_cookies_reaches_the_moderators_so_often_a_day(
    visitor, admin, comes, new_catalogue
) -> None:
    refused = 0
    for number in range(14):
        refused += "nothing is lost" in await asks_for_help(visitor(), f"Need {number}")
    assert (len(await titles(new_catalogue)), refused) == (6, 8)
    assert (await comes(admin)).count("An association asks for help") == 6
    await asks_for_help(visitor(THERE), "From elsewhere")
    assert "From elsewhere" in await titles(new_catalogue)


async def test_on_a_platform_of_accounts_the_conversation_is_the_unit(account, new_catalogue) -> None:
    one = account()
    for number in range(4):
        last = await asks_for_help(one, f"Need {number}")
    assert "as many needs as I take in a day" in last
    assert len(await titles(new_catalogue)) == 3
    for _person in range(4):
        await asks_for_help(account(), f"Another’s {_person}")
    assert len(await titles(new_catalogue)) == 7


async def test_what_was_written_waits_for_the_next_day_and_goes_by_one_press(account, new_catalogue) -> None:
    one = account()
    for number in range(4):
        await asks_for_help(one, f"Need {number}")
    assert "From 24 November 2026 on, one press sends it" in one.text
    await one.press("Yes")
    assert "nothing is lost" in one.text, "not before"
    await one.say("who signs the tax receipt?")
    assert "Need 3" not in await titles(new_catalogue)


async def test_the_next_day_yes_sends_it(account, new_catalogue) -> None:
    one = account()
    for number in range(4):
        await asks_for_help(one, f"Need {number}")
    one.at = NOON + timedelta(days=1)
    await one.press("Yes")
    assert "Sent." in one.text
    assert "Need 3" in await titles(new_catalogue)


async def test_erasing_oneself_does_not_begin_the_day_anew(account) -> None:
    one = account()
    for number in range(3):
        await asks_for_help(one, f"Need {number}")
    await one.say("forget me")
    await one.press("Yes")
    assert one.last.forgotten
    assert "nothing is lost" in await asks_for_help(one, "Once more")


async def test_offers_and_requests_have_their_limits_too(visitor) -> None:
    for number in range(7):
        last = await publishes(visitor(), name=f"Firm {number}", words=f"A room, the {number}th")
    assert "as much as I put up in a day" in last
    seen = await sees(visitor(THERE))
    assert "Firm 6" not in seen
    for number in range(7):
        one = visitor(THERE)
        await sees(one)
        await one.press(next(label for label in one.labels if label.startswith("Put me in touch")))
        if number < 6:
            for answer in ("The Chess Club", "skip", "06 11 22 33 44"):
                await one.say(answer)
            await one.press("Yes")
    assert "You can ask them from 24 November 2026 on" in one.text


async def test_new_cookies_hide_nobody_however_many(visitor, account, admin, comes) -> None:
    owner = account()
    await publishes(owner)
    for number in range(24):
        await reports(visitor(f"{number:032x}"))
    assert "Bakery Aubin" in await sees(account())
    assert (await comes(admin)).count("Somebody reported this") == 1, "one message, not twenty-four"
    assert "not shown" not in await comes(owner)


async def test_one_address_reports_so_often_a_day(visitor, account) -> None:
    for number in range(12):
        await publishes(account(), name=f"Firm {number}", words=f"A room, the {number}th")
    told = []
    for _number in range(12):
        one = visitor()
        await sees(one)
        start = next(label for label in one.labels if label.startswith("Put me in touch"))
        await one.press(start)
        await one.press("Report this")
        told.append("as much as I take in a day" in one.text)
        if not told[-1]:
            await one.press("It does not belong here")
    assert told == [False] * 10 + [True] * 2


async def known(make, count: int) -> list[Somebody]:
    """People who have talked with Allié for a week."""
    people = [make(at=NOON - timedelta(days=7)) for _ in range(count)]
    for one in people:
        await one.say("hello")
        one.at = NOON
    return people


@pytest.fixture
async def hidden_by_three(account, admin, comes):
    """An offer that three known people reported; its owner, and those three."""
    owner = account()
    await publishes(owner)
    reporters = await known(account, 3)
    for one in reporters:
        assert "Bakery Aubin" in await sees(account())
        await reports(one)
    return owner, reporters


async def test_what_is_hidden_tells_its_owner_why_and_what_to_do(hidden_by_three, account, comes) -> None:
    owner, _reporters = hidden_by_three
    assert "Bakery Aubin" not in await sees(account())
    told = await comes(owner)
    assert "This is not shown for now: several people reported it." in told
    assert "The reason given: It seems false, or a trap." in told
    assert "you need do nothing" in told
    assert "aide@allie.example" in told
    await owner.send(Command("offres"))
    assert "Not shown for now" in owner.text
    await owner.send(button(owner, "Take it down"))
    assert "It is taken down" in owner.text


async def test_a_moderator_finds_it_among_what_is_to_be_read_and_puts_it_back(
    hidden_by_three, account, admin, comes
) -> None:
    owner, reporters = hidden_by_three
    await comes(owner)
    await admin.send(Command("relecture"))
    assert "It is hidden until you decide" in admin.text
    assert "It seems false, or a trap (3)" in admin.text
    await admin.press("Leave it on show")
    assert "Bakery Aubin" in await sees(account())
    assert "found it in order: it is on show again" in await comes(owner)
    await admin.send(Command("relecture"))
    assert "No need waits" in admin.text
    for one in reporters:
        await sees(one)
        await one.press("Put me in touch: Bakery Aubin")
        await one.press("Report this")
        assert "Thank you for saying so" in one.text
    assert "Bakery Aubin" in await sees(account())


async def test_what_was_put_back_is_hidden_by_others_only_twice_as_many(hidden_by_three, account, admin, comes) -> None:
    await admin.send(Command("relecture"))
    await admin.press("Leave it on show")
    others = await known(account, 6)
    for one in others[:5]:
        await reports(one)
    assert "Bakery Aubin" in await sees(account())
    await reports(others[5])
    assert "Bakery Aubin" not in await sees(account())


async def test_a_moderator_takes_it_down_and_its_owner_hears_why(hidden_by_three, account, admin, comes) -> None:
    owner, _reporters = hidden_by_three
    await comes(owner)
    await admin.send(Command("relecture"))
    await admin.press("Take it down")
    told = await comes(owner)
    assert "A moderator took this down" in told
    assert "The reason given: It seems false, or a trap." in told
    assert "Bakery Aubin" not in await sees(account())


async def test_who_was_found_wrong_weighs_nothing_the_next_time(hidden_by_three, account, admin, comes) -> None:
    owner, reporters = hidden_by_three
    await admin.send(Command("relecture"))
    await admin.press("Leave it on show")
    await comes(owner)
    await publishes(account(), name="The Mill", words="A hall")
    for one in reporters:
        await reports(one, name="The Mill")
    assert "The Mill" in await sees(account())


async def test_known_visitors_count_once_for_an_address(visitor, account) -> None:
    owner = account()
    await publishes(owner)

    async def come_back(addresses) -> None:
        for address in addresses:
            one = visitor(address, at=NOON - timedelta(days=2))
            await publishes(one, name="A shop", words="A shelf")
            one.at = NOON
            await reports(one)

    await come_back([HERE] * 3)
    assert "Bakery Aubin" in await sees(account())
    await come_back([f"{number:032x}" for number in range(4)])
    assert "Bakery Aubin" in await sees(account())
    await come_back(["f" * 32])
    assert "Bakery Aubin" not in await sees(account())


async def test_it_comes_back_by_itself_when_no_moderator_looks(hidden_by_three, account) -> None:
    assert "Bakery Aubin" not in await sees(account(at=NOON + timedelta(days=13)))
    assert "Bakery Aubin" in await sees(account(at=NOON + timedelta(days=15)))
