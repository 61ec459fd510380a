"""Lists at the table: rows in one line, the circle drawn, a suggestion in nobody's way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui import exercises
from imago_tui.dialogue.engine import step
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.moves import Node
from imago_tui.dialogue.state import At, State, Turn, begin
from imago_tui.session import Session
from tests.tui.conftest import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.tui.app import ImagoApp

DAY = datetime(2090, 12, 24, 20, 0, tzinfo=UTC)


def at(name: str, stage: str, place: str = "", **said: Any) -> State:
    """A talk that stands at a stage."""
    from dataclasses import replace

    state = begin(exercises.load(name))
    node = Node(stage, place) if place else state.exercise.entry_of(stage)
    return replace(state, at=At(node), said=replace(state.said, **said))


def flow(state: State) -> Any:
    async def hold(app: ImagoApp) -> int:
        await app.hold(Session(state.exercise, NAMES, state_=state))
        return 0

    return hold


async def test_the_circle_is_drawn(screens: Callable[..., Any]) -> None:
    does = (Turn("does", 0, 0, "talk faster"), Turn("does", 1, 1, "look at the floor"))
    async with screens(flow(at("cycle", "circle", turns=does)), (48, 14)) as seen:
        await seen.shows("The more Ana: talk faster")
        await seen.shows("the more Ben: look at the floor")


async def test_a_row_is_typed_field_by_field_and_stands_in_one_line(
    screens: Callable[..., Any],
) -> None:
    state = at("requests", "request")
    async with screens(flow(state), (80, 24)) as seen:
        await seen.press("t")
        await seen.shows("What would help, small enough to see?")
        await seen.press("enter")
        await seen.shows("This one wants a word or two")
        await seen.type("tea, always")
        await seen.press("enter")
        await seen.shows("For how long?")
        await seen.type("someday")
        await seen.press("enter")
        await seen.shows("I can't read that day")
        await seen.press(*["backspace"] * len("someday"))
        await seen.type("24 December 2090")
        await seen.press("enter")
        await seen.shows("tea, always · until 24 December 2090")
        await seen.shows('"Always" and "never" are long')
        await seen.press("tab")
        await seen.until(lambda: '"Always"' not in seen.text, "the hint to be gone with its step")


@pytest.mark.parametrize("size", [(48, 14), (80, 24), (200, 55)])
async def test_what_can_be_taken_stands_there_with_none_beside_it(
    size: tuple[int, int], screens: Callable[..., Any]
) -> None:
    wishes = tuple(Turn("request", 0, 0, text, when=DAY) for text in ("tea\n2090-12-24", "a walk"))
    async with screens(flow(at("requests", "gift", turns=wishes)), size) as seen:
        await seen.shows("tea")
        await seen.shows("a walk")
        await seen.shows("None of them")
        await seen.shows("until 24 December")


async def test_long_wishes_leave_none_in_sight(screens: Callable[..., Any]) -> None:
    wish = "Five minutes on the edge of the bed before the phone, twice in the week that comes"
    asked = tuple(Turn("request", 0, 0, f"{n}. {wish}", when=DAY) for n in (1, 2, 3))
    async with screens(flow(at("requests", "gift", turns=asked)), (48, 14)) as seen:
        await seen.shows("None of them")
        for n in (1, 2, 3):
            await seen.shows(f"{n}. Five")


async def test_an_exercise_for_one_shows_one_side(screens: Callable[..., Any]) -> None:
    state, _ = step(begin(exercises.load("childhood")), Event("ground", 0))
    async with screens(flow(state), (80, 24)) as seen:
        await seen.shows("The house you grew up in")
        assert "Ben" not in seen.text
        assert "B E N" not in seen.text
