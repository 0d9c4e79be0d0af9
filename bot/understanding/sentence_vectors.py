"""Texts as sentence vectors, read as messages are: whoever compares a message with texts of their own reads them alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.understanding.encoder import Encoder
from bot.understanding.features import plain_of
from bot.understanding.learning import Matrix
from bot.understanding.sentence import Sentence

__all__ = ["SentenceVectors"]


class SentenceVectors:
    """The encoder, and what goes before it."""

    def __init__(self, encoder: Encoder, accents: Mapping[str, str]) -> None:
        self._encoder = encoder
        self._accents = accents

    def plain(self, text: str, language: str) -> str:
        """What the encoder is given of a text."""
        return plain_of(Sentence(text), language, self._accents)

    def vectors(self, plains: Sequence[str]) -> Matrix:
        """A row of length one for each."""
        return self._encoder.encode_many(plains)

    def vector(self, text: str, language: str) -> Matrix:
        """The vector of one text."""
        vector: Matrix = self._encoder.encode(self.plain(text, language))
        return vector
