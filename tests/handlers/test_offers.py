"""Firms that bring and associations that seek: who fits whom, put in touch when both agree, and nothing leaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.daily_limits import DailyLimits
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Due, Event, Press

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ROOM = "A meeting room on Monday evenings"
BAKERY, CLUB = "bakery@example.org", "06 11 22 33 44"
ADMIN = "telegram:4711"


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def anybody(person):
    def one(**details):
        return person(language="en", at=NOW, **details)

    return one


async def press_like(one, start: str) -> str:
    """Press the first button whose label begins like this."""
    return await one.press(next(label for label in one.labels if label.startswith(start)))


async def looks(one, side: str, thing: str = "Premises, a room", words: str = ROOM, place: str = "Marseille") -> str:
    await one.send(Command("offres"))
    await press_like(one, side)
    await one.press(thing)
    await one.say(words)
    await one.say(place)
    return await one.say("skip")


async def publishes(one, side: str, name: str, contact: str, **said) -> str:
    await looks(one, side, **said)
    await press_like(one, "Leave our")
    await one.say(name)
    await one.say(contact)
    return await one.press("Yes")


async def offers_a_room(one, **said) -> str:
    return await publishes(one, "We can bring", "Bakery Aubin", BAKERY, **said)


async def asks(one, name: str = "The Chess Club", contact: str = CLUB) -> str:
    await looks(one, "We need", words="A room for our young players")
    await one.press("Put me in touch: Bakery Aubin")
    await one.say(name)
    await one.say("Thirty children, every Monday")
    await one.say(contact)
    return await one.press("Yes")


class Post:
    """What Allié sends by itself, once its time has come."""

    def __init__(self, store, engine: Engine) -> None:
        self.store, self.engine = store, engine

    async def comes(self, one, at: datetime | None = None) -> list[dict]:
        """What came for `one` until then. A piece of news may bring another."""
        at = at or NOW + timedelta(minutes=1)
        while found := await self.store.due(at, 20):
            for due in found:
                await self.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), at))
        messages = await self.store.waiting(one.chat)
        for message in messages:
            await self.store.delivered(message)
        return [message.body for message in messages]


@pytest.fixture
def post(store, engine) -> Post:
    return Post(store, engine)


def text_of(bodies: list[dict]) -> str:
    return "\n".join(body["text"] for body in bodies)


def button(bodies: list[dict], start: str) -> Press:
    return Press(
        next(one["data"] for body in bodies for row in body["buttons"] for one in row if one["label"].startswith(start))
    )


# What fits


async def test_a_firm_sees_who_needs_what_it_brings_and_why(anybody) -> None:
    await publishes(anybody(), "We need", "The Chess Club", CLUB, words="A room for our young players")
    await publishes(anybody(), "We need", "Far away", CLUB, words="A room by the sea", place="Brest")
    firm = anybody()
    await looks(firm, "We can bring", place="Aubagne")
    assert "Premises, a room · The Chess Club (Marseille (13))" in firm.text
    assert "the same thing · 16 km away" in firm.text
    assert "Far away" not in firm.text


async def test_an_association_sees_what_firms_offered_the_same_thing_first(anybody) -> None:
    await publishes(anybody(), "We can bring", "Garage Sud", BAKERY, thing="Goods, equipment", words="Twelve chairs")
    await offers_a_room(anybody())
    one = anybody()
    await looks(one, "We need", words="A room for our young players")
    assert one.text.index("Bakery Aubin") < one.text.index("Garage Sud")
    assert "something else, near you" in one.text


async def test_a_firm_sees_associations_of_the_catalogue_for_its_cause(anybody) -> None:
    firm = anybody()
    await firm.send(Command("offres"))
    await press_like(firm, "We can bring")
    await firm.press("A skill, some advice")
    await firm.say("Accounting, two days a year")
    await firm.say("Marseille")
    await firm.press("Animals")
    assert "For this cause, in the whole country: " in firm.text
    assert "SPA" in firm.text
    assert "Leave our offer" in firm.labels


async def test_what_is_done_at_a_distance_fits_everywhere(anybody) -> None:
    await publishes(
        anybody(), "We can bring", "Studio", BAKERY, thing="A skill, some advice", words="A web page", place="from home"
    )
    one = anybody()
    await looks(one, "We need", thing="A skill, some advice", words="A page for our trail", place="Brest")
    assert "Studio (at a distance)" in one.text


async def test_things_are_understood_in_ones_own_words(anybody) -> None:
    one = anybody()
    await one.send(Command("offres"))
    await press_like(one, "We can bring")
    assert "Near which place" in await one.say("some computers we no longer use")
    await one.send(Command("offres"))
    await press_like(one, "We can bring")
    assert "what, how much, when?" in await one.say("a room")
    await one.send(Command("offres"))
    await press_like(one, "We can bring")
    assert "Which one is it?" in await one.say("flower pots, forty of them")
    assert "what, how much, when?" in await one.press("Goods, equipment")


@pytest.mark.parametrize("words", ["Call 06 11 22 33 44", "a room, write to me@firm.example", "see www.firm.example"])
async def test_no_address_gets_into_what_everybody_reads(anybody, words: str) -> None:
    one = anybody()
    await one.send(Command("offres"))
    await press_like(one, "We can bring")
    await one.press("Premises, a room")
    assert "no address or number here" in await one.say(words)


# Consent


async def test_all_of_it_is_shown_before_it_is_published(anybody) -> None:
    firm, other = anybody(), anybody()
    await looks(firm, "We can bring")
    await press_like(firm, "Leave our")
    await firm.say("Bakery Aubin")
    await firm.say(BAKERY)
    assert ROOM in firm.text
    assert "Bakery Aubin (Marseille (13))" in firm.text
    assert f"“{BAKERY}” apart" in firm.text
    assert "ends on 22 January 2027" in firm.text
    await looks(other, "We need")
    assert "Bakery" not in other.text
    assert "Nothing was published" in await firm.press("No")
    await looks(other, "We need")
    assert "Bakery" not in other.text


async def test_nobody_reads_the_contact_of_an_offer(anybody) -> None:
    await offers_a_room(anybody())
    other = anybody()
    await looks(other, "We need")
    await other.press("Put me in touch: Bakery Aubin")
    await other.send(Command("donnees"))
    await other.press("Give me my data")
    everything = json.dumps(
        [[reply.whole, [file.content.decode() for file in reply.files]] for reply in other.last.replies]
    )
    assert BAKERY not in everything


async def test_an_offer_without_a_name_stays_a_firm(anybody) -> None:
    await publishes(anybody(), "We can bring", "skip", BAKERY)
    other = anybody()
    await looks(other, "We need")
    assert "A firm (Marseille (13))" in other.text


# In touch


async def test_both_say_yes_and_each_gets_the_contact_the_other_chose(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    assert "I am asking them" in await asks(club)
    bodies = await post.comes(firm)
    assert "<b>The Chess Club</b> is interested in" in text_of(bodies)
    assert "Thirty children" in text_of(bodies)
    assert CLUB not in text_of(bodies)
    await firm.send(button(bodies, "Yes"))
    await firm.press(BAKERY)
    assert CLUB not in firm.text
    await firm.press("Yes")
    assert CLUB not in firm.text
    assert BAKERY in text_of(await post.comes(club))
    assert CLUB in text_of(await post.comes(firm))


async def test_another_contact_than_the_one_kept_may_be_passed_on(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    await firm.send(button(await post.comes(firm), "Yes"))
    await firm.say("aubin@example.org")
    await firm.press("Yes")
    told = text_of(await post.comes(club))
    assert "aubin@example.org" in told
    assert BAKERY not in told


async def test_a_no_is_told_kindly_and_passes_nothing_on(anybody, post, store) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    await firm.send(button(await post.comes(firm), "No"))
    assert "I tell The Chess Club kindly" in firm.text
    told = await post.comes(club)
    assert "they cannot this time" in text_of(told)
    assert BAKERY not in text_of(told)
    assert await post.comes(firm) == []


async def test_a_yes_that_is_not_confirmed_passes_nothing_on(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    await firm.send(button(await post.comes(firm), "Yes"))
    await firm.press(BAKERY)
    assert "Nothing was passed on" in await firm.press("No")
    assert await post.comes(club) == []


async def test_who_asked_may_take_it_back_before_the_answer(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    bodies = await post.comes(firm)
    await club.send(Command("offres"))
    await press_like(club, "Take back")
    assert "It is taken back" in club.text
    await firm.send(button(bodies, "Yes"))
    assert "took their request back" in firm.text
    assert await post.comes(club) == []


async def test_an_offer_taken_down_answers_those_who_wait(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    await post.comes(firm)
    await firm.send(Command("offres"))
    await press_like(firm, "Take down")
    assert "they cannot this time" in text_of(await post.comes(club))
    other = anybody()
    await looks(other, "We need")
    assert "Bakery" not in other.text


async def test_nobody_answers_for_somebody_else(anybody, post) -> None:
    firm, club, stranger = anybody(), anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    yes = button(await post.comes(firm), "Yes")
    await stranger.send(yes)
    assert "is not for you" in stranger.text
    assert CLUB not in stranger.text
    await stranger.send(Press(yes.data.replace("yes", "take_back")))
    assert "nothing to take back" in stranger.text


async def test_a_request_answered_twice_counts_once(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    bodies = await post.comes(firm)
    await firm.send(button(bodies, "No"))
    await firm.send(button(bodies, "Yes"))
    assert "answered already" in firm.text


async def test_silence_is_said_after_some_days(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    bodies = await post.comes(club, NOW + timedelta(days=11))
    assert "no answer yet" in text_of(bodies)
    await club.send(button(bodies, "Take my request back"))
    assert "It is taken back" in club.text


async def test_the_night_is_left_in_peace(anybody, post, store) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    club.at = NOW.replace(hour=22)
    await asks(club)
    assert await post.comes(firm, NOW.replace(hour=23)) == []
    assert "is interested" in text_of(await post.comes(firm, NOW + timedelta(days=1)))


# Limits


async def test_three_requests_a_day_are_enough(anybody, store, understanding, topics, talk_catalogue) -> None:
    engine = Engine(store, understanding, topics, talk_catalogue, daily_limits=DailyLimits({"requests": 3}))
    club = anybody(engine=engine)
    for number in range(4):
        await publishes(anybody(), "We can bring", f"Firm {number}", BAKERY)
    for number in range(4):
        await looks(club, "We need")
        await club.press(f"Put me in touch: Firm {number}")
        if number == 3:
            break
        await club.say("The Chess Club")
        await club.say("skip")
        await club.say(CLUB)
        await club.press("Yes")
    assert "as many requests as I pass on in a day" in club.text
    assert "from 24 November 2026 on" in club.text
    club.at += timedelta(days=1)
    await looks(club, "We need")
    await club.press("Put me in touch: Firm 3")
    assert "Who shall I say is interested?" in club.text


async def test_the_same_offer_is_asked_about_once(anybody) -> None:
    club = anybody()
    await offers_a_room(anybody())
    await asks(club)
    await looks(club, "We need")
    await club.press("Put me in touch: Bakery Aubin")
    assert "You have asked them already" in club.text


async def test_three_entries_on_show_are_enough(anybody) -> None:
    firm = anybody()
    for words in ("One room", "Two rooms", "Three rooms"):
        await offers_a_room(firm, words=words)
    await looks(firm, "We can bring", words="Four rooms")
    await press_like(firm, "Leave our")
    assert "three on show already" in firm.text


async def test_an_entry_ends_unless_it_is_renewed(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    bodies = await post.comes(firm, NOW + timedelta(days=56))
    assert "Does this still hold? It ends on 22 January 2027" in text_of(bodies)
    club.at = NOW + timedelta(days=61)
    await looks(club, "We need")
    assert "Bakery" not in club.text
    firm.at = NOW + timedelta(days=61)
    await firm.send(button(bodies, "Renew"))
    assert "24 March 2027" in firm.text
    await looks(club, "We need")
    assert "Bakery" in club.text


# Reports


async def test_a_moderator_is_told_of_a_report_and_takes_the_offer_down(
    anybody, person, store, understanding, topics, talk_catalogue
) -> None:
    engine = Engine(store, understanding, topics, talk_catalogue, moderators=[ADMIN])
    post = Post(store, engine)
    firm, club = anybody(engine=engine), anybody(engine=engine)
    admin = anybody(engine=engine)
    admin.chat = ADMIN
    await admin.say("hello, what can we do?")
    await offers_a_room(firm)
    await looks(club, "We need")
    await club.press("Put me in touch: Bakery Aubin")
    await club.press("Report this")
    await club.press("It sells or advertises something")
    assert "Those who look after Allié see it" in club.text
    bodies = await post.comes(admin)
    assert "Somebody reported this" in text_of(bodies)
    assert ROOM in text_of(bodies)
    assert BAKERY not in text_of(bodies)
    await club.send(button(bodies, "Take it down"))
    assert "Only those who moderate" in club.text
    await admin.send(button(bodies, "Take it down"))
    assert "its owner is told" in admin.text
    assert "A moderator took this down" in text_of(await post.comes(firm))
    await looks(club, "We need")
    assert "Bakery" not in club.text


async def test_who_is_complained_of_twice_asks_no_more(anybody, post) -> None:
    club = anybody()
    for number in range(3):
        firm = anybody()
        await publishes(firm, "We can bring", f"Firm {number}", BAKERY)
        await looks(club, "We need")
        await club.press(f"Put me in touch: Firm {number}")
        if number == 2:
            break
        await club.say("Buy my things")
        await club.say("skip")
        await club.say(CLUB)
        await club.press("Yes")
        await firm.send(button(await post.comes(firm), "Report this"))
        assert "Those who look after Allié see it" in firm.text
        assert "they cannot this time" in text_of(await post.comes(club))
    assert "I pass no more of them on" in club.text


# Forgotten


async def forget(one) -> None:
    await one.send(Command("donnees"))
    await one.press("Erase everything")
    await one.press("Yes")


async def test_erasing_takes_the_offer_away_and_what_hangs_on_it(anybody, post, store) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    yes = button(await post.comes(firm), "Yes")
    await forget(firm)
    other = anybody()
    await looks(other, "We need")
    assert "Bakery" not in other.text
    await firm.send(yes)
    assert "is not for you" in firm.text
    assert await post.comes(club) == []


async def test_who_asked_and_was_erased_is_asked_for_no_more(anybody, post) -> None:
    firm, club = anybody(), anybody()
    await offers_a_room(firm)
    await asks(club)
    await forget(club)
    assert await post.comes(firm) == []


async def test_the_file_of_ones_data_holds_what_is_on_show(anybody) -> None:
    firm = anybody()
    await offers_a_room(firm)
    await firm.send(Command("donnees"))
    await firm.press("Give me my data")
    (file,) = firm.last.replies[0].files
    data = json.loads(file.content)
    (notice,) = data["notices"]
    assert notice["body"]["words"] == ROOM
    assert any(record["body"].get("contact") == BAKERY for record in data["records"])


@pytest.mark.parametrize("data", ["ask=nothing", "yes=\0", "report=" + "a" * 12, "renew=x", "close=x", "leave=é"])
async def test_a_button_of_nobodys_is_answered_kindly(anybody, data: str) -> None:
    one = anybody()
    topic = "offers" if data[:5] in ("renew", "close") else "introductions"
    await one.send(Press(f">{topic}.{data}"))
    assert one.text
    assert one.labels
    assert "went wrong" not in one.text
