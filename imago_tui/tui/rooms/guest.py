"""Who does one thing, and the other one, who comes for it with their passphrase and goes again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.evening import Answer
from imago_tui.rooms.way import GUEST, HERE
from imago_tui.tui.rooms.showing import soon
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Guest:
    """Whoever comes to those who have opened ``journal``."""

    def __init__(self, app: ImagoApp, journal: Journal) -> None:
        self._app, self._journal = app, journal
        self._n: int | None = None

    async def comes(self, way: Way, passphrase: str) -> Way:
        """On from the page where they typed it; it goes no further than here."""
        if not passphrase:
            return replace(way, note=words("rooms.nothing_typed"))
        here = self._journal.present
        try:
            if not await soon(self._app, lambda: self._journal.also(passphrase)):
                return replace(way, note=words("review.safe.same"))
        except ImagoError as trouble:
            return replace(way, note=f"{trouble.message} {trouble.hint}".strip())
        (self._n,) = self._journal.present - here
        return way.take(Answer("go", texts=("",))).knowing(**{GUEST: "here"})

    async def says_who(self, way: Way, passphrase: str) -> Way:
        """On from the page where one of both typed it: for this one thing they are here alone."""
        if not passphrase:
            return replace(way, note=words("rooms.nothing_typed"))
        try:
            await soon(self._app, lambda: self._journal.only(passphrase))
        except ImagoError as trouble:
            return replace(way, note=f"{trouble.message} {trouble.hint}".strip())
        # Known before the next page is chosen, so that it is not this one again.
        return way.knowing(**{HERE: "here"}).take(Answer("go", texts=("",)))

    def goes(self) -> None:
        """Close their key again, and have both be here again where they were before."""
        if self._n is not None:
            self._journal.part(self._n)
            self._n = None
        self._journal.everyone()
