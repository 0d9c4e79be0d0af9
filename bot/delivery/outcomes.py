"""What became of one attempt to deliver a reply. A channel returns one of these; the sender decides what follows."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Delivered", "Gone", "Later", "Outcome", "Refused", "Unknown"]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform has it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now (429, 5xx before anything was sent): again after `seconds`. Nothing is dropped."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked us or no longer exists (403): stop until they write again."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take this message (other 4xx): set it aside, visibly, and go on with the next."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer (timeout, dropped connection): it may have arrived. Tried again, so it may arrive twice."""

    reason: str


Outcome = Delivered | Later | Gone | Refused | Unknown
