"""Lines in and out: a terminal with a reader's voice, or a pipe."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, TextIO

from imago_tui.inert import inert
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType, TracebackType

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
MOST_LINE = 4096
"""Bytes of a line, as a terminal hands them over."""
MOMENT = 0.3
"""Seconds in which keys are not taken when the turn goes to someone else."""

NO_PASTE = "\x1b[?2004l"
ENDING = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


class Ended(Exception):
    """No more lines will come.

    Args:
        status: what the program ends with.
        told: whether there is somebody to say goodbye to.
    """

    def __init__(self, status: int = 0, *, told: bool = False) -> None:
        super().__init__(status)
        self.status, self.told = status, told


class Console:
    """The two streams. Use it in a ``with``: it clears the screen behind the couple.

    ``on_signal`` is called with the half-typed line before a kind request to end is followed, from
    a thread of its own: the one that waits for a line may not hear of a signal before the next key.
    """

    def __init__(self) -> None:
        self.keyboard = a_terminal(sys.stdin)
        self.terminal = a_terminal(sys.stdout)
        self.on_signal: Callable[[str], None] = lambda _: None
        self._ending: Ending | None = None
        self._readline = _readline() if self.keyboard and self.terminal else None
        self._last: object = None
        self._quiet = contextlib.ExitStack()

    def __enter__(self) -> Console:  # noqa: PYI034  nobody subclasses it
        self._ending = Ending(self._end)
        self._quiet.enter_context(unseen())
        stdin: Any = sys.stdin
        if not self.keyboard and hasattr(stdin, "reconfigure"):
            stdin.reconfigure(errors="replace")  # a stray byte must not end a talk
        if self.terminal:
            self.say(words("plain.announced"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._ending:
            self._ending.close()
        self._quiet.close()
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        self._clear()

    def say(self, *lines: str) -> None:
        """Lines for both to read or hear; nothing in them is obeyed by the terminal."""
        for line in lines:
            sys.stdout.write(inert(line) + "\n")
        sys.stdout.flush()

    def ask(self, prompt: str, *, who: object = None, begun: str = "") -> str:
        """The next line, without its end.

        Args:
            prompt: what stands before it.
            who: whose line it is; when that changes, keys pressed ahead are not taken.
            begun: what stands in it already, where the terminal can.

        Raises:
            Ended: the input has come to its end.
        """
        if sys.stdin is None:  # it was closed from outside
            raise Ended(told=True)
        self._settle(who)
        if self._readline and begun:
            self._readline.set_startup_hook(lambda: self._begin(begun))
        try:
            with seen():
                return input(inert(prompt).replace("\n", " "))
        except EOFError:
            raise Ended(told=True) from None
        finally:
            if self._readline:
                self._readline.set_startup_hook(None)

    def meanwhile(self, seconds: float | None) -> str | None:
        """A line that is typed while something goes on, within so many seconds; None when none is.

        At a keyboard only; ``seconds`` None: wait for it.

        Raises:
            Ended: the input has come to its end.
        """
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        if not ready:
            return None
        line = os.read(sys.stdin.fileno(), MOST_LINE)
        if not line:
            raise Ended(told=True)
        return line.decode(errors="replace").strip()

    def ask_hidden(self, prompt: str) -> str:
        """A line that isn't shown while it is typed; from a pipe simply the next line."""
        self._settle(prompt)
        if not self.keyboard:
            return self.ask(prompt)
        import getpass

        try:
            return getpass.getpass(inert(prompt))
        except EOFError:
            raise Ended(told=True) from None

    def typed(self) -> str:
        """What stands in the line that is being typed, as far as it can be known."""
        return str(self._readline.get_line_buffer()) if self._readline else ""

    def _settle(self, who: object) -> None:
        """Let go of what was pressed ahead: a line never answers what it has not heard."""
        if not self.keyboard:
            return
        import termios

        if who != self._last:
            time.sleep(MOMENT)
        self._last = who
        with contextlib.suppress(termios.error):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)

    def _begin(self, text: str) -> None:
        if self._readline:
            self._readline.insert_text(text)

    def _end(self, number: int) -> None:
        """Keep the half-typed line, clear the screen, and be gone."""
        if number != signal.SIGINT:
            with contextlib.suppress(Exception):  # whatever is the matter, the screen is cleared
                self.on_signal(self.typed())
        self._quiet.close()
        self._clear()
        os._exit(ENDING[signal.Signals(number)])

    def _clear(self) -> None:
        """Nothing of the couple stays on the screen or above it, where the terminal can."""
        if self.terminal and os.environ.get("TERM", "dumb") != "dumb":
            with contextlib.suppress(OSError):  # the window may be gone already
                os.write(sys.stdout.fileno(), (NO_PASTE + CLEAR).encode())


class Ending:
    """Listens for requests to end, in a thread that nothing keeps waiting.

    Args:
        follow: called there with the signal's number; it does not return.
    """

    def __init__(self, follow: Callable[[int], None]) -> None:
        self._follow = follow
        self._heard, self._told = os.pipe()
        os.set_blocking(self._told, False)
        self._wakes = signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)
        # SIGINT keeps Python's own handler: whichever of the two is first, it ends the same way.
        others = [number for number in ENDING if number != signal.SIGINT]
        self._before = {number: signal.signal(number, lambda *_: None) for number in others}
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no longer."""
        signal.set_wakeup_fd(self._wakes)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.write(self._told, b"\0")
        self._thread.join()
        os.close(self._heard)
        os.close(self._told)

    def _listen(self) -> None:
        while True:
            (number,) = os.read(self._heard, 1)
            if not number:
                return
            if number in ENDING:
                self._follow(number)


def a_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is one at which somebody sits; None is one that was closed from outside."""
    return stream is not None and stream.isatty()


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """What is typed while nobody asked for it does not show: it may be a passphrase."""
    with _echo(on=False):
        yield


@contextlib.contextmanager
def seen() -> Iterator[None]:
    """What is typed shows, inside ``unseen``."""
    with _echo(on=True):
        yield


@contextlib.contextmanager
def _echo(*, on: bool) -> Iterator[None]:
    import termios

    try:
        before = termios.tcgetattr(sys.stdin.fileno())
    except (termios.error, ValueError, OSError, AttributeError):
        yield  # no terminal, so nothing shows
        return
    changed = list(before)
    changed[3] = before[3] | termios.ECHO if on else before[3] & ~termios.ECHO
    termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, changed)
    try:
        yield
    finally:
        # The window may be gone already.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, before)


def _readline() -> ModuleType | None:
    """Line editing, without any history of what was said."""
    try:
        import readline
    except ImportError:
        return None
    readline.set_auto_history(False)
    # Pasted lines are one answer of several lines, not an answer each.
    readline.parse_and_bind("set enable-bracketed-paste on")
    return readline
