"""One thread for linear algebra: a message is small, and threads that wait for each other cost more than they bring.

numpy reads this once, when it is first imported; so this module is imported before it. Who sets the variable decides.
"""

from __future__ import annotations

import os
from typing import Final

__all__ = ["THREADS"]

THREADS: Final = os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
