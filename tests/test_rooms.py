"""The ways through rooms: which page comes next, and what is forgotten when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imago_tui.evening import Answer
from imago_tui.rooms import copies, keys, own, taking
from imago_tui.rooms.way import Ask, Way
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
    offered = {one.key for one in way.page().options}
    assert {"read", "find", "go-on"} <= offered
    closed = own.without(alone=True, empty=True, begun=False)
    offered = {one.key for one in replace(way, without=closed).page().options}
    assert offered == {"write", "prepare", "keys", "copies", "close"}
    alone = replace(way, without=own.without(alone=True, empty=False, begun=True))
    offered = {one.key for one in take(alone, "read").picked("0").page().options}
    assert offered == {"back", "away"}


def test_beside_a_shared_room_that_is_closed_nothing_moves_and_nobody_is_invited() -> None:
    apart = own.without(alone=False, apart=True, empty=False, begun=False)
    assert {"over", "copies"} <= apart
    assert {"invite", "rekey"} <= keys.without(
        alone=False, apart=True, recovery=False, own_key=False
    )


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


TYPED = ("four old words here", "four new words here", "four new words here")


def test_a_new_passphrase_is_typed_twice_and_long_enough() -> None:
    way = take(keys.begin("Ana"), "passphrase")
    assert all(field.hidden for field in way.page().fields)
    short = way.take(Answer("go", texts=("old", "short", "short")))
    assert short.page().note
    assert short.given == {}
    other = way.take(Answer("go", texts=(*TYPED[:2], "four other words")))
    assert other.page().note == words("evening.note.not_same")
    assert way.take(Answer("go", texts=TYPED)).need == "do"


def test_no_passphrase_is_held_after_it_was_used_or_did_not_fit() -> None:
    way = take(keys.begin("Ana"), "recovery").take(Answer("go", texts=("/stick/key",)))
    asked = way.take(Answer("go", texts=("four old words here",)))
    assert asked.need == "do"
    again = asked.not_done("It opens nothing.")
    assert (again.name, again.page().note) == ("own", "It opens nothing.")
    assert "four old words here" not in repr(again) + repr(dict(again.given))
    assert again.given["place"] == "/stick/key"
    assert asked.done(("Done.",)).given == {}
    assert "four old words here" not in repr(asked)


def test_nobody_alone_is_offered_a_shared_key_and_no_two_an_invitation() -> None:
    way = keys.begin("Ana")
    alone = keys.without(alone=True, recovery=False, own_key=False)
    two = keys.without(alone=False, recovery=True, own_key=False)
    assert {one.key for one in replace(way, without=alone).page().options} == {
        "passphrase", "known", "recovery", "invite", "back",
    }  # fmt: skip
    assert {one.key for one in replace(way, without=two).page().options} == {
        "passphrase", "known", "recovery", "revoke", "rekey", "leave", "back",
    }  # fmt: skip


@pytest.mark.parametrize("errand", keys.ERRANDS)
def test_every_page_with_keys_says_what_will_happen_and_has_a_way_back(errand: str) -> None:
    way = keys.begin("Ana")
    assert errand in {one.key for one in way.page().options}
    for step, ask in enumerate(keys.ERRANDS[errand]):
        page = replace(way, at="ask", errand=errand, step=step).page()
        assert page.title
        assert "back" in {one.key for one in page.options}
        assert ask.page not in ask.fields, "what is chosen and what is typed are kept apart"
        assert len(page.fields) == len(ask.fields)


def test_of_what_is_taken_out_it_is_asked_whose_words_and_the_other_one_gives_theirs() -> None:
    way = take(taking.begin(private=False), "some")
    assert way.name == "words"
    assert take(way, "own").need == "pick", "one's own words need nobody else"
    both = take(way, "both")
    assert (both.name, both.page().fields[0].hidden) == ("theirs", True)
    listed = take(both, "go")
    assert listed.need == "pick"
    assert listed.not_done("Nothing.").name == "theirs", "never on to a page that comes later"
    chosen = take(listed.picked("aa,bb"), "html")
    assert taking.marked(chosen, "entries") == ("aa", "bb")
    assert taking.form(chosen) == "html"
    assert chosen.take(Answer("go", texts=(" ", ""))).page().note == words("rooms.nothing_typed")
    assert chosen.take(Answer("go", texts=("/tmp/us.html", ""))).need == "do"


def test_a_packet_is_looked_at_line_by_line_before_there_is_a_place_for_it() -> None:
    way = take(taking.begin(private=True), "packet")
    assert (way.need, way.name) == ("pick", "lines")
    assert take(way.picked("1,3"), "back").name == "lines"
    assert taking.form(way) == "packet"


def test_a_book_is_of_a_year_and_of_both() -> None:
    way = take(taking.begin(private=False), "book").knowing(words="both")
    assert way.take(Answer("go", texts=("this",))).page().note == words("rooms.taking.no_year")
    assert way.take(Answer("go", texts=("2026",))).name == "theirs"
    private = taking.begin(private=True)
    assert "book" not in {one.key for one in private.page().options}


@pytest.mark.parametrize("errand", taking.ERRANDS)
@pytest.mark.parametrize(
    "asks", [taking.ERRANDS, taking.OF_ONE, taking.OF_BOTH], ids=["two", "one", "both"]
)
def test_every_page_of_what_is_taken_out_has_its_words(
    errand: str, asks: dict[str, tuple[Ask, ...]]
) -> None:
    way = replace(taking.begin(private=False), errands=asks)
    for step, ask in enumerate(asks[errand]):
        page = replace(way, at="ask", errand=errand, step=step).page()
        assert page.title
        assert ask.kind == "pick" or "back" in {one.key for one in page.options}
        assert len(page.fields) == len(ask.fields)
        assert ask.page not in ask.fields


def test_a_dialogue_goes_when_both_say_so_and_the_other_one_is_asked_for_it() -> None:
    way = take(copies.begin(), "delete").picked("0123456789abcdef")
    assert way.name == "how"
    assert take(way, "both").name == "theirs"
    assert take(way, "both", "go").name == "gone"
    assert take(way, "both", "go", "go").need == "do"
    came = take(way, "both", "go").knowing(guest="here")
    assert take(came, "back").name == "how", "nobody who has come is asked a second time"
    assert take(came, "back", "both").name == "gone"
    assert take(way, "mine").name == "gap", "one's own words need nobody else"
    assert take(way, "mine", "back").name == "how"


def test_where_both_have_opened_the_journal_whoever_does_something_types_who_they_are() -> None:
    for way in (
        take(copies.begin(both=True), "delete"),
        *(take(taking.begin(private=False, both=True), errand) for errand in taking.ERRANDS),
    ):
        assert (way.name, way.page().fields[0].hidden) == ("who", True)
        known = way.knowing(here="here").take(Answer("go", texts=("",)))
        assert known.name != "who"
        assert known.back().at == "menu", "nobody is asked a second time"


@pytest.mark.parametrize("errand", copies.OF_BOTH)
def test_every_page_with_copies_has_its_words(errand: str) -> None:
    way = copies.begin(both=True)
    assert errand in {one.key for one in way.page().options}
    for step, ask in enumerate(copies.OF_BOTH[errand]):
        page = replace(way, at="ask", errand=errand, step=step).page()
        assert page.title
        assert ask.kind == "pick" or "back" in {one.key for one in page.options}
        assert len(page.fields) == len(ask.fields)
