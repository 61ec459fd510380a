"""Home on the screen, by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from imago_tui import menu, paths
from imago_tui.errors import ImagoError
from imago_tui.home import Home
from imago_tui.house import House, what_stands
from imago_tui.journal.entry import Agreement
from imago_tui.journal.store import Journal
from imago_tui.now import local_now
from imago_tui.tui.asking import MINE, ask
from imago_tui.tui.at_home import AtHome
from imago_tui.tui.screens.card import Answer, CardScreen
from imago_tui.tui.screens.home import HomeScreen, PaletteScreen
from imago_tui.words import words
from tests.journal.people import day_copied
from tests.test_home import PAGES
from tests.tui.test_evening_fits import TONIGHT

PASSPHRASE = "four odd words here"


@pytest.fixture
def gift(imago_home: Path) -> Path:
    """A journal with a gift that has come to its end."""
    imago_home.mkdir()
    people = [("Ana", PASSPHRASE), ("Ben", "blue lamp river toast")]
    now = local_now()
    with Journal.create(paths.journal_dir(), people, cost=15) as journal:
        ended = Agreement("Wash up together", "Ben", "Ana", (now - timedelta(1)).isoformat())
        entry = journal.new_entry("request", now - timedelta(7))
        journal.save(replace(entry, state="done", ended=now, kept="all", agreements=(ended,)))
    return paths.journal_dir()


@pytest.fixture
def gone(gift: Path) -> Path:
    """Where that journal was: there is nothing now but a copy beside it."""
    with Journal.open(gift, [PASSPHRASE]) as journal:
        day_copied(journal, local_now())
    gift.rename(gift.with_name("elsewhere"))
    return gift


def flow_of(home: Home, house: House) -> Any:
    async def flow(app: Any) -> int:
        try:
            return await AtHome(app, house, home).run()
        finally:
            house.close()

    return flow


@pytest.mark.parametrize("size", [(48, 14), (80, 24), (200, 55)], ids=str)
async def test_home_is_read_at_a_glance(screens: Callable[..., Any], size: tuple[int, int]) -> None:
    home = Home.begin(journal=False)
    page = home.page()
    async with screens(flow_of(home, House()), size) as seen:
        await seen.shows(page.options[-1].label)
        flat = " ".join(seen.text.split())
        for text in (page.title, *page.lines, *(one.label for one in page.options)):
            assert text in flat
        assert words("commands.close-now.short") in seen.text
        await seen.press("escape")
        await seen.until(lambda: not seen.app.is_running, "the end")
        assert seen.app.return_code == 0


async def test_two_keys_hold_something_and_enough_leads_back(screens: Callable[..., Any]) -> None:
    async with screens(flow_of(Home.begin(journal=False), House())) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen))
        await seen.press(str(menu.TOGETHER.index("appreciate") + 1))
        await seen.shows(words("menu.ask.appreciate"))
        await seen.press("enter")
        await seen.shows(words.lines("about.page")[0])
        await seen.press("escape")
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen), "home again")


async def test_where_the_journal_is_gone_a_copy_is_offered_and_then_opened(
    screens: Callable[..., Any], gone: Path
) -> None:
    home, house = Home.begin(**what_stands()._asdict()), House()
    async with screens(flow_of(home, house)) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen))
        await seen.press("6")
        await seen.shows(words("rooms.copies.bring.title"))
        await seen.press("enter")
        await seen.shows(words("keys.restore.done", folder=gone)[:30])
        await seen.press("enter")
        await seen.shows(words("home.page.unlock.title"))
        await seen.type(PASSPHRASE)
        await seen.press("enter")
        await seen.shows("Wash up together")


async def test_what_is_open_is_looked_back_at_together(
    screens: Callable[..., Any], gift: Path
) -> None:
    house = House()
    async with screens(flow_of(Home.begin(journal=True), house)) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen))
        assert house.journal is None
        await seen.press("6")
        await seen.shows(words("home.page.unlock.title"))
        await seen.type(PASSPHRASE)
        await seen.press("enter")
        await seen.shows("Wash up together")
        await seen.press("1")
        await seen.shows(words("home.page.ask.title"))
        await seen.press("1")
        await seen.shows(words("home.page.how.title"))
        await seen.type("We sang.")
        await seen.press("enter")
        await seen.shows(words("home.page.looked.title"))
        await seen.press("1")
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen), "home again")
        await seen.press("6")
        await seen.shows(words("home.page.nothing.title"))
    with Journal.open(gift, [PASSPHRASE]) as journal:
        assert [note.text for note in journal.notes("looked-back")] == ["We sang."]


async def test_the_list_finds_anything_by_its_letters(screens: Callable[..., Any]) -> None:
    async with screens(flow_of(Home.begin(journal=False), House())) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen))
        await seen.press("ctrl+p")
        await seen.until(lambda: isinstance(seen.app.screen, PaletteScreen))
        await seen.press(*"qqqq")
        await seen.shows(words("home.not_found", typed="qqqq"))
        await seen.press("enter", *["backspace"] * 4, *"pocket")
        await seen.shows(words("home.page.around.options.card"))
        await seen.press("enter")
        await seen.shows(words("home.page.card.title"))


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_is_read_whole_where_it_is_read_first(
    screens: Callable[..., Any], name: str
) -> None:
    page = PAGES[name]

    async def flow(app: Any) -> int:
        await ask(app, page, TONIGHT)
        return 0

    async with screens(flow, (48, 14)) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, CardScreen))
        labels = () if page.id == "standing" else tuple(one.label for one in page.options)
        await seen.until(
            lambda: all(
                "".join(text.split()) in "".join(seen.text.split())
                for text in (page.title, *page.lines, *labels)
            ),
            "all of it",
        )


async def test_a_journal_that_is_written_elsewhere_is_told_at_home_and_tried_again(
    screens: Callable[..., Any], gift: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gift == paths.journal_dir()

    def elsewhere(_: Journal) -> None:
        raise ImagoError("Somebody writes in it just now.", "Try again in a moment.", 6)

    house = House()
    seen_ = house.open([PASSPHRASE])
    home = replace(Home.begin(journal=True), seen=seen_).choose("fight")
    monkeypatch.setattr(Journal, "lock", elsewhere)
    async with screens(flow_of(home, house)) as seen:
        await seen.shows(words("evening.page.seats.title"))
        await seen.press("1")
        await seen.shows(words("evening.page.first.title"))
        await seen.press("1")
        await seen.shows("Somebody writes in it just now.")
        assert isinstance(seen.app.screen, HomeScreen)


async def test_somebody_alone_begins_with_a_room_of_their_own(screens: Callable[..., Any]) -> None:
    house = House()
    async with screens(flow_of(Home.begin(journal=False), house)) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen))
        seen.app.screen.dismiss(Answer(f"{MINE}own-room"))
        await seen.shows(words("rooms.keys.begin.title"))
        await seen.type("Ana")
        await seen.press("enter")
        await seen.shows(words("rooms.keys.first.title"))
        for _ in range(2):
            await seen.type(PASSPHRASE)
            await seen.press("enter")
        await seen.shows(words("rooms.own.menu.title"))
        await seen.press("escape")
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen), "home again")
        seen.app.screen.dismiss(Answer(f"{MINE}journal"))
        await seen.shows(words("rooms.own.unlock.only"))
        await seen.press("escape")
        await seen.until(lambda: isinstance(seen.app.screen, HomeScreen), "home again")
