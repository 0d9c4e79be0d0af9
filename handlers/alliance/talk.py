"""Acting together: a need, who already acts, what none can do alone; then the type that fits and one next step.

By role, from the need and never from the tax. There is no status of the alliance in French law: what is law, what is
custom and what was only proposed are told apart. The method is that of Le RAMEAU, in eleven steps (`alliance_steps`).
"""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Context, Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice, YesNo
from bot.questions.kind import Answer, Reading, Said
from handlers.alliance.journey import TYPES, Told, first_open, journey, keep
from handlers.alliance.pages import leaf, offer_ways, open_booklet

ROLES = Choice(
    1,
    employee=_("A citizen, an employee"),
    employer=_("A small firm"),
    association=_("An association"),
    authority=_("A local authority"),
    foundation=_("A foundation, a go-between"),
)
NEEDS = {
    "employee": _("Which need do you see near you? One sentence, in the words of those who live it."),
    "employer": _("Which need do you see near your firm? One sentence, in the words of those who live it."),
    "association": _("Which need do you want to answer? One sentence, in the words of those who live it."),
    "authority": _("Which need of your territory is it? One sentence, in the words of those who live it."),
    "foundation": _("Which need do you want to see answered? One sentence, in the words of those who live it."),
}
ACTORS = Choice(
    2,
    none=_("Nobody, I think"),
    some=_("One or two"),
    several=_("Several"),
    unknown=_("I don't know"),
)


class Alone(Choice):
    """Whether one could manage alone: a plain yes or no answers too."""

    def read(self, said: Said) -> Reading[str]:
        found = super().read(said)
        plain = YesNo().read(said) if found is None else None
        return Answer("one" if plain.value else "together") if isinstance(plain, Answer) else found


ALONE = Alone(1, together=_("No, it takes several"), one=_("Yes, with more means"), unknown=_("I don't know yet"))
AIMS = Choice(
    1,
    mecenat=_("Support, with nothing in return"),
    practices=_("Do our own work better"),
    economic=_("Sell, or answer a call, together"),
    innovation=_("Invent what does not exist"),
)
NEXT = {
    "none": _(
        "<b>Your next step:</b> ask the town hall or a Guid’Asso point who acts on it. Three names are enough: an "
        "association, a firm, a public body."
    ),
    "some": _(
        "<b>Your next step:</b> call one of them this week. Say the need in one sentence. Ask what they cannot do "
        "alone."
    ),
    "several": _(
        "<b>Your next step:</b> bring them together for one hour. Three questions: which need, what none can do alone, "
        "which small test."
    ),
}
BEFORE = {
    "employee": _("In working time, your employer must agree. And nobody may push you."),
    "employer": _("For the tax, ask your accountant to confirm. For staff, ask payroll."),
    "association": _("For the tax, ask the tax office in writing (“rescrit”): its answer binds it."),
    "authority": _("Ask your legal service which procedure applies, before any promise."),
    "foundation": _("Agree first on who leads, and on what you will look at in the end."),
}
SIMPLE = {
    "employee": ("donation", "volunteer"),
    "employer": ("company_donation", "brings"),
    "association": ("needs", "seeks"),
    "authority": ("papers", "support"),
    "foundation": ("papers", "support"),
}
PAPERS = {
    ("mecenat", "employee"): ("donation", "rest_days"),
    ("mecenat", "employer"): ("company_donation", "skills"),
}
WHO = {
    "employer": ("brings", "actors"),
    "association": ("seeks", "needs", "actors"),
    "authority": ("needs", "actors"),
}
"""Those who speak for a need may publish it and see what firms bring; firms see who needs what they have."""
SUBJECTS = (
    "law",
    "levers",
    "measures",
    "sites",
    "types",
    "charter",
    "papers",
    "stops",
    "method",
    "support",
    "figures",
    "examples",
)
"""What one may ask about alliances in passing; each is a booklet."""


@topic(
    "alliance",
    title=_("Act together"),
    command="alliance",
    hint=_("Associations, firms, towns: act together"),
    menu=60,
    answers="alliances",
    hears=Hears(slots={"organisation", "place", "turnover", "employees", "role"}, context=Context.PARTNERSHIP),
)
async def alliance(talk: Talk) -> None:
    """A question about alliances is answered; otherwise the role, the need, and what follows from them."""
    about = str(talk.slots.get("about", ""))
    if about == "exchange":
        exchange(talk)
        return
    if about in SUBJECTS and not talk.wants("role"):
        await open_booklet(talk, about)
        return
    kept = await journey(talk)
    if kept and not talk.setting("another", YesNo(), False) and not talk.wants("role"):
        left(talk, kept)
        return
    if about not in ROLES.labels and not talk.wants("role"):
        talk.say(
            _(
                "<b>An alliance: an association, a firm, often a town hall, that meet together a need which none of "
                "them would meet alone.</b> Each contributes and stays independent; it has no status of its own in "
                "the law."
            )
        )
    role = await talk.ask("role", ROLES, _("An alliance begins with a need. Who are you in it?"), slot=role_slot(about))
    talk.say(leaf(talk, "alliance-roles", list(ROLES.labels).index(role)))
    need = await talk.ask("need", Told(), NEEDS[role], skip=True)
    actors = await talk.ask("actors", ACTORS, _("Who acts on it already?"))
    alone = await talk.ask("alone", ALONE, _("Could one of them manage alone?"))
    if alone == "one":
        simple(talk, role)
        return
    aim = await talk.ask("aim", AIMS, _("What would you do together, first of all?"))
    journey_now = await begun(talk, kept, {"need": need or "", "type": aim})
    talk.say(leaf(talk, "alliance-types", list(TYPES).index(aim)))
    talk.say(NEXT.get(actors, NEXT["none"]))
    talk.say(BEFORE[role])
    offer_ways(talk, "steps", "charter")
    offer_ways(talk, *WHO.get(role, ("actors", "support")))
    offer_ways(talk, *PAPERS.get((aim, role), ("papers", "types")))
    offer_ways(talk, "stops", "learning")
    talk.offer(talk.change(_("Another type"), "aim"), talk.change(_("Another role"), "role"))
    await keep(talk, journey_now)


def role_slot(about: str) -> str:
    """Towns and foundations are heard by their words, firms and associations by who speaks."""
    return "about" if about in ROLES.labels else "role"


def exchange(talk: Talk) -> None:
    """What firms bring and associations seek: both ways in."""
    talk.say(
        _(
            "A firm says what it can bring: a skill, days, goods, a room, money. An association says what it needs. I "
            "show what fits, and put you in touch when you both say yes. Nobody sees an address before."
        )
    )
    offer_ways(talk, "brings", "seeks")


def left(talk: Talk, kept: dict[str, str]) -> None:
    """An alliance is under way: where it stands, and the way back to it."""
    if kept.get("need"):
        talk.say(_("You have begun: “{need}”. {done} of 11 steps are written.", need=kept["need"], done=str(len(kept))))
    else:
        talk.say(_("You have begun an alliance: {done} of 11 steps are written.", done=str(len(kept))))
    if first_open(kept) is not None:
        talk.offer(talk.start(_("Go on with it"), "alliance_steps"))
    talk.offer(talk.start(_("All the steps"), "alliance_steps", "show", "all"))
    talk.offer(talk.set(_("Begin another one"), "another", "yes"))


def simple(talk: Talk, role: str) -> None:
    """What one can do alone needs no alliance: said plainly."""
    talk.say(
        _(
            "<b>Then keep it simple.</b> If one can do it with more means, a gift, a loan of skills or a purchase is "
            "enough. It is quicker, and it is good."
        )
    )
    talk.say(_("If it proves too big for one, come back: we will look for who else."))
    offer_ways(talk, *SIMPLE[role])
    talk.offer(talk.change(_("It takes several after all"), "alone"), talk.change(_("Another role"), "role"))


async def begun(talk: Talk, kept: dict[str, str], told: dict[str, str]) -> dict[str, str]:
    """The journey that begins with what was told. One that has gone further gives way only if the person wishes."""
    told = {name: value for name, value in told.items() if value}
    if set(kept) - {"need", "type"} and told.get("need", kept.get("need")) != kept.get("need"):
        question = _(
            "You have another alliance under way: “{need}”. Shall this one take its place?", need=kept.get("need", "…")
        )
        return told if await talk.ask("replace", YesNo(), question) else kept
    return {**kept, **told}
