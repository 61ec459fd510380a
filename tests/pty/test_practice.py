"""A practice in a terminal: a couple plays by itself, what is tried alone leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

from imago_tui.words import words
from tests.pty.couple import environment, program
from tests.pty.terminal import Terminal

TRIED = "You never looked up when I came in, but I was tired myself."


def practice(home: Path, *more: str) -> Terminal:
    command = program("dialogue", "--practice", *more)
    stale = {
        "COLUMNS": "80",
        "LINES": "24",
    }  # what a shell exported before the window was made small
    return Terminal(command, size=(48, 14), env=environment(home, **stale))


def test_in_lines_a_couple_is_hurried_halted_and_left(tmp_path: Path) -> None:
    with practice(tmp_path / "home", "--plain") as terminal:
        terminal.wait_for(words("practice.page.choose.options.enough"))
        for line, shows in (
            ("1", words("practice.how")[:30]),
            ("", "Greta presses"),
            ("p", words("practice.waits")),
            ("", "Ivo presses"),
            ("q", words("practice.page.watched.title", one="Greta", two="Ivo")),
        ):
            terminal.wait_quiet()
            terminal.type(line)
            terminal.press("enter")
            terminal.wait_for(shows)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "Greta" not in terminal.kept()


def test_a_couple_plays_by_itself_and_a_try_leaves_nothing(tmp_path: Path) -> None:
    with practice(tmp_path / "home") as terminal:
        terminal.wait_for(words("practice.page.choose.title"))
        terminal.wait_quiet()
        terminal.press("4")
        terminal.wait_for("Dana presses: Yes, now")  # nobody has pressed a key for it
        terminal.press("escape")
        terminal.wait_for(words("practice.page.watched.title", one="Dana", two="Suri"))
        terminal.wait_quiet()
        terminal.press("1")
        terminal.wait_for("Nothing added")  # the choice before it is called like the page
        terminal.wait_quiet()
        terminal.type(TRIED)
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for(words("practice.page.told.title"))
        terminal.wait_for("You never")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "never" not in terminal.kept()
        assert terminal.unrestored() == []
    assert not (tmp_path / "home").exists()
