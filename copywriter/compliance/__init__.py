"""What a text may not say although it may be true: rules of law by market, and the shop's own words. Pure."""

from __future__ import annotations

from copywriter.compliance.rules import NO_RULES, Breach, Rules

__all__ = ["NO_RULES", "Breach", "Rules"]
