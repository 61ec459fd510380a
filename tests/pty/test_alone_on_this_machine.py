"""Nothing leaves this machine, nothing is written unless both want it, and tmux keeps nothing."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from imago_tui.words import words
from tests.pty.couple import Couple
from tests.pty.terminal import Terminal
from tests.pty.traces import (
    OF_THE_COUPLE,
    Place,
    in_the_middle,
    to_a_field,
)

if TYPE_CHECKING:
    from pathlib import Path

ANA, BEN = 0, 1
KEYS = 10


def use(place: Place, *before: str, astray: tuple[str, str] | None = None) -> None:
    """A talk that is gone on with, left by its door; and the journal, read on the screen."""
    for arguments in (("dialogue", "--resume"), ("journal",)):
        module = ["imago_tui"] if astray is None else ["tests.pty.astray", *astray]
        with Terminal(
            [*before, sys.executable, "-P", "-m", *module, *arguments, *place.key],
            env=place.env,
            cwd=str(place.folder / "here"),
        ) as terminal:
            if arguments[0] == "dialogue":
                to_a_field(terminal)
            else:
                terminal.wait_for(words("commands.leave.short"))
            terminal.wait_quiet()
            terminal.press("ctrl+c")
            assert terminal.wait_exit() == 130


def test_no_socket_and_no_file_elsewhere(tmp_path: Path) -> None:
    """Watched from inside: no socket but the loop's own pair, no file but the journal's."""
    place = Place(tmp_path)
    in_the_middle(place)
    log = place.folder / "elsewhere" / "watched"
    use(place, astray=("watch", str(log)))
    told = log.read_text().splitlines()
    sockets = [line for line in told if line.startswith("socket.")]
    assert all(
        (line.startswith("socket.__new__") and "AddressFamily.AF_UNIX" in line)
        or "(1, 1, 0)" in line
        for line in sockets
    ), sockets
    opened = [line.removeprefix("open ") for line in told if line.startswith("open ")]
    own = (str(place.home), ".tmp-", "entries", "index-", "lock", "/dev/", "settings")
    by_name = [one for one in opened if not one.isdigit() and "__pycache__" not in one]
    assert [one for one in by_name if not one.startswith(own)] == []


def test_no_call_to_a_network(tmp_path: Path) -> None:
    """Watched from outside: what the system is asked for."""
    strace = shutil.which("strace")
    if strace is None or not allowed(strace):
        pytest.skip("strace is missing here, or not allowed")
    place = Place(tmp_path)
    in_the_middle(place)
    log = place.folder / "elsewhere" / "calls"
    use(place, strace, "-f", "-qq", "-A", "-e", "trace=network", "-o", str(log))
    calls = [line for line in log.read_text().splitlines() if "(" in line and "+++" not in line]
    assert [line for line in calls if "AF_INET" in line or "connect(" in line] == []


def allowed(strace: str) -> bool:
    """Whether a process may be watched here."""
    return subprocess.run([strace, "-qq", "true"], capture_output=True, check=False).returncode == 0


def test_tmux_keeps_nothing(tmp_path: Path) -> None:
    """In tmux: no line in its scrollback, no buffer, no name of a window."""
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("tmux is missing here")
    place = Place(tmp_path)
    in_the_middle(place)
    socket = place.folder / "elsewhere" / "t"
    inside = shlex.join(
        [sys.executable, "-P", "-m", "imago_tui", "dialogue", "--resume", *place.key]
    )

    def ask(*command: str) -> str:
        done = subprocess.run(
            [tmux, "-S", str(socket), *command],
            env=place.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout

    command = [tmux, "-S", str(socket), "-f", "/dev/null", "new-session", "sh"]
    with Terminal(
        command, size=(100, 30), env=place.env, cwd=str(place.folder / "here")
    ) as terminal:
        try:
            terminal.wait_for(lambda text: "$" in text or "#" in text)
            ask("set-option", "-g", "set-clipboard", "on")
            terminal.send(f'{inside}; echo it is ov""er\r')
            to_a_field(terminal)
            terminal.press("ctrl+a")
            terminal.press("ctrl+c")
            terminal.wait_for("it is over")
            kept = ask("capture-pane", "-p", "-S", "-") + ask("list-windows", "-F", "#W #T")
            assert "it is over" in kept
            shown = kept.replace(inside, "")
            assert [one for one in OF_THE_COUPLE if one in shown] == []
            assert ask("list-buffers") == ""
        finally:
            ask("kill-server")
    assert terminal.clipboard == []


def first_evening(terminal: Terminal) -> Couple:
    """From the start to the first spoken appreciation, with the keys that stand on the screen."""
    couple = Couple(terminal, exercise="appreciation", names=("Left", "Right"))
    couple.first_evening("appreciation")
    return couple


def test_a_first_evening_asks_for_little_and_writes_nothing(tmp_path: Path) -> None:
    """Ten keys at most to the first appreciation; no file at all."""
    place = Place(tmp_path)
    with place.start("dialogue", personality="modern") as terminal:
        couple = first_evening(terminal)
        for _ in range(KEYS):
            scene = couple.shadow.scene()
            if scene.writer and "appreciat" in (scene.ask + scene.place).lower():
                break
            ready = [(who, one) for who in (ANA, BEN) for one in scene.choices[who][:1]]
            who, choice = ready[0]
            couple.choose(who, choice.key)
        couple.see()
        assert couple.keys <= KEYS, couple.keys
        assert place.files() == []
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    assert place.files() == []
    assert terminal.kept().strip() == ""
