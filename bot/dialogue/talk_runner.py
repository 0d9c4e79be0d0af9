"""Where talks run: the frames of a person's session, the topic that is playing, and the screen that comes of it."""

from __future__ import annotations

import asyncio
import contextlib
import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.asking import Asked, Incoming, NotAnAnswer
from bot.dialogue.buttons import AnswerPress, Control, ControlPress, StartPress, read_press
from bot.dialogue.change import Change
from bot.dialogue.daily_limits import DailyUse
from bot.dialogue.decision import Decision
from bot.dialogue.drawing_room import DrawingRoom
from bot.dialogue.effects import Effects
from bot.dialogue.events import Event, Press, Text
from bot.dialogue.replies import Button
from bot.dialogue.screen import Screen
from bot.dialogue.session import Frame, Session
from bot.dialogue.table import Pointed, Table
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role, Topic
from bot.i18n import render, text_of
from bot.inbound_rate_limiter import Wait
from bot.knowledge import Knowledge
from bot.phrase import Phrase, _
from bot.questions.kind import Kind
from bot.understanding.meaning import Meaning

__all__ = ["TalkRunner"]

PARIS = ZoneInfo("Europe/Paris")
DEEPEST = 5
"""Talks that may wait beneath one another; the oldest is let go."""
MOST_REMINDED = 2
"""How often a question that waits is shown again under answers to others: who asks a third thing has left it."""


class NoEffects:
    """For a run that only looks: it may read, and whatever would have an effect ends it."""

    def __init__(self, effects: Effects) -> None:
        self.records = effects.records
        self.notice, self.board = effects.notice, effects.board
        self.export, self.elsewhere, self.quote = effects.export, effects.elsewhere, effects.quote

    def __getattr__(self, name: str) -> Any:
        raise Asked


class TalkRunner:
    """One event's run of talks. The session is changed in place.

    `screen` is what to show, `topic` who answered with which `answers`, `meaning` what was understood; `edits` says
    that the screen replaces the one whose button was pressed.
    """

    def __init__(
        self,
        registry: Registry,
        session: Session,
        event: Event,
        effects: Effects,
        catalogue: AwaitedCatalogue,
        moderators: Sequence[str] = (),
        knowledge: Knowledge | None = None,
        contact: str = "",
        drawing: DrawingRoom | None = None,
        daily_use: DailyUse | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.knowledge = knowledge
        self._drawing = drawing
        self._daily_use = daily_use
        self.pressed: AnswerPress | None = None
        """The answer that came by a button, or by its words."""
        self.drawn = 0
        """The serial number of the talk that papers or a picture came from."""
        self.contact = contact
        self.registry = registry
        self.session = session
        self.event = event
        self.effects = effects
        self.moderators = moderators
        self.words = event.content.text if isinstance(event.content, Text) else ""
        """What the person typed; nothing where it was the words of a button."""
        self.keeps_misunderstood = False
        """What is not understood is kept, masked: the person is told so among what is kept."""
        self.now: datetime = event.at.astimezone(PARIS)
        self.screen = Screen()
        self.meaning: Meaning | None = None
        self.topic: str | None = None
        self.answers: dict[str, Any] = {}
        self.known: dict[int, set[str]] = {}
        """By the serial number of a talk, the questions that its last run came to, or asks where they are wanted."""
        self.edits = False
        self.decision: Decision | None = None
        self.answer: str | None = None
        """The id of the written answer that was shown, if one was."""

    def new_frame(self, topic: Topic, slots: Mapping[str, Any]) -> Frame:
        """A talk that begins now, with what was said of it already."""
        self.session.serial += 1
        return Frame(topic.name, self.session.serial, self.now.date(), slots=dict(slots))

    def push(self, frame: Frame) -> None:
        """Make `frame` the current talk; the others wait beneath."""
        frames = [kept for kept in self.session.frames if kept.topic != frame.topic]
        self.session.frames = [*frames, frame][-DEEPEST:]

    def bring_up(self, frame: Frame) -> None:
        """Make `frame` the current talk, whether it was paused or over."""
        self.session.drop(frame)
        self.push(frame)

    async def begin(self, topic: Topic, slots: Mapping[str, Any]) -> None:
        """Begin a topic, and leave what is running for later."""
        if topic.private and self.event.group:
            self.say(_("Others read along here. Write to me in private, and we will talk about it."))
            return
        frame = self.new_frame(topic, slots)
        self.push(frame)
        await self.play(frame)

    async def play(self, frame: Frame, incoming: Incoming | None = None, *, brief: bool = False) -> None:
        """Run the topic of `frame` up to its next question or its end. `NotAnAnswer` passes through.

        `brief`: the person comes back to a question they have seen, so it is shown without what led to it.
        """
        topic = self.registry.topics.get(frame.topic)
        if topic is None:  # it existed in another version
            self.session.drop(frame)
            await self.show_menu()
            return
        self.topic, self.answers = topic.name, frame.answers
        talk = self.new_talk(frame, incoming, brief=brief)
        path = frame.path
        if not brief:
            frame.reminded = 0
        try:
            try:
                await topic.run(talk)
            finally:
                self.known[frame.serial] = {*talk.questions, *talk.settings, *talk.looked_for}
        except Asked:
            self.absorb(talk)
        except NotAnAnswer as outcome:
            if incoming is None:  # an answer given by correction or by an old button does not fit
                self.say(outcome.refusal or outcome.kind.expects)
                frame.given.clear()
                await self.play(frame)
                return
            frame.path = path
            raise
        else:
            self.absorb(talk)
            content = self.event.content
            target = read_press(content.data) if isinstance(content, Press) else None
            if isinstance(target, AnswerPress) and target.question in talk.settings:
                self.edits = True
            await self.end(frame, topic)
            if talk.shows_again and self.session.current is None:
                await self.show_again()

    async def end(self, frame: Frame, topic: Topic) -> None:
        """A talk is over: come back to what it interrupted, and offer what was said in passing."""
        session = self.session
        session.end(frame, passing=topic.passing or topic.role is not None)
        if self.effects.forgotten or (self.meaning is not None and self.meaning.slots.get("crisis")):
            return  # nothing is left to come back to, or nothing else matters now
        language = session.language
        beneath = session.current
        if beneath is not None and beneath.topic in self.registry.topics:
            paused = self.registry.topics[beneath.topic]
            if topic.passing:
                answered, shown, folded = self.topic, len(self.screen.blocks), len(self.screen.folded)
                if not await self.remind(beneath):
                    return
                if beneath.asked is None:  # it asks nothing: its buttons are enough, what it showed is read already
                    del self.screen.blocks[shown:], self.screen.folded[folded:]
                self.topic = answered
                return
            self.say(_("Shall we go back to “{title}”?", title=paused.title))
            resume = ControlPress(Control.RESUME, beneath.serial)
            discard = ControlPress(Control.DISCARD, beneath.serial)
            self.screen.rows.append(
                [
                    Button(text_of(_("Yes, go on"), language), data=str(resume)),
                    Button(text_of(_("No, leave it"), language), data=str(discard)),
                ]
            )
        for wish in session.wishes:
            wished = self.registry.topics.get(wish.topic)
            if wished is not None and wished is not topic:
                self.say(_("You also spoke of something else. Shall we look at it?"))
                begin = ControlPress(Control.RESUME, wish.serial)
                self.screen.rows.append([Button(text_of(wished.title, language), data=str(begin))])
        session.ended = [*session.wishes, *session.ended]
        session.wishes = []

    def new_talk(
        self,
        frame: Frame,
        incoming: Incoming | None = None,
        *,
        due: dict[str, Any] | None = None,
        brief: bool = False,
        table: Table | None = None,
        asks: bool = True,
    ) -> Talk:
        """A run of the topic of `frame`, or of one of its functions that ask nothing (`asks`)."""
        return Talk(
            frame,
            self.session,
            self.effects,
            self.registry,
            self.catalogue,
            self.now,
            incoming,
            meaning=self.meaning,
            group=self.event.group,
            due=due,
            brief=brief,
            words=self.words,
            me=self.event.chat,
            moderators=self.moderators,
            keeps_misunderstood=self.keeps_misunderstood,
            table=table,
            asks=asks,
            draws=self._draw,
            knowledge=self.knowledge,
            contact=self.contact,
            daily_use=self._daily_use,
            from_address=bool(self.event.address),
        )

    async def _draw(self, make: Callable[[], Any]) -> Any:
        """What `make` returns, at the pace of papers; None, said plainly, for whoever has had many just now."""
        if self._drawing is None:
            return await asyncio.to_thread(make)
        made = await self._drawing.make(make, person=self.event.chat, address=self.event.address)
        if not isinstance(made, Wait):
            return made
        seconds = max(1, ceil(made.seconds))
        self.say(
            _("I have just made several papers for you. Press again in {seconds:number} seconds.", seconds=seconds)
        )
        return None

    async def draw_again(self, serial: int, question: str, value: str) -> Screen:
        """The screen of a talk that papers came with, from what it knows now: empty where it is forgotten."""
        began = read_press(self.event.content.data) if isinstance(self.event.content, Press) else None
        if (kept := self.session.frame(serial)) is not None:
            frame = copy.deepcopy(kept)
        elif isinstance(began, StartPress):  # all that the talk was about is on its button
            slots = {began.slot: began.value} if began.slot else {}
            frame = Frame(began.topic, serial, self.now.date(), slots=slots)
        else:
            return Screen()
        topic = self.registry.topics.get(frame.topic)
        if topic is None:
            return Screen()
        if question:
            frame.given = {question: {"press": value}}
        talk = self.new_talk(frame)
        with contextlib.suppress(Asked, NotAnAnswer):
            await topic.run(talk)
        return talk.screen

    async def point(self, table: Table, pointed: Pointed) -> bool:
        """Have the topic of a table answer what is pointed at; False where it does not, with nothing changed.

        A question that waits is asked again after the answer.
        """
        topic = self.registry.topics.get(table.topic)
        if topic is None or not topic.pointed:
            return False
        kept = self.session.frame(table.serial)
        frame = copy.deepcopy(kept) if kept is not None else Frame(topic.name, table.serial, self.now.date())
        for answer in topic.pointed:
            talk = self.new_talk(frame, table=table)
            with contextlib.suppress(Asked):  # what it would first have to ask it cannot tell
                if await answer(talk, pointed):
                    break
        else:
            return False
        if kept is not None:
            self.session.replace(frame)
        self.topic, self.answers = topic.name, frame.answers
        if talk.reruns:
            self.screen.blocks.extend(talk.screen.blocks)
            self.bring_up(frame)
            await self.play(frame)
            return True
        self.absorb(talk)
        waiting = self.session.current
        if waiting is not None and waiting.serial != frame.serial and waiting.asked:
            answered = self.topic
            await self.remind(waiting)
            self.topic = answered
        return True

    async def remind(self, waiting: Frame) -> bool:
        """Show the question that waits once more under something else. Who has passed over it often enough is not asked
        again: then it is left, and False."""
        if waiting.asked and waiting.reminded >= MOST_REMINDED:
            waiting.reminded = 0
            self.session.end(waiting, passing=False)
            return False
        waiting.reminded += bool(waiting.asked)
        await self.play(waiting, brief=True)
        return True

    async def knows(self, table: Table, pointed: Pointed) -> bool:
        """Whether a table holds the very answer to what is pointed at. Nothing is said or changed."""
        topic = self.registry.topics.get(table.topic)
        if topic is None or not topic.knows:
            return False
        kept = self.session.frame(table.serial)
        frame = copy.deepcopy(kept) if kept is not None else Frame(topic.name, table.serial, self.now.date())
        for knows in topic.knows:
            with contextlib.suppress(Asked):
                if await knows(self.new_talk(frame, table=table), pointed):
                    return True
        return False

    async def change(self, frame: Frame, change: Change) -> bool:
        """Have the topic of a talk bring a change into it, and run it again; False where it does not, with nothing
        changed."""
        topic = self.registry.topics.get(frame.topic)
        if topic is None or not topic.changed:
            return False
        changing = copy.deepcopy(frame)
        for bring_in in topic.changed:
            if await bring_in(self.new_talk(changing, asks=False), change):
                break
        else:
            return False
        changing.asked = None
        self.session.drop(frame)
        self.push(changing)
        await self.play(changing)
        return True

    async def come_back(self) -> None:
        """Show the pending question again, or the menu."""
        current = self.session.current
        if current is not None:
            await self.play(current, brief=True)
        else:
            await self.show_menu()

    async def show_again(self) -> None:
        """Say once more what was on show last: the talk that ended last, or the written answer."""
        session = self.session
        talks = [
            frame for frame in session.ended if (topic := self.registry.topics.get(frame.topic)) and not topic.passing
        ]
        last = talks[-1] if talks else None
        knowing = self.registry.knowing
        answers = [table for table in session.tables[:1] if knowing is not None and table.topic == knowing.name]
        if knowing is not None and answers and (last is None or answers[0].serial > last.serial):
            await self.begin(knowing, {"answer": list(answers[0].items)})
        elif last is not None:
            self.bring_up(last)
            await self.play(last)
        else:
            await self.show_menu()

    async def show_menu(self, *, whole: bool = False) -> None:
        """What there is to do: the few ways to help, or with `whole` all that there is."""
        await self.begin(self.registry.role(Role.WELCOME), {"menu": "all" if whole else "few"})

    def menu_button(self) -> Button:
        """The way to the menu."""
        return Button(text_of(_("Menu"), self.session.language), data=str(ControlPress(Control.MENU)))

    def say(self, phrase: Phrase) -> None:
        """A paragraph of the machine's own."""
        self.screen.blocks.append(render(phrase, self.session.language))

    def absorb(self, talk: Talk) -> None:
        """Add what a run has to show to the screen; the buttons of the latest run come last."""
        seen, screen = talk.screen, self.screen
        screen.blocks.extend(seen.blocks)
        screen.folded.extend(seen.folded)
        screen.agreed = seen.agreed
        if seen.table is not None:
            self.session.lay(seen.table)
            topic = self.registry.topics.get(seen.table.topic)
            if topic is not None and topic.role is Role.KNOWS and seen.table.items:
                self.answer = seen.table.items[0]
        screen.rows.extend(seen.rows)
        if seen.files or seen.picture:
            self.drawn = talk.serial
        screen.files.extend(seen.files)
        screen.picture = seen.picture or screen.picture
        screen.location = seen.location or screen.location
        screen.asks_location = seen.asks_location

    async def questions(self, frame: Frame) -> dict[str, Kind[Any]]:
        """What words can correct in this talk: the questions it has gone through, and its settings that have a slot."""
        talk = await self.rehearsed(frame)
        said = {name: kind for name, kind in talk.settings.items() if kind.slot}
        return {name: kind for name, (kind, _question) in talk.questions.items()} | said

    async def rehearsed(self, frame: Frame) -> Talk:
        """This talk as it would run now, without effects and shown to nobody."""
        talk = Talk(
            copy.deepcopy(frame),
            copy.deepcopy(self.session),
            NoEffects(self.effects),
            self.registry,
            self.catalogue,
            self.now,
            me=self.event.chat,
            moderators=self.moderators,
            keeps_misunderstood=self.keeps_misunderstood,
        )
        topic = self.registry.topics.get(frame.topic)
        with contextlib.suppress(Asked, NotAnAnswer):
            if topic is not None:
                await topic.run(talk)
        return talk
