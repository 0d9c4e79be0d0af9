"""Talking on the page, in a real browser: typing, pressing, files, positions, two languages."""

from __future__ import annotations

import asyncio

import pytest
from markupsafe import Markup
from playwright.async_api import expect

from bot.dialogue.events import Command, Location, Press
from bot.dialogue.replies import Button, Reply

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("chromium")]


async def test_allie_speaks_first_then_answers_what_is_written(visit, engine):
    page = await visit()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert engine.heard[0].content == Command("start")
    assert engine.said == ["bonjour"]
    assert await page.field.input_value() == ""


async def test_shift_and_enter_begins_a_new_line_and_the_field_grows(visit, engine):
    page = await visit()
    before = (await page.field.bounding_box())["height"]
    await page.field.press_sequentially("une")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("deux")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("trois")
    assert (await page.field.bounding_box())["height"] > before + 30
    await page.get_by_role("button", name="Envoyer").click()
    await page.locator(".allie").get_by_text("trois").wait_for()
    assert engine.said == ["une\ndeux\ntrois"]
    assert (await page.field.bounding_box())["height"] == before


async def test_nothing_is_sent_when_nothing_is_written(visit, engine):
    page = await visit()
    await page.write("  \n ")
    await page.get_by_role("button", name="Envoyer").click()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert engine.said == ["bonjour"]


async def test_buttons_are_pressed_and_old_ones_still_work(visit, engine):
    page = await visit()
    await page.get_by_role("button", name="Donner du temps").click()
    await page.read("Vous avez choisi time.")
    await page.get_by_role("button", name="Donner de l’argent").click()
    await page.read("Vous avez choisi money.")
    presses = [event.content for event in engine.heard if isinstance(event.content, Press)]
    assert presses == [Press("time", "Donner du temps"), Press("money", "Donner de l’argent")]
    assert "Vous :Donner du temps" in [text.replace("\n", "") for text in await page.shown()]


async def test_a_hurried_double_press_counts_once(visit, engine):
    page = await visit()
    engine.slow = 0.3
    await page.get_by_role("button", name="Donner du temps").dblclick()
    await page.read("Vous avez choisi time.")
    await page.write("et voilà")
    await page.read("J’ai lu : et voilà")
    assert sum(isinstance(event.content, Press) for event in engine.heard) == 1


async def test_allie_is_seen_writing_while_an_answer_takes_its_time(visit, engine):
    page = await visit()
    engine.slow = 1.2
    await page.write("bonjour")
    await page.locator("#writing").wait_for(state="visible")
    await page.read("J’ai lu : bonjour")
    await page.locator("#writing").wait_for(state="hidden")


async def test_two_messages_written_in_a_row_are_answered_in_order(visit, engine):
    page = await visit()
    engine.slow = 0.2
    await page.write("un")
    await page.write("deux")
    await page.read("Deux.")
    assert engine.said == ["un", "deux"]
    assert (await page.shown())[-2:] == ["Allié :\nUne.", "Allié :\nDeux."]


async def test_what_is_too_long_stays_in_the_field_with_a_kind_word(visit, engine):
    page = await visit()
    await page.write("a" * 20_001)
    await expect(page.get_by_role("status")).to_contain_text("20\u202f000")
    assert len(await page.field.input_value()) == 20_001
    assert engine.said == []


async def test_a_position_is_sent_only_when_it_is_asked_for_and_given(visit, engine):
    here = {"latitude": 43.3, "longitude": 5.4}
    page = await visit(geolocation=here, permissions=["geolocation"])
    assert await page.get_by_role("button", name="Envoyer ma position").count() == 0
    await page.write("où")
    await page.get_by_role("button", name="Envoyer ma position").click()
    await page.read("Vous êtes à 43.3 5.4.")
    assert engine.heard[-1].content == Location(43.3, 5.4)


async def test_a_position_that_is_not_given_leaves_another_way(visit, engine):
    page = await visit()
    await page.write("où")
    await page.get_by_role("button", name="Envoyer ma position").click()
    await expect(page.get_by_role("status")).to_contain_text("une ville ou un code postal")
    await page.write("Marseille")
    await page.read("J’ai lu : Marseille")


async def test_a_file_can_be_saved_at_once_and_after_a_reload(visit):
    page = await visit()
    await page.write("fichier")
    for _ in range(2):
        await page.read("Voici.")
        async with page.expect_download() as download:
            await page.get_by_role("link", name="Télécharger lettre.pdf").click()
        saved = await (await download.value).path()
        assert saved.read_bytes() == b"%PDF-1.4 bonjour"
        assert (await download.value).suggested_filename == "lettre.pdf"
        assert await page.get_by_role("img", name="225 €").evaluate("(image) => image.decode().then(() => true)")
        await page.reload()


async def test_a_link_can_lead_into_a_topic_and_does_so_once(visit, engine):
    page = await visit("/?start=donation")
    await page.get_by_text("(donation)").wait_for()
    assert engine.heard[0].content == Command("start", "donation")
    assert page.url.endswith("/")
    await page.reload()
    await page.get_by_text("(donation)").wait_for()
    assert len(engine.heard) == 1


async def test_the_header_its_menu_and_the_privacy_line_stay_at_hand_on_a_phone(visit, engine):
    page = await visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for number in range(8):
        await page.field.fill(f"question {number}\n" + "et encore un mot\n" * 3)
        await page.get_by_role("button", name="Envoyer").tap()
        await page.locator(".allie").get_by_text(f"question {number}").wait_for()
    await expect(page.field).not_to_be_focused()
    assert await page.evaluate("scrollY") > 0
    header = await page.locator("header").bounding_box()
    assert header["y"] == 0
    asked = await page.locator(".person").last.bounding_box()
    assert header["height"] <= asked["y"] < 844
    await expect(page.get_by_text("Gardé sans votre nom.")).to_be_in_viewport(ratio=1)
    menu = page.get_by_text("Menu", exact=True)
    await menu.click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Mes données", exact=True)).to_be_hidden()
    await menu.click()
    await page.get_by_role("button", name="Mes données", exact=True).click()
    await page.read("Vous avez choisi >data.")
    await expect(page.get_by_role("button", name="Tout ce que je sais faire")).to_be_hidden()
    assert engine.heard[-1].content == Press(">data", "Mes données")
    await expect(page.locator(".allie").last).to_be_focused()


async def test_a_choice_that_was_made_steps_back_and_stays_so_after_a_reload(visit):
    page = await visit()
    await page.get_by_role("button", name="Donner du temps").click()
    await page.read("Vous avez choisi time.")
    for _ in range(2):
        assert await page.locator(".used").all_inner_texts() == ["Donner du temps"]
        await page.reload()
        await page.read("Vous avez choisi time.")


async def test_on_paper_there_is_what_was_said_and_nothing_to_press(visit):
    page = await visit()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    await page.emulate_media(media="print")
    await expect(page.get_by_text("J’ai lu : bonjour")).to_be_visible()
    for gone in await page.locator("button, textarea, nav a").all():
        await expect(gone).to_be_hidden()


async def test_the_page_is_english_for_those_who_read_english(visit, engine):
    page = await visit(locale="en-GB")
    assert await page.evaluate("document.documentElement.lang") == "en"
    await page.get_by_role("textbox", name="Your message").fill("hello")
    await page.get_by_role("button", name="Send", exact=True).click()
    await page.read("J’ai lu : hello")
    assert {event.language for event in engine.heard} == {"en"}
    await page.get_by_role("link", name="Français").click()
    await page.get_by_role("textbox", name="Votre message").wait_for()
    await page.read("J’ai lu : hello")
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    assert engine.heard[-1].language == "fr"


async def test_the_words_of_the_page_follow_the_talk_into_its_language(visit, engine):
    page = await visit()
    engine.always, engine.language = Reply(Markup("All right.")), "en"
    await page.write("in English please")
    await page.read("All right.")
    assert await page.evaluate("document.documentElement.lang") == "en"
    await expect(page.get_by_role("textbox", name="Your message")).to_have_attribute(
        "placeholder", "Write as you would to a friend"
    )
    await expect(page.get_by_role("button", name="See or erase my data")).to_have_text("See or erase")
    await expect(page.get_by_role("link", name="Français")).to_be_visible()
    await expect(page.get_by_role("link", name="English")).to_be_hidden()
    await page.get_by_text("Menu", exact=True).click()
    await expect(page.get_by_role("button", name="All that I can do")).to_be_visible()
    await page.write("a" * 20_001)
    await expect(page.get_by_role("status")).to_contain_text("fewer than 20,000 characters")


async def test_without_scripts_the_page_still_says_something(visit):
    page = await visit(greeted=False, java_script_enabled=False)
    said = page.locator("noscript p")
    await expect(said.first).to_contain_text("Activez-le pour cette page")
    await expect(said.last).to_have_text("En cas d’urgence, appelez le 112.")
    for paragraph in await said.all():
        await expect(paragraph).to_be_visible()
    await expect(page.field).to_be_hidden()


async def test_everything_erased_means_this_page_too(visit, engine):
    page = await visit()
    await page.write("mon secret")
    await page.read("J’ai lu : mon secret")
    await page.field.press_sequentially("encore un secret")
    await page.get_by_role("button", name="Voir ou effacer mes données").click()
    await page.get_by_role("button", name="Tout effacer").click()
    await page.read("Tout est effacé.")
    assert await page.shown() == ["Allié :\nTout est effacé."]
    assert "secret" not in await page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert await page.field.input_value() == ""
    assert await page.context.cookies() == []
    await page.reload()
    await page.read("Tout est effacé.")
    await page.write("je reviens")
    await page.read("J’ai lu : je reviens")
    assert engine.heard[-1].chat != engine.heard[0].chat


async def test_everything_erased_means_the_other_tabs_too(visit):
    page = await visit()
    await page.write("mon secret")
    await page.read("J’ai lu : mon secret")
    other = await page.in_another_tab()
    await other.write("un autre secret")
    await other.read("J’ai lu : un autre secret")
    await page.get_by_role("button", name="Voir ou effacer mes données").click()
    await page.get_by_role("button", name="Tout effacer").click()
    await other.read("Tout est effacé.")
    assert await other.shown() == ["Allié :\nTout est effacé."]
    assert "secret" not in await other.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


async def test_a_reminder_comes_by_itself_and_once_even_if_its_receipt_is_lost(visit, engine, site):
    page = await visit(greeted=False)
    await page.clock.install()
    await page.reload()
    await page.get_by_text("je suis Allié").wait_for()
    engine.waiting = {engine.heard[0].chat: {"7": Reply(Markup("C’est demain."), ((Button("Je viens", "yes"),),))}}
    await page.route("**/api/delivered", lambda route: route.abort(), times=1)
    await page.clock.fast_forward(31_000)
    await page.read("C’est demain.")
    assert list(engine.waiting[engine.heard[0].chat]) == ["7"]
    await page.clock.fast_forward(31_000)
    async with asyncio.timeout(5):
        await engine.nothing_waits.wait()
    assert await page.get_by_text("C’est demain.").count() == 1
    await page.get_by_role("button", name="Je viens").click()
    await page.read("Vous avez choisi yes.")
