"""What a topic does that lasts: effects that run once, what is kept of the person, and what others put up."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Coroutine
from datetime import datetime
from typing import Any, TypeVar, overload

from bot.dialogue.effects import Effects
from bot.dialogue.session import Frame

__all__ = ["TalkEffects"]

J = TypeVar("J")


class TalkEffects:
    """All of it is committed with the turn."""

    _frame: Frame
    _effects: Effects
    now: datetime

    @overload
    async def once(self, key: str, effect: Callable[[Effects], Coroutine[Any, Any, J]]) -> J: ...

    @overload
    async def once(self, key: str, effect: Callable[[Effects], J]) -> J: ...

    async def once(self, key: str, effect: Callable[[Effects], Any]) -> Any:
        """Run `effect` in this turn's transaction, the first time this talk gets here; later runs return its result.

        The result is kept with the answers, so it is JSON. Killed before the commit: the effect did not happen and the
        message comes again. After: it happened, once.
        """
        if key not in self._frame.done:
            result = effect(self._effects)
            self._frame.done[key] = await result if inspect.isawaitable(result) else result
        return self._frame.done[key]

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        """What is kept of this person under `kind`, by key."""
        return self._effects.records(kind)

    async def notice(self, kind: str, key: str) -> dict[str, Any] | None:
        """A notice that somebody put up, unless it is over. Its words may be shown: what is kept of that goes with its
        author."""
        found = await self._effects.notice(kind, key, self.now)
        if found is not None:
            self._effects.quote(kind, key)
        return found

    def quote(self, kind: str, key: str) -> None:
        """Say that this screen shows words of somebody else's, found on a board or kept elsewhere under this name."""
        self._effects.quote(kind, key)

    async def board(self, kind: str, categories: Collection[str]) -> dict[str, dict[str, Any]]:
        """The notices of one kind in these categories, by key, the newest first."""
        return await self._effects.board(kind, categories, self.now)

    async def elsewhere(self) -> list[dict[str, Any]]:
        """The sessions of this person's talks in groups."""
        return await self._effects.elsewhere()

    async def export(self) -> dict[str, Any]:
        """Everything that is kept of this person, as of before this turn."""
        return await self._effects.export()
