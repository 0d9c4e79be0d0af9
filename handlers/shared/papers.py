"""How a paper is handed over: as a PDF to sign or send, as a Word file to change, with its first page to look at.

Papers are in French, for the French employer or association that receives them; the page to keep is in the person's
language, and whoever speaks another language gets a translation to read too.
"""

from __future__ import annotations

from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.documents.cards import Card
from bot.documents.paper import Paper
from bot.i18n import text_of
from bot.phrase import _

__all__ = ["PDF", "WORD", "draw", "hand_over"]

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def hand_over(talk: Talk, *papers: Paper) -> None:
    """Attach each paper as a PDF and as a Word file, the first page of the first one as a picture."""
    language = talk.language
    drawn = await talk.draw(lambda: _drawn(papers, language))
    if drawn is None:
        return
    files, picture = drawn
    talk.attach(*files)
    talk.picture(picture)
    talk.say(_("The PDF is for signing or sending, the Word file for changing what you like. Check every line first."))


def _drawn(papers: tuple[Paper, ...], language: str) -> tuple[list[File], File]:
    files: list[File] = []
    for paper in papers:
        paper = paper.for_reader(language)
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
