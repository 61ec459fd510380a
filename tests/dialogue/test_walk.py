"""Every state that a shipped exercise can ever reach, walked; and what a broken one is told."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import replace
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

from imago_tui import exercises
from imago_tui.dialogue import check, engine
from imago_tui.dialogue.engine import advance, open_at
from imago_tui.dialogue.exercise import Exercise
from imago_tui.dialogue.lists import good_lists, together
from imago_tui.dialogue.moves import OVER, By
from imago_tui.dialogue.parse import _good
from imago_tui.dialogue.stage import ExerciseError, Stage
from tests.dialogue.gate import EXITS, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.moves import Node, Place
    from tests.dialogue.gate import Stop

ALL = exercises.names()
WHOLE = bool(os.environ.get("IMAGO_TEST_WHOLE"))
"""Every change is tried, and not one in so many: `scripts/mutations`."""
HANDFUL = 5
FEW = 200
"""How many changes are tried otherwise, about: the more places, the fewer of each."""
HELPS = {"back", "more-time", "slower"}


@cache
def seen(name: str) -> tuple[dict[Stop, tuple[engine.Open, ...]], set[str]]:
    return watched(exercises.load(name))


@pytest.mark.parametrize("name", ALL)
def test_no_state_of_a_shipped_exercise_breaks_a_rule(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    found = check.walk(exercises.load(name))
    record_property("walked", repr(found))
    print(  # noqa: T201 (the count is a result: pytest -s, or the report)
        f"\n{name}: {found.states} states, {found.running} running places, {found.moves} moves,"
        f" {found.exits} of them exits, {len(found.faults)} faults"
    )
    assert found.faults == set()
    assert found.states > found.running > 0
    stops, broken = seen(name)
    assert broken == set()
    assert len({here.control for here in stops}) == found.states


@pytest.mark.parametrize("name", ALL)
def test_no_answer_before_a_confirmed_mirror(name: str) -> None:
    waiting = 0
    gives_back = any(stage.kind == "hear" or stage.hear for stage in exercises.load(name).stages)
    for here, open_now in seen(name)[0].items():
        watch = here.watch
        if watch.hold or watch.waiting != "piece":
            continue
        waiting += 1
        receivers = {opened.step for opened in open_now if opened.who == 1 - watch.sender}
        theirs = {"back"} if watch.undo and watch.undo[0] != watch.sender else set()
        assert receivers <= {"more-time", *(theirs if watch.given else {"mirror", "slower"})}
        passes = {o for o in open_now if o.step == "check" and o.answer == "yes"}
        assert all(opened.who == watch.sender for opened in passes)
        assert bool(passes) == watch.given
    assert bool(waiting) == gives_back


@pytest.mark.parametrize("name", ALL)
def test_no_state_without_an_exit(name: str) -> None:
    exercise = exercises.load(name)
    for here, open_now in seen(name)[0].items():
        if exercise.places[here.control.at.node].over:
            continue
        nameless = {opened.step for opened in open_now if opened.who is None}
        assert nameless == {"too-much": {"time-out", "stop"}}.get(here.watch.hold, set(EXITS))
        resumes = {opened.who for opened in open_now if opened.step == "resume"}
        holds = here.watch.hold in {"pause", "time-out"}
        people = set(exercise.people(here.watch.sender))
        assert resumes == (people - here.watch.resumed if holds else set())
        # Both exits do what they say in one event: from anywhere.
        held = advance(exercise, here.control, engine.Open("time-out", None)).control.at
        assert (held.hold, held.resumed) == ("time-out", frozenset())
        place = exercise.places[
            advance(exercise, here.control, engine.Open("stop", None)).control.at.node
        ]
        assert place.closing or place.over


@pytest.mark.parametrize("name", [name for name in ALL if not exercises.load(name).alone])
@pytest.mark.parametrize("person", [0, 1])
def test_nobody_alone_leads_from_a_time_out_back_to_content(name: str, person: int) -> None:
    exercise = exercises.load(name)
    others = {h.control for h in seen(name)[0] if h.watch.hold == "time-out"}
    todo = deque(c for c in others if 1 - person not in c.at.resumed)
    met = set(todo)
    assert todo
    while todo:
        control = todo.popleft()
        for opened in open_at(exercise, control):
            if opened.who not in {None, person}:
                continue
            after = advance(exercise, control, opened).control
            place = exercise.places[after.at.node]
            assert after.at.hold == "time-out" or place.closing or place.over
            if after not in met:
                met.add(after)
                todo.append(after)


@pytest.mark.parametrize("name", ALL)
def test_every_state_has_a_way_to_the_end_and_nothing_moves_by_itself(name: str) -> None:
    stops, _ = seen(name)
    exercise = exercises.load(name)
    ahead = {
        here.control: {
            advance(exercise, here.control, opened).control
            for opened in open_now
            if opened.step not in {"stop", "back"}
        }
        for here, open_now in stops.items()
    }
    ends = {control for control in ahead if exercise.places[control.at.node].over}
    behind: dict[engine.Control, set[engine.Control]] = {}
    for control, further in ahead.items():
        for one in further:
            behind.setdefault(one, set()).add(control)
    todo = deque(ends)
    while todo:
        for before in behind.get(todo.popleft(), set()) - ends:
            ends.add(before)
            todo.append(before)
    # also without stop: a time-out opens too-much, both resume, and the way goes on
    assert set(ahead) == ends


class Mutant(Exercise):
    """An exercise whose table is not what its stages make."""

    @classmethod
    def of(cls, exercise: Exercise, places: dict[Node, Place]) -> Mutant:
        made = cls(exercise.id, exercise.title, exercise.about, exercise.minutes, exercise.stages)
        made.__dict__["places"] = MappingProxyType(places)
        return made


def _not(of: object, flag: str) -> dict[str, Any]:
    return {flag: not getattr(of, flag)}


def staged(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    """Stages dropped, swapped, and options that lead elsewhere or ask for less."""
    stages = exercise.stages
    for n, stage in enumerate(stages):
        yield f"without {stage.id}", replace(exercise, stages=stages[:n] + stages[n + 1 :])
    for one, two in combinations(range(len(stages)), 2):
        mixed = list(stages)
        mixed[one], mixed[two] = mixed[two], mixed[one]
        name = f"{stages[one].id} and {stages[two].id} swapped"
        yield name, replace(exercise, stages=tuple(mixed))
    for n, stage in enumerate(stages):
        changes = [
            replace(stage, **_not(stage, flag))
            for flag in ("more", "summary", "partly", "keep", "skippable", "closing")
            if (stage.id, flag) != ("topic", "more")  # a round that is called topic: no harm
        ]
        flags = ("hidden_until_both", "hidden", "many", "own", "once")
        changes += [replace(stage, **_not(stage, flag)) for flag in flags]
        changes += [replace(stage, then="" if stage.then else to.id) for to in stages[:n]]
        changes += [replace(stage, check="" if stage.check else "empathy-check")]
        changes += [
            replace(stage, by=by)
            for by in ("sender", "receiver", "each", "together", "me")
            if by != stage.by
        ]
        for at, option in enumerate(stage.options):
            others = [replace(option, **_not(option, flag)) for flag in ("both", "swap")]
            others += [replace(option, to=to.id) for to in stages if to.id != option.to]
            others += [replace(option, to="over")] if option.to != "over" else []
            for other in others:
                options = (*stage.options[:at], other, *stage.options[at + 1 :])
                changes.append(replace(stage, options=options))
        for change in changes:
            if change != stage:
                told = [
                    f"{key}={getattr(change, key)}"
                    for key in stage.__slots__
                    if getattr(change, key) != getattr(stage, key)
                ]
                yield (
                    f"{stage.id}: {told}",
                    replace(exercise, stages=(*stages[:n], change, *stages[n + 1 :])),
                )


def tabled(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    """Moves dropped, given to another, or leading elsewhere, at every place of the same name."""
    places = exercise.places
    kinds = {
        (node.stage, node.name, move.step, move.answer, move.by)
        for node, place in places.items()
        for move in place.moves
    }
    goals = sorted(
        {exercise.start, exercise.closing, OVER, *map(exercise.entry_of, exercise.by_id)}
    )
    for kind in sorted(kinds, key=str):
        stage, name, step, answer, by = kind

        def changed(
            kind: tuple[str, str, str, str | None, By] = kind,
            **values: Any,
        ) -> Mutant:
            table = {}
            for node, place in places.items():
                moves = []
                for move in place.moves:
                    if (node.stage, node.name, move.step, move.answer, move.by) != kind:
                        moves.append(move)
                    elif values:
                        moves.append(replace(move, **values))
                table[node] = replace(place, moves=tuple(moves))
            return Mutant.of(exercise, table)

        at = f"{stage}/{name} {step}={answer} by {by.value}"
        yield f"no {at}", changed()
        for owner in By:
            if owner is not by:
                yield f"{at}: now {owner.value}'s", changed(by=owner)
        for goal in goals:
            yield f"{at}: to {goal}", changed(to=goal)


def written(stage: Stage) -> dict[str, Any]:
    """What a file would say of a stage."""
    usual = Stage(stage.id, stage.kind, stage.by)
    said = {key: getattr(stage, key) for key in stage.__slots__ if key != "faces"}
    needed = {"id", "kind", "by", "options"}
    usually = {key: getattr(usual, key) for key in said}
    return {key: said[key] for key in said if key in needed or said[key] != usually[key]}


def verdict(exercise: Exercise) -> str:
    """``refused``, ``harmless`` (the watcher, who knows no table, sees every rule kept in every
    reachable state), or what the walk overlooks.
    """
    try:
        for stage in exercise.stages:
            values = written(stage)
            _good(values, stage.id)
            good_lists(values, stage.id)
        together(exercise.stages)
        places = exercise.places
        if any(move.to not in places for place in places.values() for move in place.moves):
            return "refused"  # no such place: nothing would ever start
        if check.walk(exercise, whole=False).faults:
            return "refused"
    except ExerciseError:
        return "refused"
    _, broken = watched(exercise, exits=False)
    return f"overlooked: {sorted(broken)}" if broken else "harmless"


@pytest.mark.parametrize(("name", "make"), [(n, m) for n in ALL for m in (staged, tabled)])
def test_a_changed_exercise_is_refused_or_keeps_every_rule(
    name: str, make: Callable[[Exercise], Iterator[tuple[str, Exercise]]]
) -> None:
    exercise = exercises.load(name)
    assert verdict(exercise) == "harmless"
    share = 1 if WHOLE else max(1, len(exercise.places) ** 2 // FEW)
    verdicts = {
        what: verdict(mutant)
        for what, mutant in make(exercise)
        if crc32(what.encode()) % share == 0
    }
    overlooked = {what: said for what, said in verdicts.items() if said.startswith("over")}
    counts = {said: list(verdicts.values()).count(said) for said in ("refused", "harmless")}
    print(f"\n{name} {make.__name__}: {len(verdicts)} changed, {counts}")  # noqa: T201
    assert overlooked == {}
    assert counts["refused"] or len(verdicts) < HANDFUL
