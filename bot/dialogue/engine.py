"""One message, one transaction: event → step → replies, committed together with the event's id.

`Engine.handle` returns only after the commit, so a channel acknowledges an event when it returns. Killed before that,
nothing happened and the platform delivers again; killed after, the repeated event gets the very same answer.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from bot.catalogue.awaited import AwaitedCatalogue
from bot.daily_digest import DailyDigest, day_of
from bot.dialogue.asking import Asked, NotAnAnswer
from bot.dialogue.buttons import Control, ControlPress
from bot.dialogue.daily_limits import DailyLimits, DailyUse
from bot.dialogue.decision import Decision
from bot.dialogue.drawing_room import DrawingRoom
from bot.dialogue.effects import Effects
from bot.dialogue.events import Due, Event, Left, Returned
from bot.dialogue.kept_answer import how_to_draw, to_keep, with_files
from bot.dialogue.message_router import MessageRouter
from bot.dialogue.message_shape import digest_of
from bot.dialogue.replies import Button, Reply
from bot.dialogue.screen import Screen
from bot.dialogue.session import Session
from bot.dialogue.talk_runner import NoEffects, TalkRunner
from bot.dialogue.topic import Registry
from bot.i18n import best_language, render, text_of
from bot.knowledge import Knowledge
from bot.logs import current_event, told
from bot.phrase import _
from bot.send_limits import cooldown_after_webhook_reply
from bot.store import Busy, Otherwise, Store, Turn, Work
from bot.store.priority import Priority
from bot.understanding import Understanding
from bot.understanding.meaning import Meaning

__all__ = ["AnswerMode", "Busy", "Engine", "Handled"]

log = logging.getLogger(__name__)

AnswerMode = Literal["outbox", "webhook", "direct"]
TRIES = 3
LONGEST = 3_500
"""Characters of one reply; Telegram's limit is 4,096 after its own counting."""
SCREEN_BUTTONS = 40


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of an event, once committed.

    `replies`   what was answered, in order
    `webhook_reply`     the one reply that the channel sends by itself, in the response that acknowledges the event
    `duplicate` the event had been handled before; the replies are those of that time
    `forgotten` everything kept about the person was erased
    `parked`    the turn failed again and again: the event is set aside, and the reply says that something went wrong
    `language`  the language of the replies, where it is known
    """

    replies: tuple[Reply, ...] = ()
    webhook_reply: Reply | None = None
    duplicate: bool = False
    forgotten: bool = False
    parked: bool = False
    language: str | None = None
    topic: str | None = None
    meaning: Meaning | None = None
    decision: Decision | None = None
    answer: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


def nothing_wrong(reply: Reply) -> str | None:
    return None


class Engine:
    """Runs turns on a store. One is enough for all the channels of a process."""

    def __init__(
        self,
        store: Store,
        understanding: Understanding,
        registry: Registry,
        catalogue: AwaitedCatalogue,
        *,
        moderators: Sequence[str] = (),
        keep_misunderstood: bool = False,
        knowledge: Knowledge | None = None,
        contact: Callable[[], str] = str,
        drawing: DrawingRoom | None = None,
        daily_limits: DailyLimits | None = None,
    ) -> None:
        """`moderators` are the conversations of those who look at what others publish ("telegram:4711").

        `keep_misunderstood` keeps what was not understood, masked and as nobody's. `contact` gives how to reach the
        people who run this Allié, as they wrote it. `drawing` makes papers at its pace; without it, all asked for.
        `daily_limits` say how often a day somebody may do what reaches others; without them, as often as they like.
        """
        self._drawing = drawing or DrawingRoom()
        self._daily_limits = daily_limits or DailyLimits()
        self._digest = DailyDigest(store.secret)
        self._contact = contact
        self._moderators = tuple(moderators)
        self._keep_misunderstood = keep_misunderstood
        self._knowledge = knowledge
        self._store = store
        self._understanding = understanding
        self._registry = registry
        self.catalogue = catalogue

    async def handle(
        self, event: Event, *, answer: AnswerMode = "outbox", check: Callable[[Reply], str | None] = nothing_wrong
    ) -> Handled:
        """Handle one event and commit what it brings.

        `answer` says how replies leave: "outbox", the sender delivers them; "webhook", a single one is returned to go
        in the response that acknowledges the event, when nothing waits before it and `check` finds nothing wrong with
        it; "direct", the channel shows them all itself. What is returned is kept with the event's id: a repeated event
        gets the same.

        Raises `Busy` when the event should be delivered again later. A topic that raises is tried three times while the
        rest of its conversation waits, then its event is parked and the person is told: the call returns normally.
        """
        turn = current_event.set(event.id)
        try:
            return await self._handle(event, answer, check)
        finally:
            current_event.reset(turn)

    async def _handle(self, event: Event, answer: AnswerMode, check: Callable[[Reply], str | None]) -> Handled:
        work = partial(self._work, event=event, answer=answer, check=check)
        is_last = False

        async def otherwise(error: Exception) -> Work[Handled]:
            """Once more after a little, or, after so many tries, set the event aside. The conversation waits for it."""
            nonlocal is_last
            if is_last:
                raise error
            tries = await self._failed(event, error)
            is_last = tries >= TRIES
            if is_last:
                return partial(self._set_aside, event=event, error=error, answer=answer)
            await asyncio.sleep(0.2 * tries)
            return work

        doing: Work[Handled] = work
        while True:
            try:
                return await self._turn(event, answer, doing, otherwise)
            except Busy:
                raise
            except Exception as error:  # it could not be committed
                doing = await otherwise(error)

    async def _failed(self, event: Event, error: Exception) -> int:
        """Count a failed try, and say where it failed. How many there were."""
        tries = await self._store.failed(event.id)
        log.error("turn failed: %s (try %d of %d)", told(error), tries, TRIES)
        return tries

    async def replay(self, event: Event) -> Handled:
        """Handle an event that was set aside, under an id of its own, once: what its topic raises, this raises."""
        turn = current_event.set(event.id)
        work = partial(self._work, event=event, answer="outbox", check=nothing_wrong)
        try:
            return await self._turn(event, "outbox", work)
        finally:
            current_event.reset(turn)

    async def _turn(
        self, event: Event, answer: AnswerMode, work: Work[Handled], otherwise: Otherwise[Handled] | None = None
    ) -> Handled:
        done = await self._store.turn(event.id, event.chat, work, at=event.at, otherwise=otherwise)
        if done.value is not None:
            return done.value
        replies = await self._whole_again(event, done.replies)
        webhook_reply = replies[0] if answer == "webhook" and replies else None
        if webhook_reply is not None:  # the first time it may have got lost; this time counts
            await self._store.cool_down(event.chat, cooldown_after_webhook_reply())
        return Handled(replies, webhook_reply, duplicate=True, forgotten=done.forgotten)

    async def _work(
        self, turn: Turn, event: Event, answer: AnswerMode, check: Callable[[Reply], str | None]
    ) -> Handled:
        if isinstance(event.content, (Left, Returned)):
            turn.stop(isinstance(event.content, Left))
            return Handled()
        due = event.content if isinstance(event.content, Due) else None
        if due is not None:
            if not turn.is_due(event.id):
                return Handled()  # called off, or put off, since it was listed
            turn.cancel(due.name, str(due.data.get("key", "")))
        session = Session.from_json(turn.session)
        if not session.language:
            session.language = best_language(event.language)
        if session.since is None:
            session.since = day_of(event.at)
        runner = self._runner(session, event, turn)
        keep = turn.misunderstood if self._keep_misunderstood else None
        try:
            await MessageRouter(runner, self._understanding, keep).run()
        except (Asked, NotAnAnswer) as outcome:  # no mistake of ours passes for the end of the process
            raise RuntimeError(f"{type(outcome).__name__} came out of a turn") from None
        replies = compose(runner.screen)
        if due is None:
            session.screen = on_show(runner.screen, quotes_others=turn.quotes_others)
            session.agreed = runner.screen.agreed
        if runner.edits and event.message and len(replies) == 1 and not (replies[0].files or replies[0].picture):
            replies = (replies[0].edited(event.message),)
        if due is None:  # a reminder is no word from the person: it does not keep their conversation from going
            turn.save(session.as_json())
        webhook_reply = None
        if answer == "direct" and due is None:
            turn.answer(to_keep(replies, runner.drawn, runner.pressed))
        elif (
            answer == "webhook"
            and len(replies) == 1
            and not event.group
            and room_for_webhook_reply(turn)
            and check(replies[0]) is None
        ):
            webhook_reply = replies[0]
            turn.answer([webhook_reply.as_json()], cooldown=cooldown_after_webhook_reply())
        else:
            for reply in replies:
                turn.send(reply.as_json(), priority=Priority.REPLY if due is None else Priority.ALERT)
        return Handled(
            replies,
            webhook_reply,
            forgotten=turn.forgotten,
            language=session.language,
            topic=runner.topic,
            meaning=runner.meaning,
            decision=runner.decision,
            answer=runner.answer,
            facts={name: session.facts.value(name) for name in session.facts},
            answers=dict(runner.answers),
        )

    def _runner(self, session: Session, event: Event, effects: Effects) -> TalkRunner:
        given = (self._moderators, self._knowledge, self._contact(), self._drawing)
        whose = {"chat": event.chat, "address": event.address}
        daily_use = DailyUse(self._daily_limits, self._digest, effects, **whose, now=event.at)
        return TalkRunner(self._registry, session, event, effects, self.catalogue, *given, daily_use)

    async def _whole_again(self, event: Event, kept: Sequence[dict[str, Any]]) -> tuple[Reply, ...]:
        """The replies as they were, for an event that came again. Papers are made again from what the talk knows."""
        replies = tuple(Reply.from_json(reply) for reply in kept)
        how = next((found for reply in kept if (found := how_to_draw(reply)) is not None), None)
        if how is None:
            return replies

        async def look(turn: Turn) -> tuple[Screen, str]:
            session = Session.from_json(turn.session)
            screen = await self._runner(session, event, NoEffects(turn)).draw_again(*how)
            return screen, session.language or best_language(event.language)

        done = await self._store.turn(f"{event.id}/{secrets.token_hex(6)}", event.chat, look, at=event.at)
        screen, language = done.value or (Screen(), best_language(event.language))
        return with_files(replies, screen, language)

    async def _set_aside(self, turn: Turn, event: Event, error: Exception, answer: AnswerMode) -> Handled:
        """Keep the event as it came, for whoever mends what failed, and tell the person."""
        language = best_language(event.language)
        button = Button(text_of(_("Menu"), language), data=str(ControlPress(Control.MENU)))
        sorry = Reply(
            render(
                _(
                    "Something went wrong on my side, and I am sorry. What you told me before is kept, and the people "
                    "who look after me will see it. You can try again, or go back to the menu."
                ),
                language,
            ),
            buttons=((button,),),
        )
        turn.park(event.raw, type(error).__name__)
        if answer == "direct":
            turn.answer([sorry.as_json()])
        else:
            turn.send(sorry.as_json())
        return Handled((sorry,), parked=True)


def room_for_webhook_reply(turn: Turn) -> bool:
    """Nothing waits to be sent before it, and nothing was just now."""
    return turn.outbox_empty and turn.cooldown <= 0


def on_show(screen: Screen, *, quotes_others: bool) -> list[list[str]]:
    """The buttons on show, so that their labels can be typed. Where others are quoted, nothing of a label is kept that
    may be theirs."""
    buttons = [button for row in screen.rows for button in row if button.data is not None][-SCREEN_BUTTONS:]
    return [
        [digest_of(button.label) if quotes_others and str(button.data).startswith(">") else button.label, button.data]
        for button in buttons
        if button.data is not None
    ]


def compose(screen: Screen) -> tuple[Reply, ...]:
    """The screen as replies: one, unless its text is too long for one. The buttons are under the last."""
    texts: list[Markup] = []
    for block in screen.blocks:
        if texts and len(texts[-1]) + len(block) + 2 <= LONGEST:
            texts[-1] = texts[-1] + Markup("\n\n") + block
        else:
            texts.append(block)
    if not texts and not screen.files and screen.picture is None:
        return ()
    last = Reply(
        text=texts[-1] if texts else Markup(""),
        more=folded(screen.folded, LONGEST - (len(texts[-1]) if texts else 0)),
        buttons=tuple(tuple(row) for row in screen.rows),
        picture=screen.picture,
        files=tuple(screen.files),
        location=screen.location,
        asks_location=screen.asks_location,
    )
    return (*(Reply(text) for text in texts[:-1]), last)


def folded(blocks: Sequence[Markup], room: int) -> Markup:
    """What is folded under a reply: the paragraphs that fit in the room its text leaves."""
    kept: list[Markup] = []
    for block in blocks:
        room -= len(block) + 2
        if room < 0:
            break
        kept.append(block)
    return Markup("\n\n").join(kept)
