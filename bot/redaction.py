"""What no line of the log may hold, taken out where lines are written, whoever wrote them.

Our own lines hold our own words. But libraries log too, and say what they were handed: an address with the bot's token
in it, a row with a person's id, the repetition of an exception with what somebody typed. So every message loses what
looks like a secret, like the number of a conversation or like the address of a person, and whatever it quotes; and of
a message of others only the first line is kept.
"""

from __future__ import annotations

import logging
import re

__all__ = ["HIDDEN", "hide", "message_of", "redacted"]

HIDDEN = "…"
SHORTEST = 6
"""Characters of a secret: one that is shorter would take words with it."""

_secrets: set[str] = set()

OURS = ("bot", "handlers", "__main__")
SECRETS = (
    (re.compile(r"\b\d{3,20}:[A-Za-z0-9_-]{20,}"), HIDDEN),  # a bot's token
    (re.compile(r"(\w://)[^\s/@]*@"), rf"\1{HIDDEN}@"),  # who one is to a database or a proxy
    (
        re.compile(r"(?i)\b(password|passwd|pwd|secret|token|api[-_]?key|authorization|cookie)\b(\s*[=:]\s*)\S+"),
        rf"\1\2{HIDDEN}",
    ),
)
PERSONAL = (
    re.compile(r"\b(?:telegram|web|terminal):[\w:-]+"),  # the number of a conversation, or of what came
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])"),
    re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}(?![\w:])"),
)
QUOTED = re.compile(r"""(?<!\w)'[^'\n]*'(?!\w)|"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|(?<!\w)'[^'\n]*$|"[^"\n]*$""")
EXCEPTION = re.compile(r"\b(\w*(?:Error|Exception|Warning|Interrupt|Exit))\(.*")


def hide(*secrets: str | None) -> None:
    """Take these out of every line from now on."""
    _secrets.update(secret for secret in secrets if secret and len(secret) >= SHORTEST)


def redacted(text: str) -> str:
    """The text without secrets, conversations, addresses of people, and what it quotes."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    for pattern in PERSONAL:
        text = pattern.sub(HIDDEN, text)
    return QUOTED.sub(HIDDEN, text)


def message_of(record: logging.LogRecord) -> str:
    """What a record says, fit to be written down."""
    try:
        text = record.getMessage()
    except Exception:  # it was not given what its format asks for
        return f"a message that cannot be put together, of {record.pathname.rsplit('/', 1)[-1]}:{record.lineno}"
    if record.name.partition(".")[0] not in OURS:
        text = EXCEPTION.sub(rf"\1({HIDDEN})", text.partition("\n")[0])
    return redacted(text)
