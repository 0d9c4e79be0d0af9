"""The body of a request: never more than is allowed, and never for longer than a body takes."""

from __future__ import annotations

import asyncio

from aiohttp import web

__all__ = ["TIMEOUT", "read_body"]

TIMEOUT = 10.0
"""Seconds that a body may take to arrive."""


async def read_body(request: web.Request, largest: int) -> bytes | None:
    """The body, None if it is over `largest` bytes or comes too slowly."""
    if request.content.is_eof():  # nearly always: it came with its headers
        body = request.content.read_nowait()
        return body if len(body) <= largest else None
    parts, size = [], 0
    try:
        async with asyncio.timeout(TIMEOUT):
            async for part in request.content.iter_any():
                size += len(part)
                if size > largest:
                    return None
                parts.append(part)
    except TimeoutError:
        return None
    return b"".join(parts)
