"""What the store does in a turn, in a send and around them: each act is one commit, and may be done again.

`fill` makes the beginning. The crash tests play each act and lose the process, or the wire, at each of its statements;
`uncovered` finds the statements in the source that no act has executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.store import Done, Message, Store, Turn
from bot.store.priority import Priority

__all__ = ["ACTS", "AT", "LOU", "MAX", "TABLES", "ZOE", "fill", "set_aside", "turn_of", "uncovered"]

AT = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
ZOE, MAX, LOU, LEA = "telegram:4711", "telegram:4712", "telegram:4713", "telegram:4714"
MEMBER = "telegram:-100123:4716"
AGREE1, AGREE2 = "telegram:4721", "telegram:4722"
TABLES = (
    "conversation",
    "seen",
    "outbox",
    "refused",
    "record",
    "due",
    "attempt",
    "parked",
    "notice",
    "broadcast",
    "misunderstood",
    "daily_use",
    "answer_vote",
)
"""Of a PostgreSQL store: those that hold what acts leave."""
TEXTS: dict[str, Any] = {"texts": {"fr": "Bonjour"}}


async def turn_of(store: Store, event: str, chat: str, at: datetime = AT) -> Done[None]:
    """A turn that does a little of everything."""

    async def work(turn: Turn) -> None:
        turn.save({"count": (turn.session or {"count": 0})["count"] + 1})
        turn.send({"text": "one"})
        turn.answer([{"text": "one"}])
        turn.put("favourite", "1", {"name": "the swallows"})
        turn.drop("favourite", "0")
        turn.schedule("nudge", "1", at, {})
        turn.cancel("nudge", "0")
        turn.post("need", chat, {"what": "bread"}, category="69", until=at + timedelta(days=1))
        turn.take_down("need", f"{chat}:old")
        turn.tell("need", MAX, "asked", "1", at, {})
        turn.misunderstood("the swallows", "en", "donation")
        turn.vote("donors/recu-perdu", useful=True)
        if await turn.used(f"unit of {chat}", "needs", at.date()) < 3:
            turn.use(f"unit of {chat}", "needs", at.date())

    return await store.turn(event, chat, work, at=at)


async def fill(store: Store) -> None:
    """Max and Lou have talked, and wait for a reply; Léa was erased, and waits for her last word; two hear the news."""
    await turn_of(store, "event:max", MAX)
    await turn_of(store, "event:lou", LOU)
    await turn_of(store, "event:member", MEMBER)
    await turn_of(store, "event:lea", LEA)
    for message in await hand(store, LEA):
        await store.delivered(message)
    await erase(store, LEA)
    await set_aside(store, "parked", MAX, "{}", at=AT)
    for person in (AGREE1, AGREE2):

        async def agree(turn: Turn) -> None:
            turn.save({"count": 0})
            turn.put("news", "on", {"subject": "all"})

        await store.turn(f"event:{person}", person, agree, at=AT)
    for name, person in (("spring", AGREE1), ("autumn", AGREE2)):
        begun = await store.broadcasts.begin(name, TEXTS, 2, AT)
        await store.broadcasts.hand_over(begun, [(person, news(name))], after=person, done=False, at=AT)
    await store.broadcasts.stop("autumn")
    await turn_of(store, "event:refused", "telegram:4715")
    for message in await hand(store, "telegram:4715"):
        await store.refused(message, "bad")


async def set_aside(
    store: Store,
    event: str,
    chat: str,
    raw: str,
    *,
    at: datetime,
    replies: Sequence[dict[str, Any]] = (),
    outbox: bool = True,
) -> None:
    """Keep an event for whoever mends what failed, and tell the person, as the engine does in the end."""

    async def work(turn: Turn) -> None:
        turn.park(raw, "ValueError")
        if outbox:
            for reply in replies:
                turn.send(reply)
        else:
            turn.answer(replies)

    await store.turn(event, chat, work, at=at)


def news(name: str) -> dict[str, Any]:
    return {"text": "News", "broadcast": name}


async def hand(store: Store, chat: str, priority: Priority = Priority.REPLY) -> list[Message]:
    """What waits for this person, in hand: one message, or none if it has gone."""
    found = await store.take("telegram", 50, priority=priority)
    mine = [message for message in found if message.chat == chat][:1]
    store.release([message for message in found if message not in mine])
    return mine


async def erase(store: Store, chat: str) -> None:
    async def work(turn: Turn) -> None:
        turn.forget()
        turn.send({"text": "It is done."})

    await store.turn(f"erase:{chat}", chat, work, at=AT)


async def a_first_turn(store: Store) -> None:
    await turn_of(store, "event:zoe", ZOE)


async def a_turn_on_the_same_day(store: Store) -> None:
    await turn_of(store, "event:again", MAX)


async def a_turn_on_another_day(store: Store) -> None:
    await turn_of(store, "event:tomorrow", MAX, AT + timedelta(days=1))


async def a_turn_that_takes_down_what_another_posted(store: Store) -> None:
    async def work(turn: Turn) -> None:
        turn.take_down("need", MAX, of_anybody=True)

    await store.turn("event:moderated", ZOE, work, at=AT)


async def a_person_leaves(store: Store) -> None:
    async def work(turn: Turn) -> None:
        turn.stop(True)

    await store.turn("event:left", MAX, work, at=AT)


async def a_person_ends_the_news(store: Store) -> None:
    async def work(turn: Turn) -> None:
        turn.drop("news", "on")

    await store.turn("event:off", AGREE1, work, at=AT)


async def an_erasure(store: Store) -> None:
    await erase(store, AGREE1)


async def an_event_set_aside(store: Store) -> None:
    await set_aside(store, "event:zoe", ZOE, "{}", at=AT, replies=[{"text": "Sorry"}])


async def an_event_let_go(store: Store) -> None:
    await store.dead_letters.drop_parked("parked")


async def a_refused_reply_let_go(store: Store) -> None:
    for reply in await store.dead_letters.refused():
        await store.dead_letters.drop_refused(reply.id)


async def what_was_not_understood_let_go(store: Store) -> None:
    await store.dead_letters.drop_misunderstood()


async def a_reply_delivered(store: Store) -> None:
    for message in await hand(store, MAX):
        await store.delivered(message, cooldown=1.0)


async def a_reply_delivered_in_a_group(store: Store) -> None:
    for message in await hand(store, MEMBER):
        await store.delivered(message, cooldown=3.0)


async def a_last_word_delivered(store: Store) -> None:
    for message in await hand(store, LEA):
        await store.delivered(message)


async def a_reply_refused(store: Store) -> None:
    for message in await hand(store, MAX):
        await store.refused(message, "bad")


async def a_reply_without_an_answer(store: Store) -> None:
    for message in await hand(store, MAX):
        await store.tried(message)


async def a_failed_try(store: Store) -> None:
    await store.failed("event:zoe")


async def a_person_gone(store: Store) -> None:
    for message in await hand(store, MAX):
        await store.gone(message, since=AT)


async def an_erased_person_gone(store: Store) -> None:
    for message in await hand(store, LEA):
        await store.gone(message, since=AT)


async def a_reply_held_and_taken_again(store: Store) -> None:
    store.release(await hand(store, MAX), cooldown=1.0)
    await hand(store, LOU)


async def a_page_of_a_broadcast(store: Store) -> None:
    spring = await store.broadcasts.get("spring")
    assert spring is not None
    await store.broadcasts.hand_over(spring, [(AGREE2, news("spring"))], after=AGREE2, done=True, at=AT)


async def a_broadcast_stopped(store: Store) -> None:
    await store.broadcasts.stop("spring")


async def a_broadcast_taken_up_again(store: Store) -> None:
    await store.broadcasts.begin("autumn", TEXTS, 2, AT)


async def news_delivered(store: Store) -> None:
    for message in await hand(store, AGREE1, priority=Priority.BROADCAST):
        await store.delivered(message)


async def news_refused(store: Store) -> None:
    for message in await hand(store, AGREE1, priority=Priority.BROADCAST):
        await store.refused(message, "bad")


async def news_for_somebody_gone(store: Store) -> None:
    for message in await hand(store, AGREE1, priority=Priority.BROADCAST):
        await store.gone(message, since=AT)


async def news_that_does_not_stand(store: Store) -> None:
    """The person ended the news while a message was in hand, and another takes it up again: it leaves the outbox."""
    for message in await hand(store, AGREE2, priority=Priority.HELD):
        await store.stands(message)


ACTS = [
    a_first_turn,
    a_turn_on_the_same_day,
    a_turn_on_another_day,
    a_turn_that_takes_down_what_another_posted,
    a_person_leaves,
    a_person_ends_the_news,
    an_erasure,
    an_event_set_aside,
    an_event_let_go,
    a_refused_reply_let_go,
    what_was_not_understood_let_go,
    a_reply_delivered,
    a_reply_delivered_in_a_group,
    a_last_word_delivered,
    a_reply_refused,
    a_reply_without_an_answer,
    a_failed_try,
    a_person_gone,
    an_erased_person_gone,
    a_reply_held_and_taken_again,
    a_page_of_a_broadcast,
    a_broadcast_stopped,
    a_broadcast_taken_up_again,
    news_delivered,
    news_refused,
    news_for_somebody_gone,
    news_that_does_not_stand,
]

# Every statement

STORE = Path(__file__).parents[2] / "bot" / "store"
WRITES = re.compile(r"\b(INSERT (OR \w+ )?INTO|UPDATE \w+\s+SET|DELETE FROM)\b")
GIVEN = re.compile(r"\?|(?<!:):\w+|%s|%\(\w+\)s")


def uncovered(modules: Iterable[str], executed: Iterable[str], leaving_out: Iterable[str]) -> list[str]:
    """The statements that write, in the source of these modules, and that are not among those executed."""
    left_out = {plainly(statement) for statement in leaving_out}
    known = [plainly(statement) for statement in executed]
    missing = []
    for module in modules:
        for statement in written_in(STORE / f"{module}.py"):
            pattern = re.compile(".*?".join(re.escape(part) for part in GIVEN.split(plainly(statement))), re.DOTALL)
            if plainly(statement) not in left_out and not any(pattern.search(one) for one in known):
                missing.append(f"{module}: {plainly(statement)}")
    return missing


def written_in(path: Path) -> Iterator[str]:
    """Each string of a module that writes to the database, with a mark for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            text = node.value.decode() if isinstance(node.value, bytes) else str(node.value)
        if WRITES.search(text):
            yield text


def plainly(statement: str) -> str:
    return " ".join(re.sub(r"\$\d+", "?", statement).split())
