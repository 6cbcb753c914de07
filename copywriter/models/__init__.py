"""Rows of the copywriter."""

from __future__ import annotations

from copywriter.models.comment import Comment
from copywriter.models.draft import Draft, DraftStatus
from copywriter.models.measurement import Measurement
from copywriter.models.policy import Policy
from copywriter.models.preview import Preview
from copywriter.models.voice import Voice

__all__ = ["Comment", "Draft", "DraftStatus", "Measurement", "Policy", "Preview", "Voice"]
