"""What a wheel holds besides the code, the rest being in pyproject.toml: the data and the languages, inside `bot`.

Phrases go in as programs read them (`.mo`): an installed Allié never compiles them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("data", "locale")


class WithData(build_py):
    """Copies `FOLDERS` into the package. An editable installation reads them where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for folder in FOLDERS:
            target = Path(self.build_lib) / "bot" / folder
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*.po", "*.mo", "*.cfg", ".env"))
        for phrases in Path("locale").glob("*/LC_MESSAGES/*.po"):
            compile_phrases(phrases, Path(self.build_lib) / "bot" / phrases.with_suffix(".mo"))


def compile_phrases(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as text, target.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=source.parent.parent.name))


setup(cmdclass={"build_py": WithData})
