"""What the pages say is there, is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.store import Retention

DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "README.md"])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_changes_begin_with_the_version_of_this_tree() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.fullmatch(rf"v{re.escape(version)}, \d{{4}}-\d\d-\d\d", headings[0]), headings[0]
    assert all(re.fullmatch(r"v\d+\.\d+\.\d+, \d{4}-\d\d-\d\d", heading) for heading in headings)


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "LISEZMOI.md", ROOT / "CONTRIBUTING.md"], ids=str)
def test_a_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z][a-z-]*)", page.read_text(encoding="utf-8")))
    assert named - {"and", "nothing"} <= targets, page


def test_a_command_that_is_named_exists() -> None:
    assert isinstance(main, click.Group)
    named = set(re.findall(r"`allie ([a-z]+)", "".join(page.read_text(encoding="utf-8") for page in PAGES)))
    known = set(main.list_commands(click.Context(main)))
    assert named <= known, named - known


def test_what_the_person_is_told_of_retention_is_what_is_enforced() -> None:
    told = (ROOT / "handlers" / "privacy" / "talk.py").read_text(encoding="utf-8")
    assert "three days" in told
    assert Retention().seen == 3
    assert "six months" in told
    assert 180 <= Retention().idle_sessions <= 184


TESTS = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("tests/**/test_*.py"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_test_that_is_named_exists(page: Path) -> None:
    """A file by its path or its name, a test by its whole name, or by its beginning and an ellipsis."""
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`(tests/[\w/.:]*)`", text):
        path, *inside = name.split("::")
        assert (ROOT / path).exists(), name
        if inside:
            body: list[ast.stmt] = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
            for part in inside:
                found = [node for node in body if isinstance(node, DEFINED) and node.name == part]
                assert found, name
                body = found[0].body
    files = {path.name for path in TESTS}
    defined = re.compile(r"^ *(?:async )?def (test_\w+)", re.MULTILINE)
    functions = {name for source in TESTS.values() for name in defined.findall(source)}
    for name, ending in re.findall(r"(?<![\w/])(test_\w+)(\.py|…|)", text):
        if ending == ".py":
            assert name + ending in files, name + ending
        elif ending:
            assert any(function.startswith(name) for function in functions), name + ending
        else:
            assert name in functions, name


def test_each_threat_names_a_test_of_its_own() -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    threats = rows[rows.index("| Threat | What stops it | Test |") + 1 :]
    without = [row for row in threats if not re.search(r"`tests/[\w/]*\.py::\w+", row) and "---" not in row]
    assert len(threats) > 25
    assert without == []
