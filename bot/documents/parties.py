"""Who is named on a paper. What is not known is left empty: the paper shows a line to write on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.documents.content import Field, Signature, Text
from bot.documents.text import BLANK, line, text
from bot.phrase import Phrase, _

__all__ = ["Association", "Category", "Company", "Person"]

Category = Literal["a", "b", ""]
"""The letter of CGI art. 200, 1 under which a body may receive gifts; empty when it is not known."""


@dataclass(frozen=True, slots=True)
class Person:
    """An employee or a volunteer."""

    name: str = ""
    post: str = ""
    address: str = ""
    contact: str = ""
    staff_number: str = ""

    def lines(self) -> tuple[Text, ...]:
        """For the head of a letter: name, post, staff number, address, contact; dots for a name that is not known."""
        number = line(self.staff_number)
        numbered = (_("Staff number {number}", number=number),) if number else ()
        name, *rest = _lines(self.name, self.post, self.address, self.contact)
        posted = 1 if line(self.post) else 0
        return (name, *rest[:posted], *numbered, *rest[posted:])

    def fields(self) -> tuple[Field, ...]:
        return (
            Field(_("Name"), line(self.name)),
            Field(_("Post and qualification"), line(self.post)),
        )


@dataclass(frozen=True, slots=True)
class Company:
    """An employer or a giver; `signatory` signs for it, `recipient` reads what is sent to it."""

    name: str = ""
    siren: str = ""
    address: str = ""
    signatory: str = ""
    signatory_post: str = ""
    recipient: str = ""

    def lines(self) -> tuple[Text, ...]:
        return _lines(self.name, self.recipient or self.signatory, self.address)

    def fields(self) -> tuple[Field, ...]:
        return (
            Field(_("Company"), line(self.name)),
            Field(_("SIREN"), line(self.siren)),
            Field(_("Registered office"), _one_line(self.address)),
            Field(_("Represented by"), _signatory(self.signatory, self.signatory_post)),
        )

    def signature(self, words: Text = "") -> Signature:
        return Signature(_("For the company"), line(self.signatory), words)


@dataclass(frozen=True, slots=True)
class Association:
    """A body that receives; `registration` is its RNA or SIREN number."""

    name: str = ""
    registration: str = ""
    address: str = ""
    category: Category = ""
    signatory: str = ""
    signatory_post: str = ""

    def fields(self) -> tuple[Field, ...]:
        return (
            Field(_("Association"), line(self.name)),
            Field(_("RNA or SIREN"), line(self.registration)),
            Field(_("Registered office"), _one_line(self.address)),
            Field(_("Represented by"), _signatory(self.signatory, self.signatory_post)),
        )

    def short_fields(self) -> tuple[Field, ...]:
        """For a gift of rest days: what identifies the body and its category."""
        return (
            Field(_("Body"), line(self.name)),
            Field(_("RNA or SIREN"), line(self.registration)),
            Field(_("Category"), self.category_words()),
        )

    def category_words(self) -> Phrase:
        if self.category:
            return _("article 200, 1, {letter} of the code général des impôts", letter=self.category)
        return _("article 200, 1, a or b of the code général des impôts (to be stated by the association)")

    def signature(self, words: Text = "") -> Signature:
        return Signature(_("For the association"), line(self.signatory), words)


def _lines(*values: str) -> tuple[Text, ...]:
    first, *rest = values
    lines: list[Text] = [line(first) or BLANK]
    for value in rest:
        lines += [part for part in text(value, 300).split("\n") if part]
    return tuple(lines[:8])


def _one_line(value: str) -> str:
    return line(value.replace("\n", ", "))


def _signatory(name: str, post: str) -> Text:
    if not name:
        return ""
    return _("{name}, {post}", name=line(name), post=line(post)) if post else line(name)
