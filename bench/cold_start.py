"""From nothing to the first reply: `python -m bench cold_start`.

A new process with a data folder of its own, `allie chat --jsonl`, one sentence, and the time until its answer is there.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5
SENTENCE = {"user": "u1", "text": "si je donne 300 € aux Restos du Cœur, je récupère combien ?"}


def first_reply(folder: str, *, encoder: bool) -> tuple[float, float]:
    """Seconds from the start of the process to its first line, and the CPU that it used in all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "ALLIE_SENTENCE_ENCODER": "yes" if encoder else "no"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--jsonl", "--data", folder],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(SENTENCE).encode() + b"\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    seconds = time.perf_counter() - begun
    process.stdin.close()
    process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert answer["replies"][0]["text"]
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    for encoder in (False, True):
        for known in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                if known:
                    first_reply(folder, encoder=encoder)
                rounds = [folder if known else f"{folder}/{number}" for number in range(ROUNDS)]
                seconds, cpu = map(
                    statistics.median, zip(*(first_reply(where, encoder=encoder) for where in rounds), strict=True)
                )
            label = f"{'with' if encoder else 'without'} the sentence encoder, {'again' if known else 'the first time'}"
            print(f"  {label:<58} {seconds:.2f} s, {cpu:.2f} s of CPU   under 1.5 s", flush=True)


if __name__ == "__main__":
    main()
