"""A reply that is kept with its event's id, so that a repeated delivery gets the very same: without its files.

A paper is a hundred times as large as what it is made from, and the talk keeps that. So what is kept says how to make
it again: the talk it came from, and the button that asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.dialogue.buttons import AnswerPress
from bot.dialogue.replies import File, Reply
from bot.dialogue.screen import Screen
from bot.i18n import render
from bot.phrase import _

__all__ = ["how_to_draw", "to_keep", "with_files"]

DRAWN = "drawn"


def to_keep(replies: Sequence[Reply], drawn: int, pressed: AnswerPress | None) -> list[dict[str, Any]]:
    """The replies as they are kept. `drawn` is the serial number of the talk that their files came from."""
    kept = []
    for reply in replies:
        body = reply.as_json()
        if reply.files or reply.picture:
            asked = pressed if pressed is not None and pressed.serial == drawn else None
            body[DRAWN] = [drawn, asked.question if asked else "", asked.value if asked else ""]
            for file in (*body.get("files", ()), *([body["picture"]] if "picture" in body else [])):
                file["content"] = ""
        kept.append(body)
    return kept


def how_to_draw(kept: dict[str, Any]) -> tuple[int, str, str] | None:
    """The talk that a kept reply's files come from, and the question and value of the button that asked for them."""
    match kept.get(DRAWN):
        case [int() as serial, str() as question, str() as value]:
            return serial, question, value
    return None


def with_files(replies: Sequence[Reply], screen: Screen, language: str) -> tuple[Reply, ...]:
    """The replies with the files of a screen made again. One that cannot be made is said to be missing."""
    made = {file.name: file for file in (*screen.files, *([screen.picture] if screen.picture else []))}
    whole = []
    for reply in replies:
        if reply.files or reply.picture:
            wanted: tuple[File, ...] = (*reply.files, *([reply.picture] if reply.picture else []))
            missing = any(file.name not in made for file in wanted)
            reply = replace(
                reply,
                files=tuple(made[file.name] for file in reply.files if file.name in made),
                picture=made.get(reply.picture.name) if reply.picture else None,
                text=reply.text + Markup("\n\n") + render(GONE, language) if missing else reply.text,
            )
        whole.append(reply)
    return tuple(whole)


GONE = _("The file that came with this is not kept: ask for it once more, and I make it again.")
