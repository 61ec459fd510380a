"""``step(state, event) -> (state, effects)``: a look-up in the move table, plus one row for exits.

The rules of the gate live in the table; the exits and helps that are the same everywhere live here,
in ``exits``. ``allowed`` tells exactly what ``step`` takes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.dialogue import exits
from imago_tui.dialogue.control import Advance, Control, Open
from imago_tui.dialogue.events import PERSONS
from imago_tui.dialogue.moves import By, Op
from imago_tui.dialogue.state import NOBODY, At, State, Undo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imago_tui.dialogue.events import Event
    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.moves import Move, Place
    from imago_tui.dialogue.stage import Stage
    from imago_tui.dialogue.state import Said

__all__ = [
    "Advance", "Control", "Effect", "NotOpen", "Open", "advance", "allowed", "control_of", "find",
    "open_at", "persons", "step", "steps",
]  # fmt: skip


class NotOpen(Exception):
    """A step that the talk does not allow now; ``open`` is what it allows instead."""

    def __init__(self, step: str, open_now: tuple[Open, ...]) -> None:
        """``step`` was asked for, ``open_now`` is there instead."""
        super().__init__(step)
        self.step, self.open = step, open_now


@dataclass(frozen=True, slots=True)
class Effect:
    """Something for the front end or the journal to carry out.

    ``what`` is ``save`` (the talk changed), ``turn`` (a turn begins, its timer starts), ``hold``
    (timers stop), ``on`` (timers go on), ``breath`` (both are back from a time-out and go on with
    the talk), ``more-time`` (both want more), ``put-off`` (over before it began), ``done`` (both
    have said what to keep), ``over`` (it has ended).
    """

    what: str


Effects = tuple[Effect, ...]


def allowed(state: State) -> tuple[Open, ...]:
    """Everything that is open now; front ends offer exactly this."""
    found = _open(state.exercise, control_of(state))
    stage = state.stage
    if stage is None or not stage.picks or state.at.hold:
        return tuple(found)
    return tuple(one for one in found if _is_there(state, stage, one))


def _is_there(state: State, stage: Stage, opened: Open) -> bool:
    """Of the items that the table has room for, those that were said are open."""
    move = find(state.exercise.places[state.at.node], state.at.sender, opened)
    if move is None or opened.who is None:
        return True
    items = len(state.said.items(stage, opened.who))
    if move.op is Op.MARK:
        return len(state.said.marks(stage, opened.who)) < items
    return move.item <= items


def control_of(state: State) -> Control:
    """The finite part of a state."""
    return Control(state.at, (state.undo.who, state.undo.at) if state.undo else None)


def open_at(exercise: Exercise, control: Control) -> tuple[Open, ...]:
    """``allowed`` for the finite part alone, for lists of any length: what the checker walks."""
    return tuple(_open(exercise, control))


def _open(exercise: Exercise, control: Control) -> Iterator[Open]:
    at = control.at
    place = exercise.places[at.node]
    if at.hold:
        yield from exits.in_hold(exercise, at)
        return
    for move in place.moves:
        for who in persons(move.by, at.sender):
            yield Open(move.step, who, move.answer)
    yield from exits.beside(exercise, control, place)


def persons(by: By, sender: int) -> tuple[int, ...]:
    """The people a role stands for, now."""
    return PERSONS if by is By.EITHER else (sender if by is By.SENDER else 1 - sender,)


def advance(exercise: Exercise, control: Control, opened: Open) -> Advance:
    """The control state after an open step.

    ``opened`` must be one that ``allowed`` names, with the person who took it in ``who`` (None only
    for the exits).
    """
    at, place = control.at, exercise.places[control.at.node]
    if not at.hold and (move := find(place, at.sender, opened)) is not None:
        return Advance(_moved(exercise, control, move, opened.who), move)
    return exits.taken(exercise, control, place, opened)


def find(place: Place, sender: int, opened: Open) -> Move | None:
    """The table's move for an open step, None when it is an exit or a help."""
    for move in place.moves:
        if (move.step, move.answer) == (opened.step, opened.answer) and (
            opened.who in persons(move.by, sender)
        ):
            return move
    return None


def _moved(exercise: Exercise, control: Control, move: Move, who: int | None) -> Control:
    at = control.at
    sender = 1 - at.sender if move.swap else at.sender
    turned = at.turned or (move.swap and bool(exercise.once))
    undo = control.undo if who is None else (who, replace(at, more_time=NOBODY))
    node = exercise.once.get(move.to, move.to) if at.turned else move.to
    return Control(At(node, sender, turned=turned), undo)


def step(state: State, event: Event) -> tuple[State, Effects]:
    """The state after ``event`` and the effects to carry out. Raises NotOpen; never half-done."""
    control = control_of(state)
    opened = Open(event.step, event.who, event.answer)
    now_open = allowed(state)
    if opened not in now_open:
        # Who called for an exit is not part of the talk, nor who took a step that is either's.
        opened = opened._replace(who=state.at.sender if _eithers(state, opened) else None)
        if opened not in now_open:
            raise NotOpen(event.step, now_open)
    done = advance(state.exercise, control, opened)
    said = _said(state, done, event, opened)
    undo = _undo(state, done, opened)
    after = State(state.exercise, done.control.at, said, undo, _until(state, done, event))
    return after, _effects(state, after, event)


def steps(state: State, events: Sequence[Event]) -> tuple[State, Effects]:
    """The state after several events that one press takes: all of them or none.

    ``back`` then takes back the whole press, as it was one for whoever pressed it. Raises NotOpen.
    """
    after, found = state, list[Effect]()
    for event in events:
        after, effects = step(after, event)
        found += effects
    if len(events) > 1 and after.undo is not None:
        before = replace(state.at, more_time=NOBODY)
        after = replace(after, undo=Undo(after.undo.who, before, state.said))
    return after, tuple(dict.fromkeys(found))


def _eithers(state: State, opened: Open) -> bool:
    """A nameless step of the table that either may take (settle): it needs no name."""
    move = find(state.exercise.places[state.at.node], 0, opened._replace(who=0))
    return opened.who is None and move is not None and move.by is By.EITHER


def _until(state: State, done: Advance, event: Event) -> datetime | None:
    """The agreed return of a time-out; one that is called once more keeps it, or names another."""
    if done.control.at.hold != "time-out":
        return None
    return (event.when if event.step == "time-out" else None) or state.until


def _said(state: State, done: Advance, event: Event, opened: Open) -> Said:
    if done.undone and state.undo is not None:
        return state.undo.said
    said = state.said
    if done.move is not None and opened.who is not None and state.stage is not None:
        said = said.after(done.move, event, opened.who, state.stage, state.at.sender)
        if state.at.turned and done.move.to in state.exercise.once:
            # Both have been heard: that whose turn it is was not asked again is an answer, too.
            passed = (done.move.to.stage, opened.who, "enough")
            said = replace(said, answers=(*said.answers, passed))
        return said
    if event.step == "stop":
        # What was said stays, confirmed or not.
        return replace(said, turns=said.standing, waiting=None)
    return replace(said, waiting=None) if done.drops else said


def _undo(state: State, done: Advance, opened: Open) -> Undo | None:
    if done.control.undo is None:
        return None
    if done.move is not None and opened.who is not None:
        return Undo(opened.who, done.control.undo[1], state.said)
    return state.undo


def _effects(before: State, after: State, event: Event) -> Effects:
    found = ["save"]
    if after.over and not before.over:
        found.append(_ending(before, after))
    elif after.at.hold and not before.at.hold:
        found.append("hold")
    elif before.at.hold and not after.at.hold:
        found.append("on")
        if before.at.hold == "time-out" and event.step == "resume":
            found.append("breath")
    if event.step == "more-time" and not after.at.more_time:
        found.append("more-time")
    if _turn(after) != _turn(before) and _turn(after) is not None:
        found.append("turn")
    return tuple(Effect(what) for what in found)


def _ending(before: State, after: State) -> str:
    """How it ended: put off before it began, with both answers on keeping, or simply over."""
    first = before.exercise.stages[0]
    if before.stage is first and first.merge == "all":
        return "put-off"
    exercise = before.exercise
    people = exercise.people(before.at.sender)
    agreed = exercise.keeps and all(after.said.answer("keep", who) for who in people)
    return "done" if agreed else "over"


def _turn(state: State) -> tuple[str, int] | None:
    """The timed turn it stands in: a stage with minutes of its own, and its Sender."""
    stage = state.stage
    return (stage.id, state.at.sender) if stage is not None and stage.minutes else None
