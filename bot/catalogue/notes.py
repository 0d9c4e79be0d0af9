"""What the catalogue notes for itself, by key: when it was read, why a need was refused, which bodies it names."""

from __future__ import annotations

from typing import Final

__all__ = ["NOTE_OF"]

NOTE_OF: Final = "SELECT value FROM note WHERE key = ?"
