"""What can be done with drafts. The only place that writes them."""

from __future__ import annotations

from copywriter.services.accepting import Accepted, accept_many
from copywriter.services.commenting import comment, remove_comment
from copywriter.services.deciding import accept, edit, reject, reject_many, restore, restore_many
from copywriter.services.keeping import keep, keep_all
from copywriter.services.measuring import keep_evaluation, measure
from copywriter.services.policy import change_policy
from copywriter.services.taking_back import TakenBack, take_back

__all__ = [
    "Accepted", "TakenBack", "accept", "accept_many", "change_policy", "comment", "edit", "keep", "keep_all",
    "keep_evaluation", "measure", "reject", "reject_many", "remove_comment", "restore", "restore_many", "take_back",
]  # fmt: skip
