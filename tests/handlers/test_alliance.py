"""Alliances: what is kept and what is not lost, the figures of the law on a day, the charter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.dialogue.events import Command
from bot.dialogue.pages import leaves
from bot.dialogue.topic import Registry
from handlers.alliance.journey import STEPS, TYPES, Told
from handlers.alliance.law import compared
from handlers.alliance.pages import BOOKLETS, WAYS
from handlers.alliance.picture import partnerships
from handlers.learning.talk import SUBJECTS
from handlers.orientation.talk import NEXT

Person = Callable[..., Any]


async def diagnosis(one: Any, need: str = "No bus to the market") -> None:
    """From /alliance to a first result, as a small firm."""
    await one.send(Command("alliance"))
    if "Begin another one" in one.labels:
        await one.press("Begin another one")
    await one.press("A small firm")
    await one.say(need)
    await one.press("One or two")
    await one.press("No, it takes several")
    await one.press("Invent what does not exist")


async def test_the_journey_is_there_weeks_later_after_other_talks(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.press("Go step by step")
    await one.say("The library and a bakery")
    await one.say("menu")
    one.at += timedelta(days=40)
    await one.say("if I give 100 euros to Restos du Cœur, how much do I get back?")
    await one.send(Command("alliance"))
    assert "“No bus to the market”. 3 of 11 steps" in one.text
    await one.press("Go on with it")
    assert "Step 3 of 11" in one.text


async def test_a_step_answered_twice_keeps_the_latest(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.press("Go step by step")
    for answer in ("A", "B", "A"):
        one.at += timedelta(minutes=1)
        await one.say(answer)
        await one.press("‹ Back")
    await one.say("The last word")
    await one.press("All the steps")
    assert "✓ 2. Who already acts? · The last word" in one.text


async def test_writing_a_step_again_and_passing_loses_nothing(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.press("Go step by step")
    await one.press("All the steps")
    await one.press("1.")
    await one.press("Skip")
    await one.press("All the steps")
    assert "· No bus to the market" in one.text


async def test_an_alliance_under_way_gives_way_only_if_wished(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.press("Go step by step")
    await one.say("The library")
    await diagnosis(one, need="Something quite different")
    assert "Shall this one take its place?" in one.text
    await one.press("No")
    assert "Social innovation" in one.text
    await one.send(Command("alliance"))
    assert "“No bus to the market”. 3 of 11" in one.text
    await diagnosis(one, need="Something quite different")
    await one.press("Yes")
    assert "Social innovation" in one.text
    await one.send(Command("alliance"))
    assert "“Something quite different”. 2 of 11" in one.text


async def test_all_eleven_steps_can_be_walked(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.press("Go step by step")
    for step in STEPS[1:]:
        if step.name == "type":
            continue
        assert step.title.message in one.text
        await (one.press(step.kind.options()[0][0].label.message) if step.kind.options() else one.say("Some words"))
    assert "11 of 11 steps" in one.text
    assert "Go on" not in one.labels


async def test_erasing_takes_the_journey_too(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one)
    await one.send(Command("donnees"))
    await one.press("Erase everything")
    await one.press("Yes")
    await one.send(Command("alliance"))
    assert "You have begun" not in one.text


async def test_what_a_person_wrote_cannot_become_markup(person: Person) -> None:
    one = person(language="en")
    await diagnosis(one, need="<b>bold</b> & {need}")
    await one.send(Command("alliance"))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; {need}" in one.last.replies[0].text


async def test_an_old_leaf_button_opens_its_booklet(person: Person) -> None:
    one = person(language="en")
    await one.send(Command("apprendre"))
    await one.press("The seven levers")
    old = one.data("2/10 ›")
    for _turn in range(4):
        await one.send(Command("apprendre"))
        await one.press("Examples")
    await one.say("menu")
    from bot.dialogue.events import Press

    await one.send(Press(old))
    assert "Lever 2" in one.text


async def test_after_learning_the_alliance_that_waited_is_offered_again(person: Person) -> None:
    one = person(language="en")
    await one.send(Command("alliance"))
    await one.press("An association")
    await one.send(Command("apprendre"))
    await one.press("Which paper")
    assert "Yes, go on" in one.labels
    await one.press("Yes, go on")
    assert "Which need do you want to answer?" in one.text


@pytest.mark.parametrize("name", sorted(BOOKLETS))
async def test_every_screen_ends_with_something_to_do(name: str, person: Person) -> None:
    one = person(language="en")
    await one.send(Command("apprendre"))
    await one.press(SUBJECTS.labels[name].message)
    turned = 0
    while True:
        doing = [label for label in one.labels if label != "Learn something else" and "/" not in label]
        assert doing, f"leaf {turned} of {name} ends with nothing to do"
        following = [label for label in one.labels if label.endswith("›")]
        if not following:
            break
        await one.press(following[0])
        turned += 1


def test_each_way_leads_somewhere(topics: Registry) -> None:
    for name, way in WAYS.items():
        assert way.url.startswith("https://") or way.topic in topics.topics, name
    for rows in NEXT.values():
        assert all(name in WAYS for row in rows for name in row)
    for booklet in BOOKLETS.values():
        assert all(name in WAYS for row in booklet.ways for name in row)


def test_the_figures_are_those_of_the_day() -> None:
    now = str(leaves("alliance-levers", "en", date(2026, 11, 22)))
    for figure in ("75%", "66%", "€1,000, then €2,000 since 14 October 2025", "17 April 2024", "27 December 2027"):
        assert figure in now
    earlier = str(leaves("alliance-levers", "en", date(2025, 10, 13)))
    assert "€546, then €1,000 since 1 January 2020" in earlier


def test_a_page_says_that_its_figures_may_have_changed_and_when_they_were_checked() -> None:
    warning = "After 31 December 2026, these figures may change."
    before, after = (leaves("alliance-levers", "en", date(year, 6, 1)) for year in (2026, 2027))
    assert not any(warning in leaf for leaf in before)
    assert [warning in leaf for leaf in after] == [False, False, False, True, False, True, True, True, False, True]
    assert "Checked on 21 November 2026" in after[7]
    for page in ("orientation-compare", "capsule-rates", "capsule-days", "capsule-ten", "alliance-types"):
        assert warning in leaves(page, "en", date(2027, 6, 1), **compared(date(2027, 6, 1), Decimal(50), Decimal(3)))[0]


def test_the_comparison_is_counted_by_the_rules() -> None:
    one = compared(date(2026, 11, 22), Decimal(100), Decimal(5))
    assert (one["difficulty_back"], one["general_back"]) == (100 * Decimal("0.75"), 100 * Decimal("0.66"))
    assert one["firm_back"] == one["firm_gift"] * Decimal("0.60")
    assert one["given_days"] == 3  # D. 3142-82: three a year, whatever was asked


def test_a_plain_question_is_no_answer_and_a_need_with_a_question_mark_is() -> None:
    from bot.questions.kind import Answer, Said

    kind = Told()
    today = datetime(2026, 11, 22, tzinfo=UTC).date()
    assert kind.read(Said("C’est quoi une charte ?", "fr", today)) is None
    asked = kind.read(Said("Comment sortir les anciens de chez eux ?", "fr", today))
    assert asked == Answer("Comment sortir les anciens de chez eux ?")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_picture_says_in_words_what_it_shows(language: str) -> None:
    picture = partnerships(language, date(2026, 11, 22))
    assert picture.content.startswith(b"\x89PNG")
    for share in ("42", "30", "25", "16"):
        assert share in picture.alt


def test_the_types_are_in_the_order_of_their_page() -> None:
    titles = [str(leaf).split("</b>")[0] for leaf in leaves("alliance-types", "en", date(2026, 11, 22))]
    for title, name in zip(titles, TYPES.values(), strict=True):
        assert name.message in title


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "une alliance entre la mairie, les assos et les commerçants"),
        ("fr", "on veut monter une alliance avec la mairie"),
        ("en", "an alliance between the town hall, charities and shopkeepers"),
    ],
)
async def test_a_wish_for_an_alliance_begins_one(person, language: str, said: str) -> None:
    me = person(language=language)
    await me.say(said)
    assert me.last.topic == "alliance"
    assert ("Vous apportez" if language == "fr" else "You bring") in me.text
