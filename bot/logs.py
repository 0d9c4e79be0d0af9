"""What Allié writes about itself: a line at a time, for a person to read or for a program (`ALLIE_LOG_FORMAT`).

A line holds a time, a level, a place in the program and a message made of our own words. Of an error it holds the kind
and the way it came, never what it says: that may quote what a person wrote. A turn is named by a short reference, the
same in every line about it, on every process, and in `allie parked list`; it tells neither the person nor the message.
What others write through the same log loses what it must not hold (`bot/redaction.py`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO, Any, Literal

from bot.errors import StoreError
from bot.redaction import message_of

__all__ = ["Form", "begin", "current_event", "handler", "place", "reference", "told"]

Form = Literal["text", "json"]

current_event: ContextVar[str | None] = ContextVar("current_event", default=None)
"""The id of the event whose turn is run here, if there is one."""

FIELDS = ("turn", "reply")
"""What a line may say beside its message: the reference of its turn, the number of a reply in the outbox."""
NOISY = ("httpx", "aiohttp.access", "telegram")
"""Loggers of others that say more than they should, addresses among it."""
STEPS = 8
"""Of the way an error came, the last so many steps are told."""


def begin(level: str = "INFO", form: Form = "text", target: IO[str] | None = None) -> None:
    """Write what happens from now on to `target`, standard error unless said. Called again, it replaces the first."""
    logging.basicConfig(level=level, handlers=[handler(form, target or sys.stderr)], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def handler(form: Form, target: IO[str]) -> logging.Handler:
    """What writes each record as one line to `target`."""
    writing = logging.StreamHandler(target)
    writing.setFormatter(Json() if form == "json" else Text())
    writing.addFilter(_with_its_turn)
    return writing


def reference(event: str) -> str:
    """A short name for an event, from which neither whose it was nor what it said can be told."""
    return hashlib.blake2b(event.encode(), digest_size=5, person=b"allie turn").hexdigest()


def told(error: BaseException) -> str:
    """What a log may say of an error: a `StoreError` has a sentence for whoever runs Allié; of a mistake of ours only
    its kind and where it was raised, for its message may hold what a person wrote."""
    return str(error) if isinstance(error, StoreError) else f"{type(error).__name__} at {place(error)}"


def place(error: BaseException) -> str:
    """Where an error was raised: "file.py:12"."""
    raised = traceback.extract_tb(error.__traceback__)
    return f"{raised[-1].filename.rsplit('/', 1)[-1]}:{raised[-1].lineno}" if raised else "an unknown place"


def _with_its_turn(record: logging.LogRecord) -> bool:
    event = current_event.get()
    if event is not None and not hasattr(record, "turn"):
        record.turn = reference(event)
    return True


class Json(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and where there are such: turn, reply, error, way."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if error := _error(record):
            line["error"] = " from ".join(kind for kind, _ in error)
            line["way"] = [step for _, way in error for step in way]
        return json.dumps(line, default=str)


class Text(logging.Formatter):
    """The same for a person, on one line whatever the message holds."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_moment(record)} {record.levelname} {record.name}: {message_of(record)}"
        for kind, way in _error(record):
            line += f" ({kind}: {', '.join(way)})"
        said = [f"{name} {getattr(record, name)}" for name in FIELDS if hasattr(record, name)]
        if said:
            line += f" [{', '.join(said)}]"
        return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _error(record: logging.LogRecord) -> list[tuple[str, list[str]]]:
    """The error of a line and what it came from, each with its way; none of their messages."""
    return list(_chain(record.exc_info[1])) if record.exc_info else []


def _chain(error: BaseException | None) -> Iterator[tuple[str, list[str]]]:
    told: set[int] = set()
    while error is not None and id(error) not in told:
        told.add(id(error))
        frames = list(traceback.walk_tb(error.__traceback__))[-STEPS:]
        yield (
            type(error).__name__,
            [f"{frame.f_code.co_filename.rsplit('/', 1)[-1]}:{line}" for frame, line in frames],
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
