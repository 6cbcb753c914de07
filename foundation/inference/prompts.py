"""What is checked of requests before an engine sees them, and how they are packed into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from foundation.inference.types import Request

Item = TypeVar("Item")


def unusable(request: Request) -> str | None:
    """A plain sentence where no engine could serve a request, else None."""
    if not request.messages:
        return "The request has no messages."
    if request.max_tokens < 1:
        return f"max_tokens is {request.max_tokens}; it has to be 1 or more."
    if request.temperature < 0 or not 0 < request.top_p <= 1 or request.repetition_penalty <= 0:
        return "The sampling settings are out of range: temperature >= 0, 0 < top_p <= 1, repetition_penalty > 0."
    return None


def too_long(tokens: int, context: int | None) -> str | None:
    """A plain sentence where a prompt of `tokens` leaves no room for an answer in `context`, else None."""
    if context is None or tokens < context:
        return None
    return (
        f"The text given to the model is too long: {tokens} tokens, and the model reads {context} at most. "
        "Shorten the product's fields or choose a model with a longer context."
    )


def pack(items: Sequence[Item], size: Callable[[Item], int], budget: int, most: int) -> Iterator[list[Item]]:
    """Cut items into batches of near-equal size whose padded total (largest × count) stays within `budget`.

    At most `most` items a batch; an item larger than the whole budget gets a batch of its own. Longest first, so
    that running out of memory shows at once. The sizes are tokens.
    """
    batch: list[Item] = []
    for item in sorted(items, key=size, reverse=True):
        if batch and (len(batch) >= most or size(batch[0]) * (len(batch) + 1) > budget):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
