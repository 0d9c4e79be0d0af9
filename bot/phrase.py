"""A sentence that has no language yet: its English message and its values.

Rules, topics and kinds make phrases; `bot.i18n` puts them into a person's language at the moment they are shown. So a
talk can change language in its middle, and a result computed once reads in any language.

Placeholders carry their format: `{gift:money}`, `{rate:percent}`, `{day:date}`, `{month:month}`, `{count:number}`,
`{names:list}`; a placeholder without one is plain text. Values are escaped when the phrase is rendered; the message
itself may use the tags that every channel understands (`<b> <i> <u> <s> <code> <pre> <a href> <blockquote>`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

__all__ = ["Phrase", "_", "n_"]


class Phrase(msgspec.Struct, frozen=True):
    """A translatable sentence. `plural` and `count` are set together, for messages that depend on a number.

    Some fifty are made for one reply: a struct of msgspec is made five times as fast as a frozen dataclass.
    """

    message: str
    values: Mapping[str, Any] = msgspec.field(default_factory=dict)
    plural: str | None = None
    count: int = 0

    def __str__(self) -> str:
        """The English message with its placeholders: for logs and tests, never for a person."""
        return self.message


def _(message: str, /, **values: Any) -> Phrase:
    """Mark `message` for translation: `_("You give {gift:money}.", gift=Decimal(300))`."""
    return Phrase(message, values)


def n_(message: str, plural: str, count: int, /, **values: Any) -> Phrase:
    """Mark a message with a plural form. `{count}` is filled in by itself."""
    return Phrase(message, {"count": count, **values}, plural, count)
