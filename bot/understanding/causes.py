"""The causes a person wants to serve, or refuses: beneficiaries, activities and settings, in everyday words.

A person's own job, illness or status is no cause: « je suis infirmière » says nothing of what they would help with.
"""

from __future__ import annotations

from typing import Final

from bot.catalogue.causes import CAUSES as NAMES
from bot.catalogue.causes import OTHER, cause_words
from bot.understanding.availability import moments_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.organisations import organisations_in
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["CAUSES", "causes_in", "read_causes"]

_LISTS: Final = word_lists("causes")

CAUSES: Final = tuple(cause for cause in NAMES if cause != OTHER)

# Words and phrases of the causes; those of two causes come first.
_WORDS: Final[Lexicon[tuple[str, ...]]] = Lexicon(
    (
        *((phrase, ("disability", "sport")) for phrase, _ in _LISTS.phrases("disability_sport")),
        *((word.text, (word.cause,)) for word in cause_words() if word.names_cause),
    )
)
_INSTEAD: Final[Lexicon[tuple[str, ...]]] = Lexicon(
    _LISTS.groups(
        "instead",
        {
            "culture": ("culture",),
            "disability_rights": ("human_rights", "disability"),
            "none": (),
            "digital": ("digital",),
            "elderly": ("elderly",),
            "education": ("education",),
            "health": ("health",),
            "disability": ("disability",),
            "refugees": ("refugees",),
            "solidarity": ("solidarity",),
            "animals": ("animals",),
            "environment": ("environment",),
        },
    )
)


# « vieux » alone is said of people, before a noun of the thing: « de vieux châteaux ».
_OLD: Final = _LISTS.words("old")
_OLD_FOLLOWED: Final = _LISTS.words("after_old")
# Before a trade, a status or an illness: one's own.
_BEING: Final = _LISTS.words("being")
_ARTICLES: Final = _LISTS.words("articles")
_SUFFERING: Final = _LISTS.words("suffering")
_STAYS_A_CAUSE: Final = _LISTS.words("stays_a_cause")


def _is_ones_own(sentence: Sentence, start: int, end: int, causes: tuple[str, ...]) -> bool:
    """« je suis sapeur-pompier », « je sors de dépression »: the person's own trade, status or illness."""
    words = sentence.words
    if end == start + 1 and words[start] in _OLD:
        after = sentence.word(end)
        return after.isalpha() and after not in _OLD_FOLLOWED
    before = start - 1
    before -= sentence.word(before) in _ARTICLES and not (
        sentence.word(before) == "m" and sentence.word(before - 1) != "i"
    )
    if sentence.word(before) in _BEING or (sentence.word(before) == "i" and sentence.word(before + 1) == "m"):
        return words[start] not in _STAYS_A_CAUSE
    return causes == ("health",) and any(word in _SUFFERING for word in words[max(0, start - 4) : start])


def read_causes(text: str | Sentence) -> tuple[list[str], list[str]]:
    """The causes wanted and those refused, as values of the slots `cause` and `not_cause`, each once."""
    sentence = Sentence.of(text)
    wanted, unwanted = sentence.once("causes wanted", lambda: _wanted(sentence))
    return list(wanted), list(unwanted)


def _wanted(sentence: Sentence) -> tuple[list[str], list[str]]:
    found = causes_in(sentence)
    refused = refusals(sentence, [(start, end) for start, end, _values in found], others=lambda: moments_in(sentence))
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for (_start, _end, values), no in zip(found, refused, strict=True):
        (unwanted if no else wanted).update(dict.fromkeys(values))
    return list(wanted), [cause for cause in unwanted if cause not in wanted]


def causes_in(sentence: Sentence) -> list[tuple[int, int, tuple[str, ...]]]:
    """What speaks of causes, wanted or not: words from, to, and the causes."""
    remembered = sentence.memory.get("causes")
    if isinstance(remembered, list):
        return remembered
    found: list[tuple[int, int, tuple[str, ...]]] = []
    index, size = 0, len(sentence)
    # What an organisation is called says nothing of what the person wants to do.
    names = {body.start: body.end for body in organisations_in(sentence)}
    while index < size:
        if index in names:
            index = max(names[index], index + 1)
            continue
        narrow = _INSTEAD.at(sentence, index)
        entry = _WORDS.at(sentence, index)
        chosen = narrow if narrow is not None and (entry is None or narrow.end >= entry.end) else entry
        if chosen is None:
            index += 1
            continue
        if chosen.value and not _is_ones_own(sentence, index, chosen.end, chosen.value):
            found.append((index, chosen.end, chosen.value))
        index = chosen.end
    sentence.memory["causes"] = found
    return found
