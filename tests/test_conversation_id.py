"""An id of a conversation is read as it was written, in one place for every channel."""

from __future__ import annotations

import pytest

from bot.conversation_id import ConversationId, channel_of, place_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("telegram:4711", ConversationId("telegram", "4711")),
        ("telegram:-100123:4711", ConversationId("telegram", "-100123", "4711")),
        ("web:k3f9", ConversationId("web", "k3f9")),
        ("terminal:me", ConversationId("terminal", "me")),
    ],
)
def test_it_is_read_and_written_alike(text: str, read: ConversationId) -> None:
    assert ConversationId.parse(text) == read
    assert str(read) == text
    assert channel_of(text) == read.channel


def test_the_members_of_a_group_are_in_one_place() -> None:
    assert place_of("telegram:-100123:4711") == place_of("telegram:-100123:4712") == "telegram:-100123"
    assert place_of("telegram:4711") == "telegram:4711"


@pytest.mark.parametrize("text", ["", "telegram", "telegram:", ":4711", "::4711"])
def test_what_no_channel_writes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names no conversation"):
        ConversationId.parse(text)
