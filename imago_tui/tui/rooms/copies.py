"""The page with the copies of the journal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.now import local_now
from imago_tui.paths import copies_of
from imago_tui.rooms import copies
from imago_tui.tui.rooms.going import Going
from imago_tui.tui.rooms.showing import placed, row_of, show, soon
from imago_tui.tui.screens.pick import PickScreen
from imago_tui.tui.screens.wait import with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.deeds import Done
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Copies(Going):
    """Somebody who looks after the copies. ``room``: the shared one, or that of someone alone."""

    async def run(self, whose: str = "") -> bool:
        """Until they are done; False when they leave the room as well.

        ``whose``: the line that says whose room it is, in one's own.
        """
        both = self.journal is not None and self.journal.both
        return await self.go(copies.begin(whose, both=both))

    async def ask(self, way: Way) -> Way | None:
        """Show the page, with what the folder says by now."""
        if way.name == "menu":
            way = await self._menu(way)
        page = way.page()
        if way.name == "menu":
            from imago_tui.deeds.copies import rolling

            page = replace(page, lines=(rolling(self.folder),))
        if way.name == "restore":
            page = replace(page, lines=(words("keys.restore.not_empty_hint"), *page.lines))
        answer = await show(self.app, page, whose=way.whose)
        if answer is None:
            return None
        return await self.typed_by(way, answer) or way.take(answer)

    async def _menu(self, way: Way) -> Way:
        journal = self.journal
        heads = [] if journal is None else (await soon(self.app, journal.heads)).heads
        closed = copies.without(
            alone=journal is None,
            empty=all(head.state == "unfinished" for head in heads),
        )
        return replace(way, without=closed)

    async def pick(self, way: Way) -> Way | None:
        """Let something be chosen."""
        page = way.page()
        heads = (await soon(self.app, self.room.heads)).heads
        rows = [row_of(one) for one in heads if one.state == "done"]
        chosen = await self.app.push_screen_wait(
            PickScreen(page.title, rows, whose=way.whose, small=page.small)
        )
        if chosen is None:
            return None
        return way.picked(chosen[0]) if chosen else way.back()

    async def do(self, way: Way) -> Done:
        """Do what the way has led to."""
        from imago_tui.deeds import copies as deeds

        folder, room, journal, given = self.folder, self.room, self.journal, way.given
        match way.errand:
            case "now":
                place = placed(given["place"]) if given["place"].strip() else None
                return await with_bar(
                    self.app,
                    words("rooms.copies.copying"),
                    lambda bar: deeds.backup(folder, journal, place, local_now(), bar),
                )
            case "look":
                return await with_bar(
                    self.app,
                    words("rooms.copies.looking"),
                    lambda bar: deeds.verify(room, folder, bar),
                )
            case "data":
                return await with_bar(
                    self.app,
                    words("rooms.copies.copying"),
                    lambda bar: deeds.bring_in(room, deeds.read_data(placed(given["place"])), bar),
                )
        assert journal is not None  # noqa: S101  nobody alone is offered this
        act = deeds.delete if given["how"] == copies.BOTH else deeds.take_out
        return await soon(self.app, lambda: act(journal, given["entries"]))


async def bring_back(app: ImagoApp, folder: Path) -> bool:
    """Bring a copy back, where there is no journal; whether there is one now."""
    from imago_tui.deeds import copies as deeds

    way = copies.begin_bringing().knowing(place=str(copies_of(folder)))
    while way.at == "ask":
        answer = await show(app, way.page())
        if answer is None or answer.choice == "back":
            return False
        way = way.take(answer)
        if way.need == "do":
            try:
                place = placed(way.given["place"])
                done = await with_bar(
                    app,
                    words("rooms.copies.copying"),
                    lambda bar, place=place: deeds.restore(place, folder, bar),  # type: ignore[misc]
                )
            except ImagoError as trouble:
                way = way.not_done(trouble.message, trouble.hint)
            else:
                way = way.done(done.told)
    await show(app, way.page())
    return True
