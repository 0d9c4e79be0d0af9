"""A saved search that tells when something new fits: by day or by week, from 9 am to 8 pm, never when nothing is new.

Composed when due, so it cannot go stale. One press pauses or stops it; forgetting the person erases it with the rest.
"""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.folding import fold
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Wish
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Context, Hears, points, topic
from bot.phrase import Phrase, _
from bot.questions.choice import Choice, YesNo
from bot.questions.kind import Answer, Reading, Said
from bot.questions.place import Where
from handlers.alerts.news import consent_to_news, no_more_news, quieten, show_news, withdraw
from handlers.needs.ownership import owner_of
from handlers.volunteer.mission_card import MISSIONS, dots, listed
from handlers.volunteer.search_criteria import SLOTS, search_criteria, wish_phrases

MOST = 5
"""Alerts that one person may have: more would be noise."""
TOLD = 60
"""Missions remembered as told, for each alert."""
SHOWN = 3
FIRST_HOUR, LAST_HOUR = 9, 20
EVERY = {"daily": 1, "weekly": 7}
ALERTS = "alerts"
"""What a table of alerts shows; its items are their keys."""
ONE_OF_THEM = re.compile(r"\b(?:cette|celle|l alerte|la|that|this|it)\b")
ALL_OF_THEM = re.compile(r"\b(?:tout|toutes|tous|all|everything|les alertes)\b")


class Often(Choice):
    """How often. A bare yes to what was proposed is once a week."""

    def read(self, said: Said) -> Reading[str]:
        agrees = YesNo().read(said)
        return Answer("weekly") if isinstance(agrees, Answer) and agrees.value else super().read(said)


OFTEN = Often(2, "often", daily=_("Once a day"), weekly=_("Once a week"))


@topic(
    "alerts",
    title=_("My alerts"),
    command="alertes",
    commands={"en": "alerts"},
    hint=_("Be told of new missions; pause or stop it"),
    menu=70,
    at_hand=True,
    private=True,
    due=("alert",),
    stops=True,
    links=("new", "about=list", "news=on"),
    answers="volunteers",
    facts=("place",),
    hears=Hears(
        slots={"organisation", "place", "radius_km", "cause", "when", "remote", "minors", "limits"},
        context=Context.NOTICES,
    ),
)
async def alerts(talk: Talk) -> None:
    """What a button asks for; or the list of what is on; or a new alert, when one is asked for in words."""
    if talk.due is not None:
        await compose(talk, str(talk.due.get("key", "")))
        return
    if talk.slots.get("news") == "off" or talk.slots.get("about") == "no_news":
        await no_more_news(talk)
        return
    if "news" in talk.slots or talk.slots.get("about") == "news":
        await consent_to_news(talk)
        return
    for act in ("pause", "resume", "stop"):
        if act in talk.slots:
            await change(talk, act, [str(talk.slots[act])])
            return
    about = talk.slots.get("about")
    kept = talk.records("alert")
    if about == "stop":
        spoken_of = spoken_of_last(talk)
        await (change(talk, "stop", [spoken_of]) if spoken_of in kept else stop_all(talk))
        return
    if about == "quiet":
        await quieten(talk)
        await silence(talk, [key for key, body in kept.items() if not body.get("paused")])
        return
    if about in ("pause", "resume"):
        await change(talk, about, list(kept))
        return
    begun = await talk.once("begun", lambda _effects: _begun(talk, bool(kept)))
    if not begun:
        show_list(talk, talk.records("alert"))
        return
    await create(talk, begun)


def spoken_of_last(talk: Talk) -> str:
    """The alert that was on show when the person said to stop it; "" where they may mean all of them."""
    said = fold(talk.words)
    table = next((table for table in talk.tables if table.shows == ALERTS and table.items), None)
    if table is None or ALL_OF_THEM.search(said) or not ONE_OF_THEM.search(said):
        return ""
    return table.items[min(table.at, len(table.items) - 1)]


def _begun(talk: Talk, has_alerts: bool) -> str:
    """What this talk is about: "draft", the search just made; "new", one to be asked for in words; "", the list."""
    if "often" in talk.slots and "search" in talk.records("draft"):
        return "draft"
    is_search = "new" in talk.slots or any(slot in talk.slots for slot in SLOTS)
    is_list = talk.slots.get("about") == "list" or (not is_search and (has_alerts or not talk.words))
    return "" if is_list else "new"


async def create(talk: Talk, begun: str) -> None:
    """Save the search that was just made, or the one that is told now."""
    if begun == "draft":
        draft = await talk.once("draft", lambda effects: effects.records("draft").get("search", {}))
        wish = Wish.from_json(draft.get("wish", {}), talk.catalogue.places)
    else:
        search = await search_criteria(talk)
        if not search.criteria:
            await talk.ask("where", Where(), _("Of what shall I tell you? Name a town, and what you would like to do."))
            search = await search_criteria(talk)
        wish = search.wish
    criteria = dots(talk, wish_phrases(wish))
    often = await talk.ask(
        "often",
        OFTEN,
        _("Alert: {criteria}. I write only when something new fits. Once a week, or once a day?", criteria=criteria),
    )
    key = await talk.once("key", lambda _effects: secrets.token_hex(4))
    if key not in talk.records("alert") and len(talk.records("alert")) >= MOST:
        talk.say(_("You have {count:number} alerts already: stop one to make room.", count=MOST))
        show_list(talk, talk.records("alert"))
        return
    await talk.once(
        f"save {often} {_digest(wish)}",
        lambda effects: save(talk.catalogue, effects, key, wish, often, talk.now),
    )
    talk.lay(ALERTS, [key])
    talk.say(_("It is on: {criteria}.", criteria=criteria))
    if often == "daily":
        talk.say(_("I write at most once a day, between 9 am and 8 pm, and only when something new fits."))
    else:
        talk.say(_("I write at most once a week, between 9 am and 8 pm, and only when something new fits."))
    talk.offer(talk.start(_("Pause"), "alerts", "pause", key), talk.start(_("Stop"), "alerts", "stop", key))
    talk.offer(talk.start(_("My alerts"), "alerts", "about", "list"))


def _digest(wish: Wish) -> str:
    return f"{zlib.crc32(repr(sorted(wish.as_json().items())).encode()):08x}"


async def save(catalogue: AwaitedCatalogue, effects: Any, key: str, wish: Wish, often: str, now: datetime) -> None:
    """Keep the alert, what is there already counted as told, and schedule its first look."""
    there = await catalogue.search(wish, today=now.date(), limit=TOLD)
    told = [] if there.widened else [match.mission.id for match in there.found]
    body = {"wish": wish.as_json(), "often": often, "since": now.date().isoformat(), "told": told}
    effects.put("alert", key, body)
    effects.drop("draft", "search")
    effects.schedule("alert", key, next_look(now, EVERY[often], key), {"key": key})


def next_look(now: datetime, days: int, key: str) -> datetime:
    """In so many days, in the morning or at midday; alerts are spread so that they do not all come at once."""
    minutes = zlib.crc32(key.encode()) % 240
    first = datetime.combine(now.date() + timedelta(days=days), time(FIRST_HOUR), now.tzinfo)
    return first + timedelta(minutes=minutes)


async def compose(talk: Talk, key: str) -> None:
    """What is new for one alert, if anything is; then the next look is scheduled."""
    kept = talk.records("alert").get(key)
    if kept is None or kept.get("paused"):
        return
    days = EVERY.get(str(kept.get("often")), 7)
    now = talk.now
    if not FIRST_HOUR <= now.hour < LAST_HOUR:  # it was held up until the night
        morning = next_look(now, 0 if now.hour < FIRST_HOUR else 1, key)
        await talk.once("next", lambda effects: effects.schedule("alert", key, morning, {"key": key}))
        return
    found = await news(talk.catalogue, kept, talk.today)
    told = [*kept.get("told", ()), *(mission.id for mission in found)][-TOLD:]
    body = {**kept, "told": told, "since": talk.today.isoformat()}

    def keep(effects: Any) -> None:
        effects.put("alert", key, body)
        effects.schedule("alert", key, next_look(now, days, key), {"key": key})

    await talk.once("next", keep)
    if not found:
        return
    wish = Wish.from_json(kept["wish"], talk.catalogue.places)
    talk.say(_("New for you: {criteria}", criteria=dots(talk, wish_phrases(wish))))
    listed(talk, found[:SHOWN])
    talk.lay(MISSIONS, [mission.id for mission in found])
    if len(found) > SHOWN:
        talk.say(_("And {count:number} more: look for them with “Find a mission”.", count=len(found) - SHOWN))
    talk.offer(talk.start(_("Pause"), "alerts", "pause", key), talk.start(_("Stop"), "alerts", "stop", key))


async def news(catalogue: AwaitedCatalogue, kept: Mapping[str, Any], today: date) -> list[Mission]:
    """The missions that fit exactly, added since the last look and never told."""
    wish = Wish.from_json(
        {**kept["wish"], "since": kept["since"], "excluded": list(kept.get("told", ()))}, catalogue.places
    )
    results = await catalogue.search(wish, today=today, limit=10)
    return [] if results.widened else [match.mission for match in results.found]


async def change(talk: Talk, act: str, keys: list[str]) -> None:
    """Pause, resume or stop one alert, or all."""
    kept = talk.records("alert")
    chosen = [key for key in keys if key in kept]
    if not chosen:
        talk.say(_("No alert is on."))
        talk.offer(talk.start(_("New alert"), "alerts", "new", "1"))
        return

    await talk.once(f"{act} {' '.join(chosen)}", lambda effects: changed(effects, act, chosen, talk.now))
    match act:
        case "stop":
            talk.say(_("Stopped. You will not hear of it again."))
        case "pause":
            talk.say(_("Paused. I stay silent until you say so."))
        case _:
            talk.say(_("It is on again."))
    left = talk.records("alert")
    if left:
        show_list(talk, left)


def changed(effects: Any, act: str, keys: list[str], now: datetime) -> None:
    """Have these alerts paused, resumed or stopped."""
    kept = effects.records("alert")
    for key in keys:
        body = {name: value for name, value in kept[key].items() if name != "paused"}
        effects.cancel("alert", key)
        if act == "stop":
            effects.drop("alert", key)
        elif act == "pause":
            effects.put("alert", key, {**body, "paused": True})
        else:
            effects.put("alert", key, body)
            effects.schedule("alert", key, next_look(now, 1, key), {"key": key})


@points("alerts")
async def point_at_alerts(talk: Talk, about: Pointed) -> bool:
    """Answer words about the alert that was just spoken of: where, of what, how often, take it away."""
    table, kept = talk.table, talk.records("alert")
    if table is None or table.shows != ALERTS:
        return False
    keys = [key for key in table.items if key in kept]
    at = table.at if about.item is None else about.item
    if not keys or not -len(keys) <= at < len(keys):
        return False
    key = keys[at]
    body = kept[key]
    if about.act == "stop_it":
        await change(talk, "stop", [key])
        return True
    often = OFTEN.read(Said(about.words, talk.language, talk.today)) if not about.question else None
    if isinstance(often, Answer) and len(about.words.split()) > 1:
        changed_to = {**body, "often": often.value}
        await talk.once(f"often {key} {often.value}", lambda effects: effects.put("alert", key, changed_to))
        body = changed_to
    elif about.act not in TOLD_OF_AN_ALERT:
        return False
    wish = Wish.from_json(body["wish"], talk.catalogue.places)
    talk.say(_line(at % len(keys) + 1, dots(talk, wish_phrases(wish)), body))
    talk.lay(ALERTS, keys, at % len(keys))
    talk.offer(talk.start(_("Pause"), "alerts", "pause", key), talk.start(_("Stop"), "alerts", "stop", key))
    return True


TOLD_OF_AN_ALERT = frozenset(
    {"where", "when", "how_long", "detail", "why", "summary", "repeat", "item", "sure", "source", "alert", "distance"}
)
"""What its line answers."""


async def silence(talk: Talk, keys: list[str]) -> None:
    """“stop” in the middle of a talk leaves it, and may well be about what comes unasked: alerts fall silent too, and
    one press has them back."""
    if not keys:
        return
    await talk.once("silence", lambda effects: changed(effects, "pause", keys, talk.now))
    talk.say(_("Your alerts are paused too: I write to you only when you write to me."))
    talk.offer(talk.start(_("Resume my alerts"), "alerts", "about", "resume"))


async def stop_all(talk: Talk) -> None:
    """Nothing is sent any more unless the person writes: neither alerts nor reminders."""
    kept = talk.records("alert")
    owner = owner_of(talk)
    needs = [need.mission.id for need in await talk.catalogue.needs_of(owner)] if owner else []

    def effect(effects: Any) -> None:
        withdraw(effects)
        for key in kept:
            effects.cancel("alert", key)
            effects.drop("alert", key)
        for mission_id in effects.records("favourite"):
            effects.cancel("mission_answer", mission_id)
            effects.cancel("mission_eve", mission_id)
        for need_id in needs:
            effects.cancel("need", need_id)
            effects.cancel("need_ends", need_id)

    await talk.once("stop all", effect)
    talk.say(_("All is stopped: I write to you only when you write to me."))
    talk.offer(talk.start(_("Find a mission"), "volunteer"), talk.start(_("New alert"), "alerts", "new", "1"))


def show_list(talk: Talk, kept: Mapping[str, Mapping[str, Any]]) -> None:
    """What is on, each with its two buttons."""
    if not kept:
        talk.say(_("You have no alert yet. Shall we make one? I write only when a mission fits what you look for."))
        talk.offer(talk.start(_("New alert"), "alerts", "new", "1"))
        show_news(talk)
        return
    talk.say(_("Your alerts:"))
    talk.lay(ALERTS, list(kept))
    for number, (key, body) in enumerate(kept.items(), 1):
        wish = Wish.from_json(body["wish"], talk.catalogue.places)
        talk.say(_line(number, dots(talk, wish_phrases(wish)), body))
        other = (
            talk.start(_("{number:number}: resume", number=number), "alerts", "resume", key)
            if body.get("paused")
            else talk.start(_("{number:number}: pause", number=number), "alerts", "pause", key)
        )
        talk.offer(other, talk.start(_("{number:number}: stop", number=number), "alerts", "stop", key))
    if len(kept) < MOST:
        talk.offer(talk.start(_("New alert"), "alerts", "new", "1"))
    show_news(talk)


def _line(number: int, criteria: Any, body: Mapping[str, Any]) -> Phrase:
    if body.get("paused"):
        return _("{number:number}. {criteria}: paused", number=number, criteria=criteria)
    if body.get("often") == "daily":
        return _("{number:number}. {criteria}: once a day", number=number, criteria=criteria)
    return _("{number:number}. {criteria}: once a week", number=number, criteria=criteria)
