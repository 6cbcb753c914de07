"""What no log may hold: the secret part of an address that lets whoever reads it in."""

from __future__ import annotations

import logging
import re

# Links of letters, as a path or quoted in a `next=`: an invitation, a new password, the proof of an address.
_SECRET = re.compile(r"((?:/|%2F)(?:invitations|reset(?:/|%2F)key|confirm-email)(?:/|%2F))[\w:.-]{8,}", re.I)


class WithoutSecrets(logging.Filter):
    """Changes the line, and lets every line through. For a handler, so that libraries' loggers are held too."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
