"""The back doors, in a real terminal, while the app is busy, stopped, or going astray.

How the whole program ends, and what stays of it then, stands in ``tests/pty``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.couple import environment
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOP = Path(__file__).parent.parent.parent
SECRET = "ashamedofthedebt"
PATIENCE = 20.0

PROGRAM = f"""
import sys, time
sys.path.insert(0, {str(TOP)!r})
from imago_tui.mishaps import settle, watch
from imago_tui.privacy import close_doors
close_doors(); watch()
from imago_tui import exercises
from imago_tui.session import Session
from imago_tui.tui.app import run
def crash(app):
    private = {SECRET!r}
    raise ValueError(private)
def busy(app):
    end = time.monotonic() + 600  # far longer than anybody waits for the end
    while time.monotonic() < end:
        sum(range(1000))
async def slow(app):
    import asyncio, hashlib
    def derive():
        for _ in range(4000):
            hashlib.scrypt(b"x" * 16, salt=b"y" * 16, n=2**17, r=8, p=1, maxmem=2**28)
    await asyncio.to_thread(derive)
async def flow(app):
    mode = sys.argv[1]
    if mode == "flow":
        crash(app)
    if mode == "slow":
        app.run_worker(slow(app))
    if mode in ("crash", "busy"):
        app.set_timer(1.0, lambda: globals()[mode](app))
    if mode == "twice":
        app.set_timer(1.0, lambda: (app.exit(0), app.call_later(crash, app)))
    await app.hold(Session(exercises.load("silly"), ("Ana", "Ben")))
    return 0
try:
    status = run(flow)
except Exception as mishap:
    status = settle(mishap)
sys.exit(status)
"""


def begun(mode: str, home: Path) -> Terminal:
    return Terminal([sys.executable, "-c", PROGRAM, mode], size=(48, 14), env=environment(home))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """Start the program in a mode, and wait for the table."""
    made: list[Terminal] = []

    def begin(mode: str) -> Terminal:
        made.append(begun(mode, tmp_path))
        made[-1].wait_for("Esc enough")
        return made[-1]

    yield begin
    for one in made:
        one.__exit__()


def write_secret(terminal: Terminal) -> None:
    """Somebody types into a field."""
    terminal.wait_quiet()  # the guard: keys count when it has been quiet for a while
    terminal.press("t")
    terminal.wait_for("Ctrl+T")
    terminal.type(SECRET)
    terminal.wait_for(SECRET)


def closes(terminal: Terminal) -> None:
    """Ctrl+C, which waits for nothing that is under way, and leaves nothing."""
    terminal.press("ctrl+c")
    assert terminal.wait_exit() == 130
    restored(terminal)
    assert terminal.kept().split() == []


def restored(terminal: Terminal) -> None:
    """Every mode is as it was, and nothing went where it stays."""
    assert terminal.unrestored() == []
    assert (terminal.titles, terminal.clipboard) == ([], [])
    assert SECRET not in terminal.kept()


def stopped(terminal: Terminal) -> bool:
    """Whether the process stands still, as a shell would see it."""
    asked = ["ps", "-o", "state=", "-p", str(terminal.pid)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip().startswith("T")


def test_close_now_inside_a_field(start: Callable[[str], Terminal]) -> None:
    terminal = start("plain")
    write_secret(terminal)
    closes(terminal)


@pytest.mark.parametrize("mode", ["busy", "slow"])
def test_close_now_while_everything_is_busy(start: Callable[[str], Terminal], mode: str) -> None:
    terminal = start(mode)
    terminal.wait_quiet(1.3)  # by then it is
    closes(terminal)


def test_a_crash_tells_its_kind_and_place_and_not_a_word(start: Callable[[str], Terminal]) -> None:
    terminal = start("crash")
    assert terminal.wait_exit() == 1
    restored(terminal)
    assert "ValueError at " in terminal.kept()
    assert SECRET.encode() not in b"".join(terminal.raw)


def test_what_goes_astray_after_the_end_is_nobodys_news(start: Callable[[str], Terminal]) -> None:
    terminal = start("twice")
    assert terminal.wait_exit() == 0
    restored(terminal)
    assert terminal.kept().split() == []


def test_a_crash_of_the_flow(tmp_path: Path) -> None:
    with begun("flow", tmp_path) as terminal:
        assert terminal.wait_exit() == 1
        restored(terminal)
        assert "ValueError at " in terminal.kept()
        assert SECRET.encode() not in b"".join(terminal.raw)


def test_without_a_terminal_it_says_so_and_does_not_hang(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "plain"],
        input="hi\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "IMAGO_TUI_HOME": str(tmp_path)},
    )
    assert done.returncode == 2
    assert done.stderr.startswith("imago-tui: ")
    assert "\x1b" not in done.stdout + done.stderr


def test_stopped_and_going_on(start: Callable[[str], Terminal]) -> None:
    terminal = start("plain")
    terminal.signal(signal.SIGTSTP)
    terminal.wait_for(lambda _: stopped(terminal) and not terminal.in_alternate)
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("Esc enough")
    assert terminal.in_alternate
    terminal.wait_quiet()
    closes(terminal)
