"""The body that a paper names: as it was typed, and never another. One that we know is only proposed."""

from __future__ import annotations

from bot.catalogue.known import known_organisations
from bot.catalogue.organisations import Organisation as Body
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.documents.parties import Association
from bot.phrase import _
from bot.questions.text import Text

__all__ = ["association", "known_as", "proposal"]

BODIES = known_organisations()
OFFICIAL = Text(longest=160)


def known_as(typed: str | None) -> Body | None:
    """The body of exactly this name or alias. A longer name is that of somebody else."""
    return BODIES.named(typed) if typed else None


def association(talk: Talk, typed: str | None) -> Association:
    """The body as it was typed; by its official name and number only where the person said that it is that one."""
    body = known_as(typed)
    if body is not None and talk.refine("official", OFFICIAL, _("Its official name?")) == body.id:
        return Association(name=body.name, registration=f"{body.identifier_type} {body.identifier}".strip())
    return Association(name=typed or "")


def proposal(talk: Talk, typed: str | None) -> Button | None:
    """A button to write the official name and number of the body that the name may mean; None where there is nothing
    to propose."""
    body = known_as(typed)
    if body is None or not body.identifier or talk.told("official"):
        return None
    return talk.set(_("It is {name}: add its number", name=body.name.split("(")[0].strip()), "official", body.id)
