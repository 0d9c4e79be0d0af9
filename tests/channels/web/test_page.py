"""The page as it is served: its language, what the browser may do, and that it holds no surprise."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from string import Formatter

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import add_routes
from bot.channels.web.page import HERE


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.all = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.all.append((tag, dict(attributes)))


@pytest.mark.parametrize(
    ("accepted", "language", "greeting"),
    [
        ("", "fr", "Vous voulez aider\u00a0? Parlons-en."),
        ("fr-CA,fr;q=0.9", "fr", "Vous voulez aider\u00a0? Parlons-en."),
        ("en-GB,en;q=0.8,fr;q=0.5", "en", "You would like to help? Let us talk."),
        ("de-DE, en;q=0.4", "en", "You would like to help? Let us talk."),
        ("de-DE", "fr", "Vous voulez aider\u00a0? Parlons-en."),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser_and_french_first(client, accepted, language, greeting):
    answer = await client.get("/", headers={"Accept-Language": accepted})
    page = await answer.text()
    assert f'<html lang="{language}">' in page
    assert greeting in page
    assert "Accept-Language" in answer.headers["Vary"]


async def test_the_other_language_is_one_press_away(client):
    french = await (await client.get("/", headers={"Accept-Language": "fr"})).text()
    assert ("a", {"class": "language", "href": "/?lang=en", "hreflang": "en", "lang": "en"}) in Elements(french).all
    english = await (await client.get("/?lang=en", headers={"Accept-Language": "fr"})).text()
    assert '<html lang="en">' in english
    assert '<html lang="fr">' in await (await client.get("/?lang=../..", headers={"Accept-Language": "fr"})).text()


async def test_every_phrase_of_the_page_is_translated(client):
    pages = json.loads(dict(Elements(await (await client.get("/")).text()).all)["body"]["data-words"])
    assert pages.keys() == {"fr", "en"}
    assert pages["fr"].keys() == pages["en"].keys()
    assert {name for name in pages["fr"] if pages["fr"][name] == pages["en"][name]} == {"limit", "menu"}
    assert "20\u202f000" in pages["fr"]["too_long"]
    assert pages["fr"]["download"] == "Télécharger {name}"


async def test_the_browser_may_run_our_own_script_and_nothing_else(client):
    for path in ("/", "/static/allie.js", "/static/allie.css", "/static/allie.svg", "/static/nothing"):
        answer = await client.get(path)
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
        assert "camera=()" in answer.headers["Permissions-Policy"]


async def test_the_page_holds_no_inline_script_or_style_and_asks_nothing_of_other_sites(client):
    for path in ("/", "/nowhere"):
        elements = Elements(await (await client.get(path)).text()).all
        for tag, attributes in elements:
            assert "style" not in attributes
            assert tag != "style"
            assert tag != "script" or attributes["src"].startswith("/static/")
            assert not any(name.startswith("on") for name in attributes)
            for name in ("src", "href"):
                assert attributes.get(name, "/").startswith("/")
    for file in (HERE / "static").iterdir():
        text = re.sub(r"http://www\.w3\.org/\S+|https://www\.openstreetmap\.org/", "", file.read_text(encoding="utf-8"))
        assert "innerHTML" not in text
        assert not re.search(r"https?://", text), file.name


async def test_a_file_that_the_browser_has_is_not_sent_again(client):
    first = await client.get("/static/allie.js", headers={"Accept-Encoding": "gzip"}, auto_decompress=False)
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert gzip.decompress(await first.read()) == (HERE / "static" / "allie.js").read_bytes()
    again = await client.get("/static/allie.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    plain = await client.get("/static/allie.js", headers={"Accept-Encoding": "identity"})
    assert await plain.read() == (HERE / "static" / "allie.js").read_bytes()


async def test_an_address_that_leads_nowhere_says_so_kindly(client):
    for path in ("/static/nothing.js", "/static/..%2Fpage.py"):
        answer = await client.get(path, headers={"Accept-Language": "fr"})
        assert answer.status == 404
        assert "Cette page n’existe pas" in await answer.text()


async def test_an_icon_a_manifest_and_a_word_for_robots_are_there(client):
    assert (await client.get("/favicon.ico")).headers["Content-Type"] == "image/svg+xml"
    manifest = await client.get("/static/allie.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    for icon in json.loads(await manifest.text())["icons"]:
        assert (await client.get(icon["src"])).status == 200
    assert "Disallow: /api/" in await (await client.get("/robots.txt")).text()


async def test_without_scripts_the_page_says_how_to_reach_us_otherwise(client, engine):
    page = await (await client.get("/", headers={"Accept-Language": "fr"})).text()
    noscript = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "JavaScript" in noscript
    assert "112" in noscript
    assert "Telegram" not in noscript
    app = web.Application()
    add_routes(app, engine, secret=b"x" * 32, waiting=engine, telegram="https://t.me/allie_bot?x=1&y=2")
    async with TestClient(TestServer(app)) as other:
        page = await (await other.get("/")).text()
        assert 'href="https://t.me/allie_bot?x=1&amp;y=2"' in page


def test_the_pages_leave_no_placeholder_unfilled():
    names = {name for file in HERE.glob("*.html") for _, name, _, _ in Formatter().parse(file.read_text()) if name}
    assert "words" in names
    assert all(name.isidentifier() for name in names)
