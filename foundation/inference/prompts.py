"""What every local engine checks of a prompt before it is put into a batch."""

from __future__ import annotations


def too_long(tokens: int, context: int | None) -> str | None:
    """A plain sentence where a prompt of `tokens` leaves no room for an answer in `context`, else None."""
    if context is None or tokens < context:
        return None
    return (
        f"The text given to the model is too long: {tokens} tokens, and the model reads {context} at most. "
        "Shorten the product's fields or choose a model with a longer context."
    )
