"""What reaches Allié from a person, whatever the platform: one `Event` a message.

A channel parses its platform's format once; here is what the rest of the machine sees. An event's id names the
delivery, not the message: the same delivery repeated has the same id and is answered once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = ["Command", "Content", "Due", "Event", "Left", "Location", "Media", "Press", "Returned", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as `/rtt` or a deep link (`/start donation`), without its slash."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button. `data` is what the button carried; `label` what it showed, where the platform says so."""

    data: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place sent from the person's device, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Media:
    """Something Allié cannot read: `kind` is photo, sticker, voice, video, document, contact or other."""

    kind: str


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked Allié, or removed it from the group: nothing more is sent until they write again."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person unblocked Allié, or added it to a group."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come. `name` and `data` are those it was scheduled with."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)


Content = Text | Command | Press | Location | Media | Left | Returned | Due


@dataclass(frozen=True, slots=True)
class Event:
    """One delivery from one person.

    `id`       unique for the delivery, prefixed by the channel: "telegram:8812"
    `chat`     whose conversation this is: "telegram:4711", in a group "telegram:-100123:4711", "web:<id>"
    `at`       when it reached us, aware
    `language` what the platform says of the person's language ("fr", "en-GB"), a hint only
    `message`  the platform's id of the message whose button was pressed, so that its screen can be edited
    `group`    others read the answer too: nothing private is said
    `origin`   the platform's id of the message that the person wrote; "" where it has none
    `edited`   the person changed a message that they had written before; `content` is what it says now
    `raw`      the delivery as it came, kept only if its turn fails again and again
    `address`  on a channel where anybody may be many people: a digest of where it came from, another one each day
    """

    id: str
    chat: str
    content: Content
    at: datetime
    language: str | None = None
    message: str | None = None
    group: bool = False
    raw: str = ""
    address: str = ""
    origin: str = ""
    edited: bool = False
