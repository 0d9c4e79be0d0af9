"""What one can help for: the causes of the catalogue, their names, how people speak of them, and how feeds call them.

The words of causes are one vocabulary, `data/lexicon/<language>/causes.toml`: messages are read with it, missions are
searched by it, and bodies that are only described are told apart with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.phrase import Phrase, _
from bot.word_lists import LEXICON, word_lists

__all__ = ["ALONE", "CAUSES", "DOMAIN_CAUSES", "IN_NEED", "OTHER", "CauseWord", "cause_name", "cause_words"]

OTHER = "other"
"""The cause of what belongs to no other."""
NO_CAUSE = "no_cause"
"""The table of the ideas that belong to no cause."""
IN_NEED = "in_need"
"""The list of those who lack food, a home or care."""
ALONE = frozenset({"other", IN_NEED})
"""The lists whose words stand for themselves."""
MARKS = "?!~"
"""What may stand before a word; the French file says what for."""

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
    OTHER: _("other causes"),
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


@dataclass(frozen=True, slots=True)
class CauseWord:
    """A word or a phrase of the vocabulary, without its marks, in the list `idea` of its cause ("" for none).

    `is_searched` is false for what says too many other things to be looked for in missions, `names_cause` for what does
    not name its cause in a message, `is_whole_cause` true for what names the cause as such. `as_typed`: whatever its
    ending.
    """

    text: str
    cause: str
    idea: str
    is_searched: bool = True
    names_cause: bool = True
    as_typed: bool = False

    @property
    def is_whole_cause(self) -> bool:
        """Whether it names the cause as such: "animals", and not "dogs"."""
        return self.idea == self.cause


def cause_words(folder: Path = LEXICON) -> Iterator[CauseWord]:
    """The vocabulary, cause by cause and list by list, all languages together; last what belongs to no cause."""
    lists = word_lists("causes", folder)
    for table in (*CAUSES, NO_CAUSE):
        if table == OTHER:
            continue
        cause = "" if table == NO_CAUSE else table
        for entry, idea in lists.groups(table):
            text = entry.lstrip(MARKS)
            marks = entry[: len(entry) - len(text)]
            named = bool(cause) and "~" not in marks
            yield CauseWord(text, cause, idea, not {"?", "!"} & set(marks), named, "!" in marks)
