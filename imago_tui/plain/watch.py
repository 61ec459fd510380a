"""What goes on while a line is typed: the clocks are looked at, and half a line is kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from imago_tui.session import Draft

if TYPE_CHECKING:
    from types import TracebackType

    from imago_tui.plain.console import Console
    from imago_tui.session import Session

EVERY = 1.0
"""Seconds between two looks."""

PATIENCE = 2.0
"""Seconds that the end waits for a save that is under way."""


class Watch:
    """Looks at the clocks and at the line once a second, for as long as its ``with`` lasts.

    Whoever touches the session holds ``lock``. ``writing`` is the step, or the key of a choice, and
    the person whose line is being typed, None when it is no line to keep.
    """

    def __init__(self, console: Console, session: Session) -> None:
        self.lock = threading.RLock()
        self.writing: tuple[str, int] | None = None
        self._console, self._session = console, session
        self._found: list[str] = []
        self._kept = ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:  # noqa: PYI034  nobody subclasses it
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def told(self) -> tuple[str, ...]:
        """What the clocks have had to say since the last time."""
        with self.lock:
            found, self._found = tuple(self._found), []
        return found

    def keep(self, typed: str) -> None:
        """Keep the line as far as it is typed."""
        if self.writing is None or typed == self._kept:
            return
        step, who = self.writing
        self._session.draft(Draft(step, who, typed) if typed else None)
        self._kept = typed

    def keep_last(self, typed: str) -> None:
        """Keep the line when all is about to end; what is busy now is not waited for long."""
        got = self.lock.acquire(timeout=PATIENCE)
        try:
            self.keep(typed)
        finally:
            if got:
                self.lock.release()

    def begin(self, step: str, who: int) -> str:
        """``who`` types a line for ``step``; gives what they had typed of it before."""
        with self.lock:
            before = self._session.drafted
            self.writing, self._kept = (step, who), ""
            meant = before is not None and (before.step, before.who) == self.writing
            return before.words if before is not None and meant else ""

    def taken(self) -> None:
        """The line was taken; the next one begins empty."""
        self.writing, self._kept = None, ""

    def _run(self) -> None:
        while not self._done.wait(EVERY):
            with self.lock:
                word = self._session.tick()
                if word == "jump":
                    self._session.go_on()
                if word:
                    self._found.append(word)
                self.keep(self._console.typed())
