"""What the machine does for every topic, shown on three small ones. Each message goes through the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.dialogue import events
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Due, Event, Location, Media, Press
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role
from bot.phrase import _
from bot.questions.choice import Choice, Confirm, YesNo
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.text import Text as Words
from bot.store.sqlite import SqliteStore

EFFECTS: list[str] = []


def small_topics() -> Registry:
    registry = Registry()

    @registry.topic("donation", title=_("Gift"), command="don", menu=1)
    async def donation(talk: Talk) -> None:
        talk.say(_("About a gift."))
        amount = await talk.ask("amount", Money(suggestions=(50,)), _("How much?"))
        talk.say(_("{amount:money}, noted.", amount=amount))
        monthly = await talk.ask("monthly", YesNo(), _("Every month?"))
        name = await talk.ask("name", Words(longest=20), _("Your name?"), skip=True)
        talk.say(_("{amount:money} monthly={monthly} by {name}.", amount=amount, monthly=str(monthly), name=str(name)))
        talk.offer(talk.change(_("Another amount"), "amount"))

    @registry.topic("rest_days", title=_("Days"), command="rtt", menu=2)
    async def rest_days(talk: Talk) -> None:
        role = await talk.ask("role", Choice(employee=_("employee"), employer=_("employer")), _("Are you …?"))
        if await talk.ask("letter", YesNo(), _("A letter?")):
            await talk.once("letter", lambda effects: effects.put("letter", role, {"role": role}))
            EFFECTS.append(role)
        talk.say(_("Done as {role}.", role=role))

    @registry.topic("volunteer", title=_("List"), command="list")
    async def volunteer(talk: Talk) -> None:
        talk.say(_("A list."))
        page = talk.setting("page", Count(maximum=9), Decimal(0))
        talk.say(_("Page {page:number}.", page=page))
        talk.offer(talk.set(_("Next"), "page", str(page + 1)))

    @registry.topic("privacy", title=_("Data"), command="donnees", passing=True, private=True, due=("nudge",))
    async def privacy(talk: Talk) -> None:
        if talk.due is not None:
            talk.say(_("Reminder: {what}.", what=str(talk.due["what"])))
            return
        if await talk.ask("sure", Confirm(), _("Erase?")):
            await talk.once("erase", lambda effects: effects.forget())
            talk.say(_("Erased."))

    @registry.topic("smalltalk", title=_("Word"), passing=True)
    async def smalltalk(talk: Talk) -> None:
        talk.say(_("You are welcome."))

    @registry.topic("welcome", title=_("Menu"), role=Role.WELCOME)
    async def welcome(talk: Talk) -> None:
        talk.say(_("Here is the menu."))
        talk.offer(*(talk.start(topic.title, topic.name) for topic in talk.registry.menu))

    @registry.topic("fallback", title=_("Else"), role=Role.UNSURE)
    async def fallback(talk: Talk) -> None:
        talk.say(_("In danger: 112.") if talk.slots.get("crisis") else _("I do not follow."))

    @registry.topic("alliance", title=_("Broken"), command="broken")
    async def broken(talk: Talk) -> None:
        raise RuntimeError("what the person wrote must not be logged: secret words")

    return registry


@pytest.fixture
def small(store: SqliteStore, understanding, talk_catalogue, person) -> Callable[..., object]:
    engine = Engine(store, understanding, small_topics(), talk_catalogue)

    def somebody(**details: object):
        return person(engine, language="en", **details)

    return somebody


async def test_a_question_is_asked_until_it_is_answered_and_nothing_is_said_twice(small):
    me = small()
    await me.send(Command("don"))
    assert me.text == "About a gift.\n\nHow much?"
    assert await me.say("50") == "€50, noted.\n\nEvery month?"
    assert await me.say("no") == "Your name?"
    assert await me.say("Ada") == "€50 monthly=False by Ada."


async def test_what_was_said_in_the_first_sentence_is_not_asked(small):
    me = small()
    assert "Every month?" in await me.say("I would like to make a donation of 80 euros, is it tax free?")
    assert me.last.answers["amount"] == "80.00"


async def test_back_drops_the_last_answer_and_asks_it_again(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    assert "How much?" in await me.say("back")
    assert "€70, noted." in await me.say("70")
    assert "How much?" in await me.press("‹ Back")


async def test_back_from_the_first_question_shows_the_menu(small):
    me = small()
    await me.send(Command("don"))
    assert await me.say("back") == "Here is the menu."


async def test_a_correction_replaces_one_answer_and_keeps_the_later_ones(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.say("yes")
    assert "€500, noted." in await me.say("no, actually 500")
    assert me.text.endswith("Your name?")
    assert await me.say("Ada") == "€500 monthly=True by Ada."


async def test_a_correction_after_the_end_gives_the_result_again(small):
    me = small()
    await me.send(Command("don"))
    for words in ("50", "yes", "Ada"):
        await me.say(words)
    assert "€500 monthly=True by Ada." in await me.say("sorry, I meant 500 euros")


async def test_a_press_on_an_old_button_replaces_only_that_answer(small):
    me = small()
    await me.send(Command("don"))
    old = me.data("€50")
    await me.say("80")
    await me.say("yes")
    await me.send(Press(old))
    assert "€50, noted." in me.text
    assert me.last.answers == {"amount": "50.00", "monthly": True}


async def test_a_button_of_a_talk_long_over_begins_it_again_with_that_answer(small):
    me = small()
    await me.send(Press("=977.donation.amount.50"))
    assert "Every month?" in me.text
    assert me.last.answers == {"amount": "50.00"}


@pytest.mark.parametrize(
    "data", ["=1.nothing.amount.50", "", "x", "=", ">", ">nothing", "!nothing.1", "=1.donation", "💥" * 40]
)
async def test_a_button_that_never_was_explains_itself_and_shows_the_menu(small, data):
    me = small()
    await me.send(Press(data))
    assert "I do not know this button any more" in me.text
    assert "Gift" in me.labels


@pytest.mark.parametrize(
    "data", ["=1.donation.amount.abc", "=1.donation.amount.-5", "=1.donation.amount.NaN", "=1.donation.colour.red"]
)
async def test_a_button_with_a_value_that_cannot_be_asks_the_question(small, data):
    me = small()
    await me.send(Command("don"))
    await me.send(Press(data))
    assert me.text.endswith("How much?")


async def test_the_label_of_a_button_may_be_typed(small):
    me = small()
    await me.send(Command("rtt"))
    assert await me.say("Employee") == "A letter?"


async def test_the_label_of_a_button_may_stand_for_its_data(small):
    me = small()
    await me.send(Command("rtt"))
    await me.send(Press("employer"))
    assert me.text == "A letter?"


async def test_thanks_in_passing_and_the_pending_question_comes_back(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    assert await me.say("thank you very much") == "You are welcome.\n\nEvery month?"


async def test_a_new_wish_pauses_the_talk_and_its_end_offers_to_resume(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.send(Command("rtt"))
    await me.press("employee")
    await me.say("no")
    assert "Done as employee." in me.text
    assert "Shall we go back to “Gift”?" in me.text
    assert await me.press("Yes, go on") == "Every month?"


async def test_a_paused_talk_may_be_left(small):
    me = small()
    await me.send(Command("don"))
    await me.send(Command("rtt"))
    await me.press("employee")
    await me.say("no")
    assert "we leave it there" in await me.press("No, leave it")
    assert "nothing in hand" in (await me.say("back")) or "A letter?" in me.text


@pytest.mark.parametrize(("said", "answered"), [("yes please", "Every month?"), ("no thanks", "we leave it there")])
async def test_the_way_back_may_be_taken_in_words(small, said: str, answered: str):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.send(Command("rtt"))
    await me.press("employee")
    await me.say("no")
    assert answered in await me.say(said)


async def test_cancel_leaves_everything_and_shows_the_menu(small):
    me = small()
    await me.send(Command("don"))
    assert await me.say("cancel") == "All right, we leave it there.\n\nHere is the menu."
    await me.say("50")
    assert "noted" not in me.text or me.last.topic == "donation"


async def test_skip_passes_over_what_may_be_passed_over(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.say("no")
    assert await me.press("Skip") == "€50 monthly=False by None."


async def test_skip_on_what_is_needed_explains_and_asks_again(small):
    me = small()
    await me.send(Command("don"))
    answer = await me.say("skip")
    assert "I do need this one" in answer
    assert answer.endswith("How much?")


async def test_start_over_asks_everything_again(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    assert (await me.say("start over")).endswith("How much?")
    assert me.last.answers == {}


async def test_an_answer_is_chosen_to_be_changed(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.say("yes")
    assert await me.say("change an answer") == "Which answer shall we change?"
    assert me.labels == ["€50", "Yes"]
    assert "How much?" in await me.press("€50")
    assert (await me.say("90")).endswith("Your name?")


@pytest.mark.parametrize("answer", ["-50 €", "0", "10000000000000"])
async def test_an_amount_that_cannot_be_is_refused_kindly_and_asked_again(small, answer):
    me = small()
    await me.send(Command("don"))
    await me.say(answer)
    assert me.text.endswith("How much?")
    assert me.last.answers == {}


async def test_no_amount_at_all_is_explained(small):
    me = small()
    await me.send(Command("don"))
    await me.say("abc")
    assert "An amount in euros, please" in me.text


async def test_an_answer_that_is_too_long_is_refused_kindly(small):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.say("no")
    assert "20 characters at most" in await me.say("x" * 300)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\n\t", "🎉🎉", "!!", "\u202e\u200f", "\ud800", "\x00\x01"],
    ids=["empty", "blank", "breaks", "emoji", "signs", "rtl", "surrogate", "controls"],
)
async def test_what_holds_no_word_is_answered_kindly(small, text):
    me = small()
    await me.send(Command("don"))
    await me.say(text)
    assert "I can only read words and numbers" in me.text
    assert me.text.endswith("How much?")


async def test_a_question_mark_alone_asks_what_an_answer_looks_like(small):
    me = small()
    await me.send(Command("don"))
    await me.say("??")
    assert me.text.startswith("An amount in euros, please")
    assert me.text.endswith("How much?")


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> <script>alert(1)</script>",
        "*bold* _it_ [x](http://example.org)",
        "'; DROP TABLE conversation; --",
        "a" * 10_000,
        "\u202eesrever",
        "é" * 5_000 + "\ud83d",
    ],
    ids=["html", "markdown", "sql", "long", "rtl", "cut surrogate"],
)
async def test_hostile_text_is_only_text(small, text):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.say("no")
    await me.say(text)
    for reply in me.last.replies:
        assert "<script" not in reply.text
        assert "<b>bold" not in reply.text
    assert me.last.topic == "donation"


@pytest.mark.parametrize("content", [Media("photo"), Media("sticker"), Media("voice")])
async def test_what_cannot_be_read_is_said_and_the_question_comes_back(small, content):
    me = small()
    await me.send(Command("don"))
    await me.send(content)
    assert "I can only read text" in me.text
    assert me.text.endswith("How much?")


async def test_a_position_nobody_asked_for_is_not_kept(small, store):
    me = small()
    await me.send(Location(48.85, 2.35))
    assert "did not keep it" in me.text
    assert "48.85" not in store.path.read_bytes().decode("latin-1")


async def test_an_unknown_command_shows_the_way(small):
    me = small()
    await me.send(Command("dance"))
    assert "I do not know the command /dance." in me.text
    assert "Gift" in me.labels


async def test_distress_comes_before_everything(small):
    me = small()
    await me.send(Command("don"))
    answer = await me.say("I want to kill myself")
    assert answer == "In danger: 112."


async def test_the_language_of_the_person_is_followed(small):
    me = small()
    await me.send(Command("don"))
    await me.say("bonjour, je voudrais plutôt parler français s'il vous plaît")
    await me.say("abc")
    assert "s’il vous plaît" in me.text


async def test_an_effect_happens_once_whatever_is_changed_afterwards(small, store):
    me = small()
    await me.send(Command("rtt"))
    await me.press("employee")
    yes = me.data("Yes")
    await me.press("Yes")
    await me.send(Press(yes))
    await me.send(Press(yes))
    done = await store.turn("look", me.chat, _look, at=datetime.now(UTC))
    assert done.value == {"employee": {"role": "employee"}}


async def _look(turn):
    return turn.records("letter")


async def test_an_old_yes_does_not_erase(small):
    me = small()
    await me.send(Press("=900.privacy.sure.yes"))
    assert me.text == "Erase?"
    assert me.last.forgotten is False


async def test_erasing_forgets_and_asks_nothing_more(small):
    me = small()
    await me.send(Command("don"))
    await me.send(Command("donnees"))
    await me.press("Yes")
    assert me.text == "Erased."
    assert me.last.forgotten is True
    await me.say("50")
    assert me.last.answers in ({}, {"amount": "50.00"})


async def test_a_private_topic_is_not_said_in_a_group(small):
    me = small()
    await me.send(Command("donnees"), group=True)
    assert "Others read along here" in me.text


async def test_a_topic_that_fails_apologises_parks_the_event_and_lets_the_talk_go_on(small, store, caplog):
    me = small()
    await me.send(Command("don"))
    await me.say("50")
    await me.send(Command("broken"), raw='{"text": "/broken"}')
    assert "Something went wrong on my side" in me.text
    assert [parked.raw for parked in await store.dead_letters.parked()] == ['{"text": "/broken"}']
    assert "secret words" not in caplog.text
    assert await me.say("yes") == "Your name?"


async def test_a_message_that_fails_is_not_overtaken_by_the_next_one(small, store):
    """Whichever of them succeeds, the person reads the answers in the order of what they sent."""
    me = small()
    await me.send(Command("don"))
    broken = Event("terminal:broken", me.chat, Command("broken"), me.at, language="en")
    next_one = Event("terminal:next", me.chat, events.Text("50"), me.at, language="en")
    failing = asyncio.create_task(me.engine.handle(broken))
    await asyncio.sleep(0.05)
    await asyncio.gather(failing, me.engine.handle(next_one))
    sorry, sure = [message.body["text"] for message in await store.waiting(me.chat)]
    assert "Something went wrong on my side" in sorry
    assert "Something went wrong" not in sure


async def test_the_same_delivery_is_answered_once_and_alike(small):
    me = small()
    event = Event("terminal:same", me.chat, Command("don"), me.at, language="en")
    first = await me.engine.handle(event, answer="direct")
    again = await me.engine.handle(event, answer="direct")
    assert again.duplicate
    assert again.replies == first.replies


async def test_a_session_that_cannot_be_read_is_begun_anew(small, store):
    me = small()
    await me.send(Command("don"))

    async def spoil(turn):
        turn.save({"v": 99, "language": "en", "serial": "many", "frames": [{"nonsense": 1}]})

    await store.turn("spoil", me.chat, spoil, at=datetime.now(UTC))
    await me.send(Command("don"))
    assert me.text.endswith("How much?")


async def test_an_answer_of_an_older_version_is_asked_again(small, store):
    me = small()
    await me.send(Command("don"))
    await me.say("50")

    async def spoil(turn):
        session = turn.session
        session["frames"][0]["answers"]["amount"] = {"currency": "franc", "value": 300}
        turn.save(session)

    await store.turn("spoil", me.chat, spoil, at=datetime.now(UTC))
    await me.say("yes")
    assert me.text.endswith("How much?")


async def test_a_topic_that_is_gone_leads_back_to_the_menu(small, store):
    me = small()
    await me.send(Command("don"))

    async def spoil(turn):
        session = turn.session
        session["frames"][0]["topic"] = "raffle"
        turn.save(session)

    await store.turn("spoil", me.chat, spoil, at=datetime.now(UTC))
    assert "Here is the menu." in await me.say("50 euros")


async def test_a_talk_that_crosses_new_year_keeps_its_day(small):
    me = small(at=datetime(2025, 12, 31, 22, 59, tzinfo=UTC))
    await me.send(Command("don"))
    me.at = datetime(2025, 12, 31, 23, 1, tzinfo=UTC)
    await me.say("50")
    session = await me.engine._store.turn("look", me.chat, _session, at=me.at)
    assert session.value["frames"][0]["today"] == "2025-12-31"


async def _session(turn):
    return turn.session


async def test_a_reminder_is_composed_when_due_and_leaves_the_question_alone(small, store):
    me = small()
    await me.send(Command("don"))

    async def remind(turn):
        turn.schedule("nudge", "one", me.at, {"what": "the box"})

    await store.turn("remind", me.chat, remind, at=me.at)
    (due,) = await store.due(me.at, 10)
    event = Event(due.id, due.chat, Due(due.name, due.data), datetime.now(UTC))
    await me.engine.handle(event)
    assert [message.body["text"] for message in await store.waiting(me.chat)] == ["Reminder: the box."]
    assert await store.due(me.at, 10) == []
    assert "noted" in await me.say("50")


async def test_a_setting_is_changed_by_its_button_on_the_same_screen(small):
    me = small()
    await me.send(Command("list"))
    assert me.text == "A list.\n\nPage 0."
    old = me.data("Next")
    assert await me.press("Next") == "A list.\n\nPage 1."
    assert me.last.replies[0].edit == "1"
    assert await me.press("Next") == "A list.\n\nPage 2."
    await me.send(Press(old), message="1")
    assert me.text == "A list.\n\nPage 1."


async def test_a_long_reply_is_cut_at_paragraphs(small):
    from markupsafe import Markup

    from bot.dialogue.engine import LONGEST, compose
    from bot.dialogue.talk import Screen

    screen = Screen(blocks=[Markup(f"<b>{n}</b> " + "x" * 1_500) for n in range(5)])
    replies = compose(screen)
    assert [len(reply.text) <= LONGEST for reply in replies] == [True] * len(replies)
    assert "\n\n".join(reply.text for reply in replies) == "\n\n".join(screen.blocks)


async def test_amounts_keep_their_cents(small):
    me = small()
    await me.send(Command("don"))
    await me.say("1,500.50")
    assert Decimal(me.last.answers["amount"]) == Decimal("1500.50")
