"""Reading in the journal on the screen, by keys."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from imago_tui import exercises, paths
from imago_tui.dialogue import state
from imago_tui.journal import codec
from imago_tui.journal.entry import Entry, Turn
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper
from imago_tui.tui.browse import Browse
from imago_tui.tui.screens.reader import ReaderScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.screens.typed import TypedScreen
from imago_tui.words import words

ANA, BEN = "four odd words here", "blue lamp river toast"
BEGAN = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))


def keep(journal: Journal, topic: str, days: int, **more: Any) -> Entry:
    """A kept dialogue of two turns, begun so many days before."""
    began = BEGAN - timedelta(days=days)
    turns = (
        Turn(1, "topic", "Ana", "Ana", topic, aloud=False),
        Turn(2, "mirror", "Ben", "Ana", f"You'd like to talk about {topic}", aloud=False),
    )
    entry = replace(journal.new_entry("dialogue", began), state="done", ended=began)
    kept = {"kept": "all", "topic": topic, "turns": turns, **more}
    return journal.save(replace(entry, **kept))


@pytest.fixture
def folder() -> Path:
    """A journal with four dialogues: whole, whole, together, unfinished."""
    place = paths.journal_dir()
    with Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        keep(journal, "The dishes.", 3)
        keep(journal, "The \x1b[31mred\x07 car.", 2)
        keep(journal, "The spare room.", 1, room="together", kept="together")
        begun = state.begin(exercises.load("dialogue"))
        JournalKeeper(journal, "dialogue", now=lambda: BEGAN).save(begun, None)
        journal.write_index()
    return place


@pytest.fixture
def journals(screens: Callable[..., Any]) -> Callable[..., Any]:
    """``async with journals(...) as seen``: the journal on the screen."""

    @asynccontextmanager
    async def open_(*passphrases: str, size: tuple[int, int] = (48, 14)) -> AsyncIterator[Any]:
        async def flow(app: Any) -> int:
            return await Browse(app, passphrases).run()

        async with screens(flow, size) as seen:
            yield seen

    return open_


async def unlock(seen: Any, passphrase: str) -> None:
    await seen.until(
        lambda: (
            isinstance(seen.app.screen, TypedScreen)
            and any(line.has_focus and not line.words for line in seen.app.screen.lines)
        ),
        "a line for the passphrase",
    )
    await seen.type(passphrase)
    assert passphrase not in seen.text
    await seen.press("enter")


async def listed(seen: Any) -> None:
    await seen.until(lambda: isinstance(seen.app.screen, TimelineScreen), "the list")
    await seen.shows("November 2026")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", [(48, 14), (80, 24)], ids=str)
async def test_it_opens_with_either_passphrase_and_lists_the_newest_first(
    journals: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with journals(size=size) as seen:
        await unlock(seen, "not this one at all")
        await seen.shows(words("journal.open.wrong")[:20])
        await unlock(seen, BEN)
        await listed(seen)
        rows = [
            line for line in seen.text.splitlines() if re.search(r"\b(Sun|Sat|Fri|Thu) \d", line)
        ]
        assert [re.findall(r"\d+", row)[0] for row in rows] == ["22", "21", "20", "19"]
        assert words("review.state_unfinished") in rows[0]
        assert words("review.state_together") in rows[1]
        assert "\x1b" not in seen.text
        assert "spare" not in seen.text
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 0)


@pytest.mark.usefixtures("folder")
async def test_a_dialogue_reads_as_a_dialogue_and_controls_are_shown_as_signs(
    journals: Callable[..., Any],
) -> None:
    async with journals(ANA) as seen:
        await listed(seen)
        await seen.press("down", "down", "enter")
        await seen.until(lambda: isinstance(seen.app.screen, ReaderScreen))
        await seen.shows("The \u241b[31mred\u2407 car.")
        lines = seen.text.splitlines()
        said = next(line for line in lines if line.strip().startswith("The "))
        back = next(line for line in lines if "You'd like" in line)
        assert back.index("You") > said.index("The")
        assert words("review.who.all") in seen.text
        await seen.press("escape")
        await listed(seen)
        assert seen.text.splitlines()[4].strip().startswith("▸")


@pytest.mark.usefixtures("folder")
async def test_what_both_keep_together_asks_for_the_other_passphrase_there(
    journals: Callable[..., Any],
) -> None:
    async with journals(ANA) as seen:
        await listed(seen)
        await seen.press("down", "enter")
        await seen.shows(words("review.safe.title"))
        await unlock(seen, ANA)
        await seen.shows(words("review.safe.same")[:20])
        await unlock(seen, "not this one at all")
        await seen.shows(words("journal.open.wrong")[:20])
        await unlock(seen, BEN)
        await seen.shows("The spare room.")
        assert words("review.who.together") in seen.text
        await seen.press("escape")
        await listed(seen)
        assert f"{words('review.safe.both_open')} The spare room." in seen.text
        assert words("review.who.with_together") in " ".join(seen.text.split())


@pytest.mark.usefixtures("folder")
async def test_an_unfinished_one_is_gone_on_with(journals: Callable[..., Any]) -> None:
    async with journals(ANA) as seen:
        await listed(seen)
        await seen.press("enter")
        await seen.shows(words("review.unfinished.title"))
        await seen.press("2")
        await listed(seen)
        await seen.press("enter")
        await seen.shows(words("review.unfinished.title"))
        await seen.press("1")
        await seen.shows("Ana")
        await seen.press("1")
        await seen.shows(words("evening.page.setup.title"))
        await seen.press("enter")
        await seen.until(lambda: isinstance(seen.app.screen, TableScreen))
        assert seen.app.screen.session.state.at.node.stage == "ready"


async def test_a_damaged_file_is_one_sentence_and_the_rest_is_served(
    journals: Callable[..., Any], folder: Path
) -> None:
    with Journal.open(folder, [ANA]) as journal:
        dishes = next(one for one in journal.heads().heads if one.topic == "The dishes.")
    (folder / "entries" / f"{dishes.id}.age").write_bytes(b"not an age file at all")
    async with journals(ANA) as seen:
        await listed(seen)
        flat = " ".join(seen.text.split())
        assert words("review.damaged_one") in flat
        assert "car." in flat


async def test_what_a_newer_version_wrote_and_what_is_an_older_copy_are_told_apart(
    journals: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal.open(folder, [ANA]) as journal:
        heads = {one.topic: one for one in journal.heads().heads}
        dishes, car = (
            heads["The dishes."],
            next(one for topic, one in heads.items() if topic and "car" in topic),
        )
        before = (folder / "entries" / f"{dishes.id}.age").read_bytes()
        journal.save(journal.load(dishes.id))
        journal.write_index()
        (folder / "entries" / f"{dishes.id}.age").write_bytes(before)
        with monkeypatch.context() as newer:
            newer.setattr(codec, "_schema", lambda _: 99)
            newer.setattr(codec, "_checked", lambda _, body: body)
            journal.save(journal.load(car.id))
    async with journals(ANA, size=(80, 24)) as seen:
        await listed(seen)
        flat = " ".join(seen.text.split())
        assert words("review.newer_one") in flat
        assert words("review.damaged_one") not in flat
        assert f"The dishes. · {words('review.state_older')}" in flat


async def test_an_empty_journal_says_so_kindly(journals: Callable[..., Any]) -> None:
    Journal.create(paths.journal_dir(), [("Ana", ANA), ("Ben", BEN)], cost=15).close()
    async with journals(ANA) as seen:
        await seen.shows(words("review.empty.timeline")[:30])


@pytest.mark.usefixtures("folder")
async def test_leaving_at_the_lock_tells_that_nothing_opened(journals: Callable[..., Any]) -> None:
    async with journals() as seen:
        await unlock(seen, "not this one at all")
        await seen.shows(words("journal.open.wrong")[:20])
        await seen.press("escape")
        await seen.until(lambda: seen.app.return_code == 4)


async def test_a_long_list_is_read_with_pages_and_only_what_is_seen_is_drawn(
    journals: Callable[..., Any],
) -> None:
    with Journal.create(paths.journal_dir(), [("Ana", ANA), ("Ben", BEN)], cost=15) as journal:
        for number in range(40):
            keep(journal, f"Topic {number}.", number)
    async with journals(ANA) as seen:
        await listed(seen)
        assert "Topic 39." not in seen.text
        await seen.press(*["pagedown"] * 6)
        await seen.shows("Topic 39.")
        await seen.press(*["up"] * 39)
        await seen.shows("Topic 0.")
