"""Whoever installs Allié is told what they install, and under which licence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "NOTICE.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
]
LOCKED = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
RIGHTS = re.compile(r"MIT|BSD|Apache|MPL|PSF|LGPL|Public Domain")


def test_each_locked_package_is_named_with_its_licence() -> None:
    named = {row[0]: row for row in ROWS if RIGHTS.search(row[1])}
    assert len(LOCKED) > 30
    assert set(LOCKED) - set(named) == set()
    assert all(row[2].startswith("https://") for name, row in named.items() if name in LOCKED)


def test_no_package_is_named_that_is_not_installed() -> None:
    packages = {row[0] for row in ROWS if row[-1].startswith("https://")}
    assert packages == LOCKED


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "fonts").glob("*.[ot]tf")), ids=lambda path: path.name)
def test_each_font_is_named(path: Path) -> None:
    patterns = [pattern for row in ROWS for pattern in re.findall(r"`([^`]+)`", row[0])]
    assert any(path.relative_to(ROOT).match(pattern) for pattern in patterns)


@pytest.mark.parametrize(
    "name", ["gazetteer.csv.gz", "departements.json", "departements-contours.json", "organisations.csv"]
)
def test_data_of_others_is_named(name: str) -> None:
    patterns = [pattern for row in ROWS for pattern in re.findall(r"`([^`]+)`", row[0])]
    assert any(Path("data", name).match(pattern) for pattern in patterns)
    assert (ROOT / "data" / name).exists()
