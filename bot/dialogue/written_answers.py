"""Whether a message asks what a written answer answers, and which."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from bot.dialogue.decision import MOST_FIGURES, Interpretation, Sort, chance_of_asking
from bot.dialogue.message_shape import SURE, adds_only
from bot.dialogue.remarks import NEARLY_CERTAIN, Remarks
from bot.dialogue.topic import Role, Topic
from bot.knowledge import Candidates, Certainty, Question
from bot.knowledge.policy import SURE as SURE_OF_AN_ANSWER
from bot.understanding.questions import asks_how_much, asks_to_act

__all__ = ["WrittenAnswers"]

SUMS = frozenset({"amount", "amounts", "gifts", "salary", "hourly", "turnover", "income", "budget"})
"""Slots that hold a sum of money."""
FIGURES = SUMS | {"days", "week", "given", "rhythm", "months", "lent", "hours"}
"""Slots that a topic computes with."""
HARDLY_ASKS = 0.1
"""Where even a perfect answer would leave the chance that one is asked for under this, none is looked for: none would
come before « nobody claims it »."""
HARDLY_ANOTHER = 0.8
"""From this probability on, an answer is that of the question: the words hardly say anything else."""
LEAST_OF_A_STATEMENT = 0.3
"""An answer less likely than this is no answer to what asks nothing."""
OF_A_CHOICE = 0.8
"""What part of the score of an answer a choice of several has: a topic that knows what to say comes before it."""
NOT_OURS = 0.5
"""What part of that is left to an answer where the message is likely none of our matters; to a sure one, where that is
nearly certain. Of 321 questions that are ours 4 are taken for none of ours as surely as that; of 1,104 that are not,
161 have an answer that seems sure."""
OF_ANOTHER_MATTER = 0.8
"""What part of that is left to an answer that is only near, where the message is nearly certainly of a topic and the
answer leads to another, or the message tells several figures that the topic works on: a word of the question is
likelier in the answer by chance."""
LONGEST_NAME = 6
"""Words with which a topic is named, at most: « mes droits de bénévole »."""


class WrittenAnswers(Remarks):
    """One message, and the written answers it may ask for."""

    @cached_property
    def _figures(self) -> frozenset[str]:
        """Slots that some topic computes with."""
        return FIGURES | self.runner.registry.own_slots

    @cached_property
    def _question(self) -> Question | None:
        """The message as it is looked for; None where there are no answers, or it has no word."""
        knowledge = self.runner.knowledge
        return knowledge.question(self.text, self.session.language) if knowledge is not None and self.words else None

    @cached_property
    def _last_answer(self) -> str | None:
        """The written answer on show."""
        knowing, table = self.runner.registry.knowing, next(iter(self.session.tables), None)
        is_shown = knowing is not None and table is not None and table.topic == knowing.name and table.items
        return table.items[0] if table is not None and is_shown else None

    @cached_property
    def _found(self) -> Candidates:
        """The written answers that are likeliest."""
        if self.runner.knowledge is None or self._question is None:
            return Candidates()
        who = self.session.facts.speakers
        return self.runner.knowledge.found(self._question, self.meaning.vector(), who, self._last_answer, self._near())

    def _another_answer(self) -> float:
        """The probability of the likeliest answer where it is not the one on show."""
        best = self._found.best
        return best.probability if best is not None and best.id != self._last_answer else 0.0

    def _sure_answer(self) -> float:
        """The probability of the likeliest answer where it is hardly another."""
        best = self._found.best
        return best.probability if best is not None and best.probability >= HARDLY_ANOTHER else 0.0

    def _known(self) -> Iterator[Interpretation]:
        """The written answers that fit, if the message asks something."""
        question, knowing = self._question, self.runner.registry.knowing
        if question is not None and knowing is not None:
            if not self._may_be_asked(question.asks):
                return  # the search is spared
            found = self._found
            likeliest = found.best.probability if found.best is not None else 0.0
            one_of_few = sum(candidate.probability for candidate in found.choice)
            told = self._only_told()
            self.answered = one_of_few if self.meaning.question or told else likeliest
            self.asks = self._asks(question.asks, self.answered)
            if self._asks_of_what_is_written() or self._tells_a_case():
                self.asks = max(self.asks, self.meaning.confidence)
            self.asks = max(self.asks, told)
            if self.asks < HARDLY_ASKS:
                return
            searched = self._searched_too()
            is_choice = found.certainty is Certainty.UNSURE
            beside_a_search = searched is None or found.certainty is Certainty.SURE  # what is found answers by itself
            if found.certainty is not Certainty.UNKNOWN and beside_a_search:
                # Of a statement, and where it may only mention the body that is named, an answer must be likely.
                is_asked = self.meaning.question or self._tells_a_case()
                must_be_likely = not told and (not is_asked or self._names_a_body())
                if must_be_likely and likeliest < LEAST_OF_A_STATEMENT:
                    return
                score = self.asks * (likeliest if must_be_likely else 0.5 + 0.5 * likeliest)
                if is_choice:
                    score *= OF_A_CHOICE
                if self._is_not_ours(NEARLY_CERTAIN if found.certainty is Certainty.SURE else 0.0):
                    score *= NOT_OURS
                if found.certainty is Certainty.NEAR and self._is_of_another_matter(found.choice[0].id):
                    score *= OF_ANOTHER_MATTER

                async def answer() -> bool:
                    self.router.remember(self.meaning)
                    beside = searched is not None or self.session.current is not None
                    await self.router.answered(knowing, found, self.sentence, beside=beside)
                    if searched is not None:
                        await self.router.begin_wish(searched, self.text, self.sentence, self.meaning)
                    else:
                        self.router.keep_told(self.text, self.meaning)
                    return True

                best = found.choice[0].id
                reason = f"asks {found.asks:.2f}, {found.certainty.value} {likeliest:.2f}: {best}"
                yield Interpretation(Sort.KNOWLEDGE, score, reason, answer)

    def _asks(self, words: float, answer: float) -> float:
        """The chance that the message asks to be told something, from that of its words and of a right answer."""
        told = self._figures & self.meaning.slots.keys()
        return chance_of_asking(
            words,
            answer,
            is_question=self.meaning.question and not asks_to_act(self.text),
            figures=len(told - {"gifts"}) or len(told),  # a gift tells its amount as well
            computes=self._is_worked_out(),
            has_place="place" in self.meaning.slots,
            says_who=self.meaning.speaker.declared,
        )

    def _asks_of_what_is_written(self) -> bool:
        """Whether the message is a question of a topic whose questions are answered in writing."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and topic.written and self.meaning.question

    def _tells_a_case(self) -> bool:
        """Whether a whole sentence tells a case of a topic whose questions are answered in writing."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and topic.written and self.words > LONGEST_NAME

    def _may_be_asked(self, words: float) -> bool:
        """Whether any answer at all could come of the message, before one is looked for. `words` is the chance that
        words alone give its asking."""
        is_case = self._asks_of_what_is_written() or self._tells_a_case()
        return is_case or self._may_tell or self._asks(words, 1.0) >= HARDLY_ASKS

    @cached_property
    def _may_tell(self) -> bool:
        """Whether telling may ask for an answer: not values alone, nor what a topic works out or has a name for."""
        if self._is_not_ours(0.0) or adds_only(self.sentence, self.meaning) or self._is_worked_out():
            return False
        return not (self._has_sum and "nature" in self.meaning.slots)

    def _only_told(self) -> float:
        """The probability that the message is about what no topic works out or does, where that is sure: telling of it
        asks for the answer."""
        knowledge = self.runner.knowledge
        if knowledge is None or not self._may_tell:
            return 0.0
        language = self.session.language
        told = sum(one.probability for one in self._found.choice if knowledge.is_only_told(one.id, language))
        return told if told >= SURE_OF_AN_ANSWER else 0.0

    def _names_a_body(self) -> bool:
        """Whether the message is likely of a topic that knows what it names."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and not topic.names.isdisjoint(self.meaning.slots) and self.meaning.confidence >= SURE

    def _is_not_ours(self, least: float) -> bool:
        """Whether the message is likeliest about nothing that we know, with at least this confidence."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and topic.role is Role.UNSURE and self.meaning.confidence >= least

    def _is_of_another_matter(self, id: str) -> bool:
        """Whether the message is nearly certainly of one topic, and this answer offers others only, or the message
        tells several figures to work on."""
        if self.meaning.confidence < NEARLY_CERTAIN or self._asks_of_what_is_written():
            return False
        topics = self.runner.knowledge.leads_to(id, self.session.language) if self.runner.knowledge else frozenset()
        leads_elsewhere = bool(topics) and self.meaning.topic not in topics
        return leads_elsewhere or len(self._figures & self.meaning.slots.keys()) >= MOST_FIGURES

    def _is_worked_out(self) -> bool:
        """Whether a topic computes what is asked: how much sums make, or what follows from a figure of its own."""
        slots, topic = self.meaning.slots.keys(), self.runner.registry.topics.get(self.meaning.topic)
        if topic is not None and topic.hears.readers.keys() & slots:
            return True
        return self._has_sum and asks_how_much(self.text, self.session.language)

    @property
    def _has_sum(self) -> bool:
        """Whether the message tells a sum of money: gifts may be told without one."""
        gifts = self.meaning.slots.get("gifts")
        has_gifts = isinstance(gifts, dict) and "gifts" in gifts
        return has_gifts or bool((SUMS - {"gifts"}) & self.meaning.slots.keys())

    def _near(self) -> str:
        """The group of answers that goes with the answer on show, or else with what is in hand."""
        if self._last_answer is not None and self.runner.knowledge is not None:
            return self.runner.knowledge.group_of(self._last_answer, self.session.language)
        frame = self.session.current or self.session.last
        topic = self.runner.registry.topics.get(frame.topic) if frame is not None else None
        return topic.answers if topic is not None else ""

    def _searched_too(self) -> Topic | None:
        """The topic that the message asks to look for something in, besides what it asks: it says where."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        is_search = topic is not None and topic.located and "place" in self.meaning.slots
        return topic if is_search and self.session.current is None and self.meaning.confidence >= SURE else None
