"""A couple with words that stand nowhere else, a place of their own, and a look at what is left."""

from __future__ import annotations

import base64
import re
import signal
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from imago_tui import exercises, remembering
from imago_tui.dialogue.events import Event
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper
from imago_tui.session import Session
from imago_tui.words import words
from tests.pty.couple import CHEAP, Couple, environment, page
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Zebedea", "Quillon")
PASSPHRASES = ("velvet harpoon nineteen kettle", "umbrella gravel sonnet twelve")
TOPIC = "the blue envelope in your drawer"
SENT = "I felt smaller than a teaspoon"
UNSENT = "you heard about the teaspoon"
OF_THE_COUPLE = (*NAMES, *PASSPHRASES, TOPIC, SENT, UNSENT)


@dataclass(frozen=True)
class Place:
    """Folders that belong to one run: nothing else is written in them."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("home", "nobody", "tmp", "here", "elsewhere"):
            (self.folder / name).mkdir()

    @property
    def home(self) -> Path:
        """What IMAGO_TUI_HOME names."""
        return self.folder / "home"

    @cached_property
    def env(self) -> dict[str, str]:
        """The program's environment."""
        return {
            **environment(self.home),
            "HOME": str(self.folder / "nobody"),
            "TMPDIR": str(self.folder / "tmp"),
            **self.more,
        }

    @cached_property
    def key(self) -> list[str]:
        """Arguments that open the journal; the file stands where nobody looks for traces."""
        file = self.folder / "elsewhere" / "passphrase"
        file.write_text(PASSPHRASES[0] + "\n")
        return ["--passphrase-file", str(file)]

    def start(
        self,
        *arguments: str,
        astray: tuple[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
        personality: str = "kitty",
    ) -> Terminal:
        """The real program here; ``astray``: what goes astray in it, and the value that needs."""
        module = ["imago_tui"] if astray is None else ["tests.pty.astray", *astray]
        return Terminal(
            [sys.executable, "-P", "-m", *module, *arguments],
            size=size,
            env=self.env,
            personality=personality,
            cwd=str(self.folder / "here"),
        )

    def files(self) -> list[Path]:
        """Every file that was written."""
        apart = self.folder / "elsewhere"
        return [
            path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and apart not in path.parents
        ]

    def in_clear(self, *more: str) -> list[str]:
        """Files in which something of the couple can be read, or that are named after it."""
        found = []
        for path in self.files():
            data = path.read_bytes() + str(path.relative_to(self.folder)).encode()
            found += [f"{path.name}: {one}" for one in (*OF_THE_COUPLE, *more) if hidden(one, data)]
        return found


def hidden(text: str, data: bytes) -> bool:
    """Whether a text stands in ``data``: as it is, as two bytes a letter, or in base64."""
    forms = [text.encode(), text.encode("utf-16-le")]
    forms += [base64.b64encode(text.encode()[cut:])[:-4] for cut in range(3)]
    return any(form in data for form in forms)


def in_the_middle(place: Place, topic: str = TOPIC, sent: str = SENT) -> Session:
    """A journal with a talk in it: a topic, a piece sent; now Quillon gives it back."""
    exercise = "dialogue"
    folder = place.home / "journal"
    with (
        Journal.create(folder, list(zip(NAMES, PASSPHRASES, strict=True)), cost=CHEAP) as journal,
        journal.lock(),
    ):
        remembering.keep_sides(journal, 0)  # as since their first evening
        keeper = JournalKeeper(journal, exercise)
        session = Session(exercises.load(exercise), NAMES, keeper=keeper)
        for who, step in (
            (0, "ready.yes"),
            (1, "ready.yes"),
            (1, "settle"),
            (0, "said"),
            (1, "said"),
        ):
            choose(session, who, step)
        say(session, 0, topic)
        say(session, 1, topic)
        choose(session, 0, "check.yes")
        say(session, 0, sent)
    return session


def choose(session: Session, who: int, key: str) -> None:
    """Press the choice ``key`` of ``who``."""
    session.press(next(one for one in session.scene().choices[who] if one.key == key))


def say(session: Session, who: int, text: str) -> None:
    """Say something in writing."""
    session.do(Event(session.scene(typing=who).writes, who, text))


def go_on(terminal: Terminal) -> Couple:
    """From the first page to where the talk stands."""
    couple = Couple(terminal, names=NAMES)
    couple.answer(page("setup"), "enter")
    return couple


def to_a_field(terminal: Terminal, text: str = UNSENT) -> Couple:
    """Go on, and type what is not sent."""
    couple = go_on(terminal)
    terminal.wait_for(lambda seen: "t type" in " ".join(seen.split()))
    terminal.wait_quiet()
    couple.press("t")
    terminal.wait_for(words("commands.send.short"))
    terminal.type(text)
    if text:
        terminal.wait_for(text)
    return couple


def number_of(terminal: Terminal, label: str) -> str:
    """The number before a choice on a card."""
    found = re.search(rf"(\d) +{re.escape(label[:18])}", terminal.wait_for(label[:18]))
    assert found, terminal.text()
    return found[1]


@dataclass(frozen=True)
class Ended:
    """What is left of a run."""

    status: int
    seconds: float
    stays: str
    unrestored: list[str]
    files: list[str]
    raw: bytes

    @property
    def leaks(self) -> list[str]:
        """What of the couple stays with the terminal, or in a file."""
        return [one for one in OF_THE_COUPLE if one in self.stays] + self.files


def ended(place: Place, terminal: Terminal, begun: float, *more: str) -> Ended:
    """Wait for the end, and look around. ``begun``: the instant of the last thing that was done."""
    status = terminal.wait_exit()
    return Ended(
        status,
        terminal.ended - begun,
        terminal.kept(),
        terminal.unrestored(),
        place.in_clear(*more),
        b"".join(terminal.raw),
    )


SIGNALS: dict[str, tuple[signal.Signals, int]] = {
    "TERM": (signal.SIGTERM, 143),
    "HUP": (signal.SIGHUP, 129),
    "INT": (signal.SIGINT, 130),
}
