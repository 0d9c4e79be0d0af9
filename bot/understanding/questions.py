"""Telling a question from a statement: « c'est quoi le plafond ? » asks, « 500 euros » answers."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.writing import fold, in_full

__all__ = ["asks_how_much", "asks_to_act", "is_question"]

ASKS: Final = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|hello|hi|hey|coucou|stp|svp|please|dis(?: moi)?|dites(?: moi)?|et|mais|alors|donc|sinon|so|and|but|ok)\W+)*"
    r"(?:combien|comment|pourquoi|quand|quoi|quel(?:le)?s?|qui|lequel|laquelle|lesquel(?:le)?s|ou (?:est|sont|puis|peut|peux|trouver|trouve|declarer|mettre|dois)|a (?:quoi|qui|quel|combien|partir de quand)"
    r"|de (?:quoi|qui|quel|combien)|jusqu\W(?:a quand|ou)|c\W?est (?:quoi|qui|ou|quand|combien|a quel)|qu\W?est\W?ce|est\W?ce|y\W?a\W?t\W?il|il y a (?:quoi|un|des) .*\?|(?:puis|peut|peux|doit|dois|faut|ai|as|suis|sont|existe|avez|pouvez|pourriez|savez|connais\w*|sais|tu (?:sais|connais|peux))\W(?:je|tu|il|elle|on|vous|t\W?il|t\W?on|le|la|si|me|moi|une?)\b"
    r"|how|what|when|where|why|who|whom|whose|which|can (?:i|we|you|my|a|they)|could|may i|is (?:it|there|that|this|the|my|a)|are (?:there|you|they|my|we)|do (?:i|you|we|they)|does|did|should|will|would|am i"
    r"|cuant[oa]s?|como|cual(?:es)?|cuando|donde|que (?:es|son|puedo|hace)|puedo|se puede|quanto|qual|quando|onde|posso|come|cosa|dove|chi|perche|wie|was|wann|wo|warum|wer|welche\w*|kann ich|darf ich|ist|gibt es"
    r"|كم|كيف|متي|اين|هل|ما هي|ما هو|من هم|لماذا|скільки|скильки|як|коли|де|чи|чому|що таке|хто)\b"
)
MARK: Final = re.compile(r"[?؟¿]")


WITHIN: Final = re.compile(
    r"\b(?:est ce qu[e ]|pourquoi\b|comment (?:faire|fait|on|je|puis)|(?:ai|dois|puis|suis) je\b|peut on\b|y a t il\b|"
    r"(?:can|may|should|do|could) (?:i|we)\b|how do (?:i|we)\b)"
)
"""What asks wherever it stands."""


def is_question(text: str, language: str = "fr") -> bool:
    """Whether `text` asks for something to be told."""
    if MARK.search(text) is not None:
        return True
    plain = fold(in_full(text[:200], {}, english=language == "en"))
    return ASKS.match(plain) is not None or WITHIN.search(re.sub(r"\W+", " ", plain)) is not None


HOW_MUCH: Final = re.compile(
    r"\b(?:combien(?! de (?:temps|fois|jours|mois|semaines|annees|personnes|heures)\b)|quel(?:le)? (?:est la |est le |)(?:reduction|montant|somme|economie|avantage|cout)|"
    r"(?:rend|rendra|recupere\w*|rapporte\w*|revien\w*|touche\w*|gagne\w*|donne|economise\w*|coute\w*)\W+(?:quoi|vraiment|reellement|au final)|on (?:me|nous) rend|"
    r"how much(?! time\b)|what (?:do|would|will|can|could) (?:i|we) (?:get|save|pay)|what (?:does|would|will|do) .{0,60}(?:cost|save|worth|bring)|what(?:'s| is) (?:it|the .{0,30}) worth|"
    r"what .{0,20}(?:reduction|tax break|real cost))"
)


def asks_how_much(text: str, language: str = "fr") -> bool:
    """Whether `text` asks for a sum to be worked out: « je récupère combien ? », "what does it cost me?"."""
    return HOW_MUCH.search(fold(in_full(text[:400], {}, english=language == "en"))) is not None


ACT: Final = re.compile(
    r"\b(?:(?:peux|pourrais|pouvez|pourriez)\W(?:tu|vous)|(?:tu|vous) (?:peux|pourrais|pouvez|pourriez)) (?:m|me|nous) "
    r"(?!dire|redire|expliquer|preciser|indiquer|confirmer|renseigner|eclairer|rappeler|repondre|conseiller)\w+"
    r"|\b(?:can|could|would|will) you (?:please )?(?!tell|explain|say|confirm|clarify|advise|remind|let)\w+ (?:me|us|my|our)\b"
)


def asks_to_act(text: str) -> bool:
    """Whether what is asked for is something to do for the person: « pouvez-vous nous mettre en relation ? »."""
    return ACT.search(re.sub(r"\W+", " ", fold(text[:400]))) is not None
