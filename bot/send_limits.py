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


def cooldown_after_webhook_reply() -> float:
    """Seconds that a person gets nothing else once a reply to them is in the response to a webhook. In a group none
    is: its pace is that of all who talk in it, whichever process answers them."""
    return WEBHOOK_REPLY_TRAVELS + SendLimits().chat_seconds * SLACK
