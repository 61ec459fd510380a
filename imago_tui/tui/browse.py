"""The journal on the screen: unlock it, and look back until they leave."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening
from imago_tui.evening.pages import page_of, thanked
from imago_tui.remembering import thanked as shown
from imago_tui.remembering import thanks
from imago_tui.tui.asking import ask
from imago_tui.tui.reviewing import Reviewing
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        try:
            await self._thanked(journal)
            await Reviewing(self._app, journal).run()
            # What was looked at anew need not be the next time; where it can't be written, it is.
            with suppress(ImagoError):
                await meanwhile(self._app, words("evening.wait"), journal.write_index)
        finally:
            journal.close()
        return 0

    async def _thanked(self, journal: Journal) -> None:
        """A line that was left for whoever is here comes first, once."""
        left = await meanwhile(self._app, words("evening.wait"), lambda: thanks(journal))
        if left and await ask(self._app, thanked(left), UNLOCK) is not None:
            with suppress(ImagoError):  # it waits for another time
                await meanwhile(self._app, words("evening.wait"), lambda: shown(journal))

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
