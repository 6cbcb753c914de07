"""What of a text the classifier reads: no markup, emoji as words, ordinary spelling, of a very long text both ends."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

LONGEST = 4_000
"""Characters of each end of a text that are read at all: more than `MOST_TOKENS` ever need."""
MOST_TOKENS = 256
HEAD_SHARE = 0.6
"""Of the tokens of a text that is too long; the rest is its end, where reviewers say what they conclude."""
EMOJI = {
    "love": "😍🥰😘😻❤♥💕💖💗💓💞💙💚💛🧡💜🤎🖤",
    "happy": "😀😃😄😁😆😊🙂☺😺🤗🎉🥳😎🤩",
    "great": "👍👌💯🙌👏🌟⭐🏆🔥",
    "bad": "👎❌🙁☹😕😒🙄",
    "angry": "😡😠🤬😤👿",
    "sad": "😢😭😞😔😥😿💔😩😫",
    "awful": "🤮🤢💩🤦",
}
"""The encoder's vocabulary has next to none of them: what is not listed here is left out."""
_WORD_OF = {ord(one): f" {word} " for word, signs in EMOJI.items() for one in signs}
_OTHER_SIGN = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_TAG = re.compile(r"<(?:!--.{0,500}?--|/?[a-zA-Z][^<>]{0,500})>", re.DOTALL)
_SPLIT = re.compile(r" (n['’]t|['’](?:s|re|ve|ll|d|m)\b)", re.IGNORECASE)
_BEFORE_MARK = re.compile(r" +([.,!?;:])(?=\s|$)")


def cleaned(text: str) -> str:
    """Without tags and entities, emoji as words; what a corpus set apart (“was n't bad ,”) is joined again."""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]} {text[-LONGEST:]}"
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _OTHER_SIGN.sub(" ", text.translate(_WORD_OF))
    text = _BEFORE_MARK.sub(r"\1", _SPLIT.sub(r"\1", text))
    return " ".join(text.replace("\0", " ").split())


def both_ends(ids: Sequence[int], most: int = MOST_TOKENS) -> list[int]:
    """Token ids (with the first and the last special token) cut in the middle to `most`."""
    if len(ids) <= most:
        return list(ids)
    head = round(most * HEAD_SHARE)
    return [*ids[:head], *ids[len(ids) - (most - head) :]]
