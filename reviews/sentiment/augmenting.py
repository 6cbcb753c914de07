"""What the rows lack, made out of them: longer texts, texts without marks, and longer ones that have both sides."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from foundation.inference.sentiment import targets
from foundation.inference.sentiment.learning import Example
from reviews.sentiment.rows import Row

STRIPPED = 0.15
"""Share of the texts that lose their marks and capitals: people type so, and some exports store it so."""
JOINED = 0.10
"""Texts made of two to four of one sentiment, as a share of all: most open rows are single sentences."""
MIXED = 0.03
"""Texts made of a good and a bad one, as a share of all: neither of both."""
REPEATED = {"imdb": 2}
"""Sources that an epoch reads more than once: few rows of a manner of writing that others lack."""
MOST_REPEATED = 3
"""Times that an epoch reads the rarer side of a source, so that what is rare in the rows is not held to be unlikely."""
_MARKS = re.compile(r"[-.!?'\"]+")
_EVEN = targets.Target((0.1, 0.8, 0.1))


def augmented(rows: Sequence[Row], seed: int, epoch: int) -> list[Example]:
    """The rows and what is made of them, the same for the same seed and epoch; every epoch has as many."""
    chance = random.Random(f"{seed}-{epoch}-augmenting")  # noqa: S311 - to be had again, not secret
    made: list[Example] = [(_stripped(row.text, chance), row.target) for row in balanced(rows)]
    sides = {side: [row.text for row in rows if row.positive is side] for side in (True, False)}
    if not (sides[True] and sides[False]):
        return made
    for _ in range(round(len(rows) * JOINED)):
        side = chance.random() < 0.5
        made.append((" ".join(chance.choices(sides[side], k=chance.randint(2, 4))), targets.of_class(side)))
    for _ in range(round(len(rows) * MIXED)):
        pair = [chance.choice(sides[True]), chance.choice(sides[False])]
        chance.shuffle(pair)
        made.append((" ".join(pair), _EVEN))
    return made


def balanced(rows: Sequence[Row]) -> list[Row]:
    """All rows, and those of a source's rarer side again until both sides are as many (`MOST_REPEATED` at most)."""
    made: list[Row] = []
    for source in sorted({row.source for row in rows}):
        own = [row for row in rows if row.source == source]
        sides = sorted(([row for row in own if row.positive is side] for side in (True, False)), key=len)
        wanted = min(len(sides[1]), MOST_REPEATED * len(sides[0]))
        again = [sides[0][place % len(sides[0])] for place in range(len(sides[0]), wanted)]
        made += (own + again) * REPEATED.get(source, 1)
    return made


def _stripped(text: str, chance: random.Random) -> str:
    return _MARKS.sub(" ", text).lower() if chance.random() < STRIPPED else text
