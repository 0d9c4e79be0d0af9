"""What Allié costs, beside the bars it is held to: `make bench`, or `python -m bench turns` for one part.

Numbers are sizes, for the parts that grow something: `python -m bench million 1000 1000000`.

Figures are of this machine at this moment: compare runs made side by side, and quote medians.
"""

from __future__ import annotations

import importlib
import sys

PARTS = ("turns", "answers", "replicas", "million", "crowd", "cold_start", "memory", "catalogue")


def main() -> None:
    wanted = [part for part in sys.argv[1:] if not part.isdigit()] or PARTS
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"There is no bench {unknown[0]!r}. There are: {', '.join(PARTS)}.")
    for part in wanted:
        print(f"\n{part.replace('_', ' ')}\n", flush=True)
        importlib.import_module(f"bench.{part}").main()


if __name__ == "__main__":
    main()
