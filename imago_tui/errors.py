"""The only kind of mishap a person ever reads about."""

from __future__ import annotations

FAULT = 1
WRONG_USE = 2
NOT_ALLOWED = 3
NO_PASSPHRASE = 4
DAMAGED = 5
INTERRUPTED = 130
"""Ctrl+C, as the shell counts a program that the signal SIGINT ended."""


class ImagoError(Exception):
    """Something a person can be told in one plain sentence.

    Args:
        message: what happened, ready to be shown. Never words of a dialogue, a passphrase, or
            content of a file: what stands here may end in scrollback or a bug report.
        hint: what one can do now; may be empty.
        status: exit status of the program. 1 a fault of ours, 2 wrong use or a bad file or setting,
            3 a step the dialogue does not allow, 4 wrong or missing passphrase, 5 a damaged, newer
            or forged file was met, 6 the journal is being written elsewhere, 7 it cannot be
            written.
    """

    def __init__(self, message: str, hint: str = "", status: int = FAULT) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status
