"""A talk as plain data and back; anything else is refused and never half believed."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui import exercises
from imago_tui.dialogue import snapshot
from imago_tui.dialogue.engine import allowed
from tests.dialogue.table import HEARD, PIECE, UNDERSTOOD, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALOGUE = exercises.load("dialogue")
FULL = Talk(
    f"{HEARD} | B validate partly: p | A send S2 | B mirror m | A check almost: é\U0001f642\n"
    " | B mirror m2 | A more-time | time-out 20 | A resume"
)
BOOKED = Talk(f"{UNDERSTOOD} | A skip | B skip | B switch book tomorrow 20:00")


@pytest.mark.parametrize("talk", [FULL, BOOKED, Talk(), Talk("A ready later 20:00")])
def test_there_and_back(talk: Talk) -> None:
    written = json.loads(json.dumps(snapshot.to_json(talk.state)))
    read = snapshot.from_json(DIALOGUE, written)
    assert read == talk.state
    assert allowed(read) == allowed(talk.state)


def test_what_was_let_go_is_in_no_snapshot() -> None:
    talk = Talk(f"{HEARD} | B validate partly | A send GONE | B slower | A send S")
    assert "GONE" not in json.dumps(snapshot.to_json(talk.state))
    talk = Talk(f"{HEARD.partition(' | A send')[0]} | A send GONE | A back | {PIECE}")
    assert "GONE" not in json.dumps(snapshot.to_json(talk.state))


def test_no_name_and_no_time_of_a_turn_is_in_it() -> None:
    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value
            for one in value.values():
                yield from keys(one)
        elif isinstance(value, list):
            for one in value:
                yield from keys(one)

    found = set(keys(snapshot.to_json(FULL.state))) | set(keys(snapshot.to_json(BOOKED.state)))
    assert not found & {"time", "at_time", "instant", "when", "name", "names", "history", "log"}


def test_another_exercise_can_t_go_on_with_it() -> None:
    data = snapshot.to_json(Talk("A ready yes").state)
    with pytest.raises(snapshot.NotResumable):
        snapshot.from_json(exercises.load("appreciation"), data)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if here:
        yield here
    if not isinstance(value, dict | list):
        return
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from paths(one, (*here, key))


DATA = json.loads(json.dumps(snapshot.to_json(FULL.state)))
PATHS = sorted(paths(DATA), key=str)
JUNK = st.sampled_from([None, True, -1, 2, 1.0, "", "x", [], {}, ["x"], {"x": 1}])


@given(st.sampled_from(PATHS), JUNK | st.none(), st.booleans())
def test_a_damaged_one_is_refused_or_a_state(path: tuple[Any, ...], junk: Any, cut: bool) -> None:  # noqa: FBT001
    data = copy.deepcopy(DATA)
    *way, last = path
    inner = data
    for key in way:
        inner = inner[key]
    if cut:
        del inner[last]
    else:
        inner[last] = junk
    try:
        read = snapshot.from_json(DIALOGUE, data)
    except snapshot.NotResumable:
        return
    assert allowed(read)
    assert json.dumps(snapshot.to_json(read))


@given(JUNK)
def test_what_is_no_snapshot_at_all(junk: Any) -> None:
    with pytest.raises(snapshot.NotResumable):
        snapshot.from_json(DIALOGUE, junk)
