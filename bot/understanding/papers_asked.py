"""A paper that is asked for in a few words: « écris la lettre », « fais-moi le reçu », "write the agreement"."""

from __future__ import annotations

from typing import Final

from bot.understanding.sentence import Sentence, word_set

__all__ = ["read_paper_asked"]

_PAPERS: Final = word_set(
    """
    lettre courrier recu attestation convention contrat document papier note pdf certificat justificatif cerfa charte letter
    receipt agreement contract paper certificate charter
    """
)
_ASKING: Final = word_set(
    """
    ecris ecrit ecrire ecrivez redige rediger redigez fais fait faites faire genere generer generez prepare preparer
    preparez envoie envoyer envoyez donne donnez edite editer imprime imprimer etablis remplis sors veux voudrais faut
    passe filez write draft make prepare give send generate print create want need
    """
)
_MOST_WORDS: Final = 9


def read_paper_asked(text: str | Sentence) -> str | None:
    """The kind of paper to be made, as a word without accents. None when none is asked for, or it is refused."""
    sentence = Sentence.of(text)
    words = sentence.words
    if len(words) > _MOST_WORDS or not {"pas", "not", "don", "plus", "?"}.isdisjoint(words[:-1]):
        return None
    asked = next((at for at, word in enumerate(words) if word in _ASKING), None)
    return None if asked is None else next((word for word in words[asked + 1 :] if word in _PAPERS), None)
