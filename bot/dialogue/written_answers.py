"""Whether a message asks what a written answer answers, and which."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from bot.dialogue.decision import Interpretation, Sort, chance_of_asking
from bot.dialogue.message_shape import SURE
from bot.dialogue.remarks import Remarks
from bot.dialogue.topic import Role, Topic
from bot.knowledge import Certainty
from bot.understanding.questions import asks_how_much, asks_to_act

__all__ = ["WrittenAnswers"]

SUMS = frozenset({"amount", "amounts", "gifts", "salary", "hourly", "turnover", "income", "budget"})
"""Slots that hold a sum of money."""
FIGURES = SUMS | {"days", "week", "given", "rhythm", "months", "lent", "hours"}
"""Slots that a topic computes with."""
HARDLY_ASKS = 0.1
"""Where even a perfect answer would leave the chance that one is asked for under this, none is looked for: none would
come before « nobody claims it »."""
OF_A_CHOICE = 0.9
"""What part of the score of an answer a choice of several has: a topic that knows what to say comes before it."""
NOT_OURS = 0.5
"""What part of it is left to an answer that is not sure, of a message that is likely none of our matters."""


class WrittenAnswers(Remarks):
    """One message, and the written answers it may ask for."""

    @cached_property
    def _figures(self) -> frozenset[str]:
        """Slots that some topic computes with."""
        return FIGURES | self.runner.registry.own_slots

    def _known(self) -> Iterator[Interpretation]:
        """The written answers that fit, if the message asks something."""
        knowledge, knowing = self.runner.knowledge, self.runner.registry.knowing
        if knowledge is not None and knowing is not None and self.words:
            question = knowledge.question(self.text, self.session.language)
            self.asks = self._asks(question.asks, 1.0)
            if self.asks < HARDLY_ASKS and not self._asks_of_what_is_written():
                return
            shown = (table for table in self.session.tables[:1] if table.topic == knowing.name and table.items)
            last = next((table.items[0] for table in shown), None)
            who = self.session.facts.speakers
            found = knowledge.found(question, self.meaning.vector(), who, last, self._near())
            likeliest = found.best.probability if found.best is not None else 0.0
            one_of_few = sum(candidate.probability for candidate in found.choice)
            self.answered = one_of_few if self.meaning.question else likeliest
            self.asks = self._asks(question.asks, self.answered)
            if self._asks_of_what_is_written():
                self.asks = max(self.asks, self.meaning.confidence)
            searched = self._searched_too()
            is_choice = found.certainty is Certainty.UNSURE
            if found.certainty is not Certainty.UNKNOWN and not (is_choice and searched is not None):
                # Of a statement, and where it may only mention the body that is named, an answer must be likely.
                must_be_likely = not self.meaning.question or self._names_a_body()
                score = self.asks * (likeliest if must_be_likely else 0.5 + 0.5 * likeliest)
                if is_choice:
                    score *= OF_A_CHOICE
                if found.certainty is not Certainty.SURE and self._is_not_ours():
                    score *= NOT_OURS

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

    def _names_a_body(self) -> bool:
        """Whether the message is likely of a topic that knows what it names."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and not topic.names.isdisjoint(self.meaning.slots) and self.meaning.confidence >= SURE

    def _is_not_ours(self) -> bool:
        """Whether the message is likeliest about nothing that we know."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        return topic is not None and topic.role is Role.UNSURE

    def _is_worked_out(self) -> bool:
        """Whether a topic computes what is asked: how much sums make, or what follows from a figure of its own."""
        slots, topic = self.meaning.slots.keys(), self.runner.registry.topics.get(self.meaning.topic)
        if topic is not None and topic.hears.readers.keys() & slots:
            return True
        return bool(SUMS & slots) and asks_how_much(self.text, self.session.language)

    def _near(self) -> str:
        """The group of answers that goes with what is in hand."""
        frame = self.session.current or self.session.last
        topic = self.runner.registry.topics.get(frame.topic) if frame is not None else None
        return topic.answers if topic is not None else ""

    def _searched_too(self) -> Topic | None:
        """The topic that the message asks to look for something in, besides what it asks: it says where."""
        topic = self.runner.registry.topics.get(self.meaning.topic)
        is_search = topic is not None and topic.located and "place" in self.meaning.slots
        return topic if is_search and self.session.current is None and self.meaning.confidence >= SURE else None
