"""Whatever is written, or sent by a server that has gone wrong, is shown as text and runs nothing."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from playwright.async_api import expect

from bot.dialogue.replies import Reply

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("chromium")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "<b>gras</b> &lt;i&gt; &amp;amp; &#60;u&#62;",
        "'; DROP TABLE conversation; -- *étoile* _souligné_ [lien](javascript:alert(1))",
        "\u202egauche à droite\u202c مرحبا \u2067שלום\u2069",
        "🤝👩🏽‍🦽🏳️‍🌈",
    ],
)
async def test_whatever_is_written_is_shown_as_it_was_written(visit, engine, text):
    page = await visit()
    await page.write(text)
    await page.locator(".allie").nth(1).wait_for()
    assert await page.locator(".person .text").text_content() == text
    assert await page.locator(".allie .text").nth(1).text_content() == f"J’ai lu : {text}"
    assert await page.locator(".text *:not(b)").count() == 0
    assert engine.said == [text]


async def test_ten_thousand_characters_are_shown_without_drowning_the_rest(visit, engine):
    page = await visit()
    await page.write("mot " * 2_499 + "fin.")
    await page.locator(".allie").nth(1).wait_for()
    assert len(engine.said[0]) == 10_000
    said = page.locator(".person .text")
    assert (await said.bounding_box())["height"] < 300
    await said.focus()
    await expect(said).to_be_focused()


async def test_html_that_should_never_come_from_the_server_stays_text(visit, engine):
    hostile = (
        '<img src=x onerror="document.title=1"><script>document.title=1</script><b onclick="document.title=1">gras</b>'
        '<a href="javascript:document.title=1">un</a><a href="https://example.org/?a=1&amp;b=2" onclick="x">deux</a>'
        '<a href=" JaVaScRiPt:alert(1)">trois</a></b></blockquote><i>jamais fermé &lt;u&gt; &bogus; &#xd800; &#0; <'
    )
    engine.always = Reply(Markup(hostile))
    page = await visit(greeted=False)
    await page.locator(".allie").wait_for()
    text = page.locator(".allie .text")
    tags = await text.evaluate("(e) => [...e.querySelectorAll('*')].map((x) => [x.localName, x.getAttributeNames()])")
    assert tags == [
        ["b", []],
        ["a", []],
        ["a", ["href", "rel", "target"]],
        ["a", []],
        ["i", []],
    ]
    link = page.get_by_role("link", name="deux")
    assert await link.get_attribute("href") == "https://example.org/?a=1&b=2"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert (await text.text_content()).endswith("jamais fermé <u> &bogus; &#xd800; &#0; <")
    await page.get_by_text("gras").click()
    assert "Allié" in await page.title()
