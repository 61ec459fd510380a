"""Close now: from anywhere, at once, nothing left on the screen, nobody waited for.

The key is met in the thread that reads the terminal, so it works while everything else is busy.
"""

from __future__ import annotations

import os
import select
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING, Any, TextIO

from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from imago_tui.tui.commands import BY_ID
from imago_tui.tui.pasted import PasteParser

if TYPE_CHECKING:
    from textual.message import Message

STATUS = 130
PATIENCE = 0.05
"""Seconds that anything here waits for a terminal that takes no output."""

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
MODES_OFF = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h"  # paste, resize and focus reports; wrapping on
)
EMPTY = "\x1b[?2026l\x1b[0m\x1b[2J\x1b[H"
KITTY_OFF = "\x1b[<u"
CURSOR_ON = "\x1b[?25h"


class Gate:
    """The terminal as a file that can be shut: after that nothing is painted any more."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._shut = False
        self.entered = False

    def write(self, text: str) -> None:
        """Write, unless shut."""
        with self._lock:
            if self._shut:
                return
            if ENTER in text:
                self.entered = True
            if LEAVE in text:
                self.entered = False
            self._file.write(text)
            self._file.flush()

    def flush(self) -> None:
        """Nothing waits here: writing flushes."""

    def shut(self) -> None:
        """Let nothing through from now on; waits only a moment for a write that hangs."""
        self._shut = True
        if self._lock.acquire(timeout=PATIENCE):
            self._lock.release()


class ImagoDriver(LinuxDriver):
    """Textual's terminal driver, with the close-now key and a gate before the screen."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.gate = Gate(sys.__stderr__ or sys.stderr)
        self._file = self.gate  # type: ignore[assignment]

    def run_input_thread(self) -> None:
        """Read the terminal, pastes to the letter. Textual looks its parser up by this name."""
        linux_driver.XTermParser = PasteParser  # type: ignore[attr-defined]
        super().run_input_thread()

    def resume_application_mode(self) -> None:
        """The program was stopped and goes on, perhaps before somebody else's eyes."""
        rest = getattr(self._app, "rest", None)
        if rest is not None:
            rest.veil()
        if not self._must_signal_resume:
            # Stopped by a signal that nobody can catch: as it would have been by one that can. Else
            # two threads read the keys, the terminal stays as it is now, and the screen empty.
            self.suspend_application_mode()
            self._must_signal_resume = True
        super().resume_application_mode()

    def process_message(self, message: Message) -> None:
        """What the terminal sent, met in the thread that reads it."""
        if isinstance(message, events.Key) and message.key in BY_ID["close-now"].twins:
            close_now(self)
        super().process_message(message)


def close_now(
    driver: ImagoDriver | None, modes: list[Any] | None = None, status: int = STATUS
) -> None:
    """End the process here, with ``status``. Nothing is saved, printed or waited for.

    ``modes``: the terminal's settings from before, if the driver has none.
    """
    if driver is not None:
        driver.gate.shut()
        descriptor = driver.fileno
        before = driver.attrs_before or modes
        restore = f"{EMPTY}{MODES_OFF}{KITTY_OFF}{LEAVE}{CURSOR_ON}" if driver.gate.entered else ""
        out = sys.__stderr__.fileno() if sys.__stderr__ is not None else 2
        _hurry(out, restore.encode())
        if before is not None:
            _quietly(lambda: termios.tcsetattr(descriptor, termios.TCSANOW, before))
            _quietly(lambda: termios.tcflush(descriptor, termios.TCIFLUSH))
    os._exit(status)


def _hurry(descriptor: int, data: bytes) -> None:
    """Write without ever hanging: what waits before it, and is not shown yet, is thrown away."""
    until = time.monotonic() + 2 * PATIENCE
    _quietly(lambda: os.set_blocking(descriptor, False))
    try:
        while data and time.monotonic() < until:
            try:
                data = data[os.write(descriptor, data) :]
            except BlockingIOError:
                _quietly(lambda: termios.tcflush(descriptor, termios.TCOFLUSH))
                select.select([], [descriptor], [], PATIENCE / 5)
    except OSError:
        return  # the terminal is gone: there is nobody to show anything to
    finally:
        # Shared with the shell that comes after us.
        _quietly(lambda: os.set_blocking(descriptor, True))


def _quietly(do: Any) -> None:
    try:
        do()
    except (OSError, termios.error):
        return
