"""The page with the copies of the journal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.evening import Answer
from imago_tui.rooms import copies
from imago_tui.session import local_now
from imago_tui.tui.rooms.guest import Guest
from imago_tui.tui.rooms.showing import placed, row_of, show, soon
from imago_tui.tui.screens.pick import PickScreen
from imago_tui.tui.screens.wait import with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.deeds import Done
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Copies:
    """Somebody who looks after the copies. ``room``: the shared one, or that of someone alone."""

    def __init__(
        self, app: ImagoApp, folder: Path, room: Journal | OwnRoom, whose: str = ""
    ) -> None:
        from imago_tui.journal.own import OwnRoom

        self._app, self._folder, self._room = app, folder, room
        self._journal = None if isinstance(room, OwnRoom) else room
        self._guest = Guest(app, self._journal) if self._journal is not None else None
        self._whose = whose

    async def run(self) -> bool:
        """Until they are done; False when they leave the room as well."""
        way = copies.begin(self._whose)
        try:
            while way.need != "over":
                if way.at == "menu":
                    self._goes()
                    way = await self._menu(way)
                try:
                    answered = await self._on(way)
                except ImagoError as trouble:
                    way = way.not_done(trouble.message, trouble.hint)
                    continue
                if answered is None:
                    return False
                way = answered
        finally:
            self._goes()
        return True

    def _goes(self) -> None:
        if self._guest is not None:
            self._guest.goes()

    async def _menu(self, way: Way) -> Way:
        journal = self._journal
        heads = [] if journal is None else (await soon(self._app, journal.heads)).heads
        closed = copies.without(
            alone=journal is None,
            both=journal is not None and journal.both,
            empty=all(head.state == "unfinished" for head in heads),
        )
        return replace(way, without=closed)

    async def _on(self, way: Way) -> Way | None:
        if way.need == "do":
            return way.done((await self._do(way)).told)
        if way.need == "pick":
            return await self._pick(way)
        if way.name == "theirs" and self._journal is not None and self._journal.both:
            return way.take(Answer("go", texts=("",)))
        page = way.page()
        if way.name == "menu":
            from imago_tui.deeds.copies import rolling

            page = replace(page, lines=(rolling(self._folder),))
        if way.name == "restore":
            page = replace(page, lines=(words("keys.restore.not_empty_hint"), *page.lines))
        answer = await show(self._app, page, whose=way.whose)
        if answer is None:
            return None
        if way.name == "theirs" and answer.choice != "back" and self._guest is not None:
            return await self._guest.comes(way, answer.texts[0])
        return way.take(answer)

    async def _pick(self, way: Way) -> Way | None:
        page = way.page()
        heads = (await soon(self._app, self._room.heads)).heads
        rows = [row_of(one) for one in heads if one.state == "done"]
        chosen = await self._app.push_screen_wait(
            PickScreen(page.title, rows, whose=way.whose, small=page.small)
        )
        if chosen is None:
            return None
        return way.picked(chosen[0]) if chosen else way.back()

    async def _do(self, way: Way) -> Done:
        from imago_tui.deeds import copies as deeds

        folder, room, journal, given = self._folder, self._room, self._journal, way.given
        match way.errand:
            case "now":
                place = placed(given["place"]) if given["place"].strip() else None
                return await with_bar(
                    self._app,
                    words("rooms.copies.copying"),
                    lambda bar: deeds.backup(folder, journal, place, local_now(), bar),
                )
            case "look":
                return await with_bar(
                    self._app,
                    words("rooms.copies.looking"),
                    lambda bar: deeds.verify(room, folder, bar),
                )
        assert journal is not None  # noqa: S101  nobody alone is offered this
        act = deeds.delete if given["how"] == copies.BOTH else deeds.take_out
        return await soon(self._app, lambda: act(journal, given["entries"]))


async def bring_back(app: ImagoApp, folder: Path) -> bool:
    """Bring a copy back, where there is no journal; whether there is one now."""
    from imago_tui.deeds import copies as deeds
    from imago_tui.journal import backups

    way = copies.begin_bringing().knowing(place=str(backups.place(folder)))
    while way.at == "ask":
        answer = await show(app, way.page())
        if answer is None or answer.choice == "back":
            return False
        way = way.take(answer)
        if way.need == "do":
            place = placed(way.given["place"])
            try:
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
