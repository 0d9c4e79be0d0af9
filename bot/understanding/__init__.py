"""Text → Meaning: what a person wants, what they said about it, and in which language.

Deterministic, offline, a few milliseconds a message. Any string at all gets a Meaning; nothing here raises on what a
person typed, keeps it or logs it. Distress comes before everything else.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from bot.understanding.corrections import is_correction
from bot.understanding.meaning import Meaning
from bot.understanding.slots import read_slots

__all__ = ["Meaning", "Understanding"]

LONGEST = 2_000

KEYWORDS: dict[str, str] = {
    "rest_days": r"\brtt\b|conges?\b.*donn|donn\w+.*conges?|rest days?|leave days?",
    "expenses": r"\bfrais\b|kilometr|abandon de|mileage|expenses",
    "skills": r"mecenat de comp|mise a disposition|sur le temps de travail|pro bono|skills",
    "alerts": r"alerte|previen|rappel|notif|remind|alert",
    "privacy": r"donnees|rgpd|gdpr|efface|supprime mes|oublie moi|delete my|my data|privacy",
    "language": r"^(?:english|francais|anglais|espanol)\W*$|langue|speak|parlez vous|parle",
    "rights": r"droit|assurance|assure|conge d engagement|cpf|chomage|insurance|allowed",
    "alliance": r"alliance|partenaria|partnership|odd 17|sdg",
    "company_donation": r"entreprise|societe|mecenat|ma boite|company|firm",
    "donation": r"\bdons?\b|donne|reduction|impot|ifi\b|recu fiscal|donat|tax|gift",
    "organisation": r"quelles? asso|c est quoi|site de|restos|msf|unicef|what is|which chari",
    "volunteer": r"benevol|mission|aider|coup de main|volunteer|help out",
    "welcome": r"bonjour|salut|coucou|bonsoir|hello|\bhi\b|menu|aide|/start",
    "smalltalk": r"merci|au revoir|bye|thank|qui es tu|who are you|bravo|lol",
}
CRISIS = re.compile(r"suicid|me tuer|en finir|mourir|me bat\b|me frappe|kill myself|end my life|want to die")
ENGLISH = re.compile(r"\b(?:the|is|are|my|you|can|how|what|want|hello|hi|thanks|please|give|help|with|for)\b")


def _plain(text: str) -> str:
    lowered = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    return re.sub(r"[^\w/]+", " ", bare).strip()


class Understanding:
    """Reads messages. Load it once; it holds nothing about anybody."""

    @classmethod
    def load(cls, *, encoder: bool = True) -> Understanding:
        """The reader, ready. `encoder` asks for the sentence encoder too: better topics, about 100 MB more."""
        return cls()

    def read(self, text: str, *, today: date, language: str | None = None) -> Meaning:
        """The meaning of one message. `language` is the conversation's: it decides when the text alone cannot."""
        plain = _plain(text[:LONGEST])
        written = "en" if ENGLISH.search(plain) else (language or "fr")
        slots: dict[str, Any] = read_slots(text, written, today)
        correction = is_correction(text, written)
        if CRISIS.search(plain):
            return Meaning("fallback", 1.0, {"crisis": True}, written)
        found = [topic for topic, words in KEYWORDS.items() if re.search(words, plain)]
        if not found:
            return Meaning("donation" if "amount" in slots else "fallback", 0.5, slots, written, correction=correction)
        also = tuple((topic, 0.2) for topic in found[1:3])
        return Meaning(found[0], 0.6, slots, written, also, question="?" in text, correction=correction)
