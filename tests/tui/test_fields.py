"""Fields: to the letter, shown inert, and nothing of them reaches the other one's field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from imago_tui.tui.screens.card import Answer, Card, Choice, Field
from imago_tui.tui.widgets.fields import AWAY, BACK, MOST

ODD = "a\x1b[31mb\x07\x85c\u2028d\x0be\u202ef \u0627\u0644 e\u0301 👩‍👩‍👧"


@given(st.text())
def test_what_is_put_aside_comes_back_to_the_letter(text: str) -> None:
    if not any(ord(one) in BACK for one in text):
        assert text.translate(AWAY).translate(BACK) == text
    assert not set(text.translate(AWAY)) & set(map(chr, AWAY))


async def test_pasted_controls_are_kept_and_shown_inert(tables: Any) -> None:
    async with tables(size=(80, 24)) as table:
        await table.to_send()
        await table.field()
        table.app.post_message(events.Paste(f"{ODD}\r\nsecond\rthird"))
        await table.until(lambda: table.screen.area.words == f"{ODD}\nsecond\nthird")
        await table.shows("␛[31mb␇")
        assert not {"\x1b", "\x07", "\x85", "\u202e"} & set(table.text)
        await table.press("enter")
        await table.at("send", "mirror")
    waiting = table.session.state.said.waiting
    assert waiting is not None
    assert waiting.turns[0].text == f"{ODD}\nsecond\nthird"


async def test_a_paste_of_a_megabyte_is_refused_and_changes_nothing(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("half a sentence")
        table.app.post_message(events.Paste("x" * 1_000_000))
        await table.shows("more than fits")
        assert table.screen.area.words == "half a sentence"
        table.app.post_message(events.Paste("y" * (MOST - len("half a sentence"))))
        await table.until(lambda: len(table.screen.area.words) == MOST)
        await table.press("z")
        assert len(table.screen.area.words) == MOST


async def test_enter_sends_ctrl_j_is_a_new_line_and_nothing_sends_nothing(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.press("enter", "enter")
        assert table.place == ("send", "send")
        await table.type("one\ntwo")
        await table.press("enter")
        await table.at("send", "mirror")
        waiting = table.session.state.said.waiting
        assert waiting is not None
        assert waiting.turns[0].text == "one\ntwo"


async def test_letters_are_letters_in_a_field_and_the_twins_still_work(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("tbsmp? 12")
        assert table.screen.area.words == "tbsmp? 12"
        await table.press("f1")
        await table.shows("For this step")
        await table.press("escape")
        await table.shows("What would help?")
        await table.press("escape")
        await table.shows("tbsmp")
        assert table.screen.area.has_focus
        await table.press("ctrl+t")
        await table.shows("Got it")
        assert table.screen.area is None


async def test_neither_clipboard_nor_undo_reach_the_other_ones_field(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("secret one")
        await table.press("ctrl+a", "ctrl+k")
        table.screen.area.text = "secret two"
        table.screen.area.select_all()
        await table.press("ctrl+x")
        assert table.app.clipboard == "secret two"
        await table.type("plain")
        await table.press("enter")
        await table.at("send", "mirror")
        assert table.app.clipboard == ""
        assert table.app._clipboard == ""
        await table.field()
        await table.press("ctrl+v", "ctrl+z", "ctrl+z", "ctrl+y")
        assert table.screen.area.words == ""


async def test_what_is_cut_never_goes_to_the_terminal(
    tables: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with tables() as table:
        written: list[str] = []
        monkeypatch.setattr(table.app._driver, "write", written.append)
        await table.to_send()
        await table.field()
        await table.type("secret")
        table.screen.area.select_all()
        await table.press("ctrl+x", "ctrl+v")
        assert table.screen.area.words == "secret"
        assert "]52" not in "".join(written)


async def test_a_secret_line_gives_nothing_to_the_clipboard(screens: Any) -> None:
    given: list[Answer] = []

    async def flow(app: Any) -> int:
        card = Card("Passphrase", field=Field(secret=True, needed=True), person="Ana")
        given.append(await app.ask(card))
        return 0

    async with screens(flow) as seen:
        await seen.shows("Ana")
        await seen.press("enter")
        assert not given
        await seen.type("open sesame")
        assert "sesame" not in seen.text
        await seen.press("ctrl+a", "ctrl+x")
        assert seen.app.clipboard == ""
        assert seen.app.focused.words == "open sesame"
        await seen.press("enter")
        await seen.until(lambda: given)
        assert given[0].text


async def test_cards_take_arrows_numbers_and_seats(screens: Any) -> None:
    given: list[str] = []
    choices = (Choice("a", "One"), Choice("b", "Two"), Choice("c", "Three"))

    async def flow(app: Any) -> int:
        for seat in (None, None, "left", "right"):
            answer = await app.ask(Card("Which?", choices=choices, seat=seat))
            given.append(answer.choice)
        return 0

    async with screens(flow) as seen:
        for count, keys in enumerate((["down", "enter"], ["3"], ["1"], ["enter"]), 1):
            await seen.shows("Which?")
            await seen.press(*keys)
            await seen.until(lambda count=count: len(given) == count)
    assert given == ["b", "c", "c", "a"]


@pytest.mark.parametrize("size", [(40, 12), (48, 14), (80, 24)])
async def test_long_cards_scroll_and_keep_their_choices_in_sight(
    screens: Any, size: tuple[int, int]
) -> None:
    lines = tuple(f"line {n} and some words that go on for a while" for n in range(40))

    async def flow(app: Any) -> int:
        choices = tuple(Choice(str(n), f"choice {n}") for n in range(4))
        return int((await app.ask(Card("A long one", lines, choices))).choice)

    async with screens(flow, size) as seen:
        await seen.shows("choice 0")
        await seen.until(lambda: "choice 1" in seen.text)
        before = seen.text
        await seen.press("pagedown")
        await seen.until(lambda: seen.text != before)
        await seen.press("down", "down", "down")
        await seen.shows("▸ 4 choice 3")
        await seen.press("enter")
        await seen.until(lambda: seen.app.return_code == 3)
