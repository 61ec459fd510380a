"""The command line: its shape, its statuses, and what never stands on stderr."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from imago_tui import __version__
from imago_tui.commands import COMMANDS
from imago_tui.words import words

TOP = Path(__file__).parent.parent
SECRET = "invisible-on-sunday"


def imago(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run the program as people do."""
    return python("-m", "imago_tui", *arguments, stdout=stdout)


def python(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run this Python in the checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=TOP,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )


def with_command(body: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run the program with one more command, `try`, that does `body`."""
    lines = [
        "import sys, types, click",
        "import imago_tui.commands as commands",
        "from imago_tui.cli import main",
        *before,
        "module = types.ModuleType('trying')",
        "def run():",
        *(f"    {line}" for line in body.splitlines()),
        "module.command = click.Command('try', callback=run)",
        "sys.modules['trying'] = module",
        "commands.COMMANDS['try'] = 'trying'",
        "sys.exit(main(['try']))",
    ]
    return python("-c", "\n".join(lines))


def test_version() -> None:
    done = imago("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"imago-tui {__version__}\n", "")


def test_help_shows_every_command_with_its_line() -> None:
    done = imago("--help")
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    assert all(name in told and words(f"cli.commands.{name}") in told for name in COMMANDS)


def test_without_a_command_it_says_what_there_is() -> None:
    assert imago().stdout == imago("-h").stdout


def test_about_is_read_without_a_terminal() -> None:
    done = imago("about")
    assert (done.returncode, done.stderr) == (0, "")
    assert "findahelpline.com" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named", "hint"),
    [
        (["abuot"], "abuot", "imago-tui about"),
        (["zzzzzz"], "zzzzzz", "--help"),
        (["--vresion"], "--vresion", "--version"),
        (["about", "--loud"], "--loud", "imago-tui about --help"),
        (["about", "extra"], "extra", "imago-tui about --help"),
        (["\x1b]0;title\x07"], "\u241b]0;title\u2407", "--help"),
    ],
)
def test_what_is_not_known_is_told_with_a_hint(arguments: list[str], named: str, hint: str) -> None:
    done = imago(*arguments)
    first, second = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert first.startswith("imago-tui: ")
    assert named in first
    assert hint in second


def test_a_fault_of_ours_tells_kind_and_place_and_no_words() -> None:
    done = with_command(f"words = '{SECRET}'\nraise ValueError(words)")
    assert done.returncode == 1
    assert SECRET not in done.stderr
    assert "Traceback" not in done.stderr
    assert "ValueError at imago_tui/" in done.stderr
    assert done.stderr.startswith("imago-tui: ")


def test_a_fault_of_a_thread_or_of_logging_tells_no_words_either() -> None:
    done = with_command(
        "import threading, logging\n"
        "def other():\n"
        f"    raise ValueError('{SECRET}')\n"
        "thread = threading.Thread(target=other); thread.start(); thread.join()\n"
        "try:\n"
        "    other()\n"
        "except ValueError:\n"
        "    logging.getLogger('asyncio').exception('unheard')\n"
    )
    assert done.returncode == 0
    assert "ValueError" in done.stderr
    assert SECRET not in done.stderr


def test_what_a_command_returns_is_the_status() -> None:
    assert with_command("return 3").returncode == 3
    assert with_command("return 'text'").returncode == 0
    assert with_command("return True").returncode == 0


def test_an_error_of_ours_keeps_its_status_and_is_shown_inert() -> None:
    body = "from imago_tui.errors import ImagoError\nraise ImagoError('a\\x1b[31mb', 'so', 4)"
    done = with_command(body)
    assert (done.returncode, done.stderr) == (4, "imago-tui: a\u241b[31mb\nso\n")


def test_broken_off_also_where_interrupts_were_ignored() -> None:
    done = with_command(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nsignal.pause()",
        "import signal",
        "signal.signal(signal.SIGINT, signal.SIG_IGN)",
    )
    assert done.returncode == 130


def test_broken_off_says_nothing() -> None:
    done = with_command("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nsignal.pause()")
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_a_prompt_broken_off_is_the_same() -> None:
    assert with_command("raise click.Abort").returncode == 128 + signal.SIGINT


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = imago("about", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = imago("about", stdout=full.fileno())
    assert done.returncode == 7
    assert done.stderr.startswith("imago-tui: ")


def test_no_core_file_and_no_switch_of_textual_that_writes_keys_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    harmful = ["TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEVTOOLS_PORT", "TEXTUAL_SCREENSHOT",
               "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_PRESS", "TEXTUAL_DRIVER"]  # fmt: skip
    for name in [*harmful, "TEXTUAL_ANIMATIONS"]:
        monkeypatch.setenv(name, "1")
    body = (
        "import os, resource\n"
        "print(*sorted(name for name in os.environ if name.startswith('TEXTUAL')))\n"
        "print(*resource.getrlimit(resource.RLIMIT_CORE))"
    )
    assert with_command(body).stdout == "TEXTUAL_ANIMATIONS\n0 0\n"
    monkeypatch.setenv("IMAGO_DEV", "1")
    assert set(harmful) < set(with_command(body).stdout.split())


def test_windows_is_told_in_a_sentence() -> None:
    done = with_command(
        "raise AssertionError",
        # As there: what only POSIX has cannot be imported. (Words first: they build a path.)
        "import os, imago_tui.words; os.name = 'nt'",
        "sys.modules.update(dict.fromkeys(['fcntl', 'resource', 'pwd', 'termios']))",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"imago-tui: {words('errors.windows')}",
        words("errors.windows_hint"),
    ]


@pytest.mark.parametrize(("closed", "status"), [("1", 0), ("2", 2)])
def test_a_stream_that_was_closed_from_outside_is_no_mishap(closed: str, status: int) -> None:
    command = {"1": "exercises list", "2": "exercises lst"}[closed]
    line = f'"{sys.executable}" -m imago_tui {command} {closed}>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")
