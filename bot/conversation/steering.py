"""The controls at work: back, skip, menu, stop, another answer. They steer the talk in hand, whatever it is about."""

from __future__ import annotations

from bot.conversation.buttons import Control, ControlPress
from bot.conversation.controls import RESTART, STOP
from bot.conversation.replies import Button
from bot.conversation.session import SKIPPED, Frame
from bot.conversation.stage import Stage
from bot.conversation.talk import Incoming, NotAnAnswer
from bot.i18n import text_of
from bot.phrase import _

__all__ = ["Steering"]


class Steering:
    """What a control does, pressed or typed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def word(self, control: str) -> None:
        """A control that was typed. “stop”, with nothing in hand, is about what Allié sends by itself."""
        if control == STOP:
            topic = self._stage.registry.stopping
            if topic is not None and not self._stage.session.frames:
                await self._stage.begin(topic, {"about": "stop"})
                return
            self._stage.session.frames.clear()
            self._stage.say(_("All right, we leave it there."))
            if topic is not None and not self._stage.event.group:
                await self._stage.begin(topic, {"about": "quiet"})
            control = Control.MENU
        await self.press(ControlPress(control), typed=True)

    async def press(self, press: ControlPress, *, typed: bool = False) -> None:
        session = self._stage.session
        frame = (session.current or session.last) if typed else session.frame(press.serial)
        if press.control == Control.MENU:
            if session.frames:
                self._stage.say(_("All right, we leave it there."))
            session.frames.clear()
            await self._stage.show_menu()
        elif frame is None:
            self._stage.say(_("We had nothing in hand. Here is what we can do together."))
            await self._stage.show_menu()
        elif press.control == Control.DISCARD:
            session.drop(frame)
            self._stage.say(_("All right, we leave it there."))
            await self._stage.show_menu()
        else:
            self._stage.edits = frame is session.current and not typed
            await self._steer(press, frame, typed=typed)

    async def _steer(self, press: ControlPress, frame: Frame, *, typed: bool) -> None:
        """A control that keeps the talk going."""
        if press.control == Control.EDIT:
            await self._edit(frame)
            return
        if press.control == Control.BACK and not frame.path:
            self._stage.session.drop(frame)
            await self._stage.show_menu()
            return
        if press.control == Control.BACK:
            frame.forget_answer(frame.path[-1])
        elif press.control == Control.CHANGE:
            frame.forget_answer(press.question)
        elif press.control == RESTART:
            frame = self._stage.new_frame(self._stage.registry.topics[frame.topic], {})
            self._stage.session.frames = [kept for kept in self._stage.session.frames if kept.topic != frame.topic]
        elif press.control == Control.SKIP and frame.asked and (typed or frame.asked == press.question):
            await self._skip(frame)
            return
        self._stage.bring_up(frame)
        await self._stage.play(frame, brief=press.control == Control.RESUME)

    async def _skip(self, frame: Frame) -> None:
        """Pass over the pending question, if it may be; one that may not explains itself."""
        self._stage.bring_up(frame)
        try:
            await self._stage.play(frame, Incoming(skip=True))
        except NotAnAnswer as outcome:
            self._stage.say(_("I do need this one to go on."))
            self._stage.say(outcome.kind.expects)
            await self._stage.play(frame, brief=True)

    async def _edit(self, frame: Frame) -> None:
        questions = await self._stage.questions(frame)
        rows = []
        for name in frame.path:
            stored = frame.answers.get(name)
            if name not in questions or stored is None or stored == SKIPPED:
                continue
            kind = questions[name]
            label = text_of(kind.shown(kind.load(stored)), self._stage.session.language)
            press = ControlPress(Control.CHANGE, frame.serial, name)
            rows.append([Button(label[:60], data=str(press))])
        if not rows:
            self._stage.say(_("There is no answer to change yet."))
            await self._stage.come_back()
            return
        self._stage.say(_("Which answer shall we change?"))
        self._stage.screen.rows.extend(rows)
        self._stage.topic = frame.topic
