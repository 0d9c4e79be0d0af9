"""In which language Allié answers: the one the person writes in, unless they chose one."""

from __future__ import annotations

from bot.dialogue.talk_runner import TalkRunner
from bot.i18n import LANGUAGES
from bot.phrase import _
from bot.understanding.meaning import Meaning
from bot.understanding.people import speaks_of_oneself
from bot.understanding.sentence import Sentence

__all__ = ["follow_language"]

LONGEST_NAME = 5
"""Words of a name, at most."""


async def follow_language(runner: TalkRunner, meaning: Meaning, sentence: Sentence) -> bool:
    """Go on in the language of the message. True where it is one that Allié does not speak, and says so."""
    session, words = runner.session, len(sentence.text.split())
    if meaning.language not in LANGUAGES:
        if words < 2 or session.current is not None or "crisis" in meaning.slots:
            return False
        runner.say(_("I understand a little of your language, but I answer in English. I speak French too."))
        return True
    enough = 3 if session.frames else (1 if session.serial == 0 else 2)
    if meaning.language == session.language or session.language_chosen or words < enough:
        return False
    is_a_name = words <= 4 and bool({"organisation", "place"} & meaning.slots.keys())
    if not is_a_name and not await _answers_with_a_name(runner, meaning, sentence):
        session.language = meaning.language
    return False


async def _answers_with_a_name(runner: TalkRunner, meaning: Meaning, sentence: Sentence) -> bool:
    """Whether a few words are likely the name that was asked for: « Les Amis du Livre » says nothing of a language."""
    current = runner.session.current
    if current is None or current.asked is None or meaning.question or speaks_of_oneself(sentence):
        return False
    kind = (await runner.questions(current)).get(current.asked)
    return kind is not None and (kind.greedy or kind.verbatim) and len(sentence.text.split()) <= LONGEST_NAME
