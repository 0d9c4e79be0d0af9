"""What finding an answer costs beside the reading of a message: `python -m bench answers`.

The messages are wordings of the answers; their sentence vectors, which the reading makes anyway, are made beforehand.
The ratio to a sentence vector says the same on a machine that is busy.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from bench.serving import shown
from bot.dialogue.topic import load_topics
from bot.knowledge import Knowledge
from bot.understanding import Understanding

ROUNDS = 5
EVERY = 29
"""One wording in so many is asked."""


def each(act: Callable[[int], object], numbers: Sequence[int]) -> float:
    """Milliseconds of CPU of one call: the median of several rounds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for number in numbers:
            act(number)
        spent.append((time.process_time() - started) / len(numbers) * 1_000)
    return statistics.median(spent)


def main() -> None:
    hearing = load_topics().hearing
    sentences = Understanding.load(hearing).sentences
    knowledge = Knowledge.load(hearing, None, sentences)
    asked = [(text, one.language) for one in knowledge.library.every() for text in one.asks][::EVERY]
    numbers = range(len(asked))
    vectors = [sentences.vector(*question) if sentences is not None else None for question in asked]
    found = each(lambda number: knowledge.candidates(*asked[number], vectors[number]), numbers)
    shown(f"an answer found among {len(knowledge.library.ids())}", f"{found:.2f} ms", "at most 1.5 ms")
    if sentences is not None:
        read = each(lambda number: sentences.vector(*asked[number]), numbers)
        shown("  beside a sentence vector", f"{found / read:.2f} times")
