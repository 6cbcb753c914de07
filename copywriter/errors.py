"""What a person can cause while reviewing, each a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from copywriter.kinds import TextKind


class CopywriterError(Exception):
    """`str()` is a plain sentence; nothing was changed."""


class NotOpen(CopywriterError):
    """The draft was decided already, perhaps by somebody else."""

    def __init__(self) -> None:
        super().__init__(_("This draft has already been decided. Undo that decision first."))


class NotDecided(CopywriterError):
    def __init__(self) -> None:
        super().__init__(_("There is no decision to undo: this draft still waits."))


class EmptyText(CopywriterError):
    def __init__(self) -> None:
        super().__init__(_("The text is empty. Write something, or reject the draft."))


class TooLong(CopywriterError):
    """The text's channel takes less."""

    def __init__(self, kind: TextKind, text: str) -> None:
        super().__init__(
            _("%(kind)s: %(length)s of at most %(limit)s characters. Shorten it by %(over)s.")
            % {
                "kind": kind.label,
                "length": kind.measure(text),
                "limit": kind.limit,
                "over": kind.measure(text) - kind.limit,
            }
        )


class EditedSince(CopywriterError):
    """A person wrote the product's description after the draft was made."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "Somebody wrote a new description of “%(title)s” after this draft was made, so it was kept."
                " Reject the draft, or describe the product again."
            )
            % {"title": title}
        )


class ChangedSince(CopywriterError):
    """Undoing would throw away a text that came after the accepted one."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "The description of “%(title)s” was changed after this draft was accepted, so it was kept."
                " Older texts are in the product's history."
            )
            % {"title": title}
        )


class EditedMeanwhile(CopywriterError):
    """Another person saved the draft while this one was writing."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this draft while you were writing. Look at their text below; saving again"
                " replaces it."
            )
        )


class EmptyComment(CopywriterError):
    def __init__(self) -> None:
        super().__init__(_("Write something first."))


class LongComment(CopywriterError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            _("This comment has %(length)s characters, and at most %(limit)s fit. Shorten it.")
            % {"length": length, "limit": limit}
        )


class NotTheirComment(CopywriterError):
    def __init__(self) -> None:
        super().__init__(_("Only the person who wrote a comment can delete it. Ask them, or answer it."))
