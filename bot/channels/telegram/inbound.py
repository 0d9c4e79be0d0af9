"""An update of the Bot API, as plain JSON, read into an `Event`.

What is not for Allié, or makes no sense, is None and never an exception: it is acknowledged and forgotten. In a group
Allié only hears what is said to it: a command, its @name, its first name, an answer to one of its messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.conversation_id import ConversationId
from bot.dialogue.events import Command, Content, Event, Left, Location, Media, Press, Returned, Text

__all__ = ["ALLOWED_UPDATES", "Identity", "Reader", "press_id"]

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
KINDS = {
    "photo": "photo",
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "contact": "contact",
    "dice": "other",
    "game": "other",
    "poll": "other",
    "story": "other",
    "paid_media": "other",
    "checklist": "other",
}
GROUPS = frozenset({"group", "supergroup"})
OUTSIDE = frozenset({"left", "kicked"})
WORD = re.compile(r"[^\W_]+")
NAME = "allie"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, as `getMe` says."""

    id: int
    username: str
    first_name: str


def press_id(update: Any) -> str | None:
    """The id by which a press is answered, so that its button stops waiting."""
    if isinstance(update, dict) and isinstance(query := update.get("callback_query"), dict):
        id = query.get("id")
        return id if isinstance(id, str) else None
    return None


class Reader:
    """Reads updates for one bot."""

    def __init__(self, me: Identity) -> None:
        self._me = me
        self._command_name = me.username.casefold()
        self._mention = re.compile(rf"(?<!\w)@{re.escape(me.username)}(?!\w)", re.IGNORECASE)
        first = WORD.search(folded(me.first_name))
        self._names = frozenset({NAME, first[0]} if first else {NAME})
        names = "|".join(sorted(self._names))
        self._at_start = re.compile(rf"\W*(?:{names})(?!\w)\W*", re.IGNORECASE)
        self._at_end = re.compile(rf"[\s,]+(?:{names})(?P<end>[\s?!.…]*)$", re.IGNORECASE)

    def event(self, update: Any, raw: str = "") -> Event | None:
        """The event that this update is, None if there is nothing in it for Allié."""
        try:
            return self._event(update, raw)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return None

    def _event(self, update: Any, raw: str) -> Event | None:
        number = update["update_id"]
        if type(number) is not int or number < 0:
            return None
        if "callback_query" in update:
            found = self._press(update["callback_query"])
        elif "message" in update:
            found = self._message(update["message"])
        elif "edited_message" in update:
            found = self._message(update["edited_message"])
            if found is not None and not isinstance(found[0], Text | Command):
                return None  # a position that moves, a picture exchanged
        elif "my_chat_member" in update:
            found = self._membership(update["my_chat_member"])
        else:
            return None
        if found is None:
            return None
        content, person, chat, group, message = found
        language = person.get("language_code")
        return Event(
            id=f"telegram:{number}",
            chat=str(ConversationId("telegram", str(chat), str(_id(person)) if group else "")),
            content=content,
            at=datetime.now(UTC),
            language=language if isinstance(language, str) and len(language) < 36 else None,
            message=message,
            group=group,
            raw=raw,
            origin=_origin(update),
            edited="edited_message" in update,
        )

    def _press(self, query: Mapping[str, Any]) -> Found | None:
        person, data = query["from"], query["data"]
        if not isinstance(data, str) or len(data) > 256:
            return None
        message = query.get("message")
        if not isinstance(message, dict):
            return Press(_whole(data)), person, _id(person), False, None
        chat, group = _place(message["chat"])
        # A screen in a group may be another person's; a picture, or a message too old, has no text to replace.
        editable = not group and message.get("date") and isinstance(message.get("text"), str)
        edited = str(_id(message, "message_id")) if editable else None
        return Press(_whole(data), _label(message, data)), person, chat, group, edited

    def _message(self, message: Mapping[str, Any]) -> Found | None:
        person = message["from"]
        if person.get("is_bot"):
            return None
        chat, group = _place(message["chat"])
        text = message.get("text") or message.get("caption")
        if group:
            said = self._said_to_us(message, text if isinstance(text, str) else "")
            if said is None:
                return None
            text = said
        content = self._content(message, text, group=group)
        return (content, person, chat, group, None) if content else None

    def _content(self, message: Mapping[str, Any], text: Any, *, group: bool) -> Content | None:
        if isinstance(text, str) and text:
            text = _whole(text)
            if text.startswith("/") and (command := COMMAND.fullmatch(text)):
                named = command[2]
                if named and named.casefold() != self._command_name:
                    return None
                return Command(command[1].lower(), (command[3] or "").strip())
            return Text(text)
        if isinstance(place := message.get("location"), dict):
            latitude, longitude = float(place["latitude"]), float(place["longitude"])
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                return None
            return Location(latitude, longitude)
        if isinstance(sticker := message.get("sticker"), dict) and isinstance(sign := sticker.get("emoji"), str):
            return Text(_whole(sign))
        for key, kind in KINDS.items():
            if key in message:
                return Media(kind)
        return Command("start") if group and "text" in message else None

    def _said_to_us(self, message: Mapping[str, Any], text: str) -> str | None:
        """What is said to Allié in a group, without its name; None if it is not spoken to."""
        if text.startswith("/"):
            return text
        if self._mention.search(text):
            return " ".join(self._mention.sub(" ", text).split(" ")).strip(" ,:;\n")
        replied = message.get("reply_to_message")
        if isinstance(replied, dict) and replied.get("from", {}).get("id") == self._me.id:
            return text
        return self._without_name(text)

    def _without_name(self, text: str) -> str | None:
        """ "Allié, …", "… Allié ?", or the name with its capital anywhere: "un allié" in a sentence is not a call."""
        plain = folded(text)
        if len(plain) != len(text):
            plain = text.casefold() if len(text.casefold()) == len(text) else text
        if name := self._at_start.match(plain):
            return text[name.end() :]
        if name := self._at_end.search(plain):
            end = name["end"].strip()
            return text[: name.start()] + (f" {end}" if end else "")
        for word in WORD.finditer(text):
            if word[0][0].isupper() and folded(word[0]) in self._names:
                return text
        return None

    def _membership(self, change: Mapping[str, Any]) -> Found | None:
        was, is_ = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
        chat, group = _place(change["chat"])
        if (was in OUTSIDE) == (is_ in OUTSIDE):
            return None
        return Left() if is_ in OUTSIDE else Returned(), change["from"], chat, group, None


Found = tuple[Content, Mapping[str, Any], int, bool, str | None]
"""The content, the person, the chat, whether it is a group, the message whose button was pressed."""


def folded(text: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()


def _id(thing: Mapping[str, Any], name: str = "id") -> int:
    id = thing[name]
    if type(id) is not int:
        raise TypeError(name)
    return id


def _origin(update: Mapping[str, Any]) -> str:
    """The id of the message that the person wrote, or has changed."""
    message = update.get("message") or update.get("edited_message")
    return str(_id(message, "message_id")) if message else ""


def _place(chat: Mapping[str, Any]) -> tuple[int, bool]:
    kind = chat["type"]
    if kind in GROUPS:
        return _id(chat), True
    if kind == "private":
        return _id(chat), False
    raise ValueError("a channel is no place for a talk")


def _label(message: Mapping[str, Any], data: str) -> str:
    """What the pressed button showed, found in the keyboard under its message."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if button.get("callback_data") == data:
                return str(button["text"])
    return ""


def _whole(text: str) -> str:
    """Without halves of characters, which nothing downstream could write."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
