"""The gate, held against a whole exercise: a walk of every control state it can ever reach.

The same walk refuses a bad exercise and proves a good one: dialogues of any length pass through
these states and no others.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from imago_tui.dialogue.engine import Control, advance, open_at
from imago_tui.dialogue.events import EXITS, PERSONS
from imago_tui.dialogue.moves import By, Op
from imago_tui.dialogue.state import At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.engine import Advance, Open
    from imago_tui.dialogue.exercise import Exercise, Stage
    from imago_tui.dialogue.moves import Move


class Facts(NamedTuple):
    """What has happened in this turn, kept beside the walk and apart from the table's own counts.

    What waits, pieces confirmed and summed up in the round that ``hearing`` names, validation,
    confirmed empathy.
    """

    waiting: str = ""
    pieces: int = 0
    summed: bool = False
    validated: bool = False
    felt: bool = False
    hearing: str = ""

    def after(self, move: Move, stage: Stage, *, again: bool) -> Facts:
        """The facts after a move; ``again``: a further round on the part that isn't clear yet."""
        if move.swap:
            return Facts()
        match move.op:
            case Op.OPEN if move.by is By.SENDER:
                opened = self._replace(waiting="piece", hearing=stage.id)
                fresh = again or self.validated or self.hearing != stage.id
                return opened._replace(pieces=0, summed=False, validated=False) if fresh else opened
            case Op.OPEN:
                return self._replace(waiting=move.step)
            case Op.CONFIRM:
                return self._confirmed()
            case Op.DROP:
                return self._replace(waiting="")
            case Op.SAY if stage.partly:
                return self._replace(validated=True)
        return self

    def _confirmed(self) -> Facts:
        done = self._replace(waiting="")
        if self.waiting == "piece":
            return done._replace(pieces=min(self.pieces + 1, 2), summed=False)
        return done._replace(summed=True) if self.waiting == "summary" else done._replace(felt=True)


class Fault(NamedTuple):
    """A rule that doesn't hold: its key in the words file, the stage and the step where."""

    rule: str
    stage: str
    step: str


@dataclass(slots=True)
class Walk:
    """What the walk found. ``states`` are control states, ``moves`` the steps between them."""

    states: int = 0
    running: int = 0
    moves: int = 0
    exits: int = 0
    faults: set[Fault] = field(default_factory=set)


class _Here(NamedTuple):
    """One stop of the walk: the control state, the facts, and the facts that ``back`` restores."""

    control: Control
    facts: Facts
    before: Facts | None = None


def walk(exercise: Exercise) -> Walk:
    """Every state reachable from the first, by everything that either person may do."""
    found = Walk()
    start = _Here(Control(At(exercise.start)), Facts())
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        open_now = open_at(exercise, here.control)
        found.faults |= set(_no_exit(exercise, here.control, open_now))
        for opened in open_now:
            found.moves += 1
            found.exits += opened.step in EXITS
            done = advance(exercise, here.control, opened)
            if done.move is not None:
                found.faults |= set(_gate(exercise, here, done.move, opened))
            further = _further(exercise, here, done, opened)
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    controls = {here.control for here in seen}
    found.states = len(controls)
    places = {(c.at.node, c.at.sender) for c in controls if not exercise.places[c.at.node].over}
    found.running = len(places)
    found.faults |= _back_alone(exercise, controls) | _after_closing(exercise, controls)
    if not any(exercise.places[control.at.node].over for control in controls):
        found.faults.add(Fault("endless", exercise.stages[-1].id, ""))
    return found


def _further(exercise: Exercise, here: _Here, done: Advance, opened: Open) -> _Here:
    """The next stop after a step."""
    facts, before = here.facts, here.before
    if done.move is not None:
        stage = exercise.by_id[here.control.at.node.stage]
        again = here.control.at.node.name == "partly"
        facts, before = facts.after(done.move, stage, again=again), facts
    elif done.undone:
        facts, before = before or Facts(), None
    elif done.drops:
        facts = facts._replace(waiting="")
    elif opened.step == "stop":
        facts = Facts()
    return _Here(done.control, facts, before if done.control.undo is not None else None)


def _no_exit(exercise: Exercise, control: Control, open_now: tuple[Open, ...]) -> list[Fault]:
    """From every state each person reaches time-out and stop in one event, and a way on exists."""
    place = exercise.places[control.at.node]
    if place.over:
        return []
    steps = {opened.step for opened in open_now}
    wanted = {"time-out", "stop"} | ({"pause"} if control.at.hold in {"", "pause"} else set())
    faults = [Fault("no-exit", place.node.stage, step) for step in wanted - steps]
    if not place.moves:
        faults.append(Fault("no-way-on", place.node.stage, place.node.name))
    return faults


def _gate(exercise: Exercise, here: _Here, move: Move, opened: Open) -> Iterator[Fault]:
    """The gate's rules for one move: nothing is an answer before all was heard."""
    at, facts = here.control.at, here.facts
    stage = exercise.by_id[at.node.stage]
    senders = opened.who == at.sender
    answers = move.op in {Op.CONFIRM, Op.ALMOST, Op.REDO}
    leaves = move.to.stage != at.node.stage or move.swap
    validates = any(one.partly for one in exercise.stages)
    feels = any(one.check for one in exercise.stages)
    guesses = move.op is Op.OPEN and not senders and move.step != "summary"
    unheard = bool(facts.waiting) or (facts.pieces > 1 and not facts.summed) or not facts.pieces
    rules = {
        "answer-before-mirror": facts.waiting and not senders and move.op is not Op.MIRROR,
        "on-without-confirmation": facts.waiting
        and not answers
        and move.op is not Op.DROP
        and (senders or leaves),
        "confirmed-by-another": answers and not senders,
        "validated-too-soon": stage.partly and move.op is Op.SAY and unheard,
        "empathy-too-soon": guesses and validates and not facts.validated,
        "request-too-soon": stage.kind == "gather" and feels and not facts.felt,
        "turn-too-soon": move.swap
        and (
            bool(facts.waiting)
            or not facts.pieces
            or (validates and not facts.validated)
            or (feels and not facts.felt)
        ),
    }
    return (Fault(rule, stage.id, move.step) for rule, broken in rules.items() if broken)


def _back_alone(exercise: Exercise, controls: set[Control]) -> set[Fault]:
    """No single person's events lead from a time-out back to content, or make it lighter."""
    faults: set[Fault] = set()
    starts = {c for c in controls if c.at.hold == "time-out" and not c.at.resumed}
    for person in PERSONS:
        seen, todo = set(starts), list(starts)
        while todo:
            control = todo.pop()
            mine = (o for o in open_at(exercise, control) if o.who in {None, person})
            for opened in mine:
                after = advance(exercise, control, opened).control
                place = exercise.places[after.at.node]
                if place.closing or place.over or after in seen:
                    continue
                if after.at.hold != "time-out":
                    faults.add(Fault("back-alone", after.at.node.stage, opened.step))
                seen.add(after)
                todo.append(after)
    return faults


def _after_closing(exercise: Exercise, controls: set[Control]) -> set[Fault]:
    """Nothing leads from the closing page back to content, but taking back the step there."""
    faults: set[Fault] = set()
    for control in controls:
        if not exercise.places[control.at.node].closing:
            continue
        for opened in open_at(exercise, control):
            place = exercise.places[advance(exercise, control, opened).control.at.node]
            if not (place.closing or place.over) and opened.step != "back":
                faults.add(Fault("content-after-closing", control.at.node.stage, opened.step))
    return faults
