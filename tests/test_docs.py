"""What the pages say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.store import Retention

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "README.md"])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


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
    told = (ROOT / "handlers" / "privacy.py").read_text(encoding="utf-8")
    assert "three days" in told
    assert Retention().seen == 3
    assert "six months" in told
    assert 180 <= Retention().idle_sessions <= 184


@pytest.mark.parametrize("page", [ROOT / "SECURITY.md", ROOT / "docs" / "reliability.md"], ids=lambda page: page.name)
def test_a_test_that_is_named_exists(page: Path) -> None:
    for name in re.findall(r"`(tests/[\w/.]*)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name
