"""Into one dialogue: to read it, to open the safe it lies in, or to go on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.evening import Evening, Field, Option, Page
from imago_tui.hall import Hall
from imago_tui.now import local_now
from imago_tui.remembering import sides
from imago_tui.tui import doors
from imago_tui.tui.asking import ask
from imago_tui.tui.screens.card import Card, Choice
from imago_tui.tui.screens.reader import ReaderScreen
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.tui.tonight import Tonight
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp

    Result = TypeVar("Result")

UNLOCK = Evening.begin(journal=True)


class Reading:
    """Reads in an open journal."""

    def __init__(self, app: ImagoApp, journal: Journal) -> None:
        self._app = app
        self._journal = journal

    async def read(self, id_: str) -> bool:
        """Show a dialogue, or go on with it. Whether what is kept, or what can be read of it, may
        be otherwise now.
        """
        try:
            entry = await self._meanwhile(lambda: self._journal.load(id_))
            if entry.state == "unfinished":
                return await self._unfinished(entry)
            opened = entry.sealed
            if opened:
                if not await self._safe():
                    return False
                entry = await self._meanwhile(lambda: self._journal.load(id_))
            await self._shown(entry)
        except ImagoError as trouble:
            await self.told(trouble)
            return True
        return opened

    async def _shown(self, entry: Entry) -> None:
        """Until they go back. What came later never goes beside what was said then."""
        while True:
            screen = ReaderScreen(entry, sides(self._journal) or 0)
            match await self._app.push_screen_wait(screen):
                case "later-thought":
                    await doors.later_thought(self._app, self._journal, entry.id)
                case "park":
                    await self._park()
                case _:
                    return

    async def _park(self) -> None:
        options = (
            Option("go", words("review.park.keep")),
            Option("back", words("review.park.back")),
        )
        fields = (Field(words("review.park.field")),)
        page = Page(
            "park", words("review.park.title"), options=options, fields=fields,
            small=words("review.park.readers"),
        )  # fmt: skip
        answer = await ask(self._app, page, UNLOCK)
        text = "" if answer is None or answer.choice == "back" else answer.texts[0].strip()
        if text:
            await self._meanwhile(partial(self._journal.park, text, made=local_now()))

    async def told(self, trouble: ImagoError) -> None:
        """Say what can't be done just now."""
        await self._app.ask(
            Card(
                words("review.trouble.title"),
                tuple(line for line in (trouble.message, trouble.hint) if line),
                (Choice("return", words("review.trouble.back")),),
            )
        )

    async def _unfinished(self, entry: Entry) -> bool:
        given = await self._app.ask(
            Card(
                words("review.unfinished.title"),
                words.lines("review.unfinished.lines"),
                (
                    Choice("go-on", words("review.unfinished.go_on")),
                    Choice("return", words("review.unfinished.back")),
                ),
            )
        )
        if given.choice != "go-on":
            return False
        begun = Evening.begin(journal=True, resume=True)
        await Tonight(self._app, begun, Hall(journal=self._journal, entry=entry)).run()
        return True

    async def _safe(self) -> bool:
        """Ask for the other passphrase, as often as they like; False when they leave it."""
        page = _safe_page()
        note = ""
        while True:
            answer = await ask(self._app, replace(page, note=note), UNLOCK)
            if answer is None or answer.choice == "back":
                return False
            (typed,) = answer.texts
            if not typed:
                continue
            try:
                added = await self._meanwhile(partial(self._journal.also, typed))
            except ImagoError as trouble:
                note = f"{trouble.message} {trouble.hint}".strip()
                continue
            if added:
                return True
            note = words("review.safe.same")

    async def _meanwhile(self, work: Callable[[], Result]) -> Result:
        return await meanwhile(self._app, words("evening.wait"), work)


def _safe_page() -> Page:
    lines = (*words.lines("review.safe.lines"), words("review.safe.other"))
    options = (Option("go", words("review.safe.open")), Option("back", words("review.safe.back")))
    field = Field(words("review.safe.field"), hidden=True)
    return Page("safe", words("review.safe.title"), lines, options, (field,), by="one")
