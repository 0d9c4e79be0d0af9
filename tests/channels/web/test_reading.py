"""The written answers as pages to read, and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.guarding import guard
from bot.channels.web.page import not_found
from bot.channels.web.reading import LONGEST_QUESTION, add_reading_routes
from bot.dialogue.topic import load_topics
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.knowledge import Knowledge

TODAY = date(2026, 11, 30)
SITE = "https://allie.example"
ONE = "/savoir/donors/plafond-coluche-2000"
Client = TestClient[web.Request, web.Application]


def application(knowledge: Knowledge, today: date = TODAY, **how: object) -> web.Application:
    app = web.Application()
    guard(app, lost=not_found)
    add_reading_routes(app, knowledge, public_url=SITE, today=lambda: today, **how)  # type: ignore[arg-type]
    return app


@pytest.fixture
async def client(knowledge: Knowledge) -> AsyncIterator[Client]:
    async with TestClient(TestServer(application(knowledge))) as client:
        yield client


async def page(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    assert response.content_type == "text/html"
    return await response.text()


async def test_an_answer_is_a_page_with_its_sources_and_its_day(client: Client) -> None:
    text = await page(client, ONE)
    assert '<html lang="fr">' in text
    assert re.search(r"<h1>.+</h1>\n<p>", text)
    assert 'class="sources">Sources' in text
    assert "{" not in re.sub(r"<script.*?</script>", "", text)
    assert 0 < len(re.search(r'name="description" content="([^"]*)"', text)[1]) <= 200  # type: ignore[index]


async def test_it_names_itself_and_the_same_in_the_other_language(client: Client) -> None:
    french, english = await page(client, ONE), await page(client, "/en/know/donors/plafond-coluche-2000")
    assert f'<link rel="canonical" href="{SITE}{ONE}">' in french
    for text in (french, english):
        assert f'<link rel="alternate" hreflang="fr" href="{SITE}{ONE}">' in text
        assert f'<link rel="alternate" hreflang="en" href="{SITE}/en/know/donors/plafond-coluche-2000">' in text
    assert '<html lang="en">' in english


async def test_search_engines_read_it_as_a_question_and_its_answer(client: Client) -> None:
    text = await page(client, ONE)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert "<" not in data[1]
    content = json.loads(data[1])
    assert content["@type"] == "FAQPage"
    (question,) = content["mainEntity"]
    assert question["acceptedAnswer"]["text"].startswith("<p>")
    assert question["name"]


async def test_every_page_is_listed_and_every_link_leads_to_a_page(client: Client, knowledge: Knowledge) -> None:
    for root, language in (("/savoir", "fr"), ("/en/know", "en")):
        listed = set(re.findall(rf'href="({root}/[^"]+)"', await page(client, root)))
        written = {id for id in knowledge.library.ids() if knowledge.library.in_language(id, language)}
        assert listed == {f"{root}/{id}" for id in written}
        for path in sorted(listed)[::40]:
            links = set(re.findall(rf'href="({root}/[^"]+)"', await page(client, path)))
            assert links <= listed


async def test_search_engines_stay_away_unless_the_operator_lets_them_in(client: Client, knowledge: Knowledge) -> None:
    response = await client.get(ONE)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in await response.text()
    assert (await client.get("/sitemap.xml")).status == 404
    async with TestClient(TestServer(application(knowledge, indexable=True))) as open_client:
        response = await open_client.get(ONE)
        assert "X-Robots-Tag" not in response.headers
        assert "noindex" not in await response.text()
        sitemap = await (await open_client.get("/sitemap.xml")).text()
        assert f"<loc>{SITE}{ONE}</loc>" in sitemap


async def test_after_the_last_day_known_the_page_says_so(knowledge: Knowledge) -> None:
    async with TestClient(TestServer(application(knowledge, date(2028, 1, 1)))) as later:
        assert '<p class="warning">' in await page(later, ONE)


@pytest.mark.parametrize("path", ["/savoir/donors/nothing", "/savoir/../etc/passwd", "/en/know/%00/a", "/savoir/a/b/c"])
async def test_an_address_that_leads_nowhere_is_met_kindly(client: Client, path: str) -> None:
    response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status == 404
    assert "<h1>" in await response.text()


async def test_an_own_answer_is_a_page_and_its_text_no_markup(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "vestiaire.md").write_text(
        '+++\ntitle = "Le <b>vestiaire</b> ?"\n+++\n<script>alert(1)</script>\n', encoding="utf-8"
    )
    own = Knowledge.load(load_topics().hearing, tmp_path, None, folder=tmp_path / "kept", locale=tmp_path / "none")
    async with TestClient(TestServer(application(own))) as client:
        text = await page(client, "/savoir/own/vestiaire")
    assert "<script>" not in text
    assert "<h1>Le &lt;b&gt;vestiaire" in text


async def test_a_program_asks_and_is_told_how_sure_it_may_be(client: Client) -> None:
    response = await client.get("/api/answers", params={"q": "qui signe le reçu fiscal ?", "language": "fr"})
    content = await response.json()
    assert content["certainty"] in ("sure", "near")
    assert content["answer"]["id"] == content["candidates"][0]["id"]
    assert content["candidates"][0]["url"].startswith(f"{SITE}/savoir/")
    assert content["answer"]["text"]
    assert content["answer"]["checked"] <= TODAY.isoformat()
    nothing = await (await client.get("/api/answers", params={"q": "météo à Brest demain matin"})).json()
    assert nothing["certainty"] in ("unknown", "unsure")
    assert nothing["answer"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": " "}, "q"),
        ({"q": "a" * (LONGEST_QUESTION + 1)}, "q"),
        ({"q": "a", "language": "xx"}, "language"),
    ],
)
async def test_a_question_that_cannot_be_taken_is_told_why(client: Client, query: dict[str, str], field: str) -> None:
    response = await client.get("/api/answers", params=query)
    assert response.status == 400
    assert (await response.json())["error"]["field"] == field


async def test_one_address_is_slowed_down(knowledge: Knowledge) -> None:
    app = application(knowledge, limiter=InboundRateLimiter(burst=1, every=60.0))
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/api/answers", params={"q": "un don"})).status == 200
        refused = await client.get("/api/answers", params={"q": "un don"})
        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0
