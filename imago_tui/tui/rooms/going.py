"""What going through copies and through taking out have in common: who is there, and the loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.rooms.way import BACK
from imago_tui.tui.rooms.guest import Guest

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.deeds import Done
    from imago_tui.evening import Answer
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Going:
    """Somebody on a way. ``room``: the shared one, or one's own; ``journal``: the shared one."""

    def __init__(self, app: ImagoApp, folder: Path, room: Journal | OwnRoom) -> None:
        from imago_tui.journal.own import OwnRoom

        self.app, self.folder, self.room = app, folder, room
        self.journal = None if isinstance(room, OwnRoom) else room
        self.guest = Guest(app, self.journal) if self.journal is not None else None

    async def go(self, way: Way) -> bool:
        """Until they are done; False when they leave the room as well."""
        try:
            while way.need != "over":
                if way.at in {"menu", "told"}:
                    self._parted()
                try:
                    gone = await self._on(way)
                except ImagoError as trouble:
                    gone = way.not_done(trouble.message, trouble.hint)
                if gone is None:
                    return False
                way = gone
        finally:
            self._parted()
        return True

    def _parted(self) -> None:
        """Whoever came for one thing goes again."""
        if self.guest is not None:
            self.guest.goes()

    async def _on(self, way: Way) -> Way | None:
        match way.need:
            case "do":
                return way.done((await self.do(way)).told)
            case "pick":
                return await self.pick(way)
        return await self.ask(way)

    async def typed_by(self, way: Way, answer: Answer) -> Way | None:
        """The way after a passphrase that says yes to this one thing; None on any other page."""
        if self.guest is None or answer.choice == BACK:
            return None
        match way.name:
            case "who":
                return await self.guest.says_who(way, answer.texts[0])
            case "theirs":
                return await self.guest.comes(way, answer.texts[0])
        return None

    async def ask(self, way: Way) -> Way | None:
        """Show the page; None when they leave."""
        raise NotImplementedError

    async def pick(self, way: Way) -> Way | None:
        """Let something be chosen from a list; None when they leave."""
        raise NotImplementedError

    async def do(self, way: Way) -> Done:
        """Do what the way has led to."""
        raise NotImplementedError
