"""What authors and operators are told of answers: errors, shared wordings, what grows old. By `allie answers` too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.dialogue.topic import load_topics
from bot.knowledge.library import Library
from bot.knowledge.proofreading import proofread

if TYPE_CHECKING:
    from tests.knowledge.conftest import Write

Read = Callable[[], Library]
TODAY = date(2026, 11, 30)


def said(library: Library, today: date = TODAY) -> list[tuple[str, str, bool]]:
    return [(remark.where, remark.what, remark.is_error) for remark in proofread(library, {"donation"}, today)]


def test_nothing_is_said_of_answers_that_are_well(write: Write, library: Read) -> None:
    for language in ("fr", "en"):
        write("donors/a", "Oui.", language=language, next='[{ to = "donation", label = "Calculer" }]')
    assert said(library()) == []


def test_all_that_is_wrong_is_told_at_once(write: Write, library: Read) -> None:
    write("donors/a", "Oui.", language="en")
    bad = write("donors/b", "{gifts.roof:money}")
    write("donors/b", "No.", language="en", title='"B"', asks="[]")
    write("donors/c", "Oui.", title='"C"', asks="[]", next='[{ to = "donors/z" }, { to = "skills", label = "Prêter" }]')
    write("donors/c", "Yes.", language="en", title='"C"', asks="[]")
    errors = [(where, what) for where, what, is_error in said(library()) if is_error]
    assert errors == [
        ("donors/b (fr)", f"{bad}: {{gifts.roof:money}}: data/law has no gifts.roof"),
        ("donors/a (en)", "it is not written in Français"),
        ("donors/c (fr)", "next leads to donors/z, which is no answer"),
        ("donors/c (fr)", "next leads to skills, which is no topic"),
    ]


def test_a_wording_that_two_answers_share_is_told_whatever_its_spelling(write: Write, library: Read) -> None:
    for language in ("fr", "en"):
        write("donors/a", "Oui.", language=language, title='"A"', asks='["reçu perdu"]')
        write("donors/b", "Oui.", language=language, title='"B"', asks='["Bonjour, RECU perdu !"]')
    assert said(library())[0] == ("donors/a (fr) and donors/b (fr)", "both are asked “reçu perdu”", False)


@pytest.mark.parametrize(
    ("today", "remarks"),
    [
        (date(2026, 10, 1), []),
        (date(2026, 11, 30), ["gifts.regime ends on 2026-12-31"]),
        (date(2027, 1, 1), ["gifts.regime ended on 2026-12-31", "gifts.ceiling is known to 2026-12-31 only"]),
        (
            date(2027, 12, 1),
            [
                "gifts.regime ended on 2026-12-31",
                "gifts.ceiling is known to 2026-12-31 only",
                "it was last checked on 2026-11-25",
            ],
        ),
    ],
)
def test_what_grows_old_is_told_before_and_after(today: date, remarks: list[str], write: Write, library: Read) -> None:
    for language in ("fr", "en"):
        body = "{gifts.ceiling:money}, {gifts.regime.most:money}"
        write("donors/a", body, language=language, rests_on='["gifts.ceiling", "gifts.regime"]')
    assert [what for _where, what, _is_error in said(library(), today)] == remarks


def test_ours_are_well() -> None:
    remarks = list(proofread(Library.load(), load_topics().topics, TODAY))
    assert [remark for remark in remarks if remark.is_error or remark.is_over] == []


@pytest.fixture
def allie(tmp_path: Path) -> Callable[..., Result]:
    """The command, with a data folder of its own."""

    def run(*words: str) -> Result:
        return CliRunner(env={"ALLIE_DATA_DIR": str(tmp_path)}).invoke(main, words)

    return run


Command = Callable[..., Result]
HOURS = '+++\ntitle = "Quand ouvre le vestiaire de la rue Haute ?"\n+++\nLe mercredi, de neuf à douze heures.\n'


def test_own_answers_are_checked_listed_and_tried(allie: Command, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "vestiaire.md").write_text(HOURS, encoding="utf-8")
    checked = allie("answers", "check", "--own")
    assert checked.exit_code == 0, checked.output
    assert checked.output.endswith("answers, 1 of them your own; 0 to mend, 0 to know.\n")
    assert (
        allie("answers", "list", "--own").output
        == "* own/vestiaire  [fr]  Quand ouvre le vestiaire de la rue Haute ?\n"
    )
    tried = allie("answers", "try", "le vestiaire de la rue haute ouvre quand ?").output
    assert "1. " in tried
    assert "own/vestiaire (your own): Quand ouvre le vestiaire de la rue Haute ?" in tried
    assert "Le mercredi, de neuf à douze heures." in tried


def test_one_that_is_badly_written_ends_the_check_with_an_error(allie: Command, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "vestiaire.md").write_text("Le mercredi.", encoding="utf-8")
    checked = allie("answers", "check", "--own")
    assert checked.exit_code == 1
    assert "!! " in checked.output
    assert "vestiaire.md: it does not begin with a table between two lines of +++" in checked.output


def test_one_of_ours_is_tried_with_its_figures_and_sources(allie: Command) -> None:
    tried = allie("answers", "try", "qui signe le reçu ?", "--language", "fr", "--who", "association").output
    assert "associations/receipt-for-individuals" in tried
    assert "Sources" in tried
    assert "{" not in tried


def test_an_answer_before_that_is_not_there_is_told(allie: Command) -> None:
    tried = allie("answers", "try", "et les mineurs ?", "--last", "donors/nothing")
    assert tried.exit_code == 1
    assert "There is no answer donors/nothing" in tried.output
