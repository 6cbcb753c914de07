"""What makes two rows the same review, and two names the same author."""

from __future__ import annotations

import uuid
from datetime import date
from hashlib import blake2b


def review_digest(
    *,
    source: str,
    source_id: str,
    product_key: str,
    product_title: str,
    text: str,
    written_on: date | None,
    author: str,
) -> uuid.UUID:
    """By the source's own id, else by product, text, date and author.

    The product as the file calls it, not the one it was matched to: the same file must give the same digests after
    the catalog grew. A hash, so that the author's name can be deleted and the file still adds nothing.
    """
    if source_id:
        return _digest("id", source.casefold(), source_id)
    day = written_on.isoformat() if written_on else ""
    named = product_key or product_title
    return _digest("text", named.casefold(), " ".join(text.split()), day, author.casefold())


def author_digest(name: str, contact: str) -> uuid.UUID | None:
    """By the contact, else by the name; None for nobody."""
    if contact:
        return _digest("contact", contact.casefold())
    return _digest("name", " ".join(name.split()).casefold()) if name else None


def _digest(*parts: str) -> uuid.UUID:
    """No part holds a NUL, so joining them loses nothing."""
    return uuid.UUID(bytes=blake2b("\0".join(parts).encode(), digest_size=16).digest())
