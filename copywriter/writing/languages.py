"""In which languages texts can be asked for, and by which names people know them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

NAMES = {
    "en": "English", "zh-hans": "简体中文", "zh-hant": "繁體中文", "ja": "日本語", "ko": "한국어", "de": "Deutsch",
    "fr": "Français", "es": "Español", "it": "Italiano", "pt": "Português", "nl": "Nederlands", "pl": "Polski",
    "cs": "Čeština", "da": "Dansk", "sv": "Svenska", "nb": "Norsk bokmål", "fi": "Suomi", "hu": "Magyar",
    "ro": "Română", "el": "Ελληνικά", "tr": "Türkçe", "uk": "Українська",
}  # fmt: skip
"""By tag, each in its own language, as a person who reads it looks for it."""
ENGLISH = "en"


def askable() -> list[str]:
    """The tags of what the model writes; all of `NAMES` where nobody knows what the operator's own model writes."""
    return [tag for tag in NAMES if not settings.COPY_LANGUAGES or tag in settings.COPY_LANGUAGES]


def choices() -> list[tuple[str, str]]:
    """For a form, English first."""
    return [(tag, NAMES[tag]) for tag in askable()]


def problem(tag: str) -> str:
    """Why no text can be written in this language and what to do about it; "" where it can."""
    if tag in askable():
        return ""
    if tag not in NAMES:
        return _("Nothing is known of the language “%(tag)s”. Choose one of the list.") % {"tag": tag[:20]}
    return _(
        "The bundled model writes English only. For texts in %(language)s, whoever runs this server has to set"
        " COPY_MODEL to a multilingual model, or COPY_ENGINE=remote, COPY_URL and COPY_MODEL to a server that has one."
    ) % {"language": NAMES[tag]}


def is_foreign(tag: str) -> bool:
    """Whether the check of evidence, which reads English, cannot read it."""
    return tag.partition("-")[0] != ENGLISH
