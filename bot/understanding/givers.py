"""Whose gift it is, when a message says so against another: « c'est moi qui donne, pas ma boîte »."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Giver", "read_giver"]

Giver = Literal["person", "company"]

_GIVERS: Final[Lexicon[Giver]] = Lexicon.of({
    "person": """
        moi qui {donne|donnerai|donnerais|paie|paye|verse|offre|fais le don|ferai le don|ferais le don}, {a|au} titre
        {perso|personnel|prive}, {titre|nom} personnel, {en|a} mon nom, en mon propre nom, mon nom {propre|perso},
        {de|depuis} mon compte {perso|personnel}, de ma poche, avec mon {propre argent|argent a moi|argent perso}, en
        tant que particulier, comme particulier, {pas|non pas|et non} {ma|mon|notre|la|l'}
        {boite|entreprise|societe|firme|sarl|sas|sasu|eurl|pme}, {me|i} who {gives|give|am giving|pays|pay}, me giving,
        {i'm|i am} the one {giving|who gives|paying|who pays}, in my own name, out of my own pocket, my own money, as a
        private {person|individual}, as an individual, en perso, perso, personnellement, personally, not {my|our|the} {company|firm|business|employer}
        """,
    "company": """
        {boite|entreprise|societe|firme|sarl|sas|sasu|eurl|pme} qui
        {donne|donnerait|donnera|paie|paye|verse|offre|fait le don|ferait le don|fera le don}, {au nom
        de|via|par|depuis} {ma|mon|notre|la|l'} {boite|entreprise|societe|firme|sarl|sas|sasu|eurl|pme},
        {company|firm|business} {that|which|who} {gives|pays|is giving}, {company|firm|business}
        {giving|is the one giving}, {through|on behalf of|in the name of} {my|our|the} {company|firm|business}
        """,
})  # fmt: skip


def read_giver(text: str | Sentence) -> Giver | None:
    """Who gives, where it is said in so many words. None when both are named, to be compared, or neither."""
    sentence = Sentence.of(text)
    found = {entry.value for entry in _GIVERS.find(sentence)}
    if not found and _NOT_ME.first(sentence) is not None and not _FIRMS.isdisjoint(sentence.stems):
        return "company"  # « c'est ma boîte, pas moi »; « mon mari, pas moi » is no firm
    return found.pop() if len(found) == 1 else None


_NOT_ME: Final[Lexicon[bool]] = Lexicon.of({True: "pas moi, not me, not myself"})
_FIRMS: Final = word_set("boite entreprise societe firme sarl sas sasu eurl pme company firm business employer")
