"""What CONTRIBUTING.md promises, tried on a copy of the project: a topic and a rate are added with no line of `bot/`.

The topic is in `blood/`, each file at its place. The copy speaks French and English, has a few of the written answers
and does without the sentence encoder: it learns in some seconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.dialogues.test_dialogues import Seen, check, read_script
from tests.rules.amended import amended

pytestmark = pytest.mark.xdist_group("a copy of the project")

ROOT = Path(__file__).resolve().parents[2]
BLOOD = Path(__file__).parent / "blood"
SPOKEN = ("fr", "en")
LEARNT_FROM = ("volunteers/don-de-sang", "donors/choisir-66-75")
"""Answers that the copy has in any case, beside one in so many of the others."""
ONE_IN = 24
SINCE = date(2027, 1, 1)
LATER = date(2027, 2, 3)


class Copy:
    """A copy of the project, to add to and to run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("bot", "handlers", "data/law", "data/lexicon", "data/missions", "data/fonts"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (ROOT / "data").glob("*.*"):
            shutil.copy(path, root / "data")
        (root / "data" / "phrases").mkdir()
        for path in (ROOT / "data" / "phrases").glob("*.toml"):
            if len(path.stem) > 2 or path.stem in SPOKEN:
                shutil.copy(path, root / "data" / "phrases")
        for language in SPOKEN:
            self._speak(language)
        shutil.copy(ROOT / "pyproject.toml", root)
        (root / "docs").mkdir()

    def _speak(self, language: str) -> None:
        source, target = ROOT / "locale" / language, self.root / "locale" / language
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("answers", "*.mo"))
        answers = sorted((source / "answers").glob("*/*.md"))
        needed = [source / "answers" / f"{id}.md" for id in LEARNT_FROM]
        for path in dict.fromkeys((*answers[::ONE_IN], *needed)):
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)

    def add(self, folder: Path) -> None:
        """Put each file of `folder` at its place; what is there already goes on with it."""
        for path in files_of(folder):
            place = self.root / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8") as file:
                file.write(path.read_text(encoding="utf-8"))

    def run(self, *arguments: str, lines: Iterable[object] = ()) -> list[str]:
        """The lines that `python -m …` prints in the copy, for these JSON lines."""
        environment = {**os.environ, "PYTHONPATH": "", "ALLIE_SENTENCE_ENCODER": "no"}
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=environment,
            input="".join(f"{json.dumps(line)}\n" for line in lines),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def talk(self, says: Sequence[str], on: date, language: str = "fr") -> list[Seen]:
        """What a person sees after each message; "[label]" presses the button of that label under the last."""
        data = self.root / f"data-{on}-{hashlib.sha256(repr((says, language)).encode()).hexdigest()[:8]}"
        messages = [
            {"user": "ada", "language": language, **({"press": one[1:-1]} if one.startswith("[") else {"text": one})}
            for one in says
        ]
        told = self.run("bot", "chat", "--jsonl", "--data", str(data), "--now", f"{on}", lines=messages)
        return [seen_in(json.loads(line)["replies"]) for line in told]

    def digest(self, folder: str) -> dict[str, str]:
        found = [path for path in files_of(self.root / folder) if "__pycache__" not in path.parts]
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)
        }


def files_of(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def seen_in(replies: Sequence[dict]) -> Seen:
    buttons = [button for reply in replies for row in reply["buttons"] for button in row]
    return Seen("\n\n".join(reply["text"] for reply in replies), [button["label"] for button in buttons], [])


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy, with the topic added and learnt."""
    made = Copy(tmp_path_factory.mktemp("copy"))
    before = made.digest("bot")
    made.add(BLOOD)
    made.run("bot", "build")
    assert made.digest("bot") == before
    return made


def test_the_files_of_a_topic_are_those_that_contributing_names() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = text.partition("## Add a topic")[2].partition("\n## ")[0]
    named = re.findall(r"^\d\. \*\*`([a-z]+(?:/[a-z]+)*)", steps, re.MULTILINE)
    added = {str(path.relative_to(BLOOD)) for path in files_of(BLOOD)}
    assert {path for path in added if not path.startswith(tuple(named))} == set()
    assert [step for step in named if not any(path.startswith(step) for path in added)] == []


@pytest.mark.parametrize("path", sorted(BLOOD.rglob("*.talk")), ids=lambda path: path.stem)
def test_the_topic_talks(copy: Copy, path: Path) -> None:
    script = read_script(path)
    says = [f"[{turn.says}]" if turn.does == "[" else turn.says for turn in script.turns]
    for turn, seen in zip(script.turns, copy.talk(says, script.now.date(), script.language), strict=True):
        check(turn, seen, path)


def test_its_figures_are_those_of_its_law(copy: Copy) -> None:
    amended(copy.root / "data" / "law", "blood.age", SINCE, {"least": Decimal(17), "most": Decimal(72)})
    amended(copy.root / "data" / "law", "blood.interval", SINCE, 10)
    says = ("j'ai 71 ans, je peux donner mon sang ?", "j'ai donné mon sang en mars, quand puis-je redonner ?")
    (before, waits), (after, waits_more) = copy.talk(says, date(2026, 11, 22)), copy.talk(says, LATER)
    assert ("Plus à 71 ans" in before.text, "Oui, à 71 ans" in after.text) == (True, True)
    assert ("Attendez 8 semaines" in waits.text, "Attendez 10 semaines" in waits_more.text) == (True, True)


def test_a_rate_is_added_with_a_row(copy: Copy) -> None:
    """Estimate, talk, answer and page tell the new rate from its day on, and the old one before."""
    amended(copy.root / "data" / "law", "donations.coluche.rate", SINCE, Decimal("0.80"))
    gifts = [
        {"year": day.year, "gifts": [{"kind": "coluche", "amount": 1_000, "date": day.isoformat()}]}
        for day in (date(2026, 11, 22), LATER)
    ]
    estimates = [json.loads(line)["reduction"] for line in copy.run("bot", "estimate", "donation", lines=gifts)]
    assert estimates == [1_000 * 75 / 100, 1_000 * 80 / 100]
    says = ("je donne 1 000 € aux Restos du Cœur", "Vaut-il mieux donner à une association à 75 % qu’à 66 % ?")
    for day, back, rate in ((date(2026, 11, 22), "750 €", "75 %"), (LATER, "800 €", "80 %")):
        gift, answer = (seen.text.replace("\u202f", " ").replace("\u00a0", " ") for seen in copy.talk(says, day))
        assert back in gift
        assert f"d’abord {rate}" in answer
    copy.run("bot.rules.law_page")
    copy.run("bot.estimate.page")
    law = (copy.root / "docs" / "law.md").read_text(encoding="utf-8")
    rows = law.partition("`donations.coluche.rate`")[2].partition("\n### ")[0]
    assert f"| {SINCE} |  | 80 % |" in rows
