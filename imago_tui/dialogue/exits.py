"""The row that is the same everywhere: pause, time-out, too much, stop, and what helps along.

No order of these makes a time-out lighter. In an exercise for one person, that one is both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.control import Advance, Control, Open
from imago_tui.dialogue.events import EXITS
from imago_tui.dialogue.state import NOBODY, At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.moves import Place


def beside(exercise: Exercise, control: Control, place: Place) -> Iterator[Open]:
    """What is open beside the table's moves."""
    at = control.at
    if place.over:
        return
    if place.smaller is not None:
        yield Open("slower", 1 - at.sender)
    for who in exercise.people(at.sender):
        if who not in at.more_time:
            yield Open("more-time", who)
    if control.undo is not None:
        yield Open("back", control.undo[0])
    for step in EXITS:
        yield Open(step, None)


def in_hold(exercise: Exercise, at: At) -> Iterator[Open]:
    """While a talk is held; ``too-much`` leaves only a time-out and the end."""
    if at.hold != "too-much":
        for who in exercise.people(at.sender):
            if who not in at.resumed:
                yield Open("resume", who)
    for step in ("time-out", "stop") if at.hold == "too-much" else EXITS:
        yield Open(step, None)


def taken(exercise: Exercise, control: Control, place: Place, opened: Open) -> Advance:
    """The control state after one of these. Raises KeyError for any other step."""
    at, undo = control
    match opened.step:
        case "slower" if place.smaller is not None:
            dropped = place.smaller != at.node
            return Advance(
                Control(At(place.smaller, at.sender, turned=at.turned), None if dropped else undo),
                drops=dropped,
            )
        case "pause" | "time-out" | "too-much" as hold:
            if hold != "time-out" and at.hold in {"time-out", hold}:
                return Advance(control)
            return Advance(Control(replace(at, hold=hold, resumed=NOBODY, more_time=NOBODY), undo))
        case "stop":
            node = at.node if place.closing else exercise.closing
            return Advance(Control(At(node, at.sender, turned=at.turned)))
        case "resume":
            return _resumed(exercise, control, place, opened.who)
        case "more-time":
            asked = at.more_time | {opened.who} if opened.who is not None else at.more_time
            both = NOBODY if len(asked) == len(exercise.people(at.sender)) else asked
            return Advance(Control(replace(at, more_time=both), undo))
        case "back" if undo is not None:
            return Advance(Control(undo[1], None), undone=True)
    raise KeyError(opened.step)


def _resumed(exercise: Exercise, control: Control, place: Place, who: int | None) -> Advance:
    """A pause ends with either, a time-out with each, and the last piece is said again."""
    at, undo = control
    resumed = at.resumed if who is None else at.resumed | {who}
    if at.hold == "time-out":
        if len(resumed) < len(exercise.people(at.sender)):
            return Advance(Control(replace(at, resumed=resumed), undo))
        if place.again is not None:
            again = At(place.again, at.sender, turned=at.turned)
            return Advance(Control(again, None), drops=True)
    return Advance(Control(At(at.node, at.sender, turned=at.turned), undo))
