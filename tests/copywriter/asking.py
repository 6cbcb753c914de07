"""Sentences asked for and read as a description's are, without a writer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from copywriter.kinds import DESCRIPTION, TextKind
from copywriter.writing import describing, parts
from copywriter.writing.briefs import SYSTEM, Brief
from copywriter.writing.candidates import Sofar
from copywriter.writing.guidance import Guidance
from copywriter.writing.style import NO_STYLE, Style
from foundation.inference.types import Completion, Request


def requests(sofar: Sofar, tone: str, seed: int) -> tuple[Request, ...]:
    form = parts.FORMS[DESCRIPTION.parts]
    asked = partial(form.asked, sofar, Brief("description", "long", tone), SYSTEM)
    return describing.requests(sofar, asked, partial(form.begun, DESCRIPTION, sofar), seed)


def taken(sofar: Sofar, answers: Iterable[Completion], style: Style = NO_STYLE, kind: TextKind = DESCRIPTION) -> Sofar:
    guided = Guidance(prefer=style.prefer, examples=style.examples)
    return describing.taken(sofar, answers, partial(parts.read, kind, guided), style, kind.most_parts)
