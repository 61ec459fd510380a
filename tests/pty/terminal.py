"""A real pty with a terminal at its other end that remembers all that a terminal keeps.

Two screens (the normal one with its scrollback, the alternate one), window titles, clipboard writes
and notifications are kept apart, so that a test can ask what stays after the program has gone. Keys
are sent as a terminal sends them. Waiting is always for a condition.
"""

from __future__ import annotations

import base64
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

import pyte

SIZES = ((48, 14), (80, 24), (100, 30), (200, 55))
PERSONALITIES = ("modern", "modern48", "basic", "mute", "kitty")
WAIT = 45.0
"""Seconds that something may take on a machine that is busy with other things."""
AFTER_EXIT = 5.0

IN_A_SESSION = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvpe(sys.argv[1], sys.argv[1:], os.environ)
"""
"""The terminal becomes the one that rules the program: its keys send signals, its end ends it."""

AT_FIRST = frozenset({7, 25})
"""Modes that a terminal has on: lines wrap, the cursor is shown."""
MUST_BE_OFF = {
    1049: "alternate screen", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1006: "mouse",
    1015: "mouse", 1016: "mouse", 1004: "focus", 2004: "paste", 2048: "in-band resize",
}  # fmt: skip

TOKEN = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[0-9;:]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[P_^X](?P<dcs>[^\x1b]*)\x1b\\"
)
OPEN_END = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_^X][^\x1b]*\x1b?)?$")

KEYS = {
    "tab": "\t", "enter": "\r", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "delete": "\x1b[3~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~",
    "f10": "\x1b[21~", "shift+tab": "\x1b[Z",
}  # fmt: skip
KITTY = {"tab": 9, "enter": 13, "escape": 27, "space": 32, "backspace": 127}


class Terminal:
    """A program in a pty. ``personality``: how the terminal answers the program's questions.

    ``modern`` knows synchronized output, ``modern48`` in-band resize too, ``basic`` little,
    ``mute`` never answers, ``kitty`` sends keys in kitty's way once the program asks for it.
    """

    def __init__(
        self,
        argv: list[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: dict[str, str] | None = None,
        personality: str = "modern",
        cwd: str | None = None,
    ) -> None:
        columns, rows = size
        self.personality = personality
        self.normal = pyte.HistoryScreen(columns, rows, history=10_000, ratio=0.5)
        self.alternate = pyte.Screen(columns, rows)
        self._streams = {id(s): pyte.Stream(s) for s in (self.normal, self.alternate)}
        self.in_alternate = False
        self.modes: set[int] = set(AT_FIRST)
        self.titles: list[str] = []
        self.clipboard: list[str] = []
        self.notes: list[str] = []
        self.raw: list[bytes] = []
        self._kitty_flags: list[int] = []
        self._pending = ""
        self._changed = threading.Condition()
        self._closed = False
        self._written = time.monotonic()
        self.ended = 0.0
        self._master, theirs = pty.openpty()
        self._settings = termios.tcgetattr(theirs)
        self._size(columns, rows)
        self._stop, self._stopper = os.pipe()
        # Not a fork of our own: several terminals are open at once, and their readers are threads.
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", IN_A_SESSION, *argv],
            stdin=theirs, stdout=theirs, stderr=theirs,
            env=env, cwd=cwd, start_new_session=True,
        )  # fmt: skip
        self._theirs = theirs
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            self.process.kill()
        self.process.wait()
        self._let_go()
        for one in (self._stop, self._stopper, self._theirs):
            with suppress(OSError):
                os.close(one)

    def _let_go(self) -> None:
        """No longer listen, and close our side: the terminal is gone."""
        with suppress(OSError):
            os.write(self._stopper, b".")
        self._reader.join(AFTER_EXIT)
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self.process.poll() is None

    @property
    def pid(self) -> int:
        """The program's process."""
        return self.process.pid

    @property
    def rested(self) -> float:
        """The instant (monotonic) of the last that was written, either way."""
        return self._written

    # ------------------------------------------------------------------ what it shows

    @property
    def screen(self) -> pyte.Screen:
        """The screen that is shown now."""
        return self.alternate if self.in_alternate else self.normal

    def lines(self) -> list[str]:
        """The rows of the screen that is shown, without trailing spaces."""
        with self._changed:
            return [row.rstrip() for row in self.screen.display]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def kept(self) -> str:
        """All that stays with the terminal: normal screen, scrollback, titles, clipboard, notes."""
        with self._changed:
            history = [
                "".join(line[column].data for column in range(self.normal.columns))
                for line in (*self.normal.history.top, *self.normal.history.bottom)
            ]
            still = self.in_alternate and self._master >= 0  # a window that is closed shows nothing
            shown = self.alternate.display if still else []
            told = [*self.titles, *self.clipboard, *self.notes]
            return "\n".join([*history, *self.normal.display, *shown, *told])

    def unrestored(self) -> list[str]:
        """What a program that has ended has left switched on, or off. Nothing, when it is tidy."""
        left = [f"{MUST_BE_OFF[mode]} {mode}" for mode in MUST_BE_OFF if mode in self.modes]
        left += [f"mode {mode} off" for mode in AT_FIRST - self.modes]
        left += [f"kitty flags {flags}" for flags in self._kitty_flags]
        if self._theirs >= 0 and termios.tcgetattr(self._theirs) != self._settings:
            left.append("line settings")
        return left

    def wait_for(
        self, wanted: str | Callable[[str], object], timeout: float = WAIT, *, gone: bool = False
    ) -> str:
        """Wait until a text is on the screen (``gone``: no longer), or a condition on it holds."""
        holds = wanted if callable(wanted) else lambda text: _flat(wanted) in _flat(text)
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                text = "\n".join(row.rstrip() for row in self.screen.display)
                if bool(holds(text)) is not gone:
                    return text
                left = deadline - time.monotonic()
                ended = self._closed or (not self.alive and self._emptied())
                if left <= 0 or ended:
                    what = f"waited for {wanted!r} (gone={gone}, ended={ended})"
                    raise AssertionError(f"{what}; on screen:\n{text}")
                self._changed.wait(min(left, 0.5))

    def wait_quiet(self, seconds: float = 0.4, timeout: float = WAIT) -> None:
        """Wait until nothing has been written for a while: what was pressed has been taken."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not self._closed:
                rest = self._written + seconds - time.monotonic()
                if rest <= 0:
                    return
                if time.monotonic() > deadline:
                    raise AssertionError(f"never quiet; on screen:\n{self.screen.display}")
                self._changed.wait(rest)

    @contextmanager
    def answering(self, timeout: float = 2.0) -> Iterator[None]:
        """Do something, and wait until something has been written since, if anything ever is."""
        before = len(self.raw)
        yield
        with self._changed:
            self._changed.wait_for(
                lambda: len(self.raw) > before or self._closed or not self.alive, timeout
            )

    # ------------------------------------------------------------------ what people do

    def press(self, *keys: str) -> None:
        """Press keys by name: a letter, ``enter``, ``ctrl+c``, ``f1`` ..."""
        for key in keys:
            self.send(self._key(key))

    def type(self, text: str) -> None:
        """Type a text key by key."""
        for character in text:
            self.send(character)

    def paste(self, text: str) -> None:
        """Paste in one go, bracketed when the program asked for that."""
        self.send(f"\x1b[200~{text}\x1b[201~" if 2004 in self.modes else text)

    def send(self, text: str) -> None:
        """Send characters as they are."""
        self._written = time.monotonic()
        self._write(text.encode("utf-8", "surrogateescape"))

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data[:4096]) :]

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size, as a user's mouse does."""
        with self._changed:
            self.normal.resize(rows, columns)
            self.alternate.resize(rows, columns)
        self._size(columns, rows)
        if 2048 in self.modes and self.personality == "modern48":
            self.send(f"\x1b[48;{rows};{columns};{rows * 16};{columns * 8}t")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        os.close(self._theirs)
        self._theirs = -1
        self._let_go()

    def wait_exit(self, timeout: float = WAIT) -> int:
        """Wait for the program's end: its exit status, or minus the signal that ended it.

        ``ended`` is the instant (monotonic) at which it was gone.
        """
        if hasattr(os, "pidfd_open"):  # to the millisecond, where the system can
            with suppress(ProcessLookupError):
                handle = os.pidfd_open(self.pid)
                select.select([handle], [], [], timeout)
                self.ended = time.monotonic()
                os.close(handle)
                timeout = 1.0
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running; on screen:\n{self.text()}") from None
        self.ended = self.ended or time.monotonic()
        with self._changed:
            # Our end of its side is open, so no end is read: what it wrote last has come when
            # nothing more is there to read.
            self._changed.wait_for(lambda: self._closed or self._emptied(), AFTER_EXIT)
        return status

    def _emptied(self) -> bool:
        return not select.select([self._master], [], [], 0)[0]

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # ------------------------------------------------------------------ the terminal's own part

    def _key(self, name: str) -> str:
        if self.personality == "kitty" and self._kitty_flags and self._kitty_flags[-1]:
            control = name.startswith("ctrl+")
            bare = name.removeprefix("ctrl+")
            code = KITTY.get(bare) or (ord(bare) if len(bare) == 1 else None)
            if code is not None:
                text = f";1;{code}" if len(bare) == 1 and not control else ""
                return f"\x1b[{code}{';5' if control else text}u"
        if name.startswith("ctrl+"):
            return chr(ord(name[-1]) & 0x1F)
        return KEYS.get(name, name)

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while True:
            ready, _, _ = select.select([self._master, self._stop], [], [])
            with self._changed:
                data = b""
                if self._stop not in ready:
                    with suppress(OSError):
                        data = os.read(self._master, 65536)
                if not data:
                    self._closed = True
                    self._changed.notify_all()
                    return
                self.raw.append(data)
                self._written = time.monotonic()
                self._feed(decoder.decode(data))
                self._changed.notify_all()

    def _feed(self, text: str) -> None:
        text = self._pending + text
        tail = OPEN_END.search(text)
        cut = tail.start() if tail else len(text)
        text, self._pending = text[:cut], text[cut:]
        position = 0
        for token in TOKEN.finditer(text):
            self._draw(text[position : token.start()])
            position = token.end()
            if self._handle(token):
                self._draw(token[0])
        self._draw(text[position:])

    def _draw(self, text: str) -> None:
        if text:
            self._streams[id(self.screen)].feed(text)

    def _handle(self, token: re.Match[str]) -> bool:
        """Take part in what the program asks of a terminal. True: pyte shall see it too."""
        if (osc := token["osc"]) is not None:
            self._osc(osc)
            return False
        if token["dcs"] is not None:
            return False
        private, numbers = token["private"], token["numbers"]
        final = token["middle"] + token["final"]
        if private == "?" and final in {"h", "l"}:
            return self._mode([int(n) for n in numbers.split(";") if n], on=final == "h")
        if final == "$p":
            known = {2026} | ({2048} if self.personality == "modern48" else set())
            told = int(numbers or 0)
            if self.personality not in {"basic", "mute"}:
                self._answer(f"\x1b[?{told};{2 if told in known else 0}$y")
            return False
        if final == "u" and private in {">", "<", "?", "="}:
            self._kitty(private, numbers)
            return False
        if final == "c":
            self._answer("\x1b[?62;c" if private in {"", "?"} else "\x1b[>0;0;0c")
            return False
        if final == "n" and numbers == "6":
            self._answer(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")
            return False
        return private in {"", "?"} and not token["middle"]

    def _mode(self, numbers: list[int], *, on: bool) -> bool:
        for number in numbers:
            (self.modes.add if on else self.modes.discard)(number)
            if number in {47, 1047, 1049}:
                self.in_alternate = on
                if on:
                    self.alternate.reset()
            if number == 2048 and on and self.personality == "modern48":
                self._answer(f"\x1b[48;{self.screen.lines};{self.screen.columns};0;0t")
        return not set(numbers) & {47, 1047, 1049, 2048, 2026}

    def _kitty(self, private: str, numbers: str) -> None:
        if private == ">":
            self._kitty_flags.append(int(numbers.split(";", maxsplit=1)[0] or 0))
        elif private == "<" and self._kitty_flags:
            self._kitty_flags.pop()
        elif private == "?" and self.personality == "kitty":
            self._answer(f"\x1b[?{self._kitty_flags[-1] if self._kitty_flags else 0}u")

    def _osc(self, text: str) -> None:
        number, _, rest = text.partition(";")
        if number in {"0", "1", "2"}:
            self.titles.append(rest)
        elif number == "52":
            with suppress(ValueError):
                self.clipboard.append(
                    base64.b64decode(rest.partition(";")[2]).decode("utf-8", "replace")
                )
        elif number in {"9", "99", "777"}:
            self.notes.append(rest)

    def _answer(self, text: str) -> None:
        if self.personality != "mute":
            with suppress(OSError):
                os.write(self._master, text.encode())


def _flat(text: str) -> str:
    """A text without its line breaks: sentences wrap differently at every size."""
    return " ".join(text.split())
