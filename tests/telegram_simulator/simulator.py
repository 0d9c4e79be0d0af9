"""The simulated Telegram itself: an HTTP server for the bot on one side, people and groups on the other."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import BodyPartReader, web

from .bot_api import PACED, BotApi
from .chats import Chat, Message, Upload, seen_as
from .faults import Dropped, Fault, LostAnswer, NotJson, Order, Refused, Slow, TooMany
from .limits import Limits
from .methods import Refusal, decoded, parameters
from .people import Group, Person
from .updates import Updates

__all__ = ["Call", "Simulator"]

BOT = 4242


@dataclass(frozen=True)
class Call:
    """One method called: `refusal` is empty if it was done. `in_webhook_reply`: it came in a webhook's answer."""

    method: str
    given: dict[str, Any]
    at: float
    refusal: str = ""
    in_webhook_reply: bool = False

    @property
    def chat(self) -> Any:
        return self.given.get("chat_id")


@dataclass(frozen=True)
class PressInWork:
    person: Person
    at: float


class Simulator:
    """`async with Simulator() as telegram`: a Bot API at `telegram.url` for the bot with `telegram.token`.

    `first_delay` is the webhook's first pause before it tries again (doubling; 1 s at Telegram), `timeout` how long it
    waits for an answer. `limits.enforced = True` answers 429 to what comes too early; it is recorded in any case.
    """

    def __init__(
        self,
        token: str = f"{BOT}:a-token-that-opens-nothing",
        *,
        port: int = 0,
        username: str = "allie_bot",
        first_name: str = "Allié",
        first_delay: float = 0.05,
        timeout: float = 30.0,
    ) -> None:
        self.token, self.port, self.username = token, port, username
        self.me = {"id": BOT, "is_bot": True, "first_name": first_name, "username": username}
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.presses: dict[str, PressInWork] = {}
        self.calls: list[Call] = []
        self.limits = Limits()
        self.api = BotApi(self)
        self.updates = Updates(self.now, self._webhook_reply, self._changed, first_delay=first_delay, timeout=timeout)
        self.flooded = False
        """While it is, every message is answered 429, those in a webhook's answer too."""
        self.in_work = 0
        self.unanswered: set[tuple[int, int]] = set()
        """Messages, by chat and id, whose sender was never told that they arrived."""
        self.orders: list[Order] = []
        """What was ordered to go wrong, and how many times it still will."""
        self._ahead = 0.0
        self._watchers: set[asyncio.Event] = set()
        self._next_press = 1
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self.updates.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What `ALLIE_TELEGRAM_API_URL` is set to."""
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> float:
        return time.time() + self._ahead

    def pass_time(self, seconds: float) -> None:
        """Telegram's clock jumps ahead; nothing sleeps."""
        self._ahead += seconds

    def person(self, id: int, first_name: str = "Zoé", language: str | None = "fr") -> Person:
        if id not in self.people:
            self.people[id] = Person(self, id, first_name, language)
            self.chats[id] = Chat(id, bot=False)
        return self.people[id]

    def group(self, id: int, title: str = "Les amis", *, privacy: bool = True) -> Group:
        kind = "supergroup" if id <= -1_000_000_000_000 else "group"
        self.chats.setdefault(id, Chat(id, kind, title))
        return Group(self, id, privacy)

    def chat_object(self, id: int, person: Person | None = None) -> dict[str, Any]:
        chat = self.chats[id]
        if chat.private:
            person = person or self.people[id]
            return {"id": id, "type": "private", "first_name": person.first_name}
        return {"id": id, "type": chat.kind, "title": chat.title}

    def press(self, person: Person, message: Message, data: str) -> str:
        """A callback query. Its order is kept per person, in a queue of its own."""
        query, self._next_press = str(self._next_press), self._next_press + 1
        self.presses[query] = PressInWork(person, self.now())
        person.waiting[query] = message
        body = {
            "id": query,
            "from": person.user,
            "message": seen_as(message, self.chat_object(message.chat, person)),
            "chat_instance": str(message.chat),
            "data": data,
        }
        self.updates.offer("callback_query", body, ("callback_query", person.id))
        return query

    def goes_wrong(self, fault: Fault, method: str | None = None, chat: int | None = None, times: int = 1) -> None:
        """The next `times` calls of this method, to this chat, meet this fault."""
        self.orders.append(Order(fault, method, chat, times))

    def called(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of a method that were done."""
        return [c for c in self.calls if c.method == method and not c.refusal and chat in (None, c.chat)]

    @property
    def refused(self) -> list[Call]:
        return [call for call in self.calls if call.refusal]

    @property
    def refused_in_silence(self) -> list[Call]:
        """Methods in a webhook's answer and were refused: the bot is never told."""
        return [call for call in self.calls if call.refusal and call.in_webhook_reply]

    async def until(self, condition: Callable[[], Any], within: float = 5.0, what: str = "") -> Any:
        """Wait until the condition holds, looked at again at each change; its value is returned."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            async with asyncio.timeout(within):
                while not (value := condition()):
                    await watcher.wait()
                    watcher.clear()
                return value
        except TimeoutError:
            told = [f"{call.method}{call.given}: {call.refusal or 'done'}" for call in self.calls[-8:]]
            raise AssertionError(
                f"waited {within} s for {what or condition}; last calls:\n" + "\n".join(told)
            ) from None
        finally:
            self._watchers.discard(watcher)

    async def sees(self, chat: int, text: str, within: float = 5.0) -> Message:
        def newest() -> Message | None:
            found = [m for m in self.chats[chat].visible if m.from_bot and text in str(m)]
            return found[-1] if found else None

        message: Message = await self.until(newest, within, f"{text!r} in {chat}")
        return message

    async def quiet(self, within: float = 5.0) -> None:
        """Wait until every update is acknowledged and no call is in work."""
        await self.until(lambda: not self.updates.pending and not self.in_work, within, "every update acknowledged")

    def _changed(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        known = {name.lower(): name for name in parameters()}
        method = known.get(request.match_info["method"].lower())
        if method is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        given, files = await read(request)
        if method != "getUpdates":
            self.in_work += 1
        try:
            return await self._answer_with_faults(request, method, given, files)
        finally:
            if method != "getUpdates":
                self.in_work -= 1
            self._changed()

    async def _answer_with_faults(
        self, request: web.Request, method: str, given: dict[str, Any], files: dict[str, Upload]
    ) -> web.StreamResponse:
        fault = self._fault(method, given)
        match fault:
            case Refused(code, description):
                return self._refused(method, given, {"ok": False, "error_code": code, "description": description})
            case TooMany(seconds):
                refusal = Refusal(f"Too Many Requests: retry after {seconds}", code=429, retry_after=seconds)
                return self._refused(method, given, refusal.answer)
            case NotJson(code):
                return web.Response(text="<html>Bad Gateway</html>", content_type="text/html", status=code)
            case Dropped():
                if request.transport:
                    request.transport.close()
                return web.Response()
            case Slow(seconds):
                await asyncio.sleep(seconds)
        answer = await self._execute(method, given, files)
        if isinstance(fault, LostAnswer):
            if isinstance(sent := answer.get("result"), dict) and "message_id" in sent:
                self.unanswered.add((sent["chat"]["id"], sent["message_id"]))
            self._changed()
            await asyncio.sleep(fault.seconds)
            if request.transport:
                request.transport.close()
        return web.json_response(answer, status=answer.get("error_code", 200))

    def _refused(self, method: str, given: dict[str, Any], answer: dict[str, Any]) -> web.Response:
        self.calls.append(Call(method, given, self.now(), answer["description"]))
        return web.json_response(answer, status=answer["error_code"])

    def _fault(self, method: str, given: dict[str, Any]) -> Fault | None:
        chat = plainly(given).get("chat_id")
        for order in self.orders:
            if order.concerns(method, chat):
                order.times -= 1
                return order.fault
        return None

    async def _execute(self, method: str, given: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
        refusal = ""
        try:
            answer: dict[str, Any] = {"ok": True, "result": self._done(method, given, files)}
            if asyncio.iscoroutine(answer["result"]):
                answer["result"] = await answer["result"]
        except Refusal as reason:
            answer, refusal = reason.answer, reason.description
        self._record(method, given, refusal)
        return answer

    def _done(self, method: str, given: dict[str, Any], files: dict[str, Upload]) -> Any:
        typed = decoded(method, given, frozenset(files))
        if method in PACED and self.flooded:
            raise Refusal("Too Many Requests: retry after 1", code=429, retry_after=1)
        if method in PACED and (wait := self.limits.wait(typed["chat_id"], time.monotonic())):
            raise Refusal(f"Too Many Requests: retry after {wait}", code=429, retry_after=wait)
        return self.api.method(method)(typed, files)

    def _webhook_reply(self, body: dict[str, Any]) -> None:
        """A method in a webhook's answer: done if it can be, and nobody is told if it cannot."""
        given = {name: value for name, value in body.items() if name != "method"}
        known = {name.lower(): name for name in parameters()}
        method = known.get(str(body["method"]).lower())
        refusal = ""
        try:
            if method is None:
                raise Refusal("Not Found", code=404)
            self._done(method, given, {})
        except Refusal as reason:
            refusal = reason.description
        self._record(method or str(body["method"]), given, refusal, in_webhook_reply=True)

    def _record(self, method: str, given: dict[str, Any], refusal: str, *, in_webhook_reply: bool = False) -> None:
        if method != "getUpdates" or refusal:
            self.calls.append(Call(method, plainly(given), self.now(), refusal, in_webhook_reply))
        self._changed()


def plainly(given: dict[str, Any]) -> dict[str, Any]:
    """As recorded: numbers as numbers, so that a chat id is found whichever way it travelled."""
    chat = given.get("chat_id")
    return given | {"chat_id": int(chat)} if isinstance(chat, str) and chat.lstrip("-").isdigit() else given


async def read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters from the address, a form, JSON or multipart; files from multipart."""
    given: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    if kind == "application/json":
        body = json.loads(await request.read() or b"{}")
        given |= body if isinstance(body, dict) else {}
    elif kind.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename:
                media_type = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(part.filename, media_type, bytes(await part.read()))
            else:
                given[part.name] = await part.text()
    elif request.can_read_body:
        given |= {name: str(value) for name, value in (await request.post()).items()}
    return given, files
