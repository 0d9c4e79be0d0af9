"""What a talk showed last, so that after a change only what changed is said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.dialogue.talk import Talk

__all__ = ["changed_since", "last_shown"]


def last_shown(talk: Talk) -> str:
    """What sort of thing this talk showed last; empty where it has shown nothing yet."""
    return next((table.shows for table in talk.tables if table.serial == talk.serial), "")


def changed_since(
    talk: Talk, shows: str, values: Mapping[str, object], *, open_to: Sequence[str] = ()
) -> frozenset[str] | None:
    """Which of `values`, by name, are other than when this talk last showed `shows`; None if it showed something else.

    They are laid on the table for the next time, as a screen that shows `shows` and would like to know `open_to`.
    """
    now = {name: "" if value is None else str(value) for name, value in values.items()}
    before = next((table for table in talk.tables if table.serial == talk.serial), None)
    talk.lay(shows, [f"{name}={value}" for name, value in now.items()], open_to=open_to)
    if before is None or before.shows != shows:
        return None
    then = dict(item.split("=", 1) for item in before.items if "=" in item)
    return frozenset(name for name, value in now.items() if then.get(name, "") != value)
