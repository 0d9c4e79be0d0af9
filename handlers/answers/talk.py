"""A written answer: what is said first, the rest folded, what may come next; or the few answers that may be meant."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup, escape

from bot.dialogue.effects import Effects
from bot.dialogue.replies import Button
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Role, points, topic
from bot.knowledge import Answer, Certainty, Knowledge, first_sentence, sentences_that_tell, source_line
from bot.phrase import _

THUMBS = {"helped": _("👍"), "missed": _("👎")}
VOTED = "voted"
"""What is kept of the person: which answers they judged, not how."""
MOST_STEPS = 3
"""Buttons under an answer."""
ASKED = {
    **dict.fromkeys(("how_long", "when", "until", "deadline", "money_back"), "time"),
    **dict.fromkeys(("cost", "paid"), "cost"),
    **dict.fromkeys(("where", "contact", "join"), "where"),
    **dict.fromkeys(("box", "paper", "proof"), "form"),
    "age": "age",
}
"""What sort of thing an act about an answer asks for."""


@topic("answers", title=_("An answer"), passing=True, role=Role.KNOWS, links=("answer",))
async def answers(talk: Talk) -> None:
    """The answer that was found, or a choice among those that are as likely. `beside` something else on the screen it
    has one button."""
    for vote in THUMBS.keys() & talk.slots.keys():
        await count(talk, str(talk.slots[vote]), useful=vote == "helped")
        return
    knowledge, ids = talk.knowledge, talk.slots.get("answer")
    if knowledge is None or not ids:
        talk.say(_("I no longer have this answer. Ask me again in your own words."))
        return
    found = [
        answer
        for id in (ids if isinstance(ids, list) else [ids])
        if (answer := knowledge.answer(str(id), talk.language)) is not None
    ]
    certainty = Certainty(talk.slots.get("certainty", Certainty.SURE))
    if not found:
        talk.say(_("I no longer have this answer. Ask me again in your own words."))
    elif certainty is Certainty.UNSURE:
        talk.say(_("I am not sure which of these you mean:"))
        for answer in found:
            talk.offer(opens(talk, answer))
        talk.lay("choice", [answer.id for answer in found])
    elif talk.slots.get("beside"):
        show(talk, knowledge, found[0], most=1)
    else:
        is_near = certainty is Certainty.NEAR and len(found) > 1
        show(talk, knowledge, found[0], most=1 if is_near else MOST_STEPS)
        if is_near:
            talk.say(_("Or did you mean:"))
            leads_to = {step.to for step in found[0].next[:1]}
            talk.offer(*(opens(talk, answer) for answer in found[1:3] if answer.id not in leads_to))
        ask_whether_useful(talk, found[0])


def ask_whether_useful(talk: Talk, answer: Answer) -> None:
    """One press says whether the answer was any use."""
    if answer.id not in talk.records(VOTED):
        talk.offer(*(talk.start(label, "answers", vote, answer.id) for vote, label in THUMBS.items()))


async def count(talk: Talk, answer: str, *, useful: bool) -> None:
    """Count it, once a person and an answer; how somebody voted is not kept. Of what is no answer nothing is."""
    if talk.knowledge is None or talk.knowledge.answer(answer, talk.language) is None:
        talk.say(_("I no longer have this answer. Ask me again in your own words."))
        return
    if answer not in talk.records(VOTED):
        await talk.once("counted", partial(voted, answer=answer, useful=useful))
    if useful:
        talk.say(_("Thank you, I have counted that it helped."))
    else:
        talk.say(_("Thank you, I have counted that it did not help. Ask me again in other words, or talk to somebody."))
        talk.offer(talk.start(_("Talk to somebody"), "contact"))


def voted(effects: Effects, answer: str, *, useful: bool) -> None:
    effects.vote(answer, useful=useful)
    effects.put(VOTED, answer, {})


def show(talk: Talk, knowledge: Knowledge, answer: Answer, most: int = MOST_STEPS) -> None:
    """One answer, with what it leads to: `most` buttons."""
    shown = knowledge.render(answer, talk.language, talk.today)
    talk.say(shown.head)
    if shown.warning:
        talk.say(Markup("⚠️ {}").format(shown.warning))
    if shown.more:
        talk.fold(shown.more)
    talk.fold(Markup("<i>{}</i>").format(source_line(shown, talk.language)))
    talk.lay("answer", [answer.id])
    steps = knowledge.neighbours(answer, talk.language)
    buttons = [
        to_answer(talk, label, step.to) if step.is_answer else talk.start(Markup(label), step.to)
        for step, label in steps
        if step.is_answer or step.to in talk.registry.topics
    ]
    if buttons:
        talk.suggest(buttons[0])
        talk.offer(*buttons[1:most])


def opens(talk: Talk, answer: Answer) -> Button:
    """A button that opens an answer."""
    return to_answer(talk, answer.label, answer.id)


def to_answer(talk: Talk, label: str, id: str) -> Button:
    """A button that opens the answer of this id, or the topic that does what it describes."""
    doing = talk.registry.doing(id)
    if doing is not None:
        return talk.start(Markup(label), doing[0].name, "about", doing[1])
    return talk.start(Markup(label), "answers", "answer", id)


@points("answers")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the answer on show: its sources, how sure it is, once more, shorter, or one of a choice."""
    table, knowledge = talk.table, talk.knowledge
    if table is None or knowledge is None or not table.items:
        return False
    if table.shows == "choice":
        if about.item is None or not -1 <= about.item < len(table.items):
            return False
        chosen = knowledge.answer(table.items[about.item], talk.language)
        if chosen is not None:
            show(talk, knowledge, chosen)
        return chosen is not None
    answer = knowledge.answer(table.items[0], talk.language)
    if answer is None:
        return False
    shown = knowledge.render(answer, talk.language, talk.today)
    match about.act:
        case "source" | "sure":
            if about.act == "sure":
                talk.say(
                    _("As far as it was checked, yes: this is what it rests on. Show it to whoever says otherwise.")
                    if answer.rests_on
                    else _("It is what those who know say, not a text of law. In doubt, ask them:")
                )
            talk.say(source_line(shown, talk.language))
        case "why":
            talk.say(shown.head)  # the reason stands beside the yes or no
            if shown.more:
                talk.say(shown.more)
            talk.say(source_line(shown, talk.language))
        case "detail" if shown.more:
            talk.say(shown.more)
            talk.fold(source_line(shown, talk.language))
        case "repeat":
            talk.say(shown.head)
        case "shorter":
            talk.say(first_sentence(shown))
        case act:
            told = sentences_that_tell(shown, ASKED.get(act, ""))
            if not told:
                return False
            talk.say(escape(" ".join(told)))
            talk.fold(source_line(shown, talk.language))
    talk.lay("answer", [answer.id])
    return True
