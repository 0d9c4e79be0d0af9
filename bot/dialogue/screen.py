"""What one turn shows, gathered while topics run."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from bot.dialogue.replies import Button, File
from bot.dialogue.table import Table

__all__ = ["Screen"]


@dataclass(slots=True)
class Screen:
    """What one turn will show, gathered while a topic runs."""

    blocks: list[Markup] = field(default_factory=list)
    folded: list[Markup] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    picture: File | None = None
    location: tuple[float, float] | None = None
    asks_location: bool = False
    agreed: str = ""
    table: Table | None = None

    def clear(self) -> None:
        self.blocks.clear()
        self.folded.clear()
        self.agreed = ""
        self.table = None
        self.rows.clear()
        self.files.clear()
        self.picture = self.location = None
        self.asks_location = False
