"""What a platform allows to be sent: in all, to one chat, to one group. Telegram's limits unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SLACK", "WEBHOOK_REPLY_TRAVELS", "SendLimits", "cooldown_after_webhook_reply"]

SLACK = 1.05
"""Calls travel: two that leave a second apart may arrive a little closer than that."""
WEBHOOK_REPLY_TRAVELS = 0.1
"""Seconds until a reply in the response to a webhook reaches the platform: its turn is committed first."""


@dataclass(frozen=True, slots=True)
class SendLimits:
    """Calls a second in all, and the seconds between two calls to one chat or one group."""

    per_second: int = 30
    chat_seconds: float = 1.0
    group_seconds: float = 3.0


def cooldown_after_webhook_reply(*, is_group: bool) -> float:
    """Seconds that a chat gets nothing else once a reply to it is in the response to a webhook."""
    limits = SendLimits()
    return WEBHOOK_REPLY_TRAVELS + (limits.group_seconds if is_group else limits.chat_seconds) * SLACK
