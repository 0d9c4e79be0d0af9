"""What a message may mean by itself, whatever is in hand: who speaks, a courtesy, a yes, whom it looks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from bot.dialogue.decision import Interpretation, Sort
from bot.dialogue.events import Press
from bot.dialogue.session import Frame
from bot.dialogue.topic import Role, Topic
from bot.phrase import _
from bot.understanding.about import find_about
from bot.understanding.answers import asks_for_it, read_yes_no
from bot.understanding.courtesy import read_courtesy
from bot.understanding.meaning import Meaning
from bot.understanding.people import wants_something
from bot.understanding.pointing import NOTHING
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots

if TYPE_CHECKING:
    from bot.dialogue.message_router import MessageRouter

__all__ = ["NEARLY_CERTAIN", "Act", "Remarks"]

Act = Callable[[], Awaitable[bool]]

NEARLY_CERTAIN = 0.9
"""From this probability of a topic on, it is hardly another."""
POINTS = 0.5
"""From this probability on, a few words point at what is on show and are no mere yes."""
LISTENS = 0.75
"""Who tells of a loss: before the search that the words sound like."""
SPEAK_FOR_A_BODY = frozenset({"association", "authority"})
SAID_OF_A_NEED = {"organisation": "organisation", "place": "at"}
"""What the words may tell of it: the slot, and the name under which it is handed over."""


class Remarks:
    """One message, and what it may mean wherever it arrives."""

    def __init__(self, router: MessageRouter, text: str, sentence: Sentence, meaning: Meaning) -> None:
        self.router = router
        self.runner = router.runner
        self.session = router.runner.session
        self.text = text
        self.meaning = meaning
        self.asks = 0.0
        """The chance that the message asks to be told something, once the written answers were asked."""
        self.answered = 1.0
        """The probability of the likeliest of them."""
        self.sentence = sentence
        """The message, cut into words once for all who read it."""
        self.words = sum(any(map(str.isalnum, word)) for word in text.split())

    def _says_who(self) -> Iterator[Interpretation]:
        """Who speaks, and nothing else: met with what there is for them, or noted where a question waits."""
        current, (speakers, declared, alone) = self.session.current, self.meaning.speaker
        if not declared or not alone or self.meaning.question or self.meaning.seeking is not None:
            return

        async def note() -> bool:
            if current is None:
                return False
            self.runner.say(_("I have noted that."))
            await self.runner.play(current, brief=True)
            return True

        welcome = self.runner.registry.role(Role.WELCOME)
        act = note if current is not None and current.asked else self._begins(welcome, **{"for": speakers[0]})
        yield Interpretation(Sort.CHANGE, 0.85, "says who speaks", act)

    def _courtesies(self) -> Iterator[Interpretation]:
        """Thanks or “ok”, and nothing else; a greeting in the middle of something is returned. The question that waits
        comes back."""
        current, courtesy = self.session.current, read_courtesy(self.sentence)
        courteous = self.runner.registry.courteous
        if courtesy in ("thanks", "fine") and courteous is not None and (current is None or courtesy == "thanks"):
            about = find_about(self.text, courteous.name) or courtesy
            score = 0.9 if courtesy == "thanks" else 0.75  # "ok" may also agree to what was offered
            act = self._begins(courteous, about=about)
            yield Interpretation(Sort.COURTESY, score, "a courtesy and nothing else", act)
        if current is None or courtesy != "greeting":
            return

        async def greet() -> bool:
            self.runner.say(_("Hello!"))
            await self.runner.play(current, brief=True)
            return True

        yield Interpretation(Sort.COURTESY, 0.9, "a greeting and nothing else", greet)

    def _mourns(self) -> Iterator[Interpretation]:
        """Who tells of a loss, and asks for nothing yet, is listened to: nothing is looked for."""
        meaning, topic = self.meaning, self.runner.registry.topics.get(self.meaning.topic)
        is_search = topic is not None and topic.located
        if meaning.grief is None or meaning.question or wants_something(self.sentence) or not is_search:
            return

        async def listen() -> bool:
            self.runner.say(
                _("Take your time. If you would like to do something in their memory, or to talk to somebody, tell me.")
            )
            return True

        yield Interpretation(Sort.COURTESY, LISTENS, "tells of a loss", listen)

    def _agreements(self) -> Iterator[Interpretation]:
        """“Yes” takes up what the screen on show has just offered."""
        offered = self.session.agreed
        wants_it = asks_for_it(self.sentence)
        if not offered or not (wants_it or (self.words <= 4 and not self.meaning.question)):
            return
        agrees = wants_it or read_yes_no(self.sentence)
        points = next((pointing for pointing in self.meaning.pointing[:1] if pointing.act != NOTHING), None)
        if self.meaning.slots and not wants_it:
            return  # « ok Cimade », « non 15 € » say more than yes or no
        if agrees is None or (not wants_it and self.words > 1 and points is not None and points.chance >= POINTS):
            return  # « ok, je signe où » says more than yes

        async def take() -> bool:
            await self.router.press(Press(offered))
            return True

        async def leave() -> bool:
            self.runner.say(_("All right, I leave it."))
            return True

        waits = self.session.current is not None and self.session.current.asked
        score = 0.3 if waits else 0.97 if wants_it else 0.9
        act = take if agrees else leave
        yield Interpretation(Sort.CHANGE, score, "agrees to the offer" if agrees else "declines the offer", act)

    def _seeks(self) -> Iterator[Interpretation]:
        """What is looked for in the name of others, by who speaks for a body or says so."""
        seeking, current = self.meaning.seeking, self.session.current
        if seeking is None or (self.meaning.question and seeking.sought != "published"):
            return
        if not seeking.for_others and SPEAK_FOR_A_BODY.isdisjoint(self.session.facts.speakers):
            return
        topic = self.runner.registry.seeking(seeking.sought)
        if topic is None:
            return
        slots = read_slots(self.sentence, self.meaning.language, self.runner.now.date())
        said = {name: slots[slot] for slot, name in SAID_OF_A_NEED.items() if slot in slots}
        if current is not None and current.topic == topic.name:
            if seeking.sought == "published" and current.asked:
                yield Interpretation(Sort.CHANGE, 0.97, "wants it published", self._goes_on(current))
            return
        slots = {**said, "new": "1", "sought": seeking.sought, **({"title": seeking.what} if seeking.what else {})}
        yield Interpretation(Sort.WISH, 1.0, f"looks for {seeking.sought}", self._begins(topic, **slots))

    def _goes_on(self, current: Frame) -> Act:
        async def act() -> bool:
            self.runner.say(_("Yes, as soon as I know this:"))
            await self.runner.play(current, brief=True)
            return True

        return act

    def _not_for_us(self, topic: Topic) -> Iterator[Interpretation]:
        """The message as something that is not Allié's: surer where it names what another service is for."""
        if self.session.current is not None and self.session.current.asked:
            return
        names_a_service = find_about(self.text, topic.name) is not None
        confidence = self.meaning.confidence
        score = confidence * 0.6 if not names_a_service else 0.97 if confidence >= NEARLY_CERTAIN else confidence * 0.9
        sort = Sort.KNOWLEDGE if names_a_service else Sort.WISH
        yield Interpretation(sort, score, "is not for us", self.router.unsure(self.text, self.meaning))

    def _begins(self, topic: Topic, **slots: Any) -> Act:
        async def act() -> bool:
            await self.runner.begin(topic, slots)
            return True

        return act
