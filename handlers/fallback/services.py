"""Who knows what Allié does not: the public service for a need that is no gift and no help to others."""

from __future__ import annotations

from datetime import date

from bot.phrase import Phrase, _
from bot.rules.parameters import parameter

__all__ = ["KNOWN", "phone", "service"]

CALLED = {
    "housing": "homeless",
    "law": "defenseur_droits",
    "taxes": "tax_office",
    "work_rights": "labour_law",
    "health": "assurance_maladie",
    "violence": "france_victimes",
}
"""The telephone number that goes with a need, as `data/law/services.toml` names it."""
KNOWN: dict[str, Phrase] = {
    "housing": _(
        "I cannot find a home for you. Your town hall’s social service (CCAS) and the ADIL advise on housing free of "
        "charge; for a roof tonight, call {phone}."
    ),
    "food": _(
        "You need not be ashamed of asking. Your town hall’s social service (CCAS), Restos du Cœur, Secours populaire "
        "and Secours catholique give meals and groceries near you, free of charge."
    ),
    "money": _(
        "I cannot help with your bills or benefits. Your town hall’s social service (CCAS) and a Point conseil budget "
        "see you free of charge, and a France services office does the forms with you."
    ),
    "work": _(
        "I do not know of jobs. France Travail does; under 26, so does a mission locale. I can find a volunteer "
        "mission, which also shows on a CV."
    ),
    "work_rights": _("I do not know labour law beyond help and gifts. The official information service does: {phone}."),
    "health": _(
        "I cannot judge an illness. Your doctor can, or a pharmacist; for your rights and refunds, the health "
        "insurance: {phone}."
    ),
    "law": _(
        "I am no lawyer. A point-justice sees you free of charge near your home; for your rights with an "
        "administration, the Défenseur des droits: {phone}."
    ),
    "papers": _("I cannot do papers for you. A France services office does them with you, free of charge."),
    "taxes": _("Of taxes I only know what gifts change. For the rest, the tax office: {phone}."),
    "animal": _("I am no vet. A veterinary surgeon can say; for little money, ask an animal charity’s dispensary."),
    "violence": _("Somebody can help you: {phone} for victims, free of charge, and 17 or 112 in danger."),
}


def phone(name: str, today: date) -> str:
    """The number of a service, as `data/law/services.toml` has it."""
    numbers = parameter(f"services.{name}.phone")
    return (numbers.latest(today) or numbers.rows[0]).text


def service(need: str, today: date) -> Phrase | None:
    """Who knows about this need, None where we cannot say."""
    phrase = KNOWN.get(need)
    if phrase is None or need not in CALLED:
        return phrase
    return Phrase(phrase.message, {"phone": phone(CALLED[need], today)})
