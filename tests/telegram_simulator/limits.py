"""Telegram's own pace: about 30 messages a second in all, one a second in a chat, 20 a minute in a group.

Kept whether or not it is enforced: every call made too early is written down, so that a test can ask for none.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

__all__ = ["Limits"]

SLACK = 0.02
"""Two calls sent a second apart may arrive a little closer than that."""


@dataclass
class Limits:
    """`enforced`: answer 429 to what comes too early. `too_early`: (chat, seconds it should have waited), each time."""

    enforced: bool = False
    all_per_second: int = 30
    chat_gap: float = 1.0
    group_per_minute: int = 20
    too_early: list[tuple[int, float]] = field(default_factory=list)
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def wait(self, chat: int, now: float) -> int:
        """Seconds to wait, 0 if the call comes in good time. A refused call does not count against the next."""
        group = chat < 0
        while self._all and now - self._all[0] > 1.0 - SLACK:
            self._all.popleft()
        recent = self._chats.setdefault(chat, deque())
        while recent and now - recent[0] > (60.0 if group else self.chat_gap) - SLACK:
            recent.popleft()
        needed = 0.0
        if len(self._all) >= self.all_per_second:
            needed = 1.0 - (now - self._all[0])
        if recent and (gap := self.chat_gap - (now - recent[-1])) > SLACK:
            needed = max(needed, gap)
        if group and len(recent) >= self.group_per_minute:
            needed = max(needed, 60.0 - (now - recent[0]))
        if needed > 0:
            self.too_early.append((chat, needed))
            if self.enforced:
                return math.ceil(needed)
        self._all.append(now)
        recent.append(now)
        return 0
