"""Answers of who runs this Allié: they win over ours, and are seen without a restart."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.library import LOOK_EVERY, OWN_GROUP, Library
from bot.rules.parameters import Law

if TYPE_CHECKING:
    from tests.knowledge.conftest import Write

OWN = '+++\ntitle = "{title}"\n+++\n{body}\n'


def put(folder: Path, name: str, body: str, title: str = "Quand êtes-vous ouverts ?") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OWN.format(title=title, body=body), encoding="utf-8")
    return path


class Clock:
    """Seconds, as a test lets them pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def opened(tmp_path: Path, gifts: Law, own: Path) -> Callable[[], tuple[Library, Clock]]:
    def load() -> tuple[Library, Clock]:
        clock = Clock()
        return Library.load(own, locale=tmp_path / "locale", known=gifts, clock=clock), clock

    return load


Opened = Callable[[], tuple[Library, Clock]]


def said(library: Library, id: str, language: str = "fr") -> str | None:
    answer = library.answer(id, language)
    return None if answer is None else str(answer.head.for_talk(str))


def test_a_title_and_a_sentence_are_enough(own: Path, opened: Opened) -> None:
    put(own, "horaires.md", "Le mardi.")
    library, _clock = opened()
    answer = library.answer(f"{OWN_GROUP}/horaires", "fr")
    assert answer is not None
    assert answer.is_own
    assert answer.label == "Quand êtes-vous ouverts ?"
    assert answer.checked is None


def test_they_win_over_ours_in_every_language(write: Write, own: Path, opened: Opened) -> None:
    write("donors/recu", "Les nôtres.")
    write("donors/recu", "Ours.", language="en")
    put(own, "donors/recu.md", "Les vôtres.")
    library, _clock = opened()
    assert said(library, "donors/recu") == said(library, "donors/recu", "en") == "Les vôtres."
    assert library.ids() == ("donors/recu",)


def test_a_folder_named_for_a_language_holds_that_language(own: Path, opened: Opened) -> None:
    put(own, "horaires.md", "Le mardi.")
    put(own, "en/horaires.md", "On Tuesdays.")
    put(own, "en/donors/receipt.md", "Ask us.")
    library, _clock = opened()
    assert said(library, "own/horaires", "en") == "On Tuesdays."
    assert said(library, "own/horaires", "fr") == "Le mardi."
    assert said(library, "donors/receipt", "fr") == "Ask us."


def test_a_change_is_seen_after_a_few_seconds_and_not_looked_for_before(own: Path, opened: Opened) -> None:
    put(own, "horaires.md", "Le mardi.")
    library, clock = opened()
    put(own, "horaires.md", "Le jeudi, de neuf à douze heures.")
    assert not library.refresh()
    assert said(library, "own/horaires") == "Le mardi."
    clock.now += LOOK_EVERY
    assert library.refresh()
    assert said(library, "own/horaires") == "Le jeudi, de neuf à douze heures."


def test_nothing_is_read_again_where_nothing_changed(own: Path, opened: Opened) -> None:
    path = put(own, "horaires.md", "Le mardi.")
    library, clock = opened()
    before = library.answer("own/horaires", "fr")
    clock.now += LOOK_EVERY
    assert not library.refresh()
    assert library.answer("own/horaires", "fr") is before
    os.utime(path, ns=(1, 1))
    clock.now += LOOK_EVERY
    assert library.refresh()


def test_one_that_is_taken_away_gives_way_to_ours(write: Write, own: Path, opened: Opened) -> None:
    write("donors/recu", "Les nôtres.")
    path = put(own, "donors/recu.md", "Les vôtres.")
    library, clock = opened()
    path.unlink()
    clock.now += LOOK_EVERY
    assert library.refresh()
    assert said(library, "donors/recu") == "Les nôtres."


def test_one_that_is_badly_written_is_left_out_and_said(
    own: Path, opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    put(own, "bon.md", "Oui.")
    bad = put(own, "mauvais.md", "{gifts.roof:money}")
    with caplog.at_level(logging.WARNING):
        library, _clock = opened()
    assert said(library, "own/bon") == "Oui."
    assert said(library, "own/mauvais") is None
    assert "data/law has no gifts.roof" in library.problems[bad]
    assert str(bad) in caplog.text


def test_a_name_that_is_no_id_is_left_out(own: Path, opened: Opened) -> None:
    path = put(own, "Nos Horaires.md", "Oui.")
    library, _clock = opened()
    assert "is no id" in library.problems[path]


def test_no_folder_is_no_trouble(opened: Opened) -> None:
    library, clock = opened()
    clock.now += LOOK_EVERY
    assert library.ids() == ()
    assert not library.refresh()
