"""A whole dialogue by keys, aloud and typed, on a small and on an ordinary screen."""

from __future__ import annotations

from typing import Any

import pytest

from imago_tui.tui.commands import SEATS

SIZES = [(48, 14), (80, 24)]

ALOUD = [
    ("tab", "enter"),  # ready, both
    ("tab",),  # settled
    ("tab", "enter"),  # what each hopes for
    ("tab",),  # the topic, given back, got it
    ("tab", "tab", "2"),  # three pieces
    ("tab",),  # the whole of it
    ("tab",),  # one line to remember
    ("enter",),  # what makes sense
    ("tab",),  # the feeling
    ("tab", "enter"),  # thanks
    ("enter", "tab"),  # the other one's turn, now, both
    ("9", "0"),  # one piece; its mirror was enough
    ("tab",),  # what makes sense
    ("enter",),  # the feeling
    ("tab", "enter"),  # thanks
    ("1",),  # enough for today
    ("tab", "enter"),  # what each felt heard in
    ("tab", "enter"),  # an appreciation each
    ("tab",),  # a quiet minute
    ("tab", "enter"),  # keep nothing, both
]


@pytest.mark.parametrize("size", SIZES)
async def test_aloud(tables: Any, size: tuple[int, int]) -> None:
    async with tables(size=size) as table:
        for keys in ALOUD:
            before = table.session.state
            await table.press(*keys)
            await table.until(lambda before=before: table.session.state is not before)
            if keys == ("9", "0") and table.place[0] == "remember":
                await table.press("9")
        await table.until(lambda: table.session.state.over)
        await table.until(lambda: table.app.return_code == 0)
    said = table.session.state.said
    assert [answer for stage, _, answer in said.answers if stage == "keep"] == ["nothing"] * 2


async def test_the_one_on_the_right_can_be_the_first_one(tables: Any) -> None:
    async with tables(left=1) as table:
        await table.press("enter")
        await table.shows("Tab Yes, now")
        assert [who for _, who, _ in table.session.state.said.answers] == [0]


PIECES = ["On Sunday I sat alone with the dishes.", "I felt invisible, and ashamed: חמין 🌧"]


@pytest.mark.parametrize("size", SIZES)
async def test_typed(tables: Any, size: tuple[int, int]) -> None:
    async with tables(size=size) as table:
        await table.press("tab", "enter", "tab", "2", "9")
        await table.write("the dishes")
        await table.write("You'd like to talk about the dishes.")
        await table.press("tab")
        for place, piece in enumerate(PIECES):
            await table.write(piece)
            await table.shows("are put away")
            assert piece[:20] not in table.text
            await table.press("ctrl+o")
            await table.shows(piece[:20])
            await table.write(f"You say: {piece}")
            await table.shows("Got it, that's all")
            await table.shows("You say")
            await table.press("2" if place else "tab")
        await table.at("send", "summary")
        await table.write("The whole of it.")
        await table.press("tab")
        await table.write("Please remember the dishes.")
        await table.at("validate")
        await table.field()
        await table.type("It makes sense that you felt invisible")
        await table.press("ctrl+n")
        await table.at("validate", "partly")
        await table.shows("Enough for today")
        enough = [one.key for one in table.session.scene().choices[0]].index("enough")
        await table.press(SEATS["left"][enough])
        await table.at("empathize")
        await table.write("Maybe lonely?")
        await table.at("empathize", "empathy-check")
        await table.press("tab")
        await table.at("thanks")
    said = [(turn.step, turn.who, turn.text) for turn in table.session.state.said.turns]
    assert said == [
        ("topic", 0, "the dishes"),
        ("mirror", 1, "You'd like to talk about the dishes."),
        ("send", 0, PIECES[0]),
        ("mirror", 1, f"You say: {PIECES[0]}"),
        ("send", 0, PIECES[1]),
        ("mirror", 1, f"You say: {PIECES[1]}"),
        ("summary", 1, "The whole of it."),
        ("remember", 0, "Please remember the dishes."),
        ("validate", 1, "It makes sense that you felt invisible"),
        ("empathize", 1, "Maybe lonely?"),
    ]


async def test_not_quite_opens_finer_choices_in_the_same_pane_and_a_way_back(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("1")
        await table.shows("Something was added")
        await table.press("backspace")
        await table.shows("Got it, that's all")
        await table.press("1", "1")
        await table.at("send", "mirror")
        assert "The words" not in table.text


async def test_what_was_left_out_may_be_typed_or_not(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.write("It rained.")
        await table.write("It rained.")
        await table.shows("Not quite")
        await table.press("1", "tab")
        await table.shows("left out?")
        await table.press("enter")
        await table.at("send", "mirror")
        await table.write("Rain.")
        await table.shows("Not quite")
        await table.press("1", "tab")
        await table.write("and I was cold")
        await table.at("send", "mirror")
        waiting = table.session.state.said.waiting
        assert waiting is not None
        assert [turn.text for turn in waiting.turns] == ["It rained.", "and I was cold"]


async def test_what_was_left_out_may_be_typed_where_all_was_said_aloud(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("1")
        await table.shows("t type")
        await table.press("t")
        await table.shows("left out?")
        await table.type("and I was cold")
        await table.press("enter")
        await table.at("send", "mirror")
        waiting = table.session.state.said.waiting
        assert waiting is not None
        assert [turn.text for turn in waiting.turns] == [None, "and I was cold"]


async def test_the_line_goes_on_where_more_time_was_not_meant(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("It ra")
        await table.press("f4", "tab", "backspace")
        await table.type("ined.")
        await table.press("enter")
        await table.at("send", "mirror")
        waiting = table.session.state.said.waiting
        assert waiting is not None
        assert [turn.text for turn in waiting.turns] == ["It rained."]


async def test_a_time_that_both_can_live_with(tables: Any) -> None:
    async with tables() as table:
        await table.press("1")
        await table.shows("When would be good?")
        await table.press("3")
        await table.shows("20:30")
        await table.type("soon")
        await table.press("enter")
        await table.shows("hard to read")
        await table.press(*["backspace"] * 4)
        await table.type("tomorrow 18:00")
        await table.press("enter")
        await table.until(lambda: table.session.state.over)
        meeting = table.session.state.said.meeting
        assert meeting is not None
        assert (meeting.hour, meeting.minute) == (18, 0)


async def test_thanks_ask_who_types(tables: Any) -> None:
    async with tables("appreciation") as table:
        await table.press("tab", "enter", "2", "1", "enter", "tab")
        await table.at("thanks")
        await table.press("t")
        await table.shows("Who types?")
        await table.press("2")
        await table.write("Thank you")
        await table.until(
            lambda: [t.who for t in table.session.state.said.turns if t.text == "Thank you"] == [1]
        )
