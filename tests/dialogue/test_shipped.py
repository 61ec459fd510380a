"""What every shipped exercise has in common, beyond the gate."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from imago_tui import exercises
from imago_tui.dialogue import keep, state
from imago_tui.dialogue.engine import Open, allowed, step
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.exercise import GROUPS
from imago_tui.dialogue.moves import By, Op
from tests.dialogue.table import Talk

ALL = exercises.names()
WAITS_ON = re.compile(
    r"\b(sorry|apolog\w*|forgiv\w*|hug|hold|touch|kiss|password)\b", re.IGNORECASE
)
RUNGS = ("feel", "react", "story", "hurt", "fear", "protect", "reminds", "wish")


@pytest.mark.parametrize("name", ALL)
def test_what_each_is_asked_to_say_can_be_left_out(name: str) -> None:
    """What answers nobody has *not this one*; the rest has its exits, from everywhere."""
    for place in exercises.load(name).places.values():
        own = [move for move in place.moves if move.by is not By.RECEIVER]
        said = {move.by for move in own if move.op is Op.SAY}
        skips = {move.by for move in place.moves if move.step == "skip"}
        assert said <= skips, place.node


@pytest.mark.parametrize("name", ALL)
def test_whatever_step_can_be_kept_is_on_the_list(name: str) -> None:
    exercise = exercises.load(name)
    said = {Op.SAY, Op.ROW, Op.OPEN, Op.MIRROR}
    moves = [move for place in exercise.places.values() for move in place.moves]
    kept = {move.step for move in moves if move.op in said}
    kept |= {"send" for move in moves if move.op is Op.ALMOST}
    chosen = {stage.word for stage in exercise.stages if stage.many and stage.merge == "all"}
    marked = {move.step for move in moves if move.op is Op.MARK}
    chosen |= {
        stage.word
        for stage in exercise.stages
        if stage.word in marked and stage.keep and stage.merge == "each"
    }
    assert kept | chosen <= keep.RECORDED


@pytest.mark.parametrize("name", ALL)
def test_it_is_the_same_whoever_begins(name: str) -> None:
    """Persons exchanged, everything that is open is open for the other one."""
    one, other = (state.begin(exercises.load(name), first) for first in (0, 1))
    for _ in range(200):
        here, there = allowed(one), allowed(other)
        turned = {o._replace(who=None if o.who is None else 1 - o.who) for o in there}
        assert set(here) == turned
        if one.over:
            break
        place = one.exercise.places[one.at.node]
        open_now = {(o.step, o.answer) for o in here}
        ways = [move for move in place.moves if (move.step, move.answer) in open_now]
        last = ways[-1]
        move = last if ways[0].step == "more" else ways[0]
        who = next(o.who for o in here if (o.step, o.answer) == (move.step, move.answer))
        assert who is not None
        if move.answer == "now":  # once is enough: the way to the end is what is looked at
            move = last
        one, _ = step(one, Event(move.step, who, "w", move.answer))
        other, _ = step(other, Event(move.step, 1 - who, "w", move.answer))
    assert one.over
    assert other.over


@pytest.mark.parametrize("name", ALL)
def test_each_stands_in_a_group(name: str) -> None:
    assert exercises.load(name).group in GROUPS


@pytest.mark.parametrize("name", ALL)
def test_nothing_asks_for_touch_or_forgiveness(name: str) -> None:
    for stage in exercises.load(name).stages:
        asks = [face.ask for face in stage.faces.values()]
        assert not [ask for ask in asks if WAITS_ON.search(ask)], stage.id


@pytest.mark.parametrize("name", ALL)
def test_an_outcome_is_offered_where_it_can_hold_something(name: str) -> None:
    exercise = exercises.load(name)
    answers = {
        option.answer for one in exercise.stages if one.id == "keep" for option in one.options
    }
    steps = {one.word for one in exercise.stages}
    assert ("outcome" in answers) == bool(exercise.keeps and steps & keep.OUTCOME)


def test_every_rung_between_the_topic_and_the_heart_can_be_left_out() -> None:
    exercise = exercises.load("deepening")
    assert tuple(s.id for s in exercise.stages if s.kind == "hear" and s.skippable) == RUNGS
    talk = Talk("A ready yes | B ready yes | settle", "deepening")
    talk.run("A topic T | B mirror t | A check yes")
    for rung, below in pairwise((*RUNGS, "heart")):
        assert talk.state.at.node.stage == rung
        assert {"send", "skip"} <= talk.can(0)
        assert "skip" not in talk.can(1)
        talk.run("A skip")
        assert talk.state.at.node.stage == below
    assert "skip" not in talk.can(0)
    talk.run("A send H | B mirror h | A check yes | A more no | A skip | B validate V")
    assert talk.at == "empathize"


def test_a_rung_that_was_begun_is_given_back_before_the_next() -> None:
    talk = Talk("A ready yes | B ready yes | settle", "deepening")
    talk.run("A topic T | B mirror t | A check yes | A send S")
    assert "skip" not in talk.can(0)
    assert talk.can(1) <= {"mirror", "slower", "more-time"}
    talk.run("B mirror s | A check yes")
    assert talk.state.at.node.stage == "react"
    talk.run("A skip | A back")
    assert talk.state.at.node.stage == "react"


def test_the_other_one_goes_down_the_same_topic() -> None:
    talk = Talk("A ready yes | B ready yes | settle", "deepening")
    talk.run("A topic T | B mirror t | A check yes" + " | A skip" * len(RUNGS))
    talk.run("A send H | B mirror h | A check yes | A more no | A skip | B validate V")
    talk.run("B empathize E | A empathy-check yes | A skip | B skip | B switch now | A switch now")
    assert (talk.state.at.node.stage, talk.state.at.sender) == ("feel", 1)
    assert talk.state.said.topic == "T"


def test_a_second_try_leaves_nothing_behind() -> None:
    talk = Talk("A ready yes | B ready yes | A send S | B mirror s | A check yes", "redo")
    assert talk.state.over
    assert not talk.state.exercise.keeps
    assert keep.kept(talk.state.said) is None


def test_after_a_fight_nobody_owes_a_word() -> None:
    talk = Talk("A ready yes | B ready yes | settle | B skip | A skip", "fight")
    assert talk.state.at.node.stage == "send"
    talk.run("A send S | B mirror s | A check yes | B switch enough | B later enough")
    talk.run("A skip | B skip")
    assert Open("keep", 0, "nothing") in talk.open
