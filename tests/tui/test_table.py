"""What the table shows, and what it puts away."""

from __future__ import annotations

from typing import Any

import pytest

from imago_tui import exercises
from imago_tui.config import Settings
from imago_tui.dialogue.clock import Look
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.state import begin
from imago_tui.errors import ImagoError
from imago_tui.session import Draft, Nowhere
from imago_tui.tui.screens import asks
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.widgets.candle import IN, OUT, breath, candle
from imago_tui.words import words

SIZES = [(40, 12), (48, 14), (80, 24), (100, 30), (200, 55)]


@pytest.mark.parametrize("size", SIZES)
async def test_who_what_choices_and_what_comes_next(tables: Any, size: tuple[int, int]) -> None:
    async with tables(size=size) as table:
        await table.to_send()
        await table.shows("next: Ben gives it back")
        shown = " ".join(table.text.split())
        for part in ("▸", "speaker", "listener", "Tab", "2", "1", "Not quite", "Esc enough"):
            assert part in shown
        assert not table.screen.pane_of(1).has_class("mine")


@pytest.mark.parametrize("size", SIZES)
async def test_no_choice_is_ever_cut_off(tables: Any, size: tuple[int, int]) -> None:
    async with tables(size=size) as table:
        await table.to_send()
        await table.write("It rained all day and nobody came. " * 9)
        await table.write("It rained all day, and nobody came. " * 9)
        await table.shows("Not quite")
        assert "Ana: It rained" in table.text
        await table.press("1")
        await table.shows("The words")


async def test_a_pane_never_moves(tables: Any) -> None:
    async with tables(left=1) as table:
        assert table.text.index("Ben") < table.text.index("Ana")
        await table.press("enter", "tab", "enter", "9", "2", "enter")
        await table.at("send")
        assert table.text.index("Ben") < table.text.index("Ana")


async def test_a_stem_at_a_time(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        stems = table.session.scene().stems
        for key, place in (("down", 1), ("down", 2), ("down", 0), ("up", 2)):
            await table.press(key)
            await table.until(lambda place=place: table.screen.pane_of(0).view.stem == stems[place])


async def test_too_small_says_so_and_loses_nothing(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("half a sent")
        await table.pilot.resize_terminal(30, 8)
        await table.shows("a little larger")
        assert "half" not in table.text
        await table.pilot.resize_terminal(100, 30)
        await table.shows("half a sent")
        await table.type("ence")
        assert table.screen.area.words == "half a sentence"


async def test_while_somebody_speaks_only_names_candle_and_keys_stay(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        table.nobody_for(60)
        await table.until(lambda: "say a little" not in table.text)
        assert "Ana" in table.text
        assert "Got it" in table.text
        await table.press("up")
        await table.shows("say a little")
        table.nobody_for(60)
        await table.until(lambda: "say a little" not in table.text)
        await table.press("2")  # it still counts
        await table.at("send", "summary")


async def test_words_are_there_before_the_first_key(tables: Any) -> None:
    async with tables() as table:
        table.screen.tick()
        await table.shows("Is now a good time")
        table.nobody_for(170)
        await table.shows("Is now a good time")
        table.nobody_for(20)
        await table.shows("I'm here")


async def test_one_alone_does_not_see_words_that_faded(tables: Any) -> None:
    async with tables() as table:
        await table.press("tab", "enter", "tab", "2", "9")
        await table.write("the dishes")
        await table.field()
        await table.type("something")
        await table.shows("something")
        table.nobody_for(200)
        await table.until(lambda: "something" not in table.text)
        await table.press("x", "tab", "tab", "space", "1")
        assert "dishes" not in table.text
        assert "something" not in table.text
        await table.press("enter")
        await table.shows("something")
        assert table.screen.area.words == "something"
        assert table.screen.area.has_focus


async def test_more_time_counts_when_both_press(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        before = table.session.timers.turn.length
        await table.press("m", "tab")
        assert table.session.timers.turn.length == before
        await table.press("enter")
        await table.until(lambda: table.session.timers.turn.length > before)
        await table.press("m", "tab", "backspace")
        await table.shows("say a little")


async def test_stuck_shows_lines_and_the_helps_that_are_open(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("question_mark")
        await table.shows("For this step")
        for choice in ("A smaller piece", "just quiet", "Park it", "Back to the talk"):
            assert choice in table.text
        await table.press("2")  # a smaller piece: the same step again
        await table.shows("say a little")


async def test_park(tables: Any) -> None:
    async with tables() as table:
        await table.press("p")
        await table.shows("Park it for another day")
        await table.type("money")
        await table.press("enter")
        await table.until(lambda: table.session.parked == ["money"])


HOLDS = [("1", "pause"), ("2", "time-out"), ("3", "too-much")]


@pytest.mark.parametrize(("key", "hold"), HOLDS)
async def test_enough_holds_the_talk_and_the_screen_is_neutral(
    tables: Any, key: str, hold: str
) -> None:
    async with tables() as table:
        await table.press("tab", "enter", "tab", "2", "9")
        await table.write("the dishes")
        await table.field()
        await table.press("escape")
        await table.shows("What would help?")
        await table.press(key)
        if hold == "time-out":
            await table.shows("When do you come back?")
            assert table.session.state.at.hold == hold, "it holds before anything is asked"
            await table.press("1")
            await table.until(lambda: table.session.state.until is not None)
        await table.until(lambda: table.session.state.at.hold == hold)
        await table.until(lambda: table.session.scene().ask[:8] in table.text)
        assert "dishes" not in table.text
        if hold == "time-out":
            await table.shows("Back at")
            await table.press("tab")
            assert table.session.state.at.hold == hold
            await table.press("enter")
        elif hold == "pause":
            await table.press("enter")
        else:
            assert "ready to go on" not in table.text
            return
        await table.until(lambda: not table.session.state.at.hold)
        if hold == "time-out":
            await table.shows("One breath together")
            await table.press("enter")
            await table.shows("give it back" if table.screen.scene.place == "mirror" else "topic")


async def test_a_time_out_holds_also_when_no_time_is_named(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("escape")
        await table.shows("What would help?")
        await table.press("2")
        await table.shows("When do you come back?")
        await table.press("escape")
        await table.shows("Go to different")
        assert table.session.state.at.hold == "time-out"
        assert table.session.state.until is None


async def test_the_one_who_says_a_part_once_more_has_the_light_too(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("1", "tab")
        await table.shows("that it?")
        for side in ("left", "right"):
            assert table.screen.query_one(f"#{side}").has_class("mine")


async def test_too_much_says_at_once_what_can_be_pressed(tables: Any) -> None:
    async with tables(size=(48, 14)) as table:
        await table.to_send()
        await table.press("escape")
        await table.shows("What would help?")
        await table.press("3")
        await table.shows("Nothing more for now")
        await table.shows("1 Time-out")
        await table.shows("2 Stop for tonight")
        await table.press("1")
        await table.shows("When do you come back?")
        await table.press("1")
        await table.until(lambda: table.session.state.at.hold == "time-out")


async def test_another_time_is_said_when_a_talk_is_put_off(tables: Any) -> None:
    async with tables() as table:
        await table.press("1")
        await table.shows("In an hour")
        await table.press("1")
        await table.shows("Not now")
        meeting = table.session.state.said.meeting
        await table.shows(f"Another time, then: {asks.clock(meeting)}")


async def test_what_can_be_worked_out_is_said_before_anybody_answers_what_to_keep(
    tables: Any,
) -> None:
    async with tables(size=(48, 14)) as table:
        await table.press("escape")
        await table.shows("What would help?")
        await table.press("4")
        await table.at("appreciate")
        await table.press("2", "9", "tab")
        await table.at("keep")
        await table.shows("Each can work out")
        await table.until(lambda: table.text.count("answer.") == 2, "both to be told")
        await table.until(lambda: table.text.count("The lesser counts.") == 2, "and that")


async def test_a_turn_that_is_booked_is_said_back(tables: Any) -> None:
    async with tables("appreciation", size=(48, 14)) as table:
        await table.press("tab", "enter", "2")
        await table.at("send", "summary")
        await table.press("1", "enter", "enter", "tab", "2", "9")
        await table.at("switch")
        await table.press("9")
        await table.shows("In an hour")
        await table.press("1")
        await table.at("appreciate")
        (reply,) = table.session.state.said.agreements
        await table.shows(f"Another time, then: {asks.clock(reply.until)}")


async def test_stop_leads_to_the_closing_page(tables: Any) -> None:
    async with tables() as table:
        await table.press("escape")
        await table.shows("Stop for tonight")
        await table.press("4")
        await table.at("appreciate")


async def test_what_could_not_be_saved_is_said_and_stays(tables: Any) -> None:
    class Full(Nowhere):
        full = True

        def save(self, now: Any, draft: Any) -> None:
            del now, draft
            if self.full:
                raise ImagoError(words("errors.full"), status=7)

    keeper = Full()
    async with tables(keeper=keeper) as table:
        await table.press("tab")
        await table.shows("no room left")
        await table.press("enter")
        await table.at("settle")
        await table.shows("no room left")
        keeper.full = False
        table.screen._tried = 0.0
        table.screen.tick()
        await table.until(lambda: "no room left" not in table.text)


async def test_drafts_are_kept_while_typing(tables: Any) -> None:
    kept: list[tuple[str, int, str]] = []

    class Keeps(Nowhere):
        def save(self, now: Any, draft: Any) -> None:
            del now
            if draft is not None:
                kept.append((draft.step, draft.who, draft.words))

    async with tables(keeper=Keeps()) as table:
        await table.to_send()
        await table.field()
        await table.type("half a sent")
        await table.until(lambda: kept == [("send", 0, "half a sent")])


async def test_a_line_that_was_being_typed_is_there_again_when_both_are(tables: Any) -> None:
    state = begin(exercises.load("silly"))
    async with tables("silly", state_=state, draft=Draft("send", 0, "my left so")) as table:
        await table.shows("I'm here")
        assert "my left so" not in table.text
        await table.press("tab", "enter")
        await table.shows("my left so")
        await table.type("ck")
        await table.press("enter")
        await table.at("send", "mirror")


class Clocks:
    """Clocks that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> Look:
        return Look(self.at, self.at)


async def test_the_candle_burns_down_has_words_and_waits(tables: Any) -> None:
    clocks = Clocks()
    async with tables(looks=clocks) as table:
        await table.to_send()
        length = table.session.timers.turn.length
        for left, word in ((0.45, "half of the candle"), (0.1, "nearly down"), (-1, "No hurry")):
            clocks.at = 1000.0 + length * (1 - left)
            table.session.timers = table.session.timers.look(clocks())[0]
            table.session.go_on()
            table.session.timers = table.session.timers.follow(
                table.session.state, table.session.minutes, clocks.at
            )
            turn = table.session.timers.turn
            table.session.timers = table.session.timers.__class__(
                table.session.timers.evening,
                turn.__class__(length, length * (1 - left), clocks.at),
                None,
                table.session.timers.of,
                clocks(),
            )
            table.screen.tick()
            await table.shows(word)
        assert table.place == ("send", "send")


async def test_a_clock_that_jumped_says_so_and_any_key_goes_on(tables: Any) -> None:
    clocks = Clocks()
    async with tables(looks=clocks) as table:
        await table.to_send()
        table.screen.tick()
        clocks.at += 600
        table.screen.tick()
        await table.shows("clock stood still")
        assert table.session.timers.stopped
        await table.press("up")
        await table.until(lambda: not table.session.timers.stopped)


async def test_still_forms_where_nothing_may_move(tables: Any) -> None:
    async with tables(settings=Settings(motion=False, digits=True)) as table:
        await table.press("tab", "enter")
        await table.shows("in for four, out for six")
        await table.press("tab", "2", "9", "tab")
        await table.at("send")
        await table.shows("12")


def test_a_candle_is_whole_then_burns_down_to_nothing() -> None:
    heights = [sum(line.strip() not in {"", "▴"} for line in candle(n / 20, 10)) for n in range(21)]
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (0, 8)
    assert all(len(candle(n / 20, 10)) == 9 for n in range(21))


def test_a_breath_is_longer_out_than_in() -> None:
    assert IN < OUT
    assert breath(0.0) == (True, 0.0)
    into, full = breath(IN)
    assert not into
    assert full == 1.0


async def test_taking_back(tables: Any) -> None:
    async with tables() as table:
        await table.press("tab")
        assert table.session.state.said.answers
        await table.press("b")
        await table.until(lambda: not table.session.state.said.answers)


async def test_names_with_control_characters_are_shown_inert(tables: Any) -> None:
    async with tables() as table:
        table.session.names = ("A\x1b[31mna", "Ben\u202e")
        table.session.do(Event("pause"))
        table.screen.redraw()
        await table.shows("␛[31mna")
        assert "\x1b" not in table.text
        assert "\u202e" not in table.text


async def test_what_stands_on_a_card_is_put_away_as_well_and_is_there_again(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("p")
        await table.shows("Park it for another day")
        await table.type("money")
        table.nobody_for(1000)
        await table.shows("The words are put away")
        assert "money" not in table.text
        await table.press("tab")
        assert "money" not in table.text
        await table.press("enter")
        await table.shows("money")
        table.nobody_for(1000)
        await table.shows("The words are put away")
        await table.press("escape")  # one of them alone
        await table.shows("What would help?")
        assert "money" not in table.text


@pytest.mark.parametrize("fade", [1, 15])
async def test_how_long_words_stay_is_a_setting(tables: Any, fade: int) -> None:
    async with tables(settings=Settings(fade=fade)) as table:
        table.nobody_for(61)
        assert (table.screen.look.both is not None) == (fade == 1)


async def test_a_summary_that_is_typed_can_be_left_out(tables: Any) -> None:
    async with tables(size=(80, 24)) as table:
        await table.to_send()
        await table.write("It rained.")
        await table.write("It rained.")
        await table.press("2")
        await table.at("send", "summary")
        await table.until(lambda: table.screen.look.typing == 1)
        await table.shows("Ctrl+L leave it out")
        await table.press("ctrl+l")
        await table.until(lambda: table.place[1] != "summary")


@pytest.mark.parametrize("keys", [("2",), ("tab", "9")])
async def test_whoever_says_not_now_it_ends_alike(tables: Any, keys: tuple[str, ...]) -> None:
    async with tables() as table:
        await table.press(*keys)
        await table.shows("Not now. Thank you for saying so.")


class Paper(Nowhere):
    """A keeper that notes what was being typed at each save."""

    def __init__(self) -> None:
        self.drafts: list[Draft | None] = []

    def save(self, now: Any, draft: Draft | None) -> None:
        del now
        self.drafts.append(draft)


async def test_what_was_typed_and_taken_back_is_not_kept(tables: Any) -> None:
    paper = Paper()
    async with tables(keeper=paper) as table:
        await table.to_send()
        await table.field()
        await table.type("I hate")
        await table.until(lambda: paper.drafts[-1] == Draft("send", 0, "I hate"))
        await table.press(*["backspace"] * len("I hate"))
        await table.until(lambda: paper.drafts[-1] is None)


async def test_what_was_left_out_is_kept_while_it_is_typed_and_is_there_again(tables: Any) -> None:
    paper = Paper()
    async with tables(keeper=paper) as table:
        await table.to_send()
        await table.press("1", "t")
        await table.shows("left out?")
        await table.type("and I was co")
        await table.until(lambda: paper.drafts[-1] == Draft("almost", 0, "and I was co"))
        state = table.session.state
    async with tables(state_=state, draft=paper.drafts[-1]) as table:
        await table.press("tab", "enter")
        await table.shows("and I was co")
        await table.type("ld")
        await table.press("enter")
        await table.at("send", "mirror")


async def test_a_line_that_a_time_out_broke_off_is_there_after_it_whatever_happened_between(
    tables: Any,
) -> None:
    paper = Paper()
    async with tables(keeper=paper) as table:
        await table.to_send()
        await table.field()
        await table.type("On Sunday I")
        await table.press("escape", "2")
        await table.shows(words("table.time-out.title"))
        await table.press("escape")
        await table.until(lambda: paper.drafts[-1] == Draft("send", 0, "On Sunday I"))
        state = table.session.state
    async with tables(state_=state, draft=paper.drafts[-1], keeper=paper) as table:
        await table.press("tab", "enter")
        await table.shows(words.lines("table.breath_back")[0])
        await table.press("enter")
        await table.shows("On Sunday I")
        assert paper.drafts[-1] == Draft("send", 0, "On Sunday I")


async def test_enough_wherever_a_time_is_typed_leaves_the_time_out_as_it_is(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("escape", "2")
        for _ in range(2):
            await table.shows(words("table.time-out.title"))
            labels = [one.id for one in table.app.screen.card.choices]
            await table.press(str(labels.index("typed") + 1))
            await table.shows(words("table.when.field"))
            await table.press("escape")
            await table.until(lambda: isinstance(table.app.screen, TableScreen))
            assert table.session.state.at.hold == "time-out"
            await table.press("escape")
            await table.shows(words("table.enough.title"))
            steps = [one.id for one in table.app.screen.card.choices]
            await table.press(str(steps.index("time-out") + 1))
        assert table.app.mishap is None


async def test_who_is_alone_is_not_offered_to_park(tables: Any) -> None:
    async with tables("childhood") as table:
        assert not table.session.parks
        await table.press("p")
        await table.pilot.pause()
        assert isinstance(table.app.screen, TableScreen)
        assert "p park" not in table.text
