"""News from Allié, in the list of what is on: off unless the person asks for it, and off again at one word."""

from __future__ import annotations

from typing import Any

from bot.dialogue.news import ALL, CONSENT, KEY, NONE, SUBJECTS, Subject
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.place import HOME, Where

__all__ = ["consent_to_news", "no_more_news", "quieten", "show_news", "withdraw"]


def show_news(talk: Talk) -> None:
    """Whether the news are on, and the way to change it."""
    kept = talk.records(CONSENT).get(KEY)
    if kept is None:
        talk.offer(talk.start(_("Receive news from Allié"), "alerts", "news", "on"))
        return
    subject = SUBJECTS.get(str(kept.get("subject")), SUBJECTS[ALL])
    talk.say(
        _("News from Allié: {subject}; {place}.", subject=subject, place=Where().shown(str(kept.get("place", ""))))
    )
    talk.offer(talk.start(_("No more news"), "alerts", "news", "off"))


async def consent_to_news(talk: Talk) -> None:
    """What about, and where; then it is on. Leaving at any question leaves it off."""
    subject = await talk.ask(
        "news_subject",
        Subject(),
        _(
            "Now and then, the team that runs Allié has something to tell: a campaign, a change in the law, a day of "
            "volunteering near you. You get it only if you ask for it here. What would you like to hear about?"
        ),
    )
    if subject == NONE:
        await no_more_news(talk)
        return
    where = await talk.ask(
        "news_place", Where(), _("Around which town or département? Or skip this: then for all of France."), skip=True
    )
    place = "" if where in (None, HOME) else str(where)
    body = {"subject": subject, "place": place, "since": talk.today.isoformat()}
    await talk.once(f"news {subject} {place}", lambda effects: effects.put(CONSENT, KEY, body))
    talk.say(_("It is on: {subject}; {place}.", subject=SUBJECTS[subject], place=Where().shown(place)))
    talk.say(_("To have no more, write “stop”: one word is enough."))
    talk.offer(
        talk.start(_("No more news"), "alerts", "news", "off"), talk.start(_("My alerts"), "alerts", "about", "list")
    )


async def no_more_news(talk: Talk) -> None:
    """The consent goes, and with it what was about to be sent."""
    await talk.once("news off", withdraw)
    talk.say(_("You get no more news from Allié. Your alerts and reminders stay as they are."))
    talk.offer(talk.start(_("My alerts"), "alerts", "about", "list"))


async def quieten(talk: Talk) -> None:
    """“stop” in the middle of a talk leaves the talk; it is also the word that ends the news, so it ends them."""
    if talk.records(CONSENT):
        await talk.once("news off", withdraw)
        talk.say(_("You get no more news from Allié either."))


def withdraw(effects: Any) -> None:
    effects.drop(CONSENT, KEY)
