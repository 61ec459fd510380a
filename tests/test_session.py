"""The shell around the engine: what it carries out, what it keeps, what it tells of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises
from imago_tui.dialogue.clock import FIVE_MINUTES, Look
from imago_tui.dialogue.engine import NotOpen
from imago_tui.dialogue.events import Event
from imago_tui.errors import ImagoError
from imago_tui.session import Draft, Session
from tests.dialogue.table import BEGUN, CLOSING, HEARD, TOPIC, Talk

if TYPE_CHECKING:
    from imago_tui.dialogue.scene import Choice
    from imago_tui.dialogue.state import State


class Clocks:
    """Both clocks of a machine, set by hand."""

    def __init__(self) -> None:
        self.monotonic, self.wall = 1000.0, 1_700_000_000.0

    def __call__(self) -> Look:
        return Look(self.monotonic, self.wall)

    def on(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds


class Paper:
    """A keeper that writes down what it was asked to do; ``full``: its disk takes nothing."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.full = False

    def _note(self, what: str) -> None:
        if self.full:
            raise ImagoError("no room", status=7)
        self.done.append(what)

    def save(self, now: State, draft: Draft | None) -> None:
        self._note(f"save {now.at.node.name}" + (f" {draft.words}" if draft else ""))

    def finish(self, now: State) -> None:
        self._note(f"finish {len(now.said.standing)}")

    def drop(self, now: State) -> None:
        self._note(f"drop {now.said.meeting is not None}")

    def park(self, words: str) -> None:
        self._note(f"park {words}")


def begun(
    lines: str = "", exercise: str = "dialogue", minutes: int | None = None
) -> tuple[Session, Paper, Clocks]:
    paper, clocks = Paper(), Clocks()
    talk = Talk(lines, exercise)
    session = Session(
        exercises.load(exercise), ("Ana", "Ben"), keeper=paper, looks=clocks, minutes=minutes,
        state_=talk.state if lines else None,
    )  # fmt: skip
    return session, paper, clocks


def tell(session: Session, line: str) -> list[str]:
    return [effect.what for one in line.split(" | ") for effect in session.do(Talk().event(one))]


def choice(session: Session, who: int, key: str) -> Choice:
    some = session.scene().choices[who]
    return next(one for of in some for one in (of, *of.into) if one.key == key)


def ticks(session: Session, clocks: Clocks, seconds: int) -> list[str]:
    said = []
    for _ in range(seconds):
        clocks.on(1)
        said.append(session.tick())
    return [word for word in said if word]


def test_every_step_is_kept_at_once() -> None:
    session, paper, _ = begun()
    assert paper.done == []  # nothing before the first step
    tell(session, "A ready yes | B ready yes")
    assert paper.done == ["save ready", "save settle"]
    assert session.trouble is None


def test_steps_are_taken_all_or_none() -> None:
    session, paper, _ = begun(f"{BEGUN} | {TOPIC}")
    before = session.state
    talk = Talk()
    with pytest.raises(NotOpen):
        session.do(talk.event("A send S"), talk.event("B mirror m"), talk.event("B send no"))
    assert session.state is before
    assert paper.done == []


def test_one_press_may_be_a_whole_round() -> None:
    session, paper, _ = begun(f"{BEGUN} | {TOPIC}")
    effects = session.press(choice(session, 0, "check.yes+more.yes"))
    assert [effect.what for effect in effects] == ["save"]
    assert paper.done == ["save send"]
    assert [turn.step for turn in session.state.said.turns[2:]] == ["send", "mirror"]
    session.press(choice(session, 0, "almost"), words="a whole hour")
    assert session.state.said.waiting is not None
    assert [turn.text for turn in session.state.said.waiting.turns] == [None, "a whole hour"]
    assert session.scene().place == "mirror"


def test_a_time_goes_with_its_press() -> None:
    session, paper, _ = begun()
    when = Talk("A ready later 20:00").state.said.meeting
    session.press(choice(session, 0, "ready.later"), when=when)
    assert session.state.said.meeting == when
    assert paper.done == ["drop True"]
    tell(session, "B ready yes")
    assert paper.done == ["drop True"]


def test_both_answers_on_keeping_finish_it() -> None:
    session, paper, _ = begun(f"{CLOSING} | A skip | B skip | quiet | A keep all")
    assert tell(session, "B keep outcome") == ["save", "done"]
    assert paper.done[0].startswith("finish ")
    session.draft(Draft("send", 0, "late"))
    assert len(paper.done) == 1  # nothing is written after the end


def test_an_exercise_that_asks_for_nothing_leaves_nothing() -> None:
    session, paper, _ = begun("", "silly")
    tell(session, "A send x | B mirror x | A check yes | B switch enough")
    session.draft(Draft("send", 0, "late"))
    assert session.state.over
    assert paper.done == []


def test_a_line_being_typed_and_a_parked_word() -> None:
    session, paper, _ = begun(f"{BEGUN} | {TOPIC}")
    session.draft(Draft("send", 0, "On Sun"))
    session.park("the car")
    assert paper.done == ["save send On Sun", "park the car"]
    assert session.parked == ["the car"]


@pytest.mark.parametrize(
    ("lines", "line", "kept"),
    [
        (HEARD, "B validate V", "save empathize"),
        (f"{CLOSING} | A skip | B skip | quiet | A keep all", "B keep all", "finish 6"),
        ("", "A ready no", "drop False"),
    ],
)
def test_a_full_disk_loses_nothing(lines: str, line: str, kept: str) -> None:
    session, paper, _ = begun(lines)
    paper.full = True
    tell(session, line)
    assert session.trouble is not None
    assert session.trouble.status == 7
    assert not session.retry()
    if line == "A ready no":
        tell(session, "B ready yes")
        assert session.trouble is not None  # the second answer doesn't hide it
    paper.full = False
    assert session.retry()
    assert paper.done == [kept]
    assert session.trouble is None


def test_a_parked_word_waits_for_room() -> None:
    session, paper, _ = begun(f"{BEGUN} | {TOPIC}")
    paper.full = True
    session.park("the car")
    assert session.trouble is not None
    paper.full = False
    session.draft(Draft("send", 0, "On Sun"))  # what is kept next takes it along
    assert paper.done == ["save send On Sun", "park the car"]
    assert session.trouble is None
    paper.full = True
    session.draft(Draft("send", 0, "On Sunday"))
    session.park("the dog")
    paper.full = False
    session.park("the cat")  # and what could not be saved goes first
    assert paper.done[2:] == ["save send On Sunday", "park the dog", "park the cat"]
    assert session.retry()
    assert len(paper.done) == 5  # nothing is written twice


def test_a_sleep_is_nobody_s_turn_whoever_notices_first() -> None:
    session, _, clocks = begun(f"{BEGUN} | {TOPIC}")
    assert ticks(session, clocks, 10) == []
    left = session.timers.evening.left(session.now())
    clocks.on(3600)  # the lid was closed, and a key comes before the next look
    tell(session, "A send S")
    assert session.timers.stopped
    assert session.tick() == "jump"
    assert ticks(session, clocks, 20) == []
    assert session.timers.evening.left(session.now()) == left
    session.go_on()
    assert ticks(session, clocks, 5) == []
    assert session.timers.evening.left(session.now()) == left - 5


def test_a_front_end_that_never_looks_meets_no_jump() -> None:
    session, _, clocks = begun(f"{BEGUN} | {TOPIC}")
    clocks.on(600)
    tell(session, "A send S")
    assert not session.timers.stopped
    assert session.timers.turn is not None
    assert session.timers.turn.used(session.now()) == 600


def test_a_pause_stops_the_clocks_and_more_time_lengthens_them() -> None:
    session, _, clocks = begun(f"{BEGUN} | {TOPIC}")
    ticks(session, clocks, 60)
    tell(session, "pause")
    ticks(session, clocks, 600)
    assert session.timers.turn is not None
    assert session.timers.turn.used(session.now()) == 60
    tell(session, "A resume")
    assert tell(session, "A more-time | B more-time") == ["save", "save", "more-time"]
    longer = session.timers.turn
    assert longer is not None
    assert (longer.length, longer.used(session.now())) == (12 * 60 + 300, 60)
    assert session.timers.evening.length == 45 * 60 + 300


def test_the_evening_is_as_long_as_was_asked() -> None:
    session, _, clocks = begun(minutes=10)
    assert ticks(session, clocks, 10 * 60 - int(FIVE_MINUTES) - 1) == []
    assert ticks(session, clocks, 301) == ["five-minutes", "evening-over"]


def test_a_press_is_taken_back_as_one() -> None:
    """Whoever pressed "got it" too soon takes the whole of it back, and nothing before it."""
    session = Session(exercises.load("silly"), ("Ana", "Ben"))
    before = session.state.at
    (yes, _) = session.scene().choices[0]
    session.press(yes)
    assert [turn.step for turn in session.state.said.turns] == ["send", "mirror"]
    session.do(Event("back", 0))
    assert session.state.at == before
    assert session.state.said.turns == ()
    assert session.state.undo is None


def test_nobody_hears_that_time_is_up_before_they_had_their_turn() -> None:
    session, _, clocks = begun("", "silly")
    tell(session, "A send x")
    assert ticks(session, clocks, 400) == []
    tell(session, "B mirror x | A check yes | B switch now | A switch now")
    assert ticks(session, clocks, 1) == ["evening-over"]
