"""Where, what and when, as people answer; and what a search needs of the machine: positions, words that change it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Location, Text
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role
from bot.i18n import text_of
from bot.phrase import _
from bot.questions.activity import Activity, Causes, What
from bot.questions.choice import Flag
from bot.questions.kind import Answer, Refusal, Said, Which
from bot.questions.place import HOME, Where
from bot.questions.when import ComingDay, When, days_of, when_phrases

TODAY = date(2026, 11, 22)  # a Sunday


def said(text: str, language: str = "fr") -> Said:
    return Said(text, language, TODAY)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Marseille", "commune:13055"),
        ("dans le 93", "departement:93"),
        ("75011", "arrondissement:75111"),
        ("j'habite à Rennes", "commune:35238"),
        ("de chez moi", HOME),
    ],
)
def test_a_place_is_read_as_people_say_it(text: str, key: str) -> None:
    assert Where().read(said(text)) == Answer(key)


def test_a_name_of_several_communes_is_asked_about_with_its_departement() -> None:
    which = Where().read(said("Saint-Denis"))
    assert isinstance(which, Which)
    assert {"Saint-Denis (93)", "Saint-Denis (974)"} <= {str(option.label) for option in which.options}


def test_two_places_at_once_are_asked_about() -> None:
    which = Where().read(said("à Lyon ou à Villeurbanne"))
    assert isinstance(which, Which)
    assert [str(option.label) for option in which.options] == ["Lyon (69)", "Villeurbanne (69)"]


def test_a_place_abroad_is_refused_kindly() -> None:
    assert isinstance(Where().read(said("Bruxelles")), Refusal)


def test_a_position_becomes_the_nearest_commune_and_one_abroad_is_refused() -> None:
    assert Where().from_location(43.6045, 1.4440) == Answer("commune:31555")
    assert isinstance(Where().from_location(52.52, 13.405), Refusal)
    assert isinstance(Where().from_location(float("nan"), 0.0), Refusal)


@pytest.mark.parametrize("stored", ["commune:99999", "Lyon", "", None, 7, ["commune:69123"]])
def test_a_place_kept_by_another_version_is_asked_again_unless_it_holds(stored: object) -> None:
    if stored == "":
        assert Where().load(stored) == ""
    else:
        with pytest.raises(ValueError, match="no place"):
            Where().load(stored)


def test_times_are_read_and_shown_days_first() -> None:
    assert When().read(said("le samedi matin")) == Answer(("saturday", "morning"))
    assert text_of(when_phrases(("morning", "saturday")), "en") == "on Saturdays, in the morning"
    assert When().read(said("je ne sais pas trop")) is None


def test_only_refused_times_leave_the_others_open() -> None:
    assert When().read(said("tout sauf le dimanche")) == Answer(())


def test_a_button_of_times_that_another_version_made_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        When().from_press("someday")


def test_an_activity_keeps_the_words_and_their_causes() -> None:
    activity = Activity({"elderly": _("Older people")})
    assert activity.read(said("tenir compagnie à des personnes âgées")) == Answer(
        What("tenir compagnie à des personnes âgées", ("elderly",))
    )
    assert activity.load(activity.dump(What("x", ("animals",)))) == What("x", ("animals",))
    assert activity.read(said("pas les animaux")) == Answer(What())


def test_a_coming_day_is_the_next_one() -> None:
    assert ComingDay(earliest=TODAY).read(said("samedi")) == Answer(date(2026, 11, 28))
    assert isinstance(ComingDay(earliest=TODAY).read(said("le 3 mars 2024")), Refusal)


def searching() -> Registry:
    registry = Registry()

    @registry.topic("volunteer", title=_("Search"), command="search", located=True)
    async def volunteer(talk: Talk) -> None:
        where = await talk.ask("where", Where(), _("Where?"), skip=True)
        without = talk.setting("without", Causes("not_cause"), ())
        young = talk.setting("young", Flag("minors"), False)
        talk.say(
            _(
                "At {where}, without {without}, young: {young}.",
                where=where,
                without=" ".join(without),
                young=str(young),
            )
        )
        talk.say(_("Typed: {words}.", words=talk.words))

    @registry.topic("alerts", title=_("Alerts"), stops=True)
    async def alerts(talk: Talk) -> None:
        talk.say(_("About: {about}.", about=str(talk.slots.get("about"))))

    @registry.topic("welcome", title=_("Menu"), role=Role.WELCOME)
    async def welcome(talk: Talk) -> None:
        talk.say(_("The menu."))

    @registry.topic("fallback", title=_("Else"), role=Role.UNSURE)
    async def fallback(talk: Talk) -> None:
        talk.say(_("I do not follow."))

    return registry


@pytest.fixture
def me(store, understanding, talk_catalogue, person):
    return person(Engine(store, understanding, searching(), talk_catalogue), language="en")


async def test_a_position_out_of_the_blue_begins_the_search(me) -> None:
    await me.send(Location(43.6045, 1.4440))
    assert "At commune:31555" in me.text


async def test_a_position_abroad_is_refused_and_the_place_asked(me) -> None:
    await me.send(Location(52.52, 13.405))
    assert "outside France" in me.text
    assert me.text.endswith("Where?")


async def test_a_few_words_after_the_end_change_what_was_never_asked(me) -> None:
    await me.say("I want to volunteer in Rennes")
    assert "without , young: False" in me.text
    assert "without animals, young: False" in await me.say("not with animals")
    assert "At commune:69123, without animals" in await me.say("in Lyon")


async def test_a_place_of_several_communes_said_in_passing_is_asked_about(me) -> None:
    await me.say("I want to volunteer in Saint-Denis")
    assert me.text == "Which one is it?"
    assert "At commune:93066" in await me.press("Saint-Denis (93)")


async def test_what_was_typed_is_for_the_topic_and_is_not_kept(me, store) -> None:
    await me.send(Text("I want to volunteer in Rennes with gladness"))
    assert "Typed: I want to volunteer in Rennes with gladness." in me.text

    async def look(turn) -> str:
        return json.dumps(turn.session)

    assert "gladness" not in (await store.turn("look", me.chat, look, at=me.at)).value


async def test_a_position_abroad_as_an_answer_says_why_it_does_not_do(me) -> None:
    await me.send(Command("search"))
    await me.send(Location(52.52, 13.405))
    assert "outside France" in me.text
    assert me.text.endswith("Where?")


@pytest.mark.parametrize("word", ["stop", "STOP !", "arrête", "/stop"])
async def test_stop_with_nothing_in_hand_is_for_the_topic_that_stops(me, word: str) -> None:
    await me.send(Command("stop") if word.startswith("/") else Text(word))
    assert me.text == "About: stop."


async def test_stop_in_a_talk_leaves_it(me) -> None:
    await me.send(Command("search"))
    assert "About: stop" not in await me.say("stop")
    assert await me.say("stop") == "About: stop."


@pytest.mark.parametrize(
    "text", ["hier", "le 3 janvier 2020", "en 2019", "du 1er au 5 octobre 2025", "le mois dernier"]
)
def test_a_time_that_is_over_is_not_looked_for(text: str) -> None:
    reading = When().read(said(text))
    assert isinstance(reading, Refusal)
    assert "over already" in reading.why.message


def test_of_several_times_those_to_come_are_kept() -> None:
    assert When().read(said("hier ou demain")) == Answer(("date:2026-11-23",))


def test_the_christmas_holidays_are_one_thing() -> None:
    reading = When().read(said("pendant les vacances de Noël, le soir"))
    assert isinstance(reading, Answer)
    assert text_of(when_phrases(reading.value), "en") == "in the Christmas holidays, in the evening"


@pytest.mark.parametrize(
    ("tokens", "days"),
    [
        (["saturday"], (None, None)),
        (["date:2026-12-05", "morning"], (date(2026, 12, 5), date(2026, 12, 5))),
        (["range:2026-12-01/2026-12-20"], (date(2026, 12, 1), date(2026, 12, 20))),
    ],
)
def test_dates_among_times_are_days(tokens: list[str], days: tuple[date | None, date | None]) -> None:
    assert days_of(tokens) == days
