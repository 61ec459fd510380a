"""A page of its own for kept words: on the terminal's other screen, which leaves nothing behind."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import tty
import unicodedata
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTER = "\x1b[?1049h\x1b[H\x1b[2J\x1b[?25l"
LEAVE = "\x1b[H\x1b[2J\x1b[?25h\x1b[?1049l"
HOME = "\x1b[H"
TO_END = "\x1b[K"
BELOW = "\x1b[J"
BREAK = b"\x03"
CLOSE = {b"q", b"Q", b"\x1b", b"", b"\x04"}
ON = {b" ", b"f", b"\x1b[6~"}
BACK = {b"b", b"\x1b[5~"}
DOWN = {b"j", b"\r", b"\n", b"\x1b[B", b"\x1bOB"}
UP = {b"k", b"\x1b[A", b"\x1bOA"}
FIRST = {b"g", b"\x1b[H", b"\x1b[1~"}
LAST = {b"G", b"\x1b[F", b"\x1b[4~"}


class Pager:
    """Shows a text, as much as fits, until it is closed.

    Args:
        text: holds nothing that a terminal would obey (see ``inert``).
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._top = 0

    def run(self) -> None:
        """Show it; returns when it is closed.

        Raises:
            ImagoError: 2 there is no keyboard to close it with.
            KeyboardInterrupt: Ctrl+C; the screen is as it was before.
        """
        keys = _keyboard()
        try:
            with _raw(keys), _signals() as resized, _other_screen():
                while self._draw_and_read(keys, resized):
                    pass
        finally:
            os.close(keys)

    def _draw_and_read(self, keys: int, resized: int) -> bool:
        width, height = os.get_terminal_size(sys.stdout.fileno())
        lines = wrapped(self._text, max(1, width))
        page = max(1, height - 1)
        last = max(0, len(lines) - page)
        self._top = min(max(0, self._top), last)
        shown = lines[self._top : self._top + page]
        foot = words("reading.pager.end" if self._top >= last else "reading.pager.keys")
        rows = [*shown, *[""] * (page - len(shown)), *wrapped(foot, max(1, width))[:1]]
        sys.stdout.write(HOME + f"{TO_END}\r\n".join(rows[:height]) + TO_END + BELOW)
        sys.stdout.flush()
        return self._pressed(_read(keys, resized), page, len(lines))

    def _pressed(self, key: bytes | None, page: int, length: int) -> bool:
        if key == BREAK:
            raise KeyboardInterrupt
        if key is not None and key in CLOSE:
            return False
        for these, by in ((ON, page), (BACK, -page), (DOWN, 1), (UP, -1)):
            if key in these:
                self._top += by
        if key in FIRST:
            self._top = 0
        if key in LAST:
            self._top = length
        return True


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines that fit into `width` cells, broken between words where that is possible."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line, used, gap = "", 0, -1
        for letter in paragraph:
            cells = _cells(letter)
            if used + cells > width and line:
                cut = gap if gap > 0 else len(line)
                found.append(line[:cut])
                line = line[cut:].lstrip(" ") if gap > 0 else ""
                used, gap = sum(map(_cells, line)), -1
            if letter == " ":
                gap = len(line)
            line += letter
            used += cells
        found.append(line)
    return found


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _keyboard() -> int:
    """Where keys come from: the terminal, also where the standard input is something else."""
    try:
        if os.isatty(0):
            return os.dup(0)
        return os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        raise ImagoError(
            words("errors.terminal_needed"), words("errors.terminal_needed_hint"), 2
        ) from None


def _read(keys: int, resized: int) -> bytes | None:
    """A key, or a whole escape sequence; None when the terminal has another size now."""
    try:
        ready, _, _ = select.select([keys, resized], [], [])
        if resized in ready:
            os.read(resized, 64)
            return None
        key = os.read(keys, 1)
        if key == b"\x1b" and select.select([keys], [], [], 0.03)[0]:
            key += os.read(keys, 8)
    except OSError:
        return b""
    return key


@contextmanager
def _raw(keys: int) -> Iterator[None]:
    before = termios.tcgetattr(keys)
    try:
        tty.setraw(keys)
        yield
    finally:
        with suppress(termios.error):  # the window may be gone
            termios.tcsetattr(keys, termios.TCSADRAIN, before)


@contextmanager
def _other_screen() -> Iterator[None]:
    sys.stdout.write(ENTER)
    try:
        yield
    finally:
        with suppress(OSError):  # the window may be gone
            sys.stdout.write(LEAVE)
            sys.stdout.flush()


@contextmanager
def _signals() -> Iterator[int]:
    """A closed window or a kind request to end also leave the other screen first.

    Gives what can be read from when the terminal has another size.
    """
    wakes, woken = os.pipe()
    os.set_blocking(woken, False)

    def ended(number: int, _: Any) -> None:
        raise SystemExit(128 + number)

    def noted(*_: Any) -> None:
        """What wakes is the byte that every signal leaves in the pipe."""

    handlers = {signal.SIGWINCH: noted, signal.SIGTERM: ended, signal.SIGHUP: ended}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    waking = signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    try:
        yield wakes
    finally:
        signal.set_wakeup_fd(waking)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(wakes)
        os.close(woken)
