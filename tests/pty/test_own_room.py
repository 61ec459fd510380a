"""One's own room in a terminal: however it ends, nothing of it stays, and its words are sealed."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.words import words
from tests.pty.couple import CHEAP
from tests.pty.traces import NAMES, PASSPHRASES, Ended, Place, ended

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together
    from tests.pty.terminal import Terminal

SECRET = "afraid of the quiet after nine"
MARK = "THE END OF WHAT WAS SHOWN"


def number(terminal: Terminal, label: str) -> str:
    """The number before a choice on the card that is shown now."""
    found = re.search(rf"(\d) +{re.escape(label)}", terminal.wait_for(label))
    assert found, terminal.text()
    return found[1]


def choose(terminal: Terminal, page: str, option: str) -> None:
    """On a page of rooms, press the number of an option."""
    terminal.wait_for(words(f"rooms.{page}.title"))
    terminal.wait_quiet()
    terminal.press(number(terminal, words(f"rooms.{page}.options.{option}")))


def to_a_sheet(terminal: Terminal) -> None:
    """Through the door, and write something that is never sent."""
    terminal.wait_for(words("review.who.room"))
    terminal.wait_quiet()
    terminal.press("m")
    choose(terminal, "doors", "own-room")
    terminal.wait_for(words("rooms.own.unlock.title"))
    terminal.wait_quiet()
    terminal.type(PASSPHRASES[0])
    terminal.press("enter")
    choose(terminal, "own.menu", "write")
    choose(terminal, "own.kind", "reflection")
    terminal.wait_for(words("rooms.own.prompt.reflection")[:30])
    terminal.wait_quiet()
    terminal.type(SECRET)
    terminal.wait_for(SECRET)


def at_once(terminal: Terminal) -> None:
    """Close now, in the middle of a word."""
    terminal.wait_quiet(1.5)  # what stands there is sealed within two seconds
    terminal.press("ctrl+c")


def stopped(terminal: Terminal) -> None:
    """The program is stopped and goes on: whoever sits there now sees that it rests."""
    terminal.signal(signal.SIGTSTP)
    os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
    # It writes nothing more now; what it wrote before has to come through the terminal.
    terminal.wait_for(SECRET, gone=True)
    terminal.raw.append(MARK.encode())
    terminal.signal(signal.SIGCONT)
    text = terminal.wait_for(words("rooms.rest.title"))
    assert SECRET not in text
    terminal.wait_quiet()
    terminal.press("ctrl+c")


def halted(terminal: Terminal) -> None:
    """Stopped by a signal that nobody can catch: it rests as well, once it goes on."""
    terminal.wait_quiet(1.5)
    terminal.signal(signal.SIGSTOP)
    os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
    terminal.raw.append(MARK.encode())
    terminal.signal(signal.SIGCONT)
    text = terminal.wait_for(words("rooms.rest.title"))
    assert SECRET not in text
    terminal.wait_quiet()
    terminal.press("ctrl+c")


def ended_from_outside(terminal: Terminal) -> None:
    """The machine goes down."""
    terminal.signal(signal.SIGTERM)


WAYS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "ctrl+c": (at_once, 130),
    "stopped": (stopped, 130),
    "halted": (halted, 130),
    "SIGTERM": (ended_from_outside, 143),
}


def end_it(case: str, folder: Path) -> tuple[Ended, str]:
    """A sheet with words on it, and then an end; what is sealed of them."""
    place = Place(folder)
    journal = place.home / "journal"
    pairs = list(zip(NAMES, PASSPHRASES, strict=True))
    Journal.create(journal, pairs, cost=CHEAP).close()
    with place.start("journal", *place.key) as terminal:
        to_a_sheet(terminal)
        way, _ = WAYS[case]
        begun = time.monotonic()
        way(terminal)
        end = ended(place, terminal, begun, SECRET)
    with open_own(journal, PASSPHRASES[0]) as mine:
        drafts = [mine.load(head.id).draft for head in mine.heads().heads]
    return end, " ".join(draft["text"] for draft in drafts if draft)


@pytest.fixture(scope="module")
def ends(together: Callable[[str], Together]) -> Abreast[tuple[Ended, str]]:
    """One end beside the other."""
    return together("test_nothing_of_ones_own_room_stays")(end_it, WAYS)


@pytest.mark.parametrize("case", WAYS)
def test_nothing_of_ones_own_room_stays(ends: Abreast[tuple[Ended, str]], case: str) -> None:
    """No word and no passphrase with the terminal or in a file; what was written is sealed."""
    end, sealed = ends[case]
    assert end.leaks == []
    assert SECRET not in end.stays
    assert end.stays.strip() == ""
    assert end.status == WAYS[case][1]
    assert end.unrestored == []
    assert sealed == SECRET
    assert PASSPHRASES[0].encode() not in end.raw
    after = end.raw.partition(MARK.encode())[2]
    assert SECRET.encode() not in after, "not even for a moment"
