"""Leaves for people who commit themselves, as the law of today gives them, with the message to send to the employer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.leaves import LEAVES, LeaveName, leave
from bot.rules.parameters import parameter
from handlers.shared.result_card import result_card

SHORT: dict[LeaveName, Phrase] = {
    "engagement": _("Association leader"),
    "representation": _("Representing an association"),
    "solidarity": _("Mission abroad"),
    "youth": _("Youth leader training"),
    "reserve": _("Reservist"),
    "citizenship": _("Public agent"),
}
ASKED_OF_THE_EMPLOYER: frozenset[LeaveName] = frozenset({"engagement", "representation", "solidarity", "youth"})


def tell(name: LeaveName, talk: Talk) -> None:
    """One leave: how long, for whom, paid or not; the message; and the other leaves."""
    result = leave(name, on=talk.today)
    to_do = [
        _("Ask your employer in writing, with a certificate of the association."),
        _("Look first in your company or branch agreement: it may give more, or pay the days."),
        _("A doubt? The labour-law information service answers on 0 806 000 126 (price of a local call)."),
    ]
    talk.show(result_card(LEAVES[name], result, to_do=to_do if name in ASKED_OF_THE_EMPLOYER else ()))
    if name in ASKED_OF_THE_EMPLOYER and result.exists:
        row = parameter(f"leaves.{name}").at(talk.today)
        talk.say(_("A message to send to your employer:"))
        talk.say(
            _(
                "<blockquote>Hello, I ask for {leave} ({reference}), from … to …, for the association … Its "
                "certificate is enclosed. Please answer me in writing.</blockquote>",
                leave=FRENCH_NAMES[name],
                reference=row.source.reference.partition(" ; ")[0],
            )
        )
    others = [talk.start(SHORT[other], "rights", "about", other) for other in LEAVES if other != name]
    for first in range(0, len(others), 2):
        talk.offer(*others[first : first + 2])


FRENCH_NAMES: dict[LeaveName, str] = {
    "engagement": "un congé d’engagement associatif",
    "representation": "un congé de représentation",
    "solidarity": "un congé de solidarité internationale",
    "youth": "un congé de formation de cadres et d’animateurs pour la jeunesse",
}
"""The message goes to a French employer, whatever the language of the talk."""

LEAVE_ANSWERS: dict[str, Callable[[Talk], None]] = {
    "leave": partial(tell, "engagement"),
    **{name: partial(tell, name) for name in LEAVES},
}
