"""Allié installed from a wheel, with no source tree beside it, does what it does in one."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.understanding.topics import usual_folder

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("bot", "handlers", "data", "locale")
SOURCES = (*FOLDERS, "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "NOTICE.md")
NOW = ("--now", "2026-11-30T10:00:00+01:00", "--language", "fr")
BUILT_FOR_PEOPLE = {".po", ".cfg"}
"""Files that translators need; an installed Allié reads what they are compiled to."""


def built(call: str, tree: Path, target: Path) -> Path:
    """What the backend of pyproject.toml makes of a source tree, as `python -m build` asks it to."""
    script = f"from setuptools import build_meta; print(build_meta.{call}({str(target)!r}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return target / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made as those who publish make it: of the archive of the sources, not of the tree."""
    tree, made = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("made")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tree)
    archive = built("build_sdist", tree, made)
    shutil.rmtree(tree)
    shutil.unpack_archive(archive, made, filter="data")
    return built("build_wheel", made / archive.name.removesuffix(".tar.gz"), made)


class Installed:
    """The wheel in a folder of its own; what it needs is that of the present environment."""

    def __init__(self, folder: Path) -> None:
        self.site, self.home = folder / "site", folder / "home"
        self.home.mkdir()
        learnt = usual_folder()
        if learnt.is_dir():  # it is the same, and takes a minute to learn
            shutil.copytree(learnt, self.home / ".cache" / "allie" / "understanding")

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(self.site), "HOME": str(self.home), "ALLIE_PORT": "0"}

    def run(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            **({"cwd": self.home, "env": self.environment, "input": said}),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = Installed(tmp_path_factory.mktemp("installed"))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", made.site, wheel],
        check=True,
    )
    asked = [sys.executable, "-c", "import bot, handlers; print(bot.__path__[0], handlers.__path__[0])"]
    told = subprocess.run(asked, cwd=made.home, env=made.environment, capture_output=True, text=True, check=True)
    assert all(path.startswith(str(made.site)) for path in told.stdout.split()), told.stdout
    return made


def test_a_wheel_holds_every_file_that_the_code_reads(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        (path.relative_to(ROOT) if folder in ("bot", "handlers") else Path("bot") / path.relative_to(ROOT)).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in BUILT_FOR_PEOPLE
    }
    wanted |= {f"bot/{path.relative_to(ROOT).with_suffix('.mo').as_posix()}" for path in ROOT.glob("locale/*/*/*.po")}
    assert wanted - held == set()
    assert {name for name in held if not name.startswith(("bot/", "handlers/", "allie-"))} == set()


def test_it_answers_as_the_source_tree_does(installed, tmp_path):
    said = "".join(
        json.dumps({"user": "1", "text": text}) + "\n"
        for text in (
            "Si je donne 300 € au Secours populaire, je récupère combien ?",
            "Et en anglais ?",
            "/confidentialite",
        )
    )
    here = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--jsonl", "--data", tmp_path / "here", *NOW],
        cwd=ROOT,
        input=said,
        capture_output=True,
        text=True,
        check=True,
    )
    there = installed.run("chat", "--jsonl", "--data", str(tmp_path / "there"), *NOW, said=said)
    assert there.returncode == 0, there.stderr[-2000:]
    assert len(there.stdout.splitlines()) == 3
    assert there.stdout == here.stdout


def test_it_estimates(installed):
    question = {"year": 2026, "gifts": [{"kind": "coluche", "amount": 300, "date": "2026-11-21"}]}
    done = installed.run("estimate", "donation", said=json.dumps(question))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["reduction"] == 225


def test_its_doctor_finds_all_that_it_was_shipped_with(installed):
    done = installed.run("doctor")
    told = dict(line[3:].strip().split(": ", 1) for line in done.stdout.splitlines())
    wrong = [line for line in done.stdout.splitlines() if line.startswith("!!")]
    assert "known for today" in told["law"]
    assert not [line for line in wrong if "cannot be read" in line], wrong


def test_it_serves_its_pages(installed):
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=installed.home,
        env=installed.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        host, port = server.stdout.readline().split()[-1].removeprefix("http://").split(":")
        for path in ("/", "/static/allie.js", "/static/allie.css", "/savoir", "/nowhere"):
            asking = http.client.HTTPConnection(host, int(port), timeout=30)
            asking.request("GET", path)
            answer = asking.getresponse()
            assert (answer.status, bool(answer.read())) == (404 if path == "/nowhere" else 200, True), path
            asking.close()
    finally:
        server.terminate()
        _out, said = server.communicate(timeout=15)
    assert (server.returncode, said) == (0, "")
