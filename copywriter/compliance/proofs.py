"""What of a product's facts excuses a claim that a rule forbids else. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from copywriter.compliance.rule import Rule
from foundation.evidence import Fact
from foundation.evidence.normalise import normalise

_NO = frozenset(["", "-", "no", "none", "not", "false", "n/a", "na", "0", "nein", "non", "否", "无"])
_DENIED_BEFORE = re.compile(r"(?i)\b(?:no|not|non|without|never|lacks?|lost|expired)\b[^.;|]{0,30}$")
_DENIED_BEHIND = re.compile(
    r"(?i)^[\s:?(-]{0,4}(?:certificate |certification |is |was |has ){0,2}"
    r"(?:no\b(?!\.)|none|not|pending|expired|applied|denied)\b"
)


class Proofs:
    """Of one text's product. Each question is answered once, however often the text claims the same."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        """A campaign's words say for whom a text is, and nothing of the product."""
        own = [fact for fact in facts if not fact.source.startswith("campaign:") and _is_no_denial(fact)]
        self._lines = [f"{fact.label}: {fact.value}" for fact in own]
        # What a title, a tag or a text before claims is no evidence.
        self._fields = [
            normalise(f"{fact.label}: {fact.value}").text.lower()
            for fact in own
            if fact.source.startswith(("attribute:", "option:"))
        ]
        self._known: dict[tuple[str, str], bool] = {}

    def excuse(self, rule: Rule, said: str) -> bool:
        low = said.lower() if rule.by_fact else ""
        if (found := self._known.get((rule.code, low))) is None:
            found = self._known[rule.code, low] = self._excuses(rule, low)
        return found

    def _excuses(self, rule: Rule, low: str) -> bool:
        if rule.proof and any(_says(line, _pattern(rule.proof)) for line in self._lines):
            return True
        return rule.by_fact and any(_says(line, re.compile(re.escape(low))) for line in self._fields)


def _is_no_denial(fact: Fact) -> bool:
    return fact.value.strip(" .").lower() not in _NO


def _says(line: str, pattern: re.Pattern[str]) -> bool:
    """Whether it stands there without being denied: "EU Ecolabel: applied for" is none yet."""
    return any(
        not _DENIED_BEFORE.search(line[max(0, found.start() - 60) : found.start()])
        and not _DENIED_BEHIND.search(line[found.end() : found.end() + 60])
        for found in pattern.finditer(line)
    )


@lru_cache(maxsize=128)
def _pattern(proof: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{proof})(?!\w)")
