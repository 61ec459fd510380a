"""What must be so before anything else happens: nothing of the couple leaks by the back door."""

from __future__ import annotations

import os
import resource

DROPPED = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SHOW_RETURN", "TEXTUAL_DRIVER")
DROPPED_BEGINNINGS = ("TEXTUAL_DEVTOOLS_", "TEXTUAL_SCREENSHOT")


def developing() -> bool:
    """Whether IMAGO_DEV=1 asks for a developer's tools; only ever with invented words."""
    return os.environ.get("IMAGO_DEV") == "1"


def close_doors() -> None:
    """No core files, and none of Textual's switches that write down keys or screens.

    Textual reads its switches once, at import, so this comes first. IMAGO_DEV=1 leaves them.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if developing():
        return
    for name in list(os.environ):
        if name in DROPPED or name.startswith(DROPPED_BEGINNINGS):
            del os.environ[name]
