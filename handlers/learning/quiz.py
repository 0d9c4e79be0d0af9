"""Five questions about giving and acting together; the answers come from the law of the day, and are explained."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.knowledge.quoting import quote
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.rules.gifts import Kind
from handlers.alliance.law import gives_back
from handlers.alliance.pages import offer_ways

__all__ = ["quiz"]

GIFT = Decimal(100)
RATE, CEILING = "donations.coluche.rate", "donations.coluche.ceiling"
ANY_SIZE = "skills.loan.general_interest.headcount@from"
"""The figures of the law that the explanations quote."""


@dataclass(frozen=True, slots=True)
class Question:
    """`right` names the option that is true; `why` says it in a sentence or two, with its source."""

    name: str
    asked: Phrase
    options: Choice
    right: str
    why: Phrase


async def quiz(talk: Talk) -> None:
    """One question at a time, the answer explained before the next; then the count, and a step to take."""
    right = 0
    questions = questions_of(talk)
    for number, question in enumerate(questions, 1):
        asked = _(
            "<b>{number}/{count}</b> {question}", number=str(number), count=str(len(questions)), question=question.asked
        )
        chosen = await talk.ask(question.name, question.options, asked)
        right += chosen == question.right
        told = (
            _("That is right. {why}", why=question.why)
            if chosen == question.right
            else _("Not quite. {why}", why=question.why)
        )
        talk.say(told)
    talk.say(
        _(
            "<b>{right} out of {count}.</b> Now that you know, one small step?",
            right=str(right),
            count=str(len(questions)),
        )
    )
    offer_ways(talk, "orientation", "alliance")
    talk.offer(talk.start(_("Once more"), "learning", "about", "quiz"))


def questions_of(talk: Talk) -> tuple[Question, ...]:
    """The five, with the figures of the day."""
    law = quote((RATE, CEILING, ANY_SIZE), (), talk.today).values
    back = gives_back(Kind.COLUCHE, GIFT, talk.today)
    less = gives_back(Kind.GENERAL, GIFT, talk.today)
    return (
        Question(
            "meals",
            _("You give {gift:money} to an association that serves free meals. How much may come back?", gift=GIFT),
            Choice(
                3,
                most=_("{back:money}", back=back),
                less=_("{back:money}", back=less),
                all=_("{back:money}", back=GIFT),
            ),
            "most",
            _(
                "{back:money}: the rate is {rate:percent} for help to people in difficulty, up to {ceiling:money} a "
                "year. It is a reduction: whoever pays no income tax gets nothing back. (CGI, article 200)",
                back=back,
                rate=law[RATE],
                ceiling=law[CEILING],
            ),
        ),
        Question(
            "rtt",
            _("You give two RTT days to an association. Which tax reduction is provided for you?"),
            Choice(3, like_money=_("As for money"), double=_("Double"), none=_("None")),
            "none",
            _(
                "None is provided. The employer pays the value of the days to the association: it is a present. "
                "(code du travail, D. 3142-82)"
            ),
        ),
        Question(
            "size",
            _("From which size may a firm lend an employee to an association?"),
            Choice(3, large=_("5,000 people"), any=_("Any size"), fifty=_("50 people")),
            "any",
            _(
                "Any size, since {day:date}. The employee must agree, in writing. (code du travail, L. 8241-3)",
                day=law[ANY_SIZE],
            ),
        ),
        Question(
            "law",
            _("Is there a “right of alliance” in French law?"),
            Choice(3, yes=_("Yes"), trial=_("On trial"), no=_("No")),
            "no",
            _("No: the bill of 2021 was never debated. Alliances are made by ordinary contract. (bill n° 3849)"),
        ),
        Question(
            "voice",
            _("In an alliance, who decides?"),
            Choice(1, payer=_("The one who pays most"), equal=_("All, with an equal voice"), town=_("The town hall")),
            "equal",
            _("All, with an equal voice, whatever each brings. It is the heart of a charter."),
        ),
    )
