"""Whose gift it is: the person who writes, somebody of their household, or somebody who files a return of their own.

« ma femme a donné 1 400 € », "my husband paid it", « c'est mon père qui donne », « et ma sœur, si elle donne pareil ? ».
Somebody is a giver only where the words make them give: who is helped, mourned or thanked is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Donor", "Who", "donors_in"]

Who = Literal["self", "spouse", "partner", "child", "other"]
"""`spouse` and `child` belong to the household; a `partner` only if they file together; any `other` files alone."""


@dataclass(frozen=True, slots=True)
class Donor:
    """Somebody who gives: words from `start` to before `end`, and how they were called (« ma sœur »)."""

    start: int
    end: int
    who: Who
    called: str


_PEOPLE: Final[Lexicon[Who]] = Lexicon.of({
    "spouse": """
        {ma|mon} {femme|mari|epouse|epoux|conjoint|conjointe|moitie}, my {wife|husband|spouse|hubby|other half}
        """,
    "partner": """
        {ma|mon} {compagne|compagnon|copine|copain|concubin|concubine|partenaire|cheri|cherie}, my
        {partner|girlfriend|boyfriend}
        """,
    "child": """
        {mon|ma|notre|mes|nos} {fils|fille|enfant|enfants|ado|gamin|gamine|petit|petite|ainee|aine|cadet|cadette}, my
        {son|daughter|kid|kids|child|children|teenager}
        """,
    "other": """
        {mon|ma|mes|nos|notre} {pere|papa|mere|maman|parents|grand mere|grand pere|grands parents|mamie|papi|frere|freres|soeur|soeurs|oncle|tante|cousin|cousine|neveu|niece|beau
        pere|belle mere|beau frere|belle soeur|gendre|belle fille|ami|amie|amis|collegue|collegues|voisin|voisine|parrain|marraine|ex|ex
        mari|ex femme}, my {father|dad|mother|mum|mom|parents|brother|sister|grandmother|grandfather|grandma|grandpa|uncle|aunt|cousin|nephew|niece|friend|colleague|neighbour|neighbor|ex
        wife|ex husband|in laws|mother in law|father in law}
        """,
    "self": "moi, moi meme, me, myself, mine",
})  # fmt: skip

_GIVES: Final = word_set(
    """
    donne donnent donner donnait donnaient donnera donnerait donnes donnee done verse versent verser versait versera paie
    paye payent paient payer regle fait offre offrent cotise envoie gave gives give given giving paid pays pay donated
    donates donate donating sent sends contributed
    """
)
_PASSED_OVER: Final = word_set(
    """
    a ont aussi veut veulent voudrait voudraient qui , si elle il elles ils lui y en deja est va vont and of who has have
    had also wants want would will to if she he they is are does do like de ans an age : ( ) avait avaient aurait vient
    just already pareil same d autant souhaite souhaiterait peut could can the
    """
)
_NOT_A_GIFT_OF_THEIRS: Final = word_set("m me nous us t vous moi")
_REACH: Final = 7
_JOINED_BY: Final = word_set("de d par from by of")
_SHORT: Final = 6
_OPENS: Final = word_set("et and ou or si if pour for what how about")


def donors_in(sentence: Sentence) -> list[Donor]:
    """Those who give, from left to right. `self` only where it is told from somebody else's."""
    remembered = sentence.memory.get("donors")
    if isinstance(remembered, list):
        return remembered
    people = _PEOPLE.find(sentence)
    givers = [
        Donor(found.start, found.end, found.value, sentence.typed(found.start, found.end))
        for found in people
        if found.value != "self" and _is_giver(sentence, found.start, found.end)
    ]
    if givers:
        givers += [
            Donor(found.start, found.end, "self", sentence.typed(found.start, found.end))
            for found in people
            if found.value == "self" and sentence.word(found.start - 1) not in ("pas", "not")
        ]
    givers.sort(key=lambda donor: donor.start)
    sentence.memory["donors"] = givers
    return givers


def _is_giver(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words make the person named from `start` to before `end` give something."""
    words = sentence.words
    for at in range(end, min(end + _REACH, len(words))):
        word = words[at]
        if word in _NOT_A_GIFT_OF_THEIRS:
            return False
        if word in _GIVES:
            return words[at + 1 : at + 2] not in (["moi"], ["me"], ["us"], ["nous"])
        if word.isdigit() and at == end:
            return True  # « ma femme 200 »
        if word not in _PASSED_OVER and not word.isdigit():
            break
    before = sentence.word(start - 1)
    if before in _JOINED_BY and start >= 2 and (words[start - 2].isdigit() or sentence.stem(start - 2) == "euro"):
        return True  # « 300 de ma femme »
    return len(words) <= _SHORT and start > 0 and words[0] in _OPENS and _ends_there(words, end)


def _ends_there(words: list[str], end: int) -> bool:
    """« et ma femme ? », "what about my wife too?": nothing else is said of them."""
    return all(word in ("?", "!", ".", "aussi", "too", "also", "alors", "then") for word in words[end:])
