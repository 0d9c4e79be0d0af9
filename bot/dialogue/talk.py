"""What a topic sees: one `Talk`. It asks, says, shows and attaches; it knows no clock, no SQL and no platform.

A topic runs again from its first line at every message. `ask` returns an answer that is known and otherwise ends the
run by showing the question. What was said before a question that the person has answered was shown with that question,
so it is not said again; after an answer that changed, everything is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeVar, overload

from markupsafe import Markup

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.asking import Asked, Found, Incoming, NotAnAnswer
from bot.dialogue.buttons import AnswerPress, Control, ControlPress, StartPress
from bot.dialogue.card import Card
from bot.dialogue.daily_limits import DailyUse
from bot.dialogue.effects import Effects
from bot.dialogue.facts import SPEAKER, Facts, Speaker
from bot.dialogue.replies import Button, File
from bot.dialogue.screen import Screen
from bot.dialogue.session import SKIPPED, Frame, Session
from bot.dialogue.table import Table
from bot.dialogue.talk_answers import TalkAnswers
from bot.dialogue.talk_effects import TalkEffects
from bot.dialogue.topic import Registry
from bot.i18n import render, text_of
from bot.knowledge import Knowledge
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Reading, Refusal, Said, Which
from bot.understanding.answers import read_skip, read_yes_no
from bot.understanding.meaning import Meaning
from bot.understanding.sentence import Sentence

__all__ = ["BRIEF", "Talk"]

BRIEF = 5
"""A message of so many words tells one thing: what it says of the running talk belongs to it."""

T = TypeVar("T")
J = TypeVar("J")
Draws = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Makes a paper for whoever speaks, or says plainly why not and returns None."""


class Talk(TalkAnswers, TalkEffects):
    """One run of a topic. Everything a branch depends on is an answer or pinned at the start, `today` included."""

    def __init__(
        self,
        frame: Frame,
        session: Session,
        effects: Effects,
        registry: Registry,
        catalogue: AwaitedCatalogue,
        now: datetime,
        incoming: Incoming | None = None,
        *,
        meaning: Meaning | None = None,
        group: bool = False,
        due: dict[str, Any] | None = None,
        brief: bool = False,
        words: str = "",
        me: str = "",
        moderators: Sequence[str] = (),
        keeps_misunderstood: bool = False,
        table: Table | None = None,
        asks: bool = True,
        draws: Draws | None = None,
        knowledge: Knowledge | None = None,
        contact: str = "",
        daily_use: DailyUse | None = None,
        from_address: bool = False,
    ) -> None:
        super().__init__(frame)
        self._session = session
        self._effects = effects
        self._registry = registry
        self.catalogue = catalogue
        """Organisations, missions and places."""
        self._incoming = incoming
        self._brief = brief
        self._draws = draws
        self._changed = False
        self.shows_again = False
        self.screen = Screen()
        self.now = now
        self.meaning = meaning
        self.group = group
        self.due = due
        self.questions: dict[str, tuple[Kind[Any], Phrase]] = {}
        self.settings: dict[str, Kind[Any]] = {}
        self.words = words
        """What the person has just typed, for a topic that looks for more in it than slots. It is kept nowhere."""
        self.moderators = tuple(moderators)
        """The conversations of those who moderate: an effect may schedule something for them."""
        self._asks = asks
        self.table = table
        """What is pointed at, for a function that answers it."""
        self.knowledge = knowledge
        """The written answers, where there are any."""
        self.contact = contact
        """How to reach the people who run this Allié, as they wrote it; empty where they did not."""
        self.daily_use = daily_use
        """How often this person may still do what reaches others; None in a run that only looks."""
        self.from_address = from_address
        """The person came by a channel where anybody may be many people."""
        self.keeps_misunderstood = keeps_misunderstood
        self.is_moderator = me in self.moderators
        frame.path = []

    @property
    def today(self) -> date:
        """The day this talk began: a talk that crosses 1 January does not change law under the person."""
        return self._frame.today

    @property
    def acquainted_for(self) -> int:
        """The days since this conversation began: 0 on its first."""
        since = self._session.since or self.now.date()
        return max(0, (self.now.date() - since).days)

    @property
    def language(self) -> str:
        return self._session.language

    @property
    def slots(self) -> dict[str, Any]:
        """What the person said that no question has used: {"amount": 300}."""
        return dict(self._frame.slots)

    @property
    def done(self) -> Collection[str]:
        """The keys of the effects that this talk has had (`once`)."""
        return self._frame.done.keys()

    @property
    def facts(self) -> Facts:
        """What the person has told in this conversation, whatever the topic."""
        return self._session.facts

    def speaks_as(self, speaker: Speaker, words: Phrase | str) -> None:
        """Note who speaks, as a button says it; `words` are those of the button."""
        if speaker not in self.facts.speakers:
            self.facts.tell(SPEAKER, speaker, words=text_of(words, self.language), turn=self._session.turn)

    def learn(self, name: str, value: Any) -> None:
        """Note on the sheet of the conversation what the person has just told; `value` is JSON."""
        self._session.facts.tell(name, value, words=self.words, turn=self._session.turn)

    @property
    def serial(self) -> int:
        """The number of this talk in the conversation."""
        return self._frame.serial

    @property
    def tables(self) -> Sequence[Table]:
        """What is on show, the latest first."""
        return tuple(self._session.tables)

    @property
    def registry(self) -> Registry:
        """The topics there are, for a menu."""
        return self._registry

    def use_language(self, language: str) -> None:
        """Go on in this language, until the person asks for another; what is on show is said again in it."""
        self.shows_again = True
        self._session.language = language
        self._session.language_chosen = True

    # Asking

    @overload
    async def ask(
        self, name: str, kind: Kind[T], question: Phrase, *, skip: Literal[True], slot: str | None = None
    ) -> T | None: ...

    @overload
    async def ask(self, name: str, kind: Kind[T], question: Phrase, *, slot: str | None = None) -> T: ...

    async def ask(
        self, name: str, kind: Kind[T], question: Phrase, *, skip: bool = False, slot: str | None = None
    ) -> T | None:
        """The answer to `question`, which `name` identifies within the topic.

        It is known from before, from what the person said in passing (`slot`, by default the kind's own or the
        question's name), or it is asked now and this run ends. With `skip` the person may pass, and None comes back.
        """
        self.questions[name] = (kind, question)
        found = (
            self._known(name, kind)
            or self._given(name, kind)
            or self._prefilled(name, kind, slot or kind.slot or name)
            or self._told_before(name, kind, slot or kind.slot or name)
            or self._read(name, kind, skip, slot or kind.slot or name)
        )
        if found is not None:
            self._frame.path.append(name)
            return found.value
        self._show_question(name, kind, question, skip)
        raise Asked

    @overload
    def refine(self, name: str, kind: Kind[T], question: Phrase, default: T, *, slot: str | None = None) -> T: ...

    @overload
    def refine(self, name: str, kind: Kind[T], question: Phrase, *, slot: str | None = None) -> T | None: ...

    def refine(
        self, name: str, kind: Kind[T], question: Phrase, default: T | None = None, *, slot: str | None = None
    ) -> T | None:
        """As `ask`, but never in the way: what is not known is `default`, and the run goes on.

        The question is only asked where the person wants it, by a `change` button; it may then be passed over. It stays
        open all the same: words that answer it are taken when they come. Say what was supposed (`told` tells).
        """
        self.questions[name] = (kind, question)
        wanted = self._frame.asked == name or name in self._frame.reopened
        found = (
            self._known(name, kind)
            or self._given(name, kind)
            or self._prefilled(name, kind, slot or kind.slot or name)
            or (None if wanted else self._told_before(name, kind, slot or kind.slot or name))
            or self._read(name, kind, True, slot or kind.slot or name)
        )
        if found is not None:
            self._frame.path.append(name)
            return default if found.value is None else found.value
        if wanted and self._asks:
            self._show_question(name, kind, question, skip=True)
            raise Asked
        return default

    def put(self, name: str, kind: Kind[T], value: T) -> None:
        """Give `name` this answer in the person's stead, as their words mean it; `rerun` shows what follows."""
        super().put(name, kind, value)
        self._note(name, kind, value)

    def setting(self, name: str, kind: Kind[T], default: T) -> T:
        """A value of this talk that is never asked: buttons change it (`set`), or words, where its kind has a slot.

        Which page of a list, how it is sorted, what is refused. A press on such a button runs the topic again and shows
        its screen in place of the one pressed.
        """
        self.settings[name] = kind
        frame = self._frame
        given = frame.given.pop(name, None)
        try:
            if given is not None and "press" in given:
                frame.answers[name] = kind.dump(kind.from_press(given["press"]))
                self._changed = True
            elif kind.slot in frame.slots:
                said = kind.from_slot(frame.slots.pop(kind.slot))
                if isinstance(said, Answer):
                    frame.answers[name] = kind.dump(said.value)
            return kind.load(frame.answers[name])
        except (ValueError, TypeError, KeyError):  # never set, or by another version
            return default

    def set(self, label: Phrase, name: str, value: str) -> Button:
        """A button that gives setting `name` a value; the same screen is shown anew."""
        return self._answer_button(name, label, value)

    def pressed(self, name: str) -> bool:
        """Whether this run comes from a press on the button `press(label, name)`. The next run has forgotten it."""
        return self._frame.given.pop(name, None) is not None

    def press(self, label: Phrase, name: str) -> Button:
        """A button for something to be done once, now: show a picture, hand over a paper."""
        return self._answer_button(name, label, "1")

    def _known(self, name: str, kind: Kind[T]) -> Found[T] | None:
        frame = self._frame
        if name not in frame.answers or name in frame.given:
            return None
        stored = frame.answers[name]
        if stored == SKIPPED:
            found: Found[T] = Found(None)
        else:
            try:
                found = Found(kind.load(stored))
            except (ValueError, TypeError, KeyError, AttributeError):  # kept by another version
                del frame.answers[name]
                return None
        if not self._changed:
            self.screen.clear()  # it was shown when this question was
        return found

    def _given(self, name: str, kind: Kind[T]) -> Found[T] | None:
        """An answer that came by a press or a correction and waits to be read."""
        given = self._frame.given.pop(name, None)
        if given is None:
            return None
        if "press" not in given:
            return self._settle_reading(name, kind, kind.read(Said(given["text"], self.language, self.today)))
        if kind.fresh and self._frame.asked != name:
            return None
        try:
            return self._settle(name, kind, kind.from_press(given["press"]))
        except (ValueError, TypeError, KeyError):
            return None

    def _prefilled(self, name: str, kind: Kind[T], slot: str) -> Found[T] | None:
        frame = self._frame
        if slot not in frame.slots or name in frame.reopened or kind.fresh:
            return None
        reading = kind.from_slot(frame.slots[slot])
        if isinstance(reading, Answer):
            del frame.slots[slot]
            frame.answers[name] = kind.dump(reading.value)
            self._note(name, kind, reading.value)
            self._changed = True  # what follows from it was not shown yet
            if name == frame.asked:
                frame.asked = None
            return Found(reading.value)
        if reading is not None:
            del frame.slots[slot]
        if isinstance(reading, Which):
            self._settle_reading(name, kind, reading)
        if isinstance(reading, Refusal):
            self.say(reading.why)
        return None

    def _told_before(self, name: str, kind: Kind[T], slot: str) -> Found[T] | None:
        """What the person told in another talk, where this topic reads it."""
        topic = self._registry.topics.get(self._frame.topic)
        fact = self._session.facts.get(slot)
        if topic is None or slot not in topic.facts or fact is None or kind.fresh or name in self._frame.reopened:
            return None
        if fact.answered:
            try:
                value = kind.load(fact.value)
            except (ValueError, TypeError, KeyError, AttributeError):  # of another kind, or of another version
                return None
        elif isinstance(reading := kind.from_slot(fact.value), Answer):
            value = reading.value
        else:
            return None
        self._frame.answers[name] = kind.dump(value)
        if self._frame.asked == name:
            self._frame.asked = None
        return Found(value)

    def _read(self, name: str, kind: Kind[T], skip: bool, slot: str) -> Found[T] | None:
        """What the person just sent, as the answer to the question that waits."""
        incoming, frame = self._incoming, self._frame
        if incoming is None or frame.asked != name:
            return None
        self._incoming = None
        if incoming.location is not None:
            return self._settle_reading(name, kind, kind.from_location(*incoming.location))
        if skip and (incoming.skip or read_skip(incoming.text) or self._declines(incoming, kind, name)):
            frame.answers[name] = SKIPPED
            self._pass(name)
            return Found(None)
        if incoming.skip:
            raise NotAnAnswer(kind)
        reading = kind.read(Said(incoming.text, self.language, self.today, self._sentence(incoming)))
        if reading is None and incoming.meaning is not None and slot in incoming.meaning.here:
            reading = kind.from_slot(incoming.meaning.here[slot])
        several = incoming.meaning is not None and len(incoming.text.split()) > 1 and not kind.whole
        if several and incoming.meaning is not None and isinstance(reading, Answer | Which):
            self._keep_other_slots(incoming.meaning, slot)
        return self._settle_reading(name, kind, reading)

    def _declines(self, incoming: Incoming, kind: Kind[Any], name: str) -> bool:
        """A bare « non » passes over a question that it does not answer."""
        if len(incoming.text.split()) > 2 or read_yes_no(incoming.text) is not False:
            return False
        said = Said(incoming.text, self.language, self.today, self._sentence(incoming))
        return kind.verbatim or kind.read(said) is None

    def _sentence(self, incoming: Incoming) -> Sentence | None:
        """The message that came in, where it was cut into words already."""
        return None if incoming.meaning is None else incoming.meaning.sentence

    def _keep_other_slots(self, meaning: Meaning, used: str) -> None:
        for slot, value in meaning.here.items():
            if slot != used:
                self._frame.slots.setdefault(slot, value)

    def _settle_reading(self, name: str, kind: Kind[T], reading: Reading[T]) -> Found[T]:
        if isinstance(reading, Answer):
            return self._settle(name, kind, reading.value)
        if isinstance(reading, Which):
            self.screen.clear()
            self.say(_("Which one is it?"))
            for option in reading.options:
                self._row([self._answer_button(name, option.label, option.value)])
            self._row(self._controls(name, skip=False))
            self._frame.asked = name
            raise Asked
        raise NotAnAnswer(kind, reading.why if isinstance(reading, Refusal) else None)

    def _settle(self, name: str, kind: Kind[T], value: T) -> Found[T]:
        self._frame.answers[name] = kind.dump(value)
        self._note(name, kind, value)
        self._pass(name)
        return Found(value)

    def _note(self, name: str, kind: Kind[T], value: T) -> None:
        """Leave an answer to other topics, where this one shares it."""
        topic, slot = self._registry.topics.get(self._frame.topic), kind.slot or name
        if topic is not None and slot in topic.facts:
            session = self._session
            session.facts.tell(slot, kind.dump(value), words=self.words, turn=session.turn, answered=True)

    def _pass(self, name: str) -> None:
        """Question `name` has just been answered: what was said before it is on the person's screen already."""
        if not self._changed:
            self.screen.clear()
        self._changed = True
        if self._frame.asked == name:
            self._frame.asked = None

    def _show_question(self, name: str, kind: Kind[Any], question: Phrase, skip: bool) -> None:
        self._frame.asked = name
        if self._brief and not self._changed:
            self.screen.clear()
        self.say(question)
        for row in kind.options():
            self._row([self._answer_button(name, option.label, option.value) for option in row])
        self._row(self._controls(name, skip=skip))
        self.screen.asks_location = kind.asks_location

    def _answer_button(self, name: str, label: Phrase | str, value: str) -> Button:
        data = AnswerPress(self._frame.serial, self._frame.topic, name, value)
        return Button(text_of(label, self.language), data=str(data))

    def _controls(self, name: str, *, skip: bool) -> list[Button]:
        row = []
        if self._frame.path:
            row.append(self._control(_("‹ Back"), Control.BACK))
        if skip:
            row.append(self._control(_("Skip"), Control.SKIP, name))
        return row

    def _control(self, label: Phrase, control: str, question: str = "") -> Button:
        return Button(text_of(label, self.language), data=str(ControlPress(control, self._frame.serial, question)))

    def _row(self, row: Sequence[Button]) -> None:
        if row:
            self.screen.rows.append(list(row))

    @property
    def said(self) -> Said:
        """What the person typed, for a kind of question or a reader."""
        return Said(self.words, self.language, self.today, None if self.meaning is None else self.meaning.sentence)

    # Saying and showing

    def say(self, phrase: Phrase | Markup) -> None:
        """A paragraph of the reply."""
        self.screen.blocks.append(render(phrase, self.language))

    def fold(self, phrase: Phrase | Markup) -> None:
        """A paragraph that is folded away under the reply until the person opens it: why, how, sources."""
        self.screen.folded.append(render(phrase, self.language))

    def show(self, card: Card) -> None:
        """A result: the amount first and what may change it; how it was reached and its sources are folded."""
        card = card.on(self.today)
        self.screen.blocks.extend(card.rendered(self.language))
        self.screen.folded.extend(card.folded(self.language))

    def lay(self, shows: str, items: Sequence[str] = (), at: int = 0, *, open_to: Sequence[str] = ()) -> None:
        """Put what this screen shows on the table, so that the person's next words may point at it: see `table`."""
        self.screen.table = Table(self._frame.topic, self._frame.serial, shows, list(items), at, list(open_to))

    async def draw(self, make: Callable[[], T]) -> T | None:
        """Have a paper or a picture made, apart from all who only talk. None where it is not: in a run that only looks,
        and, said plainly, for whoever has had many just now."""
        return await self._draws(make) if self._draws is not None else None

    def attach(self, *files: File) -> None:
        """Documents that come with the reply."""
        self.screen.files.extend(files)

    def picture(self, picture: File) -> None:
        """A picture above the reply; its `alt` says what it shows."""
        self.screen.picture = picture

    def on_map(self, latitude: float, longitude: float) -> None:
        """A place that the platform may show on a map."""
        self.screen.location = (latitude, longitude)

    def offer(self, *buttons: Button) -> None:
        """A row of buttons under the reply: what to do next."""
        self._row(buttons)

    def suggest(self, button: Button, *others: Button) -> None:
        """A row whose first button is what a bare “yes” presses: the screen has just offered it."""
        self.screen.agreed = button.data or ""
        self._row([button, *others])

    def start(self, label: Phrase | str, topic: str, slot: str = "", value: str = "") -> Button:
        """A button that begins a topic, perhaps with something already said."""
        return Button(text_of(label, self.language), data=str(StartPress(topic, slot, value)))

    def change(self, label: Phrase, name: str) -> Button:
        """A button that asks one answered question of this talk again."""
        return self._control(label, Control.CHANGE, name)

    def link(self, label: Phrase, url: str) -> Button:
        """A button that opens a page."""
        return Button(text_of(label, self.language), url=url)

    def share(self, label: Phrase, start: str, says: str) -> Button:
        """A button by which the person hands a link to somebody else, with a few words: it begins a conversation with
        Allié at `start`, "<topic>-<slot>-<value>" in letters, digits, hyphens and underscores."""
        return Button(text_of(label, self.language), start=start, says=says)
