"""Reading in the journal: unlock, the list, a dialogue, going on with an unfinished one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening, Field, Option, Page
from imago_tui.evening.pages import page_of
from imago_tui.hall import Hall, sides
from imago_tui.tui.asking import ask
from imago_tui.tui.screens.card import Card, Choice
from imago_tui.tui.screens.journal import JournalScreen
from imago_tui.tui.screens.reader import ReaderScreen
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.tui.tonight import Tonight
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.listing import Listing
    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp

UNLOCK = Evening.begin(journal=True)


class Browse:
    """The journal on the screen. ``passphrases``: those that need nobody to type them."""

    def __init__(self, app: ImagoApp, passphrases: Sequence[str] = ()) -> None:
        self._app = app
        self._passphrases = tuple(passphrases)
        self._status = 0

    async def run(self) -> int:
        """Until they leave; the program's status.

        Raises:
            ImagoError: a passphrase that came from a file opens nothing; the keys are damaged.
        """
        journal = await self._unlocked()
        if journal is None:
            return self._status
        place = 0
        while True:
            listing = await meanwhile(self._app, words("evening.wait"), journal.heads)
            screen = JournalScreen(listing.heads, marked=place, note=_note(journal, listing))
            chosen = await self._app.push_screen_wait(screen)
            if not chosen:
                journal.close()
                return 0
            place = next(n for n, head in enumerate(listing.heads) if head.id == chosen)
            await self._chosen(journal, chosen)

    async def _unlocked(self) -> Journal | None:
        if self._passphrases:
            return await self._open(self._passphrases)
        page = page_of(UNLOCK)
        page = replace(page, options=page.options[:1])
        note = ""
        while True:
            answer = await ask(self._app, replace(page, note=note), UNLOCK)
            if answer is None:
                return None
            if not any(answer.texts):
                continue
            try:
                return await self._open(answer.texts)
            except ImagoError as trouble:
                self._status = trouble.status
                note = f"{trouble.message} {trouble.hint}".strip()

    async def _open(self, passphrases: Sequence[str]) -> Journal:
        from imago_tui.journal.store import Journal

        folder = paths.journal_dir()
        return await meanwhile(
            self._app, words("evening.wait"), lambda: Journal.open(folder, passphrases)
        )

    async def _chosen(self, journal: Journal, chosen: str) -> None:
        """Read it, or go on with it."""
        wait = words("evening.wait")
        try:
            entry = await meanwhile(self._app, wait, lambda: journal.load(chosen))
            if entry.state == "unfinished":
                await self._unfinished(journal, entry)
                return
            if entry.sealed:
                if not await self._safe(journal):
                    return
                entry = await meanwhile(self._app, wait, lambda: journal.load(chosen))
            await self._app.push_screen_wait(ReaderScreen(entry, sides(journal) or 0))
        except ImagoError as trouble:
            await self._told(trouble)

    async def _told(self, trouble: ImagoError) -> None:
        await self._app.ask(
            Card(
                words("review.trouble.title"),
                tuple(line for line in (trouble.message, trouble.hint) if line),
                (Choice("return", words("review.trouble.back")),),
            )
        )

    async def _unfinished(self, journal: Journal, entry: Entry) -> None:
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
        if given.choice == "go-on":
            begun = Evening.begin(journal=True, resume=True)
            await Tonight(self._app, begun, Hall(journal=journal, entry=entry)).run()

    async def _safe(self, journal: Journal) -> bool:
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
                opened = await meanwhile(
                    self._app, words("evening.wait"), partial(journal.also, typed)
                )
            except ImagoError as trouble:
                note = f"{trouble.message} {trouble.hint}".strip()
                continue
            if opened:
                return True
            note = words("review.safe.same")


def _safe_page() -> Page:
    lines = (*words.lines("review.safe.lines"), words("review.safe.other"))
    options = (Option("go", words("review.safe.open")), Option("back", words("review.safe.back")))
    field = Field(words("review.safe.field"), hidden=True)
    return Page("safe", words("review.safe.title"), lines, options, (field,), by="one")


def _note(journal: Journal, listing: Listing) -> str:
    """What could not be read, in one plain sentence, and what the two should know of the folder."""
    count = len(listing.damaged)
    told = list(journal.warnings)
    if count == 1:
        told.append(words("review.damaged_one"))
    elif count:
        told.append(words("review.damaged_many", count=count))
    return " ".join(told)
