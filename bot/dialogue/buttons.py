"""What a button carries. Each says all it means, so that it works or explains itself a month later.

    =<serial>.<topic>.<question>.<value>   an answer
    ><topic>  or  ><topic>.<slot>=<value>  begin a topic
    !<control>.<serial>                    back, skip, resume, menu …

At most 64 bytes in UTF-8, the limit of Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMIT", "AnswerPress", "Control", "ControlPress", "StartPress", "read_press"]

LIMIT = 64


class Control:
    """The controls that are the machine's own."""

    BACK = "back"
    SKIP = "skip"
    MENU = "menu"
    RESUME = "resume"
    DISCARD = "discard"
    EDIT = "edit"
    CHANGE = "change"
    KEPT = "kept"
    """Show the person what is kept of them."""
    NO_NEWS = "nonews"
    """Under a piece of news: no more of them."""
    ALL = frozenset({BACK, SKIP, MENU, RESUME, DISCARD, EDIT, CHANGE, KEPT, NO_NEWS})


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """An answer to one question of one talk."""

    serial: int
    topic: str
    question: str
    value: str

    def __str__(self) -> str:
        return _checked(f"={self.serial}.{self.topic}.{self.question}.{self.value}")


@dataclass(frozen=True, slots=True)
class StartPress:
    """Begin a topic, perhaps with something already said."""

    topic: str
    slot: str = ""
    value: str = ""

    def __str__(self) -> str:
        return _checked(f">{self.topic}.{self.slot}={self.value}" if self.slot else f">{self.topic}")


@dataclass(frozen=True, slots=True)
class ControlPress:
    """One of the machine's controls, for one talk; `question` for a change of one answer."""

    control: str
    serial: int = 0
    question: str = ""

    def __str__(self) -> str:
        tail = f".{self.question}" if self.question else ""
        return _checked(f"!{self.control}.{self.serial}{tail}")


def read_press(data: str) -> AnswerPress | StartPress | ControlPress | None:
    """What a button carried, None for one that never was ours."""
    try:
        if len(data) > LIMIT or len(data.encode()) > LIMIT:
            return None
    except UnicodeEncodeError:  # half a character
        return None
    mark, rest = data[:1], data[1:]
    if mark == "=":
        parts = rest.split(".", 3)
        if len(parts) == 4 and parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10:
            return AnswerPress(int(parts[0]), *parts[1:])
    elif mark == ">":
        topic, _, slot = rest.partition(".")
        name, says, value = slot.partition("=")
        if not topic:
            return None
        return StartPress(topic, name, value) if name and says else StartPress(topic)
    elif mark == "!":
        control, _, tail = rest.partition(".")
        serial, _, question = tail.partition(".")
        if control in Control.ALL and serial.isascii() and serial.isdigit() and len(serial) < 10:
            return ControlPress(control, int(serial), question)
    return None


def _checked(data: str) -> str:
    if len(data.encode()) > LIMIT:
        raise ValueError(f"A button carries at most {LIMIT} bytes: {data!r}. Use shorter names or values.")
    return data
