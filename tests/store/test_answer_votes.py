"""What people think of written answers: counted, nobody's, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.store import Store, Turn

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ANSWER = "donors/recu-perdu"


async def vote(store: Store, event: str, useful: bool, chat: str = "web:ada") -> None:
    async def work(turn: Turn) -> None:
        turn.vote(ANSWER, useful=useful)

    await store.turn(event, chat, work, at=NOW)


async def test_each_vote_is_counted_once_however_often_it_is_delivered(store: Store) -> None:
    await vote(store, "e1", True)
    await vote(store, "e1", True)
    await vote(store, "e2", False, "web:bob")
    (counted,) = await store.dead_letters.answer_votes()
    assert (counted.answer, counted.useful, counted.useless) == (ANSWER, 1, 1)


async def test_it_is_counted_without_the_person_and_stays_when_they_are_erased(store: Store) -> None:
    await vote(store, "e1", True)

    async def forget(turn: Turn) -> None:
        assert ANSWER not in str(await turn.export())
        turn.forget()

    await store.turn("e2", "web:ada", forget, at=NOW)
    (counted,) = await store.dead_letters.answer_votes()
    assert counted.useful == 1
