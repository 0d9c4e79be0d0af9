"""An appeal for gifts, told like a need: what is collected for and where, the page to give, what a gift buys, until
when, what the receipts are. Somebody reads it before anybody else does."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.catalogue.cleaning import clean_link, clean_text
from bot.catalogue.folding import fold
from bot.catalogue.known import gazetteer
from bot.catalogue.mission import APPEAL, Mission, Receipt, Site
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.kind import Answer, Reading, Refusal, Said
from bot.questions.place import HOME, Where
from bot.questions.text import Text
from bot.questions.when import ComingDay
from handlers.needs.ownership import NOT_SAID, RECEIPTS
from handlers.shared.public import ASKED_APART, Public, PublicBody

__all__ = ["appeal_told", "offer_more_of_appeal", "wants_appeal"]

WANTED = re.compile(
    r"\b(?:appels? aux dons?|collectes? (?:de dons?|d argent|de fonds)|levee de fonds"
    r"|appeals? for (?:gifts?|donations?)|fundraisers?|fundraising)\b"
)
LONGEST = timedelta(days=365)
STATED: tuple[Receipt, ...] = ("ordinary", "raised", "none")


class Page(Text):
    """The page where one gives."""

    expects = _("The web address of the page where one gives, please.")
    greedy = False

    def read(self, said: Said) -> Reading[str]:
        text = said.text.strip()
        link = clean_link(f"https://{text}" if text.lower().startswith("www.") else text)
        return Answer(link) if link else Refusal(self.expects)


def wants_appeal(talk: Talk) -> bool:
    """Whether money is asked for, and not people."""
    return "appeal" in talk.slots or bool(WANTED.search(fold(talk.words)))


def words(longest: int) -> Public:
    return Public(longest=longest, why=ASKED_APART)


async def appeal_told(talk: Talk) -> Mission:
    """The few questions of an appeal, and what may be added to it."""
    if not talk.wants("organisation") or not talk.wants("title"):
        talk.say(_("Yes, I can publish it here, free of charge: people who want to give near you find it."))
    body = await talk.ask("organisation", PublicBody(), _("Which association or foundation are you writing for?"))
    title = await talk.ask("title", words(90), _("What do you collect for, in a few words?"), slot=NOT_SAID)
    where = await talk.ask("where", Where(), _("Where is it? A town or a postcode."), slot="at")
    page = await talk.ask("page", Page(), _("On which page does one give?"), slot=NOT_SAID)
    buys = talk.refine(
        "buys", words(200), _("What does a gift buy? For example: ten meals, a night under a roof."), "", slot=NOT_SAID
    )
    labels = {name: RECEIPTS[name] for name in STATED}
    receipt = talk.refine(
        "receipt", Choice(1, None, **labels), _("Which tax receipts do you issue?"), "", slot=NOT_SAID
    )
    in_return = talk.refine("in_return", words(120), _("What does one get in return, if anything?"), "", slot=NOT_SAID)
    last = talk.today + LONGEST
    until = talk.refine("until", ComingDay(earliest=talk.today, latest=last), _("Until which day?"), slot=NOT_SAID)
    return as_appeal(talk, body, title, where, page, buys, receipt, in_return, until)


def offer_more_of_appeal(talk: Talk) -> None:
    """What may be added or changed before it is sent."""
    labels = {
        "buys": _("What a gift buys"),
        "receipt": _("The tax receipts"),
        "in_return": _("In return"),
        "until": _("Until which day"),
    }
    buttons = [talk.change(label, name) for name, label in labels.items()]
    talk.offer(*buttons[:2])
    talk.offer(*buttons[2:])


def as_appeal(
    talk: Talk,
    body: str,
    title: str,
    where: str,
    page: str,
    buys: str,
    receipt: str,
    in_return: str,
    until: date | None,
) -> Mission:
    known = talk.catalogue.organisations.named(body)
    causes = talk.catalogue.synonyms.causes([title, buys]) or (known.causes if known else ())
    place = gazetteer().by_code(where) if where and where != HOME else None
    is_town = place is not None and place.level in ("commune", "arrondissement")
    sites: tuple[Site, ...] = ()
    if place is not None and is_town:
        sites = (Site(place.name, "", place.departement, place.code, place.lat, place.lon),)
    elif place is not None:
        sites = tuple(Site(departement=code) for code in place.covers)
    return Mission(
        id="needs:new",
        source="needs",
        kind=APPEAL,
        title=clean_text(title, 90),
        organisation=known.short if known else clean_text(body, 120),
        organisation_id=known.id if known else "",
        url=page,
        causes=tuple(causes) or ("other",),
        sites=sites,
        everywhere=not sites,
        ends=until,
        seen=talk.today,
        buys=clean_text(buys, 200),
        receipt=next((one for one in STATED if one == receipt), ""),
        in_return=clean_text(in_return, 120),
    )
