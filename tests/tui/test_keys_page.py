"""One's own keys on the screen, by keys of the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.journal import setup
from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.rooms import own
from imago_tui.tui import doors
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.words import words
from tests.journal.people import everything
from tests.tui.test_own_room import ANA, BEGAN, BEN, Room

NEW = "a kettle under seven stars"
OPTIONS = list(words.table("rooms.keys.menu.options"))
TWO = [one for one in OPTIONS if one not in {"revoke", "own-key", "invite"}]
ALONE = [one for one in OPTIONS if one not in {"revoke", "own-key", "rekey", "leave"}]


class Keys(Room):
    """Somebody before her own keys."""

    async def menu(self, errand: str, offered: list[str]) -> None:
        """Press the number of something that can be done."""
        await self.card(words("rooms.keys.menu.title"))
        await self.seen.press(str(offered.index(errand) + 1))

    async def typed(self, page: str, *texts: str) -> None:
        """Type into the lines of a page, each unseen or seen as it is."""
        await self.card(words(f"rooms.keys.{page}.title"), typed=True)
        for n, text in enumerate(texts):
            lines = self.app.screen.lines
            await self.seen.until(lambda n=n, lines=lines: lines[n].has_focus)
            await self.seen.type(text)
            await self.seen.press("enter")

    async def told(self, text: str) -> None:
        """Wait for what was done."""
        await self.seen.shows(words("rooms.keys.told.title"))
        await self.seen.shows(text[:40])
        assert ANA not in self.seen.text
        assert NEW not in self.seen.text
        await self.seen.press("enter")


@pytest.fixture
def folder() -> Path:
    """A journal of two; Ana has kept something for herself."""
    place = paths.journal_dir()
    with Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        journal.own(ANA).note("reflection", "The rain on Sunday.", "Rain", BEGAN)
    return place


@pytest.fixture
def before_keys(screens: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """``async with before_keys() as keys``: through the door, to the page."""

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA]) as journal:
            await doors.through(app, journal, "keys")
        return 0

    return lambda: screens(flow, (80, 24))


async def test_a_new_passphrase_and_then_everything_anew_without_leaving_the_room(
    before_keys: Callable[..., Any], folder: Path
) -> None:
    async with before_keys() as seen:
        keys = Keys(seen)
        await keys.unlock()
        await keys.menu("passphrase", TWO)
        await keys.typed("passphrase", BEN, NEW, NEW)
        await seen.shows(words("private.not_here"))
        await keys.typed("passphrase", ANA, NEW, NEW)
        await keys.told(words("keys.passphrase.done"))
        await keys.menu("known", TWO)
        await keys.card(words("rooms.keys.known.title"))
        await seen.press("2")
        await keys.typed("everything", NEW, f"{NEW} again", f"{NEW} again")
        await keys.told(words("keys.passphrase.done"))
        await keys.menu("rekey", TWO)
        await keys.card(words("rooms.keys.rekey.title"))
        await seen.press("2")
        await keys.told(words("keys.rekey.done"))
        await keys.menu("back", TWO)
        await seen.until(lambda: seen.app.return_code == 0)
    with pytest.raises(ImagoError):
        Journal.open(folder, [ANA])
    with open_own(folder, f"{NEW} again") as mine:
        assert [one.topic for one in mine.heads().heads] == ["Rain"]
    Journal.open(folder, [BEN]).close()


async def test_a_room_that_opened_anew_with_new_keys_is_closed_as_well_when_it_is_left(
    screens: Callable[..., Any], folder: Path
) -> None:
    still_open: list[bool] = []

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA]) as journal:
            await doors.through(app, journal, "keys")
            still_open.extend(not room.closed for room in journal._own)
        return 0

    async with screens(flow, (80, 24)) as seen:
        keys = Keys(seen)
        await keys.unlock()
        await keys.menu("passphrase", TWO)
        await keys.typed("passphrase", ANA, NEW, NEW)
        await keys.told(words("keys.passphrase.done"))
        await keys.card(words("rooms.keys.menu.title"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert still_open == [False, False]


async def test_a_recovery_key_is_made_and_taken_back(
    before_keys: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "recovery.txt"
    async with before_keys() as seen:
        keys = Keys(seen)
        await keys.unlock()
        await keys.menu("recovery", TWO)
        await keys.typed("recovery", str(place))
        await keys.typed("own", ANA)
        await keys.told(words("keys.recovery.made", file=place))
        assert place.stat().st_mode & 0o777 == 0o600
        assert (folder / "keys" / "1.recovery.age").exists()
        await keys.menu("revoke", ["passphrase", "known", "recovery", "revoke"])
        await keys.card(words("rooms.keys.revoke.title"))
        await seen.press("2")
        await keys.typed("own", ANA)
        await keys.told(words("keys.recovery.revoked"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert not (folder / "keys" / "1.recovery.age").exists()


async def test_one_leaves_alone_and_nothing_here_says_so(
    before_keys: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    there = everything(folder)
    async with before_keys() as seen:
        keys = Keys(seen)
        await keys.unlock()
        await keys.menu("leave", TWO)
        await keys.typed("leave", str(tmp_path / "mine"))
        await keys.typed("own", ANA)
        await seen.shows(words("keys.leave.stays"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert everything(folder) == there
    with open_own(tmp_path / "mine" / "journal", ANA) as mine:
        assert [one.topic for one in mine.heads().heads] == ["Rain"]


async def test_the_other_one_joins_someone_who_was_alone(screens: Callable[..., Any]) -> None:
    folder = paths.journal_dir()
    setup.create_alone(folder, ("Ana", ANA), None, 15)

    async def flow(app: Any) -> int:
        return await doors.alone(app)

    async with screens(flow, (80, 24)) as seen:
        keys = Keys(seen)
        await keys.unlock()
        await keys.choose("menu", "keys", own.without(alone=True, empty=True, begun=False))
        await keys.menu("invite", ALONE)
        await keys.card(words("rooms.keys.invite.title"))
        await seen.press("1")
        await keys.typed("own", ANA)
        await keys.typed("called", "Ben")
        await keys.typed("theirs", BEN, BEN)
        await seen.shows(words("private.setup.joined_next")[:40])
        await seen.press("enter")
        await seen.until(lambda: seen.app.screen.query("Fields"), "the passphrase is asked for")
        await seen.type(BEN)
        await seen.press("enter")
        await seen.until(lambda: isinstance(seen.app.screen, TimelineScreen))
    with Journal.open(folder, [BEN]) as journal:
        assert journal.partners == ("Ana", "Ben")
