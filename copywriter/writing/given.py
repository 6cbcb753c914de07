"""A digest of all that a model is given for one text, by which the same is not written twice. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from copywriter.kinds import TextKind
from copywriter.writing.briefs import VERSION, Brief
from copywriter.writing.guidance import Guidance
from foundation.evidence import Fact


def digest(
    facts: Sequence[Fact], kind: TextKind, brief: Brief, take: int, guided: Guidance, prompted: str, model: str
) -> str:
    """64 hexadecimal digits (SHA-256), equal in every process for equal values. `facts` are the useful ones in their
    order, `guided` what the job was given for the product's brand, `model` `copywriter.model_in_use.model_name()` and
    `prompted` the version of the prompts. The seed is none of it: another text of the same is a `take`."""
    told = [[fact.source, fact.label, fact.value] for fact in facts]
    whole = [told, kind.name, [brief.kind, brief.length, brief.tone], take, _guidance(guided), prompted, model]
    return hashlib.sha256(_dumped(whole).encode()).hexdigest()


def given(facts: Sequence[Fact], kind: TextKind, brief: Brief, take: int, guided: Guidance, model: str) -> str:
    """The digest with the prompts of this version."""
    return digest(facts, kind, brief, take, guided, VERSION, model)


@lru_cache(maxsize=256)
def _guidance(guided: Guidance) -> str:
    """A shop's rules may be thousands of words, and are the same for all its products."""
    return hashlib.sha256(_dumped(_plain(guided)).encode()).hexdigest()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(value: Any) -> Any:
    """As JSON holds it, sets in one order. Of a function its name."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(value[key])] for key in sorted(value, key=str)]
    if isinstance(value, set | frozenset):
        return sorted((_plain(one) for one in value), key=_dumped)
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    if isinstance(value, re.Pattern):
        return [value.pattern, value.flags]
    return getattr(value, "__qualname__", type(value).__qualname__)
