"""What the Bot API calls its methods and parameters, read off python-telegram-bot's own signatures.

A parameter that Telegram does not have is refused here (Telegram itself ignores it in silence, which hides mistakes);
one that it requires must be there. Conveniences that the library adds to a signature and never sends are left out.
"""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from typing import Any

from telegram import Bot

__all__ = ["Refusal", "decoded", "parameters", "snake_case"]

OF_THE_LIBRARY = frozenset(
    {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
    | {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview", "current_offset"}
)
"""Arguments of every method, or turned by the library into other parameters before anything is sent."""

CONVENIENCES = {
    "editMessageLiveLocation": {"location"},
    "sendAnimation": {"filename"},
    "sendAudio": {"filename"},
    "sendContact": {"contact"},
    "sendDocument": {"filename"},
    "sendLivePhoto": {"filename"},
    "sendLocation": {"location"},
    "sendMediaGroup": {"caption", "parse_mode", "caption_entities"},
    "sendPhoto": {"filename"},
    "sendPoll": {"correct_option_id"},
    "sendVenue": {"venue"},
    "sendVideo": {"filename"},
    "sendVideoNote": {"filename"},
    "sendVoice": {"filename"},
}

REQUIRED_UNLESS_CONVENIENT = {
    "editMessageLiveLocation": {"latitude", "longitude"},
    "sendContact": {"phone_number", "first_name"},
    "sendLocation": {"latitude", "longitude"},
    "sendVenue": {"latitude", "longitude", "title", "address"},
}
"""The library takes these out of its convenience argument; on the wire they are required."""


class Refusal(Exception):
    """Telegram's answer when it will not do as asked: a code, a sentence, sometimes what to do about it."""

    def __init__(self, description: str, *, code: int = 400, **parameters: int) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(code, "")
        self.code = code
        self.description = prefix + description
        self.parameters = parameters
        super().__init__(self.description)

    @property
    def answer(self) -> dict[str, Any]:
        out: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return out | ({"parameters": self.parameters} if self.parameters else {})


def snake_case(method: str) -> str:
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), method)


@cache
def parameters() -> dict[str, dict[str, bool]]:
    """Every method, and for each of its parameters whether it is required."""
    methods = {}
    for name in dir(Bot):
        one_word = name == "close"
        if not (one_word or re.search(r"[A-Z]", name)) or not inspect.iscoroutinefunction(getattr(Bot, name)):
            continue
        signature = inspect.signature(getattr(Bot, name))
        left_out = OF_THE_LIBRARY | CONVENIENCES.get(name, set())
        required = REQUIRED_UNLESS_CONVENIENT.get(name, set())
        methods[name] = {
            parameter.name: parameter.default is parameter.empty or parameter.name in required
            for parameter in signature.parameters.values()
            if parameter.name not in left_out
        }
    return methods


OBJECTS = frozenset(
    {"reply_markup", "link_preview_options", "reply_parameters", "entities", "caption_entities", "media"}
    | {"commands", "scope", "allowed_updates", "message_ids"}
)
INTEGERS = frozenset(
    {"message_id", "offset", "limit", "timeout", "max_connections", "cache_time", "message_thread_id", "user_id"}
)
NUMBERS = frozenset({"latitude", "longitude"})
BOOLEANS = frozenset({"show_alert", "disable_notification", "protect_content", "drop_pending_updates"})
STRINGS = frozenset({"text", "caption", "parse_mode", "callback_query_id", "url", "secret_token", "language_code"})


def decoded(method: str, given: dict[str, Any], files: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The parameters with their types, however they travelled: a form carries only strings, JSON may carry objects.

    Raises `Refusal` for an unknown parameter, a missing one, or one of the wrong type.
    """
    known = parameters()[method]
    out = {}
    for name, value in given.items():
        if name not in known:
            raise Refusal(f"unknown parameter {name} of {method}")
        if value is not None:
            out[name] = _typed(name, value)
    for name, required in known.items():
        if required and name not in out and name not in files:
            raise Refusal(_missing(name))
    return out


def _missing(name: str) -> str:
    sentences = {
        "text": "message text is empty",
        "chat_id": "chat_id is empty",
        "photo": "there is no photo in the request",
    }
    return sentences.get(name, f'parameter "{name}" is required')


def _typed(name: str, value: Any) -> Any:
    try:
        if isinstance(value, str):
            value.encode()
            if name in OBJECTS:
                value = json.loads(value)
            elif name in INTEGERS:
                value = int(value)
            elif name in NUMBERS:
                value = float(value)
            elif name in BOOLEANS:
                value = value.lower() == "true"
            elif name == "chat_id" and re.fullmatch(r"-?\d+", value):
                value = int(value)
    except UnicodeEncodeError:
        raise Refusal("strings must be encoded in UTF-8") from None
    except ValueError:
        raise Refusal(f"can't parse {name}: wrong value") from None
    if name in STRINGS and not isinstance(value, str):
        raise Refusal(f'field "{name}" must be of type String')
    if name in OBJECTS and not isinstance(value, (dict, list)):
        raise Refusal(f"object expected as {name.replace('_', ' ')}")
    return value
