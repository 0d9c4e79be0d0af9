"""What waits for people on the web, in the store that keeps it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.server import WebOutbox

ZOE = "web:zoe"


async def test_what_cannot_be_read_any_more_is_set_aside_and_the_rest_is_shown(store):
    async def work(turn):
        turn.send({"text": "old", "buttons": [[7]]})
        turn.send({})
        turn.send({"text": "new"})

    await store.turn("event", ZOE, work, at=datetime.now(UTC))
    waiting = WebOutbox(store)
    assert [str(reply.text) for _id, reply in await waiting.pending(ZOE)] == ["new"]
    assert len(await store.dead_letters.refused()) == 2
    await waiting.delivered(ZOE, [name for name, _reply in await waiting.pending(ZOE)])
    assert (await store.counts())["outbox"] == 0
