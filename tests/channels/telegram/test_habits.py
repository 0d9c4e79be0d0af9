"""What people are used to do on Telegram, with the whole of Allié behind it."""

from __future__ import annotations

from pathlib import Path

from telegram_simulator import Simulator

from bot.server import serving
from bot.settings import Settings


async def test_a_changed_message_corrects_the_last_one_and_a_thumb_is_a_word(
    telegram: Simulator, tmp_path: Path
) -> None:
    zoe = telegram.person(4711)
    settings = Settings(data_dir=tmp_path, telegram_token=telegram.token, telegram_api_url=telegram.url, port=0)
    async with serving(settings):
        zoe.says("je donne 300 € aux Restos du Cœur")
        await zoe.sees("Vous récupérez 225", 10)
        first = zoe.messages[0]
        zoe.edits(first, "je donne 400 € aux Restos du Cœur")
        await zoe.sees("Vous récupérez 300", 10)
        zoe.sends("sticker", {"file_id": "x", "file_unique_id": "y", "emoji": "👍"})
        await zoe.sees("Parfait", 10)
        zoe.edits(first, "200")
        await zoe.sees("message plus ancien", 10)
        zoe.says("👎🏽")
        await zoe.sees("ce qui ne va pas", 10)
        zoe.says("500")
        await zoe.sees("Vous récupérez 375", 10)
        zoe.edits(next(message for message in zoe.messages if message.text == "500"), "60")
        await zoe.sees("Vous récupérez 45", 10)
        await telegram.quiet()
        assert len(zoe.replies) == 7
        assert telegram.refused == []
