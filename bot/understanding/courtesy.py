"""Words of courtesy and nothing else: « bonjour », « merci beaucoup », "ok". They name nobody and answer no question."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence

__all__ = ["Courtesy", "read_courtesy"]

Courtesy = Literal["greeting", "thanks", "fine"]

_WORDS: Final[Lexicon[Courtesy | None]] = Lexicon.of({
    "greeting": """
        bonjour, bjr, bonsoir, bsr, salut, slt, coucou, cc, hello, hi, hey, rebonjour, re bonjour, yo, wesh, good
        {morning|afternoon|evening|day}, greetings, hola, buenos dias, ola, ciao, hallo, guten tag
        """,
    "thanks": """
        merci, mci, mrc, je {vous|te} remercie, remerciements, thanks, thank you, thx, ty, cheers, gracias, grazie,
        obrigado, obrigada, danke
        """,
    "fine": """
        ok, okay, oki, okey, d'accord, dacc, dac, entendu, compris, bien recu, cool, super, genial, parfait, top, nickel,
        tres bien, ca marche, ca roule, great, perfect, fine, nice, got it, understood, i see, all right, alright
        """,
    None: """
        a vous, a toi, a tous, a toutes, tout le monde, beaucoup, bcp, bien, infiniment, d'avance, madame, monsieur, allie,
        there, everyone, everybody, all, very much, so much, a lot, in advance, vous allez bien, ca va,
        et, and
        """,
})  # fmt: skip
_RANK: Final[tuple[Courtesy, ...]] = ("greeting", "thanks", "fine")


def read_courtesy(text: str | Sentence) -> Courtesy | None:
    """What a message of courtesies alone is above all; None where it says anything else."""
    sentence = Sentence.of(text)
    said: set[Courtesy | None] = set()
    at = 0
    while at < len(sentence):
        found = _WORDS.at(sentence, at)
        if found is None and sentence.words[at].isalnum():
            return None
        said.add(found.value if found else None)
        at = found.end if found else at + 1
    return next((courtesy for courtesy in _RANK if courtesy in said), None)
