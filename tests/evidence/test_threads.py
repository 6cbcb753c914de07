"""Workers check texts in several threads at once."""

from __future__ import annotations

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor

from foundation.evidence import lexicon


def test_stems_are_the_same_however_many_threads_ask() -> None:
    starts, middles, ends = ("organ", "relat", "hand", "natur"), ("isation", "ional", "ably"), ("", "s", "ly", "ness")
    words = ["".join(parts) for parts in itertools.product(starts, middles, ends)] * 40
    alone = [lexicon.stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # the threads take turns in the middle of a word
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lexicon.stem.__wrapped__, words))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone
