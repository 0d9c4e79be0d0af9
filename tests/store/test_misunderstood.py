"""What was not understood: counted, bounded in number and in age, nobody's, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store import Retention, Store, Turn

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


async def say(store: Store, event: str, *texts: str, chat: str = "web:ada", at: datetime = NOW) -> None:
    async def work(turn: Turn) -> None:
        for text in texts:
            turn.misunderstood(text, "fr", "fallback")

    await store.turn(event, chat, work, at=at)


async def test_the_same_words_are_counted_whoever_said_them(store: Store) -> None:
    await say(store, "e1", "le [name] de [name]")
    await say(store, "e2", "quel temps", "le [name] de [name]", chat="web:bob", at=NOW + timedelta(days=2))
    first, second = await store.dead_letters.misunderstood()
    assert (first.text, first.count, first.language, first.topic) == ("le [name] de [name]", 2, "fr", "fallback")
    assert (second.text, second.count) == ("quel temps", 1)


async def test_a_repeated_delivery_counts_once(store: Store) -> None:
    await say(store, "e1", "quel temps")
    await say(store, "e1", "quel temps")
    assert [one.count for one in await store.dead_letters.misunderstood()] == [1]


async def test_no_more_than_a_thousand_are_kept(store: Store) -> None:
    await say(store, "e1", *(f"mot {'a' * (number + 1)}" for number in range(1_050)))
    await say(store, "e2", "mot a")
    kept = await store.dead_letters.misunderstood()
    assert len(kept) == 1_000
    assert (kept[0].text, kept[0].count) == ("mot a", 2)


async def test_what_is_old_goes_and_the_rest_when_it_is_told_to(store: Store) -> None:
    await say(store, "e1", "vieux", at=datetime.now(UTC))
    await store.clean(datetime.now(UTC) + timedelta(days=80), Retention())
    assert len(await store.dead_letters.misunderstood()) == 1
    await store.clean(datetime.now(UTC) + timedelta(days=95), Retention())
    assert await store.dead_letters.misunderstood() == []
    await say(store, "e2", "un", "deux")
    assert await store.dead_letters.drop_misunderstood() == 2
    assert await store.dead_letters.misunderstood() == []
