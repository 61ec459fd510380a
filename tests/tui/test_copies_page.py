"""Copies of the journal on the screen, and what is taken away for good."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.journal import backups
from imago_tui.journal.store import Journal
from imago_tui.outgoing import json_form
from imago_tui.tui import doors
from imago_tui.tui.flows import bring_back_first
from imago_tui.tui.screens.pick import PickScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.words import words
from tests.journal.people import day_copied, file_of, finished
from tests.tui.test_own_room import ANA, BEGAN, BEN, Room


class Copying(Room):
    """Somebody before the copies."""

    async def at(self, page: str, option: str, key: str = "") -> None:
        """On a page, press the number of an option; ``key``: it stands elsewhere there."""
        await self.card(words(f"rooms.copies.{page}.title"))
        options = list(words.table(f"rooms.copies.{page}.options"))
        await self.seen.press(key or str(options.index(option) + 1))

    async def typed(self, page: str, text: str) -> None:
        """Type into the line of a page."""
        await self.card(words(f"rooms.copies.{page}.title"), typed=True)
        if text:
            await self.seen.type(text)
        await self.seen.press("enter")

    async def first(self) -> None:
        """Choose the first of a list."""
        await self.seen.until(lambda: isinstance(self.app.screen, PickScreen))
        await self.seen.shows("2026")
        await self.seen.press("enter")


@pytest.fixture
def folder() -> Path:
    """A journal of two with two dialogues of both, and a copy of it."""
    place = paths.journal_dir()
    with Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        for topic in ("The dishes", "The car"):
            journal.save(finished(journal, BEGAN, f"About {topic}.", topic))
        day_copied(journal, BEGAN)
    return place


@pytest.fixture
def copying(screens: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """``async with copying() as seen``: through the door, opened by Ana."""

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA]) as journal:
            await doors.through(app, journal, "copies")
            assert journal.present == {0}
        return 0

    return lambda: screens(flow, (80, 24))


def entries(folder: Path) -> set[str]:
    return {file.stem for file in (folder / "entries").glob("*.age")}


async def test_a_copy_is_made_and_each_file_that_is_not_whole_is_named(
    copying: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    broken = file_of(folder, min(entries(folder)))
    broken.write_bytes(b"not an age file at all")
    async with copying() as seen:
        here = Copying(seen)
        await seen.shows(words("keys.backup.rolling", count=1, day="2026-11-22", place="")[:40])
        await here.at("menu", "look")
        await seen.shows(words("keys.verify.good_one"))
        await seen.shows(broken.name[:30])
        await seen.press("enter")
        await here.at("menu", "now")
        await here.typed("now", str(tmp_path / "stick"))
        await seen.shows(words("keys.backup.unfinished"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    (copy,) = backups.backups_in(tmp_path / "stick")
    assert (copy / "keys" / "shared.age").exists()


@pytest.mark.parametrize("place", ["~nobody-of-this-name/stick", "k" * 300])
async def test_a_place_that_was_mistyped_is_typed_anew(
    copying: Callable[..., Any], place: str
) -> None:
    async with copying() as seen:
        here = Copying(seen)
        await here.at("menu", "now")
        await here.typed("now", place)
        await seen.shows(words("errors.no_place"))
        await here.card(words("rooms.copies.now.title"), typed=True)
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)


async def test_what_was_taken_out_as_data_comes_in_again(
    copying: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "words.json"
    with Journal.open(folder, [ANA, BEN]) as journal:
        out, back = (journal.load(head.id) for head in journal.heads().heads)
        file.write_text(json.dumps(json_form.compose([out, back], journal.partners)))
        journal.delete(out.id)
    async with copying() as seen:
        here = Copying(seen)
        await here.at("menu", "data")
        await here.typed("data", str(tmp_path / "nowhere.json"))
        await seen.shows(words("outgoing.unreadable")[:20])
        await seen.press(*["backspace"] * len("nowhere.json"))
        await here.typed("data", file.name)
        await seen.shows(words("outgoing.brought", new=1, known=1))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    with Journal.open(folder, [ANA, BEN]) as journal:
        assert journal.load(out.id).turns == out.turns


async def test_an_entry_goes_when_both_agree_and_ones_own_words_alone(
    copying: Callable[..., Any], folder: Path
) -> None:
    before = entries(folder)
    async with copying() as seen:
        here = Copying(seen)
        await here.at("menu", "delete")
        await here.first()
        await here.at("how", "mine")
        await here.at("gap", "go")
        await seen.shows(words("keys.delete.words_done")[:40])
        await seen.press("enter")
        assert entries(folder) == before
        await here.at("menu", "delete")
        await here.first()
        await here.at("how", "both")
        await here.typed("theirs", ANA)
        await seen.shows(words("review.safe.same"))
        assert entries(folder) == before, "nobody agrees for the other one"
        await here.typed("theirs", BEN)
        await here.at("gone", "go")
        await seen.shows(words("keys.delete.done"))
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    (gone,) = before - entries(folder)
    (copy,) = backups.all_of(folder)
    assert gone not in entries(copy)


async def test_with_both_keys_open_each_says_yes_with_their_own_passphrase_all_the_same(
    screens: Callable[..., Any], folder: Path
) -> None:
    before = entries(folder)

    async def flow(app: Any) -> int:
        with Journal.open(folder, [ANA, BEN]) as journal:
            await doors.through(app, journal, "copies")
            assert journal.present == {0, 1}, "afterwards as before"
        return 0

    async with screens(flow, (48, 14)) as seen:
        here = Copying(seen)
        await here.at("menu", "delete")
        await here.typed("who", "nobody's passphrase at all")
        await seen.shows(words("journal.open.wrong")[:20])
        await here.typed("who", ANA)
        await here.first()
        await here.at("how", "mine")
        await here.at("gap", "go")
        await seen.shows(words("keys.delete.words_done")[:30])
        await seen.press("enter")
        with Journal.open(folder, [ANA]) as journal:
            texts = [turn for one in before for turn in journal.load(one).turns]
        assert {turn.about for turn in texts if turn.text is None and not turn.aloud} == {"Ana"}
        await here.at("menu", "delete")
        await here.typed("who", ANA)
        await here.first()
        await here.at("how", "both")
        await here.typed("theirs", ANA)
        await seen.shows(words("review.safe.same")[:20])
        assert entries(folder) == before
        await here.typed("theirs", BEN)
        await here.at("gone", "go")
        await seen.shows(words("keys.delete.done")[:20])
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)
    assert len(before - entries(folder)) == 1


async def test_where_there_is_no_journal_a_copy_is_brought_back(
    screens: Callable[..., Any], folder: Path
) -> None:
    before = entries(folder)
    shutil.rmtree(folder)
    async with screens(bring_back_first, (80, 24)) as seen:
        here = Copying(seen)
        await here.typed("bring", "")
        await seen.shows(words("keys.restore.done", folder=folder)[:30])
        await seen.press("enter")
        await seen.until(lambda: seen.app.screen.query("Fields"))
        await seen.type(BEN)
        await seen.press("enter")
        await seen.until(lambda: isinstance(seen.app.screen, TimelineScreen))
    assert entries(folder) == before
