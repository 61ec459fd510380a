"""This moment, as it is written down: read in one place, and light enough to be there at once."""

from __future__ import annotations

from datetime import datetime


def local_now() -> datetime:
    """Now, with this machine's offset."""
    return datetime.now().astimezone()
