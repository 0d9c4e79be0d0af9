"""Chats and what is written in them: the state that Telegram keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Chat", "Message", "Upload", "seen_as"]


@dataclass(frozen=True)
class Upload:
    """A file as the person receives it."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass
class Message:
    """A message as it now stands on the screens: `text` without tags (a caption too), `html` as the bot sent it."""

    id: int
    chat: int
    sender: dict[str, Any]
    date: int
    text: str = ""
    html: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    kind: str = "text"
    files: list[Upload] = field(default_factory=list)
    location: tuple[float, float] | None = None
    markup: dict[str, Any] | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    reply_to: int | None = None
    edits: int = 0
    deleted: bool = False
    silent: bool = False

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        return self.markup.get("inline_keyboard", []) if self.markup else []

    @property
    def labels(self) -> list[list[str]]:
        return [[button["text"] for button in row] for row in self.buttons]

    def button(self, wanted: str) -> dict[str, Any] | None:
        """By its data, its label, or a part of its label, in that order."""
        flat = [button for row in self.buttons for button in row]
        for same in (
            lambda button: button.get("callback_data") == wanted,
            lambda button: button["text"] == wanted,
            lambda button: wanted.casefold() in button["text"].casefold(),
        ):
            found = [button for button in flat if same(button)]
            if found:
                return dict(found[0])
        return None

    def __str__(self) -> str:
        lines = [self.text] if self.text else []
        lines += [f"({self.kind}: {', '.join(file.name for file in self.files)})"] if self.files else []
        lines += [f"(location: {self.location[0]}, {self.location[1]})"] if self.location else []
        lines += ["  ".join(f"[{label}]" for label in row) for row in self.labels]
        return "\n".join(lines)


@dataclass
class Chat:
    """`members` are people's ids; `bot` says whether the bot may write here, and if not, in which words it is told."""

    id: int
    kind: str = "private"
    title: str = ""
    bot: bool = True
    refusal: str = ""
    upgraded_to: int | None = None
    members: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1

    @property
    def private(self) -> bool:
        return self.kind == "private"

    @property
    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        self.next_id = message.id + 1
        return message


def commands_in(text: str) -> list[dict[str, Any]]:
    """The entities that Telegram finds in what a person types: commands and mentions, offsets in UTF-16 units."""
    found = []
    for match in re.finditer(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?|(?<!\w)@[A-Za-z0-9_]{3,32}", text):
        kind = "bot_command" if match[0].startswith("/") else "mention"
        offset = len(text[: match.start()].encode("utf-16-le")) // 2
        found.append({"type": kind, "offset": offset, "length": len(match[0])})
    return found


def seen_as(message: Message, chat: dict[str, Any], replied: dict[str, Any] | None = None) -> dict[str, Any]:
    """The Message object of the Bot API."""
    out: dict[str, Any] = {
        "message_id": message.id,
        "from": message.sender,
        "chat": chat,
        "date": message.date,
        **message.payload,
    }
    if message.text:
        caption = message.kind != "text"
        out["caption" if caption else "text"] = message.text
        if message.entities:
            out["caption_entities" if caption else "entities"] = message.entities
    if message.location:
        latitude, longitude = message.location
        out["location"] = {"latitude": latitude, "longitude": longitude}
    if message.markup and "inline_keyboard" in message.markup:
        out["reply_markup"] = message.markup
    if message.edits:
        out["edit_date"] = message.date
    if replied:
        out["reply_to_message"] = replied
    return out
