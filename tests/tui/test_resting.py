"""A journal that nobody sits before is closed, and nothing of it stays on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from imago_tui import exercises, paths
from imago_tui.dialogue.clock import Look
from imago_tui.dialogue.events import Event
from imago_tui.journal import lock
from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper
from imago_tui.now import local_now
from imago_tui.rooms import own
from imago_tui.session import Session
from imago_tui.tui import doors, flows
from imago_tui.tui.browse import Browse
from imago_tui.tui.resting import restful
from imago_tui.tui.rooms.own import Own
from imago_tui.tui.screens.card import Card, Choice
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.tui.screens.sheet import SheetScreen
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.tonight import Tonight
from imago_tui.words import words
from tests.tui.test_own_room import ANA, BEN, SECRET, Room

LONG = 3600.0


class Clocks:
    """Clocks that go on when they are told to."""

    def __init__(self) -> None:
        self.now, self.asleep = 1e9, 0.0

    def look(self) -> Look:
        return Look(self.now, self.now + self.asleep)


@pytest.fixture
def folder() -> Path:
    """A journal of two."""
    place = paths.journal_dir()
    Journal.create(place, [("Ana", ANA), ("Ben", BEN)], cost=15).close()
    return place


@pytest.fixture
def resting(screens: Callable[..., Any]) -> Callable[..., Any]:
    """``async with resting() as (room, clocks)``: the journal, opened by Ana, that may rest."""

    @asynccontextmanager
    async def open_(
        flow: Any = None, may: Callable[[], bool] = lambda: True
    ) -> AsyncIterator[tuple[Room, Clocks]]:
        clocks = Clocks()

        async def browse(app: Any) -> int:
            app.rest.look, app.rest.every = clocks.look, 0.01

            async def begin(again: bool) -> int:  # noqa: FBT001  as restful tells it
                if flow is not None:
                    await flow(app)
                    return 0
                return await Browse(app, () if again else (ANA,)).run()

            return await restful(app, begin, may)

        async with screens(browse, (80, 24)) as seen:
            yield Room(seen), clocks

    return open_


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("how", ["nobody", "asleep", "stopped"])
async def test_it_is_closed_and_opens_only_with_a_passphrase(
    resting: Callable[..., Any], how: str
) -> None:
    async with resting() as (room, clocks):
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))
        await room.seen.shows(words("review.title"))
        if how == "nobody":
            clocks.now += LONG
        elif how == "asleep":
            clocks.asleep += LONG
        else:
            room.app.rest.at_once()
        await room.card(words("rooms.rest.title"))
        assert words("review.title") not in room.seen.text
        assert [type(one).__name__ for one in room.app.screen_stack] == ["Screen", "CardScreen"]
        await room.seen.press("1")
        await room.seen.until(lambda: room.app.screen.query("Fields"))
        await room.seen.type(BEN)
        await room.seen.press("enter")
        await room.seen.until(lambda: isinstance(room.app.screen, TimelineScreen))


async def test_what_is_being_written_is_sealed_and_its_room_is_closed(
    resting: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    enter = Own.__init__

    def noted(self: Any, app: Any, journal: Any, folder: Path, room: Any) -> None:
        opened.append((journal, room))
        enter(self, app, journal, folder, room)

    monkeypatch.setattr(Own, "__init__", noted)
    async with resting() as (room, clocks):
        await room.enter()
        await room.write(SECRET, own.without(alone=False, empty=True, begun=False))
        sheet = room.app.screen
        assert isinstance(sheet, SheetScreen)
        clocks.now += LONG
        await room.card(words("rooms.rest.title"))
        await room.seen.shows(words("rooms.rest.sealed"))
        assert SECRET not in room.seen.text
        assert not sheet.is_attached
        ((journal, mine),) = opened
        assert mine.closed
        assert journal.present == frozenset()
        await room.seen.press("2")
        await room.seen.until(lambda: room.app.return_code == 0)
    with open_own(folder, ANA) as mine:
        (head,) = mine.heads().heads
        draft = mine.load(head.id).draft
        assert draft is not None
        assert draft["text"] == SECRET


@pytest.mark.parametrize("away", [False, True], ids=["a-talk", "an-agreed-return"])
async def test_nobody_is_sent_away_from_a_talk(resting: Callable[..., Any], *, away: bool) -> None:
    """Nor from a time-out: whoever comes back at the hour they named finds it as it was."""
    session = Session(exercises.load("dialogue"), ("Ana", "Ben"))
    if away:
        session.do(Event("time-out", when=local_now() + timedelta(hours=2)))

    async def talk(app: Any) -> None:
        await app.hold(session)

    async with resting(talk) as (room, clocks):
        await room.seen.until(lambda: isinstance(room.app.screen, TableScreen))
        looked = []
        look = clocks.look

        def seen() -> Look:
            looked.append(1)
            return look()  # type: ignore[no-any-return]

        room.app.rest.look = seen
        clocks.now += LONG
        clocks.asleep += LONG
        room.app.rest.at_once()
        await room.seen.until(lambda: len(looked) > 5)
        assert isinstance(room.app.screen, TableScreen)


async def test_ones_own_room_rests_whatever_stands_behind_it(
    resting: Callable[..., Any], folder: Path
) -> None:
    async def own_room(app: Any) -> None:
        await doors.own_room(app, None, folder)

    async with resting(own_room, may=lambda: False) as (room, clocks):
        await room.unlock()
        await room.page("menu")
        options = words.table("rooms.own.menu.options")
        assert options["copies"] not in room.seen.text
        clocks.now += LONG
        await room.card(words("rooms.rest.title"))
        await room.seen.shows(words("rooms.rest.plain"))
        assert words("rooms.rest.sealed") not in " ".join(room.seen.text.split())


def drafts(folder: Path) -> list[str]:
    """What Ana was writing in her own room."""
    with open_own(folder, ANA) as mine:
        found = [mine.load(one.id).draft for one in mine.heads().heads]
    return [draft["text"] for draft in found if draft]


SHEET = own.without(alone=False, empty=True, begun=False)


async def test_what_cannot_be_sealed_is_covered_and_it_rests_once_it_can(
    resting: Callable[..., Any], folder: Path
) -> None:
    async with resting() as (room, _):
        await room.enter()
        with lock.held(folder):
            await room.write(SECRET, SHEET)
            room.app.rest.at_once()
            await room.card(words("rooms.unsealed.title"), typed=True)
            assert SECRET not in room.seen.text
            # Stopped and woken once more, it is painted again.
            room.app.rest.veil()
            assert room.app.rest.veiled
            await room.seen.until(lambda: not room.app.rest.veiled)
            await room.seen.type(BEN)
            await room.seen.press("enter")
            await room.seen.shows(words("rooms.unsealed.other"))
            assert SECRET not in room.seen.text
        await room.card(words("rooms.rest.title"))
        await room.seen.shows(words("rooms.rest.sealed"))
    assert drafts(folder) == [SECRET]


async def test_whoever_wrote_what_cannot_be_sealed_goes_on_with_their_passphrase(
    resting: Callable[..., Any], folder: Path
) -> None:
    async with resting() as (room, clocks):
        await room.enter()
        with lock.held(folder):
            await room.write(SECRET, SHEET)
            clocks.now += LONG
            await room.card(words("rooms.unsealed.title"), typed=True)
            await room.seen.press("escape")
            await room.card(words("rooms.unsealed.title"), typed=True)
            await room.seen.shows(words("rooms.unsealed.sure"))
            await room.seen.type(ANA)
            await room.seen.press("enter")
            await room.seen.until(lambda: isinstance(room.app.screen, SheetScreen))
            await room.seen.shows(SECRET)
            await room.seen.type(" now")
        await room.seen.until(lambda: drafts(folder) == [f"{SECRET} now"])


async def test_what_cannot_be_sealed_is_let_go_only_when_they_say_so_twice(
    resting: Callable[..., Any], folder: Path
) -> None:
    async with resting() as (room, clocks):
        await room.enter()
        with lock.held(folder):
            await room.write(SECRET, SHEET)
            clocks.now += LONG
            await room.card(words("rooms.unsealed.title"), typed=True)
            await room.seen.press("escape")
            await room.seen.shows(words("rooms.unsealed.sure"))
            await room.card(words("rooms.unsealed.title"), typed=True)
            await room.seen.press("escape")
            await room.card(words("rooms.rest.title"))
            await room.seen.shows(words("rooms.rest.let_go"))
    assert drafts(folder) == []


async def test_a_machine_that_slept_before_anything_was_open_sends_nobody_away_later(
    resting: Callable[..., Any],
) -> None:
    opened = asyncio.Event()

    async def flow(app: Any) -> None:
        await app.ask(Card("Closed.", choices=(Choice("go", "Open"),)))
        opened.set()
        await app.ask(Card("Open.", choices=(Choice("go", "Leave"),)))

    async with resting(flow, may=opened.is_set) as (room, clocks):
        await room.card("Closed.")
        looked: list[Look] = []

        def look() -> Look:
            looked.append(clocks.look())
            return looked[-1]

        room.app.rest.look = look
        clocks.asleep += LONG
        room.app.rest.at_once()
        await room.seen.until(lambda: len(looked) > 3)
        await room.seen.press("1")
        await room.card("Open.")
        before = len(looked)
        await room.seen.until(lambda: len(looked) > before + 5)
        await room.card("Open.")
        clocks.asleep += LONG
        await room.card(words("rooms.rest.title"))


@pytest.mark.parametrize("finished", [True, False])
async def test_after_a_rest_going_on_is_offered_and_not_asked_for_again(
    screens: Callable[..., Any],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    finished: bool,
) -> None:
    """Begun with ``--resume``: the talk that was gone on with may be over by then."""
    with Journal.open(folder, [ANA]) as journal:
        keeper = JournalKeeper(journal, "dialogue")
        Session(exercises.load("dialogue"), ("Ana", "Ben"), keeper=keeper).do(
            Event("ready", 0, answer="yes")
        )
    begun: list[Any] = []
    evenings: list[Tonight] = []

    class Noted(Tonight):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            evenings.append(self)

    def note(flow: Any, _: object) -> int:
        begun.append(flow)
        return 0

    monkeypatch.setattr(flows, "Tonight", Noted)
    monkeypatch.setattr(flows, "run", note)
    known = tmp_path / "known"
    known.write_text(ANA + "\n")
    flows.dialogue_flow("dialogue", files=[known], resume=True)

    async def flow(app: Any) -> int:
        app.rest.every = 0.01
        return await begun[0](app)  # type: ignore[no-any-return]

    async with screens(flow, (80, 24)) as seen:
        room = Room(seen)
        await seen.until(lambda: evenings and evenings[0].evening.at == "seats")
        assert evenings[0].evening.plan.resume
        if finished:
            with Journal.open(folder, [ANA]) as journal:
                (head,) = journal.heads().heads
                journal.remove(head.id)
        room.app.rest.at_once()
        await room.card(words("rooms.rest.title"))
        await seen.press("1")
        await seen.until(lambda: room.app.screen.query("Fields"))
        await seen.type(ANA)
        await seen.press("enter")
        if finished:
            await seen.until(lambda: evenings[1].evening.at == "page")
            await seen.press("enter")
        await seen.until(lambda: evenings[1].evening.at == "seats")
        await seen.press("1")
        await seen.until(lambda: evenings[1].evening.at == ("tonight" if finished else "resume"))
