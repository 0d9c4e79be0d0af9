"""What a volunteer may do and is owed: the rule that holds for all, and the written answers that most ask for.

Questions are answered in writing (`locale/<lang>/answers/volunteers`); the leaves, which depend on the day and have a
message to the employer, are worked out here.
"""

from __future__ import annotations

from typing import Final

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, topic
from bot.phrase import _
from bot.rules.parameters import parameter
from handlers.answers.talk import opens, show
from handlers.rights.leaves import LEAVE_ANSWERS
from handlers.shared.result_card import sources

WRITTEN: Final = {
    "training": "volunteers/formation-cec",
    "insurance": "volunteers/assurance-rc",
    "hurt": "volunteers/blesse",
    "liability": "volunteers/dommage-vol",
    "leaders": "volunteers/responsabilite-dirigeant",
    "minors": "volunteers/age-minimum-mineur",
    "unemployed": "volunteers/chomage",
    "retired": "volunteers/retraite",
    "sick_leave": "volunteers/arret-maladie",
    "foreigners": "volunteers/etranger-visa-etudiant",
    "public_agents": "volunteers/agent-public",
}
"""The answer that a link or an old button is about."""
MOST_ASKED: Final = (("unemployed", "insurance"), ("minors", "training"))


@topic(
    "rights",
    title=_("My rights as a volunteer"),
    command="droits",
    commands={"en": "rights"},
    hint=_("Leave, insurance, unemployment, age …"),
    menu=75,
    links=("about", "minors"),
    answers="volunteers",
    written=True,
    hears=Hears(slots={"organisation", "place", "minors"}, abroad=False, wants=False),
)
async def rights(talk: Talk) -> None:
    """The leave or the answer that was asked for; without one, what holds for all and what most ask."""
    about = "minors" if talk.slots.get("minors") else str(talk.slots.get("about", ""))
    knowledge = talk.knowledge
    if about in LEAVE_ANSWERS:
        LEAVE_ANSWERS[about](talk)
        talk.offer(talk.start(_("My rights as a volunteer"), "rights"))
        return
    answer = knowledge.answer(WRITTEN[about], talk.language) if knowledge is not None and about in WRITTEN else None
    if knowledge is not None and answer is not None:
        show(talk, knowledge, answer)
        return
    talk.say(
        _(
            "A volunteer is free: no wage and no orders; you may refuse a task, and stop when you wish. Your rights "
            "to benefits, a pension or days of leave depend on your case: tell me yours, or choose."
        )
    )
    free = parameter("volunteering.subordination").at(talk.today)
    talk.fold(_("<i>{sources}</i>", sources=sources([free.source])))
    talk.offer(talk.start(_("Days of leave"), "rights", "about", "leave"))
    for row in MOST_ASKED:
        talk.offer(*(button for name in row if (button := reads(talk, name)) is not None))


def reads(talk: Talk, name: str) -> Button | None:
    """A button that opens the answer on a subject."""
    answer = talk.knowledge.answer(WRITTEN[name], talk.language) if talk.knowledge is not None else None
    return opens(talk, answer) if answer is not None else None
