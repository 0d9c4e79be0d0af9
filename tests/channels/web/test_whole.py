"""The whole house behind the page: the real engine, store and topics, talked to in a real browser."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.dialogue.engine import Engine
from bot.dialogue.replies import Reply
from bot.store.sqlite import SqliteStore

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("chromium")]


class House:
    """Everything that runs in one process, on one data folder; closed and opened again, it is a restart."""

    def __init__(self, folder, understanding, topics, catalogue, new_site):
        self.folder, self.understanding, self.topics, self.catalogue = folder, understanding, topics, catalogue
        self.site = new_site(None)

    async def open(self):
        self.store = SqliteStore.open(self.folder)
        self.site.engine = Engine(self.store, self.understanding, self.topics, self.catalogue)
        self.site.options = {"waiting": self}
        await self.site.start()

    async def close(self):
        await self.site.stop()
        await self.store.close()

    async def pending(self, chat):
        return [(str(message.id), Reply.from_json(message.body)) for message in await self.store.waiting(chat)]

    async def delivered(self, chat, ids):
        for message in await self.store.waiting(chat):
            if str(message.id) in set(ids):
                await self.store.delivered(message)


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path, understanding, topics, talk_catalogue, new_site):
    house = House(tmp_path / "data", understanding, topics, talk_catalogue, new_site)
    await house.open()
    yield house
    await house.close()


@pytest.fixture
def site(house):
    return house.site


async def answered(page, number):
    """The text of the `number`-th thing Allié said, once it is there."""
    message = page.locator(".allie").nth(number - 1)
    await message.wait_for()
    return (await message.inner_text()).replace("\u00a0", " ").replace("\u202f", " ")


async def test_three_hundred_euros_to_the_restos_du_coeur(visit):
    page = await visit()
    await page.write("si je donne 300 € aux Restos du Cœur, je récupère combien ?")
    answer = await answered(page, 2)
    for expected in ("225 €", "75 €"):
        assert expected in answer
    await page.get_by_text("Pourquoi, comment, sources").last.click()
    assert "75 % de 300 €" in await answered(page, 2)


async def test_the_same_in_english(visit):
    page = await visit(locale="en-GB", greeted=False)
    await answered(page, 1)
    await page.write("if I give €300 to Restos du Cœur, how much do I get back?")
    answer = await answered(page, 2)
    for expected in ("€225", "€75"):
        assert expected in answer
    await page.get_by_text("Why, how and sources").last.click()
    assert "75% of €300" in await answered(page, 2)


async def test_a_talk_goes_on_after_the_server_was_stopped_in_its_middle(visit, house):
    page = await visit()
    await page.get_by_role("button", name="De l’argent").click()
    await answered(page, 2)
    await house.close()
    await page.write("100 €")
    await expect(page.get_by_role("status")).to_contain_text("on réessaie…")
    await house.open()
    await answered(page, 3)
    assert "100 €" in "".join(await page.shown())
    assert await page.locator(".allie").count() == 3


async def test_a_page_left_open_over_a_restart_keeps_its_person(visit, house):
    page = await visit()
    await page.write("bonjour")
    await answered(page, 2)
    before = await house.store.counts()
    await house.close()
    await house.open()
    await page.write("merci")
    await answered(page, 3)
    assert (await house.store.counts())["sessions"] == before["sessions"] == 1


async def test_everything_kept_is_handed_over_and_then_erased_for_good(visit, house):
    page = await visit()
    await page.get_by_role("button", name="Voir ou effacer mes données").click()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Recevoir mes données").click()
        await page.get_by_role("link", name="allie-mes-donnees.json").click()
    export = json.loads((await (await download.value).path()).read_bytes())
    assert export
    cookie = (await page.context.cookies())[0]["value"]
    person = cookie.split(".")[0].encode()
    files = [file for file in house.folder.iterdir() if file.is_file()]
    assert any(person in file.read_bytes() for file in files)
    await page.get_by_role("button", name="Voir ou effacer mes données").click()
    await page.get_by_role("button", name="Tout effacer").last.click()
    await page.locator(".allie").last.get_by_role("button", name="Oui").click()
    await expect(page.locator(".message")).to_have_count(1)
    assert await page.context.cookies() == []
    assert not any(person in file.read_bytes() for file in house.folder.iterdir() if file.is_file())


@pytest.mark.parametrize(
    "text",
    ["🙂", "-50 €", "0", "1000000000000 €", "abc", "x" * 10_000, "<b>", "'; DROP TABLE outbox; --", "\u202e\x01\x07"],
)
async def test_whatever_is_written_gets_an_answer_and_the_talk_goes_on(visit, text):
    page = await visit()
    await page.get_by_role("button", name="De l’argent").click()
    await answered(page, 2)
    await page.write(text)
    await answered(page, 3)
    await page.write("50 €")
    await answered(page, 4)


async def test_a_mission_is_shared_by_its_address_and_opens_there_for_a_friend(visit, site):
    page = await visit(permissions=["clipboard-read", "clipboard-write"])
    await page.evaluate("delete Navigator.prototype.share")
    await page.write("je veux être bénévole avec des animaux à Lille")
    await answered(page, 2)
    await page.get_by_role("button", name="1", exact=True).click()
    card = await answered(page, 3)
    await page.get_by_role("button", name="Plus…").click()
    await page.get_by_role("button", name="Partager").click()
    await expect(page.get_by_role("status")).to_contain_text("Le lien est copié")
    address = await page.evaluate("navigator.clipboard.readText()")
    friend = await page.context.new_page()
    await friend.goto(address)
    opened = await answered(friend, 1)
    assert any(line in opened for line in card.splitlines()[1:] if len(line) > 12)
