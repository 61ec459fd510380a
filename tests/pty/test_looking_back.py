"""Looking back over years of dialogues, in a terminal, at three sizes.

How many there are: `IMAGO_MANY`, 2,000 unless it is set. The figures in docs/benchmarks.md were
made with 10,000: `IMAGO_MANY=10000 scripts/test tests/pty/test_looking_back.py -s`.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from imago_tui import retelling
from imago_tui.words import words
from tests.journal import many
from tests.pty.couple import environment, program
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Together

COUNT = int(os.environ.get("IMAGO_MANY", "2000"))
MEASURED = "IMAGO_MANY" in os.environ
SOUGHT = ("school", "money for the roof", "shifts", "garden waters", "silence visit")
"""What is looked for; only the first where nothing is measured."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of years that ends today, and the file with the first one's passphrase."""
    place = tmp_path_factory.mktemp("years")
    # The newest stands some hours before: also in the first hours of a day it is of that day.
    evening = datetime.now().astimezone().replace(hour=20)
    many.make(place / "journal", COUNT, now=evening)
    (place / "passphrase").write_text(many.PEOPLE[0][1] + "\n")
    return place


SIZES = {"48x14": (48, 14), "80x24": (80, 24), "200x55": (200, 55)}


@pytest.fixture(scope="module")
def looks(together: Callable[[str], Together], home: Path) -> Callable[[str], str]:
    """What a look back at one size tells; side by side, unless something is measured."""
    if MEASURED:
        return lambda case: look(case, home)
    running = together(TEST)(lambda case, _: look(case, home), SIZES)
    return lambda case: running[case]


TEST = "test_years_open_at_once_and_words_are_found_as_they_are_typed"


@pytest.mark.parametrize("case", SIZES)
def test_years_open_at_once_and_words_are_found_as_they_are_typed(
    looks: Callable[[str], str], case: str
) -> None:
    sys.stdout.write(f"\n{looks(case)}\n")


def look(case: str, home: Path) -> str:
    """Open it, go everywhere, leave; the figures in a line."""
    size = SIZES[case]
    command = program("journal", "--passphrase-file", str(home / "passphrase"))
    began = time.monotonic()
    with Terminal(command, size=size, env=environment(home)) as terminal:
        terminal.wait_for(lambda text: any(line in text for line in many.REMEMBER))
        opened = time.monotonic() - began
        assert words("review.remembered.title") in terminal.text()
        terminal.wait_quiet()

        terminal.press("l")
        today = retelling.day_in_month(datetime.now().astimezone())
        terminal.wait_for(lambda text: today in text and words("review.title") in text)
        terminal.press("end")
        terminal.wait_for(lambda text: today not in text)
        terminal.press("home")
        terminal.wait_for(today)

        waited = [
            seconds
            for text in SOUGHT[: None if MEASURED else 1]
            for seconds in typed(terminal, text)
        ]
        terminal.press("enter")
        terminal.wait_for(words("review.two", one="Ana", other="Ben"))
        terminal.wait_quiet()
        terminal.press("escape")
        terminal.wait_for(words("commands.find.short"))
        terminal.wait_quiet()
        terminal.press("escape")
        terminal.wait_for(words("commands.choose.short") if size[0] > 48 else today)

        terminal.wait_quiet()
        terminal.press("c")
        terminal.wait_for(f"[{datetime.now().astimezone().day:>2}")
        for key in ("t", "o"):
            terminal.wait_quiet()
            terminal.press(key)
            titles = {"t": "review.topics.title", "o": "review.open.title"}
            terminal.wait_for(words(titles[key]))
        terminal.wait_quiet()
        terminal.press("escape")
        terminal.wait_for(words("review.remembered.title"))
        terminal.press("escape")
        assert terminal.wait_exit() == 0
        assert not terminal.unrestored()
        kept = terminal.kept()
        assert not any(line in kept for line in (*many.REMEMBER, *many.TOPICS))
    waited.sort()
    half, most = statistics.median(waited), waited[int(len(waited) * 0.99)]
    return (
        f"{COUNT} dialogues at {case}: on the screen after {opened:.2f} s; "
        f"a key of a search, p50 {1000 * half:.0f} ms, p99 {1000 * most:.0f} ms"
    )


def typed(terminal: Terminal, text: str) -> list[float]:
    """Type ``text`` into the search, letter by letter: seconds from each key to its result."""
    terminal.press("f3")
    terminal.wait_quiet()
    found = []
    for place, letter in enumerate(text, 1):
        began = time.monotonic()
        with terminal.answering():
            terminal.type(letter)
        terminal.wait_for(lambda shown, wanted=text[:place]: wanted.strip() in shown)  # type: ignore[misc]
        terminal.wait_quiet(0.15)
        found.append(terminal.rested - began)
    first = text.split(maxsplit=1)[0]
    terminal.wait_for(lambda shown: shown.count(first) > 1)
    for _ in text:
        terminal.press("backspace")
    terminal.wait_quiet()
    return found
