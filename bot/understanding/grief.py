"""Grief in a message: somebody close has died, perhaps by suicide. It is met with a word before anything else.

It is no distress by itself (`crisis`): who gives in memory of a brother wants to give, and is not in danger.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Grief", "read_grief"]

Grief = Literal["death", "suicide"]

_CLOSE: Final = word_set(
    """
    fils fille enfant bebe frere soeur pere mere papa maman parent mari femme epoux epouse conjoint conjointe compagnon
    compagne copain copine ami amie pote oncle tante cousin cousine grand grands beau belle neveu niece collegue voisin
    voisine petit petite jumeau jumelle filleul marraine parrain proche son daughter child baby brother sister father
    mother dad mum mom husband wife partner friend uncle aunt cousin grandfather grandmother nephew niece colleague
    neighbour nan gran granddad boyfriend girlfriend mamie papi papy
    """
)
_OWN: Final = word_set("mon ma mes notre nos my our un une a")
_DIED: Final[Lexicon[Grief]] = Lexicon.of({
    "death": """
        est {mort|morte|decede|decedee}, {etait|etant} {decede|decedee}, est parti trop tot, est partie trop tot, nous a {quittes|quitte}, deces {de|d'},
        j'ai perdu, on a perdu, nous avons perdu, venons de perdre, viens de perdre, enterrement {de|d'}, obseques {de|d'}, died, passed away, is dead, has died, we lost, i lost, i have
        lost, i've lost, we've lost, the death of, the loss of, funeral of
        """,
    "suicide": """
        s'est suicide, s'est suicidee, suicide, s'est donne la mort, s'est tue, s'est tuee, s'est pendu, s'est pendue, mis fin a ses jours, mit fin a ses jours, killed
        himself, killed herself, took his own life, took her own life, died by suicide, committed suicide
        """,
})  # fmt: skip
_MEMORY: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        en memoire {de|d'|du}, a la memoire {de|d'|du}, en sa memoire, a sa memoire, en leur memoire, en souvenir {de|d'|du}, en hommage {a|au}, in
        {loving|} memory of, in {his|her|their} memory, in {his|her|their} name, in honour of my late, my late
        """,
})  # fmt: skip
_MOURNING: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        je suis en deuil, suis en deuil, mon deuil, notre deuil, depuis le deces, suite au deces, apres le deces, a la suite du deces, je suis veuf, je suis veuve, suis veuf, suis
        veuve, i'm grieving, i am grieving, my grief, bereaved, i'm a widow, i'm a widower, i am a widow, i am a widower
        """,
})  # fmt: skip
_BEFORE, _AFTER = 4, 4
_LOST: Final = word_set("perdu perdre lost deces death loss enterrement obseques funeral")
"""With these, who died comes after; with the others, before."""


def read_grief(text: str | Sentence) -> Grief | None:
    """Whether somebody close to the person has died, and how, as far as it is said."""
    sentence = Sentence.of(text)
    found = [entry for entry in _DIED.find(sentence) if _is_close(sentence, entry.start, entry.end)]
    remembered = _MEMORY.first(sentence)
    if any(entry.value == "suicide" for entry in found):
        return "suicide"
    if remembered is not None and _named_close(sentence, range(len(sentence))):
        return "suicide" if any(entry.value == "suicide" for entry in _DIED.find(sentence)) else "death"
    return "death" if found or _MOURNING.first(sentence) is not None else None


def _is_close(sentence: Sentence, start: int, end: int) -> bool:
    """Whether it is said of somebody close, a few words away: « mon père est mort », « j'ai perdu mon père »."""
    if _LOST.isdisjoint(sentence.words[start:end]):
        return _named_close(sentence, range(max(0, start - _BEFORE), start))
    return _named_close(sentence, range(end, min(len(sentence), end + _AFTER)))


def _named_close(sentence: Sentence, where: range) -> bool:
    return any(
        {sentence.words[at], sentence.stems[at]} & _CLOSE and not _OWN.isdisjoint(sentence.words[max(0, at - 2) : at])
        for at in where
    )
