"""One's own room on the screen, by keys: what is kept in it, and what never leaves it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.deeds.own import Sheet
from imago_tui.errors import ImagoError
from imago_tui.helping import likes
from imago_tui.journal import lock, setup
from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.rooms import own, prepare
from imago_tui.tui import doors
from imago_tui.tui.browse import Browse
from imago_tui.tui.screens.card import CardScreen
from imago_tui.tui.screens.pick import PickScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.tui.screens.sheet import SheetScreen
from imago_tui.tui.screens.typed import TypedScreen
from imago_tui.words import words

ANA, BEN = "four odd words here", "blue lamp river toast"
SECRET = "I was afraid you would leave"
BEGAN = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def folder() -> Path:
    """A journal of two; Ana has kept something for herself."""
    place = paths.journal_dir()
    with Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        room = journal.own(ANA)
        room.note("reflection", "The rain on Sunday.", "Rain", BEGAN)
        room.write_index()
    return place


class Room:
    """Somebody at the door of her own room."""

    def __init__(self, seen: Any) -> None:
        self.seen, self.app = seen, seen.app

    async def card(self, title: str, *, typed: bool = False) -> None:
        """Wait for a card; ``typed``: for its line to be ready."""

        def there() -> bool:
            screen = self.app.screen
            if not isinstance(screen, CardScreen) or screen.card.title != title:
                return False
            if not screen.is_mounted or title.split(maxsplit=1)[0] not in self.seen.text:
                return False
            return not typed or (
                isinstance(screen, TypedScreen) and any(line.has_focus for line in screen.lines)
            )

        await self.seen.until(there, title)

    async def page(self, name: str, *, typed: bool = False) -> None:
        """Wait for a page of the room."""
        await self.card(words(f"rooms.own.{name}.title"), typed=typed)

    async def choose(self, name: str, option: str, without: frozenset[str] = frozenset()) -> None:
        """On a page of the room, press the number of an option."""
        await self.page(name)
        options = [one for one in words.table(f"rooms.own.{name}.options") if one not in without]
        await self.seen.press(str(options.index(option) + 1))

    async def enter(self, passphrase: str = ANA) -> None:
        """From the list of what both have kept, through the door."""
        await self.seen.until(lambda: isinstance(self.app.screen, TimelineScreen))
        await self.seen.shows(words("review.who.room"))
        await self.seen.press("m")
        await self.card(words("rooms.doors.title"))
        await self.seen.press("1")
        await self.unlock(passphrase)

    async def unlock(self, passphrase: str = ANA) -> None:
        """Type it, unseen."""
        await self.page("unlock", typed=True)
        await self.seen.type(passphrase)
        assert passphrase not in self.seen.text
        await self.seen.press("enter")

    async def write(self, text: str, without: frozenset[str]) -> None:
        """From the menu to a sheet with something on it."""
        await self.choose("menu", "write", without)
        await self.choose("kind", "reflection")
        await self.seen.until(lambda: isinstance(self.app.screen, SheetScreen))
        await self.seen.type(text)

    async def picking(self) -> None:
        """Wait for a list."""
        await self.seen.until(lambda: isinstance(self.app.screen, PickScreen))


@pytest.fixture
def rooms(screens: Callable[..., Any]) -> Callable[..., Any]:
    """``async with rooms() as room``: the journal, opened by Ana."""

    @asynccontextmanager
    async def open_(flow: Any = None, size: tuple[int, int] = (48, 14)) -> AsyncIterator[Room]:
        async def browse(app: Any) -> int:
            return await Browse(app, (ANA,)).run()

        async with screens(flow or browse, size) as seen:
            yield Room(seen)

    return open_


THERE = own.without(alone=False, empty=False, begun=False)


@pytest.mark.usefixtures("folder")
async def test_it_opens_only_with_ones_own_passphrase_and_says_whose_it_is(
    rooms: Callable[..., Any],
) -> None:
    async with rooms() as room:
        await room.enter(BEN)
        await room.seen.shows(words("private.not_here"))
        await room.unlock()
        await room.page("menu")
        assert "Ana's own room. Esc closes it." in " ".join(room.seen.text.split())
        await room.choose("menu", "read", THERE)
        await room.picking()
        assert "Rain" in room.seen.text
        await room.seen.press("enter")
        await room.seen.shows("The rain on Sunday.")
        await room.seen.press("escape")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        assert "Rain" not in room.seen.text


async def test_what_is_written_is_kept_in_ones_own_room_alone(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        await room.write(SECRET, THERE)
        assert words("private.readers") in " ".join(room.seen.text.split())
        await room.seen.press("enter")
        await room.page("keep", typed=True)
        await room.seen.type("Leaving")
        await room.seen.press("enter")
        await room.seen.shows(words("rooms.own.kept"))
        await room.seen.press("enter")
        await room.choose("menu", "find", THERE)
        await room.page("find", typed=True)
        await room.seen.type("afraid")
        await room.seen.press("enter")
        await room.picking()
        await room.seen.press("enter")
        await room.seen.shows(SECRET)
        await room.seen.press("escape")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        assert words("review.empty.timeline")[:20] in room.seen.text, "no row, no count of it"
    with open_own(folder, ANA) as mine:
        kept = mine.heads().heads
        assert [(one.topic, one.state) for one in kept] == [("Leaving", "done"), ("Rain", "done")]
        assert mine.load(kept[0].id).turns[0].text == SECRET


async def test_escape_closes_the_room_and_what_was_being_written_is_there_the_next_time(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        await room.write(SECRET, THERE)
        await room.seen.press("escape")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        assert SECRET not in room.seen.text
        with open_own(folder, ANA) as mine:
            begun = [one for one in mine.heads().heads if one.state == "unfinished"]
            draft = mine.load(begun[0].id).draft
            assert draft is not None
            assert draft["text"] == SECRET
        await room.enter()
        await room.choose("menu", "go-on")
        await room.seen.shows(SECRET)
        await room.seen.type(" then")
        await room.seen.press("enter")
        await room.page("keep", typed=True)
        await room.seen.press("enter")
        await room.seen.shows(words("rooms.own.kept"))
    with open_own(folder, ANA) as mine:
        assert [one.state for one in mine.heads().heads] == ["done", "done"]
        texts = {mine.load(one.id).turns[0].text for one in mine.heads().heads}
        assert texts == {f"{SECRET} then", "The rain on Sunday."}


async def test_what_stands_on_the_sheet_is_sealed_while_it_is_written(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        await room.write(SECRET, THERE)

        def sealed() -> bool:
            with open_own(folder, ANA) as mine:
                drafts = [mine.load(one.id).draft for one in mine.heads().heads]
            return any(draft is not None and draft["text"] == SECRET for draft in drafts)

        await room.seen.until(sealed, "the sheet to be sealed without any further key")


async def test_what_cannot_be_sealed_is_hidden_by_esc_and_gone_only_when_they_say_so_again(
    rooms: Callable[..., Any], folder: Path
) -> None:
    unsealed = words("rooms.own.sheet.unsealed")[:30]
    async with rooms() as room:
        await room.enter()
        with lock.held(folder):
            await room.write(SECRET, THERE)
            await room.seen.press("escape")
            await room.seen.shows(unsealed)
            assert SECRET not in room.seen.text
            await room.seen.press("x")
            await room.seen.shows(SECRET)
            assert f"{SECRET}x" not in room.seen.text
            await room.seen.press("escape")
            await room.seen.shows(unsealed)
        # Once it can be sealed it is, and the room closes as they wanted.
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
    async with rooms() as room:
        await room.enter()
        await room.choose("menu", "go-on")
        await room.seen.shows(SECRET)
        with lock.held(folder):
            await room.seen.type(" never")
            await room.seen.press("escape")
            await room.seen.shows(unsealed)
            await room.seen.press("escape")
            await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
    with open_own(folder, ANA) as mine:
        drafts = [mine.load(one.id).draft for one in mine.heads().heads]
    assert [draft["text"] for draft in drafts if draft] == [SECRET]


async def test_what_cannot_be_sealed_stays_on_its_sheet_where_one_esc_loses_nothing(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        with lock.held(folder):
            await room.write(SECRET, THERE)
            await room.seen.press("enter")
            await room.seen.shows(words("journal.lock.held"))
            assert isinstance(room.app.screen, SheetScreen)
            assert SECRET in room.seen.text
            await room.seen.press("escape")
            await room.seen.shows(words("rooms.own.sheet.unsealed")[:30])
            await room.seen.press("x")
            await room.seen.shows(SECRET)
        await room.seen.press("enter")
        await room.page("keep", typed=True)


async def test_one_entry_moves_over_after_it_was_asked(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        await room.choose("menu", "read", THERE)
        await room.picking()
        await room.seen.press("enter")
        await room.seen.shows("The rain on Sunday.")
        await room.seen.press("2")
        await room.choose("over", "go")
        await room.seen.shows(words("rooms.own.moved"))
        await room.seen.press("escape")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        await room.seen.shows("Rain")
    with open_own(folder, ANA) as mine:
        assert mine.heads().heads == []


async def test_a_later_thought_goes_into_ones_own_room(
    rooms: Callable[..., Any], folder: Path
) -> None:
    with Journal.open(folder, [ANA]) as journal:
        brought = journal.bring(journal.own(ANA), journal.own(ANA).heads().heads[0].id)

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA]) as journal:
            await doors.later_thought(app, journal, brought.id)
        return 0

    async with rooms(flow) as room:
        await room.unlock()
        await room.seen.until(lambda: isinstance(room.app.screen, SheetScreen))
        await room.seen.type(SECRET)
        await room.seen.press("enter")
        await room.page("keep", typed=True)
        await room.seen.press("enter")
        await room.seen.shows(words("rooms.own.kept"))
        await room.seen.press("enter")
        await room.seen.until(lambda: room.app.return_code == 0)
    with open_own(folder, ANA) as mine:
        (head,) = mine.heads().heads
        assert (head.exercise, head.topic) == ("later", "Rain")


async def test_who_is_alone_goes_straight_into_their_own_room(rooms: Callable[..., Any]) -> None:
    setup.create_alone(paths.journal_dir(), ("Ana", ANA), None, 15)

    async def flow(app: Any) -> int:
        return await doors.alone(app)

    async with rooms(flow, size=(80, 24)) as room:
        await room.unlock()
        without = own.without(alone=True, empty=True, begun=False)
        await room.write(SECRET, without)
        await room.seen.press("enter")
        await room.page("keep", typed=True)
        await room.seen.press("enter")
        await room.seen.shows(words("rooms.own.kept"))
        await room.seen.press("escape")
        await room.seen.until(lambda: room.app.return_code == 0)


@pytest.mark.parametrize("kept", [False, True])
async def test_what_was_prepared_is_let_go_unless_its_owner_keeps_it(
    rooms: Callable[..., Any], folder: Path, *, kept: bool
) -> None:
    entries = folder / "entries"
    before = {file.name for file in entries.iterdir()}
    async with rooms() as room:
        await room.enter()
        await room.choose("menu", "prepare", THERE)
        for part in prepare.PARTS:
            await room.page(part, typed=True)
            await room.seen.type(SECRET if part == "saw" else "rest")
            await room.seen.press("enter")
        await room.page("ready")
        assert SECRET in " ".join(room.seen.text.split())
        assert {file.name for file in entries.iterdir()} == before
        await room.choose("ready", "keep" if kept else "away")
        await room.seen.shows(words("rooms.own.kept" if kept else "rooms.own.ready.gone"))
        await room.seen.press("escape")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        assert SECRET not in room.seen.text
    new = {file.name for file in entries.iterdir()} - before
    assert len(new) == kept
    with open_own(folder, ANA) as own_room:
        kinds = [head.exercise for head in own_room.heads().heads]
    assert kinds.count("preparing") == kept


async def test_what_one_usually_keeps_is_set_in_ones_own_room(
    rooms: Callable[..., Any], folder: Path
) -> None:
    async with rooms() as room:
        await room.enter()
        await room.choose("menu", own.USUAL, THERE)
        await room.choose("usual", "together")
        await room.seen.shows(words("rooms.own.usual.done"))
    with Journal.open(folder, [BEN]) as journal:
        assert [journal.settings(who).keep for who in (0, 1)] == ["together", None]
        assert [likes.of(journal.settings(who)).keep for who in (0, 1)] == ["together", ""]


async def test_what_the_disk_does_not_take_is_told_and_stays_on_the_sheet(
    rooms: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = ImagoError("There is no room left.", "Make some.", 7)
    really = Sheet.save

    def save(self: Sheet, text: str) -> None:
        if full is not None:
            raise full
        really(self, text)

    monkeypatch.setattr(Sheet, "save", save)
    async with rooms() as room:
        await room.enter()
        await room.write(SECRET, THERE)
        await room.seen.shows(full.message)
        assert SECRET in room.seen.text
        full = None  # type: ignore[assignment]
        await room.seen.until(lambda: "no room" not in room.seen.text, "it is tried again")
    with open_own(folder, ANA) as mine:
        drafts = [mine.load(one.id).draft for one in mine.heads().heads]
        assert SECRET in {draft["text"] for draft in drafts if draft}


async def test_a_file_that_is_not_whole_is_one_line_and_the_rest_is_there(
    rooms: Callable[..., Any], folder: Path
) -> None:
    with open_own(folder, ANA) as mine:
        broken = mine.note("reflection", "Gone.", "Gone", BEGAN)
        mine.write_index()
    (folder / "entries" / f"{broken.id}.age").write_bytes(b"not an age file at all")
    async with rooms() as room:
        await room.enter()
        await room.choose("menu", "read", THERE)
        await room.picking()
        await room.seen.shows(words("review.damaged_one"))
        assert "Rain" in room.seen.text
