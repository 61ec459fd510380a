"""Starts the real program with one thing in it going astray, or being watched, on purpose.

``python -P -m tests.pty.astray WHAT VALUE ARGUMENT...``: ``WHAT`` is a function below, ``VALUE`` is
what it needs, the arguments are the program's own. Nothing here reads the environment.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imago_tui import cli

if TYPE_CHECKING:
    from collections.abc import Callable

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def before(holder: Any, name: str, do: Callable[..., None]) -> None:
    """Have ``do`` called with what a method is called with, before the method."""
    method = getattr(holder, name)

    @wraps(method)
    def both(*given: Any, **more: Any) -> Any:
        do(*given, **more)
        return method(*given, **more)

    setattr(holder, name, both)


def raising(words: str) -> None:
    """Raise with somebody's words in the message, in a local, and in a cause."""
    private = [words]
    try:
        int(private[0])
    except ValueError as cause:
        raise LookupError(f"{words!r} did not fit") from cause


def crash_key(value: str) -> None:
    """In the field, at the key after the words."""
    from imago_tui.tui.widgets.fields import Area

    before(Area, "_on_key", lambda area, _event: raising(value) if value in area.words else None)


def crash_draw(value: str) -> None:
    """While a line of the field is drawn."""
    from imago_tui.tui.widgets.fields import Area

    def look(area: Area, line: int) -> None:
        if value in area.document.get_line(line):
            raising(value)

    before(Area, "get_line", look)


def crash_tick(value: str) -> None:
    """In what is done once a second."""
    from imago_tui.tui.screens.clockwork import Clockwork
    from imago_tui.tui.widgets.fields import Area

    def look(table: Clockwork) -> None:
        if any(value in area.words for area in table.query(Area)):
            raising(value)

    before(Clockwork, "tick", look)


def crash_draft(value: str) -> None:
    """While the words are kept."""
    from imago_tui.keeping import JournalKeeper

    def look(_keeper: JournalKeeper, _now: object, draft: Any) -> None:
        if draft is not None and value in draft.words:
            raising(value)

    before(JournalKeeper, "save", look)


def crash_card(value: str) -> None:
    """In the worker that asks what would help."""
    from imago_tui.tui.screens import asks

    before(asks, "enough", lambda *_: raising(value))


def crash_reader(value: str) -> None:
    """In the thread that reads the keys."""
    from imago_tui.tui.closing import ImagoDriver

    before(
        ImagoDriver,
        "process_message",
        lambda _driver, message: (
            raising(value) if getattr(message, "key", "") == "escape" else None
        ),
    )


def crash_mount(value: str) -> None:
    """Before there is anything to see."""
    from imago_tui.tui.app import ImagoApp

    before(ImagoApp, "on_mount", lambda _app: raising(value))


def crash_exit(value: str) -> None:
    """When it is told from outside to end, and while words are kept now and then."""
    from imago_tui.tui.screens.writing import Writing

    before(Writing, "save_draft", lambda _table: raising(value))


def crash_unlock(value: str) -> None:
    """In the thread that works out a key, with the passphrase at hand."""
    from imago_tui.journal.store import Journal

    before(Journal, "open", lambda *_: raising(value))


def interrupt(value: str) -> None:
    """Ctrl+C at the moment in which the module ``value`` begins to be imported."""

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "import" and given[0] == value and not done:
            done.append(value)
            os.kill(os.getpid(), signal.SIGINT)

    done: list[str] = []
    sys.addaudithook(hook)


def end(value: str) -> None:
    """A signal of which the number stands in ``value`` while the terminal is being set up."""
    from imago_tui.tui.closing import ImagoDriver

    before(ImagoDriver, "start_application_mode", lambda _driver: os.kill(os.getpid(), int(value)))


def clock(value: str) -> None:
    """Both clocks are ahead by the seconds that stand in the file ``value``."""
    from imago_tui import session
    from imago_tui.dialogue.clock import Look

    real, file = session.look, Path(value)

    def look() -> Look:
        ahead = float(file.read_text())
        return Look(real().monotonic + ahead, real().wall + ahead)

    defaults = session.Session.__init__.__kwdefaults__ or {}
    defaults["looks"] = look


def full(value: str) -> None:
    """The disk is full while the file ``value`` is there."""
    from imago_tui.journal import system

    def look(*_: object) -> None:
        if Path(value).exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before(system, "write", look)


def watch(value: str) -> None:
    """Write down in the file ``value`` every socket, and every file opened to be written."""
    log = os.open(value, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            os.write(log, f"{event} {given[1:]}\n".encode())
        elif event == "open" and isinstance(given[2], int) and given[2] & WRITES:
            os.write(log, f"open {given[0]}\n".encode())

    sys.addaudithook(hook)


def main() -> int:
    """Prepare what was asked for, and be the program."""
    what, value, *arguments = sys.argv[1:]
    globals()[what](value)
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
