"""The JSON the page speaks: a post becomes an event's content, a reply becomes an object.

A post is `{"id": UUID, …}` with exactly one of `"text"`, `"press"` (and its `"label"`), `"location"` or `"command"`
(and its `"argument"`). A bad post is refused with the field that is wrong; it never raises. Files travel inside the
answer, in base64, so that nothing is kept on the server for a later download.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.dialogue.events import Command, Content, Location, Press, Text
from bot.dialogue.replies import Button, File, Reply

__all__ = ["Post", "Refusal", "content_in", "read_ids", "read_post", "reply_json"]

LONGEST_NAME = 64
"""Characters in the name of a command or the argument that comes with it."""
LONGEST_LABEL = 512
"""Characters in the data of a button, or in what it shows."""
MOST_IDS = 200
TYPED_COMMAND = re.compile(r"/([a-z_]{1,32})(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """What a person did on the page. `id` is made by the page and is the same when the post is repeated."""

    id: str
    content: Content


@dataclass(frozen=True, slots=True)
class Refusal:
    """A post that cannot be read: which field, and why, for whoever writes a client."""

    field: str
    message: str


def read_post(body: bytes) -> Post | Refusal:
    """Read the body of a post. Whatever it holds, the answer is a post or the reason why it is none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return Refusal("body", "is not JSON")
    if not isinstance(data, dict):
        return Refusal("body", "is not an object")
    try:
        post_id = str(uuid.UUID(data.get("id")))
    except (ValueError, TypeError, AttributeError):
        return Refusal("id", "is not a UUID")
    given = [name for name in READERS if name in data]
    if len(given) != 1:
        return Refusal("body", "holds exactly one of " + ", ".join(READERS))
    content = READERS[given[0]](data)
    return Refusal(given[0], "cannot be read") if content is None else Post(post_id, content)


def content_in(raw: str) -> Content | None:
    """What a person did in a post that came earlier; None if it cannot be read."""
    post = read_post(raw.encode("utf-8", "replace"))
    return post.content if isinstance(post, Post) else None


def read_ids(body: bytes) -> list[str] | Refusal:
    """Read `{"ids": […]}`: the later messages that the page has shown."""
    try:
        ids = json.loads(body)["ids"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return Refusal("ids", "is missing")
    if not isinstance(ids, list) or len(ids) > MOST_IDS or not all(isinstance(entry, str) for entry in ids):
        return Refusal("ids", f"is not a list of at most {MOST_IDS} strings")
    return ids


def _text(data: dict[str, Any]) -> Content | None:
    text = _string(data["text"])
    if text is None:
        return None
    typed = TYPED_COMMAND.fullmatch(text.strip())
    return Command(typed[1].lower(), (typed[2] or "").strip()) if typed else Text(text)


def _press(data: dict[str, Any]) -> Content | None:
    pressed, label = _string(data["press"], LONGEST_LABEL), _string(data.get("label", ""), LONGEST_LABEL)
    return None if pressed is None or label is None else Press(pressed, label)


def _location(data: dict[str, Any]) -> Content | None:
    match data["location"]:
        case [int() | float() as latitude, int() | float() as longitude]:
            # written so that NaN fails
            if -90 <= latitude <= 90 and -180 <= longitude <= 180:
                return Location(float(latitude), float(longitude))
    return None


def _command(data: dict[str, Any]) -> Content | None:
    name, argument = _string(data["command"], LONGEST_NAME), _string(data.get("argument", ""), LONGEST_NAME)
    if name is None or argument is None or not re.fullmatch(r"[a-z_]+", name):
        return None
    return Command(name, argument)


def _string(value: object, longest: int | None = None) -> str | None:
    """The value if it is a string, its lone surrogates replaced: no store and no encoder takes those."""
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        return None
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


READERS: dict[str, Callable[[dict[str, Any]], Content | None]] = {
    "text": _text,
    "press": _press,
    "location": _location,
    "command": _command,
}


def reply_json(reply: Reply, language: str | None = None) -> dict[str, Any]:
    """What the page shows: only what is set, as in the outbox. `language` is for those who hear it read aloud."""
    out: dict[str, Any] = {"html": str(reply.text)}
    if reply.more:
        out["more"] = str(reply.more)
    if language:
        out["language"] = language
    if reply.buttons:
        out["buttons"] = [[_button(button) for button in row] for row in reply.buttons]
    if reply.picture:
        out["picture"] = _file(reply.picture)
    if reply.files:
        out["files"] = [_file(file) for file in reply.files]
    if reply.location:
        out["location"] = list(reply.location)
    if reply.asks_location:
        out["asks_location"] = True
    return out


def _button(button: Button) -> dict[str, str]:
    if button.start is not None:
        return {"label": button.label, "start": button.start, "says": button.says}
    if button.data is not None:
        return {"label": button.label, "data": button.data}
    return {"label": button.label, "url": button.url or ""}


def _file(file: File) -> dict[str, str]:
    content = base64.b64encode(file.content).decode("ascii")
    return {"name": file.name, "media_type": file.media_type, "content": content, "alt": file.alt}
