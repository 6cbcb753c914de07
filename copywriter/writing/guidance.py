"""What a shop asks of a text beside telling the product's facts: for whom, on which occasion, in whose voice. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from copywriter.compliance import NO_RULES, Rules
from copywriter.writing.briefs import TONES
from copywriter.writing.occasions import ASKED, AUDIENCE, OCCASION, claimed
from copywriter.writing.style import Style
from foundation.evidence import Fact


@dataclass(frozen=True, slots=True)
class Guidance:
    """`audience` and `occasion` are what the shop says itself, and so may be said; `prefer` are words that make one of
    two equal texts the better one; `examples` are texts of the shop's own that sound right. `rules` no text may break.
    `voice` is the brand whose voice this is, "" for the whole shop's; `instructs` whether the model follows more than
    the brief that the bundled one was taught.
    """

    voice: str = ""
    tone: str = TONES[0]
    audience: str = ""
    occasion: str = ""
    language: str = "en"
    prefer: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    rules: Rules = NO_RULES
    instructs: bool = False

    @property
    def style(self) -> Style:
        return Style(self.prefer, self.examples)

    def facts(self) -> tuple[Fact, ...]:
        """What the shop says of the campaign, to be told and to back what is told; not what speaks of the products."""
        named = ((AUDIENCE, self.audience), (OCCASION, self.occasion))
        lines = ((source, " ".join(value.split())) for source, value in named)
        return tuple(Fact(source, ASKED[source], line) for source, line in lines if line and not claimed(source, line))


USUAL = Guidance()
