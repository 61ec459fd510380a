"""However it ends, nothing of the couple stays: not with the terminal, not in a file."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from imago_tui.words import words
from tests.pty.traces import (
    PASSPHRASES,
    SIGNALS,
    UNSENT,
    Ended,
    Place,
    ended,
    go_on,
    in_the_middle,
    number_of,
    to_a_field,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together
    from tests.pty.terminal import Terminal

AT_ONCE = 1.0
"""Seconds in which close now has to be over here, on a machine that is busy with other things; the
promise is 0.2, and the bench measures it."""
CLOSED_NOW = 130
POINTER = b"22"
"""The one thing that is told to the terminal beside the screen: the shape of the mouse pointer."""


def press_ctrl_c(terminal: Terminal) -> float:
    terminal.wait_quiet(0.2)
    begun = time.monotonic()
    terminal.press("ctrl+c")
    return begun


def clean(terminal: Terminal) -> float:
    """Leave the table in good order."""
    terminal.press("escape")
    terminal.wait_quiet()
    terminal.press(number_of(terminal, words("table.enough.pause")))
    terminal.wait_for(words("table.enough.pause"), gone=True)
    terminal.wait_quiet()
    terminal.press("escape")
    terminal.wait_for(words("table.enough.leave"))
    terminal.wait_quiet()
    terminal.press(number_of(terminal, words("table.enough.leave")))
    terminal.wait_for(words("evening.page.bye.title"))
    terminal.wait_quiet()
    terminal.press("enter")
    return time.monotonic()


def in_a_card(*keys: str) -> Callable[[Terminal], float]:
    """Close now with something on top of the table."""

    def close(terminal: Terminal) -> float:
        for key in keys:
            terminal.wait_quiet()
            terminal.press(key)
        return press_ctrl_c(terminal)

    return close


def by_signal(name: str) -> Callable[[Terminal], float]:
    """End from outside."""

    def send(terminal: Terminal) -> float:
        begun = time.monotonic()
        terminal.signal(SIGNALS[name][0])
        return begun

    return send


def hang_up(terminal: Terminal) -> float:
    begun = time.monotonic()
    terminal.hang_up()
    return begun


WAYS: dict[str, tuple[Callable[[Terminal], float], int]] = {
    "clean": (clean, 0),
    "ctrl+c in the field": (press_ctrl_c, 130),
    "ctrl+c at enough": (in_a_card("escape"), 130),
    "ctrl+c in the list": (in_a_card("ctrl+p"), 130),
    "ctrl+c at a word to park": (in_a_card("f8"), 130),
    "SIGTERM": (by_signal("TERM"), 143),
    "SIGHUP": (by_signal("HUP"), 129),
    "SIGINT": (by_signal("INT"), 130),
    "window closed": (hang_up, 129),
}
LOOKING = {
    "TEXTUAL_LOG": "{here}/keys.log",
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_DEVTOOLS_PORT": "1",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": "{here}",
    "TEXTUAL_SHOW_RETURN": "1",
}


def end_it(case: str, folder: Path) -> Ended:
    """A field with unsent words, and then an end; Textual is asked to write down all it can."""
    more = {name: value.format(here=folder / "here") for name, value in LOOKING.items()}
    place = Place(folder, more)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        to_a_field(terminal)
        way, _ = WAYS[case]
        return ended(place, terminal, way(terminal))


@pytest.fixture(scope="module")
def ends(together: Callable[[str], Together]) -> Abreast[Ended]:
    """One end after the other."""
    return together("test_nothing_stays")(end_it, WAYS)


@pytest.mark.parametrize("case", WAYS)
def test_nothing_stays(ends: Abreast[Ended], case: str) -> None:
    """No word, name or passphrase, every mode as it was, the status that belongs to the end."""
    end, (_, status) = ends[case], WAYS[case]
    assert end.leaks == []
    assert end.stays.strip() == ""
    assert end.status == status
    assert case == "window closed" or end.unrestored == []
    assert set(re.findall(rb"\x1b\](\d+)", end.raw)) <= {POINTER}
    if status == CLOSED_NOW:
        assert end.seconds < AT_ONCE


CRASHES = {
    "crash_key": "x",
    "crash_draw": "",
    "crash_tick": "",
    "crash_draft": "",
    "crash_card": "escape",
    "crash_reader": "escape",
}


def crash(case: str, folder: Path) -> Ended:
    """The same field, and something goes astray with the words at hand."""
    place = Place(folder)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key, astray=(case, UNSENT)) as terminal:
        to_a_field(terminal, "")
        begun = time.monotonic()
        terminal.type(UNSENT)
        if CRASHES[case]:
            terminal.wait_for(UNSENT)
            terminal.press(CRASHES[case])
        return ended(place, terminal, begun)


@pytest.fixture(scope="module")
def crashes(together: Callable[[str], Together]) -> Abreast[Ended]:
    """One after the other."""
    return together("test_a_crash_says_one_sentence_and_no_word")(crash, CRASHES)


def one_sentence(end: Ended) -> None:
    told = [line for line in end.stays.splitlines() if line.strip()]
    hint = words("errors.fault_hint")
    assert " ".join(told).startswith("imago-tui: something in the program itself went astray")
    assert "".join("".join(told).split()).endswith("".join(hint.split()))
    assert "Traceback" not in end.stays
    assert end.stays.count("imago-tui: ") == 1
    assert end.leaks == []
    assert end.unrestored == []
    assert end.status == 1


@pytest.mark.parametrize("case", CRASHES)
def test_a_crash_says_one_sentence_and_no_word(crashes: Abreast[Ended], case: str) -> None:
    """On the normal screen stands what happened, and none of what was being said."""
    one_sentence(crashes[case])


def test_a_crash_while_a_key_is_worked_out(tmp_path: Path) -> None:
    """The passphrase is in the message of what went astray."""
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue", "--resume", astray=("crash_unlock", PASSPHRASES[1])) as terminal:
        terminal.wait_for(words("evening.page.unlock.title"))
        terminal.wait_quiet()
        terminal.type(PASSPHRASES[1])
        terminal.wait_quiet(0.2)
        begun = time.monotonic()
        terminal.press("enter")
        one_sentence(ended(place, terminal, begun))


def test_a_crash_before_there_is_anything_to_see(tmp_path: Path) -> None:
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue", *place.key, astray=("crash_mount", UNSENT)) as terminal:
        one_sentence(ended(place, terminal, 0.0))


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_ended_while_the_terminal_is_set_up(tmp_path: Path, name: str) -> None:
    place = Place(tmp_path)
    number, status = SIGNALS[name]
    with place.start("dialogue", astray=("end", str(int(number)))) as terminal:
        end = ended(place, terminal, 0.0)
    assert (end.status, end.unrestored, end.stays.strip()) == (status, [], "")


@pytest.mark.parametrize(
    "module",
    [
        "imago_tui.mishaps",
        "imago_tui.privacy",
        "click",
        "imago_tui.commands.options",
        "textual.app",
        "imago_tui.tui.tonight",
        "imago_tui.tui.closing",
    ],
)
def test_ctrl_c_in_the_first_moments(tmp_path: Path, module: str) -> None:
    """While it is still loading: gone, without a line."""
    place = Place(tmp_path)
    with place.start("dialogue", astray=("interrupt", module)) as terminal:
        end = ended(place, terminal, 0.0)
    assert (end.status, end.unrestored, end.stays.strip()) == (130, [], "")


def test_ctrl_c_while_a_key_is_worked_out(tmp_path: Path) -> None:
    """scrypt holds nothing up."""
    place = Place(tmp_path)
    in_the_middle(place)
    kdf = place.home / "journal" / "keys" / "kdf.toml"
    kdf.write_text(kdf.read_text().replace("15", "19"))
    with place.start("dialogue", "--resume") as terminal:
        terminal.wait_for(words("evening.page.unlock.title"))
        terminal.wait_quiet()
        terminal.type(PASSPHRASES[1])
        terminal.wait_quiet(0.2)
        terminal.press("enter")
        terminal.wait_for(words("evening.wait"))
        begun = time.monotonic()
        terminal.press("ctrl+c")
        end = ended(place, terminal, begun)
    assert (end.status, end.unrestored, end.leaks, end.stays.strip()) == (130, [], [], "")
    assert end.seconds < AT_ONCE


def test_the_next_start_says_nothing_of_it(tmp_path: Path) -> None:
    """Behind the passphrase there is the ordinary offer to go on; before it there is nothing."""
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue") as terminal:
        terminal.wait_for(words("evening.page.unlock.title"))
        terminal.wait_quiet()
        usual = terminal.text()
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    before = {path: path.stat().st_mtime_ns for path in place.files()}
    with place.start("dialogue", "--resume", *place.key) as terminal:
        go_on(terminal)
        terminal.wait_quiet()
        press_ctrl_c(terminal)
        assert terminal.wait_exit() == 130
    assert {path: path.stat().st_mtime_ns for path in place.files()} == before
    with place.start("dialogue") as terminal:
        terminal.wait_for(words("evening.page.unlock.title"))
        terminal.wait_quiet()
        assert terminal.text() == usual
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    assert not list((place.folder / "tmp").iterdir())
