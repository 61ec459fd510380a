"""Each exit, tried from every state that two people can ever reach in a shipped exercise."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises
from imago_tui.dialogue.engine import Control, Open, advance, open_at
from imago_tui.dialogue.events import EXITS
from imago_tui.dialogue.state import At

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.dialogue.exercise import Exercise

ALL = exercises.names()
SHUT = {"too-much": {"pause", "too-much"}}
"""Exits that a hold leaves shut."""


@cache
def reached(name: str) -> frozenset[Control]:
    """Every control state, by everything that either may do."""
    exercise = exercises.load(name)
    start = Control(At(exercise.start))
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        for opened in open_at(exercise, here):
            further = advance(exercise, here, opened).control
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return frozenset(seen)


def holds(exercise: Exercise, here: Control, step: str) -> None:
    """An exit does what it says, in one event, and names nobody."""
    after = advance(exercise, here, Open(step, None)).control
    place = exercise.places[after.at.node]
    if step == "stop":
        assert place.closing or place.over
        assert not after.at.hold
        return
    assert after.at.node == here.at.node, "nothing is lost by leaving for a while"
    heavier = here.at.hold == "time-out" and step != "time-out"
    assert after.at.hold == (here.at.hold if heavier else step)
    opens = open_at(exercise, after)
    backs = {opened.who for opened in opens if opened.step == "resume"}
    match after.at.hold:
        case "too-much":
            assert {opened.step for opened in opens} == {"time-out", "stop"}
        case "time-out":
            assert backs == set(exercise.people(here.at.sender)) - after.at.resumed
            for who in backs:
                once = advance(exercise, after, Open("resume", who)).control
                back = after.at.resumed or exercise.alone
                assert once.at.hold == ("" if back else "time-out"), "both come back"
        case "pause":
            assert backs == set(exercise.people(here.at.sender))
            for who in backs:
                assert not advance(exercise, after, Open("resume", who)).control.at.hold


@pytest.mark.parametrize("name", ALL)
def test_each_exit_from_every_state(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    exercise, tried, states = exercises.load(name), 0, 0
    for here in reached(name):
        opens = open_at(exercise, here)
        if exercise.places[here.at.node].over:
            continue
        states += 1
        nameless = {opened.step for opened in opens if opened.who is None}
        assert nameless == set(EXITS) - SHUT.get(here.at.hold, set())
        for step in nameless:
            holds(exercise, here, step)
            tried += 1
    record_property("exits", tried)
    print(f"\n{name}: {tried} exits tried from {states} states")  # noqa: T201  pytest -s
    assert tried >= 2 * states > 0


def test_how_many_there_are(record_property: Callable[[str, object], None]) -> None:
    states = {name: len(reached(name)) for name in ALL}
    record_property("states", sum(states.values()))
    print(f"\n{sum(states.values())} states of {len(ALL)} exercises")  # noqa: T201
    assert min(states.values()) > len(EXITS)
