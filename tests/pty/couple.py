"""Two people at one laptop: they read the screen, and press the keys that stand there.

A second engine runs beside the program and says what has to be on the screen now, so that no
sentence is written down twice: what the engine's scene says, the screen has to show.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from imago_tui import exercises
from imago_tui.dialogue.events import Event
from imago_tui.journal.store import Journal
from imago_tui.session import Session
from imago_tui.tui.commands import SEATS
from imago_tui.words import words
from tests.pty.terminal import Terminal

TOP = Path(__file__).parents[2]
SIDES = ("left", "right")
NAMES = ("Ana", "Ben")
PASSPHRASES = ("the first of two passphrases", "the second of two passphrases")
CHEAP = 15


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a program finds around it on a machine of its own."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(home / "nobody"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "IMAGO_TUI_HOME": str(home),
        "PYTHONPATH": str(TOP),
        **more,
    }


def journal(home: Path) -> list[str]:
    """A journal for the two, quick to open; the arguments that open it with the first's key."""
    home.mkdir(parents=True, exist_ok=True)
    Journal.create(home / "journal", list(zip(NAMES, PASSPHRASES, strict=True)), cost=CHEAP).close()
    file = home / "passphrase"
    file.write_text(PASSPHRASES[0] + "\n")
    return ["--passphrase-file", str(file)]


def program(*arguments: str) -> list[str]:
    """The command line that starts the real program."""
    return [sys.executable, "-P", "-m", "imago_tui", *arguments]


class Couple:
    """Ana sits on the left, Ben on the right. ``keys`` counts every key they press.

    ``quiet``: seconds without a byte of output after which a press has been taken; longer than
    anything the program waits for itself, and never a fixed pause.
    """

    def __init__(
        self,
        terminal: Terminal,
        exercise: str = "dialogue",
        first: int = 0,
        names: tuple[str, str] = NAMES,
    ) -> None:
        self.terminal = terminal
        self.names = names
        self.keys = 0
        self.exercise, self.first = exercise, first
        self.shadow = Session(exercises.load(exercise), names, first=first)

    def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        for key in keys:
            self.keys += 1
            with self.terminal.answering():
                self.terminal.press(key)

    def answer(self, text: str, key: str) -> None:
        """On a page that says ``text``, press ``key``."""
        self.terminal.wait_for(text)
        self.terminal.wait_quiet()
        self.press(key)

    def sit_down(self) -> None:
        """The pages before the table, with a journal whose key was given."""
        self.answer(words.lines("about.page")[0], "enter")
        self.answer(page("seats"), "1")
        self.answer(page("minutes"), "enter")
        self.answer(page("first"), str(self.first + 1))
        self.answer(page("topic"), "enter")
        self.answer(page("setup"), "enter")

    def first_evening(self, option: str) -> None:
        """The pages before the table on a first evening, without names; the left one begins."""
        self.answer(words.lines("about.page")[0], "enter")
        self.answer(page("names"), "enter")
        options = list(words.table("evening.page.tonight.options"))
        self.answer(page("tonight"), str(options.index(option) + 1))
        if option == "dialogue":
            self.answer(page("minutes"), "enter")
        self.answer(page("invited"), SEATS["left"][1 if self.first == 0 else 0])
        self.answer(page("setup"), "enter")

    def glimpse(self) -> None:
        """Wait until the screen shows what the engine's scene says."""
        scene = self.shadow.scene()
        ask = set() if scene.over else _words_of(scene.ask)
        # In a narrow pane a long word is broken in two: most of what the other one reads is enough.
        alone = len(scene.turn) == 1 and not scene.hold
        listen = _words_of(scene.listen) if alone else set()
        self.terminal.wait_for(
            lambda text: ask <= (seen := _words_of(text)) and 2 * len(listen & seen) >= len(listen)
        )

    def see(self) -> None:
        """Wait until the screen shows what the engine's scene says, and has come to rest."""
        self.glimpse()
        self.terminal.wait_quiet()

    def choose(self, who: int, key: str, *finer: str) -> None:
        """Press the choice ``key`` of ``who``, and then a finer one of it."""
        self.see()
        choices = self.shadow.scene().choices[who]
        picked = next(place for place, one in enumerate(choices) if one.key == key)
        self.press(SEATS[SIDES[who]][picked])  # type: ignore[index]
        choice = choices[picked]
        for name in finer:
            self.terminal.wait_quiet()
            picked = next(place for place, one in enumerate(choice.into) if one.key == name)
            self.press(SEATS[SIDES[who]][picked])  # type: ignore[index]
            choice = choice.into[picked]
        self.shadow.press(choice)

    def finish(self) -> None:
        """Enter, until the program is gone; a few pages stand at the end of an evening."""
        for _ in range(8):
            self.terminal.wait_quiet()
            if not self.terminal.alive:
                return
            self.press("enter")

    def write(self, who: int, text: str) -> None:
        """Type a turn instead of saying it aloud; who has typed before may have a field already."""
        scene = self.shadow.scene(typing=who)
        self.see()
        if words("commands.send.short") not in self.terminal.text():
            self.press("t")
            if len(scene.writer) > 1:
                self.answer(words("table.who_types"), "12"[who])
        self.terminal.wait_for(words("commands.send.short"))
        self.terminal.wait_quiet()
        self.terminal.type(text)
        self.terminal.wait_quiet()
        self.press("enter")
        self.shadow.do(Event(scene.writes, who, text))


def page(name: str) -> str:
    """The first sentence of one of the evening's pages."""
    texts = words.table(f"evening.page.{name}")
    return str(texts["title"] if "title" in texts else texts["lines"][0])


def _words_of(text: str) -> set[str]:
    """The words of a text without what stands around them: panes break lines as they like."""
    return {word.strip(".,:;?!\"'()│┃▸") for word in text.split()}
