"""The steps of CONTRIBUTING.md for the words of a language, followed on a copy: files of words, and no line of code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

POLISH = {
    "calendar": """
        before_a_month = "w, od, do, na"
        also_other_words = "maj"
        [weekdays]
        saturday = "sobota, sobotę, soboty"
        [months]
        march = "marzec, marca, marcu"
        may = "maj, maja, maju"
        [days_from_today]
        tomorrow = "jutro"
        [times]
        morning = "rano"
    """,
    "causes": """
        [animals]
        animals = "zwierzęta, zwierzętom"
        dogs = "psy, psów"
        other = "schronisko dla {psów|kotów}"
        [elderly]
        elderly = "starsi ludzie, starszym ludziom"
    """,
    "answers": """
        skip = "nie wiem"
        [yes_no]
        yes = "tak"
        no = "nie, nie {teraz|dziś}"
    """,
    "polarity": """
        [forces]
        not = "nie chcę"
    """,
}

# Reads every argument with the readers of the copy.
READ = """
import json, sys
from datetime import date
from bot.understanding.answers import read_skip, read_yes_no
from bot.understanding.causes import read_causes
from bot.understanding.dates import read_when
said = []
for text in sys.argv[1:]:
    wanted, refused = read_causes(text)
    when, _not_when = read_when(text, date(2026, 11, 30), language="pl")
    said.append({"causes": wanted, "not": refused, "when": when, "yes": read_yes_no(text), "skip": read_skip(text)})
print(json.dumps(said))
"""
# Whether a search for every argument finds what a mission in French says.
SEARCH = """
import json, sys
from bot.catalogue.synonyms import Synonyms
synonyms = Synonyms()
indexed = synonyms.indexed("Promener les chiens du refuge").split()
print(json.dumps([all(idea.word in indexed for idea in synonyms.ideas(text)) for text in sys.argv[1:]]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the machine and its data, without any topic."""
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").symlink_to(ROOT / "locale")
    (tmp_path / "data").mkdir()
    for path in (ROOT / "data").iterdir():
        if path.name != "lexicon":
            (tmp_path / "data" / path.name).symlink_to(path)
    shutil.copytree(ROOT / "data" / "lexicon", tmp_path / "data" / "lexicon")
    return tmp_path


def add_words(copy: Path) -> None:
    folder = copy / "data" / "lexicon" / "pl"
    folder.mkdir()
    for subject, text in POLISH.items():
        (folder / f"{subject}.toml").write_text(text, encoding="utf-8")


def run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "ALLIE_DATA_DIR": str(copy / "folder"), "ALLIE_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(copy: Path, program: str, *texts: str) -> list[Any]:
    ended = run(copy, "-c", program, *texts)
    assert ended.returncode == 0, ended.stderr
    answers: list[Any] = json.loads(ended.stdout)
    return answers


def readings(copy: Path, *texts: str) -> list[dict[str, Any]]:
    return answer(copy, READ, *texts)


def test_the_words_of_a_new_language_are_understood(copy: Path) -> None:
    texts = (
        "jutro rano, schronisko dla psów",
        "w maju, pomagać starszym ludziom",
        "nie chcę zwierzęta",
        "tak",
        "nie wiem",
    )
    before = readings(copy, *texts)
    assert all(not any(read.values()) for read in before)
    add_words(copy)
    dogs, may, refused, yes, skipped = readings(copy, *texts)
    assert dogs["causes"] == ["animals"]
    assert dogs["when"] == ["date:2026-12-01", "morning"]
    assert may["causes"] == ["elderly"]
    assert may["when"] == ["month:2027-05"]
    assert refused["not"] == ["animals"]
    assert yes["yes"] is True
    assert skipped["skip"] is True


def test_a_search_in_the_new_language_finds_what_missions_say_in_french(copy: Path) -> None:
    assert answer(copy, SEARCH, "psy", "chiens", "chats") == [False, True, False]
    add_words(copy)
    assert answer(copy, SEARCH, "psy", "chiens", "chats") == [True, True, False]


def test_what_was_understood_before_still_is(copy: Path) -> None:
    texts = ("samedi pour la SPA", "des chiens le 3 mai", "no thanks", "help refugees tomorrow")
    before = readings(copy, *texts)
    assert before[1]["causes"] == ["animals"]
    assert before[3]["causes"] == ["refugees"]
    add_words(copy)
    assert readings(copy, *texts) == before


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_a_list_that_cannot_be_read_is_one_sentence(copy: Path, command: str) -> None:
    add_words(copy)
    with (copy / "data" / "lexicon" / "pl" / "causes.toml").open("a", encoding="utf-8") as file:
        file.write('\n[zwierzeta]\npsy = "psy"\n')
    ended = run(copy, "-m", "bot", command)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "Traceback" not in said
    assert "A word list cannot be read" in said
    assert "lexicon/pl/causes.toml: “zwierzeta” is no list of" in said
