"""Whether Telegram is reached, knows the bot, and delivers to where this installation listens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.operations.doctor import Check, clock
from bot.settings import Settings

__all__ = ["telegram"]

MANY = 100
"""Updates that wait at Telegram, more than which it is not delivering or we are not taking."""
LATELY = 3_600
"""Seconds for which a failed delivery is worth a word."""


async def telegram(settings: Settings) -> list[Check]:
    """Ask who the bot is and where its updates go. The token is in no finding."""
    base = f"{settings.telegram_api_url}/bot{settings.telegram_token}"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            async with session.get(f"{base}/getMe", allow_redirects=False) as response:
                known, date = response.status == 200, response.headers.get("Date")
                me = await _result(response)
            if not known:
                return [Check("Telegram", False, "does not know ALLIE_TELEGRAM_TOKEN")]
            async with session.get(f"{base}/getWebhookInfo", allow_redirects=False) as response:
                webhook = await _result(response)
    except (aiohttp.ClientError, TimeoutError) as error:
        return [Check("Telegram", False, f"cannot be reached ({type(error).__name__})")]
    checks = [Check("Telegram", True, f"answers, the bot is @{me.get('username', '?')}")]
    if date is not None:
        checks.append(clock("Telegram", parsedate_to_datetime(date).timestamp()))
    return [*checks, *_delivery(settings, webhook)]


async def _result(response: aiohttp.ClientResponse) -> Mapping[str, Any]:
    try:
        answer = await response.json(content_type=None)
    except ValueError:
        return {}
    result = answer.get("result") if isinstance(answer, dict) else None
    return result if isinstance(result, dict) else {}


def _delivery(settings: Settings, webhook: Mapping[str, Any]) -> Iterator[Check]:
    """Where updates go, as Telegram sees it."""
    url, waiting = str(webhook.get("url", "")), int(webhook.get("pending_update_count", 0))
    wanted = f"{settings.public_url}/telegram" if settings.public_url else ""
    if wanted and url == wanted:
        yield Check("webhook", True, f"set to {url}")
    elif wanted:
        there = f"set to {url}" if url else "not set"
        yield Check("webhook", False, f"{there}, not to {wanted}: start Allié, and run one with this token")
    elif url:
        yield Check("webhook", False, f"set to {url} while this one would poll: set ALLIE_PUBLIC_URL, or start Allié")
    yield Check("waiting at Telegram", waiting <= MANY, f"{waiting} messages")
    since = datetime.now(UTC).timestamp() - float(webhook.get("last_error_date", 0))
    if wanted and since < LATELY:
        reason = str(webhook.get("last_error_message", ""))[:200]
        yield Check("deliveries", False, f"{since / 60:.0f} minutes ago Telegram failed to reach it: {reason}")
