"""The answers there are: ours from `locale/<language>/answers/<group>/<id>.md`, and those of who runs this Allié.

Own answers are files of the same format in the folder `answers` of the data folder: `<id>.md` or `<group>/<id>.md` in
French, the same under `en/` in English. At the same id they win over ours. They are looked at again every few seconds,
by their names and times of change; one that breaks the format is left out, and said, and the others go on.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES
from bot.knowledge.answer import Answer, AnswerError, read_answer
from bot.resources import LOCALE
from bot.rules.parameters import Law, law

__all__ = ["OWN_GROUP", "Library"]

log = logging.getLogger(__name__)

OWN_GROUP: Final = "own"
"""The group of an own answer that stands in no folder."""
LOOK_EVERY: Final = 3.0
"""Seconds between two looks at the own answers."""
MOST_OWN: Final = 2_000
LARGEST: Final = 64_000
"""Own answers, and bytes of one, beyond which nothing is read: somebody put something else there."""

Key = tuple[str, str]
Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Library:
    """Answers by id and language. `load` gives one; `refresh` sees what changed in the data folder."""

    ours: Mapping[Key, Path]
    own_folder: Path | None
    law: Law
    clock: Callable[[], float]
    own: dict[Key, Answer] = field(default_factory=dict)
    problems: dict[Path, str] = field(default_factory=dict)
    """Own files that are left out, and why."""
    _read: dict[Key, Answer] = field(default_factory=dict)
    _stamp: Stamp | None = None
    _looked: float = float("-inf")

    @classmethod
    def load(
        cls,
        own_folder: Path | None = None,
        *,
        locale: Path = LOCALE,
        known: Law | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> Library:
        """The answers of `locale`, and the own ones of a folder. Ours are read when they are asked for."""
        paths = {
            (f"{path.parent.name}/{path.stem}", language): path
            for language in LANGUAGES
            for path in sorted((locale / language / "answers").glob("*/*.md"))
        }
        library = cls(paths, own_folder, known if known is not None else law(), clock)
        library.refresh()
        return library

    def answer(self, id: str, language: str) -> Answer | None:
        """The answer in `language`, else in French, else in any. Own ones win, in whatever language they are."""
        order = dict.fromkeys((language, DEFAULT_LANGUAGE, *LANGUAGES))
        for one in order:
            if (id, one) in self.own:
                return self.own[id, one]
        return next((self._ours(id, one) for one in order if (id, one) in self.ours), None)

    def in_language(self, id: str, language: str) -> Answer | None:
        """The answer in this very language, own or ours."""
        own = self.own.get((id, language))
        if own is not None or any((id, one) in self.own for one in LANGUAGES):
            return own
        return self._ours(id, language) if (id, language) in self.ours else None

    def ids(self) -> tuple[str, ...]:
        """The id of every answer, ours in the order of their names, then those only the data folder has."""
        return tuple(dict.fromkeys((*self.our_ids(), *(id for id, _language in sorted(self.own)))))

    def our_ids(self) -> tuple[str, ...]:
        """The ids of our own answers, in the order of their names."""
        return tuple(sorted({id for id, _language in self.ours}))

    def ours_of(self, id: str) -> list[Answer]:
        """One of ours in every language it is written in."""
        return [self._ours(id, language) for language in LANGUAGES if (id, language) in self.ours]

    def refresh(self) -> bool:
        """Whether the own answers changed since the last look. Cheap: at most one look every few seconds."""
        now = self.clock()
        if self.own_folder is None or now - self._looked < LOOK_EVERY:
            return False
        self._looked = now
        stamp = tuple(_stamps(self.own_folder))
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self._read_own(self.own_folder, [self.own_folder / name for name, _time, _size in stamp])
        return True

    def every(self) -> Iterator[Answer]:
        """Every answer in every language it is written in. Raises AnswerError for one of ours that is badly written."""
        for id in self.ids():
            for language in LANGUAGES:
                if (answer := self.in_language(id, language)) is not None:
                    yield answer

    def fingerprint(self) -> str:
        """Of the content of our own answers: what is learnt of them is learnt again when it changes."""
        digest = hashlib.sha256()
        for (id, language), path in sorted(self.ours.items()):
            digest.update(f"{id} {language}\n".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _ours(self, id: str, language: str) -> Answer:
        key = (id, language)
        if key not in self._read:
            path = self.ours[key]
            self._read[key] = read_answer(
                path.read_text(encoding="utf-8"), id=id, language=language, law=self.law, path=path
            )
        return self._read[key]

    def _read_own(self, folder: Path, paths: list[Path]) -> None:
        own: dict[Key, Answer] = {}
        self.problems = {}
        for path in paths:
            id, language = _place(path.relative_to(folder))
            try:
                source = path.read_text(encoding="utf-8")
                answer = read_answer(source, id=id, language=language, law=self.law, path=path, is_own=True)
            except (AnswerError, OSError, UnicodeDecodeError) as error:
                self.problems[path] = str(error)
                log.warning("An own answer is left out: %s", error)
            else:
                own[id, language] = answer
        self.own = own


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """The own files, each with its time of change and its size. What cannot be looked at is passed over."""
    try:
        paths = sorted(folder.rglob("*.md"))[:MOST_OWN]
    except OSError:
        return
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        if state.st_size <= LARGEST and not path.name.startswith("."):
            yield str(path.relative_to(folder)), state.st_mtime_ns, state.st_size


def _place(path: Path) -> Key:
    """The id and the language that a path in the data folder gives."""
    parts = list(path.with_suffix("").parts)
    language = parts.pop(0) if len(parts) > 1 and parts[0] in LANGUAGES else DEFAULT_LANGUAGE
    if len(parts) == 1:
        parts.insert(0, OWN_GROUP)
    return "/".join(parts), language
