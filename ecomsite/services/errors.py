"""What can go wrong when services start, in sentences for the person at the terminal."""

from __future__ import annotations


class ServicesError(Exception):
    """A service can't be started or used. The message is one plain sentence that says what to do."""


class AlreadyRunning(ServicesError):
    """Another supervisor holds the data folder."""
