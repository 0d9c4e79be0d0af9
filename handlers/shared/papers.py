"""How a paper is handed over: as a PDF to sign or send, as a Word file to change, with its first page to look at.

Papers are in French, for the French employer or association that receives them; whoever speaks another language gets a
translation to read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from bot.dialogue.replies import File
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.documents.cards import Card
from bot.documents.companion import beside
from bot.documents.paper import Paper
from bot.i18n import render, text_of
from bot.phrase import Phrase, _
from bot.questions.blanks import Blank, BlankField, Blanks

__all__ = ["PDF", "WORD", "asked_for", "draw", "fill_in", "hand_over", "listed", "read_day"]

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def fill_in(talk: Talk, blanks: Sequence[Blank]) -> dict[str, str]:
    """What is known of the fields of a paper; what is needed and missing is asked, all of it on one screen.

    Each field may be told in any message and in any order, or stay empty: then the paper has a line to write on.
    """
    while True:
        told = {blank.name: talk.refine(blank.name, BlankField(blank), blank.label) for blank in blanks}
        known = {name: value for name, value in told.items() if value is not None}
        empty = [blank for blank in blanks if blank.name not in known]
        needed = [blank.label for blank in empty if blank.needed]
        if not needed and not talk.wants("blanks"):
            return known
        others = [blank.label for blank in empty if not blank.needed]
        kind = Blanks(empty or blanks, [blank for blank in blanks if blank.name in known])
        answer = await talk.ask("blanks", kind, missing(needed, others), skip=True)
        if not answer:
            return known
        for blank in blanks:
            if blank.name in answer:
                talk.put(blank.name, BlankField(blank), answer[blank.name])
        talk.unsay("blanks")
        talk.say(_("Noted: <b>{values:list}</b>.", values=listed(answer.values())))


ASKED, SAID = 0.7, 0.5


def asked_for(about: Pointed) -> float:
    """How likely an act must be for the paper to be wanted: a question is oftener about papers than for one."""
    return ASKED if about.question else SAID


def missing(needed: Sequence[Phrase], others: Sequence[Phrase]) -> Phrase:
    """The one question of a paper: what it still needs, and what else may stand in it."""
    if needed and others:
        return _(
            "For the paper I still need <b>{needed:list}</b>; and if you like: {others:list}. Write them here in any "
            "order. “Skip” gives it with dots.",
            needed=needed,
            others=others,
        )
    if needed or others:
        return _(
            "For the paper I still need <b>{needed:list}</b>. Write it here. “Skip” gives it with dots.",
            needed=needed or others,
        )
    return _("What shall I change in the paper? For example “name: …”.")


def listed(values: Iterable[str]) -> list[Phrase | str]:
    """Fields as they are said back: a day in words."""
    return [_("{day:date}", day=day) if (day := read_day(value)) else value for value in values]


def read_day(value: str) -> date | None:
    """The day that a field holds as an ISO date, None for any other words."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


async def hand_over(talk: Talk, *papers: Paper) -> None:
    """Attach each paper as a PDF and as a Word file, the first page of the first one as a picture.

    What is for the person alone (what to check before signing, whom to ask) is folded under the reply, in no file.
    """
    language = talk.language
    drawn = await talk.draw(lambda: _drawn(papers, language))
    if drawn is None:
        return
    files, picture = drawn
    talk.attach(*files)
    talk.picture(picture)
    talk.say(_("The PDF is for signing or sending, the Word file for changing what you like. Check every line first."))
    for heading, lines in beside(papers):
        listed = Markup("\n").join(Markup("• {}").format(render(line, language)) for line in lines)
        talk.fold(Markup("<b>{}</b>\n{}").format(render(heading, language), listed))


def _drawn(papers: tuple[Paper, ...], language: str) -> tuple[list[File], File]:
    files: list[File] = []
    for paper in papers:
        files.append(File(f"{paper.name}.pdf", PDF, paper.pdf()))
        files.append(File(f"{paper.name}.docx", WORD, paper.docx()))
        if language != paper.language:
            copy = paper.reading_copy(language)
            files.append(File(f"{copy.name}.pdf", PDF, copy.pdf()))
    first = papers[0]
    alt = text_of(_("First page of the paper: {title}", title=first.title), language)
    return files, File(f"{first.name}.png", "image/png", first.preview(), alt)


async def draw(talk: Talk, name: str, card: Card) -> None:
    """The result as a picture above the reply, with the same in words for who cannot see it."""
    content = await talk.draw(card.png)
    if content is not None:
        talk.picture(File(f"{name}.png", "image/png", content, card.alt))
