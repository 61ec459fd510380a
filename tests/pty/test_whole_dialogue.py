"""A whole dialogue held by two people with keys, in the real program in a real terminal."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.pty.couple import NAMES, TOP, Couple, environment, journal, program
from tests.pty.terminal import PERSONALITIES, SIZES, Terminal

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 8
MOST_KEYS = 40
ANA, BEN = 0, 1


def kept(home: Path, opened: list[str]) -> dict[str, Any]:
    """What the journal holds of the one dialogue in it."""

    def run(*arguments: str) -> Any:
        done = subprocess.run(
            program("journal", *arguments, "--json", *opened),
            env=environment(home),
            cwd=TOP,
            check=True,
            capture_output=True,
        )
        return json.loads(done.stdout)

    (head,) = run("list")
    entry: dict[str, Any] = run("show", head["id"])
    return entry


def to_the_topic(couple: Couple) -> None:
    """Ready, settled, and each has said what they hope for."""
    couple.sit_down()
    couple.choose(ANA, "ready.yes")
    couple.choose(BEN, "ready.yes")
    couple.choose(BEN, "settle")
    couple.choose(ANA, "said")
    couple.choose(BEN, "said")


def to_the_end(couple: Couple, keep: str) -> None:
    """From the end of what was heard to what both want to keep."""
    couple.choose(ANA, "said")
    couple.choose(BEN, "said")
    couple.choose(BEN, "switch.enough")
    for _ in ("heard in", "an appreciation"):
        couple.choose(ANA, "said")
        couple.choose(BEN, "said")
    couple.choose(ANA, "quiet")
    couple.choose(BEN, f"keep.{keep}")
    couple.choose(ANA, f"keep.{keep}")


@pytest.mark.parametrize(
    ("size", "personality"),
    list(zip(SIZES, PERSONALITIES[:4], strict=True)),
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_aloud(tmp_path: Path, size: tuple[int, int], personality: str) -> None:
    """Eight rounds said aloud: one press a round, and at most forty keys for everything."""
    opened = journal(tmp_path)
    with Terminal(
        program("dialogue", "dialogue", *opened),
        size=size,
        env=environment(tmp_path),
        personality=personality,
    ) as terminal:
        couple = Couple(terminal)
        to_the_topic(couple)
        couple.choose(ANA, "check.yes")
        for _ in range(ROUNDS - 1):
            couple.choose(ANA, "check.yes+more.yes")
        couple.choose(ANA, "check.yes+more.no")
        couple.choose(ANA, "summary-check.yes")
        couple.choose(ANA, "remember.skip")
        couple.choose(BEN, "said")
        couple.choose(ANA, "empathy-check.yes")
        to_the_end(couple, "all")
        while terminal.process.isalive() and couple.keys < MOST_KEYS:
            terminal.wait_quiet()
            couple.press("enter")
        assert terminal.wait_exit() == 0
        assert couple.keys <= MOST_KEYS
    entry = kept(tmp_path, opened)
    steps = [turn["step"] for turn in entry["turns"]]
    assert steps.count("send") == steps.count("mirror") - 1 == ROUNDS
    assert all(turn["aloud"] and turn["text"] is None for turn in entry["turns"])
    assert (entry["state"], entry["kept"], entry["partners"]) == ("done", "all", list(NAMES))


SAID = {
    "topic": "Sunday evenings in the kitchen.",
    "send": "I heard you laughing. I felt invisible \N{BLACK HEART SUIT}.",
    "left out": "it was a whole hour",
    "mirror": "You heard me laughing, and felt invisible.",
    "validate": "You make sense to me: nobody likes to be forgotten.",
    "empathize": "Lonely?",
    "thanks": "Thank you.",
    "remember": "I don't want to be alone in the kitchen.",
    "appreciate": "You stayed.",
}


@pytest.mark.parametrize(
    ("size", "personality"),
    list(zip(SIZES, ("kitty", *PERSONALITIES[:3]), strict=True)),
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_typed(tmp_path: Path, size: tuple[int, int], personality: str) -> None:
    """Every turn typed; what was typed reads back code point by code point."""
    opened = journal(tmp_path)
    with Terminal(
        program("dialogue", "dialogue", *opened),
        size=size,
        env=environment(tmp_path),
        personality=personality,
    ) as terminal:
        couple = Couple(terminal)
        to_the_topic(couple)
        couple.write(ANA, SAID["topic"])
        couple.write(BEN, SAID["topic"])
        couple.choose(ANA, "check.yes")
        couple.write(ANA, SAID["send"])
        couple.write(BEN, SAID["mirror"])
        couple.choose(ANA, "check.yes+more.no")
        couple.write(BEN, SAID["mirror"])
        couple.choose(ANA, "summary-check.yes")
        couple.write(ANA, SAID["remember"])
        couple.write(BEN, SAID["validate"])
        couple.write(BEN, SAID["empathize"])
        couple.choose(ANA, "empathy-check.yes")
        to_the_end(couple, "all")
        for _ in range(5):
            terminal.wait_quiet()
            if terminal.process.isalive():
                couple.press("enter")
        assert terminal.wait_exit() == 0
        kept_by_terminal = terminal.kept()
    assert not any(words in kept_by_terminal for words in SAID.values())
    entry = kept(tmp_path, opened)
    said = [(turn["step"], turn["who"], turn["text"]) for turn in entry["turns"] if turn["text"]]
    assert said == [
        ("topic", "Ana", SAID["topic"]),
        ("mirror", "Ben", SAID["topic"]),
        ("send", "Ana", SAID["send"]),
        ("mirror", "Ben", SAID["mirror"]),
        ("summary", "Ben", SAID["mirror"]),
        ("remember", "Ana", SAID["remember"]),
        ("validate", "Ben", SAID["validate"]),
        ("empathize", "Ben", SAID["empathize"]),
    ]
