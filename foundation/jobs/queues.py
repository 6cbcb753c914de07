"""The four queues. Each has workers of its own, so that a batch can't delay a chat."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Queue(models.TextChoices):
    CHAT = "chat", _("Chat")  # a person waits for each word
    INTERACTIVE = "interactive", _("Interactive")  # a person waits for the page
    BULK = "bulk", _("Bulk")  # model work on many rows
    IO = "io", _("Files")  # imports, exports, housekeeping: no model
