"""The conversation in a terminal: for a person at a keyboard, and as JSON lines for a program.

The same engine, the same store. A button is chosen by its number; over a pipe each line is a message and nothing is
drawn. `--jsonl` answers each line of input with exactly one line, described in `docs/terminal.md`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Command, Content, Event, Location, Press, Text
from bot.dialogue.replies import Button, File, Reply, plain
from bot.errors import StoreError

__all__ = ["converse", "converse_jsonl"]

LONGEST_LINE = 1_000_000


async def converse(engine: Engine, *, language: str | None, folder: Path, source: IO[str], target: IO[str]) -> None:
    """Talk with the person at the terminal until they close it (Ctrl-D) or type /quit."""
    run = uuid.uuid4().hex
    interactive = source.isatty()
    buttons: list[Button] = []
    content: Content = Command("start")
    number = 0
    while True:
        number += 1
        event = Event(f"terminal:{run}:{number}", "terminal:me", content, datetime.now(UTC), language)
        try:
            handled = await engine.handle(event, answer="direct")
        except StoreError as error:
            click.echo(f"({error})", file=target)
            handled = Handled()
        if handled.replies:
            buttons = [button for reply in handled.replies for row in reply.buttons for button in row]
        for reply in handled.replies:
            _print(reply, buttons, folder, target)
        line = _next_line(source, target, interactive)
        if line is None or line.strip() in ("/quit", "/q"):
            return
        content = _content(line, buttons)


def _next_line(source: IO[str], target: IO[str], interactive: bool) -> str | None:
    if interactive:
        target.write("\n› ")
        target.flush()
    try:
        line = source.readline(LONGEST_LINE)
    except KeyboardInterrupt:
        return None
    if not line:
        if interactive:
            target.write("\n")
        return None
    if not interactive:
        target.write(f"\n› {line.rstrip()}\n")
    return line


def _content(line: str, buttons: list[Button]) -> Content:
    """A number on show is a press on that button; a slash begins a command; all else is text."""
    text = line.strip()
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(buttons):
        chosen = buttons[int(text) - 1]
        if chosen.data is not None:
            return Press(chosen.data, chosen.label)
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        return Command(name, argument.strip())
    return Text(line)


def _print(reply: Reply, buttons: list[Button], folder: Path, target: IO[str]) -> None:
    click.echo("", file=target)
    if reply.picture:
        click.echo(f"[{reply.picture.alt}]", file=target)
    if reply.text:
        click.echo(plain(reply.whole), file=target)
    if reply.location:
        click.echo(f"({reply.location[0]:.4f}, {reply.location[1]:.4f})", file=target)
    for file in reply.files:
        click.echo(f"→ {_keep(file, folder)}", file=target)
    for button in (button for row in reply.buttons for button in row):
        where = f" ({address})" if (address := _address(button)) else ""
        click.echo(click.style(f"  [{buttons.index(button) + 1}] {button.label}{where}", bold=True), file=target)


def _address(button: Button) -> str | None:
    """Where a button leads. A link to share is on Allié's page, whose address a terminal does not know."""
    return button.url if button.start is None else f"/?start={button.start}"


def _keep(file: File, folder: Path) -> Path:
    """Write a file that came with a reply where the person finds it; an earlier one of that name is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(file.name).name or "file"
    path = folder / name
    number = 1
    while path.exists() and path.read_bytes() != file.content:
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    path.write_bytes(file.content)
    return path


async def converse_jsonl(
    engine: Engine, *, folder: Path, now: datetime | None, source: Iterable[bytes], target: IO[str] = sys.stdout
) -> None:
    """Answer each JSON line of `source` with one JSON line. A line that is not understood is answered by an error."""
    run = uuid.uuid4().hex
    started = datetime.now(UTC)
    for number, line in enumerate(_lines(source)):
        at = datetime.now(UTC) if now is None else now + (datetime.now(UTC) - started)
        answer = await _answer_line(engine, line, f"terminal:{run}:{number}", at, folder)
        # Half a character, said back to who sent it, leaves as JSON writes it.
        target.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n")
        target.flush()


def _lines(source: Iterable[bytes]) -> Iterator[bytes]:
    for line in source:
        if line.strip():
            yield line


async def _answer_line(engine: Engine, line: bytes, id: str, at: datetime, folder: Path) -> dict[str, Any]:
    try:
        message = json.loads(line[:LONGEST_LINE])
        user, content = _parsed(message)
    except _Unreadable as error:
        return {"error": {"field": error.field, "message": error.message}}
    except (ValueError, RecursionError):
        return {"error": {"field": "", "message": "This line is not JSON."}}
    try:
        event = Event(id, f"terminal:{user.replace(':', '%3A')}", content, at, language=message.get("language"))
        handled = await engine.handle(event, answer="direct")
    except StoreError as error:
        return {"user": user, "error": {"field": "", "message": str(error)}}
    theirs = folder / hashlib.blake2b(user.encode("utf-8", "replace"), digest_size=8).hexdigest()
    if handled.forgotten:
        shutil.rmtree(theirs, ignore_errors=True)
    return {
        "user": user,
        "topic": handled.topic,
        "answer": handled.answer,
        "decision": handled.decision.as_json() if handled.decision else None,
        "facts": dict(handled.facts),
        "meaning": handled.meaning.as_json() if handled.meaning else None,
        "answers": dict(handled.answers),
        "replies": [_reply_json(reply, theirs) for reply in handled.replies],
    }


class _Unreadable(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def _parsed(message: Any) -> tuple[str, Content]:
    if not isinstance(message, dict):
        raise _Unreadable("", "A line is one JSON object.")
    user = message.get("user", "me")
    if not isinstance(user, str) or not 0 < len(user) <= 100 or not user.isprintable():
        raise _Unreadable("user", "The user is a short text.")
    language = message.get("language")
    if language is not None and not isinstance(language, str):
        raise _Unreadable("language", "The language is a code such as fr.")
    if isinstance(message.get("text"), str):
        text: str = message["text"]
        if text.startswith("/") and len(text.split()[0]) > 1:
            name, _, argument = text[1:].partition(" ")
            return user, Command(name, argument.strip())
        return user, Text(text)
    if isinstance(message.get("press"), str):
        return user, Press(message["press"], message["press"])
    location = message.get("location")
    if location is not None:
        return user, _location(location)
    raise _Unreadable("text", "A line holds one of text, press or location.")


def _location(value: Any) -> Location:
    numbers = isinstance(value, list) and len(value) == 2 and all(type(part) in (int, float) for part in value)
    if not numbers or not (-90 <= value[0] <= 90 and -180 <= value[1] <= 180):
        raise _Unreadable("location", "The location is [latitude, longitude], in degrees.")
    return Location(float(value[0]), float(value[1]))


def _reply_json(reply: Reply, folder: Path) -> dict[str, Any]:
    files = [*([reply.picture] if reply.picture else []), *reply.files]
    return {
        "text": plain(reply.whole),
        "html": str(reply.whole),
        "buttons": [
            [
                {"label": button.label, "data": button.data}
                if button.data is not None
                else {"label": button.label, "url": _address(button)}
                for button in row
            ]
            for row in reply.buttons
        ],
        "files": [
            {"name": file.name, "media_type": file.media_type, "path": str(_keep(file, folder))} for file in files
        ],
        "location": list(reply.location) if reply.location else None,
    }
