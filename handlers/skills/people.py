"""Skills sponsorship for those who do not pay the staff: employees, associations, public bodies, the self-employed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Flag
from bot.rules.parameters import parameter
from bot.rules.result import Step
from bot.rules.skills_law import may_lend, public_agent_loan
from handlers.rest_days.gift import BODY
from handlers.shared.answers import answer_buttons
from handlers.shared.result_card import result_card, steps_card
from handlers.shared.shown import changed_since
from handlers.skills.agreement import agreement
from handlers.skills.loan import at_work, working_time


def employee(talk: Talk) -> None:
    """What an employee may ask for, what they keep, that they are free; then the message to send to the employer."""
    right = may_lend("general_interest", on=talk.today, months=1)
    consent = parameter("skills.loan.consent").at(talk.today)
    loan = parameter("skills.loan.general_interest").at(talk.today)
    rhythm = talk.refine("rhythm", working_time(talk), _("For how much of their time?"))
    body = talk.refine("named", BODY, _("With which association?"))
    if talk.pressed("message"):
        talk.say(message(talk, None if rhythm is None else rhythm.share, body))
        talk.lay("employee")
        talk.offer(talk.start(_("Step by step"), "skills", "about", "steps"))
        return
    kept = Step(
        _("You stay an employee of your company: same pay, same rights, the same job or an equivalent one afterwards."),
        None,
        consent.source,
    )
    changed_since(talk, "employee", {"named": body})
    talk.show(
        steps_card(
            _("Yes, if your employer agrees: you stay paid, and nobody can force you"),
            [*right.steps, kept],
            figures=[
                _(
                    "Any size of company since {day:date}, {months:number} months at most. You agree in writing; "
                    "refusing cannot be punished. It is not a right: your employer decides.",
                    day=loan.start,
                    months=loan["months"],
                ),
            ],
            to_do=[
                _("Choose the association and what you would do there, for how long."),
                _("Send the message below to your manager or to human resources."),
                _("Ask the association who would welcome and direct you."),
            ],
        )
    )
    talk.suggest(talk.press(_("The message to send"), "message"))
    talk.offer(
        talk.set(_("What it gives the company"), "side", "employer"),
        talk.start(_("Step by step"), "skills", "about", "steps"),
    )
    talk.offer(*answer_buttons(talk, "firms/skills-employee-rights", "firms/employee-time-own"))


def message(talk: Talk, share: Decimal | None, body: str | None) -> Phrase:
    """The message of an employee to the employer, ready to copy, with what was told."""
    loan = parameter("skills.loan.general_interest").at(talk.today)
    rate = parameter("patronage.rate").at(talk.today)
    return _(
        "<blockquote>Hello, I would like to give part of my working time ({time}) to an association: {name}. Since "
        "{day:date} a company of any size may lend an employee to it free of charge, {months:number} months at most "
        "({reference}). The company gets back {rate:percent} of what my time costs, within a yearly ceiling. May "
        "I bring you a model agreement?</blockquote>",
        time="…" if share is None else at_work(share),
        name=body or "…",
        day=loan.start,
        months=loan["months"],
        reference=loan.source.reference.partition(" ; ")[0],
        rate=rate.value,
    )


async def receiver(talk: Talk) -> None:
    """What an association may be lent and what it prepares; then the agreement."""
    if talk.refine("paper", Flag("paper"), _("The agreement"), default=False):
        await agreement(talk)
        return
    right = may_lend("general_interest", on=talk.today, months=1)
    conditions = parameter("skills.loan.conditions").at(talk.today)
    statement = parameter("skills.statement").at(talk.today)
    to_do: list[Step | Phrase] = [
        _("Know your category in articles 200 and 238 bis; in doubt, ask the tax office for a “rescrit”."),
        _("Describe the need on one page: tasks, days, what it changes for the people you help."),
        _("Name the person who will welcome and direct the employee."),
        Step(_("Safe workplace, hours, rest: during the loan you answer for them."), None, conditions.source),
        _("Tell your insurer."),
        _("Keep the time sheet, signed each month."),
        Step(_("Issue the receipt only once the company has stated the value."), None, statement.source),
    ]
    changed_since(talk, "receiver", {})
    talk.show(
        steps_card(
            _(
                "Yes: a company may lend you an employee free of charge, {months:number} months at most",
                months=right.longest or 0,
            ),
            right.steps,
            figures=[
                _(
                    "You must be in CGI article 238 bis. You direct the work and answer for safety; the company keeps "
                    "paying. You write the receipt once it has stated the value."
                )
            ],
            warnings=[_("Never promise the company a tax result: its accountant answers for it.")],
            to_do=to_do,
        )
    )
    talk.suggest(talk.press(_("Write the agreement"), "paper"))
    talk.offer(
        talk.start(_("Find a company"), "offers", "side", "seeks"),
        talk.set(_("What it gives the company"), "side", "employer"),
    )


def public_body(talk: Talk) -> None:
    """The trial on loans of public agents: no company reduction is involved."""
    right = public_agent_loan(talk.today)
    talk.show(
        result_card(
            _("A public body can lend agents to an association, on trial")
            if right.allowed
            else _("The trial on loans of public agents is over"),
            right,
            to_do=[
                _("The agent asks in writing; the two employers sign an agreement."),
                _("If it is free of charge, it counts as a subsidy: say so in the accounts."),
                _("No tax reduction is involved."),
            ],
        )
    )
    changed_since(talk, "public_body", {})
    talk.offer(talk.start(_("I speak for a company"), "skills", "role", "employer"))


def self_employed(talk: Talk) -> None:
    """One's own time: no cost of staff to value, so no reduction is told."""
    row = parameter("patronage.in_kind").at(date(talk.today.year, 12, 31))
    changed_since(talk, "self_employed", {})
    talk.show(
        steps_card(
            _("Your own time is volunteering: I know of no reduction for it"),
            [
                Step(
                    _("A service given counts at what it costs the business. Your own work is no such cost."),
                    None,
                    row.source,
                ),
                Step(_("What you really spend for it (material, subcontractors, staff) does count."), None, row.source),
            ],
            figures=[
                _("In a micro-enterprise: no company reduction at all, so no receipt for the job you give."),
                _("What does count: expenses that you pay for the association and waive, in your own name."),
            ],
            warnings=[
                _("I found no text that values a self-employed person’s own hours: have your accountant confirm it.")
            ],
            to_do=[
                _("Give your time as a volunteer: expenses that you waive can count as a gift."),
                _("Or give money, or the time of an employee."),
            ],
        )
    )
    talk.suggest(talk.start(_("Waived expenses"), "expenses"))
    talk.offer(
        talk.start(_("Give as a company"), "company_donation"),
        talk.start(_("I have employees"), "skills", "role", "employer"),
    )


def step_by_step(talk: Talk) -> None:
    """From the first idea to the review, for a small company."""
    right = may_lend("general_interest", on=talk.today, months=1)
    form = parameter("patronage.forms.declaration").at(date(talk.today.year, 12, 31))
    report = parameter("patronage.report").at(date(talk.today.year, 12, 31))
    to_do: list[Step | Phrase] = [
        _("Check the body: article 238 bis, receipts; a “rescrit” settles a doubt."),
        _("Write one page together: the need, the tasks, the days, what each gains."),
        _("Choose: a service that you direct, or a loan that the association directs."),
        _("Find a volunteer among your people; they agree in writing."),
        _("Sign the agreement; a signed amendment to the contract is the safest proof."),
        _("Tell the works council if there is one; update the risk assessment and the insurance."),
        _("Keep a time sheet, signed each month by both."),
        _("Each month: cost × share of time, within the cap; add it up against your ceiling."),
        _("Send the value to the association; it then issues the receipt."),
        Step(
            _(
                "Add the gift back to the profit and declare it on form {form}; above {threshold:money}, in detail.",
                form=form.text,
                threshold=report.value,
            ),
            None,
            report.source,
        ),
        _("Look back together, and decide whether to go on."),
    ]
    changed_since(talk, "steps", {})
    talk.show(steps_card(_("Skills sponsorship, step by step"), right.steps, figures=[first_steps()], to_do=to_do))
    talk.offer(talk.start(_("Estimate for the company"), "skills", "role", "employer"))


def first_steps() -> Phrase:
    """The four that cannot be left out."""
    return _(
        "1. An association in article 238 bis and one page on the need. 2. An employee who agrees in writing. 3. An "
        "agreement. 4. A time sheet, and the value stated to the association before its receipt."
    )
