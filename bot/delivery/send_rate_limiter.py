"""When the platform may be called again: so many calls a second in all, one now and then in a chat.

Times are of a monotonic clock, so a wall clock set back changes nothing. Nothing is reserved ahead: a moment is taken
when the call is made, by whoever has the most urgent one then.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort

from bot.conversation_id import place_of
from bot.send_limits import SLACK, WEBHOOK_REPLY_TRAVELS, SendLimits

__all__ = ["SendRateLimiter"]

CHATS_REMEMBERED = 2_000
TICKS = 1_000_000
"""In a second."""
WINDOW = round(SLACK * TICKS)
WEBHOOK_REPLIES_PART = 2 / 3
"""The part of the limit on all calls that webhook replies fill at most."""
TURNED_AWAY_FOR = 60.0
"""Seconds without webhook replies after the platform turned a call away."""


class SendRateLimiter:
    """Keeps the limits.

    `quota` is the part of them that is this process's: with none, there is no call at all. `crowded` is set while calls
    wait for room.
    """

    def __init__(self, limits: SendLimits) -> None:
        self._limits = limits
        self._moments: list[int] = []
        """Of the calls made in the last second, and of those that will follow one that was made; in order.

        In whole ticks, here and below: a sum of fractions that is rounded could be waited for without end.
        """
        self._chats: dict[str, int] = {}
        self._turned_away_until = -math.inf
        self.quota = 1.0
        self.crowded = False

    def chat_free_at(self, chat: str) -> float:
        """When one more call to `chat` may be made, were it alone."""
        return self._chats.get(place_of(chat), 0) / TICKS

    def free_at(self, chat: str, now: float, calls: int = 1, *, is_group: bool = False) -> float:
        """The first moment from `now` on at which `calls` to `chat` may begin, one after the other at its rate."""
        if self.quota <= 0:
            return now + SLACK
        gap = self._gap(is_group)
        moment = max(_ticks(now), self._chats.get(place_of(chat), 0))
        while True:
            later = max(self._room_at(moment + number * gap) - number * gap for number in range(calls))
            if later <= moment:
                return max(now, moment / TICKS)
            moment = later

    def cool_down(self, chat: str, until: float) -> None:
        """Another process called for `chat`: nothing for it before `until`."""
        place = place_of(chat)
        self._chats[place] = max(_ticks(until), self._chats.get(place, 0))

    def take(self, chat: str, now: float, calls: int = 1, *, is_group: bool = False) -> None:
        """Calls to `chat` are made from `now` on, one after the other at its rate."""
        gap, begin = self._gap(is_group), _ticks(now)
        for number in range(calls):
            insort(self._moments, begin + number * gap)
        if gap:
            self._chats[place_of(chat)] = begin + calls * gap
        del self._moments[: bisect_right(self._moments, begin - 2 * WINDOW)]
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats = {name: free for name, free in self._chats.items() if free > begin}

    def arrived(self, chat: str, now: float, *, is_group: bool = False) -> None:
        """The last call to `chat` is answered: it arrived by `now`, however long it travelled."""
        self.cool_down(chat, now + (self._limits.group_seconds if is_group else self._limits.chat_seconds))

    def take_now(self, chat: str, now: float) -> bool:
        """Let a webhook reply to a person go, if there is ample room for it from now on; False, and nothing is taken,
        if not.

        Nobody is told when the platform refuses it. So it stays further from the limits than what can be sent again:
        the last call to this person was some time ago, a part of the second is left free, and the platform has turned
        nothing away lately. What already waits for room goes first.
        """
        if self.crowded or now < self._turned_away_until or self.quota <= 0:
            return False
        last = self._chats.get(place_of(chat))
        if last is not None and last / TICKS + self._limits.chat_seconds > now:
            return False
        arrives = _ticks(now + WEBHOOK_REPLY_TRAVELS)
        if self._room_at(arrives, WEBHOOK_REPLIES_PART) > arrives or self._room_at(_ticks(now)) > _ticks(now):
            return False
        self.take(chat, now + WEBHOOK_REPLY_TRAVELS)
        return True

    def take_again(self, chat: str, now: float) -> None:
        """A webhook reply to `chat` is made once more: it was allowed before, and may not have arrived."""
        insort(self._moments, _ticks(now + WEBHOOK_REPLY_TRAVELS))
        self.cool_down(chat, now + WEBHOOK_REPLY_TRAVELS + self._gap(is_group=False) / TICKS)

    def turned_away(self, now: float) -> None:
        """The platform answered 429 or an error of its own: for a while no webhook reply goes."""
        self._turned_away_until = now + TURNED_AWAY_FOR

    def _gap(self, is_group: bool) -> int:
        return _ticks((self._limits.group_seconds if is_group else self._limits.chat_seconds) * SLACK)

    def _room_at(self, moment: int, part: float = 1.0) -> int:
        """The first moment from this one on with room, whatever second one looks at, for one call more: of all that
        there may be, or of a part."""
        most = max(1, int(self._limits.per_second * self.quota * part))
        moments = self._moments
        while True:
            begin = bisect_right(moments, moment - WINDOW)
            if bisect_left(moments, moment + WINDOW) - begin < most:
                return moment
            moment = moments[begin] + WINDOW


def _ticks(seconds: float) -> int:
    return math.floor(seconds * TICKS)
