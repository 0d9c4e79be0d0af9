"""What a volunteer may do and is owed: leave, training, insurance, age, unemployment, pension, sick leave, nationality.

Short answers with their source; what no text settles is said so, with the person who can tell. The same answers come
to questions in passing, in the middle of any other talk.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question, topic
from bot.phrase import _
from bot.questions.choice import Choice
from handlers.rights.leaves import LEAVE_ANSWERS
from handlers.rights.protection import hurt, insurance, leaders, liability
from handlers.rights.situations import foreigners, minors, public_agents, retired, sick_leave, training, unemployed

ANSWERS: dict[str, Callable[[Talk], None]] = {
    **LEAVE_ANSWERS,
    "training": training,
    "insurance": insurance,
    "hurt": hurt,
    "liability": liability,
    "leaders": leaders,
    "minors": minors,
    "unemployed": unemployed,
    "retired": retired,
    "sick_leave": sick_leave,
    "foreigners": foreigners,
    "public_agents": public_agents,
}
SUBJECTS = Choice(
    2,
    leave=_("Days of leave"),
    training=_("Training (CPF)"),
    insurance=_("Insurance"),
    liability=_("Liability"),
    unemployed=_("Unemployed"),
    retired=_("Retired"),
    sick_leave=_("On sick leave"),
    minors=_("Under 18"),
    foreigners=_("Foreigner"),
    public_agents=_("Public agent"),
)


@topic(
    "rights",
    title=_("My rights as a volunteer"),
    command="droits",
    hint=_("Leave, insurance, unemployment, age …"),
    menu=75,
    links=("about", "minors"),
    answers="volunteers",
)
async def rights(talk: Talk) -> None:
    """The subject, unless it was said; its answer; and another one."""
    about = str(talk.slots.get("about", ""))
    if about not in ANSWERS and talk.slots.get("minors"):
        about = "minors"
    if about not in ANSWERS:
        about = await talk.ask("subject", SUBJECTS, _("What is your question about?"))
    ANSWERS[about](talk)
    talk.offer(talk.start(_("Another question"), "rights"))


def register(name: str, answer: Callable[[Talk], None]) -> None:
    """The same answer to a question in passing."""

    @side_question("rights", name)
    async def passing(talk: Talk) -> None:
        answer(talk)


for name, answer in ANSWERS.items():
    register(name, answer)
