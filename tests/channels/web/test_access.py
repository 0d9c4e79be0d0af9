"""The page for everybody: the keyboard alone, a small phone, large text, by day and by night, a screen reader."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("chromium")]


async def test_the_keyboard_alone_is_enough(visit, engine):
    page = await visit()
    await expect(page.field).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("link", name="Site")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="Donner de l’argent")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.read("Vous avez choisi money.")
    await expect(page.locator(".allie").last).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Encore")).to_be_focused()
    await page.keyboard.press("Space")
    await page.read("Vous avez choisi again.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.field).to_be_focused()
    await page.keyboard.type("merci")
    await page.keyboard.press("Enter")
    await page.read("J’ai lu : merci")
    await expect(page.field).to_be_focused()


async def test_whoever_has_begun_to_type_is_left_where_they_are(visit, engine):
    page = await visit()
    engine.slow = 0.3
    await page.get_by_role("button", name="Donner du temps").click()
    await page.field.press_sequentially("et aussi")
    await page.read("Vous avez choisi time.")
    await expect(page.field).to_be_focused()
    assert await page.field.input_value() == "et aussi"


async def test_what_has_the_focus_is_never_hidden_behind_the_bottom(visit):
    page = await visit(viewport={"width": 400, "height": 420})
    for text in ("un", "encore un", "un dernier"):
        await page.write(text)
        await page.read(f"J’ai lu : {text}")
    await page.get_by_role("button", name="Donner du temps").focus()
    box = await page.get_by_role("button", name="Donner du temps").bounding_box()
    bottom = await page.locator(".bottom").bounding_box()
    assert box["y"] + box["height"] <= bottom["y"]


@pytest.mark.parametrize("text_size", ["100%", "200%"])
async def test_on_a_small_phone_nothing_runs_off_the_side(visit, text_size):
    page = await visit(**PHONE)
    await page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
    await page.write("https://example.org/" + "unmottrèslong" * 20)
    await page.locator(".allie").get_by_text("unmottrèslong").wait_for()
    await page.write("fichier")
    await page.read("Voici.")
    await page.get_by_role("button", name="Voir ou effacer mes données").click()
    await page.read("Voici ce qui est gardé.")
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    cut = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, .text, p, h1, label")]
          .filter((e) => e.offsetParent && !e.classList.contains("unseen") && e.scrollWidth > e.clientWidth + 1)
          .filter((e) => getComputedStyle(e).display !== "inline")
          .map((e) => e.outerHTML)"""
    )
    assert cut == []
    await page.write("encore là")
    await page.read("J’ai lu : encore là")


async def test_buttons_are_large_enough_for_a_thumb(visit):
    page = await visit(**PHONE)
    await page.get_by_text("Menu", exact=True).click()
    for button in await page.locator(".choice, #send, .item, a.language:visible, summary, #privacy").all():
        box = await button.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44


PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}

CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const [r, g, b] = rgb(color).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const root = getComputedStyle(document.documentElement);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (rgb(color)[3] === 255) return e === document.documentElement
        ? [color, root.getPropertyValue("--glow")] : [color];
    }
  };
  const seen = (e) => e.checkVisibility() && !e.closest(".unseen");
  const texts = [...document.querySelectorAll("body *")]
    .filter((e) => seen(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .flatMap((e) => behind(e).map((b) => [ratio(getComputedStyle(e).color, b), e.className || e.localName]));
  const field = document.querySelector("textarea");
  texts.push([ratio(getComputedStyle(field, "::placeholder").color, getComputedStyle(field).backgroundColor), "hint"]);
  const edges = [...document.querySelectorAll("textarea, .choice, .file")].filter(seen)
    .flatMap((e) => behind(e.parentElement).map((b) => [ratio(getComputedStyle(e).borderTopColor, b), e.className]));
  const [ring, paper, card] = ["--moss", "--paper", "--card"].map((name) => root.getPropertyValue(name));
  edges.push([ratio(ring, paper), "ring"], [ratio(ring, card), "ring"]);
  return {texts, edges};
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_can_be_read_by_day_and_by_night(visit, engine, scheme):
    page = await visit(color_scheme=scheme, reduced_motion="reduce")
    await page.route("**/api/messages", lambda route: route.fulfill(status=413, body="{}"), times=1)
    await page.write("refusé")
    await page.locator(".refused").wait_for()
    await page.write("fichier")
    await page.read("Voici.")
    await page.get_by_role("button", name="Donner du temps").click()
    await page.read("Vous avez choisi time.")
    await page.write("a" * 20_001)
    await expect(page.get_by_role("status")).not_to_be_empty()
    await page.field.fill("")
    dark = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (sum(int(part) for part in dark[4:-1].split(",")) < 200) == (scheme == "dark")
    measured = await page.evaluate(CONTRASTS)
    assert len(measured["texts"]) > 12
    assert [found for found in measured["texts"] if found[0] < 4.5] == []
    assert [found for found in measured["edges"] if found[0] < 3] == []


async def test_a_button_under_the_pointer_can_still_be_read(visit):
    for scheme in ("light", "dark"):
        page = await visit(color_scheme=scheme, reduced_motion="reduce")
        await page.get_by_role("button", name="Donner du temps").hover()
        measured = await page.evaluate(CONTRASTS)
        assert [found for found in measured["texts"] if found[0] < 4.5] == []


async def test_what_has_the_focus_is_seen_to_have_it(visit):
    page = await visit()
    stops = await page.locator("a[href], button, textarea, summary").locator("visible=true").count()
    await page.evaluate("document.activeElement.blur()")
    seen = 0
    for _ in range(stops + 1):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement === document.body"):
            continue  # between the last stop and the first
        seen += 1
        style = "getComputedStyle(document.activeElement)"
        assert await page.evaluate(f"{style}.outlineStyle") == "solid"
        assert await page.evaluate(f"{style}.outlineWidth") in ("2px", "3px")
    assert seen == stops


async def test_nothing_moves_for_those_who_asked_for_stillness(visit, engine):
    page = await visit(reduced_motion="reduce")
    engine.slow = 1.0
    await page.write("bonjour")
    await page.locator("#writing").wait_for(state="visible")
    assert await page.evaluate("document.getAnimations().length") == 0
    assert await page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


async def test_a_screen_reader_finds_its_way(visit):
    page = await visit()
    await page.write("fichier")
    await page.read("Voici.")
    log = page.get_by_role("log", name="Conversation avec Allié")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("textbox", name="Votre message")).to_have_accessible_description(
        "Entrée pour envoyer, Maj + Entrée pour aller à la ligne."
    )
    await expect(log.get_by_role("group", name="Réponses proposées")).to_have_count(1)
    await expect(log.get_by_role("img", name="225 € reviennent, 75 € restent")).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Allié")
    await expect(page.get_by_role("main")).to_have_count(1)
    assert await page.evaluate("document.documentElement.lang") == "fr"
    tree = await (await page.context.new_cdp_session(page.page)).send("Accessibility.getFullAXTree")
    controls = [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in ("button", "link", "textbox", "image", "img")
    ]
    assert len(controls) >= 8
    assert [control for control in controls if not control[1]] == []


async def test_restored_messages_are_not_read_out_again(visit):
    page = await visit()
    await page.write("bonjour")
    await page.read("J’ai lu : bonjour")
    await page.add_init_script(
        """new MutationObserver((changes) => {
          for (const {addedNodes} of changes) for (const node of addedNodes)
            if (node.classList?.contains("message"))
              (window.announced ??= []).push(node.parentElement.getAttribute("aria-live"));
        }).observe(document, {childList: true, subtree: true})"""
    )
    await page.reload()
    await page.read("J’ai lu : bonjour")
    assert set(await page.evaluate("window.announced")) == {"off"}
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
