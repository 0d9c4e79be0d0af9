"""Take the pictures of the README anew, from a real conversation. Needs chromium.

From the root of the project: `PYTHONPATH=. python docs/images/take.py`.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.server import serving
from bot.settings import Settings

HERE = Path(__file__).parent
QUESTION = "si je donne 300 € aux Restos du Cœur, je récupère combien ?"
PHONE = {"viewport": {"width": 412, "height": 892}, "device_scale_factor": 2}
PICTURES = {
    "phone": PHONE,
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "desktop": {"viewport": {"width": 1100, "height": 1180}},
}


async def take(browser: Browser, address: str, name: str, **options: object) -> None:
    """One conversation, its picture in `<name>.png`: the question at the top, the answer below it."""
    context = await browser.new_context(locale="fr-FR", reduced_motion="reduce", **options)
    page = await context.new_page()
    await page.goto(address)
    await page.locator(".allie").wait_for()
    await page.get_by_role("textbox").fill(QUESTION)
    await page.keyboard.press("Enter")
    await page.locator(".allie").nth(1).wait_for()
    await page.get_by_role("textbox").blur()
    await page.evaluate("scrollTo(0, document.querySelector('.person').offsetTop - 16)")
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(500)
    await page.screenshot(path=HERE / f"{name}.png")
    await context.close()


async def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=0)
        async with serving(settings) as running, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, options in PICTURES.items():
                await take(browser, running.address, name, **options)
            await browser.close()


asyncio.run(main())
