"""What was not understood, as `allie understanding review` shows it: grouped by nearness, with the closest answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.knowledge import Knowledge

__all__ = ["lines_of", "reviewed"]

MASK: Final = re.compile(r"\[\w+\]")
"""What stands for a name, a number or a place in a message that was kept."""
CLOSEST: Final = 3
MOST_SHOWN: Final = 5
"""Wordings of a group that are shown as text."""


def reviewed(messages: Sequence[dict[str, Any]], knowledge: Knowledge, *, recent: bool = False) -> list[dict[str, Any]]:
    """Groups of messages that ask much the same: what was asked most often first, or the latest first.

    Each has its messages, the sum of their counts, their last day, and the answers closest to the most frequent one.
    """
    questions = [(MASK.sub(" ", message["text"]), _written_in(message["language"])) for message in messages]
    groups = []
    for numbers in knowledge.grouped(questions, [message["count"] for message in messages]):
        members = [messages[number] for number in numbers]
        groups.append(
            {
                "count": sum(message["count"] for message in members),
                "last": max(message["last"] for message in members),
                "messages": members,
                "closest": _closest(*questions[numbers[0]], knowledge),
            }
        )
    return sorted(groups, key=lambda group: group["last"], reverse=True) if recent else groups


def _written_in(language: str) -> str:
    return "en" if language == "en" else "fr"


def _closest(text: str, language: str, knowledge: Knowledge) -> list[dict[str, Any]]:
    closest = []
    for candidate in list(knowledge.candidates(text, language))[:CLOSEST]:
        answer = knowledge.answer(candidate.id, language)
        if answer is not None:
            closest.append({"id": candidate.id, "title": answer.title, "chance": round(candidate.probability, 3)})
    return closest


def lines_of(group: dict[str, Any]) -> list[str]:
    """A group as text: how often, when last, its wordings, then the answers that are closest, with their chances."""
    first, *others = group["messages"]
    lines = [f"{group['count']:>5}  {group['last']}  {first['language']:<3} {first['topic']:<17} {first['text']}"]
    lines += [f"{'':>7}{one['count']:>5}  {one['text']}" for one in others[:MOST_SHOWN]]
    if len(others) > MOST_SHOWN:
        lines.append(f"{'':>14}and {len(others) - MOST_SHOWN} more")
    lines += [f"{'':>7}{one['chance']:>5.0%}  → {one['id']}: {one['title']}" for one in group["closest"]]
    return lines
