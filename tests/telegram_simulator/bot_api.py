"""The methods of the Bot API that a bot like this one calls, with the refusals that Telegram would give.

Each takes decoded parameters and the uploaded files by part name, and returns the `result` of the answer. A method that
exists at Telegram and is not here is refused with a sentence that says so: nothing pretends to have been done.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.constants import BotCommandLimit, MediaGroupLimit, MessageLimit

from .chats import Chat, Message, Upload, seen_as
from .formatting import checked_markup, formatted, units
from .methods import Refusal, snake_case

if TYPE_CHECKING:
    from .simulator import Simulator

__all__ = ["PACED", "BotApi"]

PACED = frozenset(
    {"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "sendLocation", "sendVenue"}
    | {"editMessageText", "editMessageReplyMarkup", "editMessageCaption"}
)
"""What counts against the limits on messages."""

Files = dict[str, Upload]
Parameters = dict[str, Any]


class BotApi:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.album = 0

    def method(self, name: str) -> Callable[[Parameters, Files], Any]:
        found = getattr(self, "do_" + snake_case(name), None)
        if found is None:
            raise Refusal(f"{name} exists, but nobody taught it to this simulator", code=501)
        return found  # type: ignore[no-any-return]

    def menu(self, language: str | None) -> dict[str, str]:
        for scope in ("all_private_chats", "default"):
            for code in (language or "", ""):
                if commands := self.commands.get((scope, code)):
                    return {command["command"]: command["description"] for command in commands}
        return {}

    def do_get_me(self, given: Parameters, files: Files) -> dict[str, Any]:
        return self.simulator.me | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def do_get_updates(self, given: Parameters, files: Files) -> list[dict[str, Any]]:
        updates = self.simulator.updates
        updates.allow(given.get("allowed_updates"))
        return await updates.poll(given.get("offset", 0), given.get("limit", 100), given.get("timeout", 0))

    async def do_set_webhook(self, given: Parameters, files: Files) -> bool:
        secret, url = given.get("secret_token"), given["url"]
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise Refusal("secret token contains unallowed characters")
        drop = bool(given.get("drop_pending_updates"))
        if not url:
            await self.simulator.updates.delete_webhook(drop=drop)
            return True
        address = urlsplit(url)
        here = address.hostname in ("127.0.0.1", "localhost")
        if address.scheme != "https" and not (here and address.scheme == "http"):
            raise Refusal("bad webhook: An HTTPS URL must be provided for webhook")
        connections = given.get("max_connections", 40)
        self.simulator.updates.allow(given.get("allowed_updates"))
        await self.simulator.updates.set_webhook(url, secret, min(max(connections, 1), 100), drop=drop)
        return True

    async def do_delete_webhook(self, given: Parameters, files: Files) -> bool:
        await self.simulator.updates.delete_webhook(drop=bool(given.get("drop_pending_updates")))
        return True

    def do_get_webhook_info(self, given: Parameters, files: Files) -> dict[str, Any]:
        updates = self.simulator.updates
        info: dict[str, Any] = {
            "url": updates.webhook.url if updates.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending),
        }
        if updates.allowed is not None:
            info["allowed_updates"] = sorted(updates.allowed)
        if updates.webhook and updates.webhook.last_error:
            info |= {"last_error_message": updates.webhook.last_error, "last_error_date": int(self.simulator.now())}
        return info

    def do_set_my_commands(self, given: Parameters, files: Files) -> bool:
        commands = given["commands"]
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise Refusal("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise Refusal("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= BotCommandLimit.MAX_DESCRIPTION:
                raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[self._scope(given)] = commands
        return True

    def do_get_my_commands(self, given: Parameters, files: Files) -> list[dict[str, str]]:
        return self.commands.get(self._scope(given), [])

    def _scope(self, given: Parameters) -> tuple[str, str]:
        language = given.get("language_code", "")
        if language and not re.fullmatch(r"[a-z]{2}", language):
            raise Refusal("invalid language code specified")
        return given.get("scope", {"type": "default"})["type"], language

    def do_send_message(self, given: Parameters, files: Files) -> dict[str, Any]:
        chat = self._chat(given)
        text, entities = self._text(given)
        return self._sent(chat, given, text=text, html=given["text"], entities=entities)

    def _text(self, given: Parameters) -> tuple[str, list[dict[str, Any]]]:
        text, entities = formatted(given["text"], given.get("parse_mode"))
        if not text:
            raise Refusal("message text is empty")
        if units(text) > MessageLimit.MAX_TEXT_LENGTH:
            raise Refusal("message is too long")
        return text, entities

    def _caption(self, given: Parameters) -> dict[str, Any]:
        html = given.get("caption", "")
        text, entities = formatted(html, given.get("parse_mode"))
        if units(text) > MessageLimit.CAPTION_LENGTH:
            raise Refusal("message caption is too long")
        return {"text": text, "html": html, "entities": entities}

    def do_send_photo(self, given: Parameters, files: Files) -> dict[str, Any]:
        chat = self._chat(given)
        photo = self._file(given, files, "photo")
        check_photo(photo)
        return self._sent(chat, given, kind="photo", files=[photo], **self._caption(given))

    def do_send_document(self, given: Parameters, files: Files) -> dict[str, Any]:
        chat = self._chat(given)
        document = self._file(given, files, "document")
        return self._sent(chat, given, kind="document", files=[document], **self._caption(given))

    def do_send_media_group(self, given: Parameters, files: Files) -> list[dict[str, Any]]:
        chat, media = self._chat(given), given["media"]
        if not MediaGroupLimit.MIN_MEDIA_LENGTH <= len(media) <= MediaGroupLimit.MAX_MEDIA_LENGTH:
            raise Refusal("wrong number of items in the album; must be from 2 to 10")
        kinds = {item.get("type") for item in media}
        if not kinds <= {"photo", "video", "document", "audio"} or ("document" in kinds and len(kinds) > 1):
            raise Refusal("can't use the media of the specified type in the album")
        items = []
        for item in media:
            file = self._file(item, files, "media")
            if item["type"] == "photo":
                check_photo(file)
            items.append({"kind": item["type"], "files": [file], **self._caption(item)})
        self.album += 1
        payload = {"media_group_id": str(self.album)}
        return [self._sent(chat, given, payload=payload, **item) for item in items]

    def do_send_location(self, given: Parameters, files: Files) -> dict[str, Any]:
        return self._sent(self._chat(given), given, kind="location", location=place(given))

    def do_send_venue(self, given: Parameters, files: Files) -> dict[str, Any]:
        chat, location = self._chat(given), place(given)
        if not given["title"] or not given["address"]:
            raise Refusal("venue title and address must be non-empty")
        text = f"{given['title']}\n{given['address']}"
        return self._sent(chat, given, kind="venue", location=location, text=text)

    def do_send_chat_action(self, given: Parameters, files: Files) -> bool:
        chat = self._chat(given)
        if given["action"] not in ("typing", "upload_photo", "upload_document", "find_location", "choose_sticker"):
            raise Refusal("wrong parameter action in request")
        if person := self.simulator.people.get(chat.id):
            person.typing += 1
        return True

    def do_edit_message_text(self, given: Parameters, files: Files) -> bool | dict[str, Any]:
        chat, message = self._editable(given)
        text, entities = self._text(given)
        if message.kind != "text":
            raise Refusal("there is no text in the message to edit")
        return self._edited(chat, message, given, text=text, html=given["text"], entities=entities)

    def do_edit_message_caption(self, given: Parameters, files: Files) -> bool | dict[str, Any]:
        chat, message = self._editable(given)
        if message.kind not in ("photo", "document"):
            raise Refusal("there is no caption in the message to edit")
        return self._edited(chat, message, given, **self._caption(given))

    def do_edit_message_reply_markup(self, given: Parameters, files: Files) -> bool | dict[str, Any]:
        chat, message = self._editable(given)
        return self._edited(chat, message, given)

    def _editable(self, given: Parameters) -> tuple[Chat, Message]:
        if "chat_id" not in given or "message_id" not in given:
            raise Refusal("message identifier is not specified")
        chat = self._chat(given)
        message = chat.messages.get(given["message_id"])
        if message is None or message.deleted:
            raise Refusal("message to edit not found")
        if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
            raise Refusal("message can't be edited")
        return chat, message

    def _edited(self, chat: Chat, message: Message, given: Parameters, **content: Any) -> dict[str, Any]:
        markup = checked_markup(given.get("reply_markup"), private=chat.private, editing=True)
        before = (message.text, message.entities, message.markup)
        after = (content.get("text", message.text), content.get("entities", message.entities), markup)
        if before == after:
            raise Refusal(
                "message is not modified: specified new message content and reply markup are exactly the same as a"
                " current content and reply markup of the message"
            )
        for name, value in content.items():
            setattr(message, name, value)
        message.markup = markup
        message.edits += 1
        return seen_as(message, self.simulator.chat_object(chat.id))

    def do_delete_message(self, given: Parameters, files: Files) -> bool:
        message = self._chat(given).messages.get(given["message_id"])
        if message is None or message.deleted:
            raise Refusal("message to delete not found")
        message.deleted = True
        return True

    def do_answer_callback_query(self, given: Parameters, files: Files) -> bool:
        if len(given.get("text", "")) > 200:
            raise Refusal("MESSAGE_TOO_LONG")
        press = self.simulator.presses.pop(given["callback_query_id"], None)
        if press is None or self.simulator.now() - press.at > 150:
            raise Refusal("query is too old and response timeout expired or query ID is invalid")
        press.person.waiting.pop(given["callback_query_id"], None)
        if text := given.get("text"):
            press.person.notices.append(text)
        return True

    def _chat(self, given: Parameters) -> Chat:
        chat = self.simulator.chats.get(given["chat_id"])
        if chat is None:
            raise Refusal("chat not found")
        if chat.upgraded_to:
            raise Refusal("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
        if not chat.bot:
            raise Refusal(chat.refusal or "bot can't initiate conversation with a user", code=403)
        return chat

    def _file(self, given: Parameters, files: Files, name: str) -> Upload:
        value = given.get(name, name)
        part = value.removeprefix("attach://") if isinstance(value, str) else name
        if part not in files:
            raise Refusal(f"wrong file identifier/HTTP URL specified: {part}")
        if not files[part].content:
            raise Refusal("file must be non-empty")
        return files[part]

    def _sent(self, chat: Chat, given: Parameters, **content: Any) -> dict[str, Any]:
        markup = checked_markup(given.get("reply_markup"), private=chat.private)
        reply = given.get("reply_parameters", {}).get("message_id")
        if reply is not None and reply not in chat.messages:
            raise Refusal("message to be replied not found")
        message = Message(chat.next_id, chat.id, self.simulator.me, int(self.simulator.now()), **content)
        message.markup, message.reply_to, message.silent = markup, reply, bool(given.get("disable_notification"))
        chat.add(message)
        return seen_as(message, self.simulator.chat_object(chat.id))


def place(given: Parameters) -> tuple[float, float]:
    latitude, longitude = given["latitude"], given["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refusal("wrong latitude or longitude specified")
    return latitude, longitude


def check_photo(photo: Upload) -> None:
    """Telegram takes pictures of at most 10 MB, 10,000 pixels of width and height together, and a ratio of 20."""
    content = photo.content
    if len(content) > 10 * 1024 * 1024:
        raise Refusal("file is too big")
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        if width + height > 10_000 or max(width, height) > 20 * max(1, min(width, height)):
            raise Refusal("PHOTO_INVALID_DIMENSIONS")
    elif not content.startswith((b"\xff\xd8\xff", b"RIFF", b"GIF8")):
        raise Refusal("IMAGE_PROCESS_FAILED")
