"""What Telegram's answer to a call means for the reply that it carried.

Every code and every sentence of the protocol that matters is here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.api import Answer, Done, NoAnswer
from bot.delivery.outcomes import Delivered, Gone, Later, Outcome, Refused, Unknown

__all__ = ["MovedTo", "SendOtherwise", "judged"]

RESPITE = 3.0
"""Seconds before trying again what met an error of Telegram's own, or a network that is down."""
MISCONFIGURED = 60.0
"""Seconds before trying again when the token no longer opens: nothing is dropped while the operator mends it."""

NOBODY_THERE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "user not found",
)
NOTHING_TO_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)
NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "photo_ext_invalid")


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The group became a supergroup and has another id."""

    chat: int


@dataclass(frozen=True, slots=True)
class SendOtherwise:
    """Not this way, but there is another: the message to edit is gone, the picture can only go as a file."""


def judged(answer: Answer, method: str) -> Outcome | MovedTo | SendOtherwise:
    """The outcome of one call, or what to do instead."""
    if isinstance(answer, Done):
        return Delivered()
    if isinstance(answer, NoAnswer):
        return Unknown(answer.reason) if answer.sent else Later(RESPITE)
    if answer.moved_to is not None:
        return MovedTo(answer.moved_to)
    if answer.is_for_now:
        return Later(answer.retry_after or RESPITE)
    if answer.code in (401, 404, 409):
        return Later(MISCONFIGURED)
    description = answer.description.casefold()
    if answer.code == 403 or any(sentence in description for sentence in NOBODY_THERE):
        return Gone()
    if "message is not modified" in description:
        return Delivered()
    if method == "editMessageText" and any(sentence in description for sentence in NOTHING_TO_EDIT):
        return SendOtherwise()
    if method == "sendPhoto" and any(sentence in description for sentence in NO_PICTURE):
        return SendOtherwise()
    return Refused(answer.description)
