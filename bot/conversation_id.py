"""Whose conversation it is: a channel, a place there, and in a group the member."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ConversationId", "channel_of", "place_of"]


@dataclass(frozen=True, slots=True)
class ConversationId:
    """As it is kept: `telegram:4711` for one person, `telegram:-100123:4711` for one member of a group."""

    channel: str
    place: str
    """The chat that the platform knows: one person's, or a whole group's."""
    member: str = ""
    """Who it is in a group, where each member has a conversation of their own; else empty."""

    @classmethod
    def parse(cls, text: str) -> ConversationId:
        """Raises `ValueError` for what no channel writes."""
        channel, _, rest = text.partition(":")
        place, _, member = rest.partition(":")
        if not channel or not place:
            raise ValueError(f"{text!r} names no conversation")
        return cls(channel, place, member)

    def __str__(self) -> str:
        return ":".join(part for part in (self.channel, self.place, self.member) if part)


def channel_of(text: str) -> str:
    """The channel of a conversation's id, whatever follows it."""
    return text.partition(":")[0]


def place_of(text: str) -> str:
    """The id without the member: of a group, the group."""
    channel, _, rest = text.partition(":")
    return f"{channel}:{rest.partition(':')[0]}"
