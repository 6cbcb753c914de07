"""What people say to each other about a draft."""

from __future__ import annotations

from copywriter.errors import EmptyComment, LongComment, NotTheirComment
from copywriter.models import Comment, Draft
from foundation.tenancy.models import User

MOST_CHARACTERS = 2_000


def comment(draft: Draft, text: str, by: User) -> Comment:
    """Raises `EmptyComment` and `LongComment`."""
    text = text.replace("\0", "").strip()
    if not text:
        raise EmptyComment
    if len(text) > MOST_CHARACTERS:
        raise LongComment(len(text), MOST_CHARACTERS)
    made: Comment = Comment.objects.create(draft=draft, text=text, by=by)
    return made


def remove_comment(comment: Comment, by: User) -> None:
    """Raises `NotTheirComment` where another person wrote it."""
    if comment.by_id != by.pk:
        raise NotTheirComment
    comment.delete()
