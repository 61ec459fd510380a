"""What might come next for the two of them, with its reason. A suggestion, never a debt.

A pure fold over the heads of what they have held. Two ways lead through the same four parts: coming
together, practising, growing, and at home with it. One is for those who argue, and one for those
who don't argue but feel far apart. The cycle stands before the first request, and what is guarded
stands nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from imago_tui.journal.entry import Head

USUAL, DISTANT = "usual", "distant"
PARTS = ("together", "practising", "growing", "home")
"""The parts of either way: getting to know it, practising, growing by it, and living with it."""

MEETINGS = (12, 20)
"""As many talks are usual, where somebody teaches it."""
MINUTES = (10, 90)
"""What one takes, from the shortest to the longest."""

REST = timedelta(hours=20)
"""So soon after a talk something small is plenty."""
A_WHILE = timedelta(days=21)
"""After so long an easy way back in is best."""

Steps = tuple[tuple[str, int], ...]

WAYS: dict[str, dict[str, Steps]] = {
    USUAL: {
        "together": (("appreciation", 1), ("story", 1)),
        "practising": (("short", 1), ("dialogue", 3)),
        "growing": (("cycle", 1), ("requests", 1), ("caring", 1), ("dialogue", 6), ("amends", 1)),
        "home": (("sunday", 1), ("vision", 1), ("review", 1)),
    },
    DISTANT: {
        "together": (("appreciation", 1), ("story", 1)),
        "practising": (("today", 2), ("affirmations", 1), ("caring", 1)),
        "growing": (("vision", 1), ("fun", 1), ("dialogue", 3), ("cycle", 1), ("requests", 1)),
        "home": (("sunday", 1), ("dialogue", 6), ("review", 1)),
    },
}
"""For each part of a way, which exercise, and how often by then, in order."""

SMALL = "daily"
AROUND = ("sunday", "daily", "dialogue", "appreciation", "review")
"""What goes on once the way is walked: whichever was held longest ago."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What might come next, and the key of its reason."""

    exercise: str
    why: str


def suggest(
    held: Sequence[Head], now: datetime, known: Collection[str], way: str = USUAL
) -> Suggestion | None:
    """What might come next; None where nothing known fits.

    Args:
        held: heads of the dialogues that were kept, in any order.
        now: this moment, with offset.
        known: ids of the exercises that can be held and may be suggested.
        way: which of the two they chose.
    """
    done = [head for head in held if head.state == "done"]
    if not done:
        return _known("appreciation", "first", known)
    last = max(head.started for head in done)
    if now - last < REST:
        return _known(SMALL, "rest", known)
    if now - last > A_WHILE:
        return _known("appreciation", "while", known)
    for steps in WAYS[_way(way)].values():
        for exercise, times in steps:
            if exercise in known and _count(done, exercise) < times:
                return Suggestion(exercise, exercise)
    return _longest_ago(done, known)


def part(held: Sequence[Head], known: Collection[str], way: str = USUAL) -> str:
    """In which part of the way they are: the first in which something is still to come."""
    done = [head for head in held if head.state == "done"]
    for name, steps in WAYS[_way(way)].items():
        if any(one in known and _count(done, one) < times for one, times in steps):
            return name
    return PARTS[-1]


def _way(way: str) -> str:
    return way if way in WAYS else USUAL


def _known(exercise: str, why: str, known: Collection[str]) -> Suggestion | None:
    return Suggestion(exercise, why) if exercise in known else None


def _count(done: Sequence[Head], exercise: str) -> int:
    return sum(head.exercise == exercise for head in done)


def _longest_ago(done: Sequence[Head], known: Collection[str]) -> Suggestion | None:
    def last(exercise: str) -> float:
        times = (head.started.timestamp() for head in done if head.exercise == exercise)
        return max(times, default=float("-inf"))

    around = [exercise for exercise in AROUND if exercise in known]
    return Suggestion(min(around, key=last), "around") if around else None
