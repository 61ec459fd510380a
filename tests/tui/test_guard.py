"""Nothing is decided by a burst, and nobody's keys reach the next person's turn."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from textual import _time

from imago_tui.tui.guard import QUIET, SETTLE, Guard

if TYPE_CHECKING:
    import pytest


def presses(guard: Guard, instants: list[float]) -> list[float]:
    """Enter at each instant; those that were taken as decisions."""
    taken: list[float] = []
    waiting: float | None = None
    for now in instants:
        if waiting is not None and now - waiting >= SETTLE and guard.settled():
            taken.append(waiting)
        waiting = None
        if guard.key(now) and guard.decide(now):
            waiting = now
    if waiting is not None and guard.settled():
        taken.append(waiting)
    return taken


def test_one_press_counts() -> None:
    assert presses(Guard(), [1.0]) == [1.0]


def test_a_burst_of_twenty_counts_for_nothing_and_the_next_press_counts() -> None:
    burst = [1.0 + n * 0.02 for n in range(20)]
    assert presses(Guard(), burst) == []
    assert presses(Guard(), [*burst, 3.0]) == [3.0]


def test_after_a_hand_over_keys_are_dropped_until_it_was_quiet() -> None:
    guard = Guard()
    guard.key(0.9)
    guard.hand_over(1.0)
    assert [guard.key(now) for now in (1.1, 1.3, 1.5, 1.7)] == [False] * 4
    assert guard.key(1.7 + QUIET)


def test_keys_that_were_pressed_before_the_hand_over_are_dropped_too() -> None:
    guard = Guard()
    guard.hand_over(5.0)
    assert not guard.key(4.0)


@given(st.lists(st.floats(0.001, SETTLE - 0.02), min_size=2, max_size=40), st.floats(0, 100))
def test_no_burst_ever_decides(gaps: list[float], start: float) -> None:
    instants = [start]
    for gap in gaps:
        instants.append(instants[-1] + gap)
    assert presses(Guard(), instants) == []


class Told(Guard):
    """A guard for which each key comes at an instant that the test gives, however slow it is."""

    def __init__(self, quiet: float = QUIET, settle: float = SETTLE) -> None:
        super().__init__(quiet, settle)
        self.now, self.apart = 1.0, 0.0

    def hand_over(self, now: float) -> None:  # noqa: ARG002
        super().hand_over(self.now)

    def key(self, now: float, *, could_decide: bool = True) -> bool:  # noqa: ARG002
        self.now += self.apart
        return super().key(self.now, could_decide=could_decide)

    def decide(self, now: float) -> bool:  # noqa: ARG002
        return super().decide(self.now)


async def test_twenty_enters_confirm_nothing(tables: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with tables(left=1) as table:
        guard = table.app.guard = Told()
        at_once, waiting = table.app.set_timer, []

        def held(delay: float, callback: Any) -> Any:
            """The time in which no key may follow is over when the test says so."""
            return waiting.append(callback) if delay == SETTLE else at_once(delay, callback)

        monkeypatch.setattr(table.app, "set_timer", held)
        guard.apart = 0.02
        await table.pilot.press(*["enter"] * 20, "tab")
        assert waiting, "the first of them could have been meant"
        for over in waiting:
            table.app.call_later(over)
        await table.pilot.pause()
        assert table.session.state.said.answers == ()
        waiting.clear()
        guard.now += 2 * QUIET
        await table.pilot.press("enter")
        (over,) = waiting
        table.app.call_later(over)
        await table.until(lambda: len(table.session.state.said.answers) == 1)


async def test_the_other_ones_turn_shows_the_name_and_drops_what_was_typed_ahead(
    tables: Any,
) -> None:
    async with tables() as table:
        await table.to_send()
        await table.write("It rained.")
        await table.at("send", "mirror")
        await table.field()
        await table.type("You said it rained.")
        guard = table.app.guard = Told(settle=0.001)
        await table.press("enter")
        await table.at("send", "check")
        assert table.screen.pane_of(0).has_class("fresh")
        before = table.session.state
        guard.now += QUIET / 2
        await table.press("tab")  # too soon
        assert guard.last == guard.now, "it was met"
        assert table.session.state is before
        guard.now += 2 * QUIET
        await table.press("tab")
        await table.until(lambda: table.session.state is not before)


def test_a_burst_that_is_read_in_one_go_counts_for_nothing() -> None:
    guard = Guard()
    for n in range(20):
        assert guard.key(1.0 + n * 0.00002)
    assert not any(guard.decide(1.01) for _ in range(20))
    assert not guard.settled()
    assert guard.key(2.0)
    assert guard.decide(2.0)


def test_a_word_typed_fast_can_be_sent_at_once_but_not_with_a_word_behind_it() -> None:
    guard = Guard()
    for n in range(8):
        guard.key(1.0 + n * 0.01, could_decide=False)
    guard.key(1.08)
    assert guard.decide(1.09)
    guard = Guard()
    guard.key(1.0)
    guard.key(1.01, could_decide=False)
    assert not guard.decide(1.02)


async def test_a_decision_stands_also_when_the_machine_was_held_up(
    tables: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost because another program took the processor just as it was pressed."""
    real, held_up = time.monotonic, itertools.count()

    def late() -> float:
        return real() + next(held_up) * 0.01  # longer than `settle`, between any two looks

    async with tables() as table:
        monkeypatch.setattr(_time, "get_time", late)
        await table.press("tab")
        await table.until(lambda: len(table.session.state.said.answers) == 1)
