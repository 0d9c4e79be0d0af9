"""An organisation: what it does, what is known of the rate for gifts to it, where to help, where to give.

Rests on `data/organisations.csv`, where each fact has its source and day. A rate is never asserted from a name alone:
the law decides by what the body does with the gift (CGI, article 200), and the receipt says it.
"""

from __future__ import annotations

from bot.catalogue.causes import cause_name
from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import Organisations, may_say
from bot.conversation.kinds import Organisation
from bot.conversation.talk import Talk
from bot.conversation.topic import topic
from bot.phrase import _

BODIES = Organisations()
SHOWN = 6


@topic(
    "organisation",
    title=_("Know an association"),
    command="association",
    hint=_("Know an association, or find one for a cause"),
    menu=65,
)
async def organisation(talk: Talk) -> None:
    """Which body, or which cause, unless it was said; then what is known of it."""
    cause = talk.slots.get("cause")
    if cause and "organisation" not in talk.slots and not talk.wants("organisation"):
        for_cause(talk, str(cause[0] if isinstance(cause, list) else cause))
        return
    name = await talk.ask("organisation", Organisation(), _("Which association or foundation?"))
    body = known(name)
    if body is None:
        unknown(talk, name)
        return
    talk.say(_("<b>{name}</b>. {about}", name=body.name, about=body.about(talk.language)))
    talk.say(may_say(body))
    if body.identifier:
        talk.say(
            _(
                "Registered as {kind} {identifier}. You can check it in the national directory of companies and "
                "associations.",
                kind=body.identifier_type,
                identifier=body.identifier,
            )
        )
    offer_ways(talk, body)


def known(name: str) -> Body | None:
    """The body that this name means, by its name or surely enough by its likeness."""
    exact = BODIES.named(name)
    if exact is not None:
        return exact
    found = BODIES.find(name)
    return found[0].organisation if found and found[0].sure else None


def offer_ways(talk: Talk, body: Body) -> None:
    """To give, to help, to compare: what one can do next."""
    if body.standing != "not_a_gift" and len(body.short) <= 24:
        talk.offer(talk.start(_("Estimate a gift"), "donation", "organisation", body.short))
    if body.volunteer_url or body.site:
        talk.offer(talk.link(_("Help there"), body.volunteer_url or body.site))
    if body.site:
        talk.offer(talk.link(_("Its site"), body.site))
    others = [one for one in BODIES.like(body) if len(one.short) <= 24][:2]
    if others:
        talk.say(_("Close to it: {names:list}.", names=[one.short for one in others]))
        talk.offer(
            *(talk.start(_("{name}", name=one.short), "organisation", "organisation", one.short) for one in others)
        )


def for_cause(talk: Talk, cause: str) -> None:
    """A few bodies for a cause, the best documented first."""
    found = BODIES.for_cause(cause, SHOWN)
    if not found:
        talk.say(
            _("I know no association for this cause yet. Your town's “maison des associations” knows those near you.")
        )
        return
    talk.say(_("For this cause ({cause}), among those I know:", cause=cause_name(cause)))
    for body in found:
        talk.say(_("<b>{name}</b>: {about}", name=body.short, about=body.about(talk.language)))
    named = [one for one in found if len(one.short) <= 24]
    for first in range(0, len(named), 2):
        pair = named[first : first + 2]
        talk.offer(
            *(talk.start(_("{name}", name=one.short), "organisation", "organisation", one.short) for one in pair)
        )


def unknown(talk: Talk, name: str) -> None:
    """Not in the table: how to find out by oneself."""
    talk.say(_("I do not know “{name}” yet, so I will not guess. Here is how to know:", name=name))
    talk.say(
        _(
            "• Ask it whether it issues tax receipts, and for which rate: the receipt decides.\n"
            "• Free meals, care or housing for people in difficulty open the higher rate; other causes of general "
            "interest the ordinary one.\n"
            "• Look it up in the national directory of companies and associations: it should be there with its number."
        )
    )
    talk.offer(talk.link(_("National directory"), "https://annuaire-entreprises.data.gouv.fr"))
    talk.offer(talk.change(_("Another association"), "organisation"))
