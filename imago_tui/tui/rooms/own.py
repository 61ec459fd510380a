"""One's own room on the screen: opened by a separate act, closed by one key from anywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from imago_tui import retelling
from imago_tui.errors import ImagoError
from imago_tui.evening.pages import from_words
from imago_tui.now import local_now
from imago_tui.rooms import own, prepare
from imago_tui.tui.rooms.copies import Copies
from imago_tui.tui.rooms.keys import Keys
from imago_tui.tui.rooms.showing import row_of, show, soon
from imago_tui.tui.rooms.taking import Taking
from imago_tui.tui.screens.pick import PickScreen, Row
from imago_tui.tui.screens.sheet import SheetScreen
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from imago_tui.deeds.own import Sheet
    from imago_tui.evening import Page
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.own import Kind, OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp

MOST_FOUND = 200
"""Rows of what was found: more than anybody looks through."""


async def opened(app: ImagoApp, journal: Journal | None, folder: Path) -> OwnRoom | None:
    """Ask for the passphrase of the one whose room it is, as often as they like; None: not now.

    ``journal``: the open one; None where one person keeps a journal alone in ``folder``.
    """
    from imago_tui.journal.own import open_own

    page = from_words("rooms.own.unlock", "unlock")
    fields = tuple(replace(one, hidden=True) for one in page.fields)
    page = replace(page, fields=fields)
    if journal is None:  # nobody has typed one yet
        page = replace(page, lines=(words("rooms.own.unlock.only"),))
    while True:
        answer = await show(app, page)
        if answer is None or answer.choice == "back":
            return None
        typed = answer.texts[0]
        if not typed:
            continue
        try:
            if journal is not None:
                return await soon(app, partial(journal.own, typed))
            return await soon(app, partial(open_own, folder, typed))
        except ImagoError as trouble:
            page = replace(page, note=f"{trouble.message} {trouble.hint}".strip())


class Own:
    """An open room, and somebody in it. ``journal``: the shared one beside it, if there is one."""

    def __init__(self, app: ImagoApp, journal: Journal | None, folder: Path, room: OwnRoom) -> None:
        self._app, self._journal, self._folder, self._room = app, journal, folder, room
        self._sheet: Sheet | None = None

    async def run(self, way: Way, *, once: bool = False) -> None:
        """Until it is left; it is closed then, whatever happens. ``once``: after one thing."""
        try:
            with self._app.rest.in_a_room(self._theirs):
                while way.need != "over":
                    if way.at == "menu":
                        way = await self._menu(way)
                    way = await self._on(way)
                    if way.at == "menu" and once:
                        way = way.stop()
        finally:
            self._room.close()

    def _theirs(self, passphrase: str) -> bool:
        from imago_tui.journal.own import open_own

        with open_own(self._folder, passphrase, prefer=self._room.n) as room:
            return room.n == self._room.n

    async def write_later(self, topic: str) -> None:
        """A later thought on something, and out again."""
        from imago_tui.deeds.own import Sheet

        self._sheet = Sheet(self._folder, self._room, "later", local_now, topic=topic)
        way = own.begin(self._room.name, own.GO_ON).knowing(topic=topic)
        await self.run(way, once=True)

    async def _on(self, way: Way) -> Way:
        try:
            match way.need:
                case "pick":
                    return await self._pick(way)
                case "sheet":
                    return await self._write(way)
                case "do":
                    return await self._do(way)
            return await self._ask(way)
        except ImagoError as trouble:
            if self._room.closed:
                raise
            return way.not_done(trouble.message, trouble.hint)

    async def _menu(self, way: Way) -> Way:
        """The list of what can be done, as things stand now."""
        from imago_tui.deeds.own import begun
        from imago_tui.journal import layout

        heads = (await soon(self._app, self._room.heads)).heads
        self._sheet = None
        left = await soon(self._app, lambda: begun(self._room))
        closed = own.without(
            alone=layout.exists_alone(self._folder),
            apart=self._journal is None,
            empty=all(head.state == "unfinished" for head in heads),
            begun=left is not None,
        )
        return replace(way, without=closed)

    async def _ask(self, way: Way) -> Way:
        page = way.page()
        long = way.name == "note"
        if long:
            page = await self._note(way, page)
        elif way.name == prepare.READY:
            page = replace(page, lines=prepare.lines(way.given))
        answer = await show(self._app, page, whose=way.whose, long=long)
        return way.stop() if answer is None else way.take(answer)

    async def _note(self, way: Way, page: Page) -> Page:
        entry = await soon(self._app, lambda: self._room.load(_chosen(way)))
        return replace(page, title=retelling.title(entry), lines=tuple(told(entry)))

    async def _pick(self, way: Way) -> Way:
        small = ""
        if way.name == "found":
            looked_for = way.given["words"]
            found = await soon(self._app, lambda: self._room.search(looked_for, MOST_FOUND))
            rows = [Row(one.id, _row(one.started, one.snippet)) for one in found]
            if not rows:
                return way.not_done(words("rooms.own.none"))
        else:
            listing = await soon(self._app, self._room.heads)
            rows = [row_of(one) for one in listing.heads if one.state == "done"]
            if listing.damaged:
                count = len(listing.damaged)
                key = "review.damaged_one" if count == 1 else "review.damaged_many"
                small = words(key, count=count)
        screen = PickScreen(way.page().title, rows, whose=way.whose, small=small)
        chosen = await self._app.push_screen_wait(screen)
        if chosen is None:
            return way.stop()
        return way.picked(chosen[0]) if chosen else way.back()

    async def _write(self, way: Way) -> Way:
        from imago_tui.deeds.own import Sheet, begun

        if self._sheet is None:
            again = way.errand == own.GO_ON
            left = await soon(self._app, lambda: begun(self._room)) if again else None
            kind = cast("Kind", way.given.get("kind", "reflection"))
            self._sheet = Sheet(self._folder, self._room, kind, local_now, left)
            way = way.knowing(topic=self._sheet.topic)
        sheet = self._sheet
        screen = SheetScreen(
            words(f"rooms.own.prompt.{sheet.kind}"),
            way.given.get("sheet", sheet.text),
            whose=way.whose,
            readers=words("private.readers"),
            seal=sheet.save,
        )
        text = await self._app.push_screen_wait(screen)
        if text is None:
            return way.stop()
        if not text:
            await soon(self._app, sheet.let_go)
            self._sheet = None
            return way.back()
        return way.picked(text)

    async def _do(self, way: Way) -> Way:
        from imago_tui.deeds import own as deeds
        from imago_tui.deeds.copies import gone

        folder, room, journal, given = self._folder, self._room, self._journal, way.given
        if way.errand in {"write", own.GO_ON} and self._sheet is not None:
            sheet = self._sheet
            await soon(self._app, lambda: sheet.keep(given["sheet"], given["topic"]))
            return way.done((words("rooms.own.kept"),))
        if way.errand == prepare.ERRAND:
            return way.done((await self._prepared(given),))
        if way.errand == "copies":
            stays = await Copies(self._app, folder, room).run(way.whose)
            return way.done() if stays else way.stop()
        if way.errand == "take-out":
            stays = await Taking(self._app, folder, room).run(way.whose)
            return way.done() if stays else way.stop()
        if way.errand == "keys":
            kept = await Keys(self._app, journal, folder, room).run()
            if kept is None:
                return way.stop()
            self._room = kept
            return way.done()
        if way.errand == own.USUAL and journal is not None:
            await soon(self._app, lambda: deeds.keep_usually(journal, room.n, given[own.USUAL]))
            return way.done((words("rooms.own.usual.done"),))
        if given.get("note") == own.OVER and journal is not None:
            await soon(self._app, lambda: deeds.move(journal, room, _chosen(way)))
            return way.done((words("rooms.own.moved"),))
        left = await soon(self._app, lambda: deeds.let_go(folder, room, _chosen(way)))
        return way.done(gone(left).told)

    async def _prepared(self, given: Mapping[str, str]) -> str:
        """Keep what was prepared, if its owner wants that; what there is to tell of it."""
        from imago_tui.deeds.own import keep

        text = prepare.text(given)
        if given[prepare.READY] != prepare.KEEP or not text:
            return words("rooms.own.ready.gone")
        folder, room = self._folder, self._room
        await soon(self._app, lambda: keep(folder, room, "preparing", text, None, local_now()))
        return words("rooms.own.kept")


def told(entry: Entry) -> Iterable[str]:
    """An entry as it is read here: its day, and the words."""
    yield retelling.day(entry.started)
    for block in retelling.retold(entry):
        yield ""
        if block.head and len(entry.turns) > 1:
            yield block.head
        yield block.text


def _chosen(way: Way) -> str:
    return way.given.get("found") or way.given["list"]


def _row(started: object, title: str) -> str:
    from datetime import datetime

    day = retelling.day(cast("datetime", started), short=True)
    return words("rooms.row.titled", day=day, title=title)
