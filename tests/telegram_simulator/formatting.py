"""Telegram's reading of its HTML: what becomes of a text, and which texts it refuses, in its own words.

Follows the rules of the official page (formatting options, HTML style): a closed list of tags, every tag closed in
order, only four named entities and numeric ones. Lengths are counted in UTF-16 units, after the tags are gone.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from telegram.constants import InlineKeyboardButtonLimit

from .methods import Refusal

__all__ = ["checked_markup", "formatted", "units"]

TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "span"})
OWN_TAGS = frozenset({"tg-spoiler", "tg-emoji", "tg-time"})
SAME = {"strong": "bold", "b": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline"}
SAME |= {"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "a": "text_link", "span": "spoiler"}
ENTITY = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
BUTTONS_PER_MESSAGE = 100
BUTTONS_PER_ROW = 8


def units(text: str) -> int:
    """UTF-16 units: how Telegram measures a text."""
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The text as a person sees it, and its entities. Raises `Refusal` with Telegram's sentence."""
    if parse_mode is None or parse_mode == "":
        return text.strip(), []
    if parse_mode.lower() != "html":
        raise Refusal("unsupported parse_mode")
    return _html(text)


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1]:
            return NAMED[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]

    return ENTITY.sub(one, text)


def _html(text: str) -> tuple[str, list[dict[str, Any]]]:
    out: list[str] = []
    length = 0
    opened: list[tuple[str, int, dict[str, str]]] = []
    entities: list[dict[str, Any]] = []
    at = 0
    while at < len(text):
        if text[at] != "<":
            end = text.find("<", at)
            end = len(text) if end < 0 else end
            piece = _unescaped(text[at:end])
            out.append(piece)
            length += units(piece)
            at = end
            continue
        offset = len(text[:at].encode())
        found = TAG.match(text, at)
        if found is None:
            closing = text.startswith("</", at)
            what = "end" if closing else "start"
            name = re.match(r"</?([A-Za-z0-9-]*)", text[at:])
            if not closing and (name is None or name[1].lower() not in TAGS | OWN_TAGS):
                raise _unparsed(f'Unsupported start tag "{name[1] if name else ""}" at byte offset {offset}')
            raise _unparsed(f"Unclosed {what} tag at byte offset {offset}")
        at = found.end()
        name_ = found[2].lower()
        if not found[1]:
            attributes = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in ATTRIBUTE.finditer(found[3])}
            if name_ not in TAGS | OWN_TAGS or (name_ == "span" and attributes.get("class") != "tg-spoiler"):
                raise _unparsed(f'Unsupported start tag "{name_}" at byte offset {offset}')
            opened.append((name_, length, attributes))
            continue
        if not opened:
            raise _unparsed(f"Unexpected end tag at byte offset {offset}")
        last, start, attributes = opened.pop()
        if name_ != last:
            raise _unparsed(f'Unmatched end tag at byte offset {offset}, expected "</{last}>", found "</{name_}>"')
        if length > start:
            entity: dict[str, Any] = {"type": SAME.get(last, last), "offset": start, "length": length - start}
            if last == "a":
                entity["url"] = _unescaped(attributes.get("href", ""))
            entities.append(entity)
    if opened:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(out).strip(), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _unparsed(reason: str) -> Refusal:
    return Refusal(f"can't parse entities: {reason}")


def checked_markup(markup: dict[str, Any] | None, *, private: bool, editing: bool = False) -> dict[str, Any] | None:
    """The keyboard under a message, or `Refusal`: too many buttons, too much data, an address that leads nowhere."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = markup["inline_keyboard"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise Refusal('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
        if sum(map(len, rows)) > BUTTONS_PER_MESSAGE or any(len(row) > BUTTONS_PER_ROW for row in rows):
            raise Refusal("reply markup is too long")
        for row in rows:
            for button in row:
                _check_button(button)
        return markup if any(rows) else None
    if editing:
        raise Refusal("inline keyboard expected")
    if "keyboard" in markup:
        for row in markup["keyboard"]:
            for button in row:
                label = button if isinstance(button, str) else button.get("text", "")
                if not label:
                    raise Refusal("keyboard button text must be non-empty")
                if isinstance(button, dict) and button.get("request_location") and not private:
                    raise Refusal("location can be requested in private chats only")
        return markup
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    raise Refusal("object expected as reply markup")


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise Refusal('can\'t parse inline keyboard button: field "text" must be of type String')
    if not button["text"].strip():
        raise Refusal("can't parse inline keyboard button: Text must be non-empty")
    kinds = [kind for kind in button if kind != "text"]
    unknown = [kind for kind in kinds if kind not in ("callback_data", "url", "web_app", "style")]
    if unknown:
        raise Refusal(f"unknown field {unknown[0]} of an inline keyboard button")
    if "callback_data" in button:
        size = len(button["callback_data"].encode())
        if not InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise Refusal("BUTTON_DATA_INVALID")
    elif "url" in button:
        address = urlsplit(button["url"])
        known = address.scheme == "tg" or (
            address.scheme in ("http", "https") and re.fullmatch(r"[^\s/.]+(\.[^\s/.]+)+(:\d+)?", address.netloc)
        )
        if not known or re.search(r"\s", button["url"]):
            raise Refusal(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    else:
        raise Refusal("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
