"""Taking something out as a file, on the screen: whose words, which lines, and where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.journal import age
from imago_tui.journal.store import Journal
from imago_tui.tui import doors
from imago_tui.tui.screens.pick import PickScreen
from imago_tui.words import words
from tests.journal.people import finished, sealed
from tests.tui.test_own_room import ANA, BEGAN, BEN, Room

SENT = "On Sunday I sat alone with the dishes."


class Out(Room):
    """Somebody who takes something out."""

    async def press_at(self, page: str, option: str) -> None:
        """On a page, press the number of an option."""
        await self.card(words(f"rooms.taking.{page}.title"))
        options = list(words.table(f"rooms.taking.{page}.options"))
        await self.seen.press(str(options.index(option) + 1))

    async def typed(self, page: str, *texts: str) -> None:
        """Type into the lines of a page, over what stands there."""
        await self.card(words(f"rooms.taking.{page}.title"), typed=True)
        for n, text in enumerate(texts):
            line = self.app.screen.lines[n]
            await self.seen.until(lambda line=line: line.has_focus)
            line.value = ""
            if text:
                await self.seen.type(text)
            await self.seen.press("enter")

    async def list(self) -> None:
        """Wait for a list."""
        await self.seen.until(lambda: isinstance(self.app.screen, PickScreen))
        await self.seen.shows("[")


@pytest.fixture
def folder() -> Path:
    """A journal of two with a dialogue of both and one that both open together."""
    place = paths.journal_dir()
    with Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        journal.save(finished(journal, BEGAN, SENT))
        journal.save(sealed(journal, BEGAN, "Only together.", topic="Ours"))
    return place


@pytest.fixture
def out(screens: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """``async with out() as seen``: through the door."""

    async def flow(app: Any) -> int:
        with Journal.open(folder, [BEN]) as journal:
            await doors.through(app, journal, "take-out")
            assert journal.present == {1}, "nobody else's key stays open"
        return 0

    return lambda: screens(flow, (80, 24))


async def test_the_other_ones_words_leave_only_with_the_other_ones_passphrase(
    out: Callable[..., Any], tmp_path: Path
) -> None:
    mine, ours = tmp_path / "mine.md", tmp_path / "ours.md"
    async with out() as seen:
        here = Out(seen)
        await here.press_at("menu", "all")
        await here.press_at("form", "markdown")
        await here.press_at("words", "own")
        await here.typed("place", str(mine), "")
        await seen.shows(words("outgoing.courtesy")[:50])
        await seen.press("enter")
        await here.press_at("menu", "all")
        await here.press_at("form", "markdown")
        await here.press_at("words", "both")
        await here.typed("theirs", BEN)
        await seen.shows(words("review.safe.same"))
        await here.typed("theirs", ANA)
        await here.typed("place", str(mine), "")
        await seen.shows(words("outgoing.exists"))
        await here.typed("place", str(ours), "")
        await seen.shows(words("rooms.taking.told.title"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert SENT not in mine.read_text()
    assert SENT in ours.read_text()
    assert "Only together" in ours.read_text()
    assert ours.stat().st_mode & 0o777 == 0o600


async def test_a_packet_holds_only_the_lines_that_were_left_and_only_its_reader_opens_it(
    out: Callable[..., Any], tmp_path: Path
) -> None:
    therapist = age.new_identity()
    file = tmp_path / "packet.age"
    async with out() as seen:
        here = Out(seen)
        await here.press_at("menu", "packet")
        await here.press_at("words", "both")
        await here.typed("theirs", ANA)
        await here.list()
        lines = [line for line in seen.text.splitlines() if "[x]" in line]
        assert len(lines) > 1
        await seen.press("space", "enter")
        await here.typed("place", str(file), str(therapist.to_public()))
        await seen.shows(words("outgoing.written_sealed", count=2, file=file)[:40])
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    text = age.unseal(file.read_bytes(), [therapist], "packet").decode()
    assert text.count("- ") == len(lines) - 1


async def test_some_are_marked_and_a_book_asks_for_both(
    out: Callable[..., Any], tmp_path: Path
) -> None:
    file, book = tmp_path / "one.json", tmp_path / "book.html"
    async with out() as seen:
        here = Out(seen)
        await here.press_at("menu", "some")
        await here.press_at("words", "own")
        await here.list()
        row = next(n for n, one in enumerate(seen.text.split("[")[1:]) if "The dishes" in one)
        await seen.press(*["down"] * row, "space", "enter")
        await here.press_at("form", "json")
        await here.typed("place", str(file), "")
        await seen.shows(words("rooms.taking.told.title"))
        await seen.press("enter")
        await here.press_at("menu", "book")
        await here.typed("which-year", "2026")
        await here.typed("theirs", ANA)
        await here.typed("place", str(book), "")
        await seen.shows(words("outgoing.written", count=2, file=book)[:30])
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert file.read_text().count('"id"') == 1
    assert book.read_text().startswith("<!doctype html>")


async def test_with_both_keys_open_the_other_ones_words_ask_for_the_other_ones_passphrase(
    screens: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    mine, ours = tmp_path / "mine.md", tmp_path / "ours.md"

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA, BEN]) as journal:
            await doors.through(app, journal, "take-out")
            assert journal.present == {0, 1}, "afterwards as before"
        return 0

    async with screens(flow, (80, 24)) as seen:
        here = Out(seen)
        await here.press_at("menu", "all")
        await here.typed("who", BEN)
        await here.press_at("form", "markdown")
        await here.press_at("words", "own")
        await here.typed("place", str(mine), "")
        await seen.shows(words("rooms.taking.told.title"))
        await seen.press("enter")
        await here.press_at("menu", "all")
        await here.typed("who", BEN)
        await here.press_at("form", "markdown")
        await here.press_at("words", "both")
        await here.typed("theirs", BEN)
        await seen.shows(words("review.safe.same"))
        await here.typed("theirs", ANA)
        await here.typed("place", str(ours), "")
        await seen.shows(words("rooms.taking.told.title"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert SENT not in mine.read_text()
    assert "Only together" in ours.read_text()
