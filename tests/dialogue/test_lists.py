"""Lists: rows of fields, written alone, together or heard; chosen from, marked, promised."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest

from imago_tui.dialogue import check, events, rows, snapshot
from imago_tui.dialogue.engine import NotOpen, allowed, step
from imago_tui.dialogue.events import BadAnswer, BadWhen, Event
from imago_tui.dialogue.keep import kept
from imago_tui.dialogue.moves import shapes
from imago_tui.dialogue.parse import parse
from imago_tui.dialogue.scene import scene
from imago_tui.dialogue.stage import Column
from imago_tui.dialogue.state import State, begin

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
NAMES = ("Ana", "Ben")
A, B = 0, 1
HEAD = {"schema": 1, "id": "lists", "title": "Lists", "about": "Lists.", "minutes": 5}
COLUMNS = [
    Column("what"),
    Column("until", day=True),
    Column("weight", one_of=("a lot", "a little")),
]


def held(text: str, *lines: str) -> State:
    """The state after ``who step words`` lines; ``-`` for nobody, ``_`` for no words."""
    return go(begin(parse(HEAD | tomllib.loads(text))), *lines)


def go(state: State, *lines: str) -> State:
    shape = shapes(state.exercise.places)
    for line in lines:
        who, name, *rest = line.split(" ", 2)
        event = events.parse(name, rest[0] if rest else None, shape.get(name, events.Shape()), NOW)
        person = None if who == "-" else "AB".index(who)
        state, _ = step(state, Event(name, person, event.words, event.answer, event.when))
        again = snapshot.from_json(state.exercise, json.loads(json.dumps(snapshot.to_json(state))))
        assert again == state
    return state


def can(state: State, who: int) -> set[str]:
    return {f"{one.step} {one.answer or ''}".strip() for one in allowed(state) if one.who == who}


WISHES = """
[[stage]]
id = "wish"
kind = "gather"
by = "sender"
max = 3
hear = true
columns = [{ id = "what", ask = "What?" }, { id = "until", day = true }]

[[stage]]
id = "gift"
kind = "choose"
by = "receiver"
over = ["wish"]
gives = "promise"
options = ["none"]

[[stage]]
id = "switch"
kind = "choose"
by = "receiver"
merge = "owner"
options = [{ answer = "now", to = "wish", both = true, swap = true }, "enough"]
"""

ONE_WISH = ("A wish a walk | 2 weeks", "B mirror a walk", "A check yes")


def test_a_heard_row_is_a_piece_and_the_gift_ends_on_its_day() -> None:
    state = held(WISHES, *ONE_WISH, "A wish tea", "B mirror tea", "A check yes", "A done")
    assert [turn.text for turn in state.said.turns] == [
        "a walk\n2026-12-08", "a walk", "tea", "tea",
    ]  # fmt: skip
    assert can(state, B) == {"gift 1", "gift 2", "gift none", "more-time"}
    assert can(state, A) == {"more-time", "back"}
    after = go(state, "B gift 1: a short walk")
    (gift,) = after.said.agreements
    assert (gift.what, gift.by, gift.for_) == ("a short walk", B, A)
    assert gift.until == datetime(2026, 12, 8, 20, 0, tzinfo=UTC)
    assert go(after, "B back").said.agreements == ()
    assert go(state, "B gift 2").said.agreements[0].until is None
    none = go(state, "B gift none")
    assert none.said.agreements == ()
    assert none.at.node == after.at.node


def test_nothing_is_an_answer_before_the_row_was_given_back() -> None:
    state = held(WISHES, "A wish a walk")
    assert can(state, B) == {"mirror", "slower", "more-time"}
    with pytest.raises(NotOpen):
        go(state, "B gift 1")
    assert go(state, "- time-out", "A resume", "B resume").said.waiting is None


def test_the_list_begins_anew_when_roles_change() -> None:
    state = held(WISHES, *ONE_WISH, "A done", "B gift 1", "B switch now", "A switch now")
    assert state.at.sender == B
    state = go(state, "B wish a book", "A mirror a book", "B check yes", "B done")
    assert can(state, A) == {"gift 1", "gift none", "more-time"}
    assert [one.what for one in go(state, "A gift 1").said.agreements] == ["a walk", "a book"]


def test_what_was_said_aloud_can_be_chosen_too() -> None:
    state = held(WISHES, "A wish", "B mirror", "A check yes", "A done", "B gift 1")
    assert [(one.what, one.until) for one in state.said.agreements] == [(None, None)]


def test_a_list_can_be_left_out_and_then_there_is_only_none() -> None:
    state = held(WISHES, "A skip")
    assert can(state, B) == {"gift none", "more-time"}
    assert scene(state, NAMES).choices[B][0].key == "gift.none"


HIDDEN = """
[[stage]]
id = "now"
kind = "gather"
by = "each"
hidden_until_both = true
max = 2
columns = ["what", { id = "weight", one_of = ["a lot", "a little"] }]

[[stage]]
id = "mark"
kind = "choose"
by = "each"
over = ["now"]
many = true
keep = false
options = ["gladly", "not-now"]
"""


def test_what_each_writes_alone_is_shown_at_once() -> None:
    state = held(HIDDEN, "A now tea | 1", "A now songs | a little")
    assert [one.text for one in scene(state, NAMES).exhibit] == []
    assert can(state, A) == {"more-time", "back"}
    state = go(state, "B now soup")
    assert [one.text for one in scene(state, NAMES).exhibit] == ["soup"]
    state = go(state, "B done")
    shown = scene(state, NAMES)
    assert [one.text for one in shown.exhibit] == ["tea\na lot", "songs\na little", "soup"]
    assert shown.place == "shown"
    assert shown.turn == {A, B}


def test_not_now_is_said_item_by_item_and_leaves_nothing() -> None:
    state = held(HIDDEN, "A now tea", "A now songs", "B now soup", "B done", "- read")
    assert can(state, A) == {"mark gladly", "mark not-now", "done", "more-time", "back"}
    assert [one.text for one in scene(state, NAMES).exhibit] == ["soup"]
    state = go(state, "A mark not-now")
    assert can(state, A) == {"done", "more-time", "back"}
    state = go(state, "A done", "B mark gladly")
    assert [one.text for one in scene(state, NAMES).exhibit] == ["songs"]
    before = state.said.turns
    state = go(state, "B done")
    assert state.over
    assert state.said.turns == before


VISION = """
[[stage]]
id = "dream"
kind = "gather"
by = "each"
max = 2

[[stage]]
id = "ours"
kind = "choose"
by = "each"
over = ["dream"]
whose = "both"
many = true
merge = "all"
options = ["yes", "leave"]
"""


def test_what_both_want_is_theirs_and_the_rest_is_left_alone() -> None:
    lines = ("A dream we sing", "A dream we sleep", "B dream we eat", "B done")
    state = held(VISION, *lines, "A ours yes", "A ours yes", "A ours leave", "A done")
    assert len(state.said.turns) == 3
    state = go(state, "B ours leave", "B ours yes", "B ours yes", "B done")
    assert [(one.step, one.who, one.text) for one in state.said.turns[3:]] == [
        ("ours", A, "we sleep")
    ]
    assert state.over


PATTERNS = """
[[stage]]
id = "pattern"
kind = "choose"
by = "each"
items = ["I get loud.", "I go quiet."]
many = true
options = ["mine", "not-mine"]

[[stage]]
id = "plan"
kind = "gather"
by = "together"
gives = "promise"
columns = ["what", { id = "until", day = true }]
"""


def test_lines_that_the_exercise_brings_are_kept_by_whoever_takes_them() -> None:
    state = held(PATTERNS, "A pattern not-mine", "A pattern mine", "A done", "B done")
    assert [(one.who, one.about, one.text) for one in state.said.turns] == [(A, A, "I go quiet.")]
    state = go(state, "B plan swimming | 24 December")
    (agreed,) = state.said.agreements
    assert (agreed.what, agreed.by, agreed.for_) == ("swimming", B, None)
    assert state.over


ALONE = """
[[stage]]
id = "quiet"
kind = "still"
by = "me"
seconds = 30

[[stage]]
id = "memory"
kind = "tell"
by = "me"
skippable = true

[[stage]]
id = "keep"
kind = "choose"
by = "me"
merge = "own"
closing = true
options = ["nothing", "own"]
"""


def test_one_person_alone_comes_back_alone_and_keeps_it_in_their_own_room() -> None:
    state = held(ALONE, "A quiet")
    assert state.exercise.alone
    assert can(state, B) == set()
    state = go(state, "- time-out", "A resume", "A memory the garden", "A more-time")
    assert state.at.node.name == "keep"
    assert state.at.more_time == frozenset()
    state = go(state, "A keep own")
    assert state.over
    agreed = kept(state.said)
    assert agreed is not None
    assert agreed.amount == "whole"
    assert kept(go(held(ALONE, "- stop"), "A keep nothing").said) is None


@pytest.mark.parametrize("text", [WISHES, HIDDEN, VISION, PATTERNS, ALONE])
def test_each_of_them_keeps_every_rule(text: str) -> None:
    assert check.walk(parse(HEAD | tomllib.loads(text))).faults == set()


@pytest.mark.parametrize(
    ("given", "text", "day"),
    [
        (["tea"], "tea", None),
        (["tea", "2 weeks"], "tea\n2026-12-08", (12, 8)),
        (["tea", "until 24 December", "2"], "tea\n2026-12-24\na little", (12, 24)),
        (["tea", "tomorrow", "A LOT"], "tea\n2026-11-25\na lot", (11, 25)),
        (["one\ntwo", "in a month"], "one two\n2026-12-24", (12, 24)),
        (["tea", "3 jan"], "tea\n2027-01-03", (1, 3)),
    ],
)
def test_a_row_as_people_write_it(given: list[str], text: str, day: Any) -> None:
    kept_as, until = rows.row(given, COLUMNS, NOW)
    assert kept_as == text
    assert (until and (until.month, until.day)) == day
    assert rows.cells(kept_as, COLUMNS)[0] == given[0].replace("\n", " ")


@pytest.mark.parametrize(
    "day", ["soon", "32 December", "0000-00-00", "99999 weeks", "2 fortnights", "29 m"]
)
def test_a_day_that_nobody_can_read(day: str) -> None:
    with pytest.raises(BadWhen) as refused:
        rows.day(day, NOW)
    assert not refused.value.past


def test_a_day_that_is_over() -> None:
    with pytest.raises(BadWhen) as refused:
        rows.day("2026-11-23", NOW)
    assert refused.value.past
    assert rows.day("today", NOW).day == 24


@pytest.mark.parametrize("given", [[""], ["tea", "", "lots"], ["tea", "", "a"], ["a", "", "", "b"]])
def test_a_field_that_can_t_be_taken(given: list[str]) -> None:
    with pytest.raises(BadAnswer):
        rows.row(given, COLUMNS, NOW)


def test_in_a_line_the_last_field_may_hold_a_bar() -> None:
    assert rows.split("a | b | c | d", COLUMNS) == ("a", "b", "c | d")
    assert rows.split("a | b", ()) == ("a | b",)
