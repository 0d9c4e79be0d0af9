"""What one can help for: the causes of the catalogue, their names, and how feeds call them."""

from __future__ import annotations

from bot.phrase import Phrase, _

__all__ = ["CAUSES", "DOMAIN_CAUSES", "cause_name"]

CAUSES: dict[str, Phrase] = {
    "solidarity": _("solidarity"),
    "elderly": _("older people"),
    "education": _("education"),
    "health": _("health"),
    "disability": _("disability"),
    "refugees": _("refugees"),
    "environment": _("nature"),
    "animals": _("animals"),
    "culture": _("culture"),
    "sport": _("sport"),
    "emergency": _("first aid and rescue"),
    "digital": _("digital help"),
    "human_rights": _("human rights"),
    "international": _("international solidarity"),
    "other": _("other causes"),
}

DOMAIN_CAUSES: dict[str, tuple[str, ...]] = {
    "animaux": ("animals",),
    "autre": ("other",),
    "batiment-industrie-logistique": ("other",),
    "benevolat-competences": ("other",),
    "communication": ("other",),
    "culture-loisirs": ("culture",),
    "education": ("education",),
    "emploi": ("solidarity",),
    "environnement": ("environment",),
    "gestion-finance-droit": ("other",),
    "humanitaire": ("international",),
    "memoire-et-citoyennete": ("human_rights",),
    "numerique": ("digital",),
    "prevention-protection": ("emergency",),
    "recherche": ("health",),
    "sante": ("health",),
    "service-public-defense-securite": ("emergency",),
    "sport": ("sport",),
    "solidarite-insertion": ("solidarity",),
    "vivre-ensemble": ("solidarity",),
}
"""The twenty domains of API Engagement. What a mission says of its public adds to these."""


def cause_name(cause: str) -> Phrase:
    """How a cause is called in a sentence ("solidarity"); one we do not know is called other causes."""
    return CAUSES.get(cause, CAUSES["other"])
