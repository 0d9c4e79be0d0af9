"""python-telegram-bot over aiohttp: its `Bot` uses the connections that this channel already has, and no httpx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from bot.channels.telegram.api import BotApi

__all__ = ["AiohttpRequest"]


class AiohttpRequest(BaseRequest):
    """Makes the library's requests through the session of a `BotApi`, which opens and closes it."""

    __slots__ = ("_api",)

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return self._api.timeout.total

    async def initialize(self) -> None:
        """Nothing to open: the session opens at the first call."""

    async def shutdown(self) -> None:
        """Nothing to close: the session is the channel's."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises the library's `TimedOut` and `NetworkError`, without the address: it holds the token."""
        total = read_timeout if isinstance(read_timeout, int | float) else self._api.timeout.total
        connect = connect_timeout if isinstance(connect_timeout, int | float) else self._api.timeout.connect
        try:
            async with self._api.session.request(
                method,
                url,
                data=_body(request_data),
                timeout=aiohttp.ClientTimeout(total, connect=connect),
                headers={"User-Agent": self.USER_AGENT},
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientConnectorError as problem:
            reason = f"{self._api.host} cannot be reached ({type(problem.os_error).__name__})"
            raise NetworkError(reason) from None
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise NetworkError(f"{self._api.host}: {type(problem).__name__}") from None


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters or None
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for part, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(part, content, filename=filename, content_type=media_type)
    return form
