"""Keys that were not meant: a burst confirms nothing, and nobody's keys reach the next turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.pty.couple import Couple, environment, journal, program
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pty.conftest import Abreast, Together

ANA, BEN = 0, 1
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


def hold(case: str, home: Path) -> tuple[int, list[str]]:
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


@pytest.fixture(scope="module")
def held(together: Callable[[str], Together]) -> Abreast[tuple[int, list[str]]]:
    return together("test_a_burst_confirms_nothing")(hold, ("a whole talk",))


@pytest.mark.parametrize("case", ["a whole talk"])
def test_a_burst_confirms_nothing(held: Abreast[tuple[int, list[str]]], case: str) -> None:
    """Twenty Enters, twenty Tabs, and a mix of both, at each place; the talk goes on after it."""
    assert held[case] == (0, list(AT))
