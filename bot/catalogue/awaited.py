"""The catalogue as conversations use it: what may wait is awaited, so that nobody is held up by a stranger.

A file of this machine is looked into where the conversation stands: that takes a moment, and where another program
holds the file the look is made again a little later, while other conversations go on. A file that is to be made, and a
database, are asked from a few threads of the catalogue's own. What does not answer in time is `Busy`: the turn is not
run, the platform delivers the message again, and nobody is told that there is nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.catalogue import appeals, needs, support
from bot.catalogue.appeals import Near
from bot.catalogue.backend import Connection, open_backend
from bot.catalogue.catalogue import Catalogue, Freshness
from bot.catalogue.directory import Directory, Registered
from bot.catalogue.live import LiveData, LiveKind, LivePlace
from bot.catalogue.mission import Mission
from bot.catalogue.needs import Need, NeedCount
from bot.catalogue.organisations import Organisations
from bot.catalogue.place import Place
from bot.catalogue.places import Places
from bot.catalogue.sqlite import FILE
from bot.catalogue.support import SupportPoint
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Results, Wish
from bot.catalogue.writer import MissionWriter
from bot.errors import Busy, StoreError

__all__ = ["AwaitedCatalogue", "open_catalogue"]

T = TypeVar("T")

THREADS = 4
"""Searches at once in this process, of a catalogue on another host."""
ANSWER_WITHIN = 5.0
"""Seconds that a turn waits for it."""
WRITER_WAITS = 4.0
"""Seconds that what a turn writes waits for an import: it gives up before the turn does."""
LOOKS, LOOK_AGAIN = 20, 0.1
"""How often a file that another program holds is looked into, and the seconds in between."""


class AwaitedCatalogue:
    """One for all the conversations of a process. `kept` is the catalogue itself, for what is no conversation."""

    def __init__(self, kept: Catalogue, directory: Directory | None = None, live: LiveData | None = None) -> None:
        self.kept = kept
        self._threads: ThreadPoolExecutor | None = None
        self._filling: asyncio.Future[None] | None = None
        self._directory = directory
        self._live = live

    @property
    def places(self) -> Places:
        return self.kept.places

    @property
    def organisations(self) -> Organisations:
        return self.kept.organisations

    @property
    def synonyms(self) -> Synonyms:
        return self.kept.synonyms

    async def search(self, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """See `Catalogue.search`."""
        return await self._read(lambda: self.kept.search(wish, today=today, limit=limit))

    async def like(self, mission: Mission, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """See `Catalogue.like`."""
        return await self._read(lambda: self.kept.like(mission, wish, today=today, limit=limit))

    async def mission(self, mission_id: str) -> Mission | None:
        """See `Catalogue.mission`."""
        return await self._read(lambda: self.kept.mission(mission_id))

    async def is_listed(self, mission_id: str, today: datetime.date) -> bool:
        """See `Catalogue.is_listed`."""
        return await self._read(lambda: self.kept.is_listed(mission_id, today))

    async def freshness(self) -> Freshness:
        """See `Catalogue.freshness`."""
        return await self._read(self.kept.freshness)

    async def registered(self, text: str) -> tuple[Registered, ...] | None:
        """The associations of this name or number in the national directory. None: it is not asked, or no answer."""
        return await self._directory.find(text) if self._directory is not None else None

    @property
    def asks_live(self) -> frozenset[LiveKind]:
        """Which public services may be asked now."""
        return self._live.kinds if self._live is not None else frozenset()

    async def live_near(self, kind: LiveKind, place: Place, today: datetime.date) -> tuple[LivePlace, ...] | None:
        """What a public service says of a place today. None: not asked, or no answer. See `bot.catalogue.live`."""
        return await self._live.near(kind, place, today) if self._live is not None else None

    async def needs_of(self, owner: str) -> list[Need]:
        """What one conversation published, the newest first."""
        return await self._read(lambda: self._look(lambda connection: needs.mine(connection, owner)))

    async def need(self, need_id: str) -> Need | None:
        """See `needs.one`."""
        return await self._read(lambda: self._look(lambda connection: needs.one(connection, need_id)))

    async def needs_waiting(self) -> list[Need]:
        """See `needs.pending`."""
        return await self._read(lambda: self._look(needs.pending))

    async def needs_counted(self, today: datetime.date) -> list[NeedCount]:
        """See `needs.counts`."""
        return await self._read(lambda: self._look(lambda connection: needs.counts(connection, today)))

    async def support_near(self, place: Place, limit: int) -> list[tuple[SupportPoint, float]]:
        """Local points of support, the nearest first, with how far each is. See `bot.catalogue.support`."""
        around = self.places.around(place, support.FARTHEST_KM)
        return await self._read(lambda: self._look(lambda connection: support.near(connection, place, around, limit)))

    async def appeals_near(self, place: Place, causes: Sequence[str], today: datetime.date, limit: int) -> list[Near]:
        """Appeals for gifts, the nearest first. See `bot.catalogue.appeals`."""
        return await self._read(
            lambda: self._look(lambda connection: appeals.near(connection, place, causes, today, limit))
        )

    def _look(self, look: Callable[[Connection], T]) -> T:
        with self.kept.reading() as connection:
            return look(connection)

    async def write(self, work: Callable[[MissionWriter], T]) -> T:
        """Do something to the catalogue, away from the conversations: an import may hold it for a moment."""

        def run() -> T:
            with self.kept.writer(patience=WRITER_WAITS) as writer:
                return work(writer)

        return await self._in_time(self._in_thread(run))

    async def _read(self, look: Callable[[], T]) -> T:
        if not self.kept.backend.is_near:
            return await self._in_time(self._in_thread(look))
        await self._filled()
        tries = 0
        while True:
            try:
                return look()
            except Busy:
                tries += 1
                if tries == LOOKS:
                    raise
            await asyncio.sleep(LOOK_AGAIN)

    async def _filled(self) -> None:
        """Have the file made and filled, if it is not: once, whoever waits for it."""
        if self.kept.is_filled:
            return
        if self._filling is None or self._filling.done():
            self._filling = self._in_thread(self._fill)
        await self._in_time(self._filling)

    def _fill(self) -> None:
        """In a thread. Another program that makes the file at this moment is no reason to give up."""
        until = time.monotonic() + WRITER_WAITS
        while True:
            try:
                return self.kept.fill(patience=max(0.0, until - time.monotonic()))
            except Busy:
                if time.monotonic() >= until:
                    raise
            time.sleep(LOOK_AGAIN)

    def _in_thread(self, work: Callable[[], T]) -> asyncio.Future[T]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="catalogue")
        return asyncio.get_running_loop().run_in_executor(self._threads, work)

    @staticmethod
    async def _in_time(answer: asyncio.Future[T]) -> T:
        """Raises `Busy` after `ANSWER_WITHIN` seconds."""
        answer.add_done_callback(_heard)
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await asyncio.shield(answer)
        except TimeoutError:
            raise Busy("the catalogue does not answer in time") from None

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
        self.kept.close()


def _heard(answer: asyncio.Future[T]) -> None:
    """Whoever waited may have left: what went wrong is no news to anybody else."""
    if not answer.cancelled():
        answer.exception()


def open_catalogue(
    folder: Path,
    database_url: str | None = None,
    *,
    places: Places | None = None,
    organisations: Organisations | None = None,
    directory: Directory | None = None,
    live: LiveData | None = None,
) -> AwaitedCatalogue:
    """The catalogue of this folder or database (see `open_backend`). Names that were read already need not be read
    twice. With a `directory`, associations that are not known here are looked up there; with `live`, public services
    are asked what there is near a place today."""
    kept = Catalogue(open_backend(folder, database_url, patience=0.0), places=places, organisations=organisations)
    if kept.backend.is_near and (folder / FILE).exists():
        with contextlib.suppress(StoreError):  # then at the first look
            kept.learn_names()
    return AwaitedCatalogue(kept, directory, live)
