"""Reading the API Engagement feed over the network, page by page, politely and without ever raising for its mistakes.

People are answered from the local catalogue only, never from the feed. A page that fails is asked for again, later and
later; what cannot be mended ends the sweep, and says why.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import aiohttp
from yarl import URL

from bot.catalogue.api_engagement import ApiEngagement
from bot.catalogue.cleaning import SiteReader
from bot.catalogue.sweep import Report, Sweep

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["FeedSettings", "sync"]

BASE = "https://api.api-engagement.beta.gouv.fr"
PATH = "/v0/mission"
LARGEST_PAGE = 32 << 20  # bytes
TRIES = 5
MOST_PAGES = 2_000
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where the feed is and how to ask. `pause` and `first_retry` are seconds: between pages, and before the first
    retry (then twice as long each time). `types` are the kinds of commitment to read."""

    key: str = field(repr=False)
    base: str = BASE
    path: str = PATH
    types: tuple[str, ...] = ("benevolat", "volontariat_sapeurs_pompiers")
    page: int = 500
    pause: float = 1.0
    first_retry: float = 1.0
    timeout: float = 60.0


T = TypeVar("T")


class _ReadFailed(Exception):
    """A page could not be had. The message is for the operator."""


async def sync(
    catalogue: Catalogue,
    settings: FeedSettings,
    *,
    now: Callable[[], datetime.datetime],
    accept_drop: bool = False,
    progress: Callable[[int, int], None] = lambda read, total: None,
) -> Report:
    """Read the whole feed into the catalogue. Raises `BeingRead` when another process is at it, and a `StoreError` when
    the catalogue cannot be written. All that waits for the catalogue waits in a thread.

    Killed at any moment: the next call within six hours goes on where it was. `accept_drop` lets a feed that became
    much smaller through, once somebody has looked at it.
    """
    reader = ApiEngagement(SiteReader(catalogue.places), catalogue.organisations, catalogue.synonyms)
    writer = await _in_thread(catalogue.writer)
    try:
        sweep = await _in_thread(partial(Sweep, writer, reader, now()))
        timeout = aiohttp.ClientTimeout(total=settings.timeout)
        headers = {"x-api-key": settings.key, "Accept": "application/json", "User-Agent": "Allie (catalogue)"}
        try:
            async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
                while True:
                    page, total = await _page(session, settings, sweep.skip)
                    await _in_thread(partial(sweep.add, page, total, now()))
                    if sweep.turns_round:
                        raise _ReadFailed(f"the same missions over and over, page after page, at mission {sweep.skip}")
                    progress(sweep.skip, sweep.total)
                    if not page or sweep.is_at_end:
                        break
                    if sweep.pages >= MOST_PAGES:
                        raise _ReadFailed(f"more than {MOST_PAGES} pages")
                    await asyncio.sleep(settings.pause)
        except _ReadFailed as failure:
            return await _in_thread(partial(sweep.fail, str(failure), now()))
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):  # then it is noticed three minutes later
                await _in_thread(sweep.leave)
            raise
        return await _in_thread(partial(sweep.conclude, now(), accept_drop=accept_drop))
    finally:
        writer.close()


async def _in_thread(work: Callable[[], T]) -> T:
    """Do it away from the conversations. Cancelled meanwhile: what is being written is finished first."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _page(session: aiohttp.ClientSession, settings: FeedSettings, skip: int) -> tuple[list[object], int]:
    """One page and the total it announces, asked for up to five times."""
    wait = settings.first_retry
    for turn in range(TRIES):
        try:
            status, body, retry_after = await _get(session, settings, skip)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = f"no answer ({type(error).__name__})"
        else:
            if status == 200:
                found = _read(body)
                if isinstance(found, tuple):
                    return found
                reason = found
            else:
                reason = _explained(status)
                if status not in AGAIN:
                    raise _ReadFailed(reason)
            wait = max(wait, retry_after * settings.first_retry)
        if turn + 1 < TRIES:
            await asyncio.sleep(min(wait, 120.0))
            wait *= 2
    raise _ReadFailed(f"{reason}, five times, at mission {skip}")


async def _get(session: aiohttp.ClientSession, settings: FeedSettings, skip: int) -> tuple[int, bytes, float]:
    parameters = [("limit", str(settings.page)), ("skip", str(skip)), *(("type", kind) for kind in settings.types)]
    address = settings.base.rstrip("/") + settings.path
    async with session.get(address, params=parameters, allow_redirects=False) as response:  # the key stays here
        if 300 <= response.status < 400:
            raise _ReadFailed(_sent_on(response.headers.get("Location", ""), response.status))
        if response.status != 200:
            return response.status, b"", _seconds(response.headers.get("Retry-After", ""))
        body = bytearray()
        async for chunk in response.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) > LARGEST_PAGE:
                raise _ReadFailed(f"a page of more than {LARGEST_PAGE >> 20} MB")
        return 200, bytes(body), 0.0


def _read(body: bytes) -> tuple[list[object], int] | str:
    """The missions and the announced total, or what is wrong with the answer."""
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        return "an answer that is not JSON"
    if not isinstance(page, dict) or page.get("ok") is not True:
        return "an answer that does not say ok"
    data, total = page.get("data"), page.get("total")
    if not isinstance(data, list) or not isinstance(total, int) or isinstance(total, bool) or total < 0:
        return "an answer without its list or its total"
    return data, total


def _explained(status: int) -> str:
    known = {401: "the key is refused", 403: "the key has no right to this", 404: "there is nothing at that address"}
    return f"{known.get(status, 'an error')} (status {status})"


def _sent_on(location: str, status: int) -> str:
    """What to say of a redirect, which is never followed."""
    host = URL(location).host if location and len(location) < 2_000 else None
    return f"the feed sends on to {host or 'another address'} (status {status}): set ALLIE_FEED_URL if that is right"


def _seconds(header: str) -> float:
    return float(header) if header.isascii() and header.isdigit() and len(header) < 6 else 0.0
