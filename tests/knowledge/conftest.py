"""A law of two files and a folder to write answers in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from bot.knowledge.library import Library
from bot.rules.parameters import Law, read_law

GIFTS = """
checked = 2026-11-21
known_until = 2026-12-31

[ceiling]
label = "Ceiling"
unit = "euro"
[[ceiling.rows]]
from = 2020-01-01
to = 2025-10-13
value = 1000
reference = "CGI art. 200, 1 ter"
source = "service-public.fr F426"
url = "https://www.service-public.fr/F426"
confidence = "A"
[[ceiling.rows]]
from = 2025-10-14
value = 2000
reference = "CGI art. 200, 1 ter"
source = "service-public.fr F426"
url = "https://www.service-public.fr/F426"
confidence = "A"
checked = 2026-11-30

[rate]
label = "Rate"
unit = "ratio"
[[rate.rows]]
from = 2018-01-01
value = 0.75
reference = "Un journal"
source = "Un journal"
confidence = "C"

[regime]
label = "A regime that ends"
unit = "euro"
[[regime.rows]]
from = 2026-01-01
to = 2026-12-31
values = { least = 10.5, most = 300 }
reference = "Loi du 1er janvier"
source = "legifrance"
confidence = "A"

[box]
label = "Box"
unit = "text"
[[box.rows]]
from = 2018-01-01
text = "7UD"
reference = "Formulaire 2042"
source = "impots.gouv.fr"
confidence = "A"
"""

FRONT = {
    "title": '"J’ai perdu mon reçu : que faire ?"',
    "label": '"Reçu perdu"',
    "asks": '["reçu perdu"]',
    "checked": "2026-11-25",
    "source": '[{ name = "Une page", url = "https://example.org/page" }]',
}


@pytest.fixture
def gifts(tmp_path: Path) -> Law:
    """A ceiling that changed, a rate, a regime that ends with the year, the box of a form."""
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "gifts.toml").write_text(GIFTS, encoding="utf-8")
    return read_law(folder)


def file_of(body: str, **front: str) -> str:
    """An answer with this body; `front` replaces or adds lines of its table, "" leaves one out."""
    lines = [f"{key} = {value}" for key, value in {**FRONT, **front}.items() if value]
    return "+++\n" + "\n".join(lines) + "\n+++\n" + dedent(body)


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an answer of ours: `write("donors/recu", "body", language="en", label='"…"')`."""

    def written(id: str, body: str, language: str = "fr", **front: str) -> Path:
        path = tmp_path / "locale" / language / "answers" / f"{id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file_of(body, **front), encoding="utf-8")
        return path

    return written


@pytest.fixture
def library(tmp_path: Path, gifts: Law) -> Callable[[], Library]:
    """The answers written so far."""
    return lambda: Library.load(tmp_path / "own", locale=tmp_path / "locale", known=gifts)
