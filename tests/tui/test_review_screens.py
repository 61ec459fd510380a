"""Looking back on the screen: the list, finding words in it, seeing only some of it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.journal.store import Journal
from imago_tui.tui.browse import Browse
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.words import words
from tests.journal import many

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))
COUNT = 60


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A journal of some weeks, made once."""
    place = tmp_path_factory.mktemp("years") / "journal"
    many.make(place, COUNT, now=NOW)
    return place


@pytest.fixture
def looking(
    screens: Callable[..., Any], years: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """``async with looking(size) as seen``: the journal of some weeks, open with one key."""
    monkeypatch.setattr(paths, "journal_dir", lambda: years)

    @asynccontextmanager
    async def open_(size: tuple[int, int] = (48, 14)) -> AsyncIterator[Any]:
        async def flow(app: Any) -> int:
            return await Browse(app, [many.PEOPLE[0][1]]).run()

        async with screens(flow, size) as seen:
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
    looking: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, asked, find = threading.Event(), [], Journal.matching

    def slow(journal: Journal, text: str) -> list[str]:
        asked.append(text)
        if len(asked) == 1:
            hold.wait(10)
        return find(journal, text)

    monkeypatch.setattr(Journal, "matching", slow)
    async with looking() as seen:
        await seen.press("slash")
        await seen.type("roof")
        await seen.until(lambda: asked)
        assert len(asked) == 1, "one search at a time"
        hold.set()
        await seen.until(lambda: asked[-1] == "roof")
        await seen.until(lambda: rows(seen) and all("roof" in row for row in rows(seen)))
        assert len(asked) == 2, "what was typed meanwhile is asked for once"


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
