"""Talks at random, open steps and closed ones, held against the gate as it is told from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from imago_tui import exercises
from imago_tui.dialogue import snapshot, state
from imago_tui.dialogue.engine import NotOpen, Open, allowed, control_of, find, step
from imago_tui.dialogue.events import EXITS, HELPS, Event
from imago_tui.dialogue.moves import By, Op
from imago_tui.dialogue.state import State, Turn
from tests.dialogue.gate import Rules, Watch, breaches

NOW = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
STEPS = sorted(
    {
        (move.step, move.answer)
        for name in exercises.names()
        for place in exercises.load(name).places.values()
        for move in place.moves
    }
    | {(one, None) for one in (*EXITS, *HELPS)},
    key=str,
)
EXTRAS = [("validate", "no"), ("", None), ("send", "yes"), ("mirror", "partly")]
LONG = 40
UNICODE = st.text(st.characters(codec="utf-8"), max_size=8)


def texts(now: State) -> set[str]:
    """Every text that stands or waits."""
    waiting = now.said.waiting
    mirror = (waiting.mirror,) if waiting and waiting.mirror else ()
    turns: tuple[Turn, ...] = (*now.said.turns, *(waiting.turns if waiting else ()), *mirror)
    return {turn.text for turn in turns if turn.text is not None}


class Talks(RuleBasedStateMachine):
    """``self.watch`` knows what the gate knows; the engine's counts are never asked."""

    @initialize(name=st.sampled_from(exercises.names()), first=st.sampled_from([0, 1]))
    def begin(self, name: str, first: int) -> None:
        self.exercise = exercises.load(name)
        self.first = first
        self.eithers = {
            move.step
            for place in self.exercise.places.values()
            for move in place.moves
            if move.by is By.EITHER and move.step != "skip"
        }
        self.gate = Rules.of(self.exercise)
        self.state = state.begin(self.exercise, first)
        self.watch = Watch(first, people=self.gate.people)
        self.history: list[Event] = []
        self.before: State | None = None
        self.numbers = count()

    def take(self, event: Event) -> None:
        now, (opened, table) = self.state, self.meant(event)
        self.state, effects = step(now, event)
        assert effects[0].what == "save"
        self.history.append(event)
        swapped = table and self.state.at.sender != now.at.sender
        stage = now.at.node.stage
        found = list(
            breaches(self.watch, self.gate, opened, swapped=swapped, table=table, stage=stage)
        )
        assert found == [], (event, self.history)
        self.watch = self.watch.seen(opened, swapped=swapped, table=table, stage=stage)
        self.step_back(event, now, table=table)

    def step_back(self, event: Event, now: State, *, table: bool) -> None:
        """``back`` undoes exactly one step of the table; an exit is never undone."""
        if event.step == "back":
            assert self.before is not None
            assert (self.state.at.node, self.state.at.sender) == (
                self.before.at.node,
                self.before.at.sender,
            )
            assert self.state.said == self.before.said
            taken = texts(now) - texts(self.before)
            assert not taken & texts(self.state)
            assert self.state.undo is None
            self.before = None
        elif table:
            self.before = now
        elif self.state.undo is None:
            self.before = None

    def meant(self, event: Event) -> tuple[Open, bool]:
        """The open step that an event is, and whether the table has it."""
        opened = Open(event.step, event.who, event.answer)
        if opened not in allowed(self.state):
            opened = opened._replace(who=None)
        who = opened.who
        if event.step in self.eithers:
            who = self.state.at.sender if event.who is None else event.who
        place = self.exercise.places[self.state.at.node]
        table = not self.state.at.hold and (
            find(place, self.state.at.sender, opened._replace(who=who)) is not None
        )
        return (opened._replace(who=who) if table else opened), table

    def words(self, data: st.DataObject) -> str | None:
        # Numbered, so that each text is told from every other one.
        text = data.draw(st.none() | UNICODE)
        return None if text is None else f"{next(self.numbers)}:{text}"

    def draw(self, data: st.DataObject, good: list[Open]) -> None:
        opened = data.draw(st.sampled_from(good))
        who = data.draw(st.sampled_from([None, 0, 1])) if opened.who is None else opened.who
        when = NOW + timedelta(days=1) if data.draw(st.booleans()) else None
        self.take(Event(opened.step, who, self.words(data), opened.answer, when))

    def closes(self, opened: Open) -> bool:
        """Early in a talk what would end it is left alone, or few would ever get far."""
        ends = opened.step == "stop" or opened.answer in {"no", "later"}
        return ends and len(self.history) < LONG

    @rule(data=st.data())
    def something_open(self, data: st.DataObject) -> None:
        good = [one for one in allowed(self.state) if not self.closes(one)]
        if good:
            self.draw(data, good)

    @rule(data=st.data())
    def on_the_way(self, data: st.DataObject) -> None:
        aside = {*EXITS, "back", "more-time", "slower"}
        if self.state.at.hold == "too-much":
            self.take(Event("time-out"))
        good = [one for one in allowed(self.state) if one.step not in aside]
        if good := [one for one in good if not self.closes(one)]:
            self.draw(data, good)

    @rule(data=st.data())
    def a_good_stretch(self, data: st.DataObject) -> None:
        for _ in range(data.draw(st.integers(1, 12))):
            self.along(data)

    def along(self, data: st.DataObject) -> None:
        """The main road, as two people take it who understand each other."""
        place = self.exercise.places[self.state.at.node]
        if self.state.at.hold or not place.moves:
            return
        open_now = {(one.step, one.answer) for one in allowed(self.state)}
        ways = [move for move in place.moves if (move.step, move.answer) in open_now]
        # To an item that is asked about there may be one answer, or "that's all".
        move = ways[-1 if ways[0].step == "more" or ways[0].op is Op.MARK else 0]
        good = [
            one
            for one in allowed(self.state)
            if (one.step, one.answer) == (move.step, move.answer) and one.step not in EXITS
        ]
        self.draw(data, good)

    @rule(
        kind=st.sampled_from([*STEPS, *EXTRAS]),
        who=st.sampled_from([None, 0, 1]),
        data=st.data(),
    )
    def anything(self, kind: tuple[str, str | None], who: int | None, data: st.DataObject) -> None:
        event = Event(kind[0], who, self.words(data), kind[1])
        if self.closes(Open(kind[0], who, kind[1])):
            return
        open_now = allowed(self.state)
        listed = {Open(event.step, who, event.answer), Open(event.step, None, event.answer)}
        nameless = who is None and event.step in {*EXITS, *self.eithers, "skip"}
        if nameless:
            listed.add(Open(event.step, self.state.at.sender, event.answer))
        if listed & set(open_now) and event.step != "skip":
            self.take(event)
            return
        if event.step == "skip" and listed & set(open_now):
            return
        before = self.state
        with pytest.raises(NotOpen) as refused:
            step(self.state, event)
        assert refused.value.open == open_now
        assert self.state == before

    @rule(data=st.data())
    @precondition(lambda self: self.watch.undo is not None and not self.watch.hold)
    def a_step_back(self, data: st.DataObject) -> None:
        assert self.watch.undo is not None
        if not self.state.over and data.draw(st.booleans()):
            self.take(Event("back", self.watch.undo[0]))

    @invariant()
    def the_watcher_and_the_engine_agree(self) -> None:
        at = self.state.at
        assert (at.sender, at.hold, at.resumed) == (
            self.watch.sender,
            self.watch.hold,
            self.watch.resumed,
        )
        assert (self.state.undo is not None) == (self.watch.undo is not None)
        assert (self.state.said.waiting is not None) == bool(self.watch.waiting)

    @invariant()
    def a_receiver_only_gives_back(self) -> None:
        if self.watch.waiting != "piece" or self.watch.hold:
            return
        own = {one.step for one in allowed(self.state) if one.who == 1 - self.watch.sender}
        assert own <= (
            {"back", "more-time"} if self.watch.given else {"mirror", "slower", "more-time"}
        )

    @invariant()
    def everyone_can_leave(self) -> None:
        if self.state.over:
            return
        nameless = {one.step for one in allowed(self.state) if one.who is None}
        assert nameless == {"too-much": {"time-out", "stop"}}.get(self.watch.hold, set(EXITS))

    @invariant()
    def it_goes_on_after_a_cut(self) -> None:
        written = json.loads(json.dumps(snapshot.to_json(self.state)))
        read = snapshot.from_json(self.exercise, written)
        assert read == self.state
        assert allowed(read) == allowed(self.state)

    @invariant()
    def no_name_or_word_is_in_what_decides(self) -> None:
        control = repr(control_of(self.state))
        assert hash(control_of(self.state)) == hash(control_of(self.state))
        assert not any(text in control for text in texts(self.state))

    def teardown(self) -> None:
        if not hasattr(self, "exercise"):
            return
        again = state.begin(self.exercise, self.first)
        for event in self.history:
            again, _ = step(again, event)
        assert again == self.state
        others = state.begin(self.exercise, 1 - self.first)
        for event in self.history:
            who = None if event.who is None else 1 - event.who
            others, _ = step(others, Event(event.step, who, event.words, event.answer, event.when))
        assert others.at.node == self.state.at.node  # nothing depends on which of them it is


TestTalks = Talks.TestCase
TestTalks.settings = settings(
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
