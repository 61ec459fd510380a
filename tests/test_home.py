"""Home as a value: what two people see first, and where each press of theirs leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from imago_tui import exercises, look, menu, path
from imago_tui.evening import Answer, Page
from imago_tui.home import Home, Seen
from imago_tui.home.pages import everything
from imago_tui.home.state import NEEDS
from imago_tui.home.steps import GO, MOST_THANKS
from imago_tui.path import Suggestion
from imago_tui.promises import Kind, Promise
from imago_tui.words import words

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
CLOSED = Home.begin(journal=True)
NONE = Home.begin(journal=False)


def promise(kind: Kind, *, due: bool = False) -> Promise:
    when = NOW - timedelta(days=1) if due else NOW + timedelta(days=7)
    return Promise(
        f"{kind}-{due}", kind, NOW, when, due, "One evening a week for the two of us", "Ana", "Ben",
        exercise="dialogue", entry="0123456789abcdef",
    )  # fmt: skip


STANDING = (
    promise("reply"), promise("meeting"), promise("return"), promise("request"),
    promise("request", due=True), promise("vision"),
)  # fmt: skip
SEEN = Seen(
    ("Ana", "Ben"), here=0, perhaps=Suggestion("story", "story"), part="practising",
    memory='22 November 2025: "You laughed with me." (Ana)', standing=STANDING,
)  # fmt: skip
OPEN = replace(CLOSED, seen=SEEN)


def go(home: Home, *answers: Answer | str) -> Home:
    """Answer page after page; a word is the option of that key, with what stands in the fields."""
    for answer in answers:
        assert home.need == "page", home.at
        page = home.page()
        given = answer
        if isinstance(given, str):
            given = Answer(given, texts=tuple(field.value for field in page.fields))
        assert given.choice in {option.key for option in page.options}
        home = home.take(given)
    return home


def typed(*texts: str) -> Answer:
    return Answer("go", texts=texts)


def keys(home: Home) -> list[str]:
    return [option.key for option in home.page().options]


def test_home_offers_what_people_come_for_in_this_order() -> None:
    assert keys(NONE) == [*menu.TOGETHER, "open", "journal", "about", "around"]
    assert len(keys(NONE)) <= 9  # each is one number


def test_everything_is_held_in_two_keys() -> None:
    for group in menu.TOGETHER:
        held = go(OPEN, group)
        ids = {item.id for item in menu.of(group)}
        if held.need == "hold":
            assert {held.exercise} == ids
            continue
        assert ids < set(keys(held))
        for exercise in ids:
            chosen = go(held, exercise)
            assert (chosen.need, chosen.exercise) == ("hold", exercise)


def test_the_list_knows_all_there_is_and_leads_there_at_once() -> None:
    known = {option.key for option in everything(OPEN)}
    assert {item.id for item in menu.items()} < known
    assert known - {item.id for item in menu.items()} <= set(GO)
    for key in known:
        there = OPEN.choose(key)
        assert there.at != "home" or there.note


def test_the_suggestion_comes_with_its_reason_and_enter_follows_it() -> None:
    page = OPEN.page()
    title = exercises.load("story").title
    assert page.lines == (words("path.perhaps", title=title, why=words("path.why.story")),)
    assert page.usual == "understand"
    assert go(OPEN, page.usual).page().usual == "story"
    assert CLOSED.page().lines != NONE.page().lines
    nothing = replace(OPEN, seen=replace(SEEN, perhaps=None))
    assert (nothing.page().lines, nothing.page().usual) == ((), "talk")


def test_nothing_of_theirs_stands_there_before_the_journal_is_open() -> None:
    assert CLOSED.page().small == ""
    assert OPEN.page().small == SEEN.memory


@pytest.mark.parametrize(("key", "at"), [("open", "standing"), ("journal", "journal")])
def test_the_journal_is_opened_when_something_needs_it_and_then_stays(key: str, at: str) -> None:
    asked = go(CLOSED, key)
    assert asked.page().id == "unlock"
    assert all(field.hidden for field in asked.page().fields)
    assert go(asked, typed("")).need == "page"
    tried = go(asked, typed("some passphrase"))
    assert (tried.need, tried.passphrase) == ("open", "some passphrase")
    assert "some passphrase" not in repr(tried)
    again = tried.not_opened("It opens nothing.", "Try again.")
    assert (again.page().note, again.passphrase) == ("It opens nothing. Try again.", "")
    there = go(again, typed("another")).opened(SEEN)
    assert (there.at, there.passphrase) == (at, "")
    assert go(there.back(SEEN), key).at == at


def test_without_a_journal_it_is_said_when_there_will_be_one() -> None:
    for key in ("open", "journal"):
        told = go(NONE, key)
        assert told.page().note == words("home.note.no_journal")
        assert told.page().lines == ()
    for home in (NONE, Home.begin(journal=False, room=True)):
        assert go(home, "around", "alone", "own-room").need == "own-room"


def test_how_one_likes_it_is_behind_the_passphrase() -> None:
    asked = go(Home.begin(journal=True), "around", "likes")
    assert asked.at == "unlock"
    assert go(asked, typed("some passphrase")).opened(SEEN).need == "likes"


def test_who_keeps_a_journal_alone_finds_their_own_room_there() -> None:
    assert go(Home.begin(journal=False, room=True), "journal").need == "own-room"


@pytest.mark.parametrize("to", ["journal", "open", "own-room", "thanks"])
def test_where_only_copies_are_left_one_can_be_brought_back_first(to: str) -> None:
    asked = Home.begin(journal=False, copies=True).choose(to)
    assert asked.need == "bring"
    back = asked.brought(journal=True, room=True)
    assert (back.need, back.at) == (("own-room",) * 2 if to == "own-room" else ("page", "unlock"))
    left = asked.brought(journal=False, room=False)
    assert left.at == "home"
    assert left.choose(to).need != "bring"
    assert go(NONE, "journal").need == "page"


def test_a_line_that_was_left_is_shown_first_and_once() -> None:
    left = replace(SEEN, thanks=(("Ben", "You filled the car."),))
    shown = go(CLOSED, "open", typed("some passphrase")).opened(left)
    assert words("evening.thanked", who="Ben", text="You filled the car.") in shown.page().lines
    doing = go(shown, "go")
    assert (doing.need, doing.deed and doing.deed.what) == ("do", "thanked")
    assert doing.done(SEEN).at == "standing"


def test_who_is_typing_is_asked_where_one_passphrase_opens_for_both() -> None:
    unclear = replace(SEEN, unclear=True, here=None)
    asked = go(CLOSED, "journal", typed("some passphrase")).opened(unclear)
    assert asked.page().id == "here"
    doing = go(asked, "1")
    assert doing.deed is not None
    assert (doing.deed.what, doing.deed.who) == ("here", 1)
    assert doing.done(SEEN).at == "journal"


def test_a_line_of_thanks_is_left_for_the_other_one() -> None:
    page = go(OPEN, "appreciate", "thanks")
    assert "Ben" in page.page().title
    doing = go(page, typed(" For the \n car "))
    assert doing.deed is not None
    assert (doing.deed.what, doing.deed.who, doing.deed.texts) == ("thanks", 0, ("For the car",))
    assert "car" not in repr(doing.deed)
    assert doing.done(SEEN).page().note == words("home.note.thanks", other="Ben")
    assert go(page, typed("")).at == "home"
    assert go(page, typed("x" * (MOST_THANKS + 1))).page().note == words("home.note.long")
    whose = go(replace(OPEN, seen=replace(SEEN, here=None)), "appreciate", "thanks")
    assert whose.page().id == "whose"
    assert "Ana" in go(whose, "1").page().title


def standing(kind: str, *, due: bool = False) -> Home:
    return go(OPEN, "open", f"{kind}-{due}")


def test_a_gift_is_looked_back_at_when_its_end_has_come_and_never_before() -> None:
    assert keys(standing("request")) == ["back", "let-go"]
    asked = standing("request", due=True)
    assert keys(asked) == ["good", "partly", "not-ours", "later"]
    doing = go(asked, "partly", typed("We laughed."))
    assert doing.deed is not None
    assert (doing.deed.what, doing.deed.how, doing.deed.texts) == (
        "look-back", "partly", ("We laughed.",),
    )  # fmt: skip
    assert doing.done(SEEN).page().id == "looked"


def test_leaving_the_question_is_asking_another_time() -> None:
    for left in (go(standing("request", due=True), "later"), standing("request", due=True).stop()):
        assert left.deed is not None
        assert (left.deed.what, left.deed.one) == ("later", promise("request", due=True))
        assert left.done(SEEN).at == "standing"


def test_what_has_an_hour_is_taken_up_or_let_go() -> None:
    for kind in ("reply", "meeting"):
        held = go(standing(kind), "now")
        assert (held.need, held.exercise, held.resume) == ("hold", "dialogue", False)
        assert go(standing(kind), "let-go").deed is not None
        assert go(standing(kind), "back").at == "standing"
    assert go(standing("return"), "go-on").resume
    assert go(standing("vision"), "read").need == "read"


def test_a_way_is_chosen_and_shown_with_about_where_they_are() -> None:
    page = go(OPEN, "understand", "way").page()
    assert words("path.part.here", part=words("path.part.practising")) in page.lines
    assert [option.key for option in page.options] == [path.DISTANT, "back"]
    doing = go(OPEN, "understand", "way", path.DISTANT)
    assert doing.deed is not None
    assert (doing.deed.what, doing.deed.how) == ("way", path.DISTANT)
    distant = doing.done(replace(SEEN, way=path.DISTANT))
    assert keys(distant) == [path.USUAL, "back"]


def test_a_first_meeting_keeps_nothing_and_ends_with_three_ways_and_no_answer() -> None:
    held = go(CLOSED, "around", "first-meeting")
    assert (held.need, held.only) == ("hold", True)
    ways = held.back(None, to="ways")
    assert len(ways.page().lines) == 3
    assert keys(ways) == ["back"]
    assert not ways.only


def test_a_card_asks_for_a_file_and_says_where_it_is() -> None:
    asked = go(
        replace(OPEN, seen=replace(SEEN, card=("Teapot", "Sundays are ours."))), "around", "card"
    )
    assert [field.value for field in asked.page().fields][1:] == ["Teapot", "Sundays are ours."]
    doing = go(asked, typed("~/card.html", "Penguin", "Sundays are ours."))
    assert doing.deed is not None
    assert doing.deed.texts == ("~/card.html", "Penguin", "Sundays are ours.")
    assert doing.done(None).page().note == words("pocket.written", file="~/card.html")
    told = doing.not_done("Something is there.", "Another name?")
    assert (told.at, told.page().note) == ("home", "Something is there. Another name?")


def test_enough_leads_home_and_from_home_out() -> None:
    for page in (go(OPEN, "talk"), go(OPEN, "around"), go(CLOSED, "open"), standing("reply")):
        assert page.stop().at == "home"
    assert OPEN.stop().need == "over"


@pytest.mark.parametrize("at", ["look", "thanks", "open"])
def test_who_asked_for_one_page_leaves_from_it(at: str) -> None:
    only = Home.begin(journal=True, at=at)
    assert only.stop().need == "over"
    assert only.back(None).need == "over"


def test_one_line_of_thanks_takes_a_passphrase_a_line_and_no_more() -> None:
    asked = Home.begin(journal=True, at="thanks")
    page = go(asked, typed("some passphrase")).opened(SEEN)
    told = go(page, typed("For the car")).done(SEEN)
    assert told.page().title == words("home.note.thanks", other="Ben")
    assert go(told, "back").need == "over"
    none = Home.begin(journal=False, at="thanks")
    assert none.page().title == words("home.note.no_journal")


def test_guarded_ones_are_found_and_never_suggested() -> None:
    guarded = {item.id for item in menu.of(menu.GUARDED)}
    assert ("careful" in keys(go(OPEN, "around"))) == bool(guarded)
    for group in menu.TOGETHER:
        assert not guarded & {item.id for item in menu.of(group)}


def all_pages() -> dict[str, Page]:
    """Every page there is: those of home, and those of a look."""
    seen: set[Home] = set()
    pages: dict[str, Page] = {}
    thanked = replace(SEEN, thanks=(("Ben", "You filled the car."),), here=None)
    empty = replace(OPEN, seen=replace(SEEN, standing=()))
    both = replace(OPEN, seen=replace(SEEN, here=None))
    waiting = [
        Home.begin(journal=False, at="thanks"),
        NONE,
        CLOSED,
        OPEN,
        both,
        empty,
        OPEN.back(SEEN, to="ways"),
        GO["careful"](OPEN),
    ]
    while waiting:
        home = waiting.pop()
        home = home if home.at == "said" else replace(home, note="")
        if home in seen or len(seen) > 400:
            continue
        seen.add(home)
        if home.need in NEEDS:
            if home.need == "open":
                waiting += [home.opened(thanked), home.opened(replace(thanked, unclear=True))]
            if home.need == "do":
                waiting.append(home.done(SEEN))
            continue
        page = home.page()
        name = page.id if home.one is None else f"{page.id}-{home.one.id}"
        pages["nothing" if page.title == words("home.page.nothing.title") else name] = page
        texts = tuple("some words" for _ in page.fields)
        waiting += [home.take(Answer(option.key, 0, texts)) for option in page.options]
    return pages | {
        f"look-{at}": replace(look.Look(at)).page() for at in ("begin", "never", "after")
    }


PAGES = all_pages()


def test_every_page_of_the_words_file_is_met() -> None:
    named = {name.partition("-")[0] for name in words.table("home.page")}
    assert named <= {name.partition("-")[0] for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_short(name: str) -> None:
    page = PAGES[name]
    assert 0 < len(page.title) <= (120 if page.id in {"promise", "said"} else 44)
    assert len(page.options) <= 9
    if page.id != "standing":
        assert all(len(option.label) <= 46 for option in page.options)
    rows = sum(-(-len(line) // 46) for line in (page.title, *page.lines, page.small))
    assert rows + len(page.options) + len(page.fields) <= 14


def test_a_suggestion_takes_two_rows_at_most_whichever_it_is() -> None:
    for why, reason in words.table("path.why").items():
        exercise = why if why in exercises.names() else "appreciation"
        told = words("path.perhaps", title=exercises.load(exercise).title, why=reason)
        assert len(told) <= 84, why


def test_a_look_runs_by_itself_and_ends_with_what_is_never_asked() -> None:
    now = look.Look().take(Answer("go"))
    assert now.need == "watch"
    never = now.watched()
    assert never.page().id == "never"
    after = never.take(Answer("go"))
    assert after.take(Answer("first-meeting")).then == "first-meeting"
    for left in (after.take(Answer("back")), never.take(Answer("back")), now.stop()):
        assert (left.need, left.then) == ("over", "back")
