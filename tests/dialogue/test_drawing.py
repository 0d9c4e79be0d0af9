"""Papers and pictures: made apart from those who only talk, at a pace of their own, and kept by nobody."""

from __future__ import annotations

import asyncio
import sqlite3
import time

import pytest

from bot.dialogue.buttons import read_press
from bot.dialogue.drawing_room import DrawingRoom
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Event, Press, Text
from bot.inbound_rate_limiter import InboundRateLimiter, Wait

GIFT = "je donne 300 euros aux restos du cœur, je suis imposable"


def files_of(handled) -> dict[str, int]:
    """Each file by its name, and how large it is."""
    files = [file for reply in handled.replies for file in (*reply.files, *([reply.picture] if reply.picture else []))]
    return {file.name: len(file.content) for file in files}


def largest_kept(store) -> int:
    with sqlite3.connect(store.path) as database:
        return database.execute("SELECT max(length(answer)) FROM seen").fetchone()[0]


async def again(me):
    """The same delivery once more, as after a connection that broke."""
    return await me.engine.handle(me.event, answer="direct")


@pytest.fixture
def me(person):
    """Somebody whose last event can be delivered again."""
    somebody = person(language="fr")
    send = somebody.send

    async def sent(content, **details):
        handled = await send(content, **details)
        somebody.event = Event(f"{somebody.chat}:{somebody.count}", somebody.chat, content, somebody.at, language="fr")
        somebody.count += 1
        return handled

    somebody.count, somebody.send = 0, sent
    return somebody


@pytest.mark.parametrize("label", ["en PDF", "En image"])
async def test_a_paper_is_made_again_for_a_delivery_that_comes_again(me, store, label: str) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    await me.press(next(one for one in me.labels if label in one))
    first = files_of(me.last)
    assert first
    assert all(size > 1_000 for size in first.values())
    repeated = await again(me)
    assert repeated.duplicate
    assert files_of(repeated).keys() == first.keys()
    assert all(size > 1_000 for size in files_of(repeated).values())
    assert [reply.text for reply in repeated.replies] == [reply.text for reply in me.last.replies]
    assert largest_kept(store) < 10_000, "what is kept of it is words"


async def test_a_paper_asked_for_in_words_is_made_again_too(me) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    await me.say("fais-moi le pdf")
    assert any(name.endswith(".pdf") for name in files_of(me.last))
    assert files_of(await again(me)).keys() == files_of(me.last).keys()


async def test_the_export_is_handed_over_again_and_kept_nowhere(me, store) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    sizes = []
    for _time in range(12):
        await me.send(Press(">privacy.about=export"))
        sizes.append(files_of(me.last)["allie-mes-donnees.json"])
    assert files_of(await again(me)).keys() == {"allie-mes-donnees.json"}
    assert sizes[-1] < 6 * sizes[1], "an export holds no earlier ones"
    assert largest_kept(store) < 10_000


async def test_nothing_is_made_again_for_who_was_erased(me) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    await me.press(next(one for one in me.labels if "en PDF" in one))
    event = me.event
    await me.send(Press(">privacy.about=erase"))
    await me.press("Oui")
    repeated = await me.engine.handle(event, answer="direct")
    assert repeated.duplicate
    assert repeated.replies == ()


async def test_a_paper_whose_talk_is_out_of_mind_is_said_to_be_gone(me, store) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    await me.press(next(one for one in me.labels if "en PDF" in one))

    async def forgets(turn):
        turn.save({"v": 1, "language": "fr", "serial": 9})

    await store.turn("later", me.chat, forgets, at=me.at)
    repeated = await again(me)
    assert files_of(repeated) == {}
    assert "n’est pas conservé" in "".join(reply.text for reply in repeated.replies)


async def test_papers_have_a_pace_of_their_own_for_a_person_and_for_an_address(
    person, store, understanding, topics, talk_catalogue
) -> None:
    room = DrawingRoom(InboundRateLimiter(burst=2, every=60), InboundRateLimiter(burst=3, every=60))
    engine = Engine(store, understanding, topics, talk_catalogue, drawing=room)
    many = [person(engine, language="fr") for _ in range(3)]
    given = []
    for one in many:
        await one.send(Text(GIFT), address="203.0.113.7")
        await one.press("Plus…")
        button = next(label for label in one.labels if "En image" in label)
        data = one.data(button)
        for _time in range(3):
            await one.send(Press(data, button), address="203.0.113.7")
            given.append(bool(files_of(one.last)))
            if not given[-1]:
                assert "plusieurs documents" in one.text
    assert given == [True, True, False, True, False, False, False, False, False]
    await many[0].say(GIFT)
    assert "225" in many[0].text, "whoever only talks does not wait"


async def test_who_only_talks_does_not_wait_for_papers(person, store, understanding, topics, talk_catalogue) -> None:
    room = DrawingRoom()
    engine = Engine(store, understanding, topics, talk_catalogue, drawing=room)
    slow = [asyncio.create_task(room.make(lambda: time.sleep(0.3), person=str(number))) for number in range(5)]
    await asyncio.sleep(0)
    one = person(engine, language="fr")
    began = time.monotonic()
    await one.send(Command("aide"))
    assert time.monotonic() - began < 1.2, "five papers take longer"
    await asyncio.gather(*slow)


async def test_so_many_papers_may_wait_and_no_more() -> None:
    room = DrawingRoom()
    made = await asyncio.gather(*(room.make(lambda: time.sleep(0.01) or 1, person=str(n)) for n in range(30)))
    assert sum(one == 1 for one in made) == 20
    assert sum(isinstance(one, Wait) for one in made) == 10


async def test_a_button_of_a_paper_is_what_is_kept_of_it(me, store) -> None:
    await me.say(GIFT)
    await me.press("Plus…")
    label = next(one for one in me.labels if "En image" in one)
    pressed = read_press(me.data(label))
    await me.press(label)
    with sqlite3.connect(store.path) as database:
        (kept,) = database.execute("SELECT answer FROM seen WHERE answer LIKE '%drawn%'").fetchone()
    assert f'"drawn":[{pressed.serial},"{pressed.question}","{pressed.value}"]' in kept.replace(" ", "")
