"""The clocks, on a clock of ours: nothing is counted that nobody sat there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imago_tui import exercises
from imago_tui.dialogue import state
from imago_tui.dialogue.clock import FIVE_MINUTES, JUMP, MORE_TIME, Clock, Look, Timers
from tests.dialogue.table import BEGUN, HEARD, TOPIC, Talk

SECONDS = st.floats(0, 100_000, allow_nan=False)
LENGTHS = st.floats(0, 10_000, allow_nan=False)
DIALOGUE = exercises.load("dialogue")
SENDING = f"{BEGUN} | {TOPIC}"
EVENING = 2700.0


def timers(length: float = EVENING, at: float = 0.0) -> Timers:
    begun = Timers(Clock(length), last=Look(at, at))
    return begun.follow(state.begin(DIALOGUE), 45, at)


def steadily(now: Timers, since: float, until: float) -> tuple[Timers, list[str]]:
    """Looking once a second, as a front end does."""
    said = []
    at = since
    while at < until:
        at = min(at + 1.0, until)
        now, word = now.look(Look(at, at))
        said += [word] if word else []
    return now, said


@given(LENGTHS, st.lists(st.tuples(st.sampled_from(["start", "pause", "look"]), SECONDS)))
def test_a_clock_spends_only_the_time_it_runs(
    length: float, moves: list[tuple[str, float]]
) -> None:
    clock, now, spent, since = Clock(length), 0.0, 0.0, None
    for what, later in moves:
        now += later
        if what == "start":
            since = now if since is None else since
            clock = clock.start(now)
        elif what == "pause":
            spent, since = spent + (now - since if since is not None else 0.0), None
            clock = clock.pause(now)
        expected = spent + (now - since if since is not None else 0.0)
        assert abs(clock.used(now) - expected) < 1e-3
        assert 0.0 <= clock.share(now) <= 1.0
        assert (clock.phase(now) == "past") == (clock.left(now) <= 0)


@given(SECONDS, SECONDS)
def test_a_pause_freezes(before: float, during: float) -> None:
    clock = Clock(600).start(0.0).pause(before)
    assert clock.left(before + during) == clock.left(before)
    assert clock.pause(before + during) == clock
    assert clock.start(before + during).left(before + during) == clock.left(before)


@given(LENGTHS, SECONDS)
def test_a_clock_that_is_asked_before_it_began_spends_nothing(length: float, now: float) -> None:
    assert Clock(length).start(now).used(now - 5) == 0.0


@given(st.floats(1, 10_000), SECONDS)
def test_more_time_is_from_now_on(length: float, now: float) -> None:
    clock = Clock(length).start(0.0)
    longer = clock.longer(MORE_TIME, now)
    assert longer.left(now) >= MORE_TIME - 1e-6
    assert longer.left(now) >= clock.left(now)


def test_phases() -> None:
    clock = Clock(100).start(0.0)
    found = [clock.phase(now) for now in (0, 49, 50, 79, 80, 99, 100, 500)]
    expected = ["plenty", "plenty", "half", "half", "closing", "closing", "past", "past"]
    assert found == expected
    assert (Clock(0).share(0), clock.share(500)) == (0.0, 0.0)


@given(
    st.floats(0, 2000),
    st.floats(JUMP + 0.1, 1e6) | st.floats(-1e6, -JUMP - 0.1),
    st.sampled_from(["suspended", "set", "stopped"]),
)
def test_a_jump_stops_every_clock_and_is_said_once(before: float, far: float, how: str) -> None:
    now, _ = steadily(timers(), 0, before)
    left = now.evening.left(before)
    far = abs(far) if how == "stopped" else far
    moved = {
        "suspended": Look(before + 1, before + 1 + far),
        "set": Look(before, before + far),
        "stopped": Look(before + far, before + far),
    }[how]
    now, word = now.look(moved)
    assert word == "jump"
    assert now.stopped
    for later in (1.0, 5000.0, 5001.0):
        now, word = now.look(Look(moved.monotonic + later, moved.wall + later))
        assert word in {"", "five-minutes", "evening-over"}
        assert abs(now.evening.left(moved.monotonic + later) - left) < 1e-6
    back = Look(moved.monotonic + 6000, moved.wall + 6000)
    on = now.go_on(state.begin(DIALOGUE), 45, back)
    assert not on.stopped
    assert abs(on.evening.left(back.monotonic + 2) - (left - 2)) < 1e-6
    assert on.look(Look(back.monotonic + 1, back.wall + 1))[1] != "jump"


@given(st.lists(st.floats(0.01, JUMP - 0.1), max_size=30), st.floats(-JUMP / 40, JUMP / 40))
def test_small_steps_and_a_clock_that_is_set_slowly_are_no_jump(
    steps: list[float], drift: float
) -> None:
    now, mono, wall = timers(), 0.0, 0.0
    for one in steps:
        mono, wall = mono + one, wall + one + drift
        now, word = now.look(Look(mono, wall))
        assert word == ""


def test_the_evening_s_end_is_told_once_five_minutes_before_and_at_its_end() -> None:
    now, said = steadily(timers(), 0, EVENING - FIVE_MINUTES - 1)
    assert said == []
    now, said = steadily(now, EVENING - FIVE_MINUTES - 1, EVENING + 60)
    assert said == ["five-minutes", "evening-over"]
    assert steadily(now, EVENING + 60, EVENING + 600)[1] == []


def test_an_evening_shorter_than_that_is_told_only_at_its_end() -> None:
    assert steadily(timers(120.0), 0, 200)[1] == ["evening-over"]


def test_more_time_moves_the_end_and_its_word() -> None:
    now, _ = steadily(timers(), 0, EVENING - 100)
    more = now.more(EVENING - 100)
    assert more.evening.left(EVENING - 100) == 100 + MORE_TIME
    _, said = steadily(more, EVENING - 100, EVENING + MORE_TIME + 1)
    assert said == ["five-minutes", "evening-over"]
    late, _ = steadily(timers(), 0, EVENING + 500)
    more = late.more(EVENING + 500)
    assert more.evening.left(EVENING + 500) == MORE_TIME
    # They have just asked for it: only the new end is told.
    assert steadily(more, EVENING + 500, EVENING + 900)[1] == ["evening-over"]


def test_a_turn_has_its_own_clock_by_stage_and_sender() -> None:
    talk = Talk(SENDING)
    now = timers().follow(talk.state, 45, 10.0)
    assert now.turn is not None
    assert (now.turn.length, now.turn.left(70.0)) == (12 * 60, 12 * 60 - 60)
    piece = talk.run("A send S | B mirror s | A check yes | A more yes").state
    assert now.follow(piece, 45, 70.0).turn == now.turn  # the same turn goes on
    held = now.follow(talk.run("pause").state, 45, 70.0)
    assert held.turn is not None
    assert held.turn.left(5000.0) == 12 * 60 - 60
    assert held.evening.left(5000.0) == held.evening.left(70.0)
    on = held.follow(talk.run("A resume").state, 45, 5000.0)
    assert on.turn is not None
    assert on.turn.left(5010.0) == 12 * 60 - 70
    other = Talk(f"{HEARD} | B validate V | B empathize E | A empathy-check yes | A skip | B skip")
    assert on.follow(other.state, 45, 6000.0).turn is None
    swapped = on.follow(other.run("B switch now | A switch now").state, 45, 6000.0)
    assert swapped.turn is not None
    assert swapped.turn.left(6000.0) == 12 * 60


def test_a_turn_is_as_long_as_the_evening_gives() -> None:
    half = Timers(Clock(1350.0)).follow(Talk(SENDING).state, 22, 0.0)
    assert half.turn is not None
    assert half.turn.length == 12 * 60 * 22 / 45


def test_a_quiet_while_has_a_clock_and_the_end_stops_all() -> None:
    settling = timers().follow(Talk("A ready yes | B ready yes").state, 45, 5.0)
    assert settling.quiet is not None
    assert settling.quiet.left(20.0) == 45.0
    over = settling.follow(Talk("A ready no").state, 45, 30.0)
    assert over.evening.left(30.0) == over.evening.left(9000.0)
