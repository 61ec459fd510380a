"""Looking back on the screen: the list, finding words in it, seeing only some of it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from imago_tui import paths, retelling
from imago_tui.journal.entry import Entry, Turn
from imago_tui.journal.store import Journal
from imago_tui.tui import commands, reviewing
from imago_tui.tui.browse import Browse
from imago_tui.tui.screens.reader import ReaderScreen
from imago_tui.tui.screens.review.base import ReviewScreen
from imago_tui.tui.screens.review.calendar import CalendarScreen
from imago_tui.tui.screens.review.listed import ListScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.tui.screens.typed import TypedScreen
from imago_tui.words import words
from tests.journal import many

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))
COUNT = 900


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A journal of some weeks, made once."""
    place = tmp_path_factory.mktemp("years") / "journal"
    many.make(place, COUNT, now=NOW)
    return place


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which all of these happen."""
    monkeypatch.setattr(reviewing, "local_now", lambda: NOW)


@pytest.fixture
def looking(
    screens: Callable[..., Any], years: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """``async with looking(size) as seen``: the journal of some weeks, open with one key."""
    monkeypatch.setattr(paths, "journal_dir", lambda: years)

    @asynccontextmanager
    async def open_(size: tuple[int, int] = (48, 14), page: str = "l") -> AsyncIterator[Any]:
        async def flow(app: Any) -> int:
            return await Browse(app, [many.PEOPLE[0][1]]).run()

        async with screens(flow, size) as seen:
            await seen.shows(words("review.remembered.title"))
            if page:
                await seen.press(page)
            if page == "l":
                await seen.until(lambda: isinstance(seen.app.screen, TimelineScreen))
                await seen.shows("November 2026")
            yield seen

    return open_


def rows(seen: Any) -> list[str]:
    """The lines that tell of a dialogue."""
    days = words.lines("review.day.weekdays_short")
    return [line for line in seen.text.splitlines() if line.strip(" ▸")[:3] in days]


@pytest.mark.parametrize("size", [(48, 14), (80, 24), (200, 55)], ids=str)
async def test_words_are_found_while_they_are_typed(
    looking: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with looking(size) as seen:
        everything = rows(seen)[:5]
        await seen.press("slash")
        await seen.type("school")
        await seen.until(lambda: rows(seen) and all("school" in row for row in rows(seen)))
        await seen.shows("Noor and her school.")
        await seen.type(" zebra")
        await seen.shows(words("reading.not_found")[:20])
        await seen.press("escape")
        await seen.until(lambda: rows(seen)[:5] == everything)


async def test_the_newest_words_win_and_a_slow_search_holds_up_no_key(
    looking: Callable[..., Any],
) -> None:
    hold, asked = threading.Event(), list[str]()

    async with looking() as seen:
        find = seen.app.screen._find

        def slow(text: str) -> Any:
            asked.append(text)
            if len(asked) == 1:
                hold.wait(10)
            return find(text)

        seen.app.screen._find = slow
        await seen.press("slash")
        await seen.type("roof")
        await seen.until(lambda: asked)
        assert len(asked) == 1, "one search at a time"
        hold.set()
        await seen.until(lambda: asked[-1] == "roof")
        await seen.until(lambda: rows(seen) and all("roof" in row for row in rows(seen)))
        assert len(asked) <= 2, "what was typed meanwhile is asked for once"


async def test_what_is_found_is_read_and_the_search_stands_as_it_was(
    looking: Callable[..., Any],
) -> None:
    async with looking() as seen:
        await seen.press("slash")
        await seen.type("school")
        await seen.until(lambda: rows(seen) and all("school" in row for row in rows(seen)))
        await seen.press("down")
        before = seen.text
        await seen.press("enter")
        await seen.shows(words("review.two", one="Ana", other="Ben"))
        await seen.press("escape")
        await seen.until(lambda: seen.text == before)


async def test_only_some_of_it_and_then_all_again(looking: Callable[..., Any]) -> None:
    async with looking((80, 24)) as seen:
        everything = rows(seen)[:5]
        await seen.press("f")
        await seen.shows(words("review.choose.title"))
        await seen.press("2")
        await seen.shows(words("review.choose.topic"))
        await seen.shows("money")
        await seen.press(*["down"] * place_of(seen, "money"), "enter")
        await seen.shows(words("review.only", what="money"))
        assert rows(seen)
        assert all("money" in row for row in rows(seen))
        await seen.press("escape")
        await seen.until(lambda: rows(seen)[:5] == everything)
        await seen.press("f")
        await seen.shows(words("review.choose.title"))
        await seen.press("escape")
        await seen.until(lambda: rows(seen)[:5] == everything)


def place_of(seen: Any, label: str) -> int:
    """Where a choice stands on a card."""
    return [choice.label for choice in seen.app.screen.card.choices].index(label)


async def test_everything_that_can_be_pressed_is_told(looking: Callable[..., Any]) -> None:
    async with looking((80, 24)) as seen:
        await seen.press("ctrl+p")
        await seen.shows(words("commands.find.long"))
        assert words("commands.timeline.long") not in seen.text
        await seen.press("escape")
        await seen.press("end")
        await seen.until(lambda: "▸" in seen.text.splitlines()[-3])
        await seen.press("home")
        await seen.until(lambda: "▸" in seen.text.splitlines()[3])


def marked(seen: Any) -> str:
    """The line that is marked; "" while there is none."""
    lines: list[str] = seen.text.splitlines()
    return next((line.strip(" ▸") for line in lines if line.strip().startswith("▸")), "")


@pytest.mark.parametrize("size", [(48, 14), (80, 24), (200, 55)], ids=str)
async def test_it_opens_on_this_day_and_on_what_each_asked_to_be_remembered(
    looking: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with looking(size, "") as seen:
        await seen.shows(words("review.who.room"))
        await seen.shows(retelling.day(NOW.replace(year=2025)))
        await seen.until(lambda: marked(seen) and words("commands.read.short") in seen.text)
        shown = seen.text
        assert marked(seen) in {*many.REMEMBER, *many.THANKS}
        everything = " ".join(shown.split())
        assert not any(said[:20] in everything for said in many.SAID)
        assert not any(f"feel {feeling}" in everything for feeling in many.FEELINGS)
        line = marked(seen)
        await seen.press("enter")
        await seen.shows(words("review.two", one="Ana", other="Ben"))
        await seen.press(*["pagedown"] * 9)
        await seen.shows(line)
        await seen.press("escape")
        await seen.shows(words("review.remembered.title"))
        await seen.until(lambda: marked(seen) == line)


@pytest.mark.parametrize("size", [(48, 14), (80, 24), (200, 55)], ids=str)
async def test_a_month_is_walked_by_day_and_month_and_its_days_open(
    looking: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with looking(size, "c") as seen:
        await seen.shows("[22•]")
        await seen.shows(retelling.day(NOW))
        await seen.press("down")
        await seen.shows("[29 ]")
        await seen.shows(words("review.empty.day"))
        await seen.press("enter", "pageup", "right")
        await seen.shows("[30•]")
        await seen.shows("October 2026")
        await seen.press("y")
        await seen.shows(words("review.remembered.on_day", day="30 October"))
        await seen.press("escape")
        await seen.shows(words("review.remembered.title"))
        await seen.press("c", "end", "home", "home")
        await seen.shows("[20•]")
        titles = seen.text.splitlines()
        await seen.press("enter")
        await seen.until(lambda: rows(seen) != [])
        assert all(row.split("  ")[-1].strip() in "\n".join(titles) for row in rows(seen))
        await seen.press("escape")
        await seen.shows("[20•]")


async def test_what_comes_back_is_told_without_saying_who_said_what(
    looking: Callable[..., Any],
) -> None:
    async with looking((80, 24), "t") as seen:
        await seen.shows(words("review.topics.title"))
        await seen.until(lambda: marked(seen))
        word = marked(seen)
        await seen.press("enter")
        await seen.shows(words("review.topics.one", word=word))
        assert all(word in row for row in rows(seen))
        assert "Ana" not in seen.text
        assert "Ben" not in seen.text
        await seen.shows(many.REMEMBER[0])
        await seen.press("escape")
        await seen.until(lambda: marked(seen) == word)


async def test_what_is_open_can_be_let_go(looking: Callable[..., Any], years: Any) -> None:
    with Journal.open(years, [many.PEOPLE[1][1]]) as journal:
        journal.park("The cellar.", "Ben", made=NOW)
    async with looking((80, 24), "o") as seen:
        await seen.shows(words("review.open.agreed"))
        await seen.shows("a walk on Wednesday")
        await seen.press("end")
        await seen.until(lambda: "cellar" in marked(seen))
        await seen.press("enter")
        await seen.shows(words("review.open.let_go"))
        await seen.press("1")
        await seen.shows(words("review.open.title"))
        await seen.press("enter")
        await seen.shows(words("review.open.let_go"))
        await seen.press("2")
        await seen.until(lambda: "cellar" not in seen.text)
        await seen.shows(words("review.open.title"))
    with Journal.open(years, [many.PEOPLE[0][1]]) as journal:
        assert journal.parked() == []


@pytest.mark.parametrize("cls", [ListScreen, TimelineScreen, CalendarScreen])
def test_every_command_is_something_a_page_can_do_or_does_not_offer(
    cls: type[ReviewScreen],
) -> None:
    left_out = cls.not_here(cls.__new__(cls))
    for command in commands.of("review"):
        can = hasattr(cls, "do_" + command.id.replace("-", "_"))
        assert can or command.id in left_out, command.id


async def test_what_comes_later_is_parked_or_goes_to_a_room_of_ones_own(
    looking: Callable[..., Any], years: Any
) -> None:
    async with looking((80, 24), "") as seen:
        await seen.press("enter")
        await seen.shows(words("commands.later-thought.short"))
        before = list((years / "entries").iterdir())
        await seen.press("p")
        await seen.until(lambda: isinstance(seen.app.screen, TypedScreen))
        await seen.shows(words("review.park.readers"))
        await seen.type("The cellar.")
        await seen.press("enter")
        await seen.shows(words("commands.later-thought.short"))
        await seen.press("w")
        await seen.until(lambda: isinstance(seen.app.screen, TypedScreen))
        await seen.shows(words("rooms.own.unlock.title"))
        await seen.press("escape")
        await seen.shows(words("commands.later-thought.short"))
    with Journal.open(years, [many.PEOPLE[0][1]]) as journal:
        (parked,) = journal.parked()
        assert parked.text == "The cellar."
        assert len(list((years / "entries").iterdir())) == len(before) + 1, "no entry was touched"
        journal.remove(parked.id)


async def test_a_safe_with_two_keyholes_stands_for_what_both_keep_together(
    looking: Callable[..., Any],
) -> None:
    async with looking((80, 24)) as seen:
        await seen.press("f")
        await seen.shows(words("review.choose.title"))
        await seen.press(*["down"] * place_of(seen, words("review.choose.state")), "enter")
        await seen.until(lambda: words("review.state.together") in seen.text)
        await seen.press(*["down"] * place_of(seen, words("review.state.together")), "enter")
        await seen.shows(words("review.only", what=words("review.state.together")))
        assert rows(seen)
        assert all(words("review.safe.one_open") in row for row in rows(seen))
        assert not any(topic in seen.text for topic in many.TOPICS)


async def test_a_very_long_dialogue_stands_at_once_and_is_read_to_its_end(screens: Any) -> None:
    turns = [
        Turn(n, "send", who, who, f"Piece {n}. {'word ' * (3000 if n == 1 else 9)}", aloud=False)
        for n, who in enumerate(["Ana"] * 80 + ["Ben"] * 80, 1)
    ]
    entry = Entry(
        id="0" * 16, room="shared", exercise="dialogue", topic="Soup.", started=NOW, ended=NOW,
        state="done", partners=("Ana", "Ben"), kept="all", turns=tuple(turns),
    )  # fmt: skip

    async def flow(app: Any) -> int:
        await app.push_screen_wait(ReaderScreen(entry))
        return 0

    async with screens(flow, (80, 24)) as seen:
        await seen.shows("Piece 1.")
        await seen.shows(words("review.round", who="Ana"))
        await seen.press("pagedown")
        await seen.until(lambda: "Piece" not in seen.text and "word word" in seen.text)
        await seen.until(lambda: not seen.app.screen._rest, "the rest of it")
        await seen.press("end")
        await seen.shows("Piece 160.")
        assert words("review.who.all") in seen.text
        await seen.press("home")
        await seen.shows("Piece 1.")
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)


async def test_what_was_read_anew_is_not_read_anew_the_next_time(
    looking: Callable[..., Any], years: Any
) -> None:
    for index in years.glob("index-*.age"):
        index.unlink()
    async with looking((80, 24), "") as seen:
        assert list(years.glob("index-*.age")) == [], "reading writes nothing"
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert len(list(years.glob("index-*.age"))) == 1
