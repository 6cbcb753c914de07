"""Names of languages, in the language of the request."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language


def named(tag: str) -> str:
    """`de` → German; the tag itself where nobody named it."""
    return _named(tag, (get_language() or "en").replace("-", "_"))


@lru_cache(maxsize=512)
def _named(tag: str, into: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag).get_display_name(Locale.parse(_BABEL.get(into, into))) or tag
    except (UnknownLocaleError, ValueError):
        return tag


_BABEL = {"zh_hans": "zh_Hans"}
