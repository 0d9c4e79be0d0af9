"""Text → Meaning: what a person wants, what they said about it, and in which language.

Deterministic, offline, a few milliseconds a message. Any string at all gets a Meaning; nothing here raises on what a
person typed, keeps it or logs it. Distress comes before everything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from bot.understanding.blas import THREADS
from bot.understanding.corrections import is_correction
from bot.understanding.crisis import Distress
from bot.understanding.examples import CRISIS
from bot.understanding.features import Reading, without_organisations
from bot.understanding.givers import gives_privately, read_giver
from bot.understanding.grief import read_grief
from bot.understanding.hearing import Alone, Context, Hearing
from bot.understanding.meaning import Meaning, Wished
from bot.understanding.pointing import NOTHING, Pointing
from bot.understanding.questions import is_question
from bot.understanding.seeking import read_seeking
from bot.understanding.sentence import Sentence
from bot.understanding.sentence_vectors import SentenceVectors
from bot.understanding.slots import NOT_IN_TALK, read_in_talk, read_slots
from bot.understanding.speakers import read_speaker
from bot.understanding.topics import Topics, usual_folder
from bot.word_lists import word_lists

__all__ = ["Meaning", "Understanding"]

_LISTS: Final = word_lists("writing")

# A message is read as far as this; nobody says what they want later than that.
LONGEST: Final = 2_000
# Who says a sum, a pay or a number of days speaks of that, unless the words of distress themselves are there.
MATTERS_OF_FACT: Final = frozenset({"amount", "amounts", "salary", "days", "turnover", "income", "organisation"})
# From these probabilities on, distress is taken for real: the second where no word of it is said, the third where it may
# answer a question of ours.
DISTRESS: Final = 0.3
UNSPOKEN_DISTRESS: Final = 0.65
UNSPOKEN_IN_AN_ANSWER: Final = 0.93
# An answer to a question of ours has so many words and signs at most.
LONGEST_ANSWER: Final = 8
# From this probability on, a question is about what is on show, whatever else it sounds like.
POINTS: Final = 0.5
# The least probability that makes a topic worth naming beside the best.
ALSO: Final = 0.05
# A second wish is offered when its part of the message is this clear.
CLEAR: Final = 0.75
# The number of a body in a register, alone: RNA, SIREN or SIRET.
REGISTRY_NUMBER: Final = re.compile(r"[Ww]\d{9}|\d{3} ?\d{3} ?\d{3}(?: ?\d{5})?")
# Where nobody claims a message that names a place, it is for what a place begins where that is this likely, and is then
# this sure.
PERHAPS: Final = 0.2
PLACED: Final = 0.55
# How sure a name or a number alone makes of its topic.
CERTAIN: Final = 0.9
# Who gives, and what is then talked of.
GIVEN_BY: Final = {"person": Context.GIFT, "company": Context.PATRONAGE}
SHORTEST_WISH: Final = 3
PARTS: Final = re.compile(
    r"[.;!?\n]+|\b(?:et (?:aussi|puis|sinon|en plus)|et|aussi|sinon|par ailleurs|en plus|autre chose|also|and|besides)\b",
    re.IGNORECASE,
)
MOST_PARTS: Final = 4


class Understanding:
    """Reads messages. Load it once; it holds nothing about anybody. Linear algebra runs on `threads` threads."""

    threads: ClassVar = THREADS

    def __init__(self, topics: Topics, distress: Distress, hearing: Hearing) -> None:
        self._topics = topics
        self._hearing = hearing
        self._distress = distress

    @classmethod
    def load(cls, hearing: Hearing, *, encoder: bool = True, folder: Path | None = None) -> Understanding:
        """The reader, ready, for what the topics of `hearing` declare. `encoder` asks for the sentence encoder too: better topics, about 35 MB more.

        What is learnt from the examples is kept in `folder`, or where `usual_folder` says; the first start, or the first
        after a change, takes some seconds to learn. Killed meanwhile: the next start learns.
        """
        return cls(Topics.load(folder or usual_folder(), encoder=encoder), Distress(), hearing)

    @property
    def sentences(self) -> SentenceVectors | None:
        """How texts become vectors here; None without the encoder."""
        encoder = self._topics.encoder
        return None if encoder is None else SentenceVectors(encoder, self._topics.accents)

    def read(
        self,
        said: str | Sentence,
        *,
        today: date,
        language: str | None = None,
        running: str | None = None,
        shown: bool = False,
        asked: bool = False,
    ) -> Meaning:
        """The meaning of one message. `language` is the conversation's: it decides when the text alone cannot.

        `running` is the topic of the talk it arrives in, if there is one; `shown`, that something is on show which the
        message may point at; `asked`, that a question waits for its answer: a few words that name no distress are mostly
        such an answer, however they sound.
        """
        sentence = _well_formed(said)
        text = sentence.text
        written = self._topics.languages.told(without_organisations(sentence), language)
        if self._distress.is_told(text):
            return Meaning(self._hearing.unclaimed, 1.0, {"crisis": True}, language=written)
        reading = Reading(sentence, written, today, self._topics.accents)
        chances = dict(self._topics.judge(reading))
        distress = chances.pop(CRISIS, 0.0)
        number = REGISTRY_NUMBER.fullmatch(text.strip())
        alone = Alone.REGISTRY_NUMBER if number else _alone(reading)
        begun = self._hearing.begun_by(alone) if alone is not None else None
        if begun is not None:
            chances = {begun: max(chances.pop(begun, 0.0), CERTAIN), **chances}
        best, chance = next(iter(chances.items()))
        placed = self._hearing.begun_by(Alone.PLACE) if "place" in reading.values else None
        if best == self._hearing.unclaimed and placed is not None and chances.get(placed, 0.0) >= PERHAPS:
            best, chance = placed, max(chances[placed], PLACED)  # « sortie joëlette vers Lannion »
        gift = self._gift(sentence, {best, running})
        private = self._hearing.about(Context.GIFT)
        if gift is not None:
            best, chance = gift, max(chances.get(gift, 0.0), CERTAIN)
        elif private and self._hearing.of(best).context is Context.PATRONAGE and gives_privately(sentence):
            best, chance = private, max(chances.get(private, 0.0), chance)
        slots = read_slots(sentence, written, today, self._hearing.of(best))
        if number:
            slots["organisation"] = number[0]
        grief = read_grief(sentence)
        question = is_question(text, written)
        pointing = self._topics.pointing(reading) if shown else ()
        is_harmless = MATTERS_OF_FACT & slots.keys() or grief or self._distress.is_figurative(text)
        is_harmless = is_harmless or (question and _points(pointing))
        if self._is_real(distress, reading, asked=asked) and not is_harmless:
            return Meaning(self._hearing.unclaimed, distress, {"crisis": True}, language=written)
        return Meaning(
            topic=best,
            confidence=chance,
            slots=slots,
            here=self._in_talk(sentence, written, today, running, best, slots),
            language=written,
            also=tuple((topic, other) for topic, other in chances.items() if topic != best and other >= ALSO)[:3],
            wishes=self._wishes(text, written, today, best),
            correction=is_correction(sentence, written) or (gift is not None and self._is_of_gifts(running)),
            question=question,
            pointing=pointing,
            speaker=read_speaker(sentence),
            grief=grief,
            seeking=read_seeking(sentence),
            sentence=sentence,
            vector=partial(self._topics.vector, reading),
        )

    def _is_of_gifts(self, topic: str | None) -> bool:
        return self._hearing.of(topic).context in GIVEN_BY.values()

    def _gift(self, sentence: Sentence, topics: set[str | None]) -> str | None:
        """The topic of a gift by whom gives it, where gifts are talked of and that is said."""
        giver = read_giver(sentence) if any(map(self._is_of_gifts, topics)) else None
        return None if giver is None else self._hearing.about(GIVEN_BY[giver])

    def _in_talk(
        self, sentence: Sentence, language: str, today: date, running: str | None, best: str, slots: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The slots as the running talk reads them: read already where it is about the message's own topic."""
        if running is None:
            return slots
        if running == best:
            return {slot: value for slot, value in slots.items() if slot not in NOT_IN_TALK}
        return read_in_talk(sentence, language, today, self._hearing.of(running))

    def _is_real(self, distress: float, reading: Reading, *, asked: bool) -> bool:
        if distress < DISTRESS:
            return False
        if self._topics.touches(reading, "distress"):
            return True
        is_answer = asked and len(reading.sentence) <= LONGEST_ANSWER
        return distress >= (UNSPOKEN_IN_AN_ANSWER if is_answer else UNSPOKEN_DISTRESS)

    def _wishes(self, text: str, language: str, today: date, best: str) -> tuple[Wished, ...]:
        """What else a message of several parts asks for."""
        parts = [part for part in PARTS.split(text) if len(part.split()) >= SHORTEST_WISH]
        if not 1 < len(parts) <= MOST_PARTS:
            return ()
        wishes: dict[str, Wished] = {}
        no_wishes = self._hearing.no_wishes | {CRISIS}
        for part in parts:
            sentence = Sentence(part)
            reading = Reading(sentence, language, today, self._topics.accents)
            topic, chance = next(iter(self._topics.judge(reading, quickly=True).items()))
            if chance >= CLEAR and topic not in no_wishes and topic != best and topic not in wishes:
                slots = read_slots(sentence, language, today, self._hearing.of(topic))
                wishes[topic] = Wished(topic, slots, part.strip())
        return tuple(wishes.values())[:2]


def _well_formed(said: str | Sentence) -> Sentence:
    """The message as far as it is read, without halves of characters; as it was cut already, where it has none."""
    sentence = Sentence.of(said)
    text = sentence.text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    return sentence if text == sentence.text else Sentence(text)


def _points(pointing: tuple[Pointing, ...]) -> bool:
    """Whether the message is surely about what is on show: « je serai seule avec eux ? » asks about a mission."""
    return bool(pointing) and pointing[0].act != NOTHING and pointing[0].chance >= POINTS


# Words that may stand around a name without saying what is wanted.
LITTLE: Final = _LISTS.words("around_a_name")


def _alone(reading: Reading) -> Alone | None:
    """What the message is where it is a name or a number with nothing around it."""
    values: Mapping[str, Any] = reading.values
    words = [word for word in reading.sentence.words if word.isalnum() and word not in LITTLE]
    if not words or len(words) > 4:
        return None
    if set(values) == {"place"} and not isinstance(values["place"], list):
        return Alone.PLACE if _covers(words, str(values["place"].get("name", "")), reading) else None
    if set(values) == {"amount"} and len(words) <= 2 and words[0].isdigit():
        return Alone.SUM
    return None


def _covers(words: list[str], name: str, reading: Reading) -> bool:
    """Whether the words are those of a place's name, or its postcode, and no more."""
    named = set(Sentence(name).words)
    return all(word in named or (word.isdigit() and len(word) == 5) for word in words)
