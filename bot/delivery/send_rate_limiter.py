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

    def take_now(self, chat: str, is_group: bool, now: float) -> bool:
        """Let a webhook reply to `chat` go, if a call may be made from now on; False, and nothing is taken, if not.

        What already waits for room goes first.
        """
        arrives = _ticks(now + WEBHOOK_REPLY_TRAVELS)
        if self.crowded or self.free_at(chat, now, is_group=is_group) > now or self._room_at(arrives) > arrives:
            return False
        self.take(chat, now + WEBHOOK_REPLY_TRAVELS, is_group=is_group)
        return True

    def take_again(self, chat: str, is_group: bool, now: float) -> None:
        """A webhook reply to `chat` is made once more: it was allowed before, and may not have arrived."""
        insort(self._moments, _ticks(now + WEBHOOK_REPLY_TRAVELS))
        self.cool_down(chat, now + WEBHOOK_REPLY_TRAVELS + self._gap(is_group) / TICKS)

    def _gap(self, is_group: bool) -> int:
        return _ticks((self._limits.group_seconds if is_group else self._limits.chat_seconds) * SLACK)

    def _room_at(self, moment: int) -> int:
        """The first moment from this one on with room, whatever second one looks at, for one call more."""
        most = max(1, int(self._limits.per_second * self.quota))
        moments = self._moments
        while True:
            begin = bisect_right(moments, moment - WINDOW)
            if bisect_left(moments, moment + WINDOW) - begin < most:
                return moment
            moment = moments[begin] + WINDOW


def _ticks(seconds: float) -> int:
    return math.floor(seconds * TICKS)
