"""The questions about what is brought or needed, and how each is read."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from bot.catalogue.folding import fold
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.kind import Answer, Kind, Option, Reading, Said, Which
from handlers.needs.talk import Contact
from handlers.shared.public import Public, known_button, known_value

__all__ = ["LONGEST", "SIDES", "THINGS", "Reach", "Thing", "Things"]

LONGEST = 200

SIDES = Choice(1, "side", brings=_("We can bring something"), seeks=_("We need something"))
THINGS: dict[str, Phrase] = {
    "skill": _("A skill, some advice"),
    "days": _("Days of work"),
    "goods": _("Goods, equipment"),
    "premises": _("Premises, a room"),
    "money": _("Money"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What is brought or needed: one of THINGS, and the words it was said in, if it was said in words."""

    what: str
    words: str = ""


class Things(Kind[Thing]):
    """What is brought or needed: a button, or words that name such a thing."""

    greedy = True
    expects = _("Please choose one of the buttons, or say what it is: a room, two computers, some accounting.")
    WORDS: ClassVar = {
        "money": r"mecenes?|sponsors?|financements?|fonds|argent|euros?|dons?|subventions?|money|funds?|cash",
        "premises": r"salles?|loca(?:l|ux)|terrain|entrepot|hangar|stockage|cuisine|atelier|parking|"
        r"rooms?|premises|office space|warehouse|storage|kitchen|workshop",
        "skill": r"compta\w*|conseils?|juridique|avocat|informatique|site|communication|graphi\w+|photographe|"
        r"traduction|formation|savoir.faire|competences?|skills?|advice|accounting|legal|website|design|training",
        "days": r"jours?|journees?|heures?|temps|bras|main d.oeuvre|salaries?|equipe|days?|hours?|time|"
        r"hands|staff|team",
        "goods": r"materiel|matos|ordinateurs?|ordis?|portables?|pcs?|"
        r"meubles?|mobilier|bureaux|chaises?|tables?|invendus|stocks?|vetements|"
        r"denrees|repas|pain|camion\w*|minibus|velos?|vehicule|voiture|fournitures|equipment|computers?|furniture|desks?|chairs?|"
        r"clothes|food|meals|van|truck|supplies|goods|surplus",
    }

    def read(self, said: Said) -> Reading[Thing]:
        text = fold(said.text)
        for what, label in THINGS.items():
            if text in (what, fold(text_of(label, said.language))):
                return Answer(Thing(what))
        found = [what for what, words in self.WORDS.items() if re.search(rf"\b(?:{words})\b", text)]
        if not found:
            return Which(tuple(Option(label, what) for what, label in THINGS.items())) if len(text) > 2 else None
        if len(text.split()) < 3:
            return Answer(Thing(found[0]))
        words = Public(longest=LONGEST).read(said)
        return Answer(Thing(found[0], words.value)) if isinstance(words, Answer) else words

    def load(self, stored: Any) -> Thing:
        what, words = (stored, "") if isinstance(stored, str) else (stored["what"], stored["words"])
        if what not in THINGS or not isinstance(words, str):
            raise ValueError("no such thing")
        return Thing(what, words)

    def dump(self, value: Thing) -> dict[str, str]:
        return asdict(value)

    def options(self) -> list[list[Option]]:
        options = [Option(label, what) for what, label in THINGS.items()]
        return [options[at : at + 2] for at in range(0, len(options), 2)]

    def shown(self, value: Thing) -> Phrase | str:
        return value.words or THINGS[value.what]


class Reach(Contact):
    """An e-mail address, a number or a page, for one other person; one that was given before is a button."""

    def __init__(self, known: str = "") -> None:
        super().__init__()
        self.known = known

    def from_press(self, value: str) -> str:
        return known_value(self.known, value)

    def options(self) -> list[list[Option]]:
        return known_button(self.known)
