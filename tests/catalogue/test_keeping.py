"""Who reads the feed, when, and who goes on with it when they vanish. Told of a real server, on both engines."""

import asyncio
import datetime
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.keeping import FeedReading
from bot.catalogue.sync import FeedSettings

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
Make = Callable[..., dict[str, Any]]


class Feed:
    """A feed of thirty missions, which counts how often each page was asked for."""

    def __init__(self, missions: list[Any]) -> None:
        self.missions, self.asked, self.status, self.url = missions, list[int](), 200, ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        skip, limit = int(request.query["skip"]), int(request.query["limit"])
        self.asked.append(skip)
        page = {"ok": True, "total": len(self.missions), "data": self.missions[skip : skip + limit]}
        return web.json_response(page, status=self.status)


@pytest.fixture
async def feed(feed_record: Make) -> AsyncIterator[Feed]:
    made = Feed([feed_record(id=f"m{n}", clientId=f"c{n}", title=f"Lire des histoires, {n}") for n in range(30)])
    app = web.Application()
    app.router.add_get("/v0/mission", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    yield made
    await runner.cleanup()


class Keeper:
    """One process that keeps a catalogue fresh, on a clock that is set by hand."""

    def __init__(self, catalogue: Catalogue, feed: Feed) -> None:
        self.catalogue, self.now, self.is_elected, self.looks = catalogue, NOW, True, 0
        self._looked = asyncio.Condition()
        self._settings = FeedSettings(key="k", base=feed.url, page=10, pause=0, first_retry=0.001)
        self._task: asyncio.Task[None] | None = None

    async def _elected(self) -> bool:
        async with self._looked:
            self.looks += 1
            self._looked.notify_all()
        return self.is_elected

    def begin(self) -> None:
        reading = FeedReading(
            self.catalogue, self._settings, every=6 * HOUR, now=lambda: self.now, elected=self._elected
        )

        async def keep() -> None:
            while True:
                await reading.look()
                await asyncio.sleep(0.01)

        self._task = asyncio.create_task(keep())

    async def looked(self) -> None:
        """Until it has looked once more and done what it found to do."""
        async with self._looked:
            wanted = self.looks + 2
            await self._looked.wait_for(lambda: self.looks >= wanted)

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])


@pytest.fixture
async def keeper(catalogue: Catalogue, feed: Feed) -> AsyncIterator[Callable[[], Awaitable[Keeper]]]:
    made: list[Keeper] = []

    async def another() -> Keeper:
        made.append(Keeper(catalogue, feed))
        return made[-1]

    yield another
    for one in made:
        await one.end()


async def test_it_is_read_at_the_first_start_then_when_it_is_due(keeper: Any, feed: Feed) -> None:
    one = await keeper()
    one.begin()
    await one.looked()
    assert feed.asked == [0, 10, 20]
    one.now += 5 * HOUR
    await one.looked()
    assert feed.asked == [0, 10, 20]
    one.now += HOUR
    await one.looked()
    assert feed.asked == [0, 10, 20] * 2


async def test_a_restart_reads_nothing_twice(keeper: Any, feed: Feed) -> None:
    first, second = await keeper(), await keeper()
    first.begin()
    await first.looked()
    await first.end()
    second.now += HOUR
    second.begin()
    await second.looked()
    assert feed.asked == [0, 10, 20]


async def test_one_that_is_not_elected_reads_nothing(keeper: Any, feed: Feed) -> None:
    one = await keeper()
    one.is_elected = False
    one.begin()
    await one.looked()
    assert feed.asked == []


async def test_the_next_one_goes_on_with_the_sweep_of_one_that_vanished(
    keeper: Any, feed: Feed, catalogue: Catalogue
) -> None:
    """Its last sign of life must be three minutes old; then its sweep goes on at its next page."""
    with catalogue.writer() as writer:
        writer.connection.execute(
            "INSERT INTO sweep (number, source, started, outcome, skip, total, beat, detail)"
            " VALUES (1, 'api-engagement', ?, 'running', 20, 30, ?, '')",
            (NOW.isoformat(), NOW.isoformat()),
        )
    one = await keeper()
    one.begin()
    await one.looked()
    assert feed.asked == []
    one.now += datetime.timedelta(minutes=4)
    await one.looked()
    assert feed.asked == [20]


async def test_a_sign_of_life_that_is_still_to_come_is_none(keeper: Any, feed: Feed, catalogue: Catalogue) -> None:
    """The clock was set back since it was written: nobody waits for the hour to come round again."""
    with catalogue.writer() as writer:
        writer.connection.execute(
            "INSERT INTO sweep (number, source, started, outcome, skip, total, beat, detail)"
            " VALUES (1, 'api-engagement', ?, 'running', 20, 30, ?, '')",
            ((NOW + HOUR).isoformat(), (NOW + HOUR).isoformat()),
        )
    one = await keeper()
    one.begin()
    await one.looked()
    assert feed.asked == [0, 10, 20]


async def test_a_feed_that_failed_waits_for_its_time_or_for_a_restart(keeper: Any, feed: Feed) -> None:
    feed.status = 401
    first, second = await keeper(), await keeper()
    first.begin()
    await first.looked()
    await first.looked()
    assert feed.asked == [0]
    await first.end()
    feed.status = 200
    second.begin()
    await second.looked()
    assert feed.asked == [0, 0, 10, 20]
