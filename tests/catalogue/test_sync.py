"""A feed over the network on its bad days, against a real server: nothing people rely on ever vanishes by mistake."""

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.sweep import BeingRead, Report
from bot.catalogue.sync import FeedSettings, sync
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
Make = Callable[..., dict[str, Any]]


@dataclass
class Feed:
    """API Engagement's list page, with what goes wrong scripted: `troubles` answer first, one request each."""

    missions: list[Any] = field(default_factory=list)
    troubles: list[web.Response | str] = field(default_factory=list)
    total: int | None = None
    requests: list[tuple[str | None, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.headers.get("x-api-key"), dict(request.query)))
        if self.troubles:
            trouble = self.troubles.pop(0)
            if trouble == "dies":
                response = web.StreamResponse(headers={"Content-Length": "1000"})
                await response.prepare(request)
                await response.write(b'{"ok":true,"data":[{"id"')
                assert request.transport is not None
                request.transport.close()
                return response
            if isinstance(trouble, web.Response):
                return trouble
        skip, limit = int(request.query["skip"]), int(request.query["limit"])
        total = len(self.missions) if self.total is None else self.total
        page = {"ok": True, "total": total, "data": self.missions[skip : skip + limit], "limit": limit, "skip": skip}
        return web.json_response(page)


@pytest.fixture
async def feed() -> AsyncIterator[Feed]:
    made = Feed()
    app = web.Application()
    app.router.add_get("/v0/mission", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    yield made
    await runner.cleanup()


@pytest.fixture
def read(catalogue: Catalogue, feed: Feed) -> Callable[..., Any]:
    async def once(hours: float = 0, **options: Any) -> Report:
        settings = FeedSettings(key="k", base=feed.url, page=10, pause=0, first_retry=0.001, timeout=5)
        now = NOW + datetime.timedelta(hours=hours)
        return await sync(catalogue, settings, now=lambda: now, **options)

    return once


@pytest.fixture
def missions(feed_record: Make) -> Callable[[int], list[dict[str, Any]]]:
    def some(count: int) -> list[dict[str, Any]]:
        return [feed_record(id=f"m{n}", clientId=f"c{n}", title=f"Lire des histoires, {n}") for n in range(count)]

    return some


def shown(catalogue: Catalogue) -> int:
    return len(catalogue.search(Wish(), today=TODAY, limit=200).found)


async def test_the_whole_feed_is_read_page_by_page_with_the_key(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(25)
    report = await read()
    assert (report.outcome, report.pages, report.count.new) == ("complete", 3, 25)
    assert shown(catalogue) == 25
    assert [query["skip"] for _key, query in feed.requests] == ["0", "10", "20"]
    assert {key for key, _query in feed.requests} == {"k"}
    assert catalogue.freshness().read_on == TODAY


async def test_reading_again_changes_nothing_and_a_change_is_seen(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(12)
    await read()
    again = await read(24)
    assert (again.count.new, again.count.changed, again.count.same) == (0, 0, 12)
    feed.missions[3]["title"] = "Planter des arbres"
    assert (await read(48)).count.changed == 1
    assert catalogue.search(Wish(text="planter des arbres"), today=TODAY).found


async def test_a_mission_is_withdrawn_only_after_two_complete_sweeps_without_it(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(25)
    await read()
    feed.missions.pop(7)
    assert (await read(24)).count.withdrawn == 0
    assert shown(catalogue) == 25
    assert (await read(48)).count.withdrawn == 1
    assert shown(catalogue) == 24
    assert catalogue.mission("api-engagement:m7") is not None
    assert not catalogue.is_listed("api-engagement:m7", TODAY)


async def test_a_mission_that_comes_back_between_two_sweeps_stays(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    whole = missions(25)
    for turn, served in enumerate((whole, whole[1:], whole, whole[1:], whole)):
        feed.missions = served
        await read(24 * turn)
    assert shown(catalogue) == 25


async def test_a_withdrawn_mission_that_comes_back_is_shown_again(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    whole = missions(25)
    for turn, served in enumerate((whole, whole[1:], whole[1:], whole)):
        feed.missions = served
        await read(24 * turn)
    assert shown(catalogue) == 25


@pytest.mark.parametrize(
    "troubles",
    [
        lambda: [web.json_response({"ok": False, "code": "SERVER_ERROR"})],
        lambda: [web.Response(status=500)],
        lambda: [web.Response(status=503), web.Response(status=502)],
        lambda: [web.json_response({"ok": False}, status=429, headers={"Retry-After": "2"})],
        lambda: [web.Response(text="<html>maintenance</html>", content_type="text/html")],
        lambda: [web.json_response({"ok": True, "data": "no list", "total": 3})],
        lambda: [web.json_response({"ok": True, "data": []})],
        lambda: [web.json_response([1, 2])],
        lambda: ["dies"],
    ],
    ids=["ok-false", "500", "503-502", "429", "html", "no-list", "no-total", "not-an-object", "dies-half-way"],
)
async def test_a_page_that_fails_is_asked_for_again(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any, troubles: Callable[[], list[web.Response | str]]
) -> None:
    feed.missions, feed.troubles = missions(12), troubles()
    assert (await read()).outcome == "complete"
    assert shown(catalogue) == 12


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (lambda: web.json_response({"ok": False}), "does not say ok"),
        (lambda: web.Response(status=500), "status 500"),
        (lambda: "dies", "no answer"),
        (lambda: web.Response(status=401, text="Unauthorized"), "the key is refused"),
        (lambda: web.Response(status=404), "nothing at that address"),
    ],
    ids=["ok-false", "500", "dies", "401", "404"],
)
async def test_a_feed_that_dies_takes_nothing_away(
    catalogue: Catalogue,
    feed: Feed,
    read: Any,
    missions: Any,
    trouble: Callable[[], web.Response | str],
    said: str,
) -> None:
    feed.missions = missions(12)
    await read()
    for turn in (1, 2, 3):
        feed.troubles = [trouble() for _try in range(5)]
        report = await read(24 * turn)
        assert report.outcome == "failed"
        assert said in report.detail
    assert shown(catalogue) == 12
    assert catalogue.freshness().read_on == TODAY
    assert catalogue.freshness().failing


async def test_an_unreachable_feed_is_a_failed_sweep(catalogue: Catalogue, feed: Feed) -> None:
    settings = FeedSettings(key="k", base="http://127.0.0.1:9", pause=0, first_retry=0.001, timeout=2)
    report = await sync(catalogue, settings, now=lambda: NOW)
    assert report.outcome == "failed"
    assert "no answer" in report.detail


async def test_an_empty_feed_is_set_aside(catalogue: Catalogue, feed: Feed, read: Any, missions: Any) -> None:
    feed.missions = missions(4)
    await read()
    feed.missions = []
    for turn in (1, 2, 3):
        assert (await read(24 * turn)).outcome == "quarantined"
    assert shown(catalogue) == 4


async def test_a_sudden_drop_is_set_aside_until_somebody_accepts_it(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(40)
    await read()
    feed.missions = feed.missions[:20]
    for turn in (1, 2, 3):
        report = await read(24 * turn)
        assert report.outcome == "quarantined"
        assert "20 of 40" in report.detail
    assert shown(catalogue) == 40
    await read(96, accept_drop=True)
    await read(120, accept_drop=True)
    assert shown(catalogue) == 20


async def test_pages_that_repeat_missions_and_lose_others_conclude_nothing(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    whole = missions(20)
    feed.missions = whole
    await read()
    feed.missions = [*whole[:10], *whole[:10]]
    for turn in (1, 2, 3):
        assert (await read(24 * turn)).outcome == "partial"
    assert shown(catalogue) == 20


async def test_a_total_that_was_promised_and_not_kept_concludes_nothing(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(15)
    await read()
    feed.missions, feed.total = feed.missions[:12], 15
    for turn in (1, 2):
        assert (await read(24 * turn)).outcome == "partial"
    assert shown(catalogue) == 15


async def test_a_bad_record_is_refused_alone_and_its_good_version_stays(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(12)
    await read()
    feed.missions[2] = {**feed.missions[2], "startAt": "soon"}
    feed.missions.append("nonsense")
    for turn in (1, 2, 3):
        report = await read(24 * turn)
        assert (report.outcome, report.count.refused) == ("complete", 2)
    assert shown(catalogue) == 12
    assert ("m2", "startAt is not a date") in {(row[1], row[2]) for row in catalogue.refused()}


async def test_an_interrupted_sweep_goes_on_where_it_was(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(35)
    stop = asyncio.Event()
    settings = FeedSettings(key="k", base=feed.url, page=10, pause=0.05, first_retry=0.001)

    def progress(skip: int, _total: int) -> None:
        if skip >= 20:
            stop.set()

    task = asyncio.create_task(sync(catalogue, settings, now=lambda: NOW, progress=progress))
    await stop.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    feed.requests.clear()
    report = await read()
    assert report.outcome == "complete"
    assert feed.requests[0][1]["skip"] == "20"
    assert shown(catalogue) == 35


async def test_two_sweeps_at_once_are_refused(catalogue: Catalogue, feed: Feed, read: Any, missions: Any) -> None:
    feed.missions = missions(30)
    settings = FeedSettings(key="k", base=feed.url, page=10, pause=0.1, first_retry=0.001)
    begun = asyncio.Event()
    first = asyncio.create_task(sync(catalogue, settings, now=lambda: NOW, progress=lambda _read, _total: begun.set()))
    await begun.wait()
    with pytest.raises(BeingRead):
        await read()
    assert (await first).outcome == "complete"


async def test_people_are_answered_while_a_sweep_runs(catalogue: Catalogue, feed: Feed, missions: Any) -> None:
    feed.missions = missions(30)
    counts: list[int] = []
    settings = FeedSettings(key="k", base=feed.url, page=10, pause=0, first_retry=0.001)
    await sync(catalogue, settings, now=lambda: NOW, progress=lambda _read, _total: counts.append(shown(catalogue)))
    assert counts == [10, 20, 30]


async def test_a_page_of_hundreds_of_megabytes_is_not_swallowed(catalogue: Catalogue, feed: Feed) -> None:
    feed.troubles = [web.Response(body=b'{"ok":true,"total":1,"data":["' + b"x" * (40 << 20) + b'"]}')]
    settings = FeedSettings(key="k", base=feed.url, pause=0, first_retry=0.001)
    report = await sync(catalogue, settings, now=lambda: NOW)
    assert report.outcome == "failed"
    assert "32 MB" in report.detail


def test_the_key_is_not_shown_by_accident() -> None:
    assert "secret-key" not in repr(FeedSettings(key="secret-key"))


async def test_the_key_follows_no_redirect_and_a_redirect_is_a_failure(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(3)
    feed.troubles = [web.Response(status=302, headers={"Location": f"{feed.url}/v0/mission?skip=0&limit=10"})]
    report = await read()
    assert report.outcome == "failed"
    assert "sends on to 127.0.0.1 (status 302)" in report.detail
    assert len(feed.requests) == 1


async def test_of_two_records_with_one_id_the_newest_wins_on_a_page_and_across_pages(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    def version(mission: dict[str, Any], title: str, day: int) -> dict[str, Any]:
        return {**mission, "title": title, "updatedAt": f"2026-11-{day:02}T00:00:00.000Z"}

    listed = missions(13)
    one, two, three, rest = listed[0], listed[1], listed[2], listed[3:]
    feed.missions = [
        version(one, "La plus récente", 20),
        version(one, "La plus vieille", 2),
        version(two, "Récente", 20),
    ]
    feed.missions += [
        version(three, "Vieille", 2),
        *rest[:6],
        version(two, "Dépassée", 2),
        version(three, "Fraîche", 20),
    ]
    feed.missions += rest[6:]
    await read()
    titles = {match.mission.title for match in catalogue.search(Wish(), today=TODAY, limit=200).found}
    assert titles >= {"La plus récente", "Récente", "Fraîche"}
    assert not titles & {"La plus vieille", "Dépassée", "Vieille"}


async def test_a_page_that_repeats_for_ever_is_noticed(
    catalogue: Catalogue, feed: Feed, read: Any, missions: Any
) -> None:
    feed.missions = missions(10) * 500
    report = await read()
    assert report.outcome == "failed"
    assert "over and over" in report.detail
    assert len(feed.requests) == 3
    assert shown(catalogue) == 10
