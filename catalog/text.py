"""Descriptions as they stand in shops, as text that a person reads and a prompt can hold."""

from __future__ import annotations

import html
import re

from foundation.evidence.markup import without_hidden

BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|hr)\b[^<>]*>", re.I)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MARKUP = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|span|strong|b|em|i|a|img|table|tr|td)\b[^<>]*>", re.I)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")


def is_html(text: str) -> bool:
    return MARKUP.search(text) is not None


def plain(description: str) -> str:
    """Without tags, scripts and entities, one line a block. For reading, not for HTML: escape it there."""
    text = description.replace("\\n", "\n")  # how WooCommerce writes a line end
    if "<" in text:
        text = BLOCK.sub("\n", without_hidden(text))
        text = TAG.sub("", text)
    text = html.unescape(text)
    return LINES.sub("\n", SPACES.sub(" ", text)).strip()


def as_html(text: str) -> str:
    """Plain text as paragraphs, everything in it escaped."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """A cell of ours in a text file that no spreadsheet takes for a formula. A workbook says itself what is one."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def cleaned(text: str) -> str:
    """HTML that a person wrote, without scripts and handlers."""
    import nh3

    return nh3.clean(text)
