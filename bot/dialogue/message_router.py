"""One event in, one screen out: what a message means for the talk that is running.

An answer, a correction, a question in passing, a new wish and a control word are told apart here, so that no topic has
to. The session is changed in place; nothing else is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any

from bot.dialogue.asking import Asked
from bot.dialogue.buttons import AnswerPress, Control, ControlPress, StartPress, read_press
from bot.dialogue.change import Change
from bot.dialogue.command_router import CommandRouter
from bot.dialogue.controls import ERASE, clean, read_control
from bot.dialogue.conversation_language import follow_language
from bot.dialogue.decision import CERTAIN, Decision, Interpretation, Sort, ranked
from bot.dialogue.events import Command, Due, Location, Media, Press, Text
from bot.dialogue.facts import SPEAKER
from bot.dialogue.interpreter import Interpreter
from bot.dialogue.message_shape import (
    SURE,
    as_typed,
    digest_of,
    holds,
    is_other_sum,
    labelled,
    of_several,
    said_in_passing,
)
from bot.dialogue.navigation import Navigation
from bot.dialogue.session import SKIPPED, Frame
from bot.dialogue.talk_runner import TalkRunner
from bot.dialogue.topic import Registry, Role, Topic
from bot.dialogue.wordless import Wordless
from bot.i18n import LANGUAGES, text_of
from bot.knowledge import Candidates, Certainty
from bot.phrase import _
from bot.questions.kind import Answer, Kind, Said
from bot.understanding import Understanding
from bot.understanding.about import find_about
from bot.understanding.answers import read_skip, read_yes_no
from bot.understanding.asked_language import wants_language
from bot.understanding.courtesy import read_courtesy
from bot.understanding.givers import read_giver
from bot.understanding.masking import masked
from bot.understanding.meaning import Meaning
from bot.understanding.papers_asked import read_paper_asked
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots

__all__ = ["MessageRouter"]

THEM = frozenset({"lui", "leur", "eux", "them", "it"})
"""Words that stand for the body spoken of last."""
NUMBER = re.compile(r"(?:le |la |the )?(\d{1,3})(?:e|er|[eè]me|st|nd|rd|th)?")
THINGS = ("organisation", "nature", "country")
"""Slots that tell what a message is about, rather than how much or when."""
ONE_SIDED = frozenset({"about", "role"})
"""Slots that tell who speaks and of what: they do not go along to another topic of the same matter."""

Keep = Callable[[str, str, str], None]
"""Keeps a masked message that was not understood: its text, language and topic."""


@lru_cache(maxsize=1)
def names_of(registry: Registry) -> dict[str, dict[str, Topic]]:
    """By language and name as typed, the topics that people call by a command."""
    called = [topic for topic in registry.topics.values() if topic.command and topic.hint]
    return {code: {as_typed(text_of(topic.title, code)): topic for topic in called} for code in LANGUAGES}


class MessageRouter:
    """The handling of one event. What comes of it is on the runner; `keep` takes what was not understood, masked."""

    def __init__(self, runner: TalkRunner, understanding: Understanding, keep: Keep | None = None) -> None:
        self.runner = runner
        self._understanding = understanding
        self._keep = keep
        self._navigation = Navigation(runner)
        runner.keeps_misunderstood = keep is not None

    async def run(self) -> None:
        content = self.runner.event.content
        if await self._is_old_news():
            return
        if isinstance(content, Text):
            await self._text(clean(content.text))
        elif isinstance(content, Command):
            await CommandRouter(self, self._navigation).command(content)
        elif isinstance(content, Press):
            await self.press(content)
        elif isinstance(content, Location):
            await Wordless(self).location(content)
        elif isinstance(content, Media):
            await Wordless(self).media()
        elif isinstance(content, Due):
            await self._due(content)

    # What a person can send

    async def _is_old_news(self) -> bool:
        """Whether a message was changed that is not the person's last one: what came of it since is left as it is."""
        event, session = self.runner.event, self.runner.session
        if not event.edited:
            session.origin = event.origin or session.origin
            return False
        if session.origin in ("", event.origin):
            return False
        self.runner.say(_("You have changed an earlier message. Tell me here what is to be different."))
        if session.current is not None:
            await self.runner.come_back()
        return True

    async def _text(self, text: str) -> None:
        if not any(character.isalnum() for character in text):
            if (typed := self.typed_label(text, Sentence(text))) is not None:
                await self.press(Press(typed))
            else:
                await Wordless(self).signs(text)
            return
        self.runner.session.turn += 1
        sentence = Sentence(text)
        if (steering := self._steering(text, sentence)) is not None:
            await self._decide([steering])
            return
        meaning = self.meaning_of(sentence)
        if self.runner.event.edited:
            meaning = dataclasses.replace(meaning, correction=True)
        self.runner.meaning = meaning
        foreign = await follow_language(self.runner, meaning, sentence)
        self._hear_who_speaks(meaning, text)
        if meaning.slots.get("crisis"):
            unsure = self.runner.registry.role(Role.UNSURE)
            await self._decide([Interpretation(Sort.DISTRESS, 1.0, "distress", self._begins(unsure, meaning.slots))])
        else:
            interpreter = Interpreter(self, text, sentence, meaning)
            await self._decide(await interpreter.of_the_talk(), interpreter.beyond_it)
            if meaning.grief is not None:
                await self._condole(meaning.grief)
        if foreign:
            topic = self.runner.registry.topics.get(self.runner.topic or "")
            if topic is not None and topic.role is None:
                self.runner.screen.rows.append([self.runner.menu_button()])

    async def _condole(self, grief: str) -> None:
        """A word to who grieves, before what was asked; not twice, where the answer begins with it."""
        runner = self.runner
        topic = runner.registry.role(Role.UNSURE)
        talk = runner.new_talk(Frame(topic.name, 0, runner.now.date(), slots={"grief": grief}))
        await topic.run(talk)
        word, *others = talk.screen.blocks
        blocks = runner.screen.blocks
        is_said = any(block.startswith(word) for block in blocks)
        runner.screen.blocks = [*blocks, *others] if is_said else [word, *others, *blocks]

    async def type(self, text: str) -> None:
        """Take `text` as if the person had typed it."""
        await self._text(clean(text))

    async def _decide(
        self, proposed: list[Interpretation], others: Callable[[], list[Interpretation]] | None = None
    ) -> None:
        """Act upon the likeliest meaning that has something to say. `others` are looked for where none is certain."""
        left = ranked(proposed)
        while left or others is not None:
            if others is not None and not (left and left[0].weight > CERTAIN):
                left, others = ranked([*left, *others()]), None
                continue
            interpretation = left.pop(0)
            if await interpretation.act():
                self.runner.decision = Decision(interpretation, left[0] if left else None)
                return

    def _steering(self, text: str, sentence: Sentence) -> Interpretation | None:
        """A word of control, the words of a button on show, or the name of a topic, and nothing else."""
        session, registry = self.runner.session, self.runner.registry

        def steers(reason: str, act: Callable[[], Awaitable[object]]) -> Interpretation:
            async def done() -> bool:
                await act()
                return True

            return Interpretation(Sort.CONTROL, 1.0, reason, done)

        if (typed := self.typed_label(text, sentence)) is not None:
            return steers("the words of a button on show", lambda: self.press(Press(typed)))
        control = read_control(text, session.language)
        if control == ERASE and (erasing := registry.erasing) is not None:
            return steers("asks to be forgotten", lambda: self.runner.begin(erasing, {"about": "erase"}))
        if control is not None and control != ERASE and (control != Control.RESUME or session.frames):
            return steers(f"the control {control}", lambda: self._navigation.word(control))
        asked = wants_language(sentence, alone=session.current is None)
        if asked is not None and (speaking := registry.speaking) is not None:
            return steers(f"asks to go on in {asked}", lambda: self.runner.begin(speaking, {"language": asked}))
        if (titled := self._titled(text)) is not None:
            about = find_about(text, titled.name)
            return steers("the name of a topic", lambda: self.runner.begin(titled, {"about": about} if about else {}))
        return None

    def _begins(self, topic: Topic, slots: Mapping[str, Any]) -> Callable[[], Awaitable[bool]]:
        async def act() -> bool:
            await self.runner.begin(topic, slots)
            return True

        return act

    def meaning_of(self, said: str | Sentence) -> Meaning:
        runner = self.runner
        current = runner.session.current or runner.session.last
        return self._understanding.read(
            said,
            today=runner.now.date(),
            language=runner.session.language,
            running=current.topic if current is not None else None,
            shown=bool(runner.session.tables or len(runner.session.facts)),
            asked=bool(runner.session.tables or (runner.session.current and runner.session.current.asked)),
        )

    def _titled(self, text: str) -> Topic | None:
        """The topic whose name this is, of those that people call by a command: "mes favoris"."""
        wanted, session, names = as_typed(text), self.runner.session, names_of(self.runner.registry)
        for language in (session.language, *LANGUAGES):
            if (topic := names.get(language, {}).get(wanted)) is not None:
                session.language = session.language if session.language_chosen else language
                return topic
        return None

    def typed_label(self, text: str, sentence: Sentence) -> str | None:
        """What the button on show carries whose words were typed, if they were."""
        wanted = as_typed(text)
        for label, data in self.runner.session.screen:
            if as_typed(label) == wanted or label == digest_of(wanted):
                return data
        if (numbered := self._numbered_label(text)) is not None:
            return numbered
        return labelled(read_paper_asked(sentence), self.runner.session.screen) or self._back_or_not(sentence)

    def _numbered_label(self, text: str) -> str | None:
        """The only answer on show that holds this number, beside a name: « 12 » is « Paris 12e »."""
        number = NUMBER.fullmatch(as_typed(text))
        if number is None:
            return None
        held = re.compile(rf"(?=.*[^\W\d_]{{3}}).*\b{number[1]}(?!\d)")
        answers = [
            data
            for label, data in self.runner.session.screen
            if held.match(label) and isinstance(read_press(data), AnswerPress)
        ]
        return answers[0] if len(answers) == 1 else None

    def _back_or_not(self, sentence: Sentence) -> str | None:
        """“Yes”, typed where the way to a talk that waits is offered, takes it; “no” leaves it."""
        pressed = [(read_press(data), data) for _label, data in self.runner.session.screen]
        offered = {press.control: data for press, data in reversed(pressed) if isinstance(press, ControlPress)}
        says_more = any(character.isdigit() for character in sentence.text)
        if says_more or Control.RESUME not in offered or (answer := read_yes_no(sentence)) is None:
            return None
        return offered.get(Control.RESUME if answer else Control.DISCARD)

    async def note(self, current: Frame, meaning: Meaning) -> bool:
        """Keep what a few words tell of this talk before it is asked, and ask again what was asked."""
        if not meaning.here:
            return False
        current.slots.update(meaning.here)
        self.runner.say(_("I have noted that."))
        await self.runner.play(current, brief=True)
        return True

    async def answered(self, knowing: Topic, found: Candidates, sentence: Sentence, *, beside: bool) -> None:
        """Show a written answer, or the few that it may be; a question that waits comes back. `beside` something else
        on the same screen it is shown alone, without those it may have been.

        Where a topic does what the answer describes, it begins instead, with what the message tells of it.
        """
        ids = [candidate.id for candidate in found.choice]
        written = self.runner.knowledge and self.runner.knowledge.answer(ids[0], self.runner.session.language)
        doing = self.runner.registry.doing(ids[0])
        if doing is not None and found.certainty is not Certainty.UNSURE and not (written and written.is_own):
            topic, about = doing
            today, language = self.runner.now.date(), self.runner.session.language
            told = read_slots(sentence, language, today, topic.hears) if topic.hears.has_slots else {}
            await self.runner.begin(topic, {**told, "about": about})
            return
        if beside and found.certainty is not Certainty.UNSURE:
            await self.runner.begin(knowing, {"answer": ids[:1], "beside": True})
        else:
            await self.runner.begin(knowing, {"answer": ids, "certainty": found.certainty.value})

    def keep_told(self, text: str, meaning: Meaning) -> None:
        """A question that was answered in writing leaves what it told with the topic it was about, so that « et le même
        aux Restos ? » goes on from there. What is in hand stays, and so does what was before about the same things."""
        session, topics = self.runner.session, self.runner.registry.topics
        topic, last = topics.get(meaning.topic), session.last
        before = topics.get(last.topic) if last is not None else None
        body = meaning.slots.get("organisation")
        if (
            meaning.confidence < SURE
            and body is not None
            and before is not None
            and "organisation" in before.hears.slots
        ):
            topic = before  # whatever was asked of that body, what follows is about it
        if topic is None or not topic.changed or session.current is not None:
            return
        is_same = before is not None and (before is topic or (topic.matter != "" and before.matter == topic.matter))
        if not is_same and meaning.confidence < SURE:
            return
        things = [meaning.slots[slot] for slot in THINGS if slot in meaning.slots]
        if last is not None and is_same and all(holds([last.slots, last.answers], thing) for thing in things):
            return
        if slots := said_in_passing(text, topic, meaning):
            session.end(self.runner.new_frame(topic, slots), passing=False)

    async def other_side(self, frame: Frame, meaning: Meaning, change: Change) -> bool:
        """“In the end my company gives, not me”: the same matter from another side, where what was said goes along."""
        topics = self.runner.registry.topics
        before, topic = topics.get(frame.topic), topics.get(meaning.topic)
        if before is None or topic is None or topic is before or not topic.matter or topic.matter != before.matter:
            return False
        if meaning.confidence < SURE or is_other_sum(change.words, meaning):
            return False
        asked_for = next((table.open for table in self.runner.session.tables if table.serial == frame.serial), ())
        only_here = (meaning.here.keys() - meaning.slots.keys()) & set(asked_for)  # what only the talk in hand can read
        if only_here and read_giver(change.words) is None:
            return False
        said = {slot: value for slot, value in frame.slots.items() if slot not in ONE_SIDED}
        for name, kind in (await self.runner.questions(frame)).items():
            if kind.slot == name and frame.answers.get(name, SKIPPED) != SKIPPED:
                said[name] = frame.answers[name]
        self.runner.session.drop(frame)
        other = self.runner.new_frame(topic, said)
        if not await self.runner.change(other, dataclasses.replace(change, slots=meaning.slots)):
            await self.runner.begin(topic, {**said, **meaning.slots})
        return True

    async def hand_over(self, frame: Frame, paper: str) -> bool:
        """Press the button for this paper under a talk that is over, if it has one."""
        rows = (await self.runner.rehearsed(frame)).screen.rows
        data = labelled(paper, [(button.label, button.data or "") for row in rows for button in row])
        if data:
            await self.press(Press(data))
        return bool(data)

    async def add(self, frame: Frame, meaning: Meaning) -> bool:
        """Take up a talk that is over with what a few words add to it (« CA 400 000 »)."""
        if not meaning.here or meaning.question:
            return False
        frame.slots.update(meaning.here)
        self.runner.bring_up(frame)
        await self.runner.play(frame)
        return True

    async def correct(self, frame: Frame, text: str, replacement: str | None, meaning: Meaning) -> bool:
        """Replace the earlier answer that the text is about by its `replacement`. False if it is about none."""
        words = replacement or text
        questions = await self.runner.questions(frame)
        said = Said(words, self.runner.session.language, frame.today)
        slots = meaning.here
        if replacement and replacement != text:
            slots = self.meaning_of(words).here or slots
        several = of_several(frame.slots, slots)
        noted = several or {slot: value for slot, value in slots.items() if slot in frame.slots}
        if several:
            frame.slots.clear()
            frame.reopened.clear()
        frame.slots.update(noted)
        changed = bool(noted)
        for name, kind in questions.items():
            slot = kind.slot or name
            if name != frame.asked and slot in slots and isinstance(kind.from_slot(slots[slot]), Answer):
                frame.forget_answer(name)
                frame.reopened.discard(name)
                frame.slots[slot] = slots[slot]
                changed = True
        if not changed:
            for name in reversed(frame.path):
                kind = questions.get(name, Kind())
                if slots and (kind.slot or name) not in slots:
                    continue  # what is said is about something else
                if name != frame.asked and isinstance(kind.corrected(said), Answer):
                    frame.answers.pop(name, None)
                    frame.given[name] = {"text": words}
                    changed = True
                    break
        if changed:
            if frame.asked:
                self.runner.say(_("I have noted that."))
            self.runner.bring_up(frame)
            await self.runner.play(frame)
        return changed

    async def begin_wish(self, topic: Topic, text: str, sentence: Sentence, meaning: Meaning) -> None:
        """Begin what the message asks for, with what it tells; a further wish of the same message waits."""
        slots = said_in_passing(text, topic, meaning)
        if "organisation" not in slots and not THEM.isdisjoint(sentence.words):
            slots |= self._last_named()
        self._keep_wishes(meaning)
        self.remember(meaning)
        await self.runner.begin(topic, slots)

    def unsure(self, text: str, meaning: Meaning) -> Callable[[], Awaitable[bool]]:
        """What to do when nobody claims the message: explain the question that waits, or say so."""

        async def act() -> bool:
            current = self.runner.session.current
            kind = (await self.runner.questions(current)).get(current.asked or "") if current is not None else None
            if current is None or kind is None:
                topic = self.runner.registry.role(Role.UNSURE)
                self._not_understood(text, meaning, topic)
                await self.runner.begin(topic, said_in_passing(text, topic, meaning))
                return True
            if read_skip(text):
                self.runner.say(_("I do need this one to go on."))
            elif read_courtesy(text) is None:
                self._not_understood(text, meaning, self.runner.registry.topics.get(current.topic))
                self.runner.say(_("I am not sure I understood."))
            self.runner.say(kind.expects)
            await self.runner.play(current, brief=True)
            return True

        return act

    def remember(self, meaning: Meaning) -> None:
        """Note on the sheet of the conversation what the message tells that some topic reads."""
        session, content = self.runner.session, self.runner.event.content
        words = content.text if isinstance(content, Text) else ""
        shared = frozenset().union(*(topic.facts for topic in self.runner.registry.topics.values()))
        for slot in meaning.slots.keys() & shared:
            session.facts.tell(slot, meaning.slots[slot], words=words, turn=session.turn)

    def _hear_who_speaks(self, meaning: Meaning, text: str) -> None:
        """Note who speaks, where it is said; a mere sign of it takes the place of nothing. In a group many speak."""
        session, (speakers, declared, _alone) = self.runner.session, meaning.speaker
        if speakers and not self.runner.event.group and (declared or not session.facts.speakers):
            value = speakers[0] if len(speakers) == 1 else list(speakers)
            session.facts.tell(SPEAKER, value, words=text, turn=session.turn)

    def _keep_wishes(self, meaning: Meaning) -> None:
        """What else the message asks for waits until the talk it begins is over."""
        self.runner.session.wishes = [
            self.runner.new_frame(wished, said_in_passing(wish.words, wished, wish))
            for wish in meaning.wishes
            if (wished := self.runner.registry.topics.get(wish.topic)) is not None
        ]

    def _not_understood(self, text: str, meaning: Meaning, topic: Topic | None) -> None:
        """For the operator who asked for it. Nothing of distress, nor of what is said in private."""
        if self._keep is None or topic is None or topic.private or meaning.slots.get("crisis"):
            return
        if kept := masked(text, meaning.language):
            self._keep(kept, meaning.language, topic.name)

    def _last_named(self) -> dict[str, Any]:
        """The body that was spoken of last: « je veux lui donner 50 € »."""
        last = self.runner.session.last
        named = last.answers.get("organisation") if last is not None else None
        return {"organisation": named} if isinstance(named, str) else {}

    async def _due(self, due: Due) -> None:
        """A reminder is composed when it is due; it leaves the running talk alone."""
        topic = self.runner.registry.composing(due.name)
        if topic is None:
            return
        talk = self.runner.new_talk(self.runner.new_frame(topic, {}), due=due.data)
        self.runner.topic = topic.name
        try:
            await topic.run(talk)
        except Asked:
            talk.screen.clear()  # a reminder asks nothing
        self.runner.absorb(talk)

    # Buttons

    async def press(self, press: Press, *, again: bool = True) -> None:
        self.runner.words = ""
        target = read_press(press.data)
        if isinstance(target, AnswerPress) and target.topic in self.runner.registry.topics:
            await self._answer(target)
        elif isinstance(target, StartPress) and target.topic in self.runner.registry.topics:
            slots = {target.slot: target.value} if target.slot else {}
            await self.runner.begin(self.runner.registry.topics[target.topic], slots)
        elif isinstance(target, ControlPress):
            await self._navigation.press(target)
        else:
            label = clean(press.data)
            typed = self.typed_label(label, Sentence(label)) if again else None
            if typed is not None:
                await self.press(Press(typed), again=False)
                return
            self.runner.say(_("I do not know this button any more."))
            await self.runner.come_back()

    async def _answer(self, press: AnswerPress) -> None:
        self.runner.pressed = press
        frame = self.runner.session.frame(press.serial)
        if frame is None or frame.topic != press.topic:
            # From a talk that is long over: begin again with this answer.
            frame = self.runner.new_frame(self.runner.registry.topics[press.topic], {})
            self.runner.push(frame)
        else:
            self.runner.edits = frame is self.runner.session.current and frame.asked == press.question
            self.runner.bring_up(frame)
        frame.given = {press.question: {"press": press.value}}
        await self.runner.play(frame)
        frame.given.pop(press.question, None)
