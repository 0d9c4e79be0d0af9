"""A written answer, as its file says it: front matter between `+++` lines, then what is said, then what is folded.

    +++
    title = "J’ai perdu mon reçu fiscal : que faire ?"
    …
    +++
    Demandez un duplicata à l’association.

    <!-- more -->

    Ce que dit la loi …

The format is described in `docs/answers.md`. What breaks it is told with the file and the reason (`AnswerError`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.knowledge.figures import Figure, FigureError, read_figure
from bot.knowledge.markdown import Text, read_text
from bot.rules.parameters import Law

__all__ = ["GROUPS", "Answer", "AnswerError", "Named", "Next", "read_answer"]

GROUPS: Final = ("donors", "volunteers", "firms", "associations", "alliances", "allie", "words")
"""The groups of our own answers, in the order in which they are listed."""
WHO: Final = frozenset(
    {"household", "firm", "employee", "hr", "association", "volunteer", "public_agent", "authority", "anyone"}
)
"""Who may be asking."""
ANYONE: Final = ("anyone",)

FENCE: Final = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)(.*)", re.DOTALL)
FOLD: Final = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*$", re.MULTILINE)
ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")
KEYS: Final = frozenset(
    {"title", "label", "sheets", "asks", "rests_on", "who", "only_told", "next", "checked", "source"}
)
LONGEST_LABEL: Final = 28
MOST_NEXT: Final = 3


class AnswerError(Exception):
    """A file is not written as an answer is. Its text names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Next:
    """Where an answer leads: another answer (its id has a slash) or a topic. An answer may go without a label."""

    to: str
    label: str = ""

    @property
    def is_answer(self) -> bool:
        return "/" in self.to


@dataclass(frozen=True, slots=True)
class Named:
    """A source by its name, with its address where there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in one language."""

    id: str
    language: str
    title: str
    label: str
    head: Text
    """What is said: the answer in its first sentence."""
    more: Text
    """What is folded under it; may be empty."""
    asks: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    who: tuple[str, ...] = ANYONE
    only_told: bool = False
    """No topic works this out or does it: whoever tells of it, or wants it, is given this answer as who asks is."""
    next: tuple[Next, ...] = ()
    checked: date | None = None
    sources: tuple[Named, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """What each placeholder means, by what stands between its braces."""
    is_own: bool = False
    """Written by who runs this Allié."""
    path: Path | None = None

    @property
    def group(self) -> str:
        return self.id.partition("/")[0]


def read_answer(source: str, *, id: str, language: str, law: Law, path: Path, is_own: bool = False) -> Answer:
    """The answer a file holds. Raises AnswerError for the first thing that is not as it should be.

    An answer of one's own may go without label, day and sources.
    """
    reader = Reader(path)
    if not ID.fullmatch(id):
        raise reader.error(f"{id!r} is no id: small letters, digits, - and _, in a folder named alike")
    fenced = FENCE.match(source.replace("\r\n", "\n"))
    if fenced is None:
        raise reader.error("it does not begin with a table between two lines of +++")
    try:
        table = tomllib.loads(fenced[1])
    except tomllib.TOMLDecodeError as error:
        raise reader.error(str(error)) from error
    if unknown := sorted(table.keys() - KEYS):
        raise reader.error(f"unknown key {unknown[0]}")
    head, _fold, more = _folded(fenced[2])
    texts = read_text(head, language), read_text(more, language)
    if not texts[0]:
        raise reader.error("it says nothing")
    title = reader.text(table, "title")
    label = reader.text(table, "label") if "label" in table or not is_own else title
    if len(label) > LONGEST_LABEL:
        if not is_own or "label" in table:
            raise reader.error(f"label has {len(label)} letters, over {LONGEST_LABEL}")
        label = label[: LONGEST_LABEL - 1].rstrip() + "…"
    figures = reader.figures((*texts[0].holes, *texts[1].holes), law)
    rests_on = reader.rests_on(table, figures, law, required=not is_own)
    sources = reader.named(table)
    if not (is_own or rests_on or sources):
        raise reader.error("neither rests_on nor source: nothing says where it comes from")
    return Answer(
        id=id,
        language=language,
        title=title,
        label=label,
        head=texts[0],
        more=texts[1],
        asks=reader.texts(table, "asks"),
        sheets=reader.texts(table, "sheets"),
        rests_on=rests_on,
        who=reader.who(table),
        only_told=reader.flag(table, "only_told"),
        next=reader.next(table),
        checked=reader.day(table, required=not is_own),
        sources=sources,
        figures=figures,
        is_own=is_own,
        path=path,
    )


def _folded(body: str) -> tuple[str, str, str]:
    fold = FOLD.search(body)
    return (body, "", "") if fold is None else (body[: fold.start()], fold[0], body[fold.end() :])


class Reader:
    """Takes values out of a front matter; every error names the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def error(self, reason: str) -> AnswerError:
        return AnswerError(f"{self._path}: {reason}")

    def text(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key} is missing")
        return value.strip()

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(f"{key} is a list of texts")
        return tuple(value)

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{key} is true or false")
        return value

    def who(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        who = self.texts(table, "who") or ANYONE
        if strangers := sorted(set(who) - WHO):
            raise self.error(f"who: {strangers[0]} is none of {', '.join(sorted(WHO))}")
        return who

    def next(self, table: Mapping[str, Any]) -> tuple[Next, ...]:
        steps = []
        for one in self._tables(table, "next", {"to", "label"}):
            step = Next(self.text(one, "to"), str(one.get("label", "")))
            if not step.is_answer and not step.label:
                raise self.error(f"next: {step.to} is a topic and has no label that says what is done there")
            steps.append(step)
        if len(steps) > MOST_NEXT:
            raise self.error(f"next leads to {len(steps)} places, at most {MOST_NEXT}")
        return tuple(steps)

    def named(self, table: Mapping[str, Any]) -> tuple[Named, ...]:
        sources = []
        for one in self._tables(table, "source", {"name", "url"}):
            url = str(one.get("url", ""))
            if url and not url.startswith("https://"):
                raise self.error(f"source: {url} does not begin with https://")
            sources.append(Named(self.text(one, "name"), url))
        return tuple(sources)

    def day(self, table: Mapping[str, Any], *, required: bool) -> date | None:
        value = table.get("checked")
        if value is None and not required:
            return None
        if type(value) is not date:
            raise self.error("checked is not a day written as 2026-11-30")
        return value

    def figures(self, holes: tuple[str, ...], law: Law) -> dict[str, Figure]:
        try:
            return {source: read_figure(source, law) for source in holes}
        except FigureError as error:
            raise self.error(str(error)) from error

    def rests_on(
        self, table: Mapping[str, Any], figures: Mapping[str, Figure], law: Law, *, required: bool
    ) -> tuple[str, ...]:
        """The parameters it rests on: a name may be that of a parameter, of one of its numbers, or of a table of them.

        Every figure quoted is among them; an answer of one's own may leave the list to its figures.
        """
        quoted = dict.fromkeys(one.parameter for figure in figures.values() for one in figure.references)
        listed: dict[str, None] = {}
        for name in self.texts(table, "rests_on"):
            whole = name if name in law.parameters else name.rpartition(".")[0]
            inside = [one for one in law.parameters if one.startswith(f"{name}.")]
            if whole in law.parameters:
                listed[whole] = None
            elif inside:
                listed |= dict.fromkeys([one for one in inside if one in quoted] or inside)
            else:
                raise self.error(f"rests_on: data/law has no {name}")
        if not listed and not required:
            return tuple(quoted)
        if missing := [name for name in quoted if name not in listed]:
            raise self.error(f"rests_on lacks {missing[0]}")
        return tuple(listed)

    def _tables(self, table: Mapping[str, Any], key: str, allowed: set[str]) -> list[dict[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.error(f"{key} is a list of tables")
        for one in value:
            if unknown := sorted(one.keys() - allowed):
                raise self.error(f"{key}: unknown key {unknown[0]}")
        return value
