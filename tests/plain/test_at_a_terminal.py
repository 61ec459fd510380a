"""The lines at a real terminal: what stays there, and how it ends when it is ended."""

from __future__ import annotations

import signal
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal.store import Journal
from imago_tui.keeping import newest_unfinished, resume_talk
from tests.pty.couple import PASSPHRASES, environment, journal, program
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

TOPIC = "a topic nobody else may read"


def plain(home: Path, *arguments: str) -> Terminal:
    return Terminal(program("dialogue", "--plain", *arguments), env=environment(home))


def answer(terminal: Terminal, *lines: tuple[str, str]) -> None:
    """Where a sentence has come that was not there before, and a prompt after it, type a line."""
    for sentence, typed in lines:

        def asked(text: str, sentence: str = sentence) -> bool:
            shown = text.rstrip()
            return sentence in shown[-900:] and shown.endswith(":")

        terminal.wait_for(asked)
        terminal.wait_quiet(0.2)
        terminal.type(f"{typed}\r")
        terminal.wait_quiet(0.2)


def asked_times(times: int, text: str) -> bool:
    """Whether a passphrase has been asked for so often."""
    return text.count("Passphrase:") == times


def to_the_topic(terminal: Terminal) -> None:
    """From the first page of an open journal with nothing in it to the field for the topic."""
    answer(
        terminal,
        ("Everyone sees this page.", ""),
        ("How long do you have?", "1"),
        ("Who would like to be heard first?", "1"),
        ("What is it about?", ""),
        ("Ana's turn.\nIs now a good time", "yes"),
        ("Ben's turn.\nIs now a good time", "yes"),
        ("Feet on the floor.", ""),
        ("Ana's turn.\nSay what you hope", ""),
        ("Ben's turn.\nSay what you hope", ""),
    )
    terminal.wait_for("Ana, name your topic")
    terminal.wait_for(lambda text: text.rstrip().endswith("Ana:"))
    terminal.wait_quiet(0.2)


@pytest.fixture
def home(imago_home: Path) -> Path:
    imago_home.mkdir()
    return imago_home


def unfinished(home: Path) -> tuple[list[str | None], str]:
    """What was said, and the line that was being typed, of the unfinished talk."""
    with Journal.open(home / "journal", PASSPHRASES[:1]) as opened:
        entry = newest_unfinished(opened)
        assert entry is not None
        draft = resume_talk(opened, entry).draft
        return [turn.text for turn in entry.turns], draft.words if draft else ""


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["TERM", "HUP"]
)
def test_a_kind_request_to_end_keeps_the_half_typed_line(
    number: signal.Signals, status: int, home: Path
) -> None:
    with plain(home, "dialogue", *journal(home)) as terminal:
        to_the_topic(terminal)
        terminal.type(TOPIC)
        terminal.wait_for(TOPIC)
        terminal.signal(number)
        assert terminal.wait_exit() == status
        assert TOPIC not in terminal.kept()
        assert "Ana" not in terminal.kept()
    assert unfinished(home) == ([], TOPIC)


def test_a_half_typed_line_stands_there_again(home: Path) -> None:
    files = journal(home)
    with plain(home, "dialogue", *files) as terminal:
        to_the_topic(terminal)
        terminal.type(TOPIC)
        terminal.wait_for(TOPIC)
        terminal.signal(signal.SIGTERM)
        terminal.wait_exit()
    with plain(home, "--resume", *files) as terminal:
        terminal.wait_for(f"Ana: {TOPIC}")
        terminal.press("enter")
        terminal.wait_for("Ben, give the topic back")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    assert unfinished(home) == ([TOPIC], "")


def test_ctrl_c_leaves_nothing_on_the_screen(home: Path) -> None:
    with plain(home, "dialogue", *journal(home)) as terminal:
        terminal.wait_for("These words stand on your normal screen")
        to_the_topic(terminal)
        terminal.type(f"{TOPIC}\r")
        terminal.wait_for("Ben, give the topic back")
        terminal.type("half a")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.kept().split() == []
    assert unfinished(home)[0] == [TOPIC]


def test_what_is_pasted_is_one_answer(home: Path) -> None:
    text = "one\ntwo\n\n" + "words " * 20_000
    with plain(home, "dialogue", *journal(home)) as terminal:
        to_the_topic(terminal)
        terminal.paste(text)
        terminal.wait_quiet(1.0)
        terminal.press("enter")
        terminal.wait_for("Ben, give the topic back")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    assert unfinished(home)[0] == [text]


def test_a_journal_is_opened_in_lines_and_the_talk_let_go(home: Path) -> None:
    journal(home)
    with plain(home, "dialogue") as terminal:
        for times, typed in enumerate(("not this one at all", PASSPHRASES[1]), 1):
            terminal.wait_for(partial(asked_times, times))
            terminal.type(f"{typed}\r")
        to_the_topic(terminal)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.kept().split() == []
        assert PASSPHRASES[1].encode() not in b"".join(terminal.raw)
    assert unfinished(home) == ([], "")
    with plain(home) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.type(f"{PASSPHRASES[0]}\r")
        answer(terminal, ("You stopped in the middle last time.", "3"), ("Let it go, both", "1"))
        answer(terminal, ("2: It can wait\nBen:", "1"), ("What would you like tonight?", "6"))
        answer(terminal, ("One word:", "money"), ("Parked for another day", "7"))
        assert terminal.wait_exit() == 0
    with Journal.open(home / "journal", PASSPHRASES[:1]) as opened:
        assert newest_unfinished(opened) is None
        assert [note.text for note in opened.parked()] == ["money"]


def test_a_burst_of_enters_confirms_nothing(home: Path) -> None:
    with plain(home, "dialogue", *journal(home)) as terminal:
        to_the_topic(terminal)
        terminal.send("\r" * 20)
        terminal.wait_quiet(1.0)
        for _ in range(4):
            terminal.send("\r" * 20)
            terminal.wait_quiet(1.0)
        terminal.wait_for("Ana, did you feel heard?")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
    with Journal.open(home / "journal", PASSPHRASES[:1]) as opened:
        entry = newest_unfinished(opened)
        assert entry is not None
        assert [turn.step for turn in entry.turns] == ["topic"]


def test_the_first_evening_makes_its_keys_at_the_end(home: Path) -> None:
    words = "one two three four", "five six seven eight"
    with plain(home, "appreciation") as terminal:
        answer(
            terminal,
            ("Nothing is written down tonight", "1"),
            ("One of you:", "Ana"),
            ("The other one:", "Ben"),
            ("Who was invited", "1"),
            ("3: Only look tonight", "2"),
            ("Ana's turn.\nTen minutes", "yes"),
            ("Ben's turn.\nTen minutes", "yes"),
            ("Ana, tell one thing", "You sang."),
            ("Ben, give it back", "I sang."),
            ("Ana, did you feel heard?", "2"),
            ("Ben, give back the whole", "3"),
            ("Ben, why does that make sense?", "It makes sense."),
            ("Ben, guess the good feeling.", "Glad?"),
            ("Ana, is that how you feel?", "1"),
            ("Ana's turn.\nTake it in.", ""),
            ("Ben's turn.\nTake it in.", ""),
            ("would you like to tell one too?", "enough"),
            ("Ana's turn.\nOne word each", ""),
            ("Ben's turn.\nOne word each", ""),
            ("Ana's turn.\nKeep what?", "all"),
            ("Ben's turn.\nKeep what?", "all"),
        )
        terminal.wait_for("Would you both like to keep it?")
        answer(terminal, ("2: Keep nothing", "1"))
        terminal.wait_for(lambda text: text.count("2: Keep nothing") > 1)
        answer(terminal, ("2: Keep nothing", "1"))
        for one in words:
            terminal.wait_for(lambda text: text.rstrip().endswith("Passphrase:"))
            terminal.type(f"{one}\r")
            terminal.wait_for(lambda text: text.rstrip().endswith("Once more:"))
            terminal.type(f"{one}\r")
        assert terminal.wait_exit() == 0
        assert terminal.kept().split() == []
        raw = b"".join(terminal.raw)
        assert words[0].encode() not in raw
        assert words[1].encode() not in raw
    with Journal.open(home / "journal", [words[1]]) as opened:
        (head,) = opened.heads().heads
        assert [turn.text for turn in opened.load(head.id).turns][:2] == ["You sang.", "I sang."]
        assert opened.partners == ("Ana", "Ben")


def test_show_leaves_nothing_behind_and_print_says_so(home: Path) -> None:
    files = journal(home)
    script = home / "script.toml"
    script.write_text(
        'partners = ["Ana", "Ben"]\n'
        '[[turn]]\nstep = "ready"\nwho = "Ana"\nsay = "yes"\n'
        '[[turn]]\nstep = "ready"\nwho = "Ben"\nsay = "yes"\n'
        f'[[turn]]\nstep = "topic"\nwho = "Ana"\nsay = "{TOPIC} \\u001b]0;title\\u0007"\n'
    )
    done = subprocess.run(
        program("dialogue", "--script", str(script), *files),
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "unfinished\n", "")
    with Journal.open(home / "journal", PASSPHRASES[:1]) as opened:
        (head,) = opened.heads().heads
    show = program("journal", "show", head.id[:6], *files)
    for leave, status in (("q", 0), ("escape", 0), ("ctrl+c", 130)):
        with Terminal(show, env=environment(home)) as terminal:
            terminal.wait_for(TOPIC)
            assert terminal.in_alternate
            terminal.resize(48, 14)
            terminal.wait_for(TOPIC)
            terminal.press("space", "b", leave)
            assert terminal.wait_exit() == status
            assert "Ana" not in terminal.kept()
            assert terminal.titles == []
            assert not terminal.in_alternate
    with Terminal(show, env=environment(home)) as terminal:
        terminal.wait_for(TOPIC)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert "Ana" not in terminal.kept()
    with Terminal([*show, "--print"], env=environment(home)) as terminal:
        assert terminal.wait_exit() == 0
        assert "stand on your normal screen" in " ".join(terminal.kept().split())
        assert f"{TOPIC} ␛]0;title␇" in terminal.kept()
        assert terminal.titles == []


def test_a_passphrase_is_asked_for_until_one_opens(home: Path) -> None:
    journal(home)
    with Terminal(program("journal", "list"), env=environment(home)) as terminal:
        for times, wrong in enumerate(("not this one at all", "short"), 1):
            terminal.wait_for(partial(asked_times, times))
            terminal.type(f"{wrong}\r")
        terminal.wait_for(partial(asked_times, 3))
        terminal.type(f"{PASSPHRASES[1]}\r")
        terminal.wait_for("Nothing is kept here yet.")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        raw = b"".join(terminal.raw)
        assert PASSPHRASES[1].encode() not in raw


def test_setup_asks_for_what_was_not_given(home: Path) -> None:
    secret = "four words that fit", "another four words here"
    with Terminal(program("setup", "--partner", "Ana"), env=environment(home)) as terminal:
        terminal.wait_for("First name of the other one (leave it empty if you begin alone):")
        terminal.type("Ana\r")
        terminal.wait_for("Both names are the same")
        terminal.type("Ben\r")
        terminal.wait_for("Ana, this part is yours alone")
        terminal.wait_for("Your passphrase:")
        terminal.type("short\r")
        terminal.wait_for("12 characters")
        for at, one in enumerate(secret):
            terminal.wait_for(f"{('Ana', 'Ben')[at]}, this part is yours alone")
            terminal.wait_for(lambda text: text.rstrip().endswith("Your passphrase:"))
            terminal.type(f"{one}\r")
            terminal.wait_for(lambda text: text.rstrip().endswith("Once more:"))
            terminal.type(f"{one}\r")
        assert terminal.wait_exit() == 0
        raw = b"".join(terminal.raw)
        assert secret[0].encode() not in raw
    with Journal.open(home / "journal", [secret[1]]) as opened:
        assert opened.partners == ("Ana", "Ben")


@pytest.mark.parametrize("given", ["", "\n", "\n\n\nx\n", "\nAna\nBen\n", "1\n" * 200, "\xff\xfe"])
def test_lines_from_a_pipe_come_to_an_end(given: str, home: Path) -> None:
    done = subprocess.run(
        program("dialogue", "--plain"),
        env=environment(home),
        input=given.encode("latin-1"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Nothing was written down." in done.stdout
    assert b"\x1b" not in done.stdout
    assert not (home / "journal").exists()
