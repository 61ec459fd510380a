"""The gate, held against a whole exercise: a walk of every control state it can ever reach.

The same walk refuses a bad exercise and proves a good one: dialogues of any length pass through
these states and no others.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from imago_tui.dialogue.engine import Control, Open, advance, open_at
from imago_tui.dialogue.events import EXITS, PERSONS
from imago_tui.dialogue.exercise import Exercise
from imago_tui.dialogue.moves import Move, Op
from imago_tui.dialogue.state import At


class Facts(NamedTuple):
    """What has happened in this turn, kept beside the walk and independent of the table's own
    counts: what waits, pieces confirmed and summed up in the round that ``hearing`` names,
    validation, confirmed empathy.
    """

    waiting: str = ""
    pieces: int = 0
    summed: bool = False
    validated: bool = False
    felt: bool = False
    hearing: str = ""


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


def walk(exercise: Exercise) -> Walk:
    """Every state reachable from the first, by everything that either person may do."""
    found = Walk()
    start = (Control(At(exercise.start)), Facts(), None)
    seen: set[tuple[Control, Facts, Facts | None]] = {start}
    controls: set[Control] = set()
    running: set[tuple[object, int]] = set()
    ends = False
    waiting = deque([start])
    while waiting:
        control, facts, before = waiting.popleft()
        controls.add(control)
        place = exercise.places[control.at.node]
        ends = ends or place.over
        if not control.at.hold and not place.over:
            running.add((control.at.node, control.at.sender))
        open_now = open_at(exercise, control)
        found.faults |= set(_no_exit(exercise, control, open_now))
        for opened in open_now:
            done = advance(exercise, control, opened)
            found.moves += 1
            found.exits += opened.step in EXITS
            after, previous = facts, before
            if done.move is not None:
                found.faults |= set(_gate(exercise, control.at, facts, done.move, opened))
                previous, after = facts, _facts(exercise, facts, done.move, control.at)
            elif done.undone:
                after, previous = before or Facts(), None
            elif done.drops:
                after, previous = facts._replace(waiting=""), None
            elif opened.step == "stop":
                after, previous = Facts(), None
            if done.control.undo is None:
                previous = None
            further = (done.control, after, previous)
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    found.states, found.running = len(controls), len(running)
    found.faults |= _alone(exercise, controls)
    if not ends:
        found.faults.add(Fault("endless", exercise.stages[-1].id, ""))
    return found


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


def _facts(exercise: Exercise, facts: Facts, move: Move, at: At) -> Facts:
    stage = exercise.by_id[at.node.stage]
    if move.swap:
        return Facts()
    match move.op:
        case Op.OPEN if move.by.value == "sender":
            fresh = facts.validated or at.node.name == "partly"
            fresh = fresh or facts.hearing != stage.id
            opened = facts._replace(waiting="piece", hearing=stage.id)
            return opened._replace(pieces=0, summed=False, validated=False) if fresh else opened
        case Op.OPEN:
            return facts._replace(waiting=move.step)
        case Op.CONFIRM if facts.waiting == "piece":
            return facts._replace(waiting="", pieces=min(facts.pieces + 1, 2), summed=False)
        case Op.CONFIRM if facts.waiting == "summary":
            return facts._replace(waiting="", summed=True)
        case Op.CONFIRM:
            return facts._replace(waiting="", felt=True)
        case Op.DROP:
            return facts._replace(waiting="")
        case Op.SAY if stage.partly:
            return facts._replace(validated=True)
    return facts


def _gate(exercise: Exercise, at: At, facts: Facts, move: Move, opened: Open) -> list[Fault]:
    """The gate's rules for one move: nothing is an answer before all was heard."""
    stage = exercise.by_id[at.node.stage]
    faults: list[str] = []
    mine = opened.who == at.sender
    opens_summary = move.op is Op.OPEN and move.step == "summary"
    if facts.waiting and not mine and move.op is not Op.MIRROR:
        faults.append("answer-before-mirror")
    if facts.waiting and mine and move.op not in {
        Op.CONFIRM, Op.ALMOST, Op.REDO, Op.DROP,
    }:  # fmt: skip
        faults.append("on-without-confirmation")
    if move.op in {Op.CONFIRM, Op.ALMOST, Op.REDO} and not mine:
        faults.append("confirmed-by-another")
    leaves = move.to.stage != at.node.stage or move.swap
    unsummed = facts.pieces > 1 and not facts.summed
    if stage.partly and move.op is Op.SAY and (facts.waiting or unsummed or not facts.pieces):
        faults.append("validated-too-soon")
    guess = move.op is Op.OPEN and not mine and not opens_summary
    has = {part for s in exercise.stages for part in (("partly",) if s.partly else ()) + (("check",) if s.check else ())}
    if guess and "partly" in has and not facts.validated:
        faults.append("empathy-too-soon")
    if stage.kind == "gather" and "check" in has and not facts.felt:
        faults.append("request-too-soon")
    if move.swap and (facts.waiting or not facts.pieces):
        faults.append("turn-too-soon")
    if move.swap and (("partly" in has and not facts.validated) or ("check" in has and not facts.felt)):
        faults.append("turn-too-soon")
    if leaves and facts.waiting and move.op is not Op.CONFIRM and move.op is not Op.DROP:
        faults.append("on-without-confirmation")
    return [Fault(rule, stage.id, move.step) for rule in faults]


def _alone(exercise: Exercise, controls: set[Control]) -> set[Fault]:
    """No single person's events lead from a time-out back to content, and none makes it lighter."""
    faults: set[Fault] = set()
    starts = {c for c in controls if c.at.hold == "time-out" and not c.at.resumed}
    for person in PERSONS:
        seen, todo = set(starts), list(starts)
        while todo:
            control = todo.pop()
            for opened in open_at(exercise, control):
                if opened.who not in {None, person}:
                    continue
                after = advance(exercise, control, opened).control
                place = exercise.places[after.at.node]
                if place.closing or place.over:
                    continue
                if after.at.hold != "time-out":
                    faults.add(Fault("back-alone", after.at.node.stage, opened.step))
                elif after not in seen:
                    seen.add(after)
                    todo.append(after)
    # A stop leads to the closing page; nothing there leads back to content.
    for control in controls:
        if not exercise.places[control.at.node].closing:
            continue
        for opened in open_at(exercise, control):
            after = advance(exercise, control, opened).control
            place = exercise.places[after.at.node]
            if not (place.closing or place.over) and opened.step != "back":
                faults.add(Fault("content-after-closing", control.at.node.stage, opened.step))
    return faults


