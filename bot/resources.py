"""Where the files are that ship with the code: the data and the languages.

In a source tree they are beside `bot`; in an installed wheel they are inside it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = ["DATA", "LOCALE"]

_PACKAGE: Final = Path(__file__).resolve().parent
_ROOT: Final = _PACKAGE if (_PACKAGE / "data").is_dir() else _PACKAGE.parent

DATA: Final = _ROOT / "data"
LOCALE: Final = Path(os.environ.get("ALLIE_LOCALE_DIR", _ROOT / "locale"))
"""Another folder of phrases and pages can be named, to try a translation."""
