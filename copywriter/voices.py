"""How a shop speaks and what its texts may not say, read once for a chunk of products."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from copywriter import policies
from copywriter.compliance import Rules
from copywriter.model_in_use import is_bundled
from copywriter.models import Policy, Voice
from copywriter.writing.guidance import Guidance
from copywriter.writing.wishes import Wish


@dataclass(frozen=True, slots=True)
class ShopVoices:
    """Of the shop in whose scope it was read; `voices` by brand."""

    voices: dict[str, Voice]
    policy: Policy

    @classmethod
    def read(cls) -> Self:
        return cls({voice.brand: voice for voice in Voice.objects.all()}, policies.read())

    def of(self, brand: str) -> Voice:
        """The brand's, else the shop's, else one that asks for nothing."""
        return self.voices.get(brand) or self.voices.get("") or Voice()

    def with_voice(self, voice: Voice) -> Self:
        """As if it were saved."""
        return replace(self, voices={**self.voices, voice.brand: voice})

    def rules(self, brand: str) -> Rules:
        """What no text about a product of this brand may say."""
        return policies.rules_of(self.policy, self.of(brand).avoid)

    def guidance(self, brand: str, wish: Wish) -> Guidance:
        """What a job's wish says goes before what the voice does."""
        voice = self.of(brand)
        return Guidance(
            voice=voice.brand,
            tone=wish.tone or voice.tone,
            audience=wish.audience or voice.audience,
            occasion=wish.occasion,
            language=wish.language,
            prefer=tuple(voice.prefer),
            examples=tuple(voice.examples),
            rules=self.rules(brand),
            instructs=not is_bundled(),
        )
