"""Claims of a text held against given facts: product fields, passages, counted findings. Pure; knows no model.

`check(text, facts)` is the door. A claim that no fact holds is unbacked, and so is the sentence that it stands in.
"""

from foundation.evidence.checker import check
from foundation.evidence.types import Claim, Fact, Kind, Problem, Report, Sentence, from_json, kept_text, to_json

__all__ = ["Claim", "Fact", "Kind", "Problem", "Report", "Sentence", "check", "from_json", "kept_text", "to_json"]
