"""Calls to the Bot API as plain dictionaries, and its answers as values: nothing raises, whatever the network does.

`NoAnswer.sent` tells a call that surely never reached Telegram from one that may have been done: the first can be made
again, the second may then be done twice. The token is in every address, so no address is ever logged or shown.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from bot.dialogue.replies import File

__all__ = ["Answer", "BotApi", "Done", "NoAnswer", "Refusal", "Upload", "redacted"]

TIMEOUT = 20.0
"""Seconds for a whole call. Telegram answers in tens of milliseconds; an upload takes longer."""

UPLOAD_TIMEOUT = 60.0
CONNECTIONS = 100
FORGOTTEN_AT_ONCE = 512
HEADERS = {"Content-Type": "application/json"}


def redacted(text: str, token: str) -> str:
    """The text without the token, for logs and for people."""
    return text.replace(token, "<token>") if token else text


def proxy_for(url: str) -> str | None:
    """The proxy that the environment asks for. Read once: aiohttp would read it again in a thread at every call."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Done:
    """It was done; `result` is what Telegram says of it."""

    result: Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """Telegram's answer was no: an HTTP code, a sentence, and sometimes what to do about it."""

    code: int
    description: str
    retry_after: float | None = None
    moved_to: int | None = None

    @property
    def is_for_now(self) -> bool:
        """Whether the same call may well be taken later: too many of them, or an error of the server's own."""
        return self.code == 429 or self.code >= 500


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer that can be read. `sent`: the call may have been done all the same."""

    reason: str
    sent: bool


Answer = Done | Refusal | NoAnswer


@dataclass(frozen=True, slots=True)
class Upload:
    """A file for the part of a multipart call that carries this name."""

    part: str
    file: File


class BotApi:
    """One bot at one Bot API server, over connections kept open."""

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        *,
        timeout: float = TIMEOUT,
        turned_away: Callable[[], None] = lambda: None,
    ) -> None:
        """`turned_away` is told of each call that was answered 429 or by an error of the server's own."""
        self.token = token
        self.base = f"{api_url.rstrip('/')}/bot"
        self.host = urlsplit(api_url).netloc
        self._proxy = proxy_for(api_url)
        self.timeout = aiohttp.ClientTimeout(timeout, connect=min(10.0, timeout))
        self.upload_timeout = aiohttp.ClientTimeout(max(timeout, UPLOAD_TIMEOUT), connect=min(10.0, timeout))
        self._session: aiohttp.ClientSession | None = None
        self._turned_away = turned_away
        self._forgotten: set[asyncio.Task[Answer]] = set()

    @property
    def session(self) -> aiohttp.ClientSession:
        """Opened at the first call, in the loop that makes it."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=30, ttl_dns_cache=300),
                timeout=self.timeout,
                proxy=self._proxy,
            )
        return self._session

    async def call(
        self,
        method: str,
        given: Mapping[str, Any],
        files: Sequence[Upload] = (),
        *,
        within: float | None = None,
    ) -> Answer:
        """Call a method. `within` is the time allowed in seconds, for a long poll."""
        allowed = self.upload_timeout if files else self.timeout
        if within is not None:
            allowed = aiohttp.ClientTimeout(within, connect=10.0)
        address = f"{self.base}{self.token}/{method}"
        try:
            if files:
                response = await self.session.post(
                    address, data=_form(given, files), timeout=allowed, allow_redirects=False
                )
            else:
                body = json.dumps(given).encode()
                response = await self.session.post(
                    address, data=body, headers=HEADERS, timeout=allowed, allow_redirects=False
                )
            async with response:
                answer = _read(response.status, await response.read())
            if isinstance(answer, Refusal) and answer.is_for_now:
                self._turned_away()
            return answer
        except aiohttp.ConnectionTimeoutError:
            return NoAnswer(f"{self.host} does not answer", sent=False)
        except aiohttp.ClientConnectorError as problem:
            return NoAnswer(f"{self.host} cannot be reached ({type(problem.os_error).__name__})", sent=False)
        except (aiohttp.InvalidURL, ValueError):
            return NoAnswer(f"{self.host} is not the address of a Bot API server", sent=False)
        except TimeoutError:
            return NoAnswer(f"{method} was not answered in time", sent=True)
        except (aiohttp.ClientError, OSError) as problem:
            return NoAnswer(f"{method}: the connection was lost ({type(problem).__name__})", sent=True)

    def call_and_forget(self, method: str, given: Mapping[str, Any]) -> None:
        """Call without waiting and without trying again: for what nothing depends on."""
        if len(self._forgotten) < FORGOTTEN_AT_ONCE:
            task = asyncio.get_running_loop().create_task(self.call(method, given))
            self._forgotten.add(task)
            task.add_done_callback(self._forgotten.discard)

    async def close(self) -> None:
        """Let the calls in hand end, for a moment, then close the connections."""
        if self._forgotten:
            _, late = await asyncio.wait(self._forgotten, timeout=1.0)
            for task in late:
                task.cancel()
        if self._session:
            await self._session.close()
            self._session = None


def _form(given: Mapping[str, Any], files: Sequence[Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in given.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for upload in files:
        file = upload.file
        form.add_field(upload.part, file.content, filename=_file_name(file.name), content_type=file.media_type)
    return form


def _file_name(name: str) -> str:
    """A name that cannot end its own quotes."""
    return name.replace('"', "'").replace("\r", " ").replace("\n", " ").replace("\\", "-") or "document"


def _read(status: int, body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if 300 <= status < 400:
        return NoAnswer("the address of the Bot API server sends on to another, which is not followed", sent=False)
    if not isinstance(answer, dict) or "ok" not in answer:
        if status >= 400:
            return Refusal(status, f"an answer of {len(body)} bytes that is not Telegram's")
        return NoAnswer("an answer that is not Telegram's", sent=True)
    if answer["ok"] is True:
        return Done(answer.get("result"))
    more = answer.get("parameters")
    more = more if isinstance(more, dict) else {}
    retry, moved = more.get("retry_after"), more.get("migrate_to_chat_id")
    return Refusal(
        code=answer["error_code"] if isinstance(answer.get("error_code"), int) else status,
        description=str(answer.get("description", "")),
        retry_after=float(retry) if isinstance(retry, int | float) else None,
        moved_to=moved if isinstance(moved, int) else None,
    )
