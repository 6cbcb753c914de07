"""Of each subject and kind one unedited draft waits: a later job's takes the place of an earlier one's."""

from __future__ import annotations

from django.db.models import F

from copywriter.models import Draft, DraftStatus


def replace_earlier(draft: Draft) -> int:
    """Put aside what earlier jobs wrote of the same subject, kind and language and nobody decided; gives how many.

    What a person edited waits on: it is that person's text.
    """
    if draft.status != DraftStatus.PENDING:
        return 0
    same = Draft.objects.filter(product_id=draft.product_id, category=draft.category, kind=draft.kind)
    same = same.filter(language=draft.language)
    unread = same.filter(job_id__lt=draft.job_id, status=DraftStatus.PENDING, edited_by=None, text=F("original_text"))
    return int(unread.update(status=DraftStatus.REPLACED))
