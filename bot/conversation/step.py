"""One event in, one screen out: what a message means for the talk that is running.

An answer, a correction, a question in passing, a new wish and a control word are told apart here, so that no topic has
to. The session is changed in place; nothing else is.
"""

from __future__ import annotations

import contextlib
import copy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.buttons import AnswerPress, Control, ControlPress, StartPress, read_press
from bot.conversation.controls import COMMANDS, RESTART, clean, read_control
from bot.conversation.events import Command, Due, Event, Location, Media, Press, Text
from bot.conversation.kinds import Answer, Kind, Said
from bot.conversation.replies import Button
from bot.conversation.session import SKIPPED, Frame, Session
from bot.conversation.talk import Asked, Effects, Incoming, NotAnAnswer, Screen, Talk
from bot.conversation.topic import Registry, Role, Topic
from bot.i18n import LANGUAGES, render, text_of
from bot.phrase import Phrase, _
from bot.understanding import Understanding
from bot.understanding.about import find_about
from bot.understanding.corrections import replaced
from bot.understanding.meaning import Meaning

__all__ = ["Step"]

PARIS = ZoneInfo("Europe/Paris")
DEEPEST = 5
"""Talks that may wait beneath one another; the oldest is let go."""
SURE = 0.4
"""Below this confidence the two likeliest topics are offered instead."""


FOLLOWING = ("et ", "ou ", "avec ", "and ", "or ", "with ", "what about ", "how about ", "what if ")
"""How a message begins that goes on from what was just said: "et 500 ?"."""


class NoEffects:
    """For a run that only looks: whatever would have an effect ends it."""

    def __getattr__(self, name: str) -> Any:
        raise Asked


class Step:
    """The handling of one event. `screen` is what to show, `topic` who answered, `meaning` what was understood."""

    def __init__(
        self, registry: Registry, understanding: Understanding, session: Session, event: Event, effects: Effects
    ) -> None:
        self._registry = registry
        self._understanding = understanding
        self._session = session
        self._event = event
        self._effects = effects
        self._now: datetime = event.at.astimezone(PARIS)
        self.screen = Screen()
        self.meaning: Meaning | None = None
        self.topic: str | None = None
        self.answers: dict[str, Any] = {}
        self.edits = False
        """The screen replaces the one whose button was pressed."""

    async def run(self) -> None:
        content = self._event.content
        if isinstance(content, Text):
            await self._text(clean(content.text))
        elif isinstance(content, Command):
            await self._command(content)
        elif isinstance(content, Press):
            await self._press(content)
        elif isinstance(content, Location):
            await self._location(content)
        elif isinstance(content, Media):
            await self._media()
        elif isinstance(content, Due):
            await self._due(content)

    # What a person can send

    async def _text(self, text: str) -> None:
        if not any(character.isalnum() for character in text):
            self._say(_("I can only read words and numbers. Tell me what you would like, in your own words."))
            await self._come_back()
            return
        typed = self._typed_label(text)
        if typed is not None:
            await self._press(Press(typed))
            return
        control = read_control(text)
        if control is not None and (control != Control.RESUME or self._session.frames):
            await self._control(ControlPress(control), typed=True)
            return
        self.meaning = meaning = self._understanding.read(text, today=self._now.date(), language=self._session.language)
        self._follow_language(meaning, text)
        current = self._session.current
        if meaning.slots.get("crisis"):
            await self._begin(self._registry.role(Role.UNSURE), meaning.slots)
        elif current is not None:
            await self._in_talk(current, text, meaning)
        elif not await self._follow_up(text, meaning):
            await self._new_wish(text, meaning)

    def _typed_label(self, text: str) -> str | None:
        wanted = text.casefold()
        for label, data in self._session.screen:
            if label.casefold() == wanted:
                return data
        return None

    def _follow_language(self, meaning: Meaning, text: str) -> None:
        """Answer in the language the person writes, unless they chose one."""
        session, words = self._session, len(text.split())
        if meaning.language in LANGUAGES:
            enough = 3 if session.frames else (1 if session.serial == 0 else 2)
            if words >= enough and not session.language_chosen:
                session.language = meaning.language
        elif words >= 2 and session.current is None:
            self._say(_("I understand a little of your language, but I answer in English. I speak French too."))

    async def _in_talk(self, current: Frame, text: str, meaning: Meaning) -> None:
        if meaning.correction and await self._correct(current, text, meaning):
            return
        try:
            await self._run(current, Incoming(text, meaning=meaning))
        except NotAnAnswer as outcome:
            await self._elsewhere(current, outcome, text, meaning)

    async def _elsewhere(self, current: Frame, outcome: NotAnAnswer, text: str, meaning: Meaning) -> None:
        """The text does not answer the question: a question in passing, a new wish, a correction, or not understood."""
        topic = self._registry.topics.get(meaning.topic)
        if outcome.refusal is None:
            for candidate in dict.fromkeys((self._registry.topics.get(current.topic), topic)):
                if candidate is not None and await self._aside(candidate, text, current):
                    return
            if topic is not None and topic.name == current.topic and await self._correct(current, text, meaning):
                return
            wishes_other = topic is not None and topic.name != current.topic and topic.role is not Role.UNSURE
            if topic is not None and wishes_other and meaning.confidence >= SURE:
                await self._begin(topic, _said(text, topic, meaning))
                return
        if outcome.refusal is None:
            self._say(_("I am not sure I understood."))
        self._say(outcome.refusal or outcome.kind.expects)
        await self._run(current, brief=True)

    async def _aside(self, topic: Topic, text: str, current: Frame | None) -> bool:
        """Answer a question in passing about `topic`, if the text is one; the pending question comes back."""
        name = find_about(text, topic.name, topic.asides) if topic.asides else None
        if name is None:
            return False
        frame = current if current and current.topic == topic.name else self._frame(topic, {})
        talk = self._talk(copy.deepcopy(frame))
        await topic.asides[name](talk)
        self._absorb(talk)
        self.topic = topic.name
        if current is not None:
            await self._run(current, brief=True)
        else:
            self.screen.rows.append([talk.start(topic.title, topic.name), self._menu_button()])
        return True

    async def _follow_up(self, text: str, meaning: Meaning) -> bool:
        """A few words after the end of a talk may correct it: "et 500 ?", "non, pour la SPA"."""
        last = self._session.last
        if last is None:
            return False
        if meaning.correction:
            return await self._correct(last, text, meaning)
        words = len(text.split())
        follows = words <= 6 and text.casefold().startswith(FOLLOWING)
        if follows or (words <= 2 and meaning.slots):
            return await self._correct(last, text, meaning)
        topic = self._registry.topics.get(last.topic)
        return topic is not None and self._asks_only(meaning) and await self._aside(topic, text, None)

    async def _correct(self, frame: Frame, text: str, meaning: Meaning) -> bool:
        """Replace the earlier answer that the text is about. False if it is about none."""
        _refused, replacement = replaced(text)
        words = replacement or text
        questions = await self._questions(frame)
        said = Said(words, self._session.language, frame.today)
        slots = meaning.slots
        if replacement and replacement != text:
            slots = self._understanding.read(words, today=frame.today, language=self._session.language).slots or slots
        changed = False
        for name, kind in questions.items():
            slot = kind.slot or name
            if name in frame.path and slot in slots and isinstance(kind.from_slot(slots[slot]), Answer):
                frame.forget_answer(name)
                del frame.slots["-" + name]
                frame.slots[slot] = slots[slot]
                changed = True
        if not changed:
            for name in reversed(frame.path):
                kind = questions.get(name, Kind())
                if not kind.greedy and isinstance(kind.read(said), Answer):
                    frame.answers.pop(name, None)
                    frame.given[name] = {"text": words}
                    changed = True
                    break
        if changed:
            self._bring_up(frame)
            await self._run(frame)
        return changed

    async def _questions(self, frame: Frame) -> dict[str, Kind[Any]]:
        """The questions this talk has gone through, found by running it without effects."""
        topic = self._registry.topics.get(frame.topic)
        if topic is None:
            return {}
        talk = Talk(copy.deepcopy(frame), copy.deepcopy(self._session), NoEffects(), self._registry, self._now)
        with contextlib.suppress(Asked, NotAnAnswer):
            await topic.run(talk)
        return {name: kind for name, (kind, _question) in talk.questions.items()}

    async def _new_wish(self, text: str, meaning: Meaning) -> None:
        topic = self._registry.topics.get(meaning.topic)
        if topic is None or (meaning.confidence < SURE and topic.role is None):
            topic = self._registry.role(Role.UNSURE)
        elif self._asks_only(meaning) and await self._aside(topic, text, None):
            return
        self._session.wishes = [wish for wish in meaning.wishes if wish in self._registry.topics][:2]
        await self._begin(topic, _said(text, topic, meaning))

    @staticmethod
    def _asks_only(meaning: Meaning) -> bool:
        """A question about the topic, without a case of one's own to work on."""
        return meaning.question and not ({"amount", "amounts"} & meaning.slots.keys())

    async def _command(self, command: Command) -> None:
        name = command.name.lower()
        topic = self._registry.commands.get(name)
        if name in COMMANDS:
            await self._control(ControlPress(COMMANDS[name]), typed=True)
        elif name == "start" and command.argument:
            linked = read_press(">" + command.argument.replace("-", ".", 1).replace("-", "=", 1))
            known = isinstance(linked, StartPress) and linked.topic in self._registry.topics
            await self._press(Press(str(linked))) if known else await self._menu()
        elif topic is not None:
            await self._begin(topic, {})
            if command.argument and self._session.current is not None:
                self.screen.clear()
                await self._text(clean(command.argument))
        elif name in ("start", "help", "aide"):
            await self._menu()
        else:
            self._say(_("I do not know the command /{name}.", name=name[:32]))
            await self._come_back()

    async def _location(self, location: Location) -> None:
        current = self._session.current
        if current is not None:
            try:
                await self._run(current, Incoming(location=(location.latitude, location.longitude)))
            except NotAnAnswer:
                pass
            else:
                return
        self._say(_("Thank you, but I do not need your position for this, and I did not keep it."))
        await self._come_back()

    async def _media(self) -> None:
        self._say(_("I can only read text for now. Write to me in a few words: that will do."))
        await self._come_back()

    async def _due(self, due: Due) -> None:
        """A reminder is composed when it is due; it leaves the running talk alone."""
        topic = self._registry.composing(due.name)
        if topic is None:
            return
        talk = self._talk(self._frame(topic, {}), due=due.data)
        self.topic = topic.name
        try:
            await topic.run(talk)
        except Asked:
            talk.screen.clear()  # a reminder asks nothing
        self._absorb(talk)

    # Buttons

    async def _press(self, press: Press, *, again: bool = True) -> None:
        target = read_press(press.data)
        if isinstance(target, AnswerPress) and target.topic in self._registry.topics:
            await self._answer(target)
        elif isinstance(target, StartPress) and target.topic in self._registry.topics:
            slots = {target.slot: target.value} if target.slot else {}
            await self._begin(self._registry.topics[target.topic], slots)
        elif isinstance(target, ControlPress):
            await self._control(target)
        else:
            typed = self._typed_label(clean(press.data)) if again else None
            if typed is not None:
                await self._press(Press(typed), again=False)
                return
            self._say(_("I do not know this button any more. Here is what we can do together."))
            await self._menu()

    async def _answer(self, press: AnswerPress) -> None:
        frame = self._session.frame(press.serial)
        if frame is None or frame.topic != press.topic:
            # From a talk that is long over: begin again with this answer.
            frame = self._frame(self._registry.topics[press.topic], {})
            self._push(frame)
        else:
            self.edits = frame is self._session.current and frame.asked == press.question
            self._bring_up(frame)
        frame.given = {press.question: {"press": press.value}}
        await self._run(frame)
        frame.given.pop(press.question, None)

    async def _control(self, press: ControlPress, *, typed: bool = False) -> None:
        session = self._session
        frame = (session.current or session.last) if typed else session.frame(press.serial)
        if press.control == Control.MENU:
            if session.frames:
                self._say(_("All right, we leave it there."))
            session.frames.clear()
            await self._menu()
        elif frame is None:
            self._say(_("We had nothing in hand. Here is what we can do together."))
            await self._menu()
        elif press.control == Control.DISCARD:
            session.frames = [kept for kept in session.frames if kept is not frame]
            self._say(_("All right, we leave it there."))
            await self._menu()
        else:
            self.edits = frame is session.current and not typed
            await self._steer(press, frame, typed=typed)

    async def _steer(self, press: ControlPress, frame: Frame, *, typed: bool) -> None:
        """A control that keeps the talk going."""
        if press.control == Control.EDIT:
            await self._edit(frame)
            return
        if press.control == Control.BACK and not frame.path:
            self._session.frames = [kept for kept in self._session.frames if kept is not frame]
            await self._menu()
            return
        if press.control == Control.BACK:
            frame.forget_answer(frame.path[-1])
        elif press.control == Control.CHANGE:
            frame.forget_answer(press.question)
        elif press.control == RESTART:
            frame = self._frame(self._registry.topics[frame.topic], {})
            self._session.frames = [kept for kept in self._session.frames if kept.topic != frame.topic]
        elif press.control == Control.SKIP and frame.asked and (typed or frame.asked == press.question):
            await self._skip(frame)
            return
        self._bring_up(frame)
        await self._run(frame, brief=press.control == Control.RESUME)

    async def _skip(self, frame: Frame) -> None:
        """Pass over the pending question, if it may be; one that may not explains itself."""
        self._bring_up(frame)
        try:
            await self._run(frame, Incoming(skip=True))
        except NotAnAnswer as outcome:
            self._say(_("I do need this one to go on."))
            self._say(outcome.kind.expects)
            await self._run(frame, brief=True)

    async def _edit(self, frame: Frame) -> None:
        questions = await self._questions(frame)
        rows = []
        for name in frame.path:
            stored = frame.answers.get(name)
            if name not in questions or stored is None or stored == SKIPPED:
                continue
            kind = questions[name]
            label = text_of(kind.shown(kind.load(stored)), self._session.language)
            press = ControlPress(Control.CHANGE, frame.serial, name)
            rows.append([Button(label[:60], data=str(press))])
        if not rows:
            self._say(_("There is no answer to change yet."))
            await self._come_back()
            return
        self._say(_("Which answer shall we change?"))
        self.screen.rows.extend(rows)
        self.topic = frame.topic

    # Running

    def _frame(self, topic: Topic, slots: dict[str, Any] | Any) -> Frame:
        self._session.serial += 1
        return Frame(topic.name, self._session.serial, self._now.date(), slots=dict(slots))

    def _push(self, frame: Frame) -> None:
        frames = [kept for kept in self._session.frames if kept.topic != frame.topic]
        self._session.frames = [*frames, frame][-DEEPEST:]

    def _bring_up(self, frame: Frame) -> None:
        """Make `frame` the current talk, whether it was paused or over."""
        session = self._session
        session.ended = [kept for kept in session.ended if kept is not frame]
        self._session.frames = [kept for kept in session.frames if kept is not frame]
        self._push(frame)

    async def _begin(self, topic: Topic, slots: dict[str, Any] | Any) -> None:
        if topic.private and self._event.group:
            self._say(_("Others read along here. Write to me in private, and we will talk about it."))
            return
        frame = self._frame(topic, slots)
        self._push(frame)
        await self._run(frame)

    async def _run(self, frame: Frame, incoming: Incoming | None = None, *, brief: bool = False) -> None:
        """Run the topic of `frame` up to its next question or its end. `NotAnAnswer` passes through.

        `brief`: the person comes back to a question they have seen, so it is shown without what led to it.
        """
        topic = self._registry.topics.get(frame.topic)
        if topic is None:  # it existed in another version
            self._session.frames = [kept for kept in self._session.frames if kept is not frame]
            await self._menu()
            return
        self.topic, self.answers = topic.name, frame.answers
        talk = self._talk(frame, incoming, brief=brief)
        path = frame.path
        try:
            await topic.run(talk)
        except Asked:
            self._absorb(talk)
        except NotAnAnswer as outcome:
            if incoming is None:  # an answer given by correction or by an old button does not fit
                self._say(outcome.refusal or outcome.kind.expects)
                frame.given.clear()
                await self._run(frame)
                return
            frame.path = path
            raise
        else:
            self._absorb(talk)
            content = self._event.content
            target = read_press(content.data) if isinstance(content, Press) else None
            if isinstance(target, AnswerPress) and target.question in talk.settings:
                self.edits = True
            await self._end(frame, topic)

    async def _end(self, frame: Frame, topic: Topic) -> None:
        session = self._session
        session.end(frame, passing=topic.passing or topic.role is not None)
        if self._effects.forgotten or (self.meaning is not None and self.meaning.slots.get("crisis")):
            return  # nothing is left to come back to, or nothing else matters now
        language = session.language
        beneath = session.current
        if beneath is not None and beneath.topic in self._registry.topics:
            paused = self._registry.topics[beneath.topic]
            if topic.passing:
                answered = self.topic
                await self._run(beneath, brief=True)
                self.topic = answered
                return
            self._say(_("Shall we go back to “{title}”?", title=paused.title))
            resume = ControlPress(Control.RESUME, beneath.serial)
            discard = ControlPress(Control.DISCARD, beneath.serial)
            self.screen.rows.append(
                [
                    Button(text_of(_("Yes, go on"), language), data=str(resume)),
                    Button(text_of(_("No, leave it"), language), data=str(discard)),
                ]
            )
        for wish in session.wishes:
            if wish != topic.name:
                wished = self._registry.topics[wish]
                self._say(_("You also spoke of something else. Shall we look at it?"))
                self.screen.rows.append([Button(text_of(wished.title, language), data=str(StartPress(wish)))])
        session.wishes = []

    def _talk(
        self,
        frame: Frame,
        incoming: Incoming | None = None,
        *,
        due: dict[str, Any] | None = None,
        brief: bool = False,
    ) -> Talk:
        return Talk(
            frame,
            self._session,
            self._effects,
            self._registry,
            self._now,
            incoming,
            meaning=self.meaning,
            group=self._event.group,
            due=due,
            brief=brief,
        )

    async def _come_back(self) -> None:
        """Show the pending question again, or the menu."""
        current = self._session.current
        if current is not None:
            await self._run(current, brief=True)
        else:
            await self._menu()

    async def _menu(self) -> None:
        await self._begin(self._registry.role(Role.WELCOME), {"menu": True})

    def _menu_button(self) -> Button:
        return Button(text_of(_("Menu"), self._session.language), data=str(ControlPress(Control.MENU)))

    def _say(self, phrase: Phrase) -> None:
        self.screen.blocks.append(render(phrase, self._session.language))

    def _absorb(self, talk: Talk) -> None:
        """Add what a run has to show to the screen; the buttons of the latest run come last."""
        seen, screen = talk.screen, self.screen
        screen.blocks.extend(seen.blocks)
        screen.rows.extend(seen.rows)
        screen.files.extend(seen.files)
        screen.picture = seen.picture or screen.picture
        screen.location = seen.location or screen.location
        screen.asks_location = seen.asks_location


def _said(text: str, topic: Topic, meaning: Meaning) -> dict[str, Any]:
    """What the person said in passing: the slots, and what their message is `about` within the topic."""
    about = find_about(text, topic.name)
    return {**meaning.slots, "about": about} if about else dict(meaning.slots)
