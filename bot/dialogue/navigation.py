"""The controls at work: back, skip, menu, stop, another answer. They steer the talk in hand, whatever it is about."""

from __future__ import annotations

from bot.dialogue.asking import Incoming, NotAnAnswer
from bot.dialogue.buttons import Control, ControlPress
from bot.dialogue.controls import CANCEL, RESTART, STOP
from bot.dialogue.replies import Button
from bot.dialogue.session import SKIPPED, Frame
from bot.dialogue.talk_runner import TalkRunner
from bot.i18n import text_of
from bot.phrase import _

__all__ = ["Navigation"]


class Navigation:
    """What a control does, pressed or typed."""

    def __init__(self, runner: TalkRunner) -> None:
        self._runner = runner

    async def word(self, control: str) -> None:
        """A control that was typed. “stop”, with nothing in hand, is about what Allié sends by itself."""
        if control == STOP:
            topic = self._runner.registry.stopping
            if topic is not None and not self._runner.session.frames:
                await self._runner.begin(topic, {"about": "stop"})
                return
            self._runner.session.frames.clear()
            self._runner.say(_("All right, we leave it there."))
            if topic is not None and not self._runner.event.group:
                await self._runner.begin(topic, {"about": "quiet"})
            control = CANCEL
        await self.press(ControlPress(control), typed=True)

    async def press(self, press: ControlPress, *, typed: bool = False) -> None:
        session = self._runner.session
        if press.control in (Control.NO_NEWS, Control.KEPT):
            await self._begin(press.control)
            return
        frame = (session.current or session.last) if typed else session.frame(press.serial)
        if press.control in (Control.MENU, CANCEL):
            if session.frames:
                self._runner.say(_("All right, we leave it there."))
            session.frames.clear()
            await self._runner.show_menu(whole=press.control == Control.MENU)
        elif frame is None:
            self._runner.say(_("We had nothing in hand. Here is what we can do together."))
            await self._runner.show_menu()
        elif press.control == Control.DISCARD:
            session.drop(frame)
            self._runner.say(_("All right, we leave it there."))
            await self._runner.show_menu()
        else:
            self._runner.edits = frame is session.current and not typed
            await self._steer(press, frame, typed=typed)

    async def _begin(self, control: str) -> None:
        """A control that begins the topic which does what it says."""
        registry = self._runner.registry
        topic, slots = (
            (registry.stopping, {"about": "no_news"}) if control == Control.NO_NEWS else (registry.erasing, {})
        )
        if topic is None:
            await self._runner.show_menu()
        else:
            await self._runner.begin(topic, slots)

    async def _steer(self, press: ControlPress, frame: Frame, *, typed: bool) -> None:
        """A control that keeps the talk going."""
        if press.control == Control.EDIT:
            await self._edit(frame)
            return
        if press.control == Control.BACK and not frame.path:
            self._runner.session.drop(frame)
            await self._runner.show_menu()
            return
        if press.control == Control.BACK:
            frame.forget_answer(frame.path[-1])
        elif press.control == Control.CHANGE:
            await self._change(press.question, frame)
            return
        elif press.control == RESTART:
            frame = self._runner.new_frame(self._runner.registry.topics[frame.topic], {})
            self._runner.session.frames = [kept for kept in self._runner.session.frames if kept.topic != frame.topic]
        elif press.control == Control.SKIP and frame.asked and (typed or frame.asked == press.question):
            await self._skip(frame)
            return
        self._runner.bring_up(frame)
        await self._runner.play(frame, brief=press.control == Control.RESUME)

    async def _change(self, question: str, frame: Frame) -> None:
        """Ask one question again. One that the topic does not know (no button of ours says so) leaves no trace."""
        was_answered = question in frame.answers
        frame.forget_answer(question)
        self._runner.bring_up(frame)
        await self._runner.play(frame)
        if not was_answered and question not in self._runner.known.get(frame.serial, ()):
            frame.reopened.discard(question)

    async def _skip(self, frame: Frame) -> None:
        """Pass over the pending question, if it may be; one that may not explains itself."""
        self._runner.bring_up(frame)
        try:
            await self._runner.play(frame, Incoming(skip=True))
        except NotAnAnswer as outcome:
            self._runner.say(_("I do need this one to go on."))
            self._runner.say(outcome.kind.expects)
            await self._runner.play(frame, brief=True)

    async def _edit(self, frame: Frame) -> None:
        questions = await self._runner.questions(frame)
        rows = []
        for name in frame.path:
            stored = frame.answers.get(name)
            if name not in questions or stored is None or stored == SKIPPED:
                continue
            kind = questions[name]
            label = text_of(kind.shown(kind.load(stored)), self._runner.session.language)
            press = ControlPress(Control.CHANGE, frame.serial, name)
            rows.append([Button(label[:60], data=str(press))])
        if not rows:
            self._runner.say(_("There is no answer to change yet."))
            await self._runner.come_back()
            return
        self._runner.say(_("Which answer shall we change?"))
        self._runner.screen.rows.extend(rows)
        self._runner.topic = frame.topic
