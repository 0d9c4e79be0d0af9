"""A `Reply` as the calls of the Bot API that show it.

One call where one can carry the reply: a caption rather than a text beside a picture. Otherwise pictures and files go
first and the text, with its buttons, last, so that a repetition after a failure repeats as little as can be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from bot.channels.telegram.api import Upload
from bot.channels.telegram.markup import clean, split, unfit, units
from bot.conversation_id import ConversationId
from bot.dialogue.replies import Button, Reply

__all__ = [
    "Call",
    "address",
    "calls_for",
    "check",
    "moved",
    "otherwise",
    "why_not_webhook_reply",
]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_DATA = 64
LARGEST_PICTURE = 10 * 1024 * 1024
LARGEST_FILE = 50 * 1024 * 1024
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_IN_AN_ALBUM = 10
PIN = "\N{ROUND PUSHPIN}"
POSITION = {
    "keyboard": [[{"text": f"{PIN} Position", "request_location": True}]],
    "resize_keyboard": True,
    "one_time_keyboard": True,
}
"""The word is the same in French and in English; Telegram then asks for consent in the person's own language."""
NO_KEYBOARD = {"remove_keyboard": True}
NO_PREVIEW = {"is_disabled": True}

HOST = re.compile(r"[^\s/.@]+(\.[^\s/.@]+)+(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Call:
    """One method and its parameters. `optional`: what it adds is not worth sending the rest again."""

    method: str
    given: dict[str, Any]
    files: tuple[Upload, ...] = ()
    optional: bool = False


def address(chat: str) -> int:
    """The chat that Telegram knows, of "telegram:4711" or "telegram:-100123:4711". Raises `ValueError`."""
    id = ConversationId.parse(chat)
    if id.channel != "telegram":
        raise ValueError(f"{chat!r} is no chat of Telegram's")
    return int(id.place)


def check(reply: Reply) -> str | None:
    """Why Telegram would refuse this reply, however it is cut; None if it would not."""
    text = folding(reply)
    if problem := unfit(text):
        return problem
    if not (reply.picture or reply.files or reply.location) and not units(text.strip()):
        return "the text is empty"
    if reply.buttons and (problem := _bad_buttons(reply.buttons)):
        return problem
    if reply.picture and len(reply.picture.content) > LARGEST_PICTURE:
        return "the picture is larger than 10 MB"
    for file in (reply.picture, *reply.files):
        if file and not 0 < len(file.content) <= LARGEST_FILE:
            return f"the file {file.name} is empty or larger than 50 MB"
    return None


def why_not_webhook_reply(reply: Reply) -> str | None:
    """Why this reply cannot be the method in a webhook's answer; None if it can.

    A webhook reply is one call without a file, and nobody is told if it is refused: it must be certain to be taken.
    """
    if reply.picture or reply.files or reply.location:
        return "it takes an upload or several calls"
    if reply.asks_location and (reply.buttons or reply.edit):
        return "it takes two calls"
    if 2 * len(reply.whole) > LONGEST_TEXT and units(reply.whole) > LONGEST_TEXT:
        return "it takes several messages"
    return check(reply)


def _bad_buttons(rows: tuple[tuple[Button, ...], ...]) -> str | None:
    count = 0
    for row in rows:
        count += len(row)
        for button in row:
            if not button.label.strip():
                return "a button has no label"
            if button.start is not None:
                continue
            if button.data is not None:
                if not 0 < len(button.data.encode("utf-8", "replace")) <= LARGEST_DATA:
                    return f"the button {button.label!r} carries nothing, or more than {LARGEST_DATA} bytes"
            elif not _leads_somewhere(button.url or ""):
                return f"the button {button.label!r} leads nowhere"
    return f"there are more than {MOST_BUTTONS} buttons" if count > MOST_BUTTONS else None


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if re.search(r"\s", url):
        return False
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and HOST.fullmatch(parts.netloc) is not None)


def calls_for(reply: Reply, chat: int, bot: str = "") -> list[Call]:
    """The calls that show this reply in this chat, in order. `bot` is the name in the links that people share."""
    buttons = _shared(reply.buttons, bot)
    if buttons is not reply.buttons:
        reply = replace(reply, buttons=buttons)
    media = _media(reply, chat)
    edits = _edited_message(reply) is not None and not media
    apart = bool(reply.asks_location and chat > 0 and (reply.buttons or edits))
    markup = _markup(reply, chat, position=not apart)
    text = clean(folding(reply)).strip()
    length = units(text)
    calls = media
    if media and len(media[-1].files) == 1 and length <= LONGEST_CAPTION:
        last = media[-1]
        caption = {"caption": text, "parse_mode": "HTML"} if length else {}
        calls = [*media[:-1], replace(last, given=last.given | caption | markup)]
    elif length:
        *first, end = split(text, LONGEST_TEXT)
        calls = [*media, *(_message(chat, piece, {}) for piece in first)]
        calls.append(_edit(reply, chat, end, markup) if edits and not first else _message(chat, end, markup))
    if apart:
        calls = [*calls, Call("sendMessage", _plain(chat, PIN) | {"reply_markup": POSITION}, optional=True)]
    return calls


def folding(reply: Reply) -> str:
    """The text, and under it what is folded, in a quotation that the person opens."""
    if not reply.more:
        return str(reply.text)
    bare = reply.more.replace("<blockquote>", "").replace("</blockquote>", "")
    return f"{reply.text}\n\n<blockquote expandable>{bare}</blockquote>"


def _shared(rows: tuple[tuple[Button, ...], ...], bot: str) -> tuple[tuple[Button, ...], ...]:
    """The buttons with their links to share made: Telegram asks whom to send one to. Without a name there are none."""
    if not any(button.start for row in rows for button in row):
        return rows
    made = (tuple(_link(button, bot) for button in row if bot or button.start is None) for row in rows)
    return tuple(row for row in made if row)


def _link(button: Button, bot: str) -> Button:
    if button.start is None:
        return button
    begins = {"url": f"https://t.me/{bot}?start={button.start}", "text": button.says}
    return Button(button.label, url=f"https://t.me/share/url?{urlencode(begins, quote_via=quote)}")


def _edited_message(reply: Reply) -> int | None:
    return int(reply.edit) if reply.edit and reply.edit.isascii() and reply.edit.isdigit() else None


def _plain(chat: int, text: str) -> dict[str, Any]:
    return {"chat_id": chat, "text": text, "disable_notification": True}


def _message(chat: int, text: str, markup: dict[str, Any]) -> Call:
    given = {"chat_id": chat, "text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    return Call("sendMessage", given | markup)


def _edit(reply: Reply, chat: int, text: str, markup: dict[str, Any]) -> Call:
    given = {"chat_id": chat, "message_id": _edited_message(reply), "text": text, "parse_mode": "HTML"}
    inline = markup if reply.buttons else {}
    return Call("editMessageText", given | {"link_preview_options": NO_PREVIEW} | inline)


def _markup(reply: Reply, chat: int, *, position: bool) -> dict[str, Any]:
    """The keyboard under the last message. One that asked for a position leaves with the next text without buttons."""
    if reply.buttons:
        flat = [[_button(button) for button in row] for row in reply.buttons]
        rows = [row[at : at + MOST_IN_A_ROW] for row in flat for at in range(0, len(row), MOST_IN_A_ROW)]
        return {"reply_markup": {"inline_keyboard": rows}}
    if chat < 0:
        return {}
    return {"reply_markup": POSITION if reply.asks_location and position else NO_KEYBOARD}


def _button(button: Button) -> dict[str, str]:
    target = {"callback_data": button.data} if button.data is not None else {"url": button.url or ""}
    return {"text": clean(button.label), **target}


def _media(reply: Reply, chat: int) -> list[Call]:
    """What goes before the text: a position, the picture, the files (several of them as one album)."""
    calls = []
    if reply.location:
        latitude, longitude = reply.location
        calls.append(Call("sendLocation", {"chat_id": chat, "latitude": latitude, "longitude": longitude}))
    if reply.picture:
        calls.append(Call("sendPhoto", {"chat_id": chat}, (Upload("photo", reply.picture),)))
    files = reply.files
    for start in range(0, len(files), MOST_IN_AN_ALBUM):
        album = files[start : start + MOST_IN_AN_ALBUM]
        if len(album) == 1:
            calls.append(Call("sendDocument", {"chat_id": chat}, (Upload("document", album[0]),)))
        else:
            uploads = tuple(Upload(f"file{number}", file) for number, file in enumerate(album))
            media = [{"type": "document", "media": f"attach://{upload.part}"} for upload in uploads]
            calls.append(Call("sendMediaGroup", {"chat_id": chat, "media": media}, uploads))
    return calls


def otherwise(call: Call) -> Call:
    """The same content another way: an edit as a message of its own, a picture as a file."""
    if call.method == "sendPhoto":
        return replace(call, method="sendDocument", files=(Upload("document", call.files[0].file),))
    given = {name: value for name, value in call.given.items() if name != "message_id"}
    return replace(call, method="sendMessage", given=given)


def moved(call: Call, chat: int) -> Call:
    return replace(call, given=call.given | {"chat_id": chat})
