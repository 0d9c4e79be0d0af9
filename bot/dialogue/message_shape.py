"""What sort of remark a message is, told from its words and its meaning alone, whatever the talk it arrives in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from bot.dialogue.topic import Topic
from bot.understanding.about import find_about
from bot.understanding.answers import read_yes_no
from bot.understanding.corrections import replaced
from bot.understanding.givers import names_giver
from bot.understanding.items import goes_on
from bot.understanding.meaning import Meaning, Wished
from bot.understanding.people import speaks_of_oneself
from bot.understanding.sentence import Sentence

__all__ = [
    "SURE",
    "adds_only",
    "as_typed",
    "asks_only",
    "digest_of",
    "holds",
    "is_bare",
    "is_other_sum",
    "is_whole",
    "labelled",
    "of_several",
    "said_in_passing",
]

SURE = 0.4
"""Below this confidence the two likeliest topics are offered instead."""
PLACE_OR_SUM = frozenset({"place", "amount", "organisation"})
LONGEST_CORRECTION = 8
"""Words of a correction made when a talk is over."""


def is_whole(text: str, meaning: Meaning) -> bool:
    """A wish that says all there is to say is a new one, whatever it refuses: "… mais pas le dimanche, à Pau"."""
    said = {"place", "cause", "organisation", "amount", "when", "days"} & meaning.slots.keys()
    return len(text.split()) > LONGEST_CORRECTION and len(said) > 1 and meaning.confidence >= SURE


def asks_only(meaning: Meaning) -> bool:
    """A question about the topic, without a case of one's own to work on."""
    return meaning.question and not ({"amount", "amounts"} & meaning.slots.keys())


def adds_only(sentence: Sentence, meaning: Meaning) -> bool:
    """Values without a sentence, all of which the running talk can read: "2 days a week for 3 months"."""
    is_short = len(sentence.text.split()) <= LONGEST_CORRECTION and not meaning.question
    return is_short and not speaks_of_oneself(sentence) and meaning.slots.keys() <= meaning.here.keys()


def is_bare(sentence: Sentence, meaning: Meaning) -> bool:
    """A number, a name, a yes or a no and nothing else: in a talk an answer that was misread, never a new wish."""
    words = sentence.text.split()
    if len(words) > 2:
        return False
    figures = not any(character.isalpha() for character in sentence.text)
    names = len(words) == 1 and bool(PLACE_OR_SUM & meaning.slots.keys())
    return figures or names or read_yes_no(sentence) is not None


def is_other_sum(text: str, meaning: Meaning) -> bool:
    """« plutôt 5 000 € », « et si on donne 7 000 ? »: a figure in the place of another, which says nothing of who
    gives."""
    meant = replaced(text)[1] or text
    if not (PLACE_OR_SUM & meaning.here.keys()) or not any(map(str.isdigit, meant)):
        return False
    return len(meant.split()) <= 2 or (goes_on(Sentence(meant)) and not names_giver(meant))


def of_several(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any] | None:
    """“No, 500 to the Restos”, where several gifts were named: the one to that body changes, or this one takes over."""
    amounts, names = before.get("amounts"), before.get("organisation")
    if not (isinstance(amounts, list) and isinstance(names, list) and {"amount", "organisation"} <= said.keys()):
        return None
    if said["organisation"] not in names:
        return {**{slot: value for slot, value in before.items() if slot != "amounts"}, **said}
    pairs = zip(names, amounts, strict=False)
    return {**before, "amounts": [said["amount"] if name == said["organisation"] else amount for name, amount in pairs]}


def holds(told: object, value: object) -> bool:
    """Whether a value stands somewhere in what was told."""
    if isinstance(told, Mapping):
        return any(holds(part, value) for part in told.values())
    if isinstance(told, list | tuple):
        return any(holds(part, value) for part in told)
    return told == value


def labelled(word: str | None, buttons: Iterable[Sequence[str]]) -> str | None:
    """What the first button whose label has this word carries, of pairs of label and data."""
    if word is None:
        return None
    return next((data for label, data in buttons if word in Sentence(label).words), None)


def as_typed(text: str) -> str:
    """A label as people type it: any spaces, any apostrophe."""
    return " ".join(text.casefold().replace("\u2019", "'").split())


def digest_of(label: str) -> str:
    """What tells that a label was typed and says nothing of it: for one that holds words of somebody else's."""
    return "#" + blake2b(as_typed(label).encode(), digest_size=8).hexdigest()


def said_in_passing(text: str, topic: Topic, meaning: Meaning | Wished) -> dict[str, Any]:
    """What the person said in passing: the slots, and what their message is `about` within the topic."""
    about = find_about(text, topic.name)
    return {**meaning.slots, "about": about} if about else dict(meaning.slots)
