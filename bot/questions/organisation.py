"""The name of an association, a foundation, a public body."""

from __future__ import annotations

import re
from typing import Any

from bot.phrase import _
from bot.questions.kind import Answer, Kind, Option, Reading, Said, Which
from bot.understanding.organisations import read_organisations

__all__ = ["Organisation"]


class Organisation(Kind[str]):
    """The name of a body: as commonly named if Allié knows it, otherwise as it was typed."""

    slot = "organisation"
    expects = _("The name of an association or foundation, please.")

    def read(self, said: Said) -> Reading[str]:
        names = read_organisations(said.sentence)
        if len(names) == 1:
            return Answer(names[0])
        if names:
            return Which(tuple(Option(name, name) for name in names[:6]))
        text = said.text.strip()
        return Answer(text[:120]) if 2 <= len(text) <= 120 and re.search(r"[^\W\d_]{2}", text) else None

    greedy = verbatim = True
    holds = frozenset({"place", "cause", "not_cause", "org_kind", "role", "minors", "remote"})

    def corrected(self, said: Said) -> Reading[str]:
        names = read_organisations(said.sentence)
        return Answer(names[0]) if len(names) == 1 else None

    def from_slot(self, value: Any) -> Reading[str]:
        return super().from_slot(value[0] if isinstance(value, list) and value else value)

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or not stored:
            raise ValueError("no name")
        return stored
