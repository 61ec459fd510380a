"""What happens around them: a full disk, a clock that jumps, a process stopped or killed."""

from __future__ import annotations

import signal
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest

from imago_tui.dialogue.events import Event
from imago_tui.journal.store import Journal
from imago_tui.keeping import newest_unfinished, resume_talk
from imago_tui.tui.commands import SEATS
from imago_tui.words import words
from tests.pty.couple import TOP, environment, program
from tests.pty.traces import PASSPHRASES, UNSENT, Place, go_on, in_the_middle, to_a_field

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together

ANA, BEN = 0, 1
FULL = words("journal.write.full")


def unfinished(place: Place) -> tuple[list[str | None], str]:
    """What has been said and confirmed, and the line that was being typed."""
    with Journal.open(place.home / "journal", PASSPHRASES[:1]) as journal:
        entry = newest_unfinished(journal)
        assert entry is not None
        talk = resume_talk(journal, entry)
        return [
            turn.text for turn in talk.state.said.standing
        ], talk.draft.words if talk.draft else ""


def a_disk_that_is_full(folder: Path) -> None:
    """It says so in a plain line, the words still stand there, and later they are kept."""
    place = Place(folder)
    in_the_middle(place)
    file = place.folder / "elsewhere" / "full"
    file.touch()
    with place.start("dialogue", "--resume", *place.key, astray=("full", str(file))) as terminal:
        to_a_field(terminal)
        terminal.wait_for(FULL, timeout=60)
        assert set(UNSENT.split()) <= set(terminal.text().split())
        file.unlink()
        terminal.wait_for(FULL, timeout=60, gone=True)
        assert UNSENT in terminal.text()
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    assert unfinished(place)[1] == UNSENT


def a_clock_that_jumps(folder: Path) -> None:
    """A laptop that slept: the candle waits, a word says so, and any key goes on."""
    place = Place(folder)
    in_the_middle(place)
    file = place.folder / "elsewhere" / "ahead"
    file.write_text("0")
    with place.start("dialogue", "--resume", *place.key, astray=("clock", str(file))) as terminal:
        couple = go_on(terminal)
        terminal.wait_quiet()
        asleep = file.with_suffix(".new")
        asleep.write_text("7200")
        asleep.replace(file)
        terminal.wait_for(words("table.jump"))
        assert words("table.candle.past") not in terminal.text()
        couple.press("down")
        terminal.wait_for(words("table.jump"), gone=True)
        assert words("table.candle.past") not in terminal.text()
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130


def a_process_that_is_stopped(folder: Path) -> None:
    """Stopped and set going again, it says so, and takes keys as before."""
    place = Place(folder)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        to_a_field(terminal)
        terminal.wait_quiet()
        terminal.signal(signal.SIGSTOP)
        terminal.wait_quiet(3.2)  # nothing is written for longer than what counts as a jump
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(words("table.jump"))
        terminal.type("!")
        terminal.wait_for(f"{UNSENT}!")
        terminal.wait_for(words("table.jump"), gone=True)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130


def has_draft(place: Place, half: str, _: str) -> bool:
    """Whether the journal has the half line."""
    return unfinished(place)[1] == half


STEPS = (
    (BEN, "mirror"),
    (ANA, "check.yes+more.no"),
    (BEN, "summary"),
    (ANA, "summary-check.yes"),
    (ANA, "remember.skip"),
    (BEN, "validate"),
    (BEN, "empathize"),
    (ANA, "empathy-check.yes"),
)


def killed_at_step_after_step(folder: Path) -> None:
    """Each time it goes on exactly there, with the line that was being typed."""
    place = Place(folder)
    session = in_the_middle(place)
    half = ""
    for who, what in STEPS:
        with place.start("dialogue", "--resume", *place.key) as terminal:
            couple = go_on(terminal)
            couple.shadow = session
            if half:  # both say that they are there before words are shown
                for side in ("left", "right"):
                    terminal.wait_for(words("table.both.here"))
                    terminal.wait_quiet()
                    couple.press(SEATS[side][0])
                terminal.wait_for(half)
                terminal.wait_quiet()
                couple.press("enter")
                session.do(Event(session.scene(typing=BEN).writes, BEN, half))
            if "." in what:
                couple.choose(who, what)
                couple.see()
                half = ""
            else:
                half = f"half of what {what} was to be"
                couple.see()
                if words("commands.send.short") not in terminal.text():
                    couple.press("t")  # who has typed before has a field already
                terminal.wait_for(words("commands.send.short"))
                terminal.type(half)
                terminal.wait_for(partial(has_draft, place, half))
            terminal.signal(signal.SIGKILL)
            terminal.wait_exit()
    said, _ = unfinished(place)
    assert said == [turn.text for turn in session.state.said.standing]
    assert sum(text is not None and text.startswith("half") for text in said) == len(STEPS) // 2


def a_pause_in_mid_sentence(folder: Path) -> None:
    """The words are out of sight while it lasts, and stand there again when they go on."""
    place = Place(folder)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        couple = to_a_field(terminal)
        terminal.wait_quiet()
        couple.press("f9")
        terminal.wait_for(UNSENT, gone=True)
        terminal.wait_quiet()
        couple.press("tab")
        terminal.wait_quiet()
        if UNSENT not in terminal.text():
            couple.press("enter")
        terminal.wait_for(UNSENT)
        terminal.type("!")
        terminal.wait_for(f"{UNSENT}!")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
    assert unfinished(place)[1] == f"{UNSENT}!"


MISHAPS: dict[str, Callable[[Path], None]] = {
    one.__name__.replace("_", " "): one
    for one in (
        killed_at_step_after_step,
        a_disk_that_is_full,
        a_process_that_is_stopped,
        a_clock_that_jumps,
        a_pause_in_mid_sentence,
    )
}


@pytest.fixture(scope="module")
def mishaps(together: Callable[[str], Together]) -> Abreast[None]:
    """All of them, at the same time."""
    return together("test_nothing_is_lost")(lambda case, folder: MISHAPS[case](folder), MISHAPS)


@pytest.mark.parametrize("case", MISHAPS)
def test_nothing_is_lost(mishaps: Abreast[None], case: str) -> None:
    """Each has its own checks."""
    assert mishaps[case] is None


@pytest.mark.parametrize("arguments", [("dialogue",), ("dialogue", "silly"), ("journal",)])
def test_without_a_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Status 2 at once, a hint, and not one escape code."""
    place = Place(tmp_path)
    in_the_middle(place)
    done = subprocess.run(
        program(*arguments),
        input=b"hello\n",
        env=environment(place.home),
        cwd=TOP,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    told = done.stderr.decode().splitlines()
    assert len(told) == 2
    assert told[0].startswith("imago-tui: ")
    assert "\x1b" not in done.stderr.decode()


def test_lines_from_a_pipe_come_to_an_end(tmp_path: Path) -> None:
    """Nobody is left waiting when the pipe is empty."""
    done = subprocess.run(
        program("dialogue", "--plain", "silly"),
        input=b"\n\n\n",
        env=environment(tmp_path),
        cwd=TOP,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode in {0, 2}
    assert b"\x1b" not in done.stdout + done.stderr
