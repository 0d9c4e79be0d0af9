"""Articles and points that number themselves."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.content import Block, Heading, Text
from bot.phrase import _

__all__ = ["numbered"]


def numbered(parts: Iterable[tuple[Text, tuple[Block, ...]]]) -> tuple[Block, ...]:
    """Each part as a numbered heading and its blocks, from 1."""
    blocks: list[Block] = []
    for number, (title, content) in enumerate(parts, 1):
        blocks += [Heading(_("{number}. {title}", number=str(number), title=title)), *content]
    return tuple(blocks)
