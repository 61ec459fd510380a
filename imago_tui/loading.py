"""While parts of the program are loaded, Ctrl+C ends it there and then.

Python tells Ctrl+C by an exception, and one that comes in the middle of an import can get lost, or
leave half a module behind. Nothing is open yet that would have to be put away first.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imago_tui.errors import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def loading() -> Iterator[None]:
    """For as long as this lasts; after it Ctrl+C is what it was before, but never ignored.

    Whoever started us may have had interrupts ignored. Ctrl+C closes all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does
        return
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        ignored = before is signal.SIG_IGN
        signal.signal(signal.SIGINT, signal.default_int_handler if ignored else before)
