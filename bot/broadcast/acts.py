"""What the server does for `allie broadcast`: count, show to the team, begin, stop, report."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.broadcast.audience import Audience, BadAudience, Count
from bot.broadcast.feeding import Feeder
from bot.broadcast.message import BadText, Check, checked
from bot.control import Acts, CannotDo
from bot.store import Store, Turn
from bot.store.broadcasts import Broadcast

__all__ = ["add_broadcast_acts", "named"]

PAGE = 1_000
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


def named(body: Mapping[str, Any]) -> str:
    """The name of a broadcast that was given none: the same for the same texts to the same people."""
    content = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=4).hexdigest()


def add_broadcast_acts(acts: Acts, store: Store, check: Check, admins: Sequence[str], feeder: Feeder | None) -> None:
    """`check` is what the platform objects to; `admins` the conversations of the team; `feeder` is told of a beginning.

    Each act answers with JSON; `CannotDo` has the sentence for the operator.
    """

    def read(body: Any) -> Audience:
        if not isinstance(body, dict) or not isinstance(body.get("texts"), dict):
            raise CannotDo("A broadcast has texts and an audience.")
        if not all(isinstance(html, str) for html in body["texts"].values()):
            raise CannotDo("A text is a string.")
        if not isinstance(body.get("audience", {}), dict):
            raise CannotDo("The audience is an object.")
        try:
            checked(body["texts"], check)
            return Audience.from_json(body.get("audience", {}))
        except (BadText, BadAudience) as error:
            raise CannotDo(str(error)) from None

    async def counted(audience: Audience, at: datetime) -> Count:
        count, after = Count(), ""
        while page := await store.broadcasts.agreed(after, at, PAGE):
            for one in page:
                if audience.takes(one):
                    count.add(one)
            after = page[-1].chat
            await asyncio.sleep(0)
        return count

    async def count(body: dict[str, Any]) -> dict[str, Any]:
        """How many it would go to."""
        return (await counted(read(body), datetime.now(UTC))).as_json()

    async def show(body: dict[str, Any]) -> dict[str, Any]:
        """Send it to the team alone, in each language."""
        read(body)
        if not admins:
            raise CannotDo("ALLIE_ADMINS is not set: there is nobody to show it to.")
        replies = checked(body["texts"], check)
        at = datetime.now(UTC)
        for number, chat in enumerate(admins):

            async def work(turn: Turn) -> None:
                for reply in replies.values():
                    turn.send(reply.as_json())

            await store.turn(f"preview:{named(body)}:{at.timestamp()}:{number}", chat, work, at=at)
        return {"shown": len(admins)}

    async def begin(body: dict[str, Any], name: str = "") -> dict[str, Any]:
        """Begin it, or have it go on. The same one asked for twice is one."""
        audience, at = read(body), datetime.now(UTC)
        name = checked_name(name) if name else named(body)
        there = await store.broadcasts.get(name)
        if there is not None and there.body != body:
            raise CannotDo(f"There is another broadcast of the name {name}: give this one another.")
        people = there.people if there else (await counted(audience, at)).people
        begun = await store.broadcasts.begin(name, body, people, at)
        if feeder is not None:
            feeder.begun.set()
        return {**report(begun), "was": there.state if there else ""}

    async def stop(name: str) -> dict[str, Any]:
        return report(await found(name, await store.broadcasts.stop(checked_name(name))))

    async def tell(name: str) -> dict[str, Any]:
        return report(await found(name, await store.broadcasts.get(checked_name(name))))

    async def listed() -> list[dict[str, Any]]:
        return [report(broadcast) for broadcast in await store.broadcasts.all()]

    async def found(name: str, one: Broadcast | None) -> Broadcast:
        if one is None:
            names = ", ".join(other.id for other in await store.broadcasts.all())
            raise CannotDo(f"There is no broadcast {name!r}." + (f" There are: {names}." if names else ""))
        return one

    for act in (count, show, begin, stop, tell, listed):
        acts.add(f"broadcast {act.__name__}", act)


def checked_name(name: Any) -> str:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise CannotDo("A name is made of letters, digits, - and _, forty at most.")
    return name


def report(one: Broadcast) -> dict[str, Any]:
    """How far it has come, in numbers."""
    return {
        "name": one.id,
        "state": one.state,
        "begun": one.begun.isoformat(timespec="seconds"),
        "people": one.people,
        "handed": one.handed,
        "delivered": one.delivered,
        "blocked": one.blocked,
        "failed": one.failed,
        "waiting": one.waiting,
        "to_fetch": one.to_fetch,
        "withdrawn": one.withdrawn,
    }
