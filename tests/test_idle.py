"""When a journal comes to rest, by arithmetic."""

from __future__ import annotations

from imago_tui.dialogue.clock import Look
from imago_tui.idle import Idle
from imago_tui.tui.resting import looks

MINUTES = 10


def at(seconds: float, asleep: float = 0.0) -> Look:
    """A look at the clocks, after the machine was asleep for a while."""
    return Look(seconds, 50_000.0 + seconds + asleep)


def test_it_is_due_after_so_many_minutes_without_a_key() -> None:
    idle = Idle(MINUTES).look(at(1000), key=-1.0)
    assert not idle.due, "a program that has just begun is not idle"
    assert not idle.look(at(1000 + 599), key=-1.0).due
    assert idle.look(at(1000 + 600), key=-1.0).due
    assert not idle.look(at(1000 + 600), key=1300.0).due
    assert idle.look(at(1000 + 900), key=1300.0).due


def test_never_means_never() -> None:
    idle = Idle(0).look(at(0), key=0.0)
    assert not idle.look(at(1e6), key=0.0).due


def test_a_machine_that_was_asleep_is_due_at_once_whatever_was_set() -> None:
    for minutes in (0, MINUTES):
        idle = Idle(minutes).look(at(100), key=99.0)
        assert idle.look(at(101, asleep=3.0), key=100.5).due
        assert not idle.look(at(101, asleep=2.0), key=100.5).due


def test_what_is_due_stays_due_until_something_runs_that_nobody_is_sent_away_from() -> None:
    idle = Idle(MINUTES).look(at(0), key=0.0).look(at(1, asleep=60.0), key=0.0)
    assert idle.look(at(2, asleep=60.0), key=1.5).due
    talk = idle.awake(at(5000, asleep=60.0))
    assert not talk.look(at(5001, asleep=60.0), key=0.0).due


def test_a_busy_machine_is_not_taken_for_one_that_slept() -> None:
    idle = Idle(MINUTES).look(at(0), key=0.0)
    assert not idle.look(at(30), key=0.0).due


def test_both_clocks_of_this_machine_go_on_together() -> None:
    one, two = looks(), looks()
    assert abs((two.wall - one.wall) - (two.monotonic - one.monotonic)) < 1.0
