"""The doors that reading in the journal leads to: one's own room, keys, copies, taking out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from imago_tui import paths, retelling
from imago_tui.errors import ImagoError
from imago_tui.evening.page import Option, Page
from imago_tui.evening.pages import from_words
from imago_tui.house import what_stands
from imago_tui.journal.notes import HowItWas, how_for_us, say_how_for_us
from imago_tui.now import local_now
from imago_tui.review import us
from imago_tui.rooms import own
from imago_tui.tui import liking
from imago_tui.tui.rooms.copies import Copies
from imago_tui.tui.rooms.keys import begin_alone
from imago_tui.tui.rooms.own import Own, opened
from imago_tui.tui.rooms.showing import show, soon
from imago_tui.tui.rooms.taking import Taking
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp

DOORS = ("own-room", "keys", "copies", "take-out", "us", "likes")


async def choose(app: ImagoApp, journal: Journal) -> None:
    """Which door, and through it."""
    page = from_words("rooms.doors", "doors")
    answer = await show(app, page)
    if answer is not None and answer.choice in DOORS:
        await through(app, journal, answer.choice)


async def through(app: ImagoApp, journal: Journal, door: str) -> None:
    """Go through a door of `DOORS`, and come back. What could not be done is told on the screen."""
    try:
        match door:
            case "own-room":
                await _own(app, journal)
            case "likes":
                await liking.in_the_journal(app, journal)
            case "keys":
                await _own(app, journal, "keys")
            case "copies":
                await Copies(app, journal.folder, journal).run()
            case "take-out":
                await Taking(app, journal.folder, journal).run()
            case "us":
                await _us(app, journal)
    except ImagoError as trouble:
        await _told(app, trouble)


async def later_thought(app: ImagoApp, journal: Journal, entry_id: str) -> None:
    """Write what came afterwards to a kept dialogue, into one's own room, and come back."""
    try:
        entry = await soon(app, lambda: journal.load(entry_id))
        room = await opened(app, journal, journal.folder)
        if room is not None:
            topic = retelling.title(entry, short=True)
            await Own(app, journal, journal.folder, room).write_later(topic)
    except ImagoError as trouble:
        await _told(app, trouble)


async def alone(app: ImagoApp, passphrases: Sequence[str] = ()) -> int:
    """The room of someone who keeps a journal alone; the program's status.

    Args:
        app: whose screen it is.
        passphrases: theirs, where nobody needs to type it.

    Raises:
        ImagoError: a passphrase that nobody typed opens nothing; a key file is not whole.
    """
    from imago_tui.journal import layout
    from imago_tui.journal.own import open_own

    folder = paths.journal_dir()
    if passphrases:
        room: OwnRoom | None = await soon(app, lambda: open_own(folder, passphrases[0]))
    else:
        room = await opened(app, None, folder)
    if room is not None:
        await Own(app, None, folder, room).run(own.begin(room.name))
        if layout.exists(folder):  # someone has joined
            from imago_tui.tui.browse import Browse

            return await Browse(app).run()
    return 0


async def own_room(app: ImagoApp, journal: Journal | None, folder: Path) -> None:
    """Into one's own room, and back; where there is no journal, one is begun with it.

    `journal`: the shared one, where it is open.
    """
    none_yet = journal is None and not what_stands().room
    room = await (begin_alone(app, folder) if none_yet else opened(app, journal, folder))
    if room is not None:
        await Own(app, journal, folder, room).run(own.begin(room.name))


async def _own(app: ImagoApp, journal: Journal, at: str = "") -> None:
    room = await opened(app, journal, journal.folder)
    if room is not None:
        await Own(app, journal, journal.folder, room).run(own.begin(room.name, at), once=bool(at))


async def _us(app: ImagoApp, journal: Journal) -> None:
    """How it was for the two of them, drawn; and how it is now, if they like."""
    while True:
        page = await soon(app, lambda: us.page(how_for_us(journal)))
        answer = await show(app, page, marked=len(page.options) - 1)
        if answer is None or answer.choice not in us.FOR_US:
            return
        how = cast("HowItWas", answer.choice)
        await soon(app, partial(say_how_for_us, journal, how, made=local_now()))


async def _told(app: ImagoApp, trouble: ImagoError) -> None:
    lines = tuple(line for line in (trouble.message, trouble.hint) if line)
    page = Page("trouble", words("rooms.trouble"), lines, (Option("back", words("rooms.back")),))
    await show(app, page)
