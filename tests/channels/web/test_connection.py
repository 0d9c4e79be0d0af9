"""A bad connection, a server that restarts, a page that is reloaded: nothing is lost and nothing done twice."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from playwright.async_api import expect

from bot.dialogue.replies import File, Reply

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("chromium")]


async def test_a_reload_brings_back_what_was_said_and_what_was_being_typed(visit, engine):
    page = await visit()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    await page.field.press_sequentially("je voudrais")
    before = await page.shown()
    await page.reload()
    await page.read("J’ai lu : bonjour")
    assert await page.shown() == before
    assert await page.field.input_value() == "je voudrais"
    await page.get_by_role("button", name="Donner du temps").click()
    await page.read("Vous avez choisi time.")
    assert len(engine.heard) == 3
    assert len({event.chat for event in engine.heard}) == 1


async def test_answers_lost_on_their_way_are_fetched_again_and_nothing_is_done_twice(visit, engine, site):
    page = await visit()
    site.swallow = 2
    await page.write("une fois")
    await page.read("J’ai lu : une fois")
    assert site.swallow == 0
    assert engine.said == ["une fois"]
    assert sum(text.startswith("Allié :\nJ’ai lu") for text in await page.shown()) == 1


async def test_the_very_first_answer_and_its_cookie_can_be_lost_too(visit, engine, site):
    site.swallow = 1
    page = await visit()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert [type(event.content).__name__ for event in engine.heard] == ["Command", "Text"]
    assert len({event.chat for event in engine.heard}) == 1


async def test_a_server_that_is_away_and_comes_back_finds_everything_in_order(visit, engine, site):
    page = await visit()
    page.on("dialog", lambda dialog: dialog.accept())
    await site.stop()
    await page.write("premier")
    await page.get_by_role("button", name="Donner du temps").click()
    await page.write("second")
    await expect(page.get_by_role("status")).to_contain_text("on réessaie…")
    await page.write("troisième")
    assert len(await page.shown()) == 5
    await site.start()
    await page.read("J’ai lu : troisième")
    assert engine.said == ["premier", "second", "troisième"]
    assert len(engine.heard) == 5
    assert [text for text in await page.shown() if text.startswith("Allié :")][1:] == [
        "Allié :\nJ’ai lu : premier",
        "Allié :\nVous avez choisi time.\nEncore",
        "Allié :\nJ’ai lu : second",
        "Allié :\nJ’ai lu : troisième",
    ]


async def test_what_was_not_sent_yet_survives_a_reload_of_the_page(visit, engine, site):
    page = await visit()
    page.on("dialog", lambda dialog: dialog.accept())

    async def nobody(route):
        await route.abort()

    await page.route("**/api/messages", nobody)
    await page.write("premier")
    await page.write("second")
    await expect(page.get_by_role("status")).to_contain_text("on réessaie…")
    await page.reload()
    await expect(page.locator(".person")).to_have_count(2)
    assert engine.said == []
    await page.unroute("**/api/messages")
    await page.evaluate("dispatchEvent(new Event('online'))")
    await page.read("J’ai lu : second")
    assert engine.said == ["premier", "second"]


async def test_a_busy_house_says_so_and_answers_when_it_can(visit, engine):
    page = await visit()
    engine.busy = [1.0]
    await page.write("bonjour")
    await expect(page.get_by_role("status")).to_contain_text("Beaucoup de monde m’écrit")
    await page.read("J’ai lu : bonjour")
    await expect(page.get_by_role("status")).to_have_text("La connexion est revenue.")
    assert engine.said == ["bonjour"]


async def test_somebody_else_s_page_in_between_is_not_taken_for_an_answer(visit, engine):
    page = await visit()
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Wifi de la gare</h1>"}
    await page.route("**/api/messages", lambda route: route.fulfill(**portal), times=1)
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert engine.said == ["bonjour"]


async def test_what_is_refused_for_good_is_marked_and_holds_nothing_up(visit, engine):
    page = await visit()
    await page.route("**/api/messages", lambda route: route.fulfill(status=413, body="{}"), times=1)
    await page.write("trop")
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert "n’a pas pu partir" in (await page.locator(".refused").inner_text())
    await page.reload()
    await page.read("J’ai lu : bonjour")
    assert "n’a pas pu partir" in (await page.locator(".refused").inner_text())
    assert engine.said == ["bonjour"]


async def test_files_too_large_to_remember_leave_the_words_in_place(visit, engine):
    page = await visit()
    engine.always = Reply(Markup("Grand."), files=(File("grand.pdf", "application/pdf", b"%" * 3_000_000),))
    for text in ("un", "deux", "trois"):
        await page.write(text)
    await expect(page.get_by_text("Grand.", exact=True)).to_have_count(3)
    await page.reload()
    await expect(page.get_by_text("Grand.", exact=True)).to_have_count(3)
    await expect(page.locator(".person")).to_have_count(3)
    assert await page.get_by_text("Ce fichier n’est plus gardé").count() >= 1
    await expect(page.get_by_role("link", name="Télécharger grand.pdf").last).to_be_visible()


async def test_a_browser_that_keeps_nothing_still_talks(visit, engine):
    page = await visit(greeted=False)
    await page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    await page.reload()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
