"""The ways through rooms: which page comes next, and what is forgotten when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imago_tui.evening import Answer
from imago_tui.rooms import own
from imago_tui.rooms.way import Way
from imago_tui.words import words


def take(way: Way, *choices: str) -> Way:
    """The way after some choices."""
    for choice in choices:
        way = way.take(Answer(choice))
    return way


def test_one_writes_on_a_sheet_and_keeps_it() -> None:
    way = take(own.begin("Ana"), "write", "reflection")
    assert (way.need, way.name) == ("sheet", "sheet")
    way = way.picked("It rained.")
    assert (way.need, way.name) == ("page", "keep")
    assert take(way, "back").need == "sheet", "one can go on writing"
    way = way.take(Answer("keep", texts=("Rain",)))
    assert way.need == "do"
    assert dict(way.given) == {
        "kind": "reflection", "sheet": "It rained.", "topic": "Rain", "keep": "keep",
    }  # fmt: skip
    told = way.done(("It is kept.",))
    assert told.page().lines == ("It is kept.",)
    assert told.given == {}
    assert take(told, "back").at == "menu"


def test_below_a_note_stands_what_can_be_done_with_it_and_each_is_asked_once_more() -> None:
    way = take(own.begin("Ana"), "read").picked("0123456789abcdef")
    assert way.name == "note"
    assert take(way, "back").need == "pick"
    assert take(way, "over").name == "over"
    assert take(way, "away").name == "away"
    assert take(way, "over", "back").name == "note"
    assert take(way, "over", "go").need == "do"


def test_what_is_not_open_is_not_offered() -> None:
    way = own.begin("Ana")
    keys = {one.key for one in way.page().options}
    assert {"read", "find", "go-on"} <= keys
    closed = own.without(alone=True, empty=True, begun=False)
    keys = {one.key for one in replace(way, without=closed).page().options}
    assert keys == {"write", "prepare", "close"}
    alone = replace(way, without=own.without(alone=True, empty=False, begun=True))
    keys = {one.key for one in take(alone, "read").picked("0").page().options}
    assert keys == {"back", "away"}


def test_a_search_for_nothing_is_asked_again_and_one_without_a_find_too() -> None:
    way = take(own.begin("Ana"), "find")
    empty = way.take(Answer("go", texts=(" ",)))
    assert (empty.name, empty.page().note) == ("find", words("rooms.nothing_typed"))
    looked = way.take(Answer("go", texts=("rain",)))
    assert looked.need == "pick"
    back = looked.not_done("Nothing.")
    assert (back.name, back.page().note) == ("find", "Nothing.")
    assert [one.value for one in back.page().fields] == ["rain"]


@pytest.mark.parametrize("choices", [(), ("write",), ("write", "later"), ("read",), ("find",)])
def test_one_key_leaves_the_room_from_everywhere(choices: tuple[str, ...]) -> None:
    left = take(own.begin("Ana"), *choices).stop()
    assert left.need == "over"
    assert left.given == {}


@pytest.mark.parametrize("errand", own.ERRANDS)
def test_every_page_of_a_room_has_its_words(errand: str) -> None:
    way = own.begin("Ana")
    for step, ask in enumerate(own.ERRANDS[errand]):
        page = replace(way, at="ask", errand=errand, step=step).page()
        assert page.title or ask.kind == "long"
        assert ask.kind in {"pick", "sheet"} or "back" in {one.key for one in page.options}
        assert len(page.fields) == len(ask.fields)
