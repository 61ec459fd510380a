"""What is typed is kept to the letter, shown inert, and survives a paste and any window."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal.store import Journal
from imago_tui.keeping import newest_unfinished, resume_talk
from imago_tui.session import Session
from imago_tui.words import words
from tests.pty.traces import PASSPHRASES, UNSENT, Place, go_on, in_the_middle, to_a_field

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together
    from tests.pty.terminal import Terminal

MEGABYTE = 1_000_000
YOU_GOT_IT = str(words.table("steps.choice")["check.yes+more.yes"])
HOSTILE = (
    "a\x1b]0;stolen title\x07b\x1b]52;c;c3RvbGVu\x07c\x1b[2Jd\x9b2Je\x07f\x08g\x1b[?1049lh\x1bcz"
)
TEXTS = {
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f466 \u2764\ufe0f "
    "\U0001f44d\U0001f3fd \U0001f1e8\U0001f1ed",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202egnorw\u202c",
    "combining": "e\u0301 a\u0300\u0323 \u0e01\u0e33 Z\u0351\u036b\u0343",
    "wide": "\u4f60\u597d\uff0c\u4e16\u754c \uac00",
    "controls": "a\x07b\x08c\x9b2Jd\x85e\x7ff\x0cg\th\x1b[2Ji\x1bj\x1b\x1b[20k\x1b",
}
SIZES = ((48, 14), (200, 55), (30, 8), (5, 3), (1, 1), (100, 30), (41, 12), (80, 24))


def draft(place: Place) -> str:
    """The line that was being typed, as the journal has it."""
    with Journal.open(place.home / "journal", PASSPHRASES[:1]) as journal:
        entry = newest_unfinished(journal)
        assert entry is not None
        kept = resume_talk(journal, entry).draft
        return kept.words if kept else ""


def newest(place: Place) -> str | None:
    """What was said last."""
    with Journal.open(place.home / "journal", PASSPHRASES[:1]) as journal:
        entry = newest_unfinished(journal)
        assert entry is not None
        talk = resume_talk(journal, entry)
        shown = Session(talk.state.exercise, journal.partners, state_=talk.state).scene().exhibit
        return shown[-1].text


def untouched(terminal: Terminal) -> None:
    """The text has done nothing to the terminal."""
    assert (terminal.titles, terminal.clipboard, terminal.notes) == ([], [], [])
    assert terminal.in_alternate
    assert words("commands.enough.short") in terminal.text()


def send(case: str, folder: Path) -> str | None:
    """A sentence pasted, and sent; then a start that shows it again."""
    place = Place(folder)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        to_a_field(terminal, "")
        terminal.paste(TEXTS[case])
        terminal.wait_quiet()
        untouched(terminal)
        terminal.press("enter")
        terminal.wait_for(YOU_GOT_IT)
        terminal.wait_quiet()
        untouched(terminal)
        terminal.press("ctrl+c")
        terminal.wait_exit()
    with place.start("dialogue", "--resume", *place.key, size=(48, 14)) as terminal:
        go_on(terminal)
        terminal.wait_for(YOU_GOT_IT)
        terminal.wait_quiet()
        untouched(terminal)
        terminal.press("ctrl+c")
        terminal.wait_exit()
    return newest(place)


@pytest.fixture(scope="module")
def sent(together: Callable[[str], Together]) -> Abreast[str | None]:
    return together("test_any_text_is_kept_to_the_letter")(send, TEXTS)


@pytest.mark.parametrize("case", TEXTS)
def test_any_text_is_kept_to_the_letter(sent: Abreast[str | None], case: str) -> None:
    """Code point by code point, and the terminal never obeys a part of it."""
    assert sent[case] == TEXTS[case]


def test_names_of_any_kind(tmp_path: Path) -> None:
    """Names on a first evening: shown, and harmless."""
    place = Place(tmp_path)
    with place.start("dialogue", "silly", personality="modern") as terminal:
        terminal.wait_for(words("evening.page.page.options.go"))
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for(words("evening.page.names.title"))
        terminal.wait_quiet()
        terminal.paste(HOSTILE[:40])
        terminal.press("enter")
        terminal.wait_quiet()
        terminal.paste(TEXTS["right to left"])
        terminal.press("enter")
        terminal.wait_for(words("evening.page.seats.title"))
        terminal.wait_quiet()
        untouched(terminal)
        assert "stolen title" in terminal.text()
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.kept().strip() == ""
    assert place.files() == []


def test_escape_sequences_do_nothing(tmp_path: Path) -> None:
    """In a topic and a piece that were kept: shown as signs. Pasted: nothing happens either."""
    place = Place(tmp_path)
    in_the_middle(place, HOSTILE, HOSTILE)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        to_a_field(terminal, "")
        terminal.press("ctrl+o")
        terminal.wait_for(lambda text: text.count("[2Jd") > 1)
        terminal.wait_quiet()
        untouched(terminal)
        terminal.paste(HOSTILE)
        terminal.wait_quiet()
        untouched(terminal)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.kept().strip() == ""
        assert terminal.unrestored() == []


def test_a_paste_of_a_megabyte(tmp_path: Path) -> None:
    """A plain word, nothing changed, and the next key counts."""
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key) as terminal:
        to_a_field(terminal)
        terminal.paste("all that ever was " * (MEGABYTE // 18))
        terminal.wait_for(words("table.too_much"))
        assert UNSENT in terminal.text()
        assert "all that ever was" not in terminal.text()
        terminal.type(", and")
        terminal.wait_for(f"{UNSENT}, and")
        terminal.press("enter")
        terminal.wait_for(YOU_GOT_IT)
        terminal.press("ctrl+c")
        terminal.wait_exit()
    assert newest(place) == f"{UNSENT}, and"


def test_close_now_behind_a_flood_of_keys(tmp_path: Path) -> None:
    """A terminal that doesn't tell a paste from keys: what waits before Ctrl+C holds up nothing."""
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key, personality="basic") as terminal:
        to_a_field(terminal)
        terminal.send("x" * 5_000)
        begun = time.monotonic()
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.ended - begun < 15
        assert terminal.kept().strip() == ""
        assert terminal.unrestored() == []


def test_every_size_in_mid_sentence(tmp_path: Path) -> None:
    """The window becomes anything, letters go on arriving, and then it is as before."""
    place = Place(tmp_path)
    in_the_middle(place)
    letters = "and then there was more"
    with place.start("dialogue", "--resume", *place.key, personality="modern48") as terminal:
        to_a_field(terminal)
        for size, letter in zip(SIZES * 3, letters, strict=False):
            terminal.resize(*size)
            terminal.type(letter)
        terminal.resize(80, 24)
        terminal.wait_for(lambda text: set((UNSENT + letters).split()) <= set(text.split()))
        terminal.resize(30, 8)
        terminal.wait_for(words("table.small")[:20])
        terminal.resize(48, 14)
        terminal.wait_for(words("commands.send.short"))
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for(YOU_GOT_IT)
        terminal.press("ctrl+c")
        terminal.wait_exit()
    assert newest(place) == UNSENT + letters


def test_what_is_typed_behind_an_enter_reaches_nobody_else(tmp_path: Path) -> None:
    """One go with an Enter in it: not sent, and nothing of it stands in the other one's field."""
    place = Place(tmp_path)
    in_the_middle(place)
    with place.start("dialogue", "--resume", *place.key, personality="basic") as terminal:
        to_a_field(terminal)
        terminal.send("\rand this was typed ahead\r\r")
        terminal.wait_for("typed ahead")
        terminal.wait_quiet()
        assert words("commands.send.short") in terminal.text()
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
    kept = draft(place)
    assert kept.startswith(UNSENT)
    assert "typed ahead" in kept
