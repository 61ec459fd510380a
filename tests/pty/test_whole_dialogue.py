"""A whole dialogue held by two people with keys, in the real program in a real terminal."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.pty.couple import NAMES, TOP, Couple, environment, journal, program
from tests.pty.terminal import PERSONALITIES, SIZES, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together

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


def cases(*personalities: str) -> dict[str, tuple[tuple[int, int], str]]:
    """Every size with a personality: its name, and both."""
    pairs = zip(SIZES, personalities, strict=True)
    return {f"{w}x{h}-{kind}": ((w, h), kind) for (w, h), kind in pairs}


ALOUD = cases(*PERSONALITIES[:4])
TYPED = cases("kitty", *PERSONALITIES[:3])


def hold_aloud(case: str, home: Path) -> tuple[int, int, str, dict[str, Any]]:
    """Eight rounds aloud: status, keys, what the terminal keeps, what the journal keeps."""
    size, personality = ALOUD[case]
    opened = journal(home)
    with Terminal(
        program("dialogue", "dialogue", *opened),
        size=size,
        env=environment(home),
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
        while terminal.alive and couple.keys < MOST_KEYS:
            terminal.wait_quiet()
            couple.press("enter")
        status = terminal.wait_exit()
    return status, couple.keys, terminal.kept(), kept(home, opened)


@pytest.fixture(scope="module")
def aloud(
    together: Callable[[str], Together], typed: object
) -> Abreast[tuple[int, int, str, dict[str, Any]]]:
    """Dialogues that are said aloud; the others have begun."""
    del typed
    return together("test_aloud")(hold_aloud, ALOUD)


@pytest.mark.parametrize("case", ALOUD)
def test_aloud(aloud: Abreast[tuple[int, int, str, dict[str, Any]]], case: str) -> None:
    """Eight rounds said aloud: one press a round, and at most forty keys for everything."""
    status, keys, stays, entry = aloud[case]
    assert (status, keys <= MOST_KEYS) == (0, True)
    assert not any(name in stays for name in NAMES)
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


def hold_typed(case: str, home: Path) -> tuple[int, str, dict[str, Any]]:
    """Every turn typed: status, what the terminal keeps, what the journal keeps."""
    size, personality = TYPED[case]
    opened = journal(home)
    with Terminal(
        program("dialogue", "dialogue", *opened),
        size=size,
        env=environment(home),
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
        couple.finish()
        status = terminal.wait_exit()
    return status, terminal.kept(), kept(home, opened)


@pytest.fixture(scope="module")
def typed(
    together: Callable[[str], Together], bursts: object
) -> Abreast[tuple[int, str, dict[str, Any]]]:
    """Dialogues that are typed; the others have begun."""
    del bursts
    return together("test_typed")(hold_typed, TYPED)


@pytest.mark.parametrize("case", TYPED)
def test_typed(typed: Abreast[tuple[int, str, dict[str, Any]]], case: str) -> None:
    """Every turn typed; what was typed reads back code point by code point."""
    status, stays, entry = typed[case]
    assert status == 0
    assert not any(words in stays for words in (*SAID.values(), *NAMES))
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


TWENTY = 20
BURSTS = {"enters": "\r" * TWENTY, "tabs": "\t" * TWENTY, "both": "\t\r" * TWENTY, "2s": "\t2" * 9}
AT = ("ready", "check", "switch", "keep")


def burst(couple: Couple) -> None:
    """Every burst there is: the first at once, as keys that come too early do."""
    couple.glimpse()
    for keys in BURSTS.values():
        couple.terminal.send(keys)
        couple.see()
    before = letters(couple)
    for name, keys in BURSTS.items():
        couple.terminal.send(keys)
        couple.see()
        assert (name, letters(couple)) == (name, before)


def letters(couple: Couple) -> str:
    """What can be read on the screen; the candle burns on."""
    return re.sub(r"[\W_]+", " ", couple.terminal.text())


def hold_bursts(case: str, home: Path) -> tuple[int, list[str]]:
    """A whole dialogue of one round, with bursts at the places where it would hurt."""
    del case
    places: list[str] = []
    with Terminal(
        program("dialogue", "dialogue", *journal(home)), env=environment(home)
    ) as terminal:
        couple = Couple(terminal)
        couple.sit_down()

        def at(place: str) -> None:
            burst(couple)
            places.append(place)

        at("ready")
        couple.choose(ANA, "ready.yes")
        couple.choose(BEN, "ready.yes")
        couple.choose(BEN, "settle")
        couple.choose(ANA, "said")
        couple.choose(BEN, "said")
        couple.choose(ANA, "check.yes")
        at("check")
        couple.choose(ANA, "check.yes+more.no")
        couple.choose(ANA, "summary-check.yes")
        couple.choose(ANA, "remember.skip")
        couple.choose(BEN, "said")
        couple.choose(ANA, "empathy-check.yes")
        couple.choose(ANA, "said")
        couple.choose(BEN, "said")
        at("switch")
        couple.choose(BEN, "switch.enough")
        for _ in ("heard in", "an appreciation"):
            couple.choose(ANA, "said")
            couple.choose(BEN, "said")
        couple.choose(ANA, "quiet")
        at("keep")
        couple.choose(BEN, "keep.nothing")
        couple.choose(ANA, "keep.nothing")
        couple.finish()
        return terminal.wait_exit(), places


@pytest.mark.parametrize("case", ["a whole talk"])
def test_a_burst_confirms_nothing(bursts: Abreast[tuple[int, list[str]]], case: str) -> None:
    """Twenty Enters, twenty Tabs, and a mix of both, at each place; the talk goes on after it."""
    assert bursts[case] == (0, list(AT))


@pytest.fixture(scope="module")
def bursts(together: Callable[[str], Together]) -> Abreast[tuple[int, list[str]]]:
    """A dialogue with keys that were not meant."""
    return together("test_a_burst_confirms_nothing")(hold_bursts, ("a whole talk",))
