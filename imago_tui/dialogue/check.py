"""The gate, held against a whole exercise: a walk of every control state it can ever reach.

The same walk refuses a bad exercise and proves a good one: dialogues of any length pass through
these states and no others.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from imago_tui.dialogue import declining
from imago_tui.dialogue.declining import asks_both
from imago_tui.dialogue.engine import Control, advance, open_at
from imago_tui.dialogue.events import EXITS, PERSONS
from imago_tui.dialogue.exercise import KEEPING
from imago_tui.dialogue.facts import Facts, Fault
from imago_tui.dialogue.moves import Op
from imago_tui.dialogue.state import At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.engine import Advance, Open
    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.moves import Move, Node
    from imago_tui.dialogue.stage import Stage


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


def walk(exercise: Exercise, *, whole: bool = True) -> Walk:
    """Every state reachable from the first, by everything that either person may do.

    Not ``whole``: it ends at the first fault, and leaves out exits and more time, which are the
    same everywhere.
    """
    found = Walk(
        faults=_no_way_on(exercise)
        | _ends_unasked(exercise)
        | _consent_late(exercise)
        | set(declining.faults(exercise))
    )
    start = _Here(Control(At(exercise.start)), Facts())
    seen, waiting = {start}, deque([start])
    while waiting and (whole or not found.faults):
        here = waiting.popleft()
        open_now = open_at(exercise, here.control)
        found.faults |= set(_no_exit(exercise, here.control, open_now))
        for opened in open_now:
            if not whole and opened.step in _EVERYWHERE:
                continue
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
    if whole or not found.faults:
        found.faults |= _back_alone(exercise, controls) | _after_closing(exercise, controls)
    return found


_EVERYWHERE = frozenset({*EXITS, "more-time"})


def _further(exercise: Exercise, here: _Here, done: Advance, opened: Open) -> _Here:
    """The next stop after a step."""
    facts, before = here.facts, here.before
    if done.move is not None:
        stage = exercise.by_id[here.control.at.node.stage]
        again = here.control.at.node.name == "partly"
        who = opened.who if opened.who is not None else here.control.at.sender
        facts, before = facts.after(done.move, stage, who, again=again), facts
    elif done.undone:
        facts, before = before or Facts(), None
    elif done.drops:
        facts = facts._replace(waiting="")
    elif opened.step == "stop" and not exercise.places[here.control.at.node].closing:
        facts = Facts()
    return _Here(done.control, facts, before if done.control.undo is not None else None)


def _no_exit(exercise: Exercise, control: Control, open_now: tuple[Open, ...]) -> list[Fault]:
    """From every state each person reaches time-out and stop in one event."""
    place = exercise.places[control.at.node]
    if place.over:
        return []
    steps = {opened.step for opened in open_now}
    wanted = {"time-out", "stop"} | ({"pause"} if control.at.hold in {"", "pause"} else set())
    return [Fault("no-exit", place.node.stage, step) for step in wanted - steps]


def _no_way_on(exercise: Exercise) -> set[Fault]:
    """From every place there is a way to the end that needs no exit."""
    places = exercise.places
    ways: dict[Node, set[Node]] = {}
    for place in places.values():
        for move in place.moves:
            ways.setdefault(move.to, set()).add(place.node)
    todo = [place.node for place in places.values() if place.over]
    ends = set(todo)
    while todo:
        for before in ways.get(todo.pop(), set()) - ends:
            ends.add(before)
            todo.append(before)
    return {Fault("no-way-on", node.stage, node.name) for node in places if node not in ends}


def _ends_unasked(exercise: Exercise) -> set[Fault]:
    """Where something may be kept, both are asked: only a "not now" at the start ends before.
    And what has ended has ended.
    """
    first = exercise.stages[0].id
    faults: set[Fault] = set()
    for place in exercise.places.values():
        stage = exercise.by_id.get(place.node.stage)
        if place.over and not all(exercise.places[move.to].over for move in place.moves):
            faults.add(Fault("goes-on-after-end", place.node.stage, place.node.name))
        if stage is None or place.over or not exercise.keeps:
            continue
        put_off = asks_both(stage) and stage.id == first
        for move in place.moves:
            again = move.to.stage == first and stage.id != first
            asked = put_off or stage.merge in KEEPING
            ends = exercise.places[move.to].over and not asked
            on = move.to.stage != stage.id and not exercise.places[move.to].over
            if stage.merge in KEEPING and on:
                faults.add(Fault("goes-on-after-end", stage.id, move.step))
            if ends or (again and asks_both(exercise.stages[0])):
                faults.add(Fault("ends-unasked", stage.id, move.step))
    return faults


def _consent_late(exercise: Exercise) -> set[Fault]:
    """Where both are asked whether to begin, nothing comes before it, and nothing leads back."""
    first = exercise.stages[0]
    asking = [stage for stage in exercise.stages if asks_both(stage)]
    if first not in asking:
        return {Fault("consent-late", stage.id, stage.word) for stage in asking}
    return {
        Fault("consent-late", place.node.stage, move.step)
        for place in exercise.places.values()
        for move in place.moves
        if move.to.stage == first.id != place.node.stage
    }


def _gate(exercise: Exercise, here: _Here, move: Move, opened: Open) -> Iterator[Fault]:
    """The gate's rules for one move: nothing is an answer before all was heard."""
    at, facts = here.control.at, here.facts
    stage = exercise.by_id[at.node.stage]
    senders = opened.who == at.sender
    answers = move.op in {Op.CONFIRM, Op.ALMOST, Op.REDO}
    leaves = move.to.stage != at.node.stage or move.swap
    guesses = move.op is Op.OPEN and not senders and move.step != "summary"
    feels = any(one.check for one in exercise.stages)
    answer_of = {"sender": senders, "me": senders, "receiver": not senders}.get(stage.by, True)
    round_ = stage.kind == "hear" or (stage.partly and at.node.name != stage.word)
    rules = {
        "answer-before-mirror": facts.waiting and not senders and move.op is not Op.MIRROR,
        "on-without-confirmation": facts.waiting
        and not answers
        and move.op is not Op.DROP
        and (senders or leaves),
        "confirmed-by-another": answers and not senders,
        "round-by-another": round_ and _not_theirs(move, senders=senders),
        "said-by-another": not round_ and _anothers(stage, move) and not answer_of,
        "validated-too-soon": stage.by == "receiver"
        and move.spoken
        and move.op in {Op.SAY, Op.NOTHING}
        and not (facts.heard or (stage.own and facts.validated)),
        "empathy-too-soon": guesses and not round_ and not facts.validated,
        "request-too-soon": stage.kind == "gather" and feels and not facts.felt,
        "turn-too-soon": move.swap and _turn_too_soon(exercise, facts, move, opened),
        "one-alone": leaves and _one_alone(exercise, stage, facts, move, opened),
        "answered-for-another": move.op is Op.ANSWER and _for_another(stage, facts, opened, at),
        "round-left": move.op is Op.OPEN
        and senders
        and facts.hearing != stage.id
        and facts.pieces > 1
        and not facts.summed,
        "summary-needed": round_ and facts.pieces > 1 and _unsummed(facts, move, leaves=leaves),
    }
    return (Fault(rule, stage.id, move.step) for rule, broken in rules.items() if broken)


_WORDS = {Op.SAY, Op.OPEN, Op.ROW, Op.NOTHING}


def _unsummed(facts: Facts, move: Move, *, leaves: bool) -> bool:
    """Whether a round of several pieces would be left without its summary."""
    if move.step == "skip":
        return not facts.waiting
    return move.step == "more" and leaves and not facts.summed


def _anothers(stage: Stage, move: Move) -> bool:
    """Whether a step is one person's alone: words of a stage, or an answer that only they give."""
    if move.op in {Op.ANSWER, Op.MARK}:
        return stage.merge != "owner"
    return move.op in _WORDS and move.spoken


def _not_theirs(move: Move, *, senders: bool) -> bool:
    """In a round the Receiver mirrors and sums up, and everything else is the Sender's."""
    receivers = move.op is Op.MIRROR or (move.op is Op.OPEN and move.step == "summary")
    return receivers if senders else not receivers


def _turn_too_soon(exercise: Exercise, facts: Facts, move: Move, opened: Open) -> bool:
    """The other one's turn comes after all of it, and when both want it; what was left out needs
    nobody's hearing.
    """
    wanted = opened.who is not None and facts.agreed(move, opened.who)
    mirrors_only = not any(one.partly or one.check for one in exercise.stages)
    understood = mirrors_only or (facts.validated and facts.felt)
    return not (wanted and not facts.unheard and understood)


def _one_alone(exercise: Exercise, stage: Stage, facts: Facts, move: Move, opened: Open) -> bool:
    """A choice of each is left when each has chosen; only a "not now" needs nobody else."""
    if stage.kind != "choose" or stage.by != "each" or opened.who is None:
        return False
    onward = exercise.places[move.to]
    put_off = asks_both(stage) and (onward.over or onward.closing)
    return not put_off and not facts.both(opened.who)


def _for_another(stage: Stage, facts: Facts, opened: Open, at: At) -> bool:
    """Nobody answers twice, and the one whose reply it is answers first."""
    again = any(who == opened.who for who, _ in facts.answered)
    first = stage.merge == "owner" and opened.who == at.sender and not facts.answered
    return again or first


def _back_alone(exercise: Exercise, controls: set[Control]) -> set[Fault]:
    """No single person's events lead from a time-out back to content, or make it lighter; but of
    one who is alone.
    """
    faults: set[Fault] = set()
    if exercise.alone:
        return faults
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
