"""What Allié sends back, whatever the platform: text in a safe subset of HTML, buttons, files.

`Reply.text` is `Markup`: built only from our own phrases, with every value escaped. The tags are those Telegram accepts
(`b i u s code pre a blockquote`); each channel renders them. Replies wait in the outbox as JSON.
"""

from __future__ import annotations

import base64
import html
import re
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from markupsafe import Markup

__all__ = ["Button", "File", "Reply", "plain"]

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
NOTHING = Markup("")
TAG = re.compile(r"</?[a-z][^>]*>")


def plain(markup: str) -> str:
    """The text without its tags, links written out: what a terminal shows."""

    def link(found: re.Match[str]) -> str:
        address, label = found[1], found[2]
        return label if TAG.sub("", label) == address else f"{label} ({address})"

    return html.unescape(TAG.sub("", LINK.sub(link, markup)))


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered under a reply. It carries `data`, which comes back in a `Press`; or opens `url`; or hands a
    friend the words `says` and a link that begins a conversation at `start`, as the channel makes such links."""

    label: str
    data: str | None = None
    url: str | None = None
    start: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A document or picture. `alt` says in words what a picture shows."""

    name: str
    media_type: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a person.

    `more`         what is folded under the text until the person opens it: why, how, sources
    `edit`         the platform's id of the message that this one replaces, if the channel can; others append
    `asks_location` the channel may offer its own way of sending a position
    """

    text: Markup = NOTHING
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: File | None = None
    files: tuple[File, ...] = ()
    location: tuple[float, float] | None = None
    edit: str | None = None
    asks_location: bool = False
    more: Markup = NOTHING

    @property
    def whole(self) -> Markup:
        """The text with what is folded under it, for who cannot unfold."""
        return self.text + Markup("\n\n") + self.more if self.more else self.text

    def edited(self, message: str | None) -> Reply:
        return replace(self, edit=message)

    def as_json(self) -> dict[str, Any]:
        """Only what is set, so that the outbox stays small."""
        out: dict[str, Any] = {"text": str(self.text)}
        if self.more:
            out["more"] = str(self.more)
        if self.buttons:
            out["buttons"] = [[_button_json(button) for button in row] for row in self.buttons]
        if self.picture:
            out["picture"] = _file_json(self.picture)
        if self.files:
            out["files"] = [_file_json(file) for file in self.files]
        if self.location:
            out["location"] = list(self.location)
        if self.edit:
            out["edit"] = self.edit
        if self.asks_location:
            out["asks_location"] = True
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reply:
        """The reply as it was kept. What a later version added is left out. Raises `msgspec.ValidationError` for what
        is none."""
        return msgspec.convert(data, cls, dec_hook=_markup)


def _markup(kind: type, value: Any) -> Any:
    if not isinstance(value, str):
        raise TypeError("text is a string")
    return kind(value)


def _button_json(button: Button) -> dict[str, str]:
    if button.start is not None:
        return {"label": button.label, "start": button.start, "says": button.says}
    target = {"data": button.data} if button.data is not None else {"url": button.url or ""}
    return {"label": button.label, **target}


def _file_json(file: File) -> dict[str, str]:
    content = base64.b64encode(file.content).decode("ascii")
    return {"name": file.name, "media_type": file.media_type, "content": content, "alt": file.alt}
