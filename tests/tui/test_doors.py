"""The back doors, in a real terminal: nothing of the couple stays, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOP = Path(__file__).parent.parent.parent
SECRET = "ashamedofthedebt"
PATIENCE = 20.0
MODES = ("?1049", "?2004", "?1004", "?1000", "?1003")

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
    end = time.monotonic() + 30
    while time.monotonic() < end:
        sum(range(1000))
async def slow(app):
    import asyncio, hashlib
    def derive():
        for _ in range(40):
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


class Terminal:
    """The program in a terminal of 48x14."""

    def __init__(self, mode: str, home: Path) -> None:
        environment = {**os.environ, "IMAGO_TUI_HOME": str(home), "TERM": "xterm-256color"}
        self.child = pexpect.spawn(
            sys.executable, ["-c", PROGRAM, mode], dimensions=(14, 48), env=environment
        )
        self.raw = b""
        self.screen = pyte.Screen(48, 14)
        self.stream = pyte.ByteStream(self.screen)

    def read(self, seconds: float = 0.01) -> bool:
        """Read what there is; whether the program is still there."""
        try:
            found = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += found
        # pyte reads the keyboard protocol's switches as text; they are looked at in the raw bytes
        self.stream.feed(found.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return True

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.read(), f"ended early:\n{self.text}\n{self.raw[-600:]!r}"
            assert time.monotonic() < end, self.text

    def shows(self, text: str) -> None:
        self.until(lambda: text in self.text)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    @property
    def stopped(self) -> bool:
        """Whether the process stands still, as a shell would see it."""
        asked = ["ps", "-o", "state=", "-p", str(self.child.pid)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        return done.stdout.strip().startswith("T")

    def rest(self, seconds: float) -> None:
        """Let time pass, where time is what it is about."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.read()

    def ends(self) -> tuple[int | None, float]:
        """Its exit status, and how long the end took."""
        start = time.monotonic()
        while self.read():
            assert time.monotonic() - start < PATIENCE
        took = time.monotonic() - start
        self.child.close()
        return self.child.exitstatus, took

    @property
    def after(self) -> str:
        """What came after the alternate screen was left."""
        return self.raw.rpartition(b"\x1b[?1049l")[2].decode("utf-8", "replace")

    def restored(self) -> None:
        """Every mode that was switched on is off again, and nothing went where it stays."""
        for mode in MODES:
            on, off = f"\x1b[{mode}h".encode(), f"\x1b[{mode}l".encode()
            assert on not in self.raw or self.raw.rindex(off) > self.raw.rindex(on), mode
        assert self.raw.rindex(b"\x1b[?25h") > self.raw.rindex(b"\x1b[?25l")
        assert self.raw.rindex(b"\x1b[<u") > self.raw.rindex(b"\x1b[>25u")
        assert b"\x1b]52" not in self.raw
        assert b"\x1b]0;" not in self.raw
        assert b"\x1b]2;" not in self.raw
        assert SECRET not in self.after


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """Start the program in a mode."""
    begun: list[Terminal] = []

    def begin(mode: str) -> Terminal:
        begun.append(Terminal(mode, tmp_path))
        begun[-1].shows("Esc enough")
        return begun[-1]

    yield begin
    for one in begun:
        one.child.close(force=True)


def write_secret(terminal: Terminal) -> None:
    """Somebody types into a field."""
    terminal.rest(0.5)  # the guard: keys count when it has been quiet for a while
    terminal.child.send("t")
    terminal.shows("Ctrl+T")
    terminal.child.send(SECRET)
    terminal.shows(SECRET)


def test_close_now_inside_a_field(start: Callable[[str], Terminal]) -> None:
    terminal = start("plain")
    write_secret(terminal)
    terminal.child.send("\x03")
    status, took = terminal.ends()
    assert status == 130
    assert took < 0.2
    terminal.restored()
    assert terminal.after.strip("\x1b[?25h") == ""


@pytest.mark.parametrize("mode", ["busy", "slow"])
def test_close_now_while_everything_is_busy(start: Callable[[str], Terminal], mode: str) -> None:
    terminal = start(mode)
    terminal.rest(1.3)
    terminal.child.send("\x03")
    status, took = terminal.ends()
    assert status == 130
    assert took < 0.5  # 0.2 on a machine of one's own; this one may be shared
    terminal.restored()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_signals(start: Callable[[str], Terminal], number: signal.Signals, status: int) -> None:
    terminal = start("plain")
    write_secret(terminal)
    terminal.child.kill(number)
    assert terminal.ends()[0] == status
    terminal.restored()


def test_a_crash_tells_its_kind_and_place_and_not_a_word(start: Callable[[str], Terminal]) -> None:
    terminal = start("crash")
    assert terminal.ends()[0] == 1
    terminal.restored()
    assert "ValueError at " in terminal.after
    assert SECRET not in terminal.raw.decode("utf-8", "replace")


def test_what_goes_astray_after_the_end_is_nobodys_news(start: Callable[[str], Terminal]) -> None:
    terminal = start("twice")
    assert terminal.ends()[0] == 0
    terminal.restored()
    assert "ValueError" not in terminal.after


def test_a_crash_of_the_flow(tmp_path: Path) -> None:
    terminal = Terminal("flow", tmp_path)
    assert terminal.ends()[0] == 1
    assert "ValueError" in terminal.after
    assert SECRET not in terminal.raw.decode("utf-8", "replace")


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
    terminal.child.kill(signal.SIGTSTP)
    terminal.until(lambda: terminal.stopped)
    terminal.until(lambda: b"\x1b[?1049l" in terminal.raw)
    terminal.child.kill(signal.SIGCONT)
    terminal.until(lambda: terminal.raw.count(b"\x1b[?1049h") == 2)
    terminal.rest(0.5)
    terminal.child.send("\x03")
    assert terminal.ends()[0] == 130
