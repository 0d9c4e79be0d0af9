"""What a message means, as far as it can be told without a conversation around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.understanding.grief import Grief
from bot.understanding.pointing import Pointing
from bot.understanding.seeking import Seeking
from bot.understanding.sentence import Sentence
from bot.understanding.speakers import NOBODY, SaidToBe

__all__ = ["Meaning", "Wished"]


Vector = NDArray[np.float32]


def no_vector() -> Vector | None:
    """Of a message that nobody read with an encoder."""
    return None


class Wished(NamedTuple):
    """A further wish of a message: its topic, the slots of its own part, and that part as it was typed."""

    topic: str
    slots: Mapping[str, Any]
    words: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reading of one message.

    `topic` is the best topic and `confidence` its probability, 0 to 1; `also` lists the next best ones, most
    likely first. `slots` holds only what was said, under the names and JSON values of `docs/understanding.md`; `here`
    the same as the running talk reads it, whose topic may be another.
    `language` is the ISO code of the language the message is written in ("fr", "en", "es" …), whether or not
    Allié speaks it. `correction` is true for "non, en fait 500" and « c'est moi qui donne, pas ma boîte »: the
    person takes something back. `question` is
    true when the message asks for information rather than gives some ("c'est quoi le plafond ?"). `wishes` holds
    the further wishes of the same message, to be offered once the first is served. `pointing` says what the message may
    mean about what is on show, the likeliest first, where something is. `speaker` is who speaks, where it is said; `grief`, that somebody close has
    died; `seeking`, what is looked for in the name of others. `sentence` is the message as it was cut, with what readers made
    of it, for those who read more of it. `vector` gives the sentence vector, made when it is first asked for;
    None without the encoder.
    """

    topic: str
    confidence: float
    slots: Mapping[str, Any] = field(default_factory=dict)
    here: Mapping[str, Any] = field(default_factory=dict)
    language: str = "fr"
    also: tuple[tuple[str, float], ...] = ()
    wishes: tuple[Wished, ...] = ()
    correction: bool = False
    question: bool = False
    pointing: tuple[Pointing, ...] = ()
    speaker: SaidToBe = NOBODY
    grief: Grief | None = None
    seeking: Seeking | None = None
    sentence: Sentence | None = field(default=None, repr=False, compare=False)
    vector: Callable[[], Vector | None] = field(default=no_vector, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """The part that `allie chat --jsonl` shows."""
        return {
            "topic": self.topic,
            "confidence": round(self.confidence, 3),
            "slots": dict(self.slots),
            "language": self.language,
        }
