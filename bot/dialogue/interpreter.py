"""What a message may mean in the conversation it arrives in: those who know propose, one place decides.

Each method proposes meanings of one sort, with a score and a reason; `decision` compares them. Nothing here shows or
changes anything before it was decided on: what a meaning does is in its `act`, which says whether it had something to
say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from bot.dialogue.asking import Incoming, NotAnAnswer
from bot.dialogue.change import Change
from bot.dialogue.decision import Interpretation, Sort
from bot.dialogue.message_shape import SURE, adds_only, is_bare, is_other_sum, is_whole
from bot.dialogue.remarks import NEARLY_CERTAIN, Act
from bot.dialogue.session import Frame
from bot.dialogue.table import Pointed, Table
from bot.dialogue.topic import Role
from bot.dialogue.written_answers import WrittenAnswers
from bot.questions.kind import Kind, Refusal, Said, Which
from bot.understanding.about import find_about
from bot.understanding.answers import is_filler, read_skip, read_yes_no
from bot.understanding.asked_language import may_want_language
from bot.understanding.corrections import replaced
from bot.understanding.courtesy import read_courtesy
from bot.understanding.items import goes_on, points_at_one, read_item
from bot.understanding.papers_asked import read_paper_asked
from bot.understanding.people import speaks_of_oneself
from bot.understanding.pointing import NOTHING, read_scale
from bot.understanding.sentence import Sentence

__all__ = ["Interpreter"]

FEW_WORDS = 6
"""A message of so many words at most says one thing."""
ON_PAPER = frozenset({"person", "company", "post", "staff_number", "address", "siren", "rna", "recipient", "signatory"})
"""Slots that only a paper holds."""
LONGEST_FIELDS = 24
"""Words of a message that tells some of them."""
TOWARDS = ("pour ", "à ", "a ", "au ", "aux ", "for ", "to ")
"""How the body that something goes to is named alone."""
LONGEST_VARIATION = 14
"""« et si je continue à sa place, 10 par mois ? »: words of a message that goes on with another figure."""
LEFT_TO_ANSWERS = 0.7
"""How much of the chance of a wish goes where the message asks to be told something."""
LEFT_BY_A_NAME = 0.15
"""What part of that still goes where the topic knows what is named, or reads a value of its own in the message."""
LIKELY = 0.5
"""From this probability of an answer on, all of that goes; with a less likely one, a topic, which shows something at
once, answers better."""
SURE_OF_A_FEW_WORDS = 0.65
"""A few words leave a question only from this probability on: they may be an answer that could not be read."""
VAGUE = frozenset({"cause", "role"})
"""Slots that a word or two of any question may fill."""
A_VALUE = 4
"""« et avec des enfants ? »: words of a message that names such a value and nothing else, at most."""
BESIDES = frozenset({"adds", "same"})
"""Slots of a message that speaks of what was told before, whole as it may be."""
LEAST_POINTED, LIKELY_POINTED, CLEAR = 0.15, 0.3, 0.6
CLEARLY = 0.92
"""What a few words that are clearly of one act count at the least: before a new wish that sounds like them."""
CLOSE = 0.4
"""An act is nearly as likely as the likeliest from this part of its probability on."""
HOLDS_THE_ANSWER = 0.97
"""What is on show says just what is asked: it comes before an answer that holds everywhere."""
ASKS_FOR_A_PAPER = 0.9
"""« fais-moi le reçu »: the paper of what is on show, or who makes it."""
NOT_KNOWN = (0.4, 0.25)
"""What is on show may be asked something it does not say: then this is said, unless somebody else knows. The part of
the score, and what more of it where it is clear what is asked."""
SHORT = 9
"""A question of so many words at most is likely about what is on show."""


class Interpreter(WrittenAnswers):
    """Proposes what one message may mean. One for each message."""

    async def of_the_talk(self) -> list[Interpretation]:
        """What the message may mean for what is in hand or on show, or by itself."""
        current = self.session.current
        return [
            *self._says_who(),
            *self._seeks(),
            *([answer] if current is not None and (answer := await self._answer(current)) is not None else []),
            *self._courtesies(),
            *self._mourns(),
            *self._agreements(),
            *self._changes(),
            *await self._pointings(),
        ]

    def beyond_it(self) -> list[Interpretation]:
        """What else it may mean: a question that is answered in writing, a new wish, nothing that anybody claims. More
        work than all the others, and none of these outweighs `decision.CERTAIN`."""
        return [
            *self._known(),
            *self._wishes(),
            Interpretation(Sort.UNSURE, 0.5, "nobody claims it", self.router.unsure(self.text, self.meaning)),
        ]

    @cached_property
    def _meant(self) -> str | None:
        """The words that take the place of others, where the message takes something back."""
        return replaced(self.sentence)[1]

    @cached_property
    def _paper(self) -> str | None:
        """The kind of paper that the message asks for."""
        return read_paper_asked(self.sentence)

    # The question that waits

    async def _answer(self, current: Frame) -> Interpretation | None:
        """The message as the answer to the pending question, by how much of it that answer is."""
        if current.asked is None:
            return None
        kind = (await self.runner.questions(current)).get(current.asked)
        if kind is None:
            return None
        score, reason = self._fit(kind, current.asked)
        if not score:
            return None
        if self.meaning.correction:
            score *= 0.85  # what is taken back is likelier something said before

        async def act() -> bool:
            text, meaning = self.text, self.meaning
            if meaning.correction and (meant := self._meant):
                text, meaning = meant, self.router.meaning_of(meant)
            try:
                await self.runner.play(current, Incoming(text, meaning=meaning, decided=True))
            except NotAnAnswer as outcome:
                if outcome.refusal is None:
                    return read_skip(self.sentence) and await self.router.unsure(self.text, self.meaning)()
                self.runner.say(outcome.refusal)
                await self.runner.play(current, brief=True)
            return True

        return Interpretation(Sort.ANSWER, score, reason, act)

    def _fit(self, kind: Kind[object], name: str) -> tuple[float, str]:
        """How well the message answers a question of this kind, 0 where it does not, and why."""
        meaning, words = self.meaning, self.words
        slot = kind.slot or name
        if read_skip(self.sentence) and "?" not in self.text:
            return (0.9 if words < FEW_WORDS else 0.8), "passes over the question"
        text = (self._meant if meaning.correction else None) or self.text
        reading = kind.read(Said(text, self.session.language, self.runner.now.date(), self.sentence))
        if reading is None and slot in meaning.here:
            reading = kind.from_slot(meaning.here[slot])
        if reading is None:
            is_no = words <= 2 and read_yes_no(self.sentence) is False
            return (0.7, "a bare no passes over the question") if is_no else (0.0, "")
        if isinstance(reading, Refusal):
            return (0.35 if meaning.question else 0.85), "an answer that cannot be"
        if isinstance(reading, Which) and read_yes_no(self.sentence) is not None:
            return 0.0, ""
        if kind.verbatim and slot not in meaning.here:
            return self._fit_of_a_name(kind, self.sentence if text is self.text else Sentence(text))
        if read_courtesy(self.sentence) is not None:
            return 0.2, "a courtesy"
        if meaning.question:
            return (0.75, "a few words that hold the answer") if words <= 3 else (0.4, "a question that holds a value")
        if words <= FEW_WORDS or isinstance(reading, Which):
            return 0.95, "holds the answer and little else"
        if kind.verbatim and self._is_another_wish():
            return 0.5, "names it in another wish"
        return 0.75, "holds the answer"

    def _is_another_wish(self) -> bool:
        """Whether the message is somebody's own wish, clearly of another topic than the talk in hand."""
        current, meaning = self.session.current, self.meaning
        is_elsewhere = current is not None and meaning.topic != current.topic
        return is_elsewhere and meaning.confidence >= NEARLY_CERTAIN and speaks_of_oneself(self.sentence)

    def _fit_of_a_name(self, kind: Kind[object], meant: Sentence) -> tuple[float, str]:
        """How likely words that hold no value we know are a name, or something to do, as it is called."""
        meaning, words = self.meaning, self.words
        if read_yes_no(meant) is not None or read_courtesy(meant) is not None:
            return 0.0, ""
        if meaning.question:
            return 0.1, "asks something"
        if kind.slot is not None and not meaning.here.keys() <= kind.holds and words <= FEW_WORDS:
            return 0.0, ""
        if speaks_of_oneself(self.sentence) or words > 9:
            return 0.25, "a whole sentence is no name"
        return (0.8, "may be a name") if words <= 5 else (0.5, "a long name")

    # What is on show

    async def _pointings(self) -> list[Interpretation]:
        """The message as words about what is on show, the latest screen first; at last about what was told."""
        pointed, score, reason = self._pointed()
        knowing = self.runner.registry.knowing and self.runner.registry.knowing.name
        told = self.words <= SHORT and not self.meaning.question
        if score < LEAST_POINTED and not told:
            return []
        proposed: list[Interpretation] = []
        for depth, table in enumerate(self.session.tables):
            sure = False
            is_under = depth == 1 and self._last_answer is not None  # a written answer hardly hides what it came upon
            if (depth == 0 or is_under) and score >= LIKELY_POINTED:
                pointed, sure = await self._known_of(table, pointed)
            elif depth == 0 and told and table.topic != knowing:
                sure = await self.runner.knows(table, replace(pointed, faint=True))
            if not sure and score < LEAST_POINTED:
                return proposed
            rate = (max(score, HOLDS_THE_ANSWER) if sure else score) * 0.97**depth
            if sure and table.topic == knowing:  # of two written answers, what is asked may be the other's
                rate *= 1 - self._another_answer() / 2
            said = f"{reason}, which holds the answer" if sure else reason
            proposed.append(Interpretation(Sort.TABLE, rate, said, self._point(table, pointed)))
        least, more = NOT_KNOWN
        unknown = replace(pointed, last_resort=True)
        for table in self.session.tables[:1]:
            rate, said = score * (least + more * pointed.chance), f"{reason}, which may not be known"
            proposed.append(Interpretation(Sort.TABLE, rate, said, self._point(table, unknown)))
        if pointed.act == "summary" and (telling := self.runner.registry.erasing) is not None:
            rate = score * 0.97 ** len(self.session.tables)
            proposed.append(
                Interpretation(Sort.TABLE, rate, "sums up what was told", self._begins(telling, about="told"))
            )
        return proposed

    async def _known_of(self, table: Table, pointed: Pointed) -> tuple[Pointed, bool]:
        """Of the acts that are nearly as likely, the first about which what is on show knows something."""
        close = {one.act for one in self.meaning.pointing if one.chance >= CLOSE * pointed.chance}
        for act in (pointed.act, *(act for act in pointed.also if act in close)):
            one = replace(pointed, act=act)
            if await self.runner.knows(table, one):
                return one, True
        return pointed, False

    def _pointed(self) -> tuple[Pointed, float, str]:
        """What the message may point at, how likely it is that it points at all, and why."""
        if self._paper is not None:
            pointed = Pointed("paper", 1.0, (), None, None, self.text, self.meaning.question)
            return pointed, ASKS_FOR_A_PAPER, "asks for the paper of what is on show: paper"
        item, scale = read_item(self.sentence), read_scale(self.sentence)
        acts = [pointing for pointing in self.meaning.pointing if pointing.act != NOTHING]
        nothing = next((one.chance for one in self.meaning.pointing if one.act == NOTHING), 0.0)
        best = acts[0] if acts else None
        chance = best.chance if best else 0.0
        score, reason = self._pointing_score(item, scale is not None, chance, nothing)
        act = best.act if best and chance >= 0.2 else "ask" if item is None else "item"
        if scale is not None:
            act = "scale"
        also = tuple(pointing.act for pointing in acts[1:] if pointing.chance >= 0.1)
        pointed = Pointed(act, chance, also, item, scale, self.text, self.meaning.question)
        return pointed, score, f"{reason}: {act}"

    def _point(self, table: Table, pointed: Pointed) -> Act:
        async def act() -> bool:
            return await self.runner.point(table, pointed)

        return act

    def _pointing_score(self, item: int | None, scales: bool, chance: float, nothing: float) -> tuple[float, str]:
        if scales and self.words <= SHORT:
            return (0.97 if self.words <= FEW_WORDS - 2 else 0.9), "multiplies what is on show"
        if item is not None and self.words <= SHORT:
            return 0.9, "names one by its rank"
        if self.words <= SHORT and points_at_one(self.sentence):
            return 0.9, "singles one out"
        brief = self.words <= SHORT
        score = 1 - nothing if brief else (1 - nothing) * 0.8
        clear = brief and chance >= CLEAR and "place" not in self.meaning.slots
        if clear:
            score = max(score, CLEARLY)
        elif not self.meaning.question:
            score = max(chance, score * 0.8)  # told, it may as well be something new
        if brief and self.meaning.question:
            score = max(score, 0.4)
        return score, "points at what is on show"

    # What was said, changed

    def _changes(self) -> Iterator[Interpretation]:
        """The message as a correction of something said, or as more of it."""
        current, meaning = self.session.current, self.meaning
        frame = current or self.session.last
        if frame is None:
            return
        takes_back = meaning.correction or (not meaning.question and self._meant is not None)
        follows = goes_on(self.sentence)
        has_values = bool(meaning.here)
        change = self._changed(frame)
        if not BESIDES.isdisjoint(meaning.here) and frame.topic == meaning.topic:
            yield Interpretation(Sort.CHANGE, 0.9, "comes on top of what is in hand", change)
        if current is None and is_whole(self.text, meaning) and not (follows and meaning.topic == frame.topic):
            return
        topics = self.runner.registry.topics
        matters = {topics[name].matter for name in (frame.topic, meaning.topic) if name in topics}
        other_side = frame.topic != meaning.topic and len(matters) == 1 and matters != {""}
        other_side = other_side and not is_other_sum(self.text, meaning)
        if takes_back:
            says_whose = other_side and meaning.confidence >= NEARLY_CERTAIN and self.words <= SHORT
            score = 0.97 if says_whose else 0.92 if current is None and self._only_fits(frame) else 0.85
            yield Interpretation(Sort.CHANGE, score, "takes something back", change)
        elif follows:
            tells_figures = not self._figures.isdisjoint(meaning.here)
            near = has_values and self.words <= (LONGEST_VARIATION if tells_figures else FEW_WORDS + 2)
            varies = near and tells_figures
            longer = has_values and self.words <= LONGEST_VARIATION
            score = 0.85 if other_side else 0.96 if varies else 0.95 if near else 0.8 if longer else 0.5
            if meaning.question and self.words > A_VALUE and meaning.here.keys() <= VAGUE:
                score *= 1 - self._sure_answer() / 2
            yield Interpretation(Sort.CHANGE, score, "goes on from it", change)
        elif self._is_open_to(frame):
            yield Interpretation(Sort.CHANGE, 0.95, "tells what would make it more exact", change)
        elif has_values and self._is_about(frame):
            yield Interpretation(Sort.CHANGE, 0.8, "tells more of what is on show", change)
        elif (
            current is None
            and has_values
            and (not meaning.question or self._asks_for_whom())
            and self._only_fits(frame)
        ):
            yield Interpretation(Sort.CHANGE, 0.92, "tells what is on show a value it works with", change)
        elif has_values and not meaning.question and self._adds(current):
            score = 0.75 if current is not None else 0.6
            yield Interpretation(Sort.CHANGE, score, "tells a value of what is in hand", change)
        elif has_values and self.words <= FEW_WORDS + 2:
            yield Interpretation(Sort.CHANGE, 0.45, "holds a value of what is in hand", change)
        if current is None and (paper := self._paper) is not None:

            async def hand_over() -> bool:
                return await self.router.hand_over(frame, paper)

            yield Interpretation(Sort.CHANGE, 0.95, "asks for the paper of what is in hand", hand_over)

    def _is_open_to(self, frame: Frame) -> bool:
        """A few words that tell what the screen on show would still like to know."""
        table = next(iter(self.session.tables), None)
        if table is None or table.serial != frame.serial or self.words > FEW_WORDS:
            return False
        return not self.meaning.question and not self.meaning.here.keys().isdisjoint(table.open)

    def _is_about(self, frame: Frame) -> bool:
        """Words about the matter on show that do not stand by themselves, and tell what it would still like to know."""
        table = next(iter(self.session.tables), None)
        if table is None or table.serial != frame.serial or self.meaning.here.keys().isdisjoint(table.open):
            return False
        return frame.topic == self.meaning.topic and not self._stands_alone()

    def _adds(self, current: Frame | None) -> bool:
        """Whether the message is values for the talk in hand, and not a wish that stands by itself."""
        if speaks_of_oneself(self.sentence):
            return (
                current is not None and self.words < FEW_WORDS and self.meaning.slots.keys() <= self.meaning.here.keys()
            )
        return self.words < FEW_WORDS or (adds_only(self.sentence, self.meaning) and not self._stands_alone())

    def _only_fits(self, frame: Frame) -> bool:
        """Whether a few words tell what the talk on show works with: a figure, a field of its paper, "pour la SPA"."""
        here = self.meaning.here
        table = next((table for table in self.session.tables[:2] if table.serial == frame.serial), None)
        if table is None:
            return False
        is_elsewhere = self.meaning.topic != frame.topic and self.meaning.confidence >= NEARLY_CERTAIN
        reads_more = not here.keys() <= self.meaning.slots.keys()
        pay = here.get("salary")
        is_pay = isinstance(pay, dict) and "kind" in pay
        if figures := self._figures & here.keys():
            if is_elsewhere and not reads_more and not table.open:
                return False  # what is on show asks for no figure, and reads none of its own
            return self.words <= max(FEW_WORDS * len(figures), SHORT if is_pay else 0)
        if ON_PAPER & here.keys():
            return self.words <= LONGEST_FIELDS and self.meaning.slots.keys() <= here.keys()
        towards = "organisation" in here and self.text.casefold().startswith(TOWARDS)
        return self.words <= SHORT and (towards or "sector" in here)

    def _asks_for_whom(self) -> bool:
        """« je suis fonctionnaire ? », « et si je suis agent public ? »: what changes for who works there."""
        return "sector" in self.meaning.here and self.words < FEW_WORDS

    def _stands_alone(self) -> bool:
        """Whether the message says all that a search or an estimate needs: a new one, even where one is on show."""
        said = {"place", "cause", "organisation", "amount", "when", "days"} & self.meaning.slots.keys()
        whole = len(said) > 1 and bool(said & {"place", "cause", "organisation"})
        return whole and not self.meaning.correction and not goes_on(self.sentence)

    def _changed(self, frame: Frame) -> Act:
        async def act() -> bool:
            router, meaning = self.router, self.meaning
            if await router.other_side(frame, meaning, self._change(frame)):
                return True
            if await self.runner.change(frame, self._change(frame)):
                router.remember(meaning)
                return True
            if await router.correct(frame, self.text, self._meant, meaning):
                return True
            if frame is self.session.current:
                brief = self.words <= FEW_WORDS or adds_only(self.sentence, meaning)
                return brief and not meaning.question and await router.note(frame, meaning)
            return not meaning.question and await router.add(frame, meaning)

        return act

    def _change(self, frame: Frame) -> Change:
        """The message as a change of what is in hand."""
        meaning = self.meaning
        meant, slots = self._meant, meaning.here
        if meaning.correction and meant and meant != self.text:
            slots = self.router.meaning_of(meant).here or slots
        about = find_about(self.text, frame.topic)
        if about is not None:
            slots = {**slots, "about": about}
        return Change(self.text, slots, meaning.correction, meaning.question)

    # Something new to do

    def _is_a_word(self) -> bool:
        """One word, which is more than « euh » or « bof »."""
        return self.words == 1 and read_yes_no(self.sentence) is None and not is_filler(self.sentence)

    def _wishes(self) -> Iterator[Interpretation]:
        """The message as the beginning of another talk."""
        meaning, current = self.meaning, self.session.current
        topic = self.runner.registry.topics.get(meaning.topic)
        if topic is None or (meaning.confidence < SURE and topic.role is None):
            return
        if topic.role is Role.UNSURE:
            yield from self._not_for_us(topic)
            return
        if self._asks_of_what_is_written():
            return
        if current is not None and (is_bare(self.sentence, meaning) or topic.name == current.topic):
            return
        if current is not None and self.words < FEW_WORDS and meaning.confidence < SURE_OF_A_FEW_WORDS:
            return
        is_of_a_name = not (topic.names | topic.hears.readers.keys()).isdisjoint(meaning.slots)
        left = LEFT_TO_ANSWERS * self.asks * (LEFT_BY_A_NAME if is_of_a_name else 1)
        left *= min(1.0, self.answered / LIKELY)
        score, reason = meaning.confidence * (1 - left), f"begins {topic.name}"
        last = self.session.last
        is_more_of_it = last is not None and topic.name == last.topic and not self._stands_alone()
        if current is None and is_more_of_it and not is_of_a_name:
            score *= 0.6
        if current is not None:
            score *= 0.8 if self.words > 2 else 0.6
        if meaning.question and self.asks == 0.0 and not meaning.slots.keys() & (topic.facts | {"amount", "amounts"}):
            score *= 0.6  # no written answers here: a question alone begins little
        if topic.speaks and not may_want_language(self.sentence):
            score *= 0.4
        if topic.courtesies and self._is_a_word() and find_about(self.text, topic.name) is None:
            return  # a word that nobody knows is no small talk
        if topic.passing and meaning.question and find_about(self.text, topic.name) is None:
            score *= 0.4

        async def act() -> bool:
            await self.router.begin_wish(topic, self.text, self.sentence, meaning)
            return True

        yield Interpretation(Sort.WISH, score, reason, act)
